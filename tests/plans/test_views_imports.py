"""The screens of imports: upload, preview, correct, owners, what changed, confirm, withdraw."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sightline.jobs.worker import run_all
from sightline.partners.models import Alias
from sightline.plans.models import Action, Import, Plan
from tests.plans.making import make_group, make_user

pytestmark = pytest.mark.django_db
HEAD = "Action No.\tAction\tLead\tUpdate\tTimescale\tStatus\n"
FIRST = (
    HEAD
    + "1.1\tAsk children\tVoice Group\tAsked forty\tBy 31 March 2026\tGreen\n1.2\tTell them\tThe Beacon\t\t\tRed\n"
)
SECOND = (
    HEAD
    + "1.1\tAsk children\tVoice Group\tAsked forty. Asked ninety\tBy 31 March 2026\tAmber\n"
    + "1.3\tAsk again\tVoice Group\t\t\tRed\n"
)


@pytest.fixture
def unit(client: Client) -> Client:
    make_group("Voice Group")
    client.force_login(make_user("unit"))
    return client


def send(unit: Client, text: str, **given: Any) -> Import:
    """Upload through the form and let the worker read it."""
    file = SimpleUploadedFile("plan.txt", text.encode())
    answer = unit.post(reverse("plans:import_new"), {"file": file, "plan_name": "Voice plan", **given})
    assert answer.status_code == 302, answer.content.decode()
    run_all()
    return Import.objects.latest("pk")


def as_at(day: date) -> dict[str, str]:
    """The three boxes of a day."""
    return {"as_at-day": str(day.day), "as_at-month": str(day.month), "as_at-year": str(day.year)}


def post(unit: Client, name: str, upload: Import, *args: Any, **data: Any) -> Any:
    upload.refresh_from_db()
    return unit.post(reverse(f"plans:{name}", args=[upload.pk, *args]), {"version": upload.version, **data})


def test_the_whole_way_from_upload_to_plan_and_back(unit: Client) -> None:
    upload = send(unit, FIRST)
    page = unit.get(reverse("plans:import", args=[upload.pk])).context["page"]
    assert [(c.number, c.words) for c in page.counts][:2] == [
        (3, "rows on the paper"),
        (2, "become actions or records"),
    ]
    assert page.preview.obstacles == (
        "Say which day the document speaks of: its ratings and updates will carry that day.",
    )
    assert (
        post(unit, "import_about", upload, plan_name="Voice plan", **as_at(date(2026, 2, 1))).status_code
        == 302
    )
    assert post(unit, "import_owners", upload, owner0="new:agency").status_code == 302
    assert post(unit, "import_row", upload, 2, **cells(unit, upload, 2, timescale="By 30 April 2026"))
    page = unit.get(reverse("plans:import", args=[upload.pk])).context["page"]
    answer = post(unit, "import_confirm", upload, seen=page.preview.fingerprint)
    assert answer.url == reverse("plans:import", args=[upload.pk])
    assert not Action.objects.exists()
    run_all()
    assert reverse("plans:plan", args=[Plan.objects.get().key]) in unit.get(answer.url).content.decode()
    assert [a.current_due_on for a in Action.objects.all()] == [date(2026, 3, 31), date(2026, 4, 30)]
    assert post(unit, "import_withdraw", upload).status_code == 302
    assert Action.objects.count() == 2
    run_all()
    assert not Action.objects.exists()
    assert Import.objects.get().state == "withdrawn"


def cells(unit: Client, upload: Import, index: int, **changes: str) -> dict[str, str]:
    """The row's form as the page gives it, with changes by cell name."""
    form = unit.get(reverse("plans:import_row", args=[upload.pk, index])).context["form"]
    return {f"cell{n}": changes.get(c.name, c.text) for n, c in enumerate(form.row.cells)}


def confirmed(unit: Client, text: str, **given: Any) -> Import:
    upload = send(unit, text, **as_at(date(2026, 2, 1)), **given)
    assert post(unit, "import_confirm", upload).status_code == 302
    run_all()
    return upload


def test_a_new_version_shows_what_changed_and_keeps_what_people_chose(unit: Client) -> None:
    confirmed(unit, FIRST)
    upload = send(unit, SECOND, plan=Plan.objects.get().pk, **as_at(date(2026, 5, 1)))
    page = unit.get(reverse("plans:import_changes", args=[upload.pk])).context["page"]
    changes = page.changes
    assert [(p.number, [c.label for c in p.changes]) for p in changes.pairs] == [
        ("1.1", ["Update", "Delivery rating"]),
    ]
    assert changes.pairs[0].changes[0].added == "Asked ninety"
    assert (len(changes.added), len(changes.gone), changes.proposed, changes.both) == (1, 1, 2, 0)
    form = unit.get(reverse("plans:import_changes", args=[upload.pk])).context["form"]
    rating = next(n for n, key in enumerate(form.keys) if key.endswith("/rating"))
    answers = {f"choice{n}": "paper" for n in range(len(form.keys))} | {f"choice{rating}": "live"}
    assert post(unit, "import_changes", upload, **answers).status_code == 302
    assert post(unit, "import_confirm", upload).status_code == 302
    run_all()
    told = {a.numbers.get().text: a for a in Action.objects.all()}
    assert told["1.1"].current_delivery_rating == "green"
    assert [u.text for u in told["1.1"].updates.all()] == ["Asked forty", "Asked ninety"]
    assert told["1.2"].gone_from_document_on == date(2026, 5, 1)
    assert told["1.3"].current_delivery_rating == "red"


def test_what_is_matched_once_is_known_the_next_time(unit: Client) -> None:
    upload = send(unit, FIRST, **as_at(date(2026, 2, 1)))
    assert [o.raw for o in unit.get(reverse("plans:import_owners", args=[upload.pk])).context["owners"]] == [
        "The Beacon"
    ]
    group = make_group("Beacon Project")
    assert post(unit, "import_owners", upload, owner0=f"group:{group.pk}").status_code == 302
    assert post(unit, "import_confirm", upload).status_code == 302
    run_all()
    assert Alias.objects.get().text == "The Beacon"
    again = send(unit, FIRST, plan_name="Another plan")
    page = unit.get(reverse("plans:import_owners", args=[again.pk]))
    assert page.context["owners"] == ()
    assert "Every owner is known" in page.content.decode()


def test_the_second_of_two_is_told_and_nothing_is_overwritten(unit: Client) -> None:
    upload = send(unit, FIRST)
    seen = {"version": upload.version}
    given = cells(unit, upload, 1, action="Ask all children")
    assert unit.post(reverse("plans:import_row", args=[upload.pk, 1]), {**seen, **given}).status_code == 302
    late = cells(unit, upload, 1, action="Ask nobody")
    answer = unit.post(reverse("plans:import_row", args=[upload.pk, 1]), {**seen, **late})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Somebody else changed this import" in told
    assert "Ask nobody" in told
    assert answer.context["form"].differences() == [("Action", "Ask all children")]
    assert Import.objects.get().corrections["0"]["action"] == "Ask all children"
    again = {"version": answer.context["form"].data["version"], **late}
    assert unit.post(reverse("plans:import_row", args=[upload.pk, 1]), again).status_code == 302


def test_confirming_too_early_says_what_is_missing(unit: Client) -> None:
    upload = send(unit, FIRST)
    answer = post(unit, "import_confirm", upload)
    run_all()
    page = unit.get(answer.url)
    assert "Say which day the document speaks of" in page.content.decode()
    assert not Action.objects.exists()


def test_a_file_that_cannot_be_read_is_kept_and_refused_in_a_sentence(unit: Client) -> None:
    file = SimpleUploadedFile("plan.odt", FIRST.encode())
    answer = unit.post(reverse("plans:import_new"), {"file": file, "plan_name": "x"}, follow=False)
    run_all()
    page = unit.get(answer.url)
    assert Import.objects.get().state == "refused"
    assert Import.objects.get().refusal in page.content.decode().replace("&#x27;", "'")


def test_an_empty_file_is_refused_beside_its_field(unit: Client) -> None:
    answer = unit.post(reverse("plans:import_new"), {"file": SimpleUploadedFile("plan.txt", b"")})
    assert answer.status_code == 422
    assert "The file is empty; choose the document again." in answer.content.decode()
    assert not Import.objects.exists()


def test_a_day_that_lies_ahead_is_refused(unit: Client) -> None:
    upload = send(unit, FIRST)
    answer = post(unit, "import_about", upload, plan_name="Voice plan", **as_at(date(2999, 1, 1)))
    assert answer.status_code == 422
    assert Import.objects.get().as_at is None


def test_a_row_left_out_is_counted_as_set_aside(unit: Client) -> None:
    upload = send(unit, FIRST)
    assert post(unit, "import_row", upload, 2, set_aside="on", **cells(unit, upload, 2)).status_code == 302
    page = unit.get(reverse("plans:import", args=[upload.pk])).context["page"]
    assert [c.number for c in page.counts] == [3, 1, 0, 1, 1]


def test_giving_up_keeps_the_file(unit: Client) -> None:
    upload = send(unit, FIRST)
    assert post(unit, "import_discard", upload).status_code == 302
    assert Import.objects.get().state == "discarded"
    with Import.objects.get().file.open() as kept:
        assert kept.read().decode() == FIRST


@pytest.mark.parametrize("name", ["import_row", "import"])
def test_what_is_not_there_is_not_found(unit: Client, name: str) -> None:
    upload = send(unit, FIRST)
    args = [upload.pk, 99] if name == "import_row" else [upload.pk + 1]
    assert unit.get(reverse(f"plans:{name}", args=args)).status_code == 404


def test_only_rows_with_a_warning_when_asked(unit: Client) -> None:
    upload = send(unit, FIRST)
    page = unit.get(reverse("plans:import", args=[upload.pk]), {"doubts": "on"}).context["page"]
    assert [row.index for row in page.listing.rows] == [1]


def test_the_preview_costs_the_same_however_long_the_document(
    unit: Client, django_assert_max_num_queries: Any
) -> None:
    long = HEAD + "".join(f"1.{n}\tDo {n}\tVoice Group\t\tBy 31 March 2026\tGreen\n" for n in range(1, 301))
    upload = send(unit, long)
    with django_assert_max_num_queries(12):
        assert unit.get(reverse("plans:import", args=[upload.pk])).status_code == 200
