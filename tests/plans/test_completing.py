"""Completion needs evidence and a second person: one's word, another's answer, and what stays in history."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.access.permissions import Refused
from sightline.events.choices import Actor, ImpossibleMove, StaleRecord, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.messages.models import WorkItem
from sightline.plans import permissions, services
from sightline.plans.choices import (
    CLAIM_LABELS,
    ClaimResult,
    Completion,
    DeliveryState,
    EvidenceQuarter,
)
from sightline.plans.models import Action, CompletionClaim, Import
from sightline.plans.rules.completing import (
    CONFIRMED_ALREADY,
    NEEDS_EVIDENCE,
    NOT_CLAIMABLE,
    WAITS_ALREADY,
    Answer,
    Voice,
    check_claim,
    completion,
    is_own_word,
)
from sightline.plans.rules.states import free_moves_from, moves_from
from sightline.search.models import SearchEntry
from tests.plans.making import (
    BY,
    NOW,
    SECOND,
    TODAY,
    complete,
    make_action,
    make_agency,
    make_group,
    make_plan,
    make_user,
)
from tests.plans.viewing import DAY, THEN, old_action, old_plan, signed_in, words

WHO: dict[str, Any] = {"by": BY, "now": NOW}
THIRD: dict[str, Any] = {"by": SECOND, "now": NOW}
JUNE = date(2026, 6, 1)


class TestRules:
    @pytest.mark.parametrize(
        ("state", "pieces", "said", "sentence"),
        [
            (DeliveryState.IN_PROGRESS, 0, Completion.NONE, NEEDS_EVIDENCE),
            (DeliveryState.IN_PROGRESS, 1, Completion.CLAIMED, WAITS_ALREADY),
            (DeliveryState.COMPLETE, 1, Completion.CONFIRMED, CONFIRMED_ALREADY),
            (DeliveryState.SUPERSEDED, 1, Completion.NONE, NOT_CLAIMABLE),
            (DeliveryState.CLOSED_OTHER, 1, Completion.NONE, NOT_CLAIMABLE),
        ],
    )
    def test_completion_needs_evidence_and_an_action_that_can_be_done(
        self, state: DeliveryState, pieces: int, said: Completion, sentence: str
    ) -> None:
        with pytest.raises(ImpossibleMove) as refused:
            check_claim(state, pieces, said)
        assert refused.value.sentence == sentence

    def test_what_is_open_or_only_complete_on_paper_may_be_claimed(self) -> None:
        check_claim(DeliveryState.NOT_STARTED, 1, Completion.NONE)
        check_claim(DeliveryState.COMPLETE, 1, Completion.ON_PAPER)
        check_claim(DeliveryState.COMPLETE, 1, Completion.UNCONFIRMED)

    @pytest.mark.parametrize(
        ("entered", "said_by", "person", "own"),
        [
            (Voice(1, "Una"), "", Voice(1, "Una"), True),
            (Voice(1, "Una"), "Ola Owner", Voice(1, "Una"), True),
            (Voice(1, "Una"), "ola  OWNER, police", Voice(2, "Ola Owner"), True),
            (Voice(None, "A test"), "", Voice(None, "A test"), True),
            (Voice(1, "Una"), "Ola Owner", Voice(3, "Cy Chair"), False),
            (Voice(1, "Una"), "", Voice(2, "Una"), False),
            (Voice(1, "Una"), "somebody", Voice(2, ""), False),
            (Voice(1, "Una"), "", Voice(None, "Una"), False),
        ],
    )
    def test_nobody_confirms_their_own_word(
        self, entered: Voice, said_by: str, person: Voice, own: bool
    ) -> None:
        assert is_own_word(entered, said_by, person) is own

    @given(
        st.sampled_from(DeliveryState),
        st.lists(st.tuples(st.sampled_from(ClaimResult), st.datetimes()), max_size=4),
        st.booleans(),
    )
    def test_only_a_confirmation_of_this_completion_counts(
        self, state: DeliveryState, told: list[Any], on_paper: bool
    ) -> None:
        since = told[0][1] if told else None
        answers = [Answer(result, None if result == "waiting" else moment) for result, moment in told]
        said = completion(state, since, on_paper, answers)
        if said == Completion.CONFIRMED:
            assert state == DeliveryState.COMPLETE
            assert any(
                a.result == "confirmed" and a.recorded_at and since and a.recorded_at >= since
                for a in answers
            )
        if said in (Completion.ON_PAPER, Completion.UNCONFIRMED):
            assert (state, said == Completion.ON_PAPER) == (DeliveryState.COMPLETE, on_paper)

    def test_every_result_has_its_words(self) -> None:
        assert set(CLAIM_LABELS) == set(ClaimResult)

    def test_only_completion_asks_for_a_second_person(self) -> None:
        for state in DeliveryState:
            kept = {move.to_state for move in moves_from(state)} - {
                move.to_state for move in free_moves_from(state)
            }
            assert kept <= {DeliveryState.COMPLETE}


def claimable(*parties: Any, **given: Any) -> Action:
    action = make_action(given.pop("plan", None), *parties, **given)
    services.record_evidence(action, EvidenceQuarter.AUDIT, "18 of 20", dated_on=JUNE, **WHO)
    return action


def claim(action: Action, **given: Any) -> CompletionClaim:
    return services.claim_completion(action, "All teams trained", **{"as_at": JUNE, **WHO, **given})


def items() -> set[tuple[str, str]]:
    return set(WorkItem.objects.filter(subject_model="action").values_list("for_scope", "kind"))


@pytest.mark.django_db
class TestServices:
    def test_an_action_is_complete_when_a_second_person_confirms(self) -> None:
        made = claim(claimable(), said_by="Ola Owner")
        assert (made.result, made.voice, made.action.state) == ("waiting", "Ola Owner", "not_started")
        answered = services.confirm_completion(made, reason="Seen", **THIRD)
        assert (answered.result, answered.result_by_label, answered.result_on) == (
            "confirmed",
            "A second person",
            TODAY,
        )
        action = Action.objects.get(pk=made.action_id)
        assert (action.state, action.current_state_since) == ("complete", JUNE)
        change = action.state_changes.latest("pk")
        assert (change.to_state, change.as_at, change.reason) == ("complete", JUNE, "All teams trained")
        assert list(Entry.objects.order_by("pk").values_list("type", flat=True))[-2:] == [
            "plans.completion_claimed",
            "plans.action_completed",
        ]

    def test_completion_without_evidence_is_refused_at_both_ends(self) -> None:
        with pytest.raises(Unacceptable, match="Add at least one piece of evidence first"):
            claim(make_action())
        made = claim(claimable())
        made.action.evidence.all().delete()
        with pytest.raises(Unacceptable, match="No evidence stands"):
            services.confirm_completion(made, **THIRD)

    def test_the_same_account_never_confirms_whoever_it_spoke_for(self) -> None:
        made = claim(claimable(), said_by="Ola Owner")
        with pytest.raises(Unacceptable, match="a second person confirms it"):
            services.confirm_completion(made, **WHO)
        with pytest.raises(Unacceptable, match="a second person confirms it"):
            services.return_claim(made, "x", by=Actor("user", "7", "Ola Owner"), now=NOW)
        made.refresh_from_db()
        assert made.result == "waiting"

    def test_nobody_completes_an_action_by_changing_its_state(self) -> None:
        action = claimable()
        with pytest.raises(Unacceptable, match="a second person confirms it"):
            services.change_state(action, DeliveryState.COMPLETE, as_at=TODAY, **WHO)
        assert Action.objects.get(pk=action.pk).state == "not_started"

    def test_a_claim_is_returned_with_what_is_missing_and_stays_in_history(self) -> None:
        action = claimable()
        returned = services.return_claim(claim(action), " Two teams are missing ", **THIRD)
        assert (returned.result, returned.reason) == ("returned", "Two teams are missing")
        assert Action.objects.get(pk=action.pk).state == "not_started"
        again = claim(action)
        services.confirm_completion(again, **THIRD)
        assert list(action.claims.values_list("result", flat=True)) == ["returned", "confirmed"]
        entry = Entry.objects.get(type="plans.completion_returned")
        assert (entry.reason, json.loads(entry.before)["text"]) == (
            "Two teams are missing",
            "All teams trained",
        )

    def test_words_are_needed_for_every_answer_but_yes(self) -> None:
        action = claimable()
        with pytest.raises(Unacceptable, match="Write what was done"):
            services.claim_completion(action, " ", as_at=JUNE, **WHO)
        made = claim(action)
        with pytest.raises(Unacceptable, match="Say what is missing"):
            services.return_claim(made, " ", **THIRD)
        with pytest.raises(Unacceptable, match="Say why it is taken back"):
            services.withdraw_claim(made, " ", **WHO)

    def test_two_claims_and_two_answers_are_told(self) -> None:
        action = claimable()
        made = claim(action)
        with pytest.raises(Unacceptable, match="It is said already"):
            claim(action)
        services.confirm_completion(CompletionClaim.objects.get(pk=made.pk), **THIRD)
        with pytest.raises(StaleRecord, match="Somebody else has answered this already"):
            services.return_claim(made, "Missing", **THIRD)
        with pytest.raises(Unacceptable, match="a second person has confirmed it"):
            claim(action)

    def test_a_claim_is_taken_back_or_ends_with_the_action(self) -> None:
        action = claimable()
        services.withdraw_claim(claim(action), "Too early", **WHO)
        claim(action)
        services.change_state(action, DeliveryState.CLOSED_OTHER, as_at=TODAY, reason="No money", **WHO)
        assert list(action.claims.values_list("result", "reason")) == [
            ("withdrawn", "Too early"),
            ("withdrawn", "The action became: closed without completion."),
        ]
        found = SearchEntry.objects.filter(kind="claim").order_by("record_id").last()
        assert found
        assert "closed without completion" in found.body

    def test_a_day_before_the_last_change_or_ahead_is_refused(self) -> None:
        action = claimable()
        services.change_state(action, DeliveryState.IN_PROGRESS, as_at=TODAY, **WHO)
        with pytest.raises(Unacceptable, match="The last change of state is of 15 June 2026"):
            claim(action)
        with pytest.raises(Unacceptable, match="lies ahead"):
            claim(action, as_at=date(2026, 6, 16))

    def test_what_a_paper_calls_complete_stands_and_can_be_confirmed_later(self) -> None:
        paper = Import.objects.create(file_name="plan.docx", uploaded_at=NOW, uploaded_by_label="A test")
        action = claimable()
        services.change_state(action, DeliveryState.COMPLETE, as_at=TODAY, import_of=paper, **WHO)
        services.confirm_completion(claim(action), **THIRD)
        assert list(action.state_changes.values_list("to_state", flat=True)) == ["not_started", "complete"]
        assert Entry.objects.filter(type="plans.completion_confirmed").count() == 1

    def test_a_reopened_action_is_claimed_anew(self) -> None:
        action = complete(make_action())
        services.change_state(action, DeliveryState.IN_PROGRESS, as_at=TODAY, reason="It did not last", **WHO)
        assert claim(action, as_at=TODAY).result == "waiting"

    def test_everybody_who_may_confirm_is_asked_but_not_who_said_it(self) -> None:
        group = make_group()
        chair, unit = make_user("chair", "group", group.key), make_user("unit")
        make_user("owner", "group", group.key)
        action = claimable(plan=make_plan(group))
        made = claim(action, by=unit.actor)
        assert (f"user:{chair.pk}", "confirm_wanted") in items()
        assert (f"user:{unit.pk}", "confirm_wanted") not in items()
        services.return_claim(made, "Two are missing", by=chair.actor, now=NOW)
        assert items() == {("unit", "claim_returned")}
        services.record_update(
            action, "They are trained now", as_at=TODAY, **{**WHO, "now": NOW.replace(hour=10)}
        )
        assert items() == set()

    def test_the_unit_is_told_where_nobody_else_may_confirm(self) -> None:
        unit = make_user("unit")
        claim(claimable(), by=unit.actor)
        item = WorkItem.objects.get(kind="confirm_wanted")
        assert (item.for_scope, "Nobody else may confirm it yet" in item.sentence) == ("unit", True)

    def test_a_person_with_a_role_confirms_what_concerns_them(self) -> None:
        group, agency = make_group(), make_agency()
        action = make_action(make_plan(group), agency)
        chair, owner = make_user("chair", "group", group.key), make_user("owner", "agency", agency.key)
        permissions.check_confirm_completion(chair, action)
        with pytest.raises(Refused, match="Completion is confirmed, and an update returned"):
            permissions.check_confirm_completion(owner, action)


def boxes(name: str, day: date) -> dict[str, Any]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


@pytest.mark.django_db
class TestOnScreen:
    @pytest.fixture
    def action(self) -> Action:
        action = old_action(old_plan(make_group("Neglect group")), make_agency("The constabulary"))
        services.record_evidence(action, EvidenceQuarter.AUDIT, "18 of 20", dated_on=DAY, by=BY, now=THEN)
        return action

    @pytest.fixture
    def owner(self, action: Action) -> Any:
        return make_user("owner", "agency", "the-constabulary")

    @pytest.fixture
    def chair(self, action: Action) -> Any:
        return make_user("chair", "group", "neglect-group")

    def say_done(self, user: Any, action: Action, **more: Any) -> Any:
        said = {"text": "All teams trained", "said_by": "", "received_how": "screen", **boxes("as_at", DAY)}
        return signed_in(user).post(f"/actions/{action.reference}/done/", {**said, **more}, follow=True)

    def test_the_owner_says_so_and_the_chair_confirms(self, action: Action, owner: Any, chair: Any) -> None:
        at = f"/actions/{action.reference}/"
        assert "Say that it is done" in words(signed_in(owner).get(at))
        form = words(signed_in(owner).get(f"{at}done/"))
        assert "1 piece: audit" in form
        assert chair.name in form
        page = words(self.say_done(owner, action))
        assert "A second person now confirms it or returns it." in page
        assert "You said it, or entered it for somebody" in page
        assert "Confirm it, or return it" not in page
        number = action.claims.get().pk
        assert signed_in(owner).get(f"{at}done/{number}/").status_code == 403
        seen = words(signed_in(chair).get(at))
        assert "Said to be done: a second person confirms it" in seen
        assert "Confirm it, or return it" in seen
        sent = signed_in(chair).post(
            f"{at}done/{number}/", {"decision": "confirm", "reason": ""}, follow=True
        )
        after = words(sent)
        assert "It is confirmed: the action is complete." in after
        assert "confirmed by a second person" in after
        assert "Confirmed as done" in after
        again = signed_in(chair).post(f"{at}done/{number}/", {"decision": "confirm", "reason": ""})
        assert "Somebody else has answered this already." in words(again)

    def test_the_chair_returns_it(self, action: Action, owner: Any, chair: Any) -> None:
        self.say_done(owner, action)
        at = f"/actions/{action.reference}/done/{action.claims.get().pk}/"
        refused = signed_in(chair).post(at, {"decision": "return", "reason": ""})
        assert (refused.status_code, "Say what is missing." in words(refused)) == (422, True)
        sent = signed_in(chair).post(at, {"decision": "return", "reason": "Two teams"}, follow=True)
        assert "Returned: not yet done" in words(sent)
        assert Action.objects.get(pk=action.pk).state == "not_started"

    def test_the_unit_that_entered_it_for_the_owner_does_not_confirm(
        self, action: Action, owner: Any
    ) -> None:
        unit = make_user("unit")
        self.say_done(unit, action, said_by=owner.name)
        at = f"/actions/{action.reference}/done/{action.claims.get().pk}/"
        assert "a second person confirms it" in words(signed_in(unit).get(at))
        refused = signed_in(unit).post(at, {"decision": "confirm", "reason": ""})
        assert (refused.status_code, action.claims.get().result) == (422, "waiting")
        taken = signed_in(unit).post(f"{at}take-back/", {"reason": "Typed at the wrong action"}, follow=True)
        assert "Taken back" in words(taken)

    def test_where_nobody_else_can_confirm_the_page_says_who_could(self, action: Action) -> None:
        page = words(signed_in(make_user("unit")).get(f"/actions/{action.reference}/done/"))
        assert "Nobody else can confirm it yet" in page
        assert "the chair of Neglect group or a second person of the business unit" in page

    def test_without_evidence_the_form_says_what_to_do_first(self, owner: Any) -> None:
        bare = old_action(old_plan(), make_agency("Bare"))
        user = make_user("owner", "agency", "bare")
        assert "Add at least one piece of evidence first" in words(
            signed_in(user).get(f"/actions/{bare.reference}/done/")
        )
        assert "Add at least one piece of evidence first" in words(self.say_done(user, bare))
        assert not bare.claims.exists()

    def test_what_stands_on_paper_only_is_said_so(self, action: Action, owner: Any) -> None:
        paper = Import.objects.create(file_name="plan.docx", uploaded_at=NOW, uploaded_by_label="A test")
        services.change_state(action, DeliveryState.COMPLETE, as_at=DAY, import_of=paper, by=BY, now=THEN)
        page = words(signed_in(owner).get(f"/actions/{action.reference}/"))
        assert "complete on paper, not confirmed" in page
        assert "Say that it is done" in page

    def test_the_screens_offer_the_moves_of_the_table_and_no_others(self, action: Action) -> None:
        unit = signed_in(make_user("unit"))
        for state in DeliveryState:
            Action.objects.filter(pk=action.pk).update(state=state)
            form = unit.get(f"/actions/{action.reference}/state/").context["form"]
            offered = {value for value, _ in form.fields["to"].choices}
            page = words(unit.get(f"/actions/{action.reference}/"))
            if any(move.needs_confirmation for move in moves_from(state)):
                assert "Say that it is done" in page
                offered |= {DeliveryState.COMPLETE}
            assert offered == {move.to_state for move in moves_from(state)}

    def test_claims_of_closer_actions_are_not_there_for_others(self, owner: Any) -> None:
        closer = claimable(make_agency("Hospital"), tier=Tier.T2)
        made = claim(closer)
        at = f"/actions/{closer.reference}/done/"
        for address in (at, f"{at}{made.pk}/", f"{at}{made.pk}/take-back/"):
            assert signed_in(owner).get(address).status_code == 404
        assert set(WorkItem.objects.values_list("tier", flat=True)) <= {"T2"}
