"""Where things stand on the site: links in reports, work items and journal alike."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode


def of_action(reference: str) -> str:
    """The page of an action."""
    return f"/actions/{reference}/"


def of_file(reference: str, number: int) -> str:
    """A stored file of an action's evidence."""
    return f"/actions/{reference}/files/{number}/"


def of_newer(reference: str, number: int) -> str:
    """Where a newer version of a file of evidence is put."""
    return f"{of_file(reference, number)}newer/"


def of_versions(reference: str, number: int) -> str:
    """Every version of a file of evidence."""
    return f"{of_file(reference, number)}versions/"


def of_plan(key: str) -> str:
    """The page of a plan."""
    return f"/plans/{key}/"


def of_source(key: str) -> str:
    """The page of a source."""
    return f"/sources/{key}/"


def of_recommendation(source_key: str, number: int) -> str:
    """The page of one recommendation."""
    return f"/sources/{source_key}/recommendations/{number}/"


def of_ledger(source_key: str, **narrowed: str) -> str:
    """The ledger of a source, narrowed by these answers."""
    asked = urlencode({name: value for name, value in narrowed.items() if value})
    return f"/sources/{source_key}/ledger/?{asked}" if asked else f"/sources/{source_key}/ledger/"


def of_theme(key: str) -> str:
    """The page of a theme."""
    return f"/themes/{key}/"


def of_owner(mark: str) -> str:
    """The hand-over page of an owner ("person:12"); "" for words that were never matched to anybody."""
    kind, _, number = mark.partition(":")
    return f"/owners/{kind}/{number}/" if number.isascii() and number.isdecimal() else ""


def of_exceptions(plan_key: str = "") -> str:
    """The page of exceptions, of one plan where a key is given."""
    return f"/reports/exceptions/?plan={plan_key}" if plan_key else "/reports/exceptions/"


def of_report(number: int) -> str:
    """The page of one exception report."""
    return f"/reports/exceptions/{number}/"


def of_actions(on: date | None = None, **narrowed: str) -> str:
    """The list of actions, narrowed by these answers; with a day, as they stood on it."""
    given = {name: value for name, value in narrowed.items() if value}
    asked = urlencode(given | ({"as_at": on.isoformat()} if on else {}))
    return f"/actions/?{asked}" if asked else "/actions/"


def of_board(plan: str = "", group: str = "") -> str:
    """The dashboard of the whole partnership, of a plan or of a group."""
    if plan:
        return f"/dashboard/plans/{plan}/"
    return f"/dashboard/groups/{group}/" if group else "/dashboard/"


def of_import(number: int) -> str:
    """The page of an upload."""
    return f"/imports/{number}/"
