"""Who may open which address. Every address of the site has a row here, or test_url_roles.py fails.

`opens` names the roles that get the page (or its redirect, or its form back); every other signed-in role gets 403
(404 where `hidden`, but for those who `know` of the record), and somebody not signed in is sent to the sign-in page.
`args` makes the records that the address names and returns its arguments; it is called once for each row, within the
test's own database. `by_token`: an address of the API, asked with a personal token; without one it answers 401, told as
"to sign-in".
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sightline.events.choices import SYSTEM
from tests.access import url_records as records
from tests.access import walked_carrying as carried
from tests.access import walked_challenges as challenged
from tests.access import walked_declarations as declared
from tests.access import walked_governance as governed
from tests.access import walked_knowing as knowing
from tests.access import walked_meetings as met
from tests.access import walked_messages as messaged
from tests.access import walked_retention as retained
from tests.access import walked_rhythm as rhythm
from tests.access import walked_rounds as rounds
from tests.access.linking import LET_IN, asked_by_link, password_link, return_link
from tests.access.people import ROLES, SIGNED_IN, World

EVERYBODY = frozenset(ROLES)
MEMBERS = frozenset(SIGNED_IN)
UNIT = frozenset({"unit"})
# Who reads plans; who writes them; who reads papers in; who keeps partners, and accounts.
READERS = MEMBERS - {"practitioner", "system_administrator"}
WRITERS = frozenset({"unit", "qa_officer", "case_review_officer"})
IMPORTERS = WRITERS | {"analyst"}
KEEPERS = frozenset({"unit", "qa_officer", "administrator"})
GROUP = frozenset({"chair", "member"})
GIVERS = frozenset({"unit", "administrator", "system_administrator"})
TOLD_WHY = GIVERS | {"data_protection"}


@dataclass(frozen=True)
class Row:
    """What is expected of one address."""

    opens: frozenset[str]
    args: Callable[[World], list[Any]] = lambda world: []
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)
    hidden: bool = False
    know: frozenset[str] = frozenset()
    cookies: Mapping[str, str] = field(default_factory=dict)
    by_token: bool = False
    nowhere: bool = False


OFFICERS = frozenset({"qa_officer", "case_review_officer", "training_officer", "analyst", "administrator"})
REPORT_READERS = OFFICERS | {"unit", "chair", "executive", "scrutineer"}


def _place(world: World) -> list[Any]:
    from sightline.plans.models import Action
    from sightline.plans.services.places import place_action
    from tests.plans.making import BY, NOW, TODAY, make_plan

    (reference,) = _action(world)
    action = Action.objects.get(reference=reference)
    made = place_action(action, make_plan(name="Another"), number="7", as_at=TODAY, by=BY, now=NOW)
    return [reference, made.pk]


def _many(world: World) -> list[Any]:
    from sightline.plans.choices import BulkKind
    from sightline.plans.services.bulk import begin_change
    from tests.plans.making import BY, NOW, make_action, make_plan

    action = make_action(make_plan(world.group), world.agency)
    return [begin_change([action], BulkKind.TIMESCALE, by=BY, now=NOW).pk]


def _plan_in_force(world: World) -> list[Any]:
    from sightline.plans.choices import PlanState
    from tests.plans.making import make_plan

    return [make_plan(world.group, state=PlanState.IN_FORCE).key]


def _rolling(world: World) -> list[Any]:
    from sightline.plans.models import Plan
    from sightline.plans.services.rolling import begin_roll_over
    from tests.plans.making import BY, NOW, TODAY

    (key,) = _plan_in_force(world)
    begin_roll_over(Plan.objects.get(key=key), next_name="Next", as_at=TODAY, by=BY, now=NOW)
    return [key]


def _action(world: World) -> list[Any]:
    from tests.plans.making import make_action, make_plan

    return [make_action(make_plan(world.group), world.agency).reference]


def _asked_action(world: World) -> list[Any]:
    from sightline.plans.models import Action

    (reference,) = _action(world)
    return ["plans", "action", Action.objects.get(reference=reference).pk]


def _evidence(world: World) -> list[Any]:
    from django.core.files.base import ContentFile

    from sightline.plans.choices import EvidenceQuarter
    from sightline.plans.models import Action
    from sightline.plans.services import record_evidence
    from tests.plans.making import BY, NOW, TODAY

    (reference,) = _action(world)
    action = Action.objects.get(reference=reference)
    files = [ContentFile(b"Twenty were asked.", name="survey.txt")]
    made = record_evidence(action, EvidenceQuarter.DATA, "Asked", dated_on=TODAY, files=files, by=BY, now=NOW)
    return [reference, made.pk]


def _claim(world: World) -> list[Any]:
    from sightline.plans.models import Action
    from sightline.plans.services import claim_completion
    from tests.plans.making import BY, NOW, TODAY

    reference, _ = _evidence(world)
    action = Action.objects.get(reference=reference)
    return [reference, claim_completion(action, "All done", as_at=TODAY, by=BY, now=NOW).pk]


def _update(world: World) -> list[Any]:
    from sightline.plans.models import Action
    from sightline.plans.services import record_update
    from tests.plans.making import BY, NOW, TODAY

    (reference,) = _action(world)
    action = Action.objects.get(reference=reference)
    return [reference, record_update(action, "Begun", as_at=TODAY, by=BY, now=NOW).pk]


def _file(world: World) -> list[Any]:
    from sightline.plans.models import EvidenceFile

    reference, number = _evidence(world)
    return [reference, EvidenceFile.objects.get(evidence_id=number).pk]


def _test_of_action(world: World) -> list[Any]:
    from sightline.plans.models import Action
    from sightline.plans.services import set_embedding_test
    from tests.plans.making import BY, NOW, TODAY

    (reference,) = _action(world)
    action = Action.objects.get(reference=reference)
    made = set_embedding_test(action, "Ask twenty", due_on=TODAY, as_at=TODAY, by=BY, now=NOW)
    return [reference, made.pk]


def _pointing(world: World) -> list[Any]:
    from sightline.plans.choices import ReferenceKind
    from sightline.plans.models import Reference
    from sightline.plans.services import ReferenceGiven
    from tests.plans.making import make_action, make_plan

    given = [ReferenceGiven(ReferenceKind.IN_TEXT, "9.9")]
    action = make_action(make_plan(world.group), world.agency, references=given)
    return [action.reference, Reference.objects.get(action=action).pk]


def _wait(world: World) -> list[Any]:
    from sightline.plans.models import Action
    from sightline.plans.services import add_dependency
    from tests.plans.making import BY, NOW, TODAY, make_action

    (reference,) = _action(world)
    action = Action.objects.get(reference=reference)
    made = add_dependency(action, make_action(action.plan), as_at=TODAY, by=BY, now=NOW)
    return [reference, made.pk]


def _source(world: World) -> list[Any]:
    from sightline.plans.choices import SourceKind
    from sightline.plans.services import create_source
    from tests.plans.making import BY, NOW

    return [create_source("Inspection", SourceKind.INSPECTION, by=BY, now=NOW).key]


def _recommendation(world: World) -> list[Any]:
    from sightline.plans.models import Source
    from sightline.plans.services import create_recommendation
    from tests.plans.making import BY, NOW

    (key,) = _source(world)
    source = Source.objects.get(key=key)
    made = create_recommendation(
        source, number="1", text="Meet fathers", addressed_to=[world.agency.name], by=BY, now=NOW
    )
    return [key, made.pk]


def _addressee(world: World) -> list[Any]:
    from sightline.plans.models import Addressee

    key, recommendation = _recommendation(world)
    return [key, recommendation, Addressee.objects.get(recommendation=recommendation).pk]


# Who may say what an agency does about a recommendation that is addressed to the owner's.
ANSWERERS = (OFFICERS - {"analyst"}) | {"unit", "owner"}


# Who may tell how an action stands that the owner's agency owns, in a plan of the chair's group.
TELLERS = ANSWERERS | {"chair"}
APPROVERS = frozenset({"unit", "executive"})
CHAIRS = frozenset({"unit", "qa_officer", "chair"})


def _saved_view(world: World) -> list[Any]:
    from django.utils import timezone

    from sightline.saved.choices import Sharing
    from sightline.saved.services import save_view

    whose = {"group_key": world.group.key, "by": SYSTEM, "now": timezone.now()}
    return [save_view(world.people["chair"], "Overdue", "/plans/", Sharing.GROUP, **whose).pk]


JOURNAL_READERS = frozenset({"unit", "scrutineer", "data_protection"})
DATA_PROTECTION = frozenset({"data_protection"})


def _alert(world: World) -> list[Any]:
    from tests.oversight.making import make_alert

    return [make_alert(world.people["owner"]).pk]


def _sample(world: World) -> list[Any]:
    from tests.oversight.making import make_sample

    return [make_sample().key]


REVIEWERS = GIVERS | DATA_PROTECTION


def _review(world: World) -> list[Any]:
    from tests.oversight.making import make_review

    return [make_review().key]


def _grant(world: World) -> list[Any]:
    from sightline.oversight.models import ReviewedGrant

    found = _review(world)
    return [*found, ReviewedGrant.objects.get(account=world.people["chair"]).pk]


def _reviewer(world: World) -> list[Any]:
    from sightline.oversight.services import name_reviewer

    made = name_reviewer(world.agency, world.people["executive"], by=SYSTEM, today=dt.date(2026, 11, 1))
    return [made.pk]


def _support(world: World) -> list[Any]:
    from tests.oversight.making import make_support

    return [make_support(world.people["unit"]).pk]


def _sample_looked_at(world: World) -> list[Any]:
    from sightline.oversight.models import SampledEntry

    found = _sample(world)
    SampledEntry.objects.update(current_verdict="in_order")
    return found


def _entry(world: World) -> list[Any]:
    from sightline.events.models import Entry

    return [Entry.objects.order_by("pk").values_list("pk", flat=True)[0]]


GLASS_REVIEWERS = frozenset({"unit", "data_protection"})
# Who reads a restricted case that they are named for, and keeps its list.
NAMED = frozenset({"case_review_officer"})


URL_ROLES: dict[str, Row] = {
    "api:reference": Row(MEMBERS),
    "api:openapi": Row(EVERYBODY),
    "api:nothing_here": Row(frozenset(), args=lambda world: ["none"], nowhere=True),
    "api:plans": Row(READERS, by_token=True),
    "api:plan": Row(READERS, args=records.plan, by_token=True),
    "api:plan_actions": Row(
        WRITERS, args=records.plan, method="post", data={"text": "Ask twenty"}, by_token=True
    ),
    "api:actions": Row(READERS, by_token=True),
    "api:action": Row(READERS, args=_action, by_token=True),
    "api:action_updates": Row(TELLERS, args=_action, method="post", data={"text": "Seen"}, by_token=True),
    "api:updates": Row(READERS, by_token=True),
    "api:recommendations": Row(READERS, by_token=True),
    "api:recommendation": Row(READERS, args=lambda world: _recommendation(world)[1:], by_token=True),
    "api:recommendation_responses": Row(
        READERS,
        args=lambda world: _recommendation(world)[1:],
        method="post",
        data={"addressee": 99_999, "public": ["Yes"]},
        by_token=True,
    ),
    "api:groups": Row(MEMBERS, by_token=True),
    "api:group": Row(MEMBERS, args=lambda world: [world.group.key], by_token=True),
    "api:agencies": Row(MEMBERS, by_token=True),
    "api:agency": Row(MEMBERS, args=lambda world: [world.agency.key], by_token=True),
    "api:reports": Row(REPORT_READERS, by_token=True),
    "api:report": Row(REPORT_READERS, args=records.report, by_token=True),
    "api:report_rows": Row(REPORT_READERS, args=records.report, by_token=True),
    **challenged.rows(Row, MEMBERS, READERS, KEEPERS, GROUP),
    **met.rows(Row, READERS, KEEPERS),
    **rhythm.rows(Row, EVERYBODY, READERS, KEEPERS),
    **governed.rows(Row, MEMBERS, READERS, KEEPERS),
    **rounds.rows(Row, EVERYBODY, WRITERS),
    "knowing:list": Row(NAMED, args=knowing.listed_of, hidden=True),
    "knowing:list_conflict": Row(NAMED, args=knowing.listed_of, method="post", hidden=True),
    "knowing:list_conflict_end": Row(NAMED, args=knowing.bound_conflict_of, hidden=True),
    "knowing:name": Row(NAMED, args=knowing.listed_of, method="post", hidden=True),
    "knowing:end": Row(NAMED, args=knowing.line_of, hidden=True),
    "knowing:conflicts": Row(MEMBERS),
    "knowing:register": Row(UNIT),
    "knowing:conflict_end": Row(UNIT, args=knowing.conflict_of),
    "knowing:glass": Row(NAMED),
    "knowing:uses": Row(GLASS_REVIEWERS),
    "knowing:use": Row(GLASS_REVIEWERS, args=knowing.use_of),
    "knowing:close": Row(GLASS_REVIEWERS, args=knowing.use_of, method="post", hidden=True),
    "journal:list": Row(JOURNAL_READERS),
    "journal:entry": Row(JOURNAL_READERS, args=_entry),
    "oversight:reviews": Row(REVIEWERS, args=lambda world: _review(world)[:0]),
    "oversight:review": Row(REVIEWERS, args=_review),
    "oversight:grant": Row(REVIEWERS, args=_grant),
    "oversight:review_report": Row(REVIEWERS, args=lambda world: [*_review(world), "csv"]),
    "oversight:support": Row(REVIEWERS, args=lambda world: _support(world)[:0]),
    "oversight:support_session": Row(REVIEWERS, args=_support),
    "oversight:support_end": Row(GIVERS, args=_support, method="post"),
    "oversight:supplier_mark": Row(GIVERS, method="post"),
    "oversight:reviewers": Row(GIVERS),
    "oversight:reviewer_end": Row(GIVERS, args=_reviewer, method="post"),
    "journal:shred": Row(DATA_PROTECTION, args=_entry),
    "oversight:unusual": Row(DATA_PROTECTION),
    "oversight:alert": Row(DATA_PROTECTION, args=_alert),
    "oversight:alert_journal": Row(DATA_PROTECTION, args=_alert),
    "oversight:samples": Row(DATA_PROTECTION),
    "oversight:sample": Row(DATA_PROTECTION, args=_sample),
    "oversight:drawn": Row(DATA_PROTECTION, args=lambda world: [*_sample(world), 1]),
    "oversight:sign": Row(DATA_PROTECTION, args=_sample_looked_at, method="post", data={"version": 1}),
    "oversight:report": Row(DATA_PROTECTION, args=lambda world: [*_sample(world), "csv"]),
    "retention:overview": Row(GLASS_REVIEWERS),
    "retention:holds": Row(GLASS_REVIEWERS),
    "retention:hold_new": Row(GLASS_REVIEWERS),
    "retention:hold": Row(GLASS_REVIEWERS, args=retained.hold),
    "retention:disposals": Row(GLASS_REVIEWERS),
    "retention:disposal": Row(GLASS_REVIEWERS, args=retained.proposed),
    "retention:approve": Row(GLASS_REVIEWERS, args=retained.proposed, method="post"),
    "retention:send_back": Row(GLASS_REVIEWERS, args=retained.approved, method="post", data={"version": 2}),
    "retention:carry_out": Row(GLASS_REVIEWERS, args=retained.approved, method="post", data={"version": 2}),
    "retention:record": Row(GLASS_REVIEWERS, args=retained.record),
    "retention:whole": Row(GLASS_REVIEWERS, args=retained.whole),
    "retention:certificates": Row(GLASS_REVIEWERS),
    "retention:certificate": Row(GLASS_REVIEWERS, args=retained.certificate),
    "retention:certificate_file": Row(
        GLASS_REVIEWERS, args=lambda world: [*retained.certificate(world), "csv"]
    ),
    "retention:rules": Row(GLASS_REVIEWERS),
    "retention:rules_file": Row(GLASS_REVIEWERS, args=lambda world: ["csv"]),
    "retention:rule": Row(GLASS_REVIEWERS, args=lambda world: ["mail"]),
    "retention:confirm": Row(GLASS_REVIEWERS, args=lambda world: ["mail"], method="post"),
    "retention:change": Row(GLASS_REVIEWERS, args=lambda world: ["mail"]),
    "journal:take": Row(JOURNAL_READERS, args=lambda world: ["csv"]),
    "journal:of": Row(JOURNAL_READERS, args=lambda world: ["partners", "group", world.group.pk]),
    "search:search": Row(READERS),
    "statutory:accessibility": Row(EVERYBODY),
    "carrying:exports": Row(UNIT),
    "carrying:new": Row(UNIT),
    "carrying:export": Row(UNIT, args=carried.made),
    "carrying:export_file": Row(UNIT, args=carried.made),
    "statutory:privacy": Row(EVERYBODY),
    "statutory:cookies": Row(EVERYBODY),
    "statutory:notice": Row(KEEPERS),
    "statutory:own_data": Row(MEMBERS),
    "statutory:own_part": Row(MEMBERS, args=lambda world: ["journal"]),
    "statutory:own_data_take": Row(MEMBERS, args=lambda world: ["json"], method="post"),
    "saved:list": Row(READERS),
    "saved:new": Row(READERS),
    "saved:edit": Row(KEEPERS | {"chair"}, args=_saved_view, hidden=True, know=GROUP),
    "saved:remove": Row(KEEPERS | {"chair"}, args=_saved_view, method="post", hidden=True, know=GROUP),
    "administration": Row(MEMBERS),
    "health": Row(EVERYBODY),
    "ready": Row(EVERYBODY),
    "brand_style": Row(EVERYBODY),
    "components": Row(EVERYBODY),
    "access:sign_in": Row(EVERYBODY),
    "access:provider": Row(MEMBERS),
    "access:provider_back": Row(MEMBERS),
    "access:sign_out": Row(EVERYBODY, method="post"),
    "access:password": Row(MEMBERS),
    "account_login": Row(EVERYBODY),
    "account_logout": Row(EVERYBODY, method="post"),
    # Refused to people without a password and without a second step, as these are.
    "account_reauthenticate": Row(frozenset()),
    "mfa_activate_totp": Row(MEMBERS),
    "mfa_add_webauthn": Row(MEMBERS),
    # Whoever has not begun to sign in is sent to where that begins.
    "mfa_authenticate": Row(MEMBERS),
    "mfa_deactivate_totp": Row(frozenset(), hidden=True),
    "mfa_download_recovery_codes": Row(frozenset(), hidden=True),
    "mfa_edit_webauthn": Row(UNIT, args=records.passkey, hidden=True),
    "mfa_generate_recovery_codes": Row(MEMBERS),
    "mfa_index": Row(MEMBERS),
    "mfa_list_webauthn": Row(MEMBERS),
    "mfa_login_webauthn": Row(MEMBERS),
    "mfa_reauthenticate": Row(frozenset()),
    "mfa_reauthenticate_webauthn": Row(frozenset()),
    "mfa_remove_webauthn": Row(UNIT, args=records.passkey, hidden=True),
    "mfa_view_recovery_codes": Row(frozenset(), hidden=True),
    "access:forgotten": Row(EVERYBODY),
    "access:set_password": Row(EVERYBODY, args=password_link),
    "access:tokens": Row(MEMBERS),
    "access:token_new": Row(MEMBERS),
    "access:token_end": Row(MEMBERS, args=lambda world: [1], method="post"),
    "access:account": Row(MEMBERS),
    "access:session_end": Row(MEMBERS, args=lambda world: ["0" * 16], method="post"),
    "access:sessions_end": Row(MEMBERS, method="post"),
    "dashboards:home": Row(MEMBERS),
    "jobs:list": Row(UNIT),
    "jobs:again": Row(UNIT, args=records.failed_job, method="post"),
    "demo:sign_in": Row(EVERYBODY, args=records.invented, method="post"),
    "dashboards:board": Row(READERS),
    "dashboards:board_of_plan": Row(READERS, args=records.plan),
    "dashboards:board_of_group": Row(READERS, args=lambda world: [world.group.key]),
    "plans:list": Row(READERS),
    "plans:new": Row(WRITERS),
    "plans:plan": Row(READERS, args=records.plan),
    "plans:export": Row(READERS, args=lambda world: [*records.plan(world), "csv"]),
    "plans:rows": Row(READERS, args=records.plan),
    "plans:edit": Row(WRITERS, args=records.plan),
    "plans:plan_edit": Row(WRITERS, args=records.plan),
    "plans:state": Row(APPROVERS, args=records.plan),
    "plans:priority_new": Row(WRITERS, args=records.plan),
    "plans:priority_edit": Row(WRITERS, args=records.priority),
    "plans:strand_new": Row(WRITERS, args=records.priority),
    "plans:strand_edit": Row(WRITERS, args=records.strand),
    "plans:legend": Row(WRITERS, args=records.plan),
    "plans:roll_over": Row(WRITERS, args=_plan_in_force),
    "plans:roll_over_finish": Row(WRITERS, args=_rolling, method="post"),
    "plans:roll_over_give_up": Row(WRITERS, args=_rolling, method="post"),
    "plans:place_new": Row(WRITERS, args=_action),
    "plans:place_end": Row(WRITERS, args=_place, method="post"),
    "plans:quarters": Row(READERS, args=records.plan),
    "plans:pointing": Row(READERS, args=records.plan),
    "plans:point": Row(WRITERS, args=_pointing),
    "plans:publishable": Row(READERS, args=records.plan),
    "plans:publishable_download": Row(READERS, args=lambda world: [*records.plan(world), "csv"]),
    "plans:publishable_edit": Row(WRITERS, args=_action),
    "plans:bulk_choose": Row(WRITERS),
    "plans:bulk": Row(WRITERS, args=_many),
    "plans:bulk_say": Row(WRITERS, args=_many),
    "plans:bulk_finish": Row(WRITERS, args=_many, method="post"),
    "plans:bulk_give_up": Row(WRITERS, args=_many, method="post"),
    "plans:hand_over": Row(READERS, args=lambda world: ["agency", world.agency.pk]),
    "plans:hand_over_download": Row(READERS, args=lambda world: ["agency", world.agency.pk, "xlsx"]),
    "plans:outcome_new": Row(WRITERS, args=records.priority),
    "plans:outcome_edit": Row(WRITERS, args=records.outcome),
    "plans:action_new": Row(WRITERS, args=records.plan),
    "plans:actions": Row(READERS),
    "plans:actions_export": Row(READERS),
    "plans:exceptions": Row(READERS),
    "plans:exceptions_export": Row(READERS),
    "plans:action": Row(READERS, args=_action),
    "plans:action_update": Row(TELLERS, args=_action),
    "plans:action_rate": Row(CHAIRS, args=lambda world: [*_action(world), "impact"]),
    "plans:action_state": Row(TELLERS, args=_action),
    "plans:action_evidence": Row(TELLERS, args=_action),
    "plans:claim": Row(TELLERS, args=_action),
    "plans:claim_decide": Row(CHAIRS, args=_claim),
    "plans:claim_take_back": Row(TELLERS, args=_claim),
    "plans:update_question": Row(CHAIRS, args=_update),
    "plans:evidence_files": Row(TELLERS, args=_evidence),
    "plans:file": Row(READERS, args=_file),
    "plans:file_newer": Row(TELLERS, args=_file),
    "plans:file_versions": Row(READERS, args=_file),
    "plans:action_test": Row(WRITERS, args=_action),
    "plans:action_test_result": Row(TELLERS, args=_test_of_action),
    "plans:action_edit": Row(WRITERS, args=_action),
    "plans:action_sources": Row(WRITERS, args=_action),
    "plans:action_owners": Row(WRITERS, args=_action),
    "plans:action_timescale": Row(WRITERS, args=_action),
    "plans:action_wait": Row(TELLERS, args=_action),
    "plans:action_wait_end": Row(TELLERS, args=_wait, method="post"),
    "plans:sources": Row(READERS),
    "plans:source": Row(READERS, args=_source),
    "plans:source_new": Row(WRITERS),
    "plans:source_edit": Row(WRITERS, args=_source),
    "plans:recommendation_new": Row(WRITERS, args=_source),
    "plans:source_ledger": Row(READERS, args=_source),
    "plans:source_ledger_csv": Row(READERS, args=_source),
    "plans:addendum": Row(READERS, args=lambda world: [_recommendation(world)[0], "all", "html"]),
    "plans:recommendations": Row(READERS),
    "plans:recommendations_csv": Row(READERS),
    "plans:recommendation": Row(READERS, args=_recommendation),
    "plans:recommendation_edit": Row(WRITERS, args=_recommendation),
    "plans:recommendation_themes": Row(WRITERS, args=_recommendation),
    "plans:recommendation_response": Row(WRITERS, args=_recommendation),
    "access:return_start": Row(EVERYBODY, args=return_link),
    "access:return_code": Row(EVERYBODY, args=return_link, cookies=LET_IN),
    "plans:return_recommendation": Row(EVERYBODY, args=return_link, cookies=LET_IN),
    "plans:return_done": Row(EVERYBODY, args=return_link, cookies=LET_IN),
    "plans:ledger_ask": Row(WRITERS, args=_addressee),
    "plans:ledger_ask_end": Row(WRITERS, args=asked_by_link, method="post"),
    "plans:ledger_accept": Row(ANSWERERS, args=_addressee),
    "plans:ledger_respond": Row(ANSWERERS, args=_addressee),
    "plans:ledger_progress": Row(ANSWERERS, args=_addressee),
    "plans:ledger_step": Row(ANSWERERS, args=_addressee),
    "plans:ledger_evidence": Row(ANSWERERS, args=_addressee),
    "plans:themes": Row(READERS),
    "plans:theme": Row(READERS, args=lambda world: ["neglect"]),
    "plans:action_before": Row(READERS, args=_action),
    "plans:action_themes": Row(WRITERS, args=_action),
    "plans:imports": Row(READERS),
    "plans:import_new": Row(IMPORTERS),
    "plans:import": Row(READERS, args=records.upload),
    "plans:import_about": Row(IMPORTERS, args=records.upload),
    "plans:import_owners": Row(IMPORTERS, args=records.upload),
    "plans:import_row": Row(IMPORTERS, args=lambda world: [*records.upload(world), 1]),
    "plans:import_changes": Row(IMPORTERS, args=records.second_upload),
    "plans:import_confirm": Row(IMPORTERS, args=records.upload, method="post"),
    "plans:import_withdraw": Row(IMPORTERS, args=records.upload, method="post"),
    "plans:import_discard": Row(IMPORTERS, args=records.upload, method="post"),
    "plans:reports": Row(REPORT_READERS),
    "plans:report": Row(REPORT_READERS, args=records.report),
    "plans:report_download": Row(REPORT_READERS, args=lambda world: [*records.report(world), "docx"]),
    "plans:report_issue": Row(frozenset({"unit", "qa_officer"}), args=records.report, method="post"),
    "sight:thread": Row(READERS, args=lambda world: ["source", *_source(world)]),
    "sight:why": Row(READERS, args=lambda world: ["action", *_action(world)]),
    "sight:came": Row(READERS, args=lambda world: ["priority", records.priority(world)[1]]),
    "sight:download": Row(READERS, args=lambda world: ["outcome", records.outcome(world)[1], "html"]),
    "sight:loose": Row(READERS),
    "sight:loose_export": Row(READERS),
    "sight:compare": Row(READERS, args=records.plan),
    "sight:compare_download": Row(READERS, args=lambda world: [*records.plan(world), "csv"]),
    "sight:papers": Row(IMPORTERS, args=records.second_upload, hidden=True),
    "sight:papers_download": Row(
        IMPORTERS, args=lambda world: [*records.second_upload(world), "csv"], hidden=True
    ),
    "sight:then": Row(READERS),
    "sight:then_download": Row(READERS, args=lambda world: ["csv"]),
    "sight:timeline": Row(READERS, args=_action),
    **messaged.rows(Row, EVERYBODY, MEMBERS, UNIT),
    "partners:deputies": Row(MEMBERS),
    "partners:deputy_new": Row(frozenset({"owner"}), args=records.own_role, hidden=True),
    "partners:deputy_end": Row(GIVERS | {"owner", "chair"}, args=records.lent, method="post", hidden=True),
    "partners:own_sight": Row(MEMBERS),
    "partners:account_sight": Row(TOLD_WHY, args=records.person),
    "partners:account_sight_csv": Row(TOLD_WHY, args=records.person),
    "partners:who_sees": Row(TOLD_WHY - {"system_administrator"}, args=_asked_action, hidden=True),
    "partners:who_sees_csv": Row(TOLD_WHY - {"system_administrator"}, args=_asked_action, hidden=True),
    "partners:list": Row(MEMBERS),
    "partners:list_of": Row(MEMBERS, args=lambda world: ["groups"]),
    "partners:party": Row(MEMBERS, args=lambda world: ["agencies", world.agency.pk]),
    "partners:new": Row(KEEPERS, args=lambda world: ["people"]),
    "partners:edit": Row(KEEPERS, args=lambda world: ["groups", world.group.pk]),
    "partners:accounts": Row(GIVERS),
    "partners:accounts_csv": Row(GIVERS),
    "partners:account_factors": Row(GIVERS, args=records.person, method="post"),
    "partners:account_tokens": Row(GIVERS, args=records.person, method="post"),
    "partners:account_identities": Row(GIVERS, args=records.person, method="post"),
    "partners:account_supplier": Row(GIVERS, args=records.person, method="post"),
    "partners:account_close": Row(GIVERS, args=records.person, method="post"),
    "partners:account_reopen": Row(GIVERS, args=records.person, method="post"),
    "partners:account": Row(GIVERS, args=records.person),
    "partners:account_open": Row(GIVERS, args=records.person, method="post"),
    "partners:account_link": Row(GIVERS, args=records.person, method="post"),
    "partners:role_give": Row(GIVERS, args=records.person, method="post"),
    "partners:role_end": Row(GIVERS, args=records.role, method="post"),
    **declared.rows(Row, KEEPERS, MEMBERS, READERS),
    "partners:seat_new": Row(KEEPERS, args=lambda world: [world.group.pk]),
    "partners:seat": Row(MEMBERS, args=records.seat),
    **{f"partners:seat_{do}": Row(KEEPERS, args=records.seat) for do in ("edit", "fill", "end")},
    "partners:seat_leave": Row(KEEPERS, args=records.seat_held),
    "partners:name_add": Row(KEEPERS, args=lambda world: ["agencies", world.agency.pk], method="post"),
    "partners:name_forget": Row(KEEPERS, args=records.alias, method="post"),
}
