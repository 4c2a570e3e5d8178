"""What a member of the unit sends to each address that takes something: valid, so that it is done and not refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.access import url_records as records
from tests.access import walked_declarations as declared
from tests.access import walked_governance as governed
from tests.access.linking import return_link
from tests.access.people import PASSWORD, World
from tests.access.url_roles import URL_ROLES
from tests.walks import sending_meetings, sending_rhythm, sent_logs
from tests.walks import sending_rounds as rounds

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Sending:
    """One thing sent. What `data` does not say is filled in as the form asks for it.

    `args` makes other records than url_roles.py names; `before` is done before anything is counted; `taken` is the
    status of success; `by` the role of whoever sends it, empty for somebody who is not signed in.
    """

    label: str = ""
    data: Data | Callable[[World], Data] = field(default_factory=dict)
    args: Callable[[World], list[Any]] | None = None
    before: Callable[[World], object] = lambda world: None
    query: str = ""
    taken: int = 302
    by: str = "unit"

    def said(self, world: World) -> Data:
        """What is sent."""
        return self.data(world) if callable(self.data) else self.data


def _newer_proposal(world: World) -> None:
    """What fell due since an approval waits in a proposal of its own."""
    from tests.retention.making import closed_account, find

    closed_account()
    find()


def sendings(name: str) -> Sequence[Sending]:
    """What is sent to an address of this name."""
    return SENDINGS.get(name, (Sending(),))


def text_file(words: str = "Twenty were asked.", name: str = "survey.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode())


def _action_with_evidence(world: World) -> list[Any]:
    return URL_ROLES["plans:evidence_files"].args(world)[:1]


def _upload_with_day(world: World) -> list[Any]:
    from sightline.events.choices import SYSTEM
    from sightline.plans.models import Import
    from sightline.plans.services.imports import set_as_at

    number = URL_ROLES["plans:import"].args(world)[0]
    set_as_at(Import.objects.get(pk=number), timezone.localdate(), by=SYSTEM, now=timezone.now())
    return [number]


def _confirmed(world: World) -> list[Any]:
    from sightline.events.choices import SYSTEM
    from sightline.plans.models import Import
    from sightline.plans.services.imports import confirm

    numbers = _upload_with_day(world)
    confirm(Import.objects.get(pk=numbers[0]), by=SYSTEM, now=timezone.now())
    return numbers


def _addressee_of_all(world: World) -> Data:
    from sightline.plans.models import Addressee

    return {"addressee": Addressee.objects.latest("pk").pk, "public": ["We do."]}


def _version_of_import(world: World) -> Data:
    from sightline.plans.models import Import

    return {
        "version": Import.objects.latest("pk").version,
    }


def _somebody_new(world: World) -> list[Any]:
    from sightline.events.choices import SYSTEM
    from sightline.partners.services import create_person

    return [create_person("Nia New", email="nia@wealdshire.example", by=SYSTEM).pk]


FIRST = {"starts_on-day": 1, "starts_on-month": 6, "starts_on-year": 2026}
LAST = {"ends_on-day": 1, "ends_on-month": 6, "ends_on-year": 2120}


def _seat_words(world: World) -> Data:
    return {"version": 1, "position": "chair", "agencies": [world.agency.pk], "words": "Lead", "places": 2}


def _with_account(world: World) -> int:
    from sightline.events.choices import SYSTEM
    from sightline.partners.services import create_person
    from tests.access.people import person

    user = person(f"Nia {timezone.now().timestamp()}")
    return create_person(user.name, user=user, by=SYSTEM).pk


def _seat_held(world: World) -> list[Any]:
    return records.seat_held(world)[:1]


def _chairs_seat(world: World) -> list[Any]:
    from tests.partners.making import make_seat

    return [make_seat(world.group, position="chair").pk]


def _closed_account(world: World) -> list[Any]:
    number = URL_ROLES["partners:account"].args(world)
    owner = world.people["owner"]
    owner.is_active = False
    owner.save(update_fields=["is_active"])
    return number


def _version_of_account(world: World) -> Data:
    return {"version": world.people["owner"].version}


def _version_of_role(world: World) -> Data:
    return {"version": world.people["owner"].memberships.get().version}


def _everything_held(world: World) -> Data:
    from sightline.oversight.models import ReviewedGrant

    return {"grant": list(ReviewedGrant.objects.values_list("pk", flat=True))}


def _supplier(world: World) -> list[Any]:
    from tests.oversight.making import make_supplier

    make_supplier()
    return []


def _person_of_the_supplier(world: World) -> list[Any]:
    from sightline.events.choices import SYSTEM
    from sightline.partners.services import create_person, open_account
    from tests.oversight.making import make_supplier

    supplier = make_supplier()
    found = create_person(supplier.name, email=supplier.email, by=SYSTEM)
    open_account(found, by=SYSTEM, now=timezone.now())
    return [found.pk]


def _nobodys_account(world: World) -> Data:
    from tests.access.people import person

    return {"account": person(f"Sam {timezone.now().timestamp()}").pk}


def _choose_all(world: World) -> None:
    from sightline.plans.choices import Fate
    from sightline.plans.models import RollOver
    from sightline.plans.services.rolling import FateGiven, choose_fates
    from tests.plans.making import BY, NOW

    roll = RollOver.objects.get()
    fates = {number: FateGiven(Fate.CARRY) for number in roll.plan.actions.values_list("pk", flat=True)}
    choose_fates(roll, roll.version, fates, by=BY, now=NOW)


def _version_of_roll_over(world: World) -> Data:
    from sightline.plans.models import RollOver

    return {"version": RollOver.objects.get().version}


def _fates(world: World) -> Data:
    from sightline.plans.models import RollOver

    roll = RollOver.objects.get()
    rows = list(roll.plan.actions.values_list("pk", flat=True)[:50])
    return {"seen": roll.version, "row": rows, "others": "carry"}


def _version_of_change(world: World) -> Data:
    from sightline.plans.models import BulkChange

    return {"version": BulkChange.objects.get().version}


def _said_change(world: World) -> list[Any]:
    from sightline.plans.models import BulkChange
    from sightline.plans.services.bulk import say_change
    from tests.plans.making import BY, NOW, TODAY

    number = URL_ROLES["plans:bulk"].args(world)
    change = BulkChange.objects.get()
    values = {"raw": "By 31 March 2027"}
    say_change(change, change.version, values, reason="Late", as_at=TODAY, by=BY, now=NOW)
    return number


def _ticked(world: World) -> Data:
    from sightline.plans.models import Action

    return {"action": list(Action.objects.values_list("pk", flat=True)[:300]), "kind": "timescale"}


def _newest_action(world: World) -> Data:
    from sightline.plans.models import Action

    return {"meant": "other", "other": Action.objects.latest("pk").reference}


def _draft_anew(world: World) -> None:
    from sightline.events.choices import SYSTEM
    from sightline.plans.services import draft_exception_report

    draft_exception_report(None, as_at=timezone.localdate(), by=SYSTEM, now=timezone.now())


def _with_password(world: World) -> None:
    user = world.people["unit"]
    user.set_password(PASSWORD)
    user.save()


def _password_set(world: World) -> list[Any]:
    _with_password(world)
    return []


def _another_plan(world: World) -> list[Any]:
    from tests.plans.making import make_plan

    made = URL_ROLES["plans:place_new"].args(world)
    make_plan(name="Another")
    return made


def _with_a_source(world: World) -> list[Any]:
    URL_ROLES["plans:recommendation"].args(world)
    return URL_ROLES["plans:action"].args(world)


def _with_an_outcome(world: World) -> list[Any]:
    return URL_ROLES["plans:outcome_edit"].args(world)[:1]


def _asked(world: World) -> list[Any]:
    """An action of which an update was returned with a question."""
    from sightline.plans.models import Update
    from sightline.plans.services import return_update
    from tests.plans.making import BY, NOW, TODAY

    reference, number = URL_ROLES["plans:update_question"].args(world)
    return_update(Update.objects.get(pk=number), "How many?", as_at=TODAY, by=BY, now=NOW)
    return [reference]


def _blocked(world: World) -> list[Any]:
    from sightline.plans.models import Action
    from sightline.plans.services import block
    from tests.plans.making import BY, NOW, TODAY

    (reference,) = URL_ROLES["plans:action"].args(world)
    block(Action.objects.get(reference=reference), "No money", as_at=TODAY, by=BY, now=NOW)
    return [reference]


def _another_party(word: str) -> Callable[[World], list[Any]]:
    def args(world: World) -> list[Any]:
        own = {"agencies": world.agency.pk, "groups": world.group.pk}
        return [word, own.get(word) or _somebody_new(world)[0]]

    return args


UPDATE = {"delivery": "amber", "blocked": "yes", "hindrance": "Nobody is in post"}
OWNERS = "Wealdshire Police\nNeglect sub-group\nNobody known"


def _somebody_listed(world: World) -> Data:
    """Another who reads restricted records, to be put on the list."""
    from sightline.access.models import User
    from tests.knowing.making import officer

    found = User.objects.filter(name="Eve Later").first() or officer("Eve Later")
    return {"person": found.pk, "reason": "Chairs the review"}


def _who_breaks_glass(world: World) -> list[Any]:
    world.person("case_review_officer")
    return []


def _challenge_before(deed: str) -> Callable[[World], list[Any]]:
    """A challenge that stands as the deed asks for."""

    def args(world: World) -> list[Any]:
        from sightline.challenges.choices import Changed, Deed
        from tests.challenges.making import done, make_challenge

        found = make_challenge(world.agency, world.group)
        if deed in ("ask-more", "close", "reopen"):
            found = done(found, Deed.ANSWER)
        if deed == "reopen":
            found = done(found, Deed.CLOSE, changed_for=Changed.NOTHING)
        return [found.pk, deed]

    return args


OWNER = {"email": "ola.owner@wealdshire.example", "reason": "Their sister is named in it"}
FAR_OFF = {"until-day": "1", "until-month": "1", "until-year": "2100"}
SENDINGS: dict[str, tuple[Sending, ...]] = {
    **sending_meetings.sendings(Sending),
    **sending_rhythm.sendings(Sending),
    "api:plan_actions": (Sending(data={"text": "Ask twenty"}, taken=201),),
    "api:action_updates": (Sending(data={"text": "Seen", "delivery": "red"}, taken=201),),
    "api:recommendation_responses": (Sending(data=_addressee_of_all, taken=201),),
    "challenges:new": (
        Sending(data={"by": "me"}),
        Sending(
            "for an agency", data=lambda world: {"by": f"group:{world.group.key}", "said_by": "Cy Chair"}
        ),
    ),
    "challenges:do": tuple(
        Sending(deed, args=_challenge_before(deed), data={"said_by": "Cy Chair"})
        for deed in ("answer", "ask-more", "close", "withdraw", "date", "change", "reopen")
    ),
    "governance:lead_new": (Sending(data={"cover": ""}),),
    "governance:lead_confirm": (Sending(data=governed.lead_seen),),
    "governance:lead_change": (Sending(), Sending("over", governed.lead_over)),
    "governance:terms_new": (
        Sending(data=governed.terms_sent),
        Sending("the same", {"is_unchanged": "on"}),
        Sending("a newer file", governed.terms_sent, governed.terms_with_file),
    ),
    "governance:lists": (Sending(data=governed.list_sent),),
    "governance:list_confirm": (Sending(data=governed.list_seen),),
    "governance:list_withdraw": (Sending(),),
    "governance:list_discard": (Sending(data=governed.list_seen),),
    **sent_logs.rows(Sending),
    "partners:declare": (Sending(data=declared.paper),),
    "outbox:stop": (Sending(taken=200, by=""),),
    "knowing:list": (Sending(data=_somebody_listed, by="case_review_officer"),),
    "knowing:list_conflict": (Sending(data=OWNER, by="case_review_officer"),),
    "knowing:list_conflict_end": (Sending(by="case_review_officer"),),
    "knowing:name": (Sending(taken=200, by="case_review_officer"),),
    "knowing:end": (Sending(by="case_review_officer"),),
    # The second step has not been taken: tests/knowing/test_sizes.py counts where it has.
    "knowing:glass": (Sending(args=_who_breaks_glass, by="case_review_officer"),),
    "knowing:register": (Sending(data={**OWNER, "reference": "CR-1"}),),
    "access:password": (
        Sending(data={"present": PASSWORD, "new": "another horse battery"}, args=_password_set),
    ),
    "access:sign_in": (
        Sending(
            data={"email": "una.unit@wealdshire.example", "password": PASSWORD}, args=_password_set, by=""
        ),
    ),
    "access:forgotten": (Sending(data={"email": "una.unit@wealdshire.example"}, taken=200, by=""),),
    "access:token_new": (Sending(taken=200),),
    "journal:shred": (Sending(by="data_protection"),),
    "oversight:alert": (Sending(by="data_protection"),),
    "oversight:drawn": (Sending(data={"verdict": "queried"}, by="data_protection"),),
    "oversight:grant": (
        Sending(data={"decision": "confirmed"}),
        Sending("it ends", {"decision": "ended"}),
    ),
    "oversight:review": (
        Sending(data=_everything_held),
        Sending("half of it", lambda world: {"grant": _everything_held(world)["grant"][:1]}),
    ),
    "oversight:support": (
        Sending(data={"role": "lay_member", "opens_confidential": ""}, args=_supplier),
        Sending("confidential", {"role": "analyst", "opens_confidential": "on"}, args=_supplier),
    ),
    "oversight:supplier_mark": (Sending(data=_nobodys_account),),
    "oversight:sign": (Sending(data={"version": 1}, by="data_protection"),),
    "partners:account_supplier": (Sending(args=_person_of_the_supplier),),
    "carrying:new": (Sending(data={"reason": "Moving to another system"}),),
    "retention:confirm": (Sending(data={"version": 0, "who": "The board"}),),
    "retention:hold_new": (Sending(data={"over": "rule", "rule": "accounts", **FAR_OFF}),),
    "retention:hold": (Sending(),),
    "retention:approve": (Sending(data={"version": 1, "way": "anonymise", "reason": "Left"}),),
    "retention:send_back": (
        Sending(data={"version": 2}),
        Sending("beside a newer proposal", {"version": 2}, before=_newer_proposal),
    ),
    "retention:carry_out": (Sending(data={"version": 2}),),
    "retention:record": (Sending(data=FAR_OFF),),
    "retention:change": (Sending(data={"authority": "Our schedule, row 12"}),),
    "partners:account_close": (Sending(data=_version_of_account),),
    "partners:account_open": (Sending(args=_somebody_new),),
    "partners:account_reopen": (Sending(data=_version_of_account, args=_closed_account),),
    "partners:deputy_new": (Sending(data={"to": "cy.chair@wealdshire.example"}, by="owner"),),
    "partners:deputy_end": (Sending(data={"version": 1}), Sending("the lender", {"version": 1}, by="owner")),
    "partners:edit": tuple(
        Sending(word, args=_another_party(word)) for word in ("groups", "agencies", "people")
    ),
    "partners:name_add": (Sending(data={"text": "The Force"}),),
    "partners:seat_new": (Sending(data=_seat_words),),
    "partners:seat_edit": (Sending("agencies", _seat_words),),
    "partners:seat_fill": (
        Sending(data=lambda world: {"person": _with_account(world), "kind": "holder", **FIRST}),
        Sending("the chair", lambda world: {"person": _with_account(world), **FIRST}, _chairs_seat),
    ),
    "partners:seat_end": (Sending(data={"version": 1, **LAST}, args=_seat_held),),
    "partners:seat_leave": (Sending(data={"version": 1, **LAST}),),
    "partners:new": tuple(
        Sending(word, {"name": "Health", "initials": "H"}, args=lambda world, word=word: [word])  # type: ignore[misc]
        for word in ("groups", "agencies", "people")
    ),
    "partners:role_end": (Sending(data=_version_of_role),),
    "partners:role_give": (
        Sending(
            data={
                "role": "executive",
                "over": "partnership",
                "starts_on-day": 1,
                "starts_on-month": 6,
                "starts_on-year": 2026,
            }
        ),
    ),
    "plans:action_edit": (
        Sending(data={"numbers": "7.1 & 7.2"}),
        Sending("its words and tier", {"numbers": "7.1", "text": "Meet fathers", "tier": "T2"}),
    ),
    "plans:action_evidence": (
        Sending(),
        Sending("a file", lambda world: {"attached": text_file(), "said_by": ""}),
        Sending("a file, for somebody else", lambda world: {"attached": text_file()}),
    ),
    "plans:action_new": (
        Sending(data={"numbers": "", "timescale": ""}),
        Sending("one number", {"timescale": ""}),
        Sending("owners and a day", {"owners": OWNERS, "timescale": "By 31 March 2027"}),
        Sending("under a priority", {"timescale": ""}, args=_with_an_outcome),
        Sending("overdue at once", {"owners": OWNERS, "timescale": "By 31 March 2020"}),
    ),
    "plans:action_owners": (Sending(data={"lead": OWNERS, "support": "Ed Else"}),),
    "plans:action_sources": (Sending(args=_with_a_source),),
    "plans:action_test_result": (Sending(data={"passed": "no"}),),
    "plans:action_update": (
        Sending(data={"delivery": "amber"}),
        Sending("what is in the way", {"delivery": "", "blocked": "yes", "hindrance": "No post"}),
        Sending("both, in one's own name", {**UPDATE, "said_by": ""}),
        Sending("an answer", {"delivery": "", "answers": "yes"}, args=_asked),
        Sending("it can go on", {"delivery": "", "blocked": "gone"}, args=_blocked),
        Sending("everything, for somebody else", {**UPDATE, "answers": "yes"}, args=_asked),
    ),
    "plans:action_wait": (Sending(data={"needs": "SL-90001"}),),
    "plans:bulk_choose": (
        Sending(data=_ticked, args=lambda world: URL_ROLES["plans:action"].args(world)[1:]),
    ),
    "plans:bulk_finish": (Sending(data=_version_of_change, args=_said_change),),
    "plans:bulk_give_up": (Sending(data=_version_of_change),),
    "plans:claim": (Sending(args=_action_with_evidence),),
    "plans:claim_decide": (
        Sending(data={"decision": "confirm"}),
        Sending("it is returned", {"decision": "return"}),
    ),
    "plans:evidence_files": (
        Sending(data=lambda world: {"attached": text_file("Forty were asked.", "audit.txt")}),
    ),
    "plans:file_newer": (
        Sending(
            data=lambda world: {
                "attached": text_file("Forty were asked.", "audit.txt"),
                "reason": "Twice as many were asked",
            }
        ),
    ),
    "plans:import_confirm": (Sending(data=_version_of_import, args=_upload_with_day),),
    "plans:import_discard": (Sending(data=_version_of_import),),
    "plans:import_new": (
        Sending(
            data=lambda world: {"file": text_file("Action No.\tAction\n1.1\tAsk children\n", "plan.tsv")}
        ),
    ),
    "plans:import_withdraw": (Sending(data=_version_of_import, args=_confirmed),),
    "plans:legend": (
        Sending(
            data={f"word-{n}": "Amber" * (n == 0) for n in range(30)}
            | {f"rating-{n}": "amber" * (n == 0) for n in range(30)}
        ),
    ),
    "access:return_start": (Sending(by=""),),
    # Everybody has a token of their own: this browser's code has not been entered yet.
    "access:return_code": (
        Sending(data={"code": "123 456"}, args=lambda world: return_link(world, is_open=False), by=""),
        Sending(
            "wrong", {"code": "1"}, args=lambda world: return_link(world, is_open=False), taken=422, by=""
        ),
    ),
    "plans:return_recommendation": (
        Sending(data={"quarter": "audit"}, by=""),
        Sending(
            "little",
            dict.fromkeys(("progress", "progress_private", "quarter", "evidence", "response"), ""),
            by="",
        ),
    ),
    "plans:ledger_step": (Sending(data={"step": "1"}),),
    "plans:place_new": (Sending(data={"priority": "", "outcome": ""}, args=_another_plan),),
    "plans:point": (Sending(data=_newest_action),),
    "plans:recommendation_edit": (
        Sending(),
        Sending("others", {"addressed_to": "Neglect sub-group\nParishes"}),
    ),
    "plans:recommendation_new": (Sending(data={"addressed_to": OWNERS}),),
    "plans:report_issue": (Sending(before=_draft_anew),),
    "plans:roll_over": (Sending(), Sending("choosing", _fates, URL_ROLES["plans:roll_over_finish"].args)),
    "plans:roll_over_finish": (
        Sending(
            data=_version_of_roll_over, args=URL_ROLES["plans:roll_over_finish"].args, before=_choose_all
        ),
    ),
    "plans:roll_over_give_up": (Sending(data=_version_of_roll_over),),
    **rounds.sendings(Sending),
    "saved:new": (Sending(query="?of=/plans/"),),
    "saved:remove": (Sending(data={"version": 1}),),
    "statutory:own_data_take": (Sending(taken=200),),
}
