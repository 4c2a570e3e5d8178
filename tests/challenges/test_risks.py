"""A risk is scored in rows that stay, reviewed in a cycle, treated by controls, and closed with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sightline.challenges.choices import RiskDeed, RiskOutcome, RiskState, Scored
from sightline.challenges.models import Risk, RiskControl, RiskStep
from sightline.challenges.rules.scoring import Score
from sightline.challenges.selectors.risks import cells_now, scored_by
from sightline.challenges.services import edit_risk, refresh_work
from sightline.events.choices import SYSTEM, StaleRecord, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.messages.models import WorkItem
from sightline.partners.models import Person
from tests.access.people import World, enter, world
from tests.challenges.making import RAISED, SCORES, make_risk, risk_done

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def made() -> World:
    return world()


def test_every_scoring_stays_and_the_newest_by_its_day_counts(made: World) -> None:
    found = make_risk(made.agency)
    found = risk_done(found, RiskDeed.REVIEW, score=Score(4, 5), as_at=date(2026, 8, 1))
    assert (found.current_residual, found.current_before, found.current_review_on) == (
        20,
        12,
        date(2026, 11, 1),
    )
    # Told later, of an earlier day: it stands in the history, and the newer one counts still.
    found = risk_done(
        found, RiskDeed.REVIEW, score=Score(2, 2), as_at=date(2026, 7, 1), review_on=date(2026, 12, 1)
    )
    assert (found.current_residual, found.current_before, found.current_scored_on) == (
        20,
        4,
        date(2026, 8, 1),
    )
    found = risk_done(found, RiskDeed.SCORE, of=Scored.TARGET, score=Score(1, 4))
    assert (found.current_target, found.current_inherent, found.current_residual) == (4, 16, 20)
    rows = RiskStep.objects.exclude(of="").order_by("pk").values_list("of", "likelihood", "impact")
    assert list(rows) == [
        ("inherent", 4, 4), ("residual", 3, 4), ("target", 2, 3), ("residual", 4, 5), ("residual", 2, 2),
        ("target", 1, 4),
    ]  # fmt: skip
    assert Entry.objects.filter(subject_app="challenges").count() == 4


def test_the_trend_is_a_picture_with_every_number_in_its_table(client: Client, made: World) -> None:
    found = make_risk(made.agency)
    enter(client, made.people["unit"])
    assert "sl-chart" not in client.get(f"/risks/{found.pk}/").text
    found = risk_done(found, RiskDeed.SCORE, of=Scored.TARGET, score=Score(1, 4), as_at=date(2026, 7, 1))
    found = risk_done(found, RiskDeed.REVIEW, score=Score(2, 4), as_at=date(2026, 8, 1))
    page = client.get(f"/risks/{found.pk}/")
    assert [(each.score.number, each.target, each.inherent) for each in page.context["page"].scorings] == [
        (8, 4, 16),
        (12, 6, 16),
    ]
    assert "Residual: 12 in 1 Jun 26, 8 in 1 Aug 26." in page.context["page"].picture


def test_a_control_is_planned_in_place_and_ended_with_a_reason(made: World) -> None:
    found = risk_done(make_risk(made.agency), RiskDeed.CONTROL, "Recruit abroad", is_planned=True)
    bank, planned = RiskControl.objects.order_by("pk")
    assert [bank.state, planned.state] == ["in-place", "planned"]
    with pytest.raises(Unacceptable, match="Choose one of the controls"):
        risk_done(found, RiskDeed.IN_PLACE, control=bank)
    found = risk_done(found, RiskDeed.IN_PLACE, "Two began", control=planned)
    risk_done(found, RiskDeed.END_CONTROL, "Too dear", control=bank)
    assert sorted(RiskControl.objects.values_list("text", "state")) == [
        ("A bank of nurses", "ended"), ("Recruit abroad", "in-place"),
    ]  # fmt: skip
    assert list(bank.steps.values_list("deed", "text")) == [
        ("control", "A bank of nurses"), ("end-control", "Too dear"),
    ]  # fmt: skip


def test_a_control_of_another_risk_is_not_touched(made: World) -> None:
    one, other = make_risk(made.agency), make_risk(made.agency)
    with pytest.raises(Unacceptable, match="Choose one of the controls"):
        risk_done(one, RiskDeed.END_CONTROL, control=other.controls.get())
    assert other.controls.get().state == "in-place"


def test_it_closes_with_why_and_opens_again(made: World) -> None:
    found = make_risk(made.agency)
    with pytest.raises(Unacceptable, match="as what"):
        risk_done(found, RiskDeed.CLOSE)
    found = risk_done(found, RiskDeed.CLOSE, "All posts are filled", outcome=RiskOutcome.TREATED)
    assert (found.state, found.current_closed_on, found.current_review_on) == (RiskState.CLOSED, RAISED, None)
    with pytest.raises(Unacceptable, match="The risk is closed"):
        risk_done(found, RiskDeed.REVIEW, score=Score(1, 1))
    found = risk_done(found, RiskDeed.REOPEN, "Three left", review_on=date(2026, 7, 1))
    assert (found.state, found.current_outcome, found.current_review_on) == ("open", "", date(2026, 7, 1))


def test_what_is_missing_or_of_a_wrong_day_is_refused_and_nothing_is_kept(made: World) -> None:
    found = make_risk(made.agency)
    ahead = timezone.localdate() + timedelta(days=1)
    for sentence, given in (
        ("in a sentence", {"text": " ", "score": Score(1, 1)}),
        ("likelihood and an impact", {"score": Score(6, 1)}),
        ("likelihood and an impact", {}),
        ("lies ahead", {"score": Score(1, 1), "as_at": ahead}),
        ("1 June 2026", {"score": Score(1, 1), "as_at": date(2026, 5, 31)}),
        ("lies after", {"score": Score(1, 1), "review_on": RAISED}),
    ):
        with pytest.raises(Unacceptable, match=sentence):
            risk_done(found, RiskDeed.REVIEW, **given)
    with pytest.raises(Unacceptable, match="what may happen"):
        make_risk(made.agency, event="  ")
    assert (Risk.objects.count(), RiskStep.objects.count()) == (1, 5)


def test_the_second_of_two_is_told(made: World) -> None:
    found = make_risk(made.agency)
    risk_done(found, RiskDeed.REVIEW, score=Score(1, 1))
    with pytest.raises(StaleRecord):
        risk_done(found, RiskDeed.REVIEW, score=Score(5, 5))
    with pytest.raises(StaleRecord):
        edit_risk(found, found.version, {}, by=SYSTEM, now=timezone.now())
    assert Risk.objects.get().current_residual == 1


def test_a_review_waits_for_its_owner_when_it_is_due_and_for_the_unit_where_there_is_nobody(
    made: World,
) -> None:
    def waits() -> set[str]:
        return set(WorkItem.objects.filter(kind="risk_review").values_list("for_scope", flat=True))

    today = timezone.localdate()
    person = Person.objects.create(name="Ola Owner", user=made.people["owner"])
    for owner in (made.agency, made.group, person, Person.objects.create(name="No Account")):
        make_risk(owner, raised_on=today)
    assert waits() == set()
    Risk.objects.update(current_review_on=today + timedelta(days=14))
    refresh_work(now=timezone.now())
    account = f"user:{made.people['owner'].pk}"
    assert waits() == {f"agency:{made.agency.key}", f"group:{made.group.key}", account, "unit"}
    for found in Risk.objects.all():
        risk_done(found, RiskDeed.REVIEW, score=Score(2, 2), as_at=today)
    assert waits() == set()


def test_the_heat_map_of_a_past_day_shows_what_was_known_then(made: World) -> None:
    reader, today = made.people["owner"], timezone.localdate()
    past = today - timedelta(days=10)
    first, second = (make_risk(made.agency, raised_on=past - timedelta(days=5)) for _ in range(2))
    for model in (Risk, RiskStep):
        model.objects.update(recorded_at=timezone.now() - timedelta(days=12))
    first = risk_done(first, RiskDeed.REVIEW, score=Score(5, 5), as_at=past)
    risk_done(second, RiskDeed.CLOSE, outcome=RiskOutcome.GONE, as_at=today)
    assert cells_now(reader) == {(5, 5): 1}
    # What was scored as of that day was learned only now.
    then = [
        (risk.pk, risk.likelihood_then, risk.impact_then) for risk in scored_by(reader, past).order_by("pk")
    ]
    assert then == [(first.pk, 3, 4), (second.pk, 3, 4)]
    assert not scored_by(reader, past - timedelta(days=6)).exists()


def test_each_field_of_the_heat_map_opens_its_rows(client: Client, made: World) -> None:
    for score in (Score(3, 4), Score(3, 4), Score(5, 2)):
        make_risk(made.agency, scores={**SCORES, Scored.RESIDUAL: score})
    make_risk(made.group, tier=Tier.T2)
    enter(client, made.people["owner"])
    page = client.get("/risks/map/").context["page"]
    cells = [cell for row in page.rows for cell in row.cells if cell.href]
    assert sorted(cell.number for cell in cells) == [1, 2]
    for cell in cells:
        assert client.get(cell.href).context["page"].listing.count.number == cell.number
    assert client.get("/risks/map/?as_at=2020-01-01").context["page"].number == 0


def test_the_register_is_narrowed_sorted_and_taken_away(client: Client, made: World) -> None:
    high = make_risk(made.agency, title="Flood", scores={**SCORES, Scored.RESIDUAL: Score(5, 5)})
    risk_done(make_risk(made.group, title="Drought"), RiskDeed.REVIEW, score=Score(1, 2), as_at=TODAY)
    enter(client, made.people["unit"])

    def titles(query: str) -> list[str]:
        return [row.title for row in client.get(f"/risks/?{query}").context["page"].listing.rows]

    assert titles("") == ["Flood", "Drought"]
    assert titles("sort=residual") == ["Drought", "Flood"]
    assert (
        titles("band=severe") == titles("above=on") == titles(f"owner=agency:{made.agency.key}") == ["Flood"]
    )
    assert titles("trend=better") == titles("likelihood=1&impact=2") == ["Drought"]
    assert titles("words=police") == ["Flood"]
    taken = client.get("/risks/rows/csv/?band=severe").content.decode()
    assert "Flood" in taken
    assert "Drought" not in taken
    assert Entry.objects.get(type="challenges.list_taken").after_values["list"] == "risks"
    assert high.pk == Risk.objects.get(title="Flood").pk


def test_who_keeps_a_risk(client: Client, made: World) -> None:
    found = make_risk(made.agency, tier=Tier.T2)
    day = {"as_at-day": "1", "as_at-month": "6", "as_at-year": "2026",
           "review_on-day": "1", "review_on-month": "12", "review_on-year": "2026"}  # fmt: skip
    sent = {"text": "Worse", "likelihood": "4", "impact": "5", "seen": "1", **day}
    address = f"/risks/{found.pk}/review/"
    for role, status in (("chair", 404), ("executive", 403), ("scrutineer", 403), ("owner", 302)):
        enter(client, made.people[role])
        assert client.post(address, sent).status_code == status, role
    # The second finds what was saved meanwhile beside their own words.
    beside = client.post(address, {**sent, "text": "My own words"})
    assert beside.status_code == 422
    assert "What was saved meanwhile" in beside.text
    assert "My own words" in beside.text
    assert Risk.objects.get().current_residual == 20


def test_somebody_raises_for_their_agency_and_for_nobody_else(client: Client, made: World) -> None:
    enter(client, made.people["owner"])
    halves = {f"{of.value}_{half}": "3" for of in Scored for half in ("likelihood", "impact")}
    day = {"raised_on-day": "1", "raised_on-month": "6", "raised_on-year": "2026"}
    sent = {"title": "Flood", "cause": "Rain", "event": "Water", "effect": "Closed schools", "review_months": "3",
            "tier": "T1", "controls": "• Sandbags\n\nA plan", **halves, **day}  # fmt: skip
    assert client.post("/risks/new/", {**sent, "owner": f"group:{made.group.key}"}).status_code == 422
    assert client.post("/risks/new/", {**sent, "owner": f"agency:{made.agency.key}"}).status_code == 302
    found = Risk.objects.get()
    assert (found.current_inherent, found.owner, found.entered_by) == (9, made.agency, made.people["owner"])
    assert [control.text for control in found.controls.all()] == ["Sandbags", "A plan"]
    words = {name: sent[name] for name in ("title", "cause", "event", "effect", "review_months", "tier")}
    edited = client.post(
        f"/risks/{found.pk}/edit/",
        {**words, "title": "High water", "owner": f"agency:{made.agency.key}", "seen": "1"},
    )
    assert (edited.status_code, Risk.objects.get().title) == (302, "High water")
    page = client.get(f"/risks/{found.pk}/").text
    assert "High water" in page
    assert "Sandbags" in page
