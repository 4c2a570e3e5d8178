"""Error messages that name their field, so that each stands alone in the error summary."""

from collections.abc import Iterable, Sequence

from django import forms

from sightline.identifying import LABELS, Finding

CHOOSE_AGAIN = "Choose your file again: it was not kept, as something else has to be put right first"
PICKED = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput)


def own_messages(field: forms.Field) -> dict[str, str]:
    """Our words in place of Django's usual ones; what a form or a field class says itself stays as it is."""
    label = str(field.label or "")
    if not label:
        return {}
    return {code: text for code, text in messages(field, label).items() if is_usual(field, code)}


def is_usual(field: forms.Field, code: str) -> bool:
    """True if the message for this code is still the one that Django gives the class."""
    given = field.error_messages.get(code)
    for kind in type(field).__mro__:
        # Of the class's own: one of ours that says nothing itself has Django's words.
        usual = vars(kind).get("default_error_messages", {})
        if code in usual:
            return kind.__module__.startswith("django.") and given == usual[code]
    return given is None


def messages(field: forms.Field, label: str) -> dict[str, str]:
    """What goes wrong with this kind of field, by Django's codes."""
    quoted = f"“{label}”" if label.endswith("?") else label
    filled = quoted.replace("%", "%%")  # in messages that Django fills in
    found = {
        "required": required_message(field, label),
        "invalid_choice": f"{filled}: choose one of the answers offered",
        "max_length": f"{filled} must be %(limit_value)d characters or fewer. It has %(show_value)d",
    }
    if isinstance(field, forms.IntegerField) and not isinstance(field, forms.FloatField | forms.DecimalField):
        found["invalid"] = f"{quoted} must be a whole number"
        found["max_value"] = f"{filled} must be %(limit_value)s or less"
        found["min_value"] = f"{filled} must be %(limit_value)s or more"
    if isinstance(field, forms.EmailField):
        found["invalid"] = f"{filled} must look like name@example.org"
    if isinstance(field, forms.FileField):
        found |= {"empty": "The file chosen is empty", "missing": required_message(field, label)}
        del found["max_length"]
    return found


def required_message(field: forms.Field, label: str) -> str:
    """What to say when nothing was given."""
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}” to go on"
    if isinstance(field.widget, PICKED):
        return f"Choose {lower_first(label)}"
    return f"Enter {lower_first(label)}"


def lower_first(text: str) -> str:
    """The text with a small first letter, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def tells_of_a_child(telling: Sequence[Finding]) -> str:
    """What in a text may tell who a child is, and what its writer can do."""
    seen = dict.fromkeys(f"“{each.words}” looks like {LABELS[each.kind]}" for each in telling[:3])
    return f"{'; '.join(seen)}. Take it out, or say below why it must stand here"


def why_must_stand(telling: Iterable[Finding]) -> str:
    """The question why words that may tell who a child is must stand in a form."""
    words = list(dict.fromkeys(f"“{each.words}”" for each in telling))
    more = " and more" if len(words) > 3 else ""
    return f"Why must {', '.join(words[:3])}{more} stand here?"
