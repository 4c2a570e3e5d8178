"""Versions of the rules: the first as Sightline brings them, every other by somebody, for a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.events.choices import SYSTEM, Actor, StaleRecord, Way
from sightline.events.disposing import kinds
from sightline.events.services import deed, record
from sightline.retention.choices import (
    NO_WAY,
    NOTHING_CHANGED,
    PERIOD_FIXED,
    SAY_WHO,
    SAY_WHY,
    Action,
    Basis,
    NotPossible,
)
from sightline.retention.entries import RetentionEntry
from sightline.retention.models import RetentionVersion
from sightline.retention.rules.definitions import Rule, digest_of, laid_over
from sightline.retention.rules.periods import Period
from sightline.retention.selectors import newest_version, touched_rules

AS_BROUGHT = "As this version of Sightline brings them."


@deed
def bring_up_to_date(*, now: datetime, by: Actor = SYSTEM) -> RetentionVersion:
    """The version in force; one is made where there is none yet, or where Sightline brings other rules than it has.

    What people changed and confirmed stays as they left it; a rule that nobody touched is as Sightline brings it now.
    """
    newest = newest_version()
    touched = touched_rules() if newest else set()
    rules = laid_over(said for said in (newest.rules if newest else ()) if said["key"] in touched)
    if newest is not None and newest.sha256 == digest_of(rules.values()):
        return newest
    made = _add(rules, newest, "", AS_BROUGHT, by, now)
    record(RetentionEntry.RULES_LOADED, by=by, subject=made, after={"version": made.number})
    return made


@deed
def change_rule(
    key: str,
    *,
    basis: Basis,
    authority: str,
    period: Period | None,
    action: Action,
    reason: str,
    seen: int,
    by: Actor,
    now: datetime,
) -> RetentionVersion:
    """Change what a rule rests on, how long it keeps and what happens then; whoever confirmed it must do so anew.

    `seen`: the number of the version it was read in. Raises StaleRecord, and NotPossible without a reason, where
    nothing is changed, where the period is not read from here, or where no app can do what the action says.
    """
    newest, rules = _seen(seen)
    rule = rules[key]
    changed = replace(rule, basis=basis, authority=authority.strip(), period=period, action=action)
    _refuse(rule, changed, reason)
    changed = replace(changed, confirmed_by="", confirmed_on="")
    made = _add({**rules, key: changed}, newest, key, reason.strip(), by, now)
    record(
        RetentionEntry.RULE_CHANGED,
        by=by,
        subject=made,
        before=_told(rule),
        after=_told(changed),
        reason=made.reason,
    )
    return made


@deed
def confirm_rule(key: str, who: str, *, seen: int, by: Actor, now: datetime) -> RetentionVersion:
    """Note that information governance has confirmed a rule as it stands. Raises StaleRecord, NotPossible."""
    if not who.strip():
        raise NotPossible(SAY_WHO)
    newest, rules = _seen(seen)
    day = timezone.localtime(now).date().isoformat()
    confirmed = replace(rules[key], confirmed_by=who.strip(), confirmed_on=day)
    made = _add({**rules, key: confirmed}, newest, key, f"Confirmed by {confirmed.confirmed_by}.", by, now)
    after = {**_told(confirmed), "confirmed_by": confirmed.confirmed_by}
    record(RetentionEntry.RULE_CONFIRMED, by=by, subject=made, after=after)
    return made


def _seen(seen: int) -> tuple[RetentionVersion | None, dict[str, Rule]]:
    newest = newest_version()
    if (newest.number if newest else 0) != seen:
        raise StaleRecord
    return newest, laid_over(newest.rules if newest else ())


def _refuse(rule: Rule, changed: Rule, reason: str) -> None:
    if not reason.strip():
        raise NotPossible(SAY_WHY)
    if rule == changed:
        raise NotPossible(NOTHING_CHANGED)
    if not rule.may_change_period and (rule.period, rule.action) != (changed.period, changed.action):
        raise NotPossible(PERIOD_FIXED)
    offered = kinds().get(rule.key)
    if offered and changed.action != Action.REVIEW and Way(changed.action.value) not in offered.ways:
        raise NotPossible(NO_WAY)


def _add(
    rules: Mapping[str, Rule],
    newest: RetentionVersion | None,
    changed: str,
    reason: str,
    by: Actor,
    now: datetime,
) -> RetentionVersion:
    """The next version. Raises StaleRecord where somebody else has just made it."""
    made = RetentionVersion(
        number=newest.number + 1 if newest else 1,
        rules=[rule.told() for rule in rules.values()],
        sha256=digest_of(rules.values()),
        changed=changed,
        reason=reason,
        made_at=now,
        made_by_id=by.user_id,
        made_by_label=by.label[:200],
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise StaleRecord from None
    return made


def _told(rule: Rule) -> dict[str, object]:
    told = rule.told()
    return {name: told[name] for name in ("key", "basis", "authority", "keep", "action")}
