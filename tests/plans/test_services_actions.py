"""Actions: what is promised, by whom, by when. History is kept, and so is whoever saved first."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sightline.events.choices import StaleRecord, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.choices import DeliveryState, OwnerRole, ReferenceKind, SourceKind, TimescaleKind
from sightline.plans.models import Action
from sightline.plans.services import OwnerGiven, ReferenceGiven, SourceGiven, TimescaleGiven
from sightline.plans.services.references import keep_reference, next_references, number_in
from tests.plans.making import (
    BY,
    NOW,
    TODAY,
    make_action,
    make_agency,
    make_group,
    make_person,
    make_plan,
    make_user,
)

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}


def last_entry() -> Entry:
    entry = Entry.objects.order_by("pk").last()
    assert entry
    return entry


class TestAdding:
    def test_an_action_has_a_stable_reference_of_its_own(self) -> None:
        plan = make_plan()
        assert [make_action(plan).reference for _ in range(3)] == ["SL-00001", "SL-00002", "SL-00003"]

    def test_a_reference_brought_back_by_a_file_is_not_given_out_again(self) -> None:
        plan = make_plan()
        assert make_action(plan, reference="SL-00041").reference == "SL-00041"
        assert make_action(plan).reference == "SL-00042"
        assert make_action(plan, reference="SL-00007").reference == "SL-00007"
        assert make_action(plan).reference == "SL-00043"

    def test_references_of_deleted_actions_do_not_return(self) -> None:
        plan = make_plan()
        make_action(plan).delete()
        assert make_action(plan).reference == "SL-00002"

    def test_references_are_given_out_in_blocks(self) -> None:
        assert next_references(3) == ["SL-00001", "SL-00002", "SL-00003"]
        assert next_references() == ["SL-00004"]
        assert (number_in("SL-123456"), number_in("SL-1"), number_in("1.1")) == (123456, None, None)
        with pytest.raises(ValueError, match="no reference"):
            keep_reference("1.1")

    def test_everything_printed_beside_an_action_is_kept(self) -> None:
        plan, police, panel = make_plan(), make_agency("Police"), make_group("Audit panel")
        source = services.create_source("A review", SourceKind.REVIEW, **WHO)
        asked = services.create_recommendation(source, number="4", text="Audit it", **WHO)
        priority = services.add_priority(plan, number="1", title="Early help", **WHO)
        target = make_action(plan)
        action = make_action(
            plan,
            numbers=["2.11", "3.2"],
            priority=priority,
            owners=[
                OwnerGiven("Police", police),
                OwnerGiven("the panel", panel, OwnerRole.SUPPORT),
                OwnerGiven("AQ"),
            ],
            sources=[SourceGiven("Rec. 4", source, asked), SourceGiven("106")],
            references=[ReferenceGiven(ReferenceKind.SAME_PLAN, "1.1", target=target)],
            timescale=TimescaleGiven(
                TimescaleKind.BY_DATE, ["2026-09-30", "2026-12"], "By 30 September and December"
            ),
            other={"Cost": "£300"},
            raw={"owners": "Police / the panel / AQ"},
        )
        assert [number.text for number in action.numbers.all()] == ["2.11", "3.2"]
        assert action.current_number_label == "2.11, 3.2"
        assert action.current_owner_label == "Police; AQ; Audit panel (support)"
        assert [str(link) for link in action.sources.all()] == ["A review: 4", "106"]
        assert str(action.references.get()) == "1.1"
        assert action.references.get().target == target
        timescale = action.timescales.get()
        assert (timescale.starts_on, timescale.due_on) == (date(2026, 9, 30), date(2026, 12, 31))
        assert (action.current_due_on, action.current_timescale_label) == (
            date(2026, 12, 31),
            "By 30 September and December",
        )
        assert action.owners_changes.get().owners[1]["key"] == "audit-panel"
        assert (action.other, action.raw["owners"]) == ({"Cost": "£300"}, "Police / the panel / AQ")

    def test_a_number_may_stand_twice(self) -> None:
        plan = make_plan()
        assert make_action(plan).current_number_label == make_action(plan).current_number_label == "1.1"

    def test_an_action_begins_with_its_plan_or_with_the_day_it_is_spoken_of(self) -> None:
        assert make_action(make_plan(starts_on=date(2026, 4, 1))).opened_on == date(2026, 4, 1)
        assert make_action(make_plan(starts_on=date(2026, 7, 1))).opened_on == date(2026, 6, 1)
        assert make_action().opened_on == date(2026, 6, 1)
        assert make_action(opened_on=date(2025, 1, 1)).opened_on == date(2025, 1, 1)

    def test_its_first_state_is_history(self) -> None:
        action = make_action(state=DeliveryState.COMPLETE)
        change = action.state_changes.get()
        assert (change.from_state, change.to_state, change.as_at) == ("", "complete", date(2026, 6, 1))
        assert (action.current_state_since, action.is_open) == (date(2026, 6, 1), False)

    def test_it_stands_after_the_others_unless_told_where(self) -> None:
        plan = make_plan()
        assert [make_action(plan).order, make_action(plan, order=7).order, make_action(plan).order] == [
            0,
            7,
            8,
        ]

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"text": " "}, "text"),
            ({"due": "2026-02-30"}, "timescale"),
            ({"as_at": date(2026, 6, 16)}, "as_at"),
        ],
    )
    def test_what_cannot_be_an_action_is_refused_whole(self, values: dict[str, Any], field: str) -> None:
        plan = make_plan()
        entries = Entry.objects.count()
        with pytest.raises(Unacceptable) as refused:
            make_action(plan, **values)
        assert set(refused.value.problems) == {field}
        assert (Action.objects.count(), Entry.objects.count()) == (0, entries)

    def test_the_journal_says_what_was_added(self) -> None:
        make_action(None, make_agency("Police"))
        entry = last_entry()
        assert entry.type == "plans.action_added"
        assert json.loads(entry.after) == {
            "numbers": ["1.1"],
            "owners": ["Police"],
            "plan": "children-first",
            "state": "not_started",
            "text": "Audit every re-referral",
        }

    def test_who_entered_it_is_kept(self) -> None:
        user = make_user("unit")
        plan = make_plan()
        action = services.add_action(
            plan, services.ActionGiven("Train all"), as_at=TODAY, by=user.actor, now=NOW
        )
        change = action.state_changes.get()
        assert (change.entered_by, change.entered_by_label, change.recorded_at) == (user, user.name, NOW)


class TestEditing:
    def test_words_and_numbers_change_under_one_version(self) -> None:
        action = make_action()
        services.edit_action(action, 1, {"text": "Audit half"}, numbers=["1.1a"], reason="Agreed", **WHO)
        action.refresh_from_db()
        assert (action.text, action.version, action.current_number_label) == ("Audit half", 2, "1.1a")
        entry = last_entry()
        assert json.loads(entry.before) == {"text": "Audit every re-referral", "numbers": ["1.1"]}
        assert json.loads(entry.after) == {"text": "Audit half", "numbers": ["1.1a"]}
        assert entry.reason == "Agreed"

    def test_somebody_elses_words_are_never_overwritten_unseen(self) -> None:
        action = make_action()
        mine, theirs = Action.objects.get(pk=action.pk), Action.objects.get(pk=action.pk)
        services.edit_action(theirs, 1, {"text": "Theirs"}, **WHO)
        with pytest.raises(StaleRecord):
            services.edit_action(mine, 1, {"text": "Mine"}, **WHO)
        assert Action.objects.get().text == "Theirs"

    def test_sources_are_replaced(self) -> None:
        action = make_action(sources=[SourceGiven("106")])
        services.edit_action(action, 1, {}, sources=[SourceGiven("107"), SourceGiven("108")], **WHO)
        assert [str(link) for link in action.sources.all()] == ["107", "108"]
        assert json.loads(last_entry().before) == {"sources": ["106"]}

    def test_the_same_again_changes_nothing(self) -> None:
        action = make_action(sources=[SourceGiven("106")])
        number = last_entry().pk
        services.edit_action(
            action, 1, {}, numbers=["1.1"], sources=[SourceGiven("106")], refresh=False, **WHO
        )
        assert last_entry().pk == number

    def test_an_empty_text_is_refused(self) -> None:
        with pytest.raises(Unacceptable):
            services.edit_action(make_action(), 1, {"text": ""}, **WHO)

    def test_an_action_is_never_less_sensitive_than_its_plan(self) -> None:
        action = make_action(make_plan(tier=Tier.T2))
        services.edit_action(action, 1, {"tier": Tier.T1}, **WHO)
        assert action.tier == "T2"

    def test_history_columns_are_not_edited(self) -> None:
        with pytest.raises(TypeError, match="state"):
            services.edit_action(make_action(), 1, {"state": "complete"}, **WHO)


class TestOwners:
    def test_owners_change_from_a_day_and_who_did_before_is_kept(self) -> None:
        police, health = make_agency("Police"), make_agency("Health")
        action = make_action(None, police)
        services.set_owners(
            action, [OwnerGiven("NHS", health)], as_at=TODAY, version=1, reason="She left", **WHO
        )
        action.refresh_from_db()
        assert (action.current_owner_label, action.version) == ("Health", 2)
        assert [[o["name"] for o in change.owners] for change in action.owners_changes.all()] == [
            ["Police"],
            ["Health"],
        ]
        entry = last_entry()
        assert (json.loads(entry.before), entry.reason) == ({"owners": ["Police"]}, "She left")

    def test_owners_set_by_somebody_else_are_not_overwritten_unseen(self) -> None:
        action = make_action()
        services.set_owners(action, [], as_at=TODAY, version=1, **WHO)
        with pytest.raises(StaleRecord):
            services.set_owners(action, [], as_at=TODAY, version=1, **WHO)

    def test_owners_may_be_kept_as_words(self) -> None:
        action = make_action(None, make_agency("Police"), make_person())
        services.set_owners(action, [OwnerGiven("AQ")], as_at=TODAY, refresh=False, **WHO)
        assert str(action.owners.get()) == "AQ"
        assert action.owners.get().party is None

    def test_owners_are_not_set_for_tomorrow(self) -> None:
        with pytest.raises(Unacceptable):
            services.set_owners(make_action(), [], as_at=date(2026, 6, 16), **WHO)


class TestTimescales:
    def revise(self, action: Action, version: int, printed: str, **values: Any) -> Any:
        given = TimescaleGiven(TimescaleKind.BY_DATE, [printed], f"By {printed}")
        return services.revise_timescale(
            action, version, given, **{"reason": "No analyst", "as_at": TODAY, **WHO, **values}
        )

    def test_a_revision_links_what_it_revises_and_counts_as_a_slip(self) -> None:
        action = make_action(due="2026-06-30")
        first = action.timescales.get()
        second = self.revise(action, 1, "2026-09-30")
        third = self.revise(action, 2, "2026-12-31")
        assert (second.revises, third.revises) == (first, second)
        action.refresh_from_db()
        assert (action.current_due_on, action.current_slips, action.version) == (date(2026, 12, 31), 2, 3)
        assert action.current_exceptions == ",slipped_twice,"
        assert json.loads(last_entry().before) == {"timescale": "By 2026-09-30", "due_on": "2026-09-30"}

    def test_an_earlier_date_is_no_slip(self) -> None:
        action = make_action(due="2026-06-30")
        self.revise(action, 1, "2026-06-20", refresh=False)
        services.refresh_current(action, now=NOW)
        assert (action.current_due_on, action.current_slips) == (date(2026, 6, 20), 0)

    def test_a_first_timescale_needs_no_reason_a_revision_does(self) -> None:
        action = make_action()
        assert self.revise(action, 1, "2026-09-30", reason="").revises is None
        with pytest.raises(Unacceptable) as refused:
            self.revise(action, 2, "2026-10-30", reason=" ")
        assert refused.value.problems == {"reason": "Say why the timescale changes."}
        action.refresh_from_db()
        assert (action.version, action.timescales.count()) == (2, 1)

    def test_a_revision_is_not_of_a_day_before_the_one_in_force(self) -> None:
        action = make_action(due="2026-06-30")
        with pytest.raises(Unacceptable) as refused:
            self.revise(action, 1, "2026-09-30", as_at=date(2026, 5, 31))
        assert refused.value.problems == {
            "as_at": "The timescale in force is of 1 June 2026. Give that day or a later one."
        }

    def test_somebody_elses_revision_is_not_overwritten_unseen(self) -> None:
        action = make_action(due="2026-06-30")
        self.revise(action, 1, "2026-09-30")
        with pytest.raises(StaleRecord):
            self.revise(action, 1, "2026-10-31")
        assert action.timescales.count() == 2


def test_a_service_knows_the_day_where_the_partnership_is() -> None:
    late_evening = datetime(2026, 6, 15, 23, 30, tzinfo=UTC)
    action = make_action()
    services.record_update(action, "After midnight", as_at=date(2026, 6, 16), by=BY, now=late_evening)
    action.refresh_from_db()
    assert action.current_update_on == date(2026, 6, 16)
