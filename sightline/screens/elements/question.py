"""What every form control shares: label, hint, error message, fieldset, form group."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from .markup import Attributes, classes, element, hidden_text, joined


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a form, whatever control asks it.

    `heading`: the label or legend is the page's h1. `grouped`: choices and dates stand in a fieldset.
    `classes` and `attributes` go to the control itself.
    """

    name: str
    label: str
    id: str = ""
    hint: str = ""
    error: str = ""
    value: str = ""
    label_classes: str = ""
    heading: bool = False
    classes: str = ""
    group_classes: str = ""
    described_by: str = ""
    attributes: Attributes = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The id of the control; the name if none was given."""
        return self.id or self.name

    @property
    def descriptions(self) -> str | None:
        """The ids that describe the control: given ones, hint, error."""
        parts = (
            self.described_by,
            f"{self.key}-hint" if self.hint else "",
            f"{self.key}-error" if self.error else "",
        )
        return classes(*parts) or None


def label(text: str, for_id: str, extra: str = "", *, heading: bool = False) -> SafeString:
    """A label; as the page's heading if asked. Nothing for no text."""
    if not text:
        return SafeString("")
    made = element("label", {"class": classes("govuk-label", extra), "for": for_id}, text)
    return element("h1", {"class": "govuk-label-wrapper"}, made) if heading else made


def hint(text: str, id_: str, extra: str = "") -> SafeString:
    """A hint under a label or legend."""
    return element("div", {"id": id_, "class": classes("govuk-hint", extra)}, text)


def error_message(text: str, id_: str = "", *, prefix: str = "Error") -> SafeString:
    """An error message beside its control."""
    spoken = hidden_text(f"{prefix}:") if prefix else SafeString("")
    return element("p", {"id": id_ or None, "class": "govuk-error-message"}, spoken, " ", text)


def notes(question: Question) -> SafeString:
    """Hint and error message, each if there is one."""
    return joined(
        hint(question.hint, f"{question.key}-hint") if question.hint else SafeString(""),
        error_message(question.error, f"{question.key}-error") if question.error else SafeString(""),
    )


def form_group(
    question: Question, *content: str, extra: str = "", attributes: Attributes | None = None
) -> SafeString:
    """The box around a question; marked when its answer is wrong."""
    wrong = "govuk-form-group--error" if question.error else ""
    names = classes("govuk-form-group", wrong, extra, question.group_classes)
    return element("div", {"class": names, **(attributes or {})}, *content)


def fieldset(question: Question, *content: str, role: str | None = None) -> SafeString:
    """Controls that answer one question together, under a legend."""
    title: str = question.label
    if question.heading:
        title = element("h1", {"class": "govuk-fieldset__heading"}, question.label)
    legend = element("legend", {"class": classes("govuk-fieldset__legend", question.label_classes)}, title)
    attributes = {"class": "govuk-fieldset", "role": role, "aria-describedby": question.descriptions}
    return element("fieldset", attributes, legend if question.label else "", *content)


def labelled(question: Question, control: str, **group: str | Mapping[str, str]) -> SafeString:
    """A form group with label, hint, error and one control."""
    head = label(question.label, question.key, question.label_classes, heading=question.heading)
    return form_group(question, head, notes(question), control, **group)  # type: ignore[arg-type]  # the stubs cannot follow what is handed on
