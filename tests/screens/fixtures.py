"""GOV.UK Frontend's own fixtures: options of its macros and the HTML they make, brought to our functions.

MAKERS[component](Given(options)) gives our HTML; NotOffered where a fixture asks for what we do not offer. What we
leave out is counted in test_components_fixtures.py, so that it cannot grow unseen.
"""

from collections.abc import Callable

from django.utils.safestring import SafeString

from sightline.screens import elements
from sightline.screens.elements import Cell, PageItem, Problem, RowAction, SummaryRow, Tab, Task
from tests.screens.given import COMPONENTS, Given, NotOffered, Options, fixtures, normal
from tests.screens.given_controls import (
    character_count,
    checkboxes,
    date_input,
    file_upload,
    password_input,
    radios,
    select,
    something,
    text_input,
    textarea,
)

__all__ = ["COMPONENTS", "MAKERS", "Given", "NotOffered", "fixtures", "normal"]


def button(given: Given) -> str:
    classes = given.take("classes").split()
    kinds = {"govuk-button--secondary": "secondary", "govuk-button--warning": "warning"}
    kinds["govuk-button--inverse"] = "inverse"
    kind = next((kinds[c] for c in classes if c in kinds), "primary")
    more = " ".join(c for c in classes if c not in kinds)
    words = given.words()
    text_options: Options = {name: given.take(name) for name in ("href", "name", "value", "id")}
    made = elements.button(
        words,
        kind=kind,  # type: ignore[arg-type]
        type=given.take("type", "submit"),
        disabled=given.take("disabled", False),
        once=given.take("preventDoubleClick", None),
        attributes=given.take("attributes", {}),
        extra=more,
        **text_options,
    )
    given.done()
    return made


def tag(given: Given) -> str:
    classes = given.take("classes").split()
    colour = next((c.removeprefix("govuk-tag--") for c in classes if c.startswith("govuk-tag--")), "")
    more = " ".join(c for c in classes if not c.startswith("govuk-tag--"))
    made = elements.tag(given.words(), colour, extra=more, attributes=given.take("attributes", {}))
    given.done()
    return made


def simple(function: Callable[..., str], **names: str) -> Callable[[Given], str]:
    """A component whose options are texts: our name → theirs; "" stands for its text or html."""

    def make(given: Given) -> str:
        taken: Options = {}
        for ours, theirs in names.items():
            if theirs in ("", "summary", "title"):
                pair = ("text", "html") if not theirs else (f"{theirs}Text", f"{theirs}Html")
                taken[ours] = given.words(*pair)
            elif (value := given.take(theirs, None)) is not None:
                taken[ours] = value
        given.done()
        if "text" in taken and not taken["text"] and function is elements.warning_text:
            raise NotOffered("a warning without words")
        return function(**{k: v for k, v in taken.items() if v != "" or k == "content"})

    return make


def panel(given: Given) -> str:
    if "govuk-panel--interruption" in given.left.get("classes", ""):
        raise NotOffered("an interruption")
    return simple(elements.panel, title="title", content="", level="headingLevel", extra="classes")(given)


def breadcrumbs(given: Given) -> str:
    crumbs = []
    for item in given.take("items", []):
        one = Given(item)
        crumbs.append((one.words(), one.take("href")))
        one.done()
    made = elements.breadcrumbs(
        crumbs,
        collapse=given.take("collapseOnMobile", False),
        extra=given.take("classes"),
        label=given.take("labelText", "Breadcrumb"),
    )
    given.done()
    return made


def error_summary(given: Given) -> str:
    problems = []
    for item in given.take("errorList", []):
        one = Given(item)
        problems.append(Problem(one.words(), one.take("href")))
        one.done()
    silent = given.take("disableAutoFocus", None)
    title, description = (
        given.words("titleText", "titleHtml"),
        given.words("descriptionText", "descriptionHtml"),
    )
    given.done()
    focus = None if silent is None else not silent
    return elements.error_summary(problems, title=title, description=description, focus=focus)


def notification_banner(given: Given) -> str:
    silent = given.take("disableAutoFocus", None)
    text, html = given.take("text"), given.take("html")
    made = elements.notification_banner(
        str(text),
        SafeString(html.strip()) if html else "",
        kind=given.take("type"),
        title=given.words("titleText", "titleHtml"),
        id=given.take("titleId", "govuk-notification-banner-title") or "govuk-notification-banner-title",
        role=given.take("role"),
        focus=None if silent is None else not silent,
        extra=given.take("classes"),
        level=int(given.take("titleHeadingLevel", 2)),
    )
    given.done()
    return made


def summary_list(given: Given) -> str:
    rows = [summary_row(Given(item)) for item in given.take("rows", []) if item]
    extra = given.take("classes")
    given.done()
    return elements.summary_list(rows, extra=extra)


def summary_row(one: Given) -> SummaryRow:
    key, value, actions = one.part("key"), one.part("value"), one.part("actions")
    links = []
    for item in actions.take("items", []):
        action = Given(item)
        links.append(RowAction(action.words(), action.take("href"), action.take("visuallyHiddenText")))
        action.done()
    made = SummaryRow(key.words(), value.words(), tuple(links), one.take("classes"))
    for rest in (one, key, value, actions):
        rest.done()
    return made


def table(given: Given) -> str:
    rows = [[cell(Given(item)) for item in row] for row in given.take("rows", []) if row]
    head = [cell(Given(item)) for item in given.take("head", [])]
    made = elements.table(
        rows,
        head=head,
        caption=given.take("caption"),
        caption_classes=given.take("captionClasses"),
        first_is_heading=given.take("firstCellIsHeader", False),
        extra=given.take("classes"),
    )
    given.done()
    return made


def cell(one: Given) -> Cell:
    spans = (one.take("colspan", None), one.take("rowspan", None))
    made = Cell(one.words(), one.take("format") == "numeric", *spans, one.take("classes"))
    one.done()
    return made


def pagination(given: Given) -> str:
    ends = {}
    for name in ("previous", "next"):
        end = given.part(name)
        ends[name] = end.take("href")
        end.done()
    items = []
    for item in something(given):
        one = Given(item)
        gap, number = one.take("ellipsis", False), str(one.take("number"))
        spoken = one.take("visuallyHiddenText")
        items.append(PageItem("" if gap else number, one.take("href"), one.take("current", False), spoken))
        one.done()
    label, extra = given.take("landmarkLabel", "Pagination"), given.take("classes")
    given.done()
    if not items and (ends["previous"] or ends["next"]):
        raise NotOffered("previous and next without numbers")
    return elements.pagination(items, **ends, label=label, extra=extra)


def task_list(given: Given) -> str:
    tasks = [task(Given(item)) for item in something(given)]
    id_, extra = given.take("idPrefix", "task-list"), given.take("classes")
    given.done()
    return elements.task_list(tasks, id=id_, extra=extra)


def task(one: Given) -> Task:
    title, status, hint = one.part("title"), one.part("status"), one.part("hint")
    colour, words = None, status.words()
    if "tag" in status.left:
        inner = status.part("tag")
        words, colour = inner.words(), inner.take("classes").removeprefix("govuk-tag--")
        inner.done()
    made = Task(title.words(), words, one.take("href"), hint.words(), colour)
    for rest in (one, title, status, hint):
        rest.done()
    return made


def tabs(given: Given) -> str:
    prefix, made_tabs = given.take("idPrefix"), []
    for i, item in enumerate(filter(None, given.take("items", [])), 1):
        one = Given(item)
        panel = one.part("panel")
        id_ = one.take("id") or f"{prefix}-{i}"
        made_tabs.append(Tab(one.take("label"), id_, panel.words()))
        one.done()
        panel.done()
    title, id_, extra = given.take("title", "Contents"), given.take("id"), given.take("classes")
    given.done()
    return elements.tabs(made_tabs, title=title, id=id_, extra=extra)


MAKERS: dict[str, Callable[[Given], str]] = {
    "input": text_input,
    "password-input": password_input,
    "textarea": textarea,
    "character-count": character_count,
    "radios": radios,
    "checkboxes": checkboxes,
    "select": select,
    "date-input": date_input,
    "file-upload": file_upload,
    "button": button,
    "tag": tag,
    "breadcrumbs": breadcrumbs,
    "back-link": simple(elements.back_link, href="href", text="", extra="classes"),
    "inset-text": simple(elements.inset_text, content="", id="id", extra="classes"),
    "warning-text": simple(elements.warning_text, text="", spoken="iconFallbackText", extra="classes"),
    "details": simple(
        elements.details,
        summary="summary",
        content="",
        id="id",
        open="open",
        extra="classes",
        attributes="attributes",
    ),
    "panel": panel,
    "error-summary": error_summary,
    "notification-banner": notification_banner,
    "summary-list": summary_list,
    "table": table,
    "pagination": pagination,
    "task-list": task_list,
    "tabs": tabs,
}
