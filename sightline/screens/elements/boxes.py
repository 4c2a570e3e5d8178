"""Components that hold others: error summary, banner, panel, lists, table, pagination, tabs, regions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from .markup import classes, element, hidden_text, joined
from .words import link, tag


@dataclass(frozen=True)
class Problem:
    """One line of the error summary, with the address of its field ("" if it belongs to none)."""

    text: str
    href: str = ""


def error_summary(
    problems: Sequence[Problem],
    *,
    title: str = "There is a problem",
    description: str = "",
    focus: bool | None = None,
) -> SafeString:
    """All errors of a page, above its heading; takes the focus when the page opens."""
    items = (
        element("li", {}, element("a", {"href": one.href}, one.text) if one.href else one.text)
        for one in problems
    )
    listed = element("ul", {"class": "govuk-list govuk-error-summary__list"}, *items)
    inside = joined(element("p", {}, description) if description else "", listed if problems else "")
    alert = element(
        "div",
        {"role": "alert"},
        element("h2", {"class": "govuk-error-summary__title"}, title),
        element("div", {"class": "govuk-error-summary__body"}, inside),
    )
    silent = None if focus is None else str(not focus).lower()
    return element(
        "div",
        {
            "class": "govuk-error-summary",
            "data-disable-auto-focus": silent,
            "data-module": "govuk-error-summary",
        },
        alert,
    )


def notification_banner(
    text: str = "",
    content: str = "",
    *,
    kind: str = "",
    title: str = "",
    id: str = "govuk-notification-banner-title",
    role: str = "",
    focus: bool | None = None,
    extra: str = "",
    level: int = 2,
) -> SafeString:
    """Something that happened, or that must be known. kind "success" is green and read out at once."""
    done = kind == "success"
    words = title or ("Success" if done else "Important")
    heading = element(f"h{level}", {"class": "govuk-notification-banner__title", "id": id}, words)
    said = (
        content or element("p", {"class": "govuk-notification-banner__heading"}, text)
        if text or content
        else ""
    )
    look = "govuk-notification-banner--success" if done else ""
    return element(
        "div",
        {
            "class": classes("govuk-notification-banner", look, extra),
            "role": role or ("alert" if done else "region"),
            "aria-labelledby": id,
            "data-module": "govuk-notification-banner",
            "data-disable-auto-focus": None if focus is None else str(not focus).lower(),
        },
        element("div", {"class": "govuk-notification-banner__header"}, heading),
        element("div", {"class": "govuk-notification-banner__content"}, said),
    )


def panel(title: str, content: str = "", *, level: int = 1, extra: str = "") -> SafeString:
    """The confirmation at the end of a task."""
    body = element("div", {"class": "govuk-panel__body"}, content) if content else SafeString("")
    heading = element(f"h{level}", {"class": "govuk-panel__title"}, title)
    return element("div", {"class": classes("govuk-panel govuk-panel--confirmation", extra)}, heading, body)


@dataclass(frozen=True)
class RowAction:
    """A link beside a row of a summary list; `spoken` says of what ("due date")."""

    text: str
    href: str
    spoken: str = ""


@dataclass(frozen=True)
class SummaryRow:
    """One row of a summary list. The value may be safe mark-up."""

    key: str
    value: str
    actions: tuple[RowAction, ...] = ()
    classes: str = ""


def summary_list(rows: Sequence[SummaryRow], *, extra: str = "") -> SafeString:
    """Facts about one thing."""
    any_actions = any(row.actions for row in rows)
    made = (_summary_row(row, any_actions=any_actions) for row in rows)
    return element("dl", {"class": classes("govuk-summary-list", extra)}, *made)


def _summary_row(row: SummaryRow, *, any_actions: bool) -> SafeString:
    bare = "govuk-summary-list__row--no-actions" if any_actions and not row.actions else ""
    actions = SafeString("")
    if row.actions:
        links = [link(one.text, one.href, spoken=one.spoken) for one in row.actions]
        items = (element("li", {"class": "govuk-summary-list__actions-list-item"}, one) for one in links)
        several = element("ul", {"class": "govuk-summary-list__actions-list"}, *items)
        actions = element(
            "dd", {"class": "govuk-summary-list__actions"}, links[0] if len(links) == 1 else several
        )
    return element(
        "div",
        {"class": classes("govuk-summary-list__row", bare, row.classes)},
        element("dt", {"class": "govuk-summary-list__key"}, row.key),
        element("dd", {"class": "govuk-summary-list__value"}, row.value),
        actions,
    )


@dataclass(frozen=True)
class Cell:
    """One cell of a table."""

    text: str
    numeric: bool = False
    colspan: int | None = None
    rowspan: int | None = None
    classes: str = ""


def table(
    rows: Iterable[Sequence[Cell]],
    *,
    head: Sequence[Cell] = (),
    caption: str = "",
    caption_classes: str = "",
    first_is_heading: bool = False,
    extra: str = "",
) -> SafeString:
    """A plain table. Lists of records use screens/list.html instead."""
    title = SafeString("")
    if caption:
        title = element("caption", {"class": classes("govuk-table__caption", caption_classes)}, caption)
    top = SafeString("")
    if head:
        cells = (_cell(cell, "th", "header", scope="col") for cell in head)
        top = element(
            "thead", {"class": "govuk-table__head"}, element("tr", {"class": "govuk-table__row"}, *cells)
        )
    body = element("tbody", {"class": "govuk-table__body"}, *(_row(row, first_is_heading) for row in rows))
    return element("table", {"class": classes("govuk-table", extra)}, title, top, body)


def _row(row: Sequence[Cell], first_is_heading: bool) -> SafeString:
    cells = (
        _cell(cell, "th", "header", scope="row", plain=True) if first_is_heading and i == 0 else _cell(cell)
        for i, cell in enumerate(row)
    )
    return element("tr", {"class": "govuk-table__row"}, *cells)


def _cell(
    cell: Cell, name: str = "td", part: str = "cell", *, scope: str | None = None, plain: bool = False
) -> SafeString:
    numeric = f"govuk-table__{part}--numeric" if cell.numeric and not plain else ""
    names = classes(f"govuk-table__{part}", numeric, cell.classes)
    attributes = {"scope": scope, "class": names, "colspan": cell.colspan, "rowspan": cell.rowspan}
    return element(name, attributes, cell.text)


@dataclass(frozen=True)
class Task:
    """One line of a task list. `colour` makes the status a tag."""

    title: str
    status: str
    href: str = ""
    hint: str = ""
    colour: str | None = None


def task_list(tasks: Sequence[Task], *, id: str = "task-list", extra: str = "") -> SafeString:
    """What there is to do, and how it stands."""
    made = (_task(task, f"{id}-{i}") for i, task in enumerate(tasks, 1))
    return element("ul", {"class": classes("govuk-task-list", extra)}, *made)


def _task(task: Task, id_: str) -> SafeString:
    name = element("div", {}, task.title)
    if task.href:
        described = classes(f"{id_}-hint" if task.hint else "", f"{id_}-status")
        names = "govuk-link govuk-task-list__link"
        name = element("a", {"class": names, "href": task.href, "aria-describedby": described}, task.title)
    hint = (
        element("div", {"id": f"{id_}-hint", "class": "govuk-task-list__hint"}, task.hint)
        if task.hint
        else ""
    )
    status = task.status if task.colour is None else tag(task.status, task.colour)
    return element(
        "li",
        {"class": classes("govuk-task-list__item", "govuk-task-list__item--with-link" if task.href else "")},
        element("div", {"class": "govuk-task-list__name-and-hint"}, name, hint),
        element("div", {"class": "govuk-task-list__status", "id": f"{id_}-status"}, status),
    )


@dataclass(frozen=True)
class Tab:
    """One of several panels; without JavaScript they stand one below the other."""

    label: str
    id: str
    content: str


def tabs(items: Sequence[Tab], *, title: str = "Contents", id: str = "", extra: str = "") -> SafeString:
    """Panels of which one is in sight."""
    heads = (_tab_head(one, first=i == 0) for i, one in enumerate(items))
    panels = (_tab_panel(one, first=i == 0) for i, one in enumerate(items))
    inside = joined(element("ul", {"class": "govuk-tabs__list"}, *heads), *panels) if items else ""
    attributes = {"id": id or None, "class": classes("govuk-tabs", extra), "data-module": "govuk-tabs"}
    return element("div", attributes, element("h2", {"class": "govuk-tabs__title"}, title), inside)


def _tab_head(one: Tab, *, first: bool) -> SafeString:
    names = classes("govuk-tabs__list-item", "govuk-tabs__list-item--selected" if first else "")
    return element(
        "li", {"class": names}, element("a", {"class": "govuk-tabs__tab", "href": f"#{one.id}"}, one.label)
    )


def _tab_panel(one: Tab, *, first: bool) -> SafeString:
    safe = isinstance(one.content, SafeString)
    content = one.content if safe or not one.content else element("p", {"class": "govuk-body"}, one.content)
    names = classes("govuk-tabs__panel", "" if first else "govuk-tabs__panel--hidden")
    return element("div", {"class": names, "id": one.id}, content)


ICON = (
    '<svg class="govuk-pagination__icon govuk-pagination__icon--{}" xmlns="http://www.w3.org/2000/svg" height="13"'
    ' width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="{}"></path></svg>'
)
BACKWARDS = mark_safe(  # noqa: S308 - our own constant
    ICON.format(
        "prev",
        "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293"
        "-1.414-1.414z",
    )
)
FORWARDS = mark_safe(  # noqa: S308 - our own constant
    ICON.format(
        "next",
        "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062"
        "-6.7246-6.7266z",
    )
)


@dataclass(frozen=True)
class PageItem:
    """One number of the pagination; an empty number is a gap."""

    number: str
    href: str = ""
    current: bool = False
    spoken: str = ""


def pagination(
    items: Sequence[PageItem],
    *,
    previous: str = "",
    next: str = "",
    label: str = "Pagination",
    extra: str = "",
) -> SafeString:
    """The way through a list of several pages."""
    numbers = element("ul", {"class": "govuk-pagination__list"}, *(_page_item(item) for item in items))
    before = _arrow("prev", previous, joined("Previous", hidden_text(" page"))) if previous else ""
    after = _arrow("next", next, joined("Next", hidden_text(" page"))) if next else ""
    attributes = {"class": classes("govuk-pagination", extra), "aria-label": label}
    return element("nav", attributes, before, numbers if items else "", after)


def _arrow(way: str, href: str, words: SafeString) -> SafeString:
    title = element("span", {"class": "govuk-pagination__link-title"}, words)
    parts = (BACKWARDS, title) if way == "prev" else (title, FORWARDS)
    attributes = {"class": "govuk-link govuk-pagination__link", "href": href, "rel": way}
    return element("div", {"class": f"govuk-pagination__{way}"}, element("a", attributes, *parts))


def _page_item(item: PageItem) -> SafeString:
    if not item.number:
        return element("li", {"class": "govuk-pagination__item govuk-pagination__item--ellipsis"}, "\u22ef")
    current = "govuk-pagination__item--current" if item.current else ""
    attributes = {
        "class": "govuk-link govuk-pagination__link",
        "href": item.href,
        "aria-label": item.spoken or f"Page {item.number}",
        "aria-current": "page" if item.current else None,
    }
    return element(
        "li", {"class": classes("govuk-pagination__item", current)}, element("a", attributes, item.number)
    )


def scroll_region(label: str, content: str, *, id: str = "") -> SafeString:
    """A region of its own that scrolls sideways; it takes the focus, so that the keyboard can scroll it."""
    attributes = {
        "class": "sl-scroll",
        "role": "region",
        "aria-label": label,
        "tabindex": "0",
        "id": id or None,
    }
    return element("div", attributes, content)


def empty_state(title: str, content: str, *, level: int = 2) -> SafeString:
    """What an empty page says: why it is empty, and what to do first."""
    heading = element(f"h{level}", {"class": "govuk-heading-m"}, title)
    return element("div", {"class": "sl-empty"}, heading, content)
