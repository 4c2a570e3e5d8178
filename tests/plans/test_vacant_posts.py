"""Posts that nobody holds: read from words, kept with their day, shown, filtered, and asked about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from sightline.access.scope import COMMAND_LINE_SCOPE
from sightline.events.choices import Tier, Unacceptable
from sightline.messages.models import WorkItem
from sightline.plans import services
from sightline.plans.choices import DeliveryState, OwnerRole, PlanState
from sightline.plans.models import Action, ActionOwner
from sightline.plans.reports.printed import export_plan
from sightline.plans.rules.owners import Vacancy, vacancy_in
from sightline.plans.selectors.imports import merge_of, rows_of
from sightline.plans.services import OwnerGiven, imports
from tests.plans.imports.papers import imported, paper, plan_of, uploaded
from tests.plans.making import BY, NOW, TODAY, make_action, make_agency, make_group, make_plan, make_user
from tests.plans.test_views_planning import today
from tests.plans.viewing import old_action, old_plan, signed_in, words

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 3)
DOCTOR = "Designated doctor (vacant since 3 March 2026)"
WHO: dict[str, Any] = {"by": BY, "now": NOW}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Designated doctor (vacant)", Vacancy("Designated doctor")),
        ("Analyst (currently vacant)", Vacancy("Analyst")),
        (" Analyst  (Vacant since 3 Mar 2026) ", Vacancy("Analyst", "3 Mar 2026", MARCH)),
        (DOCTOR, Vacancy("Designated doctor", "3 March 2026", MARCH)),
        ("Analyst (vacant since 31 February 2026)", Vacancy("Analyst", "31 February 2026")),
        ("Analyst (vacant since spring)", Vacancy("Analyst", "spring")),
        ("Designated doctor", None),
        ("(vacant)", None),
        ("Vacant homes team", None),
    ],
)
def test_a_vacant_post_is_read_from_the_words(text: str, found: Vacancy | None) -> None:
    assert vacancy_in(text) == found


def owned(*raws: str, **given: Any) -> Action:
    return make_action(given.pop("plan", None), owners=[OwnerGiven(raw) for raw in raws], **given)


def items() -> list[tuple[str, str]]:
    return list(WorkItem.objects.filter(kind="post_vacant").values_list("for_scope", "sentence"))


def test_the_day_is_the_one_said_else_that_of_the_list() -> None:
    action = owned(DOCTOR, "Analyst (vacant)", as_at=date(2026, 6, 1))
    assert list(action.owners.values_list("raw", "vacant_since")) == [
        (DOCTOR, MARCH),
        ("Analyst (vacant since 1 June 2026)", date(2026, 6, 1)),
    ]
    assert action.current_owner_label == f"{DOCTOR}; Analyst (vacant since 1 June 2026)"
    kept = action.owners_changes.get().owners
    assert [owner["vacant_since"] for owner in kept] == ["2026-03-03", "2026-06-01"]


def test_the_day_stays_when_the_owners_are_saved_again_and_ends_with_somebody() -> None:
    action, police = owned(DOCTOR), make_agency("Police")
    (doctor,) = action.owners.all()
    again = OwnerGiven("Designated doctor (vacant)", doctor.party, OwnerRole.SUPPORT, doctor.vacant_since)
    services.set_owners(action, [again, OwnerGiven(party=police)], as_at=TODAY, **WHO)
    assert [owner.vacant_since for owner in action.owners.all()] == [MARCH, None]
    services.set_owners(action, [OwnerGiven("Designated doctor")], as_at=TODAY, **WHO)
    assert not ActionOwner.objects.exclude(vacant_since=None).exists()
    assert ["vacant_since" in c.owners[0] for c in action.owners_changes.order_by("pk")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("words_of_day", "sentence"), [("spring", "“spring” is no day"), ("1 July 2026", "lies ahead")]
)
def test_a_day_that_is_none_is_refused(words_of_day: str, sentence: str) -> None:
    with pytest.raises(Unacceptable, match=sentence):
        owned(f"Analyst (vacant since {words_of_day})")


def test_the_unit_is_asked_who_answers_while_the_action_is_open() -> None:
    action = owned(DOCTOR, "Police", plan=make_plan(state=PlanState.IN_FORCE))
    assert items() == [("unit", f"Nobody holds this post: {DOCTOR}. Say who answers meanwhile.")]
    services.change_state(action, DeliveryState.CLOSED_OTHER, as_at=TODAY, reason="Not needed", **WHO)
    assert items() == []
    owned(DOCTOR, plan=make_plan(state=PlanState.CLOSED))
    assert items() == []


def test_paper_keeps_its_words_and_comes_back_the_same() -> None:
    row = ("1.1", "Seen", "Analyst (vacant)", "Audit", "", "", "")
    plan = plan_of(imported(paper(row)))
    owner = ActionOwner.objects.get()
    assert (owner.raw, owner.vacant_since) == ("Analyst (vacant)", date(2026, 6, 1))
    assert str(owner) == "Analyst (vacant since 1 June 2026)"
    services.set_owners(plan.actions.get(), [OwnerGiven(DOCTOR)], as_at=TODAY, **WHO)
    sent = export_plan(plan, "docx", user=COMMAND_LINE_SCOPE, by=BY, on=TODAY)
    upload = uploaded(sent, "docx", plan=plan)
    assert merge_of(upload, plan, rows_of(upload).kept).changes_nothing
    elsewhere = plan_of(imported(sent, "docx", plan_name="Elsewhere"))
    assert elsewhere.actions.get().owners.get().vacant_since == MARCH


def test_withdrawing_a_paper_brings_the_vacant_post_back() -> None:
    row = ("1.1", "Seen", DOCTOR, "Audit", "", "", "")
    plan = plan_of(imported(paper(row)))
    new, july = paper((*row[:2], "Police", *row[3:])), datetime(2026, 7, 15, 9, tzinfo=UTC)
    upload = uploaded(new, plan=plan, as_at=date(2026, 7, 1), now=july)
    later = imports.confirm(upload, by=BY, now=july)
    assert ActionOwner.objects.get().vacant_since is None
    imports.withdraw(later, by=BY, now=july)
    assert ActionOwner.objects.get().vacant_since == MARCH


class TestScreens:
    @pytest.fixture
    def unit(self) -> Any:
        return signed_in(make_user("unit"))

    def test_it_is_typed_with_the_owners_and_shown(self, unit: Any) -> None:
        action = old_action(old_plan())
        home = f"/actions/{action.reference}/"
        typed = {
            "lead": "Designated doctor (vacant since 3 March 2020)",
            "support": "",
            "seen": "1",
            **today(),
        }
        assert unit.post(f"{home}owners/", typed).status_code == 302
        page = words(unit.get(home))
        assert "Designated doctor (vacant since 3 March 2020)" in page
        assert "Nobody holds this post" in page
        form = unit.get(f"{home}owners/").context["form"]
        assert form["lead"].value() == typed["lead"]
        wrong = unit.post(f"{home}owners/", typed | {"lead": "Doctor (vacant since spring)", "seen": "2"})
        assert "“spring” is no day" in words(wrong)

    def test_the_lists_are_narrowed_to_vacant_posts(self) -> None:
        plan = old_plan(make_group("Health group"))
        post = [OwnerGiven("Nurse (vacant)")]
        old_action(plan, text="Seen by all", owners=post)
        old_action(plan, text="Held by somebody", owners=[OwnerGiven("Nurse")])
        old_action(plan, text="Closer kept", owners=post, tier=Tier.T2)
        reader = signed_in(make_user("owner", "agency", "elsewhere"))
        for address in ("/actions/", f"/plans/{plan.key}/"):
            page = words(reader.get(f"{address}?owner=vacant"))
            assert "Seen by all" in page
            assert "Held by somebody" not in page
            assert "Closer kept" not in page
            assert "Closer kept" in words(signed_in(make_user("unit")).get(f"{address}?owner=vacant"))
