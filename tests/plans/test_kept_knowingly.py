"""What may tell who a child is: its writer is asked first, may go on with a reason, and the journal says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import sightline
from sightline.events.models import Entry
from sightline.events.selectors import personal_values
from sightline.plans.choices import PlanState
from sightline.plans.models import Action, Plan, Update
from sightline.plans.selectors.preview import preview
from tests.plans.imports.papers import paper, uploaded
from tests.plans.making import make_agency, make_user
from tests.plans.viewing import old_action, old_plan, signed_in

pytestmark = pytest.mark.django_db
TELLS = "Spoke to Mia (7), NHS number 943 476 5919, who feels heard."
ROOT = Path(sightline.__file__).parent
# Whoever places the fields of a careful form by hand places what its writer had seen as well.
BY_HAND = [path for path in sorted(ROOT.glob("*/templates/**/*.html")) if "form.seen" in path.read_text()]


@pytest.fixture
def action() -> Action:
    return old_action(old_plan(), make_agency("Police"))


def update(action: Action, **said: Any) -> Any:
    client, address = signed_in(make_user("unit")), f"/actions/{action.reference}/update/"
    seen = client.get(address).context["form"]["seen"].value() or ""
    today = timezone.localdate()
    day = {"dated_on-day": today.day, "dated_on-month": today.month, "dated_on-year": today.year}
    answers = {"seen": seen, "text": TELLS, "received_how": "telephone", "blocked": "no"}
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(address, {**answers, **day, **said})
    assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) <= 12
    return answer


def test_its_writer_is_asked_and_nothing_is_kept(action: Action) -> None:
    answer = update(action)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“Mia” looks like a child’s name beside an age; “943 476 5919” looks like an NHS number." in page
    assert "Why must “Mia”, “943 476 5919” stand here?" in page
    assert page.index("has happened since") < page.index("Why must") < page.index("may be published")
    assert TELLS in page
    assert not Update.objects.exists()


def test_with_a_reason_it_is_kept_and_the_journal_says_so_without_the_words(action: Action) -> None:
    assert update(action, because="The test number of a leaflet").status_code == 302
    assert Update.objects.get().text == TELLS
    entry = Entry.objects.get(type="plans.kept_knowingly")
    assert (entry.tier, entry.after_values["kinds"]) == ("T2", ["name", "nhs"])
    assert entry.after_values["page"] == f"/actions/{action.reference}/update/"
    assert personal_values(entry) == {"after.because": "The test number of a leaflet"}
    assert "Mia" not in str(entry.after_values)


def test_other_words_are_taken_unasked_and_no_reason_is_asked_for(action: Action) -> None:
    page = signed_in(make_user("unit")).get(f"/actions/{action.reference}/update/").content.decode()
    assert "Why must" not in page
    assert update(action, text="Spoke to Child A.").status_code == 302
    assert not Entry.objects.filter(type="plans.kept_knowingly").exists()


def test_what_stood_there_before_is_not_asked_for_again(action: Action) -> None:
    Action.objects.filter(pk=action.pk).update(text=TELLS)
    client, address = signed_in(make_user("unit")), f"/actions/{action.reference}/edit/"
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    assert sent["text"] == TELLS
    assert client.post(address, {**sent, "numbers": "1.9"}).status_code == 302


def test_an_import_warns_beside_the_cell() -> None:
    row = preview(uploaded(paper(("1.1", "", "Police", "Audit files", TELLS, "", "Red")))).rows[0]
    [update] = [cell.warnings for cell in row.cells if cell.name == "update"]
    assert "“943 476 5919” looks like an NHS number. Take it out." in update


def test_a_kept_reason_of_a_roll_over_is_journalled_and_not_asked_for_again(action: Action) -> None:
    client, address = signed_in(make_user("unit")), f"/plans/{action.plan.key}/next/"
    Plan.objects.update(state=PlanState.IN_FORCE)
    today = timezone.localdate()
    day = {"as_at-day": today.day, "as_at-month": today.month, "as_at-year": today.year}
    assert client.post(address, {"next_name": "The next", **day}).status_code == 302
    seen = client.get(address).context["page"].roll.version
    sent = {"seen": seen, "row": action.pk, f"fate-{action.pk}": "leave", f"reason-{action.pk}": TELLS}
    page = client.post(address, sent)
    assert page.status_code == 422
    assert 'name="because"' in page.content.decode()
    assert client.post(address, {**sent, "because": "A test number"}).status_code == 302
    assert Entry.objects.get(type="plans.kept_knowingly").after_values["page"] == address
    again = client.post(address, {**sent, "seen": seen + 1, f"fate-{action.pk}": "close"})
    assert again.status_code == 302


@pytest.mark.parametrize("name", [str(path.relative_to(ROOT)) for path in BY_HAND])
def test_a_form_whose_fields_are_placed_by_hand_asks_why_as_well(name: str) -> None:
    assert "form.because.as_field_group" in (ROOT / name).read_text()


@pytest.mark.parametrize(("year", "is_warned"), [(2013, False), (2026, True)])
def test_an_import_reads_days_in_brackets_in_the_year_of_the_document(year: int, is_warned: bool) -> None:
    said = paper(("1.1", "", "Police", "Audit files", "Done. Anna Smith (3.4.2012)", "", "Red"))
    row = preview(uploaded(said, as_at=date(year, 6, 1))).rows[0]
    [update] = [cell.warnings for cell in row.cells if cell.name == "update"]
    assert any("date of birth" in warning for warning in update) is is_warned
