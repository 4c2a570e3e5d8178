"""For every kind of record: what a person sees as a query equals what the permission says, whatever roles they hold.

Every function named `…_visible_to` has its row in `RULES`, or a test here fails.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

import sightline
from sightline.access.choices import Permission, ScopeKind
from sightline.access.models import User
from sightline.access.roles import roles
from sightline.access.scope import NOBODY, Held, Scope
from sightline.challenges import permissions as of_logs
from sightline.challenges.choices import From
from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.challenges.selectors.challenges import challenges_visible_to
from sightline.challenges.selectors.risks import risks_visible_to
from sightline.challenges.selectors.scrutiny import scrutiny_visible_to
from sightline.events.choices import Tier
from sightline.governance import permissions as of_governance
from sightline.governance.models import Lead, MemberList, Terms
from sightline.governance.selectors.leads import leads_visible_to
from sightline.governance.selectors.lists import member_lists_visible_to
from sightline.governance.selectors.terms import terms_visible_to
from sightline.meetings import permissions as of_meetings
from sightline.meetings.choices import PublicState
from sightline.meetings.models import (
    Decision,
    GroupAction,
    Interest,
    Item,
    Meeting,
    Pack,
    Paper,
    PaperFile,
    PublicMinutes,
    PublishedTable,
    Series,
)
from sightline.meetings.selectors.interests import interests_visible_to
from sightline.meetings.selectors.items import actions_of_meetings, decisions_visible_to, items_visible_to
from sightline.meetings.selectors.meetings import meetings_visible_to, series_visible_to
from sightline.meetings.selectors.papers import packs_visible_to, paper_files_visible_to, papers_visible_to
from sightline.meetings.selectors.public import public_visible_to
from sightline.meetings.selectors.published import published_visible_to
from sightline.meetings.services.packs import ask_packs
from sightline.partners import permissions as of_partners
from sightline.partners import selectors as partners
from sightline.partners.choices import Signed
from sightline.partners.models import Agency, Declaration, Group, Holding, Person, Seat
from sightline.partners.selectors.declarations import declarations_visible_to
from sightline.partners.services import DeclarationGiven, create_group, create_person, sign
from sightline.plans import permissions as of_plans
from sightline.plans import selectors as plans
from sightline.plans.choices import BulkKind
from sightline.plans.models import (
    Action,
    Addressee,
    Answering,
    BulkChange,
    ExceptionReport,
    Import,
    Plan,
    Recommendation,
    Source,
    Update,
)
from sightline.plans.selectors.answering import answerings_visible_to
from sightline.plans.selectors.bulk import changes_visible_to
from sightline.plans.selectors.imports import imports_visible_to
from sightline.plans.selectors.ledger import addressees_visible_to, recommendations_visible_to
from sightline.plans.selectors.visible import updates_visible_to
from sightline.plans.services import create_recommendation, name_answer
from sightline.plans.services.bulk import begin_change
from sightline.requests import permissions as of_rounds
from sightline.requests.models import Cycle, Owed, Round
from sightline.requests.selectors import cycles_visible_to, owed_visible_to, rounds_visible_to
from sightline.rhythm import permissions as of_rhythm
from sightline.rhythm.models import Return, ReturnPaper
from sightline.rhythm.selectors.papers import return_papers_visible_to
from sightline.rhythm.selectors.returns import returns_visible_to
from sightline.saved.choices import Sharing
from sightline.saved.models import SavedView
from sightline.saved.selectors import views_visible_to
from sightline.search.registry import guards
from tests.challenges.making import make_challenge, make_risk, make_scrutiny
from tests.governance.making import HEADING, make_lead, make_terms, upload
from tests.meetings.making import (
    make_interest,
    make_item,
    make_meeting,
    make_paper,
    make_published,
    make_series,
    minuted,
)
from tests.partners.making import fill, make_seat
from tests.plans.making import BY, NOW, TODAY
from tests.plans.seen import AGENCIES, GROUPS, USERS, records_of_each_tier, scopes
from tests.requests.making import make_round
from tests.rhythm.making import make_cycle, make_return, make_return_paper

pytestmark = pytest.mark.django_db
Visible = Callable[[Any], Any]
May = Callable[[Any, Any], bool]


def may_view_answering(scope: Scope, row: Answering) -> bool:
    """What answers a record is read by who reads both."""
    logs = {"challenge": of_logs.can_view_challenge, "risk": of_logs.can_view_risk}
    if not logs.get(str(row.logged._meta.model_name), of_logs.can_view_scrutiny)(scope, row.logged):
        return False
    if row.recommendation:
        return of_plans.can_view_source(scope, row.recommendation.source)
    if row.plan:
        return of_plans.can_view_plan(scope, row.plan)
    return of_plans.can_view_action(scope, row.action)


def may_view_import(scope: Scope, upload: Import) -> bool:
    """A paper is read by who reads its plan and source; one that is neither yet, unless it names a hidden plan."""
    if not scope.holds(Permission.PLANS_VIEW):
        return False
    if upload.source and not of_plans.can_view_source(scope, upload.source):
        return False
    if upload.plan:
        return of_plans.can_view_plan(scope, upload.plan)
    named = [
        plan
        for plan in Plan.objects.select_related("group")
        if upload.plan_name == plan.key or upload.plan_name.lower() == plan.name.lower()
    ]
    return all(of_plans.can_view_plan(scope, plan) for plan in named)


def may_view_saved(scope: Scope, view: SavedView) -> bool:
    """One's own; a shared one for those it is shared with and who may share with all, if they read what it is of."""
    if not scope.is_member or view.owner_id == scope.user_id:
        return scope.is_member
    keeps = scope.holds(Permission.PARTNERS_WRITE)
    shared = {
        Sharing.ONE: False,
        Sharing.EVERYONE: True,
        Sharing.GROUP: keeps or view.group_key in scope.group_keys,
    }[Sharing(view.sharing)]
    if not shared or not view.guard:
        return shared
    visible = guards()[view.guard].visible(scope)
    return visible is not None and bool(visible.filter(pk=view.guard_id).exists())


# The selector, all there is (with what the permission looks at), and the permission.
RULES: dict[str, tuple[Visible, Visible, May]] = {
    "plans_visible_to": (
        plans.plans_visible_to,
        lambda _: Plan.objects.select_related("group"),
        of_plans.can_view_plan,
    ),
    "actions_visible_to": (
        plans.actions_visible_to,
        lambda _: plans.with_parties(Action.objects.select_related("plan__group")),
        of_plans.can_view_action,
    ),
    "updates_visible_to": (
        updates_visible_to,
        lambda _: Update.objects.select_related("action__plan__group"),
        lambda scope, update: of_plans.can_view_action(scope, update.action),
    ),
    "sources_visible_to": (
        plans.sources_visible_to,
        lambda _: Source.objects.all(),
        of_plans.can_view_source,
    ),
    "recommendations_visible_to": (
        recommendations_visible_to,
        lambda _: Recommendation.objects.select_related("source"),
        of_plans.can_view_recommendation,
    ),
    "addressees_visible_to": (
        addressees_visible_to,
        lambda _: Addressee.objects.select_related("recommendation__source"),
        of_plans.can_view_addressee,
    ),
    "changes_visible_to": (changes_visible_to, lambda _: BulkChange.objects.all(), of_plans.can_view_change),
    "reports_visible_to": (
        plans.reports_visible_to,
        lambda _: ExceptionReport.objects.select_related("group", "plan__group"),
        of_plans.can_view_report,
    ),
    "imports_visible_to": (
        imports_visible_to,
        lambda _: Import.objects.select_related("plan__group", "source"),
        may_view_import,
    ),
    "challenges_visible_to": (
        challenges_visible_to,
        lambda _: Challenge.objects.all(),
        of_logs.can_view_challenge,
    ),
    "meetings_visible_to": (
        meetings_visible_to,
        lambda _: Meeting.objects.all(),
        of_meetings.can_view_meeting,
    ),
    "items_visible_to": (items_visible_to, lambda _: Item.objects.all(), of_meetings.can_view_item),
    "decisions_visible_to": (
        decisions_visible_to,
        lambda _: Decision.objects.all(),
        of_meetings.can_view_said,
    ),
    "interests_visible_to": (
        interests_visible_to,
        lambda _: Interest.objects.all(),
        of_meetings.can_view_interest,
    ),
    "public_visible_to": (
        public_visible_to,
        lambda _: PublicMinutes.objects.all(),
        of_meetings.can_view_public,
    ),
    "papers_visible_to": (papers_visible_to, lambda _: Paper.objects.all(), of_meetings.can_view_paper),
    "paper_files_visible_to": (
        paper_files_visible_to,
        lambda _: PaperFile.objects.select_related("paper__item__meeting__group"),
        lambda user, file: of_meetings.can_view_paper(user, file.paper),
    ),
    "packs_visible_to": (packs_visible_to, lambda _: Pack.objects.all(), of_meetings.can_view_pack),
    "actions_of_meetings": (
        actions_of_meetings,
        lambda _: GroupAction.objects.all(),
        of_meetings.can_view_said,
    ),
    "returns_visible_to": (
        returns_visible_to,
        lambda _: Return.objects.all(),
        of_rhythm.can_view_return,
    ),
    "return_papers_visible_to": (
        return_papers_visible_to,
        lambda _: ReturnPaper.objects.all(),
        of_rhythm.can_view_paper,
    ),
    "cycles_visible_to": (cycles_visible_to, lambda _: Cycle.objects.all(), of_rounds.can_view_owed),
    "owed_visible_to": (owed_visible_to, lambda _: Owed.objects.all(), of_rounds.can_view_owed),
    "series_visible_to": (series_visible_to, lambda _: Series.objects.all(), of_meetings.can_view_meeting),
    "published_visible_to": (
        published_visible_to,
        lambda _: PublishedTable.objects.select_related("group"),
        of_meetings.can_view_meeting,
    ),
    "leads_visible_to": (leads_visible_to, lambda _: Lead.objects.all(), of_governance.can_view),
    "terms_visible_to": (terms_visible_to, lambda _: Terms.objects.all(), of_governance.can_view),
    "member_lists_visible_to": (
        member_lists_visible_to,
        lambda _: MemberList.objects.all(),
        of_governance.can_view_list,
    ),
    "rounds_visible_to": (rounds_visible_to, lambda _: Round.objects.all(), of_rounds.can_keep_round),
    "scrutiny_visible_to": (
        scrutiny_visible_to,
        lambda _: Scrutiny.objects.all(),
        of_logs.can_view_scrutiny,
    ),
    "answerings_visible_to": (
        answerings_visible_to,
        lambda _: Answering.objects.all(),
        may_view_answering,
    ),
    "risks_visible_to": (risks_visible_to, lambda _: Risk.objects.all(), of_logs.can_view_risk),
    "views_visible_to": (views_visible_to, lambda _: SavedView.objects.all(), may_view_saved),
    "agencies": (partners.agencies, lambda _: Agency.objects.all(), of_partners.can_view),
    "groups": (partners.groups, lambda _: Group.objects.all(), of_partners.can_view),
    "people": (partners.people, lambda _: Person.objects.all(), of_partners.can_view),
    "seats": (partners.seats, lambda _: Seat.objects.all(), of_partners.can_view),
    "declarations_visible_to": (
        declarations_visible_to,
        lambda _: Declaration.objects.select_related("person"),
        of_partners.can_view_declaration,
    ),
    "holdings": (partners.holdings, lambda _: Holding.objects.all(), of_partners.can_view),
}


def test_every_selector_of_what_somebody_sees_is_held_to_its_permission() -> None:
    named = set()
    for found in pkgutil.walk_packages(sightline.__path__, "sightline."):
        if "selectors" in found.name.split("."):
            module = importlib.import_module(found.name)
            named |= {name for name in vars(module) if name.endswith("_visible_to")}
    assert named == {name for name in RULES if name.endswith("_visible_to")}


def make_import(**given: Any) -> None:
    Import.objects.create(file_name="plan.docx", uploaded_at=NOW, uploaded_by_label="A test", **given)


def answers_of_each_tier() -> None:
    """Actions, plans and recommendations of each tier, of records of the logs of each tier."""
    logged = [
        model.objects.filter(tier=tier).order_by("pk")[0]
        for model in (Challenge, Risk, Scrutiny)
        for tier in (Tier.T1, Tier.T2)
    ]
    for each in logged:
        for answers in (
            *Action.objects.order_by("pk"),
            *Plan.objects.order_by("pk"),
            *Recommendation.objects.all()[:4],
        ):
            name_answer(each, answers, reason="So it does", as_at=TODAY, by=BY, now=NOW)


def challenges_of_each_tier() -> None:
    """To each agency, from each group, from people, and from the scrutineer, by each account and by none."""
    groups, agencies = Group.objects.order_by("key"), Agency.objects.order_by("key")
    for tier in (Tier.T1, Tier.T2):
        for by in (BY, *(user.actor for user in User.objects.filter(pk__in=USERS))):
            for party in (None, groups[0], agencies[0]):
                make_challenge(agencies[1], party, by=by, tier=tier)
        people = [Person.objects.get_or_create(user_id=pk, defaults={"name": f"P{pk}"})[0] for pk in USERS]
        for owner in (*groups[:2], *agencies[:2], *people):
            make_risk(owner, tier=tier)
        for asked in ((groups[0],), (agencies[0], groups[1]), (agencies[1],)):
            make_scrutiny(*asked, tier=tier)
            make_challenge(groups[1], None, by=by, tier=tier, kind=From.SCRUTINEER)
        for person in people:
            sign(person, DeclarationGiven("1", False, "", TODAY, Signed.PAPER), by=BY, now=NOW)


def public_of_each_state(group: Group) -> None:
    """A public version of minutes in every state there is."""
    for number, state in enumerate(PublicState):
        PublicMinutes.objects.create(
            meeting=make_meeting(group), number=number, state=state.value, recorded_at=NOW, issued_at=NOW
        )


@pytest.fixture
def records() -> None:
    records_of_each_tier()
    fill(make_seat(create_group("Seated", by=BY)), create_person("Sid Seat", by=BY))
    for source in Source.objects.all():
        create_recommendation(
            source, number="1", text="Meet fathers", addressed_to=["Police"], by=BY, now=NOW
        )
    Update.objects.bulk_create(
        Update(action=action, text="Asked", as_at=TODAY, recorded_at=NOW) for action in Action.objects.all()
    )
    actions = list(Action.objects.order_by("pk")[:1])
    begin_change(actions, BulkKind.TIMESCALE, by=BY, now=NOW)
    begin_change(actions, BulkKind.TIMESCALE, by=User.objects.get(pk=USERS[0]).actor, now=NOW)
    for plan in (None, *Plan.objects.all()[:4]):
        make_import(plan=plan)
    for plan in Plan.objects.all():
        make_import(plan_name=plan.key)
        make_import(plan_name=plan.name.upper())
    for source in Source.objects.all():
        make_import(source=source)
    challenges_of_each_tier()
    answers_of_each_tier()
    for met in Group.objects.order_by("key")[:2]:
        meeting = make_meeting(met, series=make_series(met))
        for tier in (Tier.T1, Tier.T2):
            item = make_item(meeting, tier=tier)
            minuted(item, "Said.", decision="Adopt it.", line="Write to heads")
            make_interest(item)
            make_paper(item)
            make_paper(item, b"Another paper.", tier=Tier.T2)
        ask_packs(meeting, by=BY, now=timezone.now())
        make_return(met)
        make_return_paper(met)
        make_cycle(met, met)
        public_of_each_state(met)
    upload(Group.objects.order_by("key")[0], HEADING)
    someone = create_person("Hana Head", email="hana@wealdshire.example", by=BY)
    make_round(Plan.objects.all()[0], (someone, ("person", someone.pk)))
    make_lead(Agency.objects.order_by("key")[0])
    make_published(Group.objects.order_by("key")[0])
    make_terms(Group.objects.order_by("key")[0])
    for owner in USERS:
        for number, (sharing, key) in enumerate(
            [(Sharing.ONE, ""), (Sharing.EVERYONE, ""), *((Sharing.GROUP, key) for key in GROUPS)]
        ):
            for plan in (None, *Plan.objects.all()[3:6]):
                SavedView.objects.create(
                    owner_id=owner,
                    name=f"{number} {plan and plan.pk}",
                    address="/plans/",
                    sharing=sharing,
                    group_key=key,
                    guard="plan" if plan else "",
                    guard_id=plan and plan.pk,
                    saved_at=NOW,
                )


@given(scope=scopes)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_somebody_sees_is_what_the_permission_lets_them_see(records: None, scope: Scope) -> None:
    for name, (visible, everything, may) in RULES.items():
        seen = {each.pk for each in visible(scope)}
        assert seen == {each.pk for each in everything(scope) if may(scope, each)}, name


def test_each_role_alone_sees_what_its_permission_lets_it_see(records: None) -> None:
    everything = {name: list(rows(None)) for name, (_, rows, _) in RULES.items()}
    for key, found in roles().items():
        kind = sorted(found.scopes)[0]
        over = {ScopeKind.PARTNERSHIP: "", ScopeKind.GROUP: GROUPS[0], ScopeKind.AGENCY: AGENCIES[0]}[kind]
        scope = Scope(USERS[1], (Held(key, kind, over),))
        for name in ("actions_visible_to", "plans_visible_to", "sources_visible_to"):
            visible, _, may = RULES[name]
            assert {r.pk for r in visible(scope)} == {r.pk for r in everything[name] if may(scope, r)}, name


def test_somebody_without_a_role_sees_nothing_at_all(records: None) -> None:
    for name, (visible, everything, may) in RULES.items():
        assert everything(NOBODY).exists(), name
        for nobody in (NOBODY, Scope(USERS[0]), AnonymousUser()):
            assert not visible(nobody).exists(), name
        assert not any(may(NOBODY, each) for each in everything(NOBODY)), name
