"""The addendum made from the ledger: nothing of the paper that filled it is missing, and it reads back to the same."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sightline.access.selectors import command_line_user
from sightline.events.choices import Tier
from sightline.plans import services
from sightline.plans.choices import Acceptance, EvidenceQuarter, Step
from sightline.plans.models import LedgerLine, Recommendation, Source
from sightline.plans.reports.addendum import (
    ADDENDUM_FORMATS,
    addendum_document,
    addendum_name,
    print_addendum,
)
from sightline.plans.selectors.ledger import ledgers_of
from sightline.plans.services.imports import import_whole
from sightline.reading.formats import printed
from sightline.reading.interpreters import interpret
from sightline.rendering import write
from sightline.rendering.document import Document, Paragraph, Table
from tests.plans.ledger.asking import DAY, addressee_of, ask_for, make_source, said
from tests.plans.making import BY, NOW, TODAY, make_agency
from tests.reading import twins

pytestmark = pytest.mark.django_db
FORMS = ["docx", "html", "pdf"]
WORDS = ["roads", "fairs", "meetings", "reports", "boroughs", "churches", "clubs", "homes"]


def imported(path: Path) -> Source:
    """The source that the paper becomes, by the services people use."""
    done = import_whole(
        path, plan_name="", as_at=DAY, dry_run=False, user=command_line_user(), by=BY, now=NOW
    )
    assert done.upload is not None
    assert done.upload.source is not None
    return done.upload.source


def addendum_of(source: Source, *, whole: bool = True) -> Document:
    ledgers = ledgers_of(list(source.recommendations.order_by("order", "pk").select_related("source")))
    return addendum_document(source, ledgers, whole=whole, on=TODAY)


def read_back(document: Document, form: str, folder: Path) -> list[dict[str, Any]]:
    path = folder / f"addendum.{form}"
    path.write_bytes(write(document, form))
    found: list[dict[str, Any]] = interpret(printed(path)).as_json()["recommendations"]
    return found


def parts(recommendations: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("number", "title", "text", "addressed_to", "response")
    return [tuple(one[name] for name in names) for one in recommendations]


def nothing_is_missing(path: Path, expected: twins.Truth, folder: Path) -> None:
    """Eight recommendations and seventeen paragraphs, in the ledger and in every addendum made from it."""
    paper = interpret(printed(path)).as_json()["recommendations"]
    source = imported(path)
    made = list(source.recommendations.order_by("order", "pk"))
    ledger = [line.public for line in LedgerLine.objects.filter(recommendation__in=made).order_by("pk")]
    assert (len(made), sum(map(len, ledger))) == (8, 17)
    assert ledger == [one["response"] for one in paper]
    assert [[a.raw for a in each.addressees.all()] for each in made] == [one["addressed_to"] for one in paper]
    for form in FORMS:
        again = read_back(addendum_of(source), form, folder)
        assert twins.wrong_recommendations(expected, again) == []
        # A page of a PDF may be broken at a hyphen: blanks and marks are no difference.
        assert twins.letters(str(parts(again))) == twins.letters(str(parts(paper)))


def test_the_twin_can_be_rebuilt_with_nothing_missing(tmp_path: Path) -> None:
    nothing_is_missing(twins.FOLDER / "addendum.txt", twins.truth("addendum"), tmp_path)


def test_the_published_addendum_can_be_rebuilt_with_nothing_missing(shared: Path, tmp_path: Path) -> None:
    expected = json.loads((shared / "truth" / "003.json").read_text(encoding="utf-8"))
    nothing_is_missing(next((shared / "seeds").glob("003_*")), expected, tmp_path)


def play_through(source: Source) -> None:
    """Accept, answer, tell, climb and fall back: each recommendation by all it is addressed to."""
    services.edit_source(source, source.version, {"published_on": date(2024, 3, 1)}, by=BY, now=NOW)
    for place, each in enumerate(source.recommendations.order_by("order", "pk")):
        for addressee in each.addressees.all():
            _play(addressee, place)


def _play(addressee: Any, place: int) -> None:
    value = list(Acceptance)[place % 3]
    services.accept(addressee, value, said(f"Because of {place}."), by=BY, now=NOW)
    answer = said(f"We answer {WORDS[place]}.", private=[f"Not for all is {WORDS[place]}."])
    services.respond(addressee.recommendation, addressee, answer, by=BY, now=NOW)
    services.report_progress(addressee, 6, said(f"Half way {place}.", on=date(2024, 9, 1)), by=BY, now=NOW)
    services.show_evidence(addressee, EvidenceQuarter.DATA, said(f"Figure {place}."), by=BY, now=NOW)
    for step in list(Step)[1 : 2 + place % 4]:
        services.take_step(
            addressee, step, said(f"Step {int(step)} of {place}."), quarter=EvidenceQuarter.AUDIT, by=BY, now=NOW
        )  # fmt: skip


@pytest.mark.parametrize("whole", [False, True])
def test_the_eight_are_played_through_whole(whole: bool, tmp_path: Path) -> None:
    source = imported(twins.FOLDER / "addendum.txt")
    play_through(source)
    document = addendum_of(source, whole=whole)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert len(tables) == 8
    for place, table in enumerate(tables):
        for row in table.rows:
            words = " ".join(text for cell in row.cells for text in (cell.text, *cell.items))
            step = min(1 + place % 4, 4)
            assert f"Because of {place}." in words
            assert f"At 6 months, 1 September 2024: Half way {place}." in words
            assert ("At 12 months: was due on 1 March 2025" in words) is (place % 3 != 2)
            assert f"Step {step} of {place}." in words
            assert ("(impact)" in words) is (step >= 3)
            assert f"Data, 1 June 2026: Figure {place}." in words
    paragraphs = [
        b.content for b in document.blocks if isinstance(b, Paragraph) and isinstance(b.content, str)
    ]
    assert sum(text.startswith("We answer") for text in paragraphs) == sum(len(t.rows) for t in tables)
    assert any(text.startswith("Not for all") for text in paragraphs) is whole
    for form in FORMS:
        again = read_back(document, form, tmp_path)
        assert [one["number"] for one in again] == [str(n) for n in range(1, 9)]
        given = [x.public + (x.private if whole else []) for x in _responses(source, "1")]
        answered = [text for paragraphs in given for text in paragraphs]
        assert [twins.letters(text) for text in again[0]["response"]] == [twins.letters(t) for t in answered]


def _responses(source: Source, number: str) -> list[LedgerLine]:
    """The responses to a recommendation in the order of the ledger."""
    found = LedgerLine.objects.filter(recommendation__source=source, recommendation__number=number)
    return list(found.filter(kind="response").order_by("pk"))


def test_numbers_with_letters_titles_and_silence_read_back(tmp_path: Path) -> None:
    source = make_source("What children told us")
    for number, title, text, answer in (
        ("V1", "", "Tell us what happened.", "We agree."),
        ("Recommendation 4", "Homes", "Landlords should mend what is broken.", "They mend."),
        ("7", "", "Plans drift.", "No more."),
    ):
        ask_for(source, text=text, number=number, title=title, response=[answer])
    for form in FORMS:
        again = read_back(addendum_of(source), form, tmp_path)
        assert [(one["number"], one["title"], one["text"], one["response"]) for one in again] == [
            ("V1", "", "Tell us what happened.", ["We agree."]),
            ("4", "Homes", "Landlords should mend what is broken.", ["They mend."]),
            ("7", "", "Plans drift.", ["No more."]),
        ]


def test_what_is_for_partners_only_is_not_published_anywhere() -> None:
    make_agency("Police")
    source = make_source()
    addressee = addressee_of(ask_for(source, "Police"))
    secret = said("Open words.", private=["Hidden words."])
    services.accept(addressee, Acceptance.PARTLY, secret, by=BY, now=NOW)
    services.respond(addressee.recommendation, addressee, secret, by=BY, now=NOW)
    services.report_progress(addressee, None, said(private=["Hidden words."]), by=BY, now=NOW)
    services.show_evidence(addressee, EvidenceQuarter.DATA, secret, by=BY, now=NOW)
    services.take_step(addressee, Step.TOLD, secret, by=BY, now=NOW)
    published = write(addendum_of(source, whole=False), "html").decode()
    assert "Hidden words." not in published
    assert published.count("Open words.") == 4
    assert "1 June 2026: told to partners" in published
    assert write(addendum_of(source, whole=True), "html").decode().count("Hidden words.") == 5


def test_a_response_replaced_and_an_addressee_gone() -> None:
    source = make_source()
    made = ask_for(source, "Police", response=["First words."])
    services.respond(made, None, said("Second words."), replaces=LedgerLine.objects.get(), by=BY, now=NOW)
    services.take_step(
        addressee_of(made), Step.SEEN, said("Seen."), quarter=EvidenceQuarter.AUDIT, by=BY, now=NOW
    )
    services.take_step(addressee_of(made), Step.TOLD, said("Not seen again."), by=BY, now=NOW)
    services.edit_recommendation(made, 1, {"addressed_to": ["ICB"]}, by=BY, now=NOW)
    page = write(addendum_of(source), "html").decode()
    assert ("First words." in page, "Second words." in page) == (False, True)
    assert "Police, until 15 June 2026" in page
    assert "it stood on “seen in practice” before" in page


def test_nothing_asked_for_is_said_so_and_tiers_are_marked() -> None:
    source = make_source(tier=Tier.T2)
    document = addendum_of(source, whole=False)
    assert "Nothing it asks for is recorded yet." in write(document, "html").decode()
    assert document.marking == Tier.T2.marking
    open_source = make_source("Another")
    assert [addendum_of(open_source, whole=whole).marking for whole in (False, True)] == ["", Tier.T1.marking]


@pytest.mark.parametrize("format", list(ADDENDUM_FORMATS))
def test_it_is_printed_and_journalled(format: str) -> None:
    from sightline.events.models import Entry

    source = make_source()
    ask_for(source, "Police", response=["We agree."])
    content = print_addendum(source, format, whole=True, user=command_line_user(), on=TODAY, by=BY)
    assert len(content) > 500
    entry = Entry.objects.get(type="plans.addendum_printed")
    assert json.loads(entry.after) == {"format": format, "recommendations": 1, "text": "all"}
    assert addendum_name(source, format, whole=False) == f"review-of-child-m-addendum-published.{format}"


def test_only_what_the_reader_may_see_is_printed() -> None:
    from tests.plans.making import make_user

    source = make_source(tier=Tier.T2)
    ask_for(source, text="Secret words")
    reader = make_user("owner", "agency", make_agency().key)
    content = print_addendum(source, "html", whole=True, user=reader, on=TODAY, by=BY)
    assert b"Secret words" not in content
    assert Recommendation.objects.count() == 1
