"""What a source asks of whom: one work item for each of those asked, however many recommendations it has."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.events.choices import Tier
from sightline.messages.models import WorkItem
from sightline.plans import services
from sightline.plans.choices import Acceptance
from sightline.plans.models import Addressee, Recommendation, Source
from sightline.plans.services.ledger import refresh_all_ledgers, refresh_ledger
from tests.plans.ledger.asking import PUBLISHED, addressee_of, ask_for, make_source, said
from tests.plans.making import BY, NOW, make_agency, make_group, make_user
from tests.plans.viewing import signed_in

pytestmark = pytest.mark.django_db
DUE = date(2025, 9, 30)
LATE = "Progress on {} recommendations is overdue: the first was due on 30 September 2025."


def items() -> list[tuple[str, str, str, str, date | None]]:
    order = WorkItem.objects.order_by("for_scope", "-kind")
    return list(order.values_list("for_scope", "kind", "sentence", "url", "due_on"))


def ask_many(source: Source, *words: str, numbers: int = 3) -> list[Recommendation]:
    return [ask_for(source, *words, number=str(number)) for number in range(1, numbers + 1)]


def test_what_is_overdue_is_one_item_for_each_of_those_it_is_owed_by() -> None:
    make_agency("Police")
    make_group("Neglect Group")
    source = make_source()
    ask_many(source, "Police", "Neglect Group", "Borough Councils", "Parishes")
    home = f"/sources/{source.key}/ledger/"
    assert items() == [
        ("agency:police", "progress_owed", LATE.format(3), f"{home}?to=agency%3Apolice&overdue=on", DUE),
        ("group:neglect-group", "progress_owed", LATE.format(3), f"{home}?to=group%3Aneglect-group&overdue=on", DUE),
        (
            "unit", "progress_owed",
            "Progress on 3 recommendations is overdue: the first was due on 30 September 2025. "
            "Addressed to: Borough Councils and Parishes.", f"{home}?to=unmatched&overdue=on", DUE,
        ),
    ]  # fmt: skip


def test_recommendations_that_name_nobody_ask_the_unit_once_who_answers() -> None:
    source = make_source()
    made = ask_many(source, numbers=2)
    told = "2 recommendations name nobody: say who answers."
    assert items() == [("unit", "addressee_wanted", told, f"/sources/{source.key}/ledger/?to=nobody", None)]
    services.edit_recommendation(made[0], 1, {"addressed_to": ["Parishes"]}, by=BY, now=NOW)
    assert [(kind, sentence.split(":")[0]) for _, kind, sentence, _, _ in items()] == [
        ("progress_owed", "Progress on 1 recommendation is overdue"),
        ("addressee_wanted", "1 recommendation names nobody"),
    ]
    services.accept(addressee_of(made[1]), Acceptance.NO, said("Not ours"), by=BY, now=NOW)
    services.report_progress(addressee_of(made[0]), 24, said("Done"), by=BY, now=NOW)
    assert items() == []


def test_what_is_not_published_asks_nobody() -> None:
    source = make_source(published_on=None)
    ask_many(source)
    assert items() == []
    services.edit_source(source, 1, {"published_on": PUBLISHED}, by=BY, now=NOW)
    assert [kind for _, kind, *_ in items()] == ["addressee_wanted"]


def test_each_figure_opens_its_rows() -> None:
    make_agency("Police")
    source = make_source()
    ask_many(source, "Police", "Borough Councils")
    told = ask_for(source, "Police", number="told")
    services.report_progress(addressee_of(told), 24, said("Done"), by=BY, now=NOW)
    ask_many(source, numbers=2)
    client = signed_in(make_user("unit"))
    shown = {
        scope: len(client.get(url).context["page"].listing.rows)
        for scope, _, _, url, _ in items()
        if scope != "unit"
    }
    assert shown == {"agency:police": 3}
    unit = [
        len(client.get(url).context["page"].listing.rows)
        for scope, _, _, url, _ in items()
        if scope == "unit"
    ]
    assert unit == [3, 2]


def test_what_an_agency_may_not_read_is_asked_of_the_unit_alone() -> None:
    make_agency("Police")
    source = make_source("Secret review", tier=Tier.T2)
    ask_many(source, "Police", numbers=2)
    ask_for(source, number="3")
    assert [(item.for_scope, item.kind, item.tier) for item in WorkItem.objects.order_by("-kind")] == [
        ("unit", "progress_owed", "T2"), ("unit", "addressee_wanted", "T2"),
    ]  # fmt: skip
    _, _, _, url, _ = items()[0]
    assert url.endswith("?to=named&overdue=on")
    assert len(signed_in(make_user("unit")).get(url).context["page"].listing.rows) == 2
    assert b"Secret review" not in signed_in(make_user("owner", "agency", "police")).get("/").content


def test_only_the_source_that_changes_is_counted_anew_and_it_keeps_its_moment() -> None:
    make_agency("Police")
    one, other = make_source("One"), make_source("Other")
    ask_many(one, "Police")
    ask_many(other, "Police")
    moments = dict(WorkItem.objects.values_list("subject_id", "created_at"))
    later = NOW.replace(hour=23)
    services.report_progress(addressee_of(one.recommendations.first()), 24, said("Done"), by=BY, now=later)  # type: ignore[arg-type]
    told = dict(WorkItem.objects.values_list("subject_id", "sentence"))
    assert (told[str(one.pk)], told[str(other.pk)]) == (LATE.format(2), LATE.format(3))
    assert refresh_all_ledgers(now=later) == 6
    assert dict(WorkItem.objects.values_list("subject_id", "created_at")) == moments


@pytest.mark.parametrize("size", [1, 30])
def test_counting_asks_as_often_whatever_the_source_asks_for(size: int) -> None:
    make_agency("Police")
    source = make_source()
    ask_many(source, "Police", numbers=size)
    WorkItem.objects.all().delete()
    with CaptureQueriesContext(connection) as asked:
        refresh_ledger([], source, now=NOW)
    assert len([each for each in asked if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]) <= 6
    assert WorkItem.objects.count() == 1


def test_those_it_no_longer_goes_to_owe_nothing() -> None:
    make_agency("Police")
    made = ask_for(None, "Police")
    services.accept(addressee_of(made), Acceptance.YES, said("Yes"), by=BY, now=NOW)
    services.edit_recommendation(made, 1, {"addressed_to": []}, by=BY, now=NOW)
    assert [(scope, kind) for scope, kind, *_ in items()] == [("unit", "addressee_wanted")]
    refresh_ledger(Addressee.objects.select_related("recommendation__source"), now=NOW)
    assert [(scope, kind) for scope, kind, *_ in items()] == [("unit", "addressee_wanted")]
