"""GOV.UK Frontend's own fixtures: options of its macros and the HTML they make, brought to our functions.

MAKERS[component](Given(options)) gives our HTML; NotOffered where a fixture asks for what we do not offer. What we
leave out is counted in test_components_fixtures.py, so that it cannot grow unseen.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString

from sightline.screens import elements
from sightline.screens.elements import (
    Cell,
    Choice,
    DateBox,
    PageItem,
    Problem,
    Question,
    RowAction,
    SummaryRow,
    Tab,
    Task,
)

COMPONENTS = (
    Path(__file__).resolve().parents[2] / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
)
Options = dict[str, Any]


class NotOffered(Exception):
    """The fixture asks for something our function does not offer."""


class Given:
    """The options of one macro call; whatever is not taken by the end is not offered."""

    def __init__(self, options: Mapping[str, Any] | None) -> None:
        self.left = dict(options or {})

    def take(self, name: str, usual: Any = "") -> Any:
        value = self.left.pop(name, usual)
        return usual if value is None else value

    def words(self, *names: str) -> str:
        """Text, or mark-up that is safe, of `text`/`html` or of the given pair of names."""
        text, html = names or ("text", "html")
        plain, marked = self.take(text), self.take(html)
        return SafeString(marked.strip()) if marked else str(plain)

    def part(self, name: str) -> "Given":
        return Given(self.take(name, {}))

    def done(self) -> None:
        rest = {k: v for k, v in self.left.items() if v not in (None, "", [], {})}
        if rest:
            raise NotOffered(", ".join(sorted(rest)))


def question(given: Given, *, grouped: bool = False, id_name: str = "id") -> Question:
    """The options all controls share."""
    label_classes, heading, text, described = "", False, "", ""
    if grouped and "fieldset" in given.left:
        fieldset = given.part("fieldset")
        legend = fieldset.part("legend")
        text, label_classes = legend.words(), legend.take("classes")
        heading = legend.take("isPageHeading", False)
        described = fieldset.take("describedBy")
        legend.done()
        fieldset.done()
    elif not grouped:
        label = given.part("label")
        text, label_classes, heading = (
            label.words(),
            label.take("classes"),
            label.take("isPageHeading", False),
        )
        label.done()
    hint, error = given.part("hint"), given.part("errorMessage")
    group = given.part("formGroup")
    made = Question(
        name=given.take("name"),
        id=given.take(id_name),
        label=text,
        hint=hint.words(),
        error=error.words(),
        value=str(given.take("value")),
        label_classes=label_classes,
        heading=heading,
        classes=given.take("classes"),
        group_classes=group.take("classes"),
        described_by=given.take("describedBy") or described,
        attributes=given.take("attributes", {}),
    )
    for rest in (hint, error, group):
        rest.done()
    return made


def text_input(given: Given) -> str:
    prefix, suffix = given.part("prefix"), given.part("suffix")
    spellcheck = given.take("spellcheck", None)
    more: Options = {"prefix": prefix.words(), "suffix": suffix.words(), "spellcheck": spellcheck}
    prefix.done()
    suffix.done()
    more["kind"] = given.take("type", "text")
    for name in ("inputmode", "autocomplete"):
        more[name] = given.take(name, None)
    more["disabled"] = given.take("disabled", False)
    asked = question(given)
    given.done()
    return elements.text_input(asked, **more)


def password_input(given: Given) -> str:
    autocomplete = given.take("autocomplete", "current-password")
    asked = question(given)
    given.done()
    return elements.password_input(asked, autocomplete=autocomplete)


def textarea(given: Given) -> str:
    rows, autocomplete = given.take("rows", 5), given.take("autocomplete", None)
    asked = question(given)
    given.done()
    return elements.textarea(asked, rows=int(rows), autocomplete=autocomplete)


def character_count(given: Given) -> str:
    most, rows, threshold = given.take("maxlength", 0), given.take("rows", 5), given.take("threshold", None)
    asked = question(given)
    given.done()
    if not most:
        raise NotOffered("no limit")
    return elements.character_count(asked, most=int(most), rows=int(rows), threshold=threshold)


def something(given: Given) -> list[Options]:
    """The items, none of which is nothing: our types know no empty item."""
    items: list[Options] = given.take("items", [])
    if not all(items):
        raise NotOffered("items that are nothing")
    return items


def choices(given: Given, chosen: Callable[[Any], bool]) -> Iterator[Choice]:
    for item in something(given):
        yield choice(Given(item), chosen)


def choice(one: Given, chosen: Callable[[Any], bool]) -> Choice:
    hint, reveals = one.part("hint"), one.part("conditional")
    value = one.take("value")
    checked = one.take("checked", None)
    made = Choice(
        value=str(value),
        label=one.words(),
        hint=hint.words(),
        chosen=bool(checked) or (chosen(value) and checked is not False),
        disabled=one.take("disabled", False),
        divider=one.take("divider"),
        reveals=reveals.words(),
        excludes_others=one.take("behaviour") == "exclusive",
        attributes=one.take("attributes", {}),
    )
    for rest in (one, hint, reveals):
        rest.done()
    return made


def radios(given: Given) -> str:
    grouped, value = "fieldset" in given.left, given.take("value", None)
    offered = list(choices(given, lambda one: bool(value) and one == value))
    asked = question(given, grouped=True, id_name="idPrefix")
    given.done()
    return elements.radios(asked, offered, grouped=grouped)


def checkboxes(given: Given) -> str:
    grouped, values = "fieldset" in given.left, given.take("values", [])
    offered = list(choices(given, lambda one: one in values))
    asked = question(given, grouped=True, id_name="idPrefix")
    given.done()
    return elements.checkboxes(asked, offered, grouped=grouped)


def select(given: Given) -> str:
    value = given.left.get("value")
    offered = [option(Given(item), value) for item in given.take("items", []) if item]
    asked = question(given)
    given.done()
    return elements.select(asked, offered)


def option(one: Given, value: Any) -> Choice:
    text, own = str(one.take("text")), one.take("value", None)
    selected = one.take("selected", None)
    compared = text if own is None else own
    made = Choice(
        value=None if own is None else str(own).lower() if isinstance(own, bool) else str(own),
        label=text,
        chosen=bool(selected) or (bool(value) and compared == value and selected is not False),
        disabled=one.take("disabled", False),
        attributes=one.take("attributes", {}),
    )
    one.done()
    return made


def date_input(given: Given) -> str:
    grouped, prefix, values = "fieldset" in given.left, given.take("namePrefix"), given.take("values", {})
    boxes = [date_box(Given(item), values, prefix) for item in given.take("items", []) if item]
    usual = ({"name": "day"}, {"name": "month"}, {"name": "year"})
    given_boxes = [(each, given.left.pop(each["name"], {})) for each in usual]
    if not boxes:
        parts = [(kind, Given({**kind, **own})) for kind, own in given_boxes if own is not False]
        boxes = [date_box(one, values, prefix, kind["name"]) for kind, one in parts]
    asked = question(given, grouped=True)
    given.done()
    return elements.date_input(asked, boxes, grouped=grouped, prefix=prefix)


def date_box(one: Given, values: Options, prefix: str, kind: str = "") -> DateBox:
    name = one.take("name")
    classes = set(one.take("classes").split())
    width = next(
        (int(c[-1]) for c in classes if c.startswith("govuk-input--width-")),
        4 if "year" in (name, kind) else 2,
    )
    wrong = one.take("error", None)
    full = f"{prefix}-{name}" if prefix else name
    if "govuk-input--error" in classes:
        wrong = True
    if classes - {f"govuk-input--width-{width}", "govuk-input--error"}:
        raise NotOffered("classes of a box")
    made = DateBox(name, str(one.take("value") or values.get(full, "")), one.take("label"), width, wrong)
    one.done()
    return made


def file_upload(given: Given) -> str:
    drop, multiple = given.take("javascript", False), given.take("multiple", False)
    asked = question(given)
    given.done()
    return elements.file_upload(asked, multiple=multiple, drop_zone=drop)


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


def fixtures(component: str) -> list[Options]:
    """The fixtures of one component, as its package ships them."""
    found: list[Options] = json.loads((COMPONENTS / component / "fixtures.json").read_text(encoding="utf-8"))[
        "fixtures"
    ]
    return found


class Normal(HTMLParser):
    """HTML as a list of parts in which only what matters counts: no order of attributes or classes, no blanks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pairs = {key: (value or "") for key, value in attrs}
        if "class" in pairs:
            pairs["class"] = " ".join(sorted(set(pairs["class"].split())))
        self.parts.append((tag, sorted((k, " ".join(v.split())) for k, v in pairs.items())))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.parts.append(words)


def normal(html: str) -> list[Any]:
    """The parts of a piece of HTML."""
    parser = Normal()
    parser.feed(html)
    parser.close()
    return parser.parts
