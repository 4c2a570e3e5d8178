"""What needs whom: the work items that services keep."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sightline.events.models import Entry
from sightline.messages.models import WorkItem
from sightline.plans import services
from sightline.plans.choices import (
    TimescaleKind,
)
from sightline.plans.models import Action, Import
from sightline.plans.services import TimescaleGiven
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
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
TOMORROW = date(2026, 6, 16)


def last_entry() -> Entry:
    entry = Entry.objects.order_by("pk").last()
    assert entry
    return entry


def fresh(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def an_import() -> Import:
    return Import.objects.create(file_name="plan.docx", uploaded_at=NOW, uploaded_by_label="A test")


class TestWorkItems:
    def items(self) -> set[tuple[str, str, str]]:
        rows = WorkItem.objects.filter(subject_model="action")
        return set(rows.values_list("for_scope", "kind", "sentence"))

    def test_an_overdue_action_asks_each_owner(self) -> None:
        user = make_user()
        police, panel = make_agency("Police"), make_group("Audit panel")
        make_action(None, police, panel, make_person(None, user), due="2026-06-10")
        said = ("overdue", "It was due on 10 June 2026.")
        assert self.items() == {
            ("agency:police", *said),
            ("group:audit-panel", *said),
            (f"user:{user.pk}", *said),
        }

    def test_who_has_no_account_is_asked_through_their_agency_and_else_the_unit_is(self) -> None:
        make_action(None, make_person(make_agency("Police")), due="2026-06-10")
        make_action(None, make_person(), due="2026-06-10")
        make_action(None, due="2026-06-10")
        asked = WorkItem.objects.filter(subject_model="action").values_list("for_scope", flat=True)
        assert sorted(asked) == ["agency:police", "unit", "unit"]

    def test_only_the_most_pressing_thing_is_asked(self) -> None:
        make_action(None, make_agency("Police"), due="2026-01-10", as_at=date(2026, 1, 6))
        assert [kind for _, kind, _ in self.items()] == ["overdue"]

    def test_a_review_is_asked_for_before_and_after_its_day(self) -> None:
        def review(on: str) -> TimescaleGiven:
            return TimescaleGiven(TimescaleKind.REVIEW, [on])

        make_action(timescale=review("2026-06-14"))
        make_action(timescale=review("2026-07-13"))
        make_action(timescale=review("2026-07-14"))
        assert self.items() == {
            ("unit", "review_due", "A review was due on 14 June 2026."),
            ("unit", "review_due", "A review is due on 13 July 2026."),
        }

    def test_silence_asks_for_an_update_and_an_update_answers_it(self) -> None:
        action = make_action(None, make_agency("Police"), as_at=date(2026, 1, 6))
        assert self.items() == {
            ("agency:police", "update_wanted", "No update has come yet. Say how it stands.")
        }
        services.record_update(action, "Begun", as_at=date(2026, 2, 1), **WHO)
        assert {s for _, _, s in self.items()} == {
            "The last update is of 1 February 2026. Say how it stands."
        }
        services.record_update(action, "Going on", as_at=TODAY, **WHO)
        assert self.items() == set()

    def test_new_owners_are_asked_and_former_ones_no_more(self) -> None:
        action = make_action(None, make_agency("Police"), due="2026-06-10")
        services.set_owners(action, [services.OwnerGiven(party=make_agency("Health"))], as_at=TODAY, **WHO)
        assert {scope for scope, _, _ in self.items()} == {"agency:health"}

    def test_the_unit_is_told_of_a_plans_exceptions(self) -> None:
        plan = make_plan()
        first = make_action(plan, due="2026-06-10")
        item = WorkItem.objects.get(subject_model="plan")
        assert (item.for_scope, item.sentence) == ("unit", "Some of its actions need looking at.")
        assert item.url == "/reports/exceptions/?plan=children-first"
        second, later = (
            make_action(plan, due="2026-06-10"),
            TimescaleGiven(TimescaleKind.BY_DATE, ["2026-07-31"]),
        )
        services.revise_timescale(first, 1, later, reason="x", as_at=TODAY, **WHO)
        assert WorkItem.objects.get(subject_model="plan") == item
        services.revise_timescale(second, 1, later, reason="x", as_at=TODAY, **WHO)
        assert not WorkItem.objects.filter(subject_model="plan").exists()

    def test_days_pass_and_the_daily_refresh_notices(self) -> None:
        action = make_action(None, make_agency("Police"), due="2026-06-20")
        assert (fresh(action).current_exceptions, self.items()) == ("", set())
        assert services.refresh_all(now=NOW + timedelta(days=6)) == 1
        assert fresh(action).current_exceptions == ",overdue,"
        assert self.items() == {("agency:police", "overdue", "It was due on 20 June 2026.")}
