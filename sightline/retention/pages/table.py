"""The rules as a table, and one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse

from sightline.events.disposing import kinds
from sightline.jobs.registry import label_of
from sightline.retention import selectors
from sightline.retention.choices import (
    ACTION_LABELS,
    BASIS_LABELS,
    CARRIED_OUT_LABELS,
    PERMANENT,
    TRIGGER_LABELS,
    CarriedOut,
)
from sightline.retention.forms import ConfirmForm, RuleFilter, RuleForm, initial_of
from sightline.retention.models import RetentionVersion
from sightline.retention.rules.definitions import Rule, coverage, groups
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.templatetags.screens import day

LIST = ListPage(
    noun=("rule", "rules"),
    columns=(
        Column("name", "What", sort=("name",)),
        Column("keep", "Kept for"),
        Column("action", "Then"),
        Column("basis", "Basis"),
        Column("confirmed", "Confirmed", sort=("is_confirmed", "name")),
    ),
    filter_form=RuleFilter,
    size=100,
)
EXPORTS = ("csv", "yaml")


@dataclass(frozen=True)
class RuleGroup:
    """The rules under one heading, with what it says of them in short; open where the list was narrowed."""

    summary: str
    listing: Listing[Rule]
    is_open: bool


@dataclass(frozen=True)
class RulesPage:
    """The rules, under their headings. `unconfirmed`: how many wait for information governance."""

    listing: Listing[Rule]
    groups: tuple[RuleGroup, ...]
    version: int
    unconfirmed: int


@dataclass(frozen=True)
class RulePage:
    """One rule, the fields that fall under it, and how it was changed."""

    rule: Rule
    version: int
    facts: tuple[SummaryRow, ...]
    fields: tuple[tuple[str, str], ...]
    changes: tuple[RetentionVersion, ...]
    form: ConfirmForm


@dataclass(frozen=True)
class ChangePage:
    """Changing one rule."""

    rule: Rule
    form: RuleForm


def rules_page(query: QueryDict) -> RulesPage:
    """The list."""
    version, rules = selectors.rules_in_force()
    exports = {name.upper(): reverse("retention:rules_file", args=[name]) for name in EXPORTS}
    listing = LIST.read(query, list(rules.values()), exports=exports)
    return RulesPage(
        listing, tuple(_grouped(listing)), version, sum(not rule.is_confirmed for rule in rules.values())
    )


def _grouped(listing: Listing[Rule]) -> Iterator[RuleGroup]:
    """The rows of the list under their headings, each in the order of the list."""
    for group in groups():
        rows = [rule for rule in listing.rows if rule.key in group.rules]
        if rows:
            waiting = sum(not rule.is_confirmed for rule in rows)
            state = f"{waiting} not yet confirmed" if waiting else "confirmed"
            number = f"{len(rows)} rule{'' if len(rows) == 1 else 's'}"
            yield RuleGroup(f"{group.name}: {number}, {state}", listing.with_rows(rows), listing.is_narrowed)


def rules_chosen(query: QueryDict) -> tuple[int, list[Rule]]:
    """The number of the version, and the rules that fit the filter of the address, in its order."""
    version, rules = selectors.rules_in_force()
    return version, list(LIST.ordered(RuleFilter(query).narrow(list(rules.values())), query))


def rule_page(rule: Rule, version: int, form: ConfirmForm | None = None) -> RulePage:
    """One rule."""
    return RulePage(
        rule=rule,
        version=version,
        facts=tuple(SummaryRow(key, value) for key, value in facts_of(rule)),
        fields=fields_under(rule.key),
        changes=tuple(selectors.changes_of(rule.key)[:20]),
        form=form or ConfirmForm(initial={"version": version}),
    )


def change_page(rule: Rule, version: int, form: RuleForm | None = None) -> ChangePage:
    """Changing one rule."""
    return ChangePage(rule, form or form_of(rule, version))


def form_of(rule: Rule, version: int, data: QueryDict | None = None) -> RuleForm:
    """The form of a rule, offering what can be done to its records."""
    offered = kinds().get(rule.key)
    ways = tuple(way.value for way in offered.ways) if offered else ()
    return RuleForm(data, rule=rule, ways=ways, initial=initial_of(rule, version))


def facts_of(rule: Rule) -> list[tuple[str, str]]:
    """A rule in words, as its page and a certificate tell it."""
    # What Sightline would clear each night and is to be looked at first goes the way of all else.
    asks = rule.carried_out == CarriedOut.NIGHTLY and not rule.is_cleared
    by = CARRIED_OUT_LABELS[CarriedOut.DISPOSAL if asks else rule.carried_out]
    if rule.carried_out == CarriedOut.JOB:
        by = f"{by}: “{label_of(rule.job)}”"
    return [
        ("Kept for", keep_in_words(rule)),
        ("Then", ACTION_LABELS[rule.action] if rule.period else "Nothing: it is kept"),
        ("Carried out by", by),
        ("Basis", f"{BASIS_LABELS[rule.basis]}: {rule.authority}"),
        ("Confirmed", confirmed_in_words(rule)),
    ]


def keep_in_words(rule: Rule) -> str:
    """How long, and from when."""
    return f"{rule.period} after {TRIGGER_LABELS[rule.trigger]}" if rule.period else PERMANENT


def confirmed_in_words(rule: Rule) -> str:
    """Who confirmed it and when, or that nobody has."""
    if not rule.is_confirmed:
        return "Not yet confirmed by your information governance"
    return f"{rule.confirmed_by} (noted on {day(date.fromisoformat(rule.confirmed_on))})"


def fields_under(key: str) -> tuple[tuple[str, str], ...]:
    """Which models fall under a rule, each with the fields where it is not the whole."""
    covered = coverage()
    found = []
    for model, (rule, fields) in sorted(covered.models.items()):
        named = sorted(name for name, other in fields.items() if other == key)
        if rule == key:
            others = sorted(name for name, other in fields.items() if other != key)
            found.append((model, f"All but {', '.join(others)}" if others else "All fields"))
        elif named:
            found.append((model, ", ".join(named)))
    if key == covered.apart_rule:
        found.append(("Every other model", ", ".join(sorted(covered.apart))))
    return tuple(found)
