"""What is said of a recommendation by those it is addressed to, as rows that are never overwritten."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sightline.events.choices import StaleRecord, Unacceptable
from sightline.events.models import Entry
from sightline.messages.models import WorkItem
from sightline.partners.models import Partnership
from sightline.partners.services import remember_alias
from sightline.plans import services
from sightline.plans.choices import Acceptance, EvidenceQuarter, LedgerKind, ReceivedHow, Step
from sightline.plans.models import Addressee, LedgerLine, LikeWord
from sightline.plans.services.ledger import refresh_all_ledgers
from sightline.plans.services.likeness import gather_words
from tests.plans.ledger.asking import DAY, PUBLISHED, addressee_of, ask_for, make_source, said
from tests.plans.making import BY, NOW, TODAY, make_agency, make_group, make_person

pytestmark = pytest.mark.django_db


def names(recommendation: Any) -> list[tuple[str, str, bool, date | None]]:
    rows = recommendation.addressees.select_related("agency", "group").order_by("order", "pk")
    return [(a.raw, str(a.party or ""), a.is_partnership, a.gone_on) for a in rows]


class TestAddressees:
    def test_printed_words_are_matched_where_a_name_is_known_and_kept_where_not(self) -> None:
        Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP")
        police = make_agency("Wealdshire Police")
        make_group("Neglect Group")
        remember_alias("the Force", police, by=BY)
        made = ask_for(None, "The  Force", "Neglect Group", "Borough Councils", "the WSCP", "The Force")
        assert names(made) == [
            ("The Force", "Wealdshire Police", False, None),
            ("Neglect Group", "Neglect Group", False, None),
            ("Borough Councils", "", False, None),
            ("the WSCP", "", True, None),
        ]

    def test_a_person_stands_for_their_agency(self) -> None:
        person = make_person(make_agency("Police"))
        assert names(ask_for(None, person.name))[0][1] == "Police"

    def test_nobody_named_is_a_row_of_its_own_so_that_no_ledger_misses_it(self) -> None:
        assert names(ask_for()) == [("", "", False, None)]
        assert str(addressee_of(ask_for())) == "Nobody is named"

    def test_those_it_is_no_longer_addressed_to_stay_where_something_was_said(self) -> None:
        make_agency("Police")
        made = ask_for(None, "Police", "ICB")
        services.accept(addressee_of(made, "Police"), Acceptance.YES, said(), by=BY, now=NOW)
        services.edit_recommendation(made, 1, {"addressed_to": ["Schools"]}, by=BY, now=NOW)
        assert names(made) == [("Police", "Police", False, TODAY), ("Schools", "", False, None)]
        assert addressee_of(made, "Police").current_due_on is None
        services.edit_recommendation(made, 2, {"addressed_to": ["Police"]}, by=BY, now=NOW)
        assert names(made) == [("Police", "Police", False, None)]
        assert addressee_of(made).current_acceptance == "yes"

    def test_a_row_never_comes_to_speak_for_another_party(self) -> None:
        make_agency("Police")
        made = ask_for(None, "Police", "ICB")
        before = {row.raw: row.pk for row in made.addressees.all()}
        services.edit_recommendation(made, 1, {"addressed_to": ["Schools", "ICB"]}, by=BY, now=NOW)
        after = {row.raw: row.pk for row in made.addressees.all()}
        assert (set(after), after["ICB"]) == ({"Schools", "ICB"}, before["ICB"])
        assert after["Schools"] not in before.values()

    def test_an_addressee_is_one_party(self) -> None:
        made = ask_for()
        with pytest.raises(IntegrityError), transaction.atomic():
            Addressee.objects.create(recommendation=made, raw="x", agency=make_agency(), group=make_group())


class TestAcceptance:
    def test_it_is_kept_with_who_when_and_how_and_the_journal_says_so(self) -> None:
        addressee = addressee_of(ask_for(None, "Police"))
        why = said("We have no power to do so.", said_by="Chief", received_how=ReceivedHow.EMAIL)
        line = services.accept(addressee, Acceptance.NO, why, by=BY, now=NOW)
        assert (line.acceptance, line.public, line.said_by, line.received_how, line.as_at, line.recorded_at) == (
            "no", ["We have no power to do so."], "Chief", "email", DAY, NOW,
        )  # fmt: skip
        addressee.refresh_from_db()
        assert (addressee.current_acceptance, addressee.current_due_on) == ("no", None)
        entry = Entry.objects.get(type="plans.recommendation_accepted")
        assert json.loads(entry.after)["acceptance"] == "no"

    def test_the_last_day_counts_whenever_it_was_typed(self) -> None:
        addressee = addressee_of(ask_for(None, "Police"))
        services.accept(addressee, Acceptance.YES, said(on=date(2026, 6, 2)), by=BY, now=NOW)
        services.accept(addressee, Acceptance.PARTLY, said("Half", on=DAY), by=BY, now=NOW)
        addressee.refresh_from_db()
        assert (addressee.current_acceptance, addressee.lines.count()) == ("yes", 2)

    @pytest.mark.parametrize("value", [Acceptance.PARTLY, Acceptance.NO])
    def test_less_than_yes_owes_a_reason(self, value: Acceptance) -> None:
        with pytest.raises(Unacceptable, match="why it is not accepted"):
            services.accept(addressee_of(ask_for()), value, said(), by=BY, now=NOW)

    def test_no_day_ahead(self) -> None:
        with pytest.raises(Unacceptable, match="lies ahead"):
            services.accept(
                addressee_of(ask_for()), Acceptance.YES, said(on=date(2026, 7, 1)), by=BY, now=NOW
            )


class TestResponses:
    def test_a_printed_response_is_one_of_all_it_names(self) -> None:
        made = ask_for(None, "Police", "ICB", response=["We agree.", "We act."], as_at=DAY)
        line = LedgerLine.objects.get()
        assert (line.kind, line.addressee, line.public, line.as_at) == (
            LedgerKind.RESPONSE, None, ["We agree.", "We act."], DAY,
        )  # fmt: skip
        assert made.response == ["We agree.", "We act."]

    def test_a_response_that_is_changed_is_kept(self) -> None:
        made = ask_for(None, "Police", response=["We agree."])
        first = LedgerLine.objects.get()
        new = services.respond(
            made, None, said("We act.", private=["Slowly."]), replaces=first, by=BY, now=NOW
        )
        assert [(x.public, x.replaces) for x in LedgerLine.objects.order_by("pk")] == [
            (["We agree."], None),
            (["We act."], first),
        ]
        assert new.private == ["Slowly."]
        with pytest.raises(StaleRecord):
            services.respond(made, None, said("We wait."), replaces=first, by=BY, now=NOW)

    def test_one_addressee_may_answer_alone_and_an_empty_answer_is_none(self) -> None:
        made = ask_for(None, "Police")
        line = services.respond(made, addressee_of(made), said("Ours."), by=BY, now=NOW)
        assert str(line.addressee) == "Police"
        with pytest.raises(Unacceptable):
            services.respond(made, None, said(" "), by=BY, now=NOW)


class TestProgress:
    def test_it_is_owed_at_six_twelve_and_twenty_four_months(self) -> None:
        addressee = addressee_of(ask_for(None, "Police"))
        due = [(addressee.current_due_months, addressee.current_due_on)]
        for months in (6, None, 12, 24):
            services.report_progress(addressee, months, said("So far."), by=BY, now=NOW)
            addressee.refresh_from_db()
            due.append((addressee.current_due_months, addressee.current_due_on))
        assert due == [
            (6, date(2025, 9, 30)),
            (12, date(2026, 3, 31)),
            (12, date(2026, 3, 31)),
            (24, date(2027, 3, 31)),
            (None, None),
        ]
        assert addressee.current_progress_on == DAY

    def test_a_time_nobody_asks_for_is_refused(self) -> None:
        with pytest.raises(Unacceptable, match="Choose one of the times"):
            services.report_progress(addressee_of(ask_for()), 7, said("So far."), by=BY, now=NOW)

    def test_days_pass(self) -> None:
        ask_for(make_source(published_on=date(2026, 4, 1)), "Police")
        assert not WorkItem.objects.exists()
        later = NOW.replace(month=10, day=2)
        assert refresh_all_ledgers(now=later) == 1
        assert WorkItem.objects.get().sentence.startswith(
            "Progress on 1 recommendation is overdue: it was due on 1 October 2026."
        )

    def test_a_day_of_publication_that_is_corrected_moves_what_is_owed(self) -> None:
        source = make_source(published_on=None)
        addressee = addressee_of(ask_for(source, "Police"))
        assert addressee.current_due_on is None
        services.edit_source(source, 1, {"published_on": PUBLISHED}, by=BY, now=NOW)
        addressee.refresh_from_db()
        assert addressee.current_due_on == date(2025, 9, 30)


class TestTheLadder:
    def test_steps_are_climbed_and_fallen_back_from_and_all_are_kept(self) -> None:
        addressee = addressee_of(ask_for(None, "Police"))
        for step, quarter in ((Step.TOLD, None), (Step.SEEN, EvidenceQuarter.AUDIT), (Step.CHANGED, None)):
            services.take_step(addressee, step, said("Shown."), quarter=quarter, by=BY, now=NOW)
        addressee.refresh_from_db()
        assert (addressee.current_step, addressee.current_highest_step) == (Step.CHANGED, Step.SEEN)
        assert [line.step for line in addressee.lines.all()] == [1, 3, 2]
        entries = Entry.objects.filter(type="plans.step_recorded").order_by("pk")
        told = [(json.loads(entry.before)["step"], json.loads(entry.after)["step"]) for entry in entries]
        assert told == [(0, 1), (1, 3), (3, 2)]

    def test_impact_needs_its_kind_of_evidence(self) -> None:
        addressee = addressee_of(ask_for())
        with pytest.raises(Unacceptable, match="counts as impact"):
            services.take_step(addressee, Step.SHOWN, said("Better."), by=BY, now=NOW)
        line = services.take_step(addressee, Step.TOLD, said("Told."), by=BY, now=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerLine.objects.filter(pk=line.pk).update(step=Step.SEEN)

    def test_evidence_stands_by_itself_too(self) -> None:
        line = services.show_evidence(
            addressee_of(ask_for()), EvidenceQuarter.CHILDREN, said("They say so."), by=BY, now=NOW
        )
        assert (line.kind, line.quarter) == ("evidence", "children")
        with pytest.raises(Unacceptable):
            services.show_evidence(addressee_of(ask_for()), EvidenceQuarter.DATA, said(), by=BY, now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "acceptance"},
        {"kind": "response", "months": 6},
        {"kind": "evidence"},
        {"kind": "step", "acceptance": "yes"},
        {"kind": "progress", "addressee": None},
    ],
)
def test_a_line_says_what_its_kind_says(wrong: dict[str, Any]) -> None:
    made = ask_for()
    columns = {
        "recommendation": made,
        "addressee": addressee_of(made),
        "as_at": DAY,
        "recorded_at": NOW,
    } | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerLine.objects.create(**columns)


class TestEditing:
    def test_words_are_changed_under_their_version_and_found_by_the_new_ones(self) -> None:
        made = ask_for(text="Meet fathers")
        services.edit_recommendation(made, 1, {"text": "See babies", "number": "2"}, by=BY, now=NOW)
        assert (made.text, made.number, made.version) == ("See babies", "2", 2)
        gather_words()
        assert set(LikeWord.objects.values_list("word", flat=True)) == {"see", "babi"}
        with pytest.raises(StaleRecord):
            services.edit_recommendation(made, 1, {"text": "Wait"}, by=BY, now=NOW)

    @pytest.mark.parametrize("field", ["text", "number"])
    def test_neither_words_nor_number_may_be_empty(self, field: str) -> None:
        with pytest.raises(Unacceptable):
            services.edit_recommendation(ask_for(), 1, {field: " "}, by=BY, now=NOW)
