"""The pages of the dashboards: what needs you, and how the plans stand."""

from sightline.dashboards.pages.home import HomePage, Line, home_page, lines

__all__ = ["HomePage", "Line", "home_page", "lines"]
