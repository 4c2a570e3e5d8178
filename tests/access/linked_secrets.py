"""Records that few may read, tied to records of all members in every way the tables allow; each with words of its own.

Every word of `SECRETS` stands in restricted records alone. Whoever has no right to them must never meet one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from sightline.challenges.choices import Changed, Deed, RiskDeed, ScrutinyDeed
from sightline.challenges.rules.scoring import Score
from sightline.events.choices import Tier
from sightline.partners.models import Agency, Group
from sightline.partners.services import create_agency, create_group
from sightline.plans import services
from sightline.plans.choices import (
    BulkKind,
    DeliveryState,
    EvidenceQuarter,
    Fate,
    PlanState,
    ReferenceKind,
    SourceKind,
)
from sightline.plans.models import Action, Import, Placement, Plan, Priority, Recommendation, Source
from sightline.plans.services import ReferenceGiven, SourceGiven
from sightline.plans.services.bulk import begin_change
from sightline.plans.services.imports import confirm, read_upload, set_as_at, upload
from sightline.plans.services.places import place_action
from sightline.plans.services.rolling import FateGiven, begin_roll_over, choose_fates
from sightline.plans.services.themes import set_themes
from sightline.saved.choices import Sharing
from sightline.saved.services import save_view
from tests.access.people import World, member
from tests.challenges.making import done, make_challenge, make_risk, make_scrutiny, risk_done, scrutiny_done
from tests.meetings.making import make_item, make_meeting, make_paper, minuted
from tests.plans.making import BY, NOW, TODAY, make_action, make_plan

WHO: dict[str, Any] = {"by": BY, "now": NOW}
LATE = "2026-05-31"
# By what it is of: a source, its recommendation, a plan and what stands in it, an action and its account, papers.
SECRETS = (
    "quillback", "heliotrope", "marzipan", "obsidian", "tamarind", "saffron", "juniper", "foxglove", "cobalt",
    "vermilion", "mulberry", "periwinkle", "chartreuse", "turmeric", "cardamom", "hyssop", "borage", "sorrel",
    "gentian", "teasel", "lovage", "campion", "samphire", "bistort", "tansy", "yarrow", "betony",
)  # fmt: skip
COLUMNS = [
    {"heading": "No", "meaning": "number"},
    {"heading": "Source", "meaning": "source"},
    {"heading": "Outcome", "meaning": "outcome"},
    {"heading": "Lead", "meaning": "owners"},
    {"heading": "Action", "meaning": "action"},
    {"heading": "Update", "meaning": "update"},
    {"heading": "By when", "meaning": "timescale"},
    {"heading": "RAG", "meaning": "rating"},
]
PAPER = (
    "Action No.\tAction\tLead\tTimescale\tStatus\n{number}\t{text}\tNobody Known\tBy 31 March 2027\tGreen\n"
)


@dataclass
class Hidden:
    """What few may read, and who may."""

    group: Group
    agency: Agency
    source: Source
    recommendation: Recommendation
    plan: Plan
    priority: Priority
    action: Action


def hidden_of(world: World) -> Hidden:
    """A restricted source, recommendation, plan and actions, owned by others than the people of the world."""
    group, agency = create_group("Case panel", by=BY), create_agency("Wealdshire Care", by=BY)
    source = services.create_source(
        "Quillback review", SourceKind.REVIEW, summary="Heliotrope", published_on=date(2026, 1, 1),
        tier=Tier.T2, **WHO,
    )  # fmt: skip
    asked = {"number": "Obsidian 4", "text": "Audit every re-referral of marzipan", "title": "Marzipan"}
    recommendation = services.create_recommendation(source, addressed_to=[world.agency.name], **asked, **WHO)
    set_themes(recommendation, recommendation.version, ["neglect"], **WHO)
    plan = make_plan(
        group,
        "Tamarind plan",
        tier=Tier.T2,
        columns=COLUMNS,
        state=PlanState.IN_FORCE,
        legend={"Sorrel": "red"},
    )
    priority = services.add_priority(plan, number="1", title="Saffron", aim="Juniper", **WHO)
    services.add_outcome(priority, text="Foxglove", **WHO)
    action = make_action(
        plan, agency, text="Audit every re-referral of cobalt", due=LATE, numbers=["Vermilion 1"]
    )
    return Hidden(group, agency, source, recommendation, plan, priority, action)


def told(action: Action) -> None:
    """What is said of a restricted action, each part with a word of its own."""
    services.record_update(action, "Mulberry was asked", as_at=TODAY, **WHO)
    files = [ContentFile(b"Twenty were asked.", name="periwinkle.txt")]
    services.record_evidence(action, EvidenceQuarter.DATA, "Chartreuse", dated_on=TODAY, files=files, **WHO)
    services.set_embedding_test(action, "Turmeric", due_on=TODAY, as_at=TODAY, **WHO)
    services.block(action, "Cardamom is missing", as_at=TODAY, **WHO)
    set_themes(action, action.version, ["neglect"], **WHO)


def open_plan(world: World, hidden: Hidden) -> Plan:
    """A plan of all members that follows the restricted one and holds a restricted action of its own."""
    plan = make_plan(
        world.group, "Children first", follows=hidden.plan, columns=COLUMNS, state=PlanState.IN_FORCE
    )
    make_plan(hidden.group, "Tamarind next", follows=plan, tier=Tier.T2)
    priority = services.add_priority(plan, number="1", title="Neglect", **WHO)
    outcome = services.add_outcome(priority, text="Children are seen", **WHO)
    strand = services.add_strand(priority, title="Schools", **WHO)
    place = {"priority": priority, "outcome": outcome, "strand": strand}
    text = "Audit every re-referral of hyssop"
    closed = make_action(
        plan, hidden.agency, text=text, tier=Tier.T2, due=LATE, numbers=["Vermilion 2"],
        sources=[SourceGiven(source=hidden.source)], **place,
    )  # fmt: skip
    told(closed)
    return plan


def open_actions(world: World, hidden: Hidden, plan: Plan) -> list[Action]:
    """Actions of all members that answer, point at, wait for, came from and stand beside what is restricted."""
    priority = plan.priorities.get()
    place = {"priority": priority, "outcome": priority.outcomes.get(), "due": LATE}
    closed = plan.actions.get(tier=Tier.T2)
    answers = [
        SourceGiven(source=hidden.source),
        SourceGiven(recommendation=hidden.recommendation),
        SourceGiven("106", hidden.source),
    ]
    points = [
        ReferenceGiven(ReferenceKind.OTHER_PLAN, "9", target=hidden.action),
        ReferenceGiven(ReferenceKind.SAME_PLAN, "8", target=closed),
    ]
    first = make_action(plan, world.agency, world.group, sources=answers, references=points, **place)
    set_themes(first, first.version, ["neglect"], **WHO)
    first.refresh_from_db()
    for needed in (hidden.action, closed):
        services.add_dependency(first, needed, as_at=TODAY, **WHO)
    carried = make_action(plan, world.agency, carried_from=hidden.action, numbers=["1.2"], **place)
    part = make_action(plan, world.agency, parent=closed, numbers=["1.3"], sources=answers[1:2], **place)
    source = services.create_source("An open review", SourceKind.REVIEW, published_on=TODAY, **WHO)
    wanted = {"number": "1", "text": "Audit every re-referral", "addressed_to": [world.agency.name]}
    asked = services.create_recommendation(source, **wanted, **WHO)
    set_themes(asked, asked.version, ["neglect"], **WHO)
    edited = make_action(plan, world.agency, numbers=["1.4"], sources=answers, **place)
    edited = services.edit_action(edited, edited.version, {}, sources=[SourceGiven(source=source)], **WHO)
    services.edit_action(edited, edited.version, {"parent": closed}, sources=answers[:2], **WHO)
    for number, open_one in enumerate((first, carried), start=5):
        make_action(
            hidden.plan, hidden.agency, text="Count every cobalt", carried_from=first if number == 5 else None,
            numbers=[f"Vermilion {number}"], sources=[SourceGiven(recommendation=asked)],
            references=[ReferenceGiven(ReferenceKind.OTHER_PLAN, "1.1", target=open_one)],
        )  # fmt: skip
    services.add_dependency(hidden.plan.actions.latest("pk"), first, as_at=TODAY, **WHO)
    return [first, carried, part, edited]


def places_and_work(world: World, hidden: Hidden, plan: Plan, first: Action) -> None:
    """Actions standing in each other's plans, work on many of them, a roll-over, a saved view."""
    place_action(first, hidden.plan, number="Vermilion 7", priority=hidden.priority, as_at=TODAY, **WHO)
    place_action(hidden.action, plan, number="7", priority=plan.priorities.get(), as_at=TODAY, **WHO)
    begin_change([first, hidden.action], BulkKind.TIMESCALE, **WHO)
    into = Plan.objects.get(name="Tamarind next")
    roll = begin_roll_over(plan, next_plan=into, as_at=TODAY, **WHO)
    closed = plan.actions.get(tier=Tier.T2)
    choose_fates(roll, roll.version, {closed.pk: FateGiven(Fate.LEAVE, "Turmeric")}, **WHO)
    whose = {"by": BY, "now": timezone.now()}
    address = f"/actions/?plan={hidden.plan.key}"
    save_view(
        world.people["unit"], "What is late", address, Sharing.GROUP, group_key=world.group.key, **whose
    )


def papers(hidden: Hidden, plan: Plan) -> None:
    """Imports: into the restricted plan, of a restricted action in an open plan, and not yet anybody's."""

    def sent(number: str, text: str, name: str, **given: Any) -> Import:
        file = ContentFile(PAPER.format(number=number, text=text).encode(), name=name)
        made = upload(file, name, **given, **WHO, enqueue_reading=False)
        return read_upload(made, by=BY)

    done = sent("3", "Ask the borage", "plan.tsv", plan=plan)
    confirm(set_as_at(done, TODAY, **WHO), **WHO)
    made = Action.objects.get(text="Ask the borage")
    services.edit_action(made, made.version, {"tier": Tier.T2}, **WHO)
    sent("3", "Ask the borage twice", "next.tsv", plan=plan)
    sent("4", "Sorrel", "tamarind.tsv", plan=hidden.plan)
    sent("5", "Sorrel", "sorrel.tsv", plan_name=hidden.plan.name)
    of_source = sent("6", "Sorrel", "quillback.tsv", plan_name="Quillback")
    Import.objects.filter(pk=of_source.pk).update(source=hidden.source)


def reports(world: World, hidden: Hidden, plan: Plan) -> None:
    """Issued reports and drafts after them: of all, of the open group, of each plan; one line resolved in between."""
    closed = make_action(plan, hidden.agency, text="Count every hyssop", tier=Tier.T2, due=LATE)
    wanted: list[tuple[Any, Any]] = [(None, None), (world.group, None), (None, plan), (None, hidden.plan)]
    for group, of in wanted:
        made = services.draft_exception_report(group, plan=of, as_at=TODAY, **WHO)
        services.issue_exception_report(made, **WHO)
    services.change_state(closed, DeliveryState.CLOSED_OTHER, as_at=TODAY, reason="x", **WHO)
    for group, of in wanted:
        services.draft_exception_report(group, plan=of, as_at=TODAY, **WHO)


def minuted_of(hidden: Hidden) -> None:
    """A confidential item of a meeting of a group of which the people of the world are no members."""
    item = make_item(make_meeting(hidden.group), "Bistort", tier=Tier.T2)
    make_paper(item, b"Sorrel", title="Bistort", brought_by="Betony")
    minuted(item, "Tansy was said", decision="Yarrow it is", line="Look at betony — Nobody Known")


def challenged(world: World, hidden: Hidden) -> None:
    """A confidential challenge between parties of whom the people of the world are none."""
    found = make_challenge(
        hidden.agency, hidden.group, title="Gentian", text="Teasel", asked="Lovage", tier=Tier.T2
    )
    found = done(found, Deed.ANSWER, "Campion")
    done(found, Deed.CHANGE, "Samphire", changed_for=Changed.PRACTICE)
    words = {"title": "Gentian", "cause": "Teasel", "event": "Lovage", "effect": "Campion"}
    risk = make_risk(hidden.agency, controls=("Samphire",), tier=Tier.T2, **words)
    risk_done(risk, RiskDeed.REVIEW, "Samphire", score=Score(5, 5))
    told = {"title": "Gentian", "looked_at": "Teasel", "found": "Lovage", "asked": "Campion"}
    scrutiny_done(
        make_scrutiny(hidden.agency, tier=Tier.T2, **told), ScrutinyDeed.RESPOND, "Samphire", partner=0
    )


def linked(world: World) -> Hidden:
    """All of it. "stranger" owns and "other chair" chairs elsewhere; neither, nor "owner", may read what is hidden."""
    hidden = hidden_of(world)
    plan = open_plan(world, hidden)
    first, *_ = open_actions(world, hidden, plan)
    told(hidden.action)
    places_and_work(world, hidden, plan, first)
    papers(hidden, plan)
    reports(world, hidden, plan)
    elsewhere = create_agency("Wealdshire Elsewhere", by=BY)
    world.people["stranger"] = member("Stan Stranger", "owner", "agency", elsewhere.key)
    panel = create_group("Audit panel", by=BY)
    world.people["other chair"] = member("Olu Otherchair", "chair", "group", panel.key)
    challenged(world, hidden)
    minuted_of(hidden)
    assert Placement.objects.count() == 2
    return hidden
