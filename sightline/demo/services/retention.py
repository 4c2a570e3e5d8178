"""How the invented county keeps its records: rules confirmed and changed, a hold, disposals with two people."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from sightline.access.models import User
from sightline.demo.services.partners import People, load_person
from sightline.demo.story import Calendar
from sightline.events.choices import Actor, Way
from sightline.plans.models import Import
from sightline.plans.services.imports import discard, upload
from sightline.retention import services
from sightline.retention.choices import Basis, DisposalState, HoldOver
from sightline.retention.models import Disposal
from sightline.retention.rules.periods import period_named
from sightline.retention.selectors import rules_in_force

PAPERS = "imports_unconfirmed"


def load_retention(words: dict[str, Any], calendar: Calendar, people: People) -> None:
    """Rules first; then what has gone by them with its certificate, what waits for somebody, and what is held."""
    officer = User.objects.get(email=words["by"]).actor
    _rule(words, people, officer)
    _carry_out(words["gone"], people, officer)
    papers = _give_up(words["waiting"]["papers"], people)
    for row in words["people"]:
        load_person(row, people, calendar)
    found = _find(words["waiting"], people)
    _hold(papers[words["held"]["paper"]], words["held"], people, officer)
    _approve(found, words["waiting"], people, by=officer)


def _ago(told: dict[str, Any], people: People) -> datetime:
    return people.moment(people.on - timedelta(days=told["ago"]))


def _rule(words: dict[str, Any], people: People, officer: Actor) -> None:
    """Change two rules, and have information governance confirm what they and others say."""
    now, who = _ago(words["ruled"], people), words["governance"]
    services.bring_up_to_date(now=now)
    for row in words["changed"]:
        version, rules = rules_in_force()
        services.change_rule(
            row["rule"],
            basis=Basis.LOCAL,
            authority=row["authority"],
            period=period_named(row["keep"]),
            action=rules[row["rule"]].action,
            reason=row["because"],
            seen=version,
            by=officer,
            now=now,
        )
    for key in (*words["ruled"]["confirm"], *(row["rule"] for row in words["changed"])):
        services.confirm_rule(key, who, seen=rules_in_force()[0], by=officer, now=now)


def _give_up(rows: list[dict[str, Any]], people: People) -> dict[str, Import]:
    """Papers that somebody uploaded long ago and gave up."""
    made = {}
    for row in rows:
        file, now = ContentFile(row["words"].encode(), name=row["name"]), _ago(row, people)
        paper = upload(file, row["name"], by=people.manager, now=now, enqueue_reading=False)
        made[row["name"]] = discard(paper, by=people.manager, now=now)
    return made


def _hold(paper: Import, told: dict[str, Any], people: People, officer: Actor) -> None:
    services.place_hold(
        HoldOver.RECORD,
        rule=PAPERS,
        number=paper.pk,
        reason=told["because"],
        authority=told["authority"],
        until=people.on + timedelta(days=told["days"]),
        by=officer,
        now=_ago(told, people),
    )


def _find(told: dict[str, Any], people: People) -> Disposal:
    """One night's work, and the papers that it proposes."""
    services.find_due(now=_ago(told, people), progress=lambda done, total, sentence: None)
    return Disposal.objects.get(rule=PAPERS, state=DisposalState.PROPOSED)


def _approve(found: Disposal, told: dict[str, Any], people: People, *, by: Actor) -> Disposal:
    now = _ago(told, people) + timedelta(hours=1)
    found.refresh_from_db()
    version = found.version
    return services.approve(found, Way.DELETE, reason=told["because"], version=version, by=by, now=now)


def _carry_out(told: dict[str, Any], people: People, officer: Actor) -> None:
    """The whole way of the first papers: found, approved by the manager, carried out by the officer, certified."""
    _give_up(told["papers"], people)
    approved = _approve(_find(told, people), told, people, by=people.manager)
    now = _ago(told, people) + timedelta(days=1)
    ordered = services.order(approved, version=approved.version, by=officer, now=now)
    services.carry_out(ordered.pk, by=officer, now=now, progress=lambda done, total, sentence: None)
