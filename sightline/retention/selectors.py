"""Reading the rules in force, holds, what is due, disposals and certificates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from sightline.events.disposing import Kind
from sightline.retention.choices import DisposalState, HoldOver, ItemState
from sightline.retention.models import (
    Certificate,
    Disposal,
    DisposalItem,
    Hold,
    KeptLonger,
    RetentionVersion,
)
from sightline.retention.rules.definitions import Rule, laid_over, rule_of


def newest_version() -> RetentionVersion | None:
    """The version in force; None before the first night."""
    return RetentionVersion.objects.order_by("-number").first()


def touched_rules() -> set[str]:
    """The rules that somebody has changed or confirmed."""
    return set(RetentionVersion.objects.exclude(changed="").values_list("changed", flat=True))


def rules_in_force() -> tuple[int, dict[str, Rule]]:
    """The number of the version in force (0 where there is none yet) and its rules by key; one query."""
    newest = newest_version()
    return (newest.number if newest else 0), laid_over(newest.rules if newest else ())


def changes_of(rule: str) -> QuerySet[RetentionVersion]:
    """The versions that changed one rule, the newest first."""
    return RetentionVersion.objects.filter(changed=rule).order_by("-number")


def holds() -> QuerySet[Hold]:
    """Every hold, those that stand first, then the newest."""
    return Hold.objects.annotate(standing=Count("pk", filter=Q(ended_at=None))).order_by("-standing", "-pk")


def standing_holds(kind: Kind) -> list[Hold]:
    """The holds that stand and may hold records of a kind: on it, on one of it, on what its records belong to."""
    whole = Q()
    for app, model in kind.within:
        whole |= Q(over=HoldOver.WHOLE.value, app=app, model=model)
    own = Q(over__in=[HoldOver.RULE.value, HoldOver.RECORD.value], rule=kind.rule)
    return list(Hold.objects.filter(own | whole if kind.within else own, ended_at=None))


def holds_over(of: tuple[str, str], number: int, rules: Iterable[str]) -> list[Hold]:
    """The holds that stand on a record to which others belong, or on all records of these rules."""
    whole = Q(over=HoldOver.WHOLE.value, app=of[0], model=of[1], number=number)
    every = Q(over=HoldOver.RULE.value, rule__in=list(rules))
    return list(Hold.objects.filter(whole | every, ended_at=None))


def held_among(kind: Kind, numbers: Collection[int], standing: Iterable[Hold]) -> set[int]:
    """Which of these records a standing hold keeps."""
    single: set[int] = set()
    whole: dict[str, list[int | None]] = {}
    for hold in standing:
        if hold.over == HoldOver.RULE:
            return set(numbers)
        if hold.over == HoldOver.RECORD:
            single.add(hold.number or 0)
        elif hold.over == HoldOver.WHOLE:
            whole.setdefault(kind.within[(hold.app, hold.model)], []).append(hold.number)
    found = {*single, *kind.goes_with(single).values()} & set(numbers)
    for way, held in whole.items():
        rows = kind.model._base_manager.filter(**{"pk__in": numbers, f"{way}__in": held})
        found |= set(rows.values_list("pk", flat=True))
    return found


def holds_on(kind: Kind, number: int) -> list[Hold]:
    """The standing holds that keep one record of a kind, laid on it or on what goes with it; at most three queries."""
    rows = kind.model._base_manager.filter(pk=number)
    of = rows.values("pk", *kind.within.values()).first() or {}
    standing = standing_holds(kind)
    single = {hold.number or 0 for hold in standing if hold.over == HoldOver.RECORD}
    goes = kind.goes_with({number, *single}) if single else {}

    def keeps(hold: Hold) -> bool:
        if hold.over == HoldOver.WHOLE:
            return bool(of.get(kind.within[(hold.app, hold.model)]) == hold.number)
        return hold.over == HoldOver.RULE or goes[hold.number or 0] == goes[number]

    return [hold for hold in standing if keeps(hold)]


def kept_among(rule: str, numbers: Collection[int], today: date) -> set[int]:
    """Which of these records somebody has decided to keep beyond today."""
    kept = KeptLonger.objects.filter(rule=rule, number__in=numbers, until__gt=today)
    return set(kept.values_list("number", flat=True))


def disposals() -> QuerySet[Disposal]:
    """Every disposal, the newest first, with how many records it has and how many wait (`size`, `waiting`)."""
    waiting = Q(items__state=ItemState.WAITING.value)
    return Disposal.objects.annotate(size=Count("items"), waiting=Count("items", filter=waiting)).order_by(
        "-pk"
    )


def open_disposals() -> QuerySet[Disposal]:
    """Those that are not done."""
    return disposals().exclude(state=DisposalState.DONE.value)


def rule_of_disposal(disposal: Disposal) -> Rule | None:
    """The rule as it stood when it was approved; before that as it stands, None where it is no more."""
    if disposal.rules is None:
        return rules_in_force()[1].get(disposal.rule)
    return next(rule_of(said) for said in disposal.rules.rules if said["key"] == disposal.rule)


def items_of(disposal: Disposal) -> QuerySet[DisposalItem]:
    """The records of a disposal, in the order of their numbers."""
    return disposal.items.order_by("number")


def certificates() -> QuerySet[Certificate]:
    """Every certificate, the newest first."""
    return Certificate.objects.select_related("disposal").order_by("-pk")


def counts_of(disposal: Disposal) -> dict[str, int]:
    """How many records of a disposal stand how."""
    rows = disposal.items.order_by().values_list("state").annotate(count=Count("pk"))
    return dict(rows)


def record_of(kind: Kind, number: int) -> Mapping[str, Any]:
    """What retention knows of one record: whether it is there, what was kept longer, its disposals."""
    return {
        "exists": kind.model._base_manager.filter(pk=number).exists(),
        "kept": list(KeptLonger.objects.filter(rule=kind.rule, number=number)),
        "items": list(DisposalItem.objects.filter(rule=kind.rule, number=number).select_related("disposal")),
    }
