"""`{% load screens %}`: the components as template tags. Each is one call of sightline.screens.elements."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import BaseForm
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from sightline.screens import elements, words
from sightline.screens.elements import PageItem, SummaryRow, Tab, Task
from sightline.screens.forms import problems
from sightline.screens.lists import Listing
from sightline.screens.looking_back import LookingBack
from sightline.screens.progress import Progress

register = template.Library()


@register.simple_tag
def button(
    text: str, kind: str = "primary", href: str = "", name: str = "", value: str = "", **more: Any
) -> SafeString:
    """A button; `{% button "Cancel" kind="secondary" href=url %}` is a link that looks like one."""
    once = None if href else True
    return elements.button(text, kind=kind, href=href, name=name, value=str(value), once=once, **more)  # type: ignore[arg-type]  # the stubs cannot follow what is handed on


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """A status as a word in a coloured box: grey, green, teal, blue, purple, magenta, red, orange, yellow."""
    return elements.tag(text, colour)


@register.simple_tag
def rating(value: str, prefix: str = "") -> SafeString:
    """A rating as a word with its colour; `prefix` ("Delivery") is said to those who listen."""
    return elements.rating(value, prefix=prefix)


@register.simple_tag
def back_link(href: str, text: str = "Back") -> SafeString:
    """The way back, in the block `back`: a landmark of its own, since it stands outside the main one."""
    return elements.element("nav", {"aria-label": "Way back"}, elements.back_link(href, text))


@register.simple_tag
def breadcrumbs(crumbs: Sequence[tuple[str, str]]) -> SafeString:
    """(text, address) from the top down, in the block `back`."""
    return elements.breadcrumbs(crumbs, collapse=True)


@register.simple_tag
def warning(text: str) -> SafeString:
    """A consequence that must not be missed."""
    return elements.warning_text(text)


@register.simple_tag
def summary_list(rows: Sequence[SummaryRow], extra: str = "") -> SafeString:
    """Facts about one thing."""
    return elements.summary_list(rows, extra=extra)


@register.simple_tag
def task_list(tasks: Sequence[Task], id: str = "task-list") -> SafeString:
    """What there is to do, and how it stands."""
    return elements.task_list(tasks, id=id)


@register.simple_tag
def tabs(items: Sequence[Tab], title: str = "Contents") -> SafeString:
    """Panels of which one is in sight."""
    return elements.tabs(items, title=title)


@register.simple_tag
def error_summary(*forms: BaseForm | None) -> SafeString:
    """The errors of one form or several, above the page's heading; nothing if there are none."""
    found = [problem for form in forms if form is not None and form.is_bound for problem in problems(form)]
    return elements.error_summary(found) if found else SafeString("")


@register.simple_block_tag(end_name="endnotification")
def notification(
    content: str, title: str = "", kind: str = "", id: str = "govuk-notification-banner-title"
) -> SafeString:
    """A banner: kind "success" for what has been done, else for what must be known."""
    return elements.notification_banner(content=safe(content), kind=kind, title=title, id=id)


@register.simple_tag
def message_banner(message: Any, number: int = 1) -> SafeString:
    """One message of django.contrib.messages as a banner: success is green, errors and warnings are named."""
    level = str(message.level_tag or "")
    title = {"success": "Done", "error": "There is a problem", "warning": "Warning"}.get(level, "Important")
    kind = "success" if level == "success" else ""
    extra = "sl-banner--problem" if level == "error" else ""
    id_ = f"message-{number}"
    return elements.notification_banner(str(message), kind=kind, title=title, id=id_, extra=extra)


@register.simple_block_tag(end_name="endinset")
def inset(content: str) -> SafeString:
    """Text set apart."""
    return elements.inset_text(safe(content))


@register.simple_block_tag(end_name="enddetails")
def details(content: str, summary: str, open: bool = False, id: str = "") -> SafeString:
    """Something that opens when asked for."""
    return elements.details(summary, safe(content), open=open, id=id)


@register.simple_block_tag(end_name="endpanel")
def panel(content: str, title: str) -> SafeString:
    """The confirmation at the end of a task."""
    return elements.panel(title, safe(content.strip()))


@register.simple_block_tag(end_name="endscroll")
def scroll(content: str, label: str) -> SafeString:
    """A region that scrolls sideways when its table is wider than the screen."""
    return elements.scroll_region(label, safe(content))


@register.simple_block_tag(end_name="endempty")
def empty(content: str, title: str) -> SafeString:
    """What an empty page says: what is not there, and what to do first."""
    return elements.empty_state(title, safe(content))


def safe(content: str) -> SafeString:
    """What stood between two tags of a template: rendered by the engine, so already escaped."""
    return mark_safe(content)  # noqa: S308 - rendered template content


@register.simple_tag
def list_pages(listing: Listing[Any]) -> SafeString:
    """The pagination of a list; nothing if it has one page."""
    if not (listing.pages or listing.previous or listing.next):
        return SafeString("")
    items = [
        PageItem(str(link.number) if link.number else "", link.href, link.current) for link in listing.pages
    ]
    return elements.pagination(items, previous=listing.previous, next=listing.next, label="Pages of the list")


@register.inclusion_tag("screens/list_head.html")
def list_head(listing: Listing[Any]) -> dict[str, Any]:
    """The heading row of a list, with links that order it."""
    return {"listing": listing}


@register.inclusion_tag("screens/progress.html")
def progress(progress: Progress) -> dict[str, Any]:
    """How far long work has got."""
    return {"progress": progress}


@register.inclusion_tag("screens/looking_back.html")
def looking_back(looking: LookingBack) -> dict[str, Any]:
    """The banner of a page that looks back, and the question for a day."""
    return {"looking": looking}


@register.simple_tag
def refresh(progress: Progress) -> SafeString:
    """In the block `head`: re-loads the page while there is something to wait for. Needs no JavaScript."""
    if not progress.reloads:
        return SafeString("")
    return elements.element("meta", {"http-equiv": "refresh", "content": str(progress.seconds)})


@register.simple_tag(takes_context=True)
def title_prefix(context: Context) -> str:
    """ "Error: " where the page's form (`form` or `page.form`) was wrong, so that the browser's tab says so."""
    form = context.get("form") or getattr(context.get("page"), "form", None)
    wrong = isinstance(form, BaseForm) and form.is_bound and bool(form.errors)
    return "Error: " if wrong else ""


@register.filter
def day(value: dt.date | None) -> str:
    """A date in words: "3 November 2027". Nothing for no date."""
    return words.day(value)


@register.filter
def short_day(value: dt.date | None) -> str:
    """A date for a narrow column: "3 Nov 2027". Nothing for no date."""
    return f"{value.day} {value:%b %Y}" if value else ""
