"""Papers of items and the packs made of them, through services, job and pages."""

from __future__ import annotations

import io
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, StaleRecord, Tier, Unacceptable
from sightline.meetings.models import Meeting, Pack, Paper, Series
from sightline.meetings.rules.papers import is_late, papers_due_on, standard
from sightline.meetings.services import ItemGiven, edit_item
from sightline.meetings.services.papers import PaperGiven, change_paper, take_off
from sightline.rendering import write
from sightline.rendering.document import Document, Heading, Paragraph
from tests.access.people import World, enter, world
from tests.meetings.making import MET, NEXT, make_item, make_meeting, make_packs, make_paper, make_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def tagged(words: str, pages: int = 1) -> bytes:
    """A tagged PDF that says these words."""
    return write(Document(words, (Heading("Report"), *[Paragraph(f"{words} " * 30)] * 20 * pages)), "pdf")


def untagged(pages: int = 1) -> bytes:
    """A PDF without tags, as scanners make them."""
    pdf, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    pdf.save(out)
    return out.getvalue()


def word() -> bytes:
    return write(Document("Audit of neglect", (Heading("Findings"), Paragraph("Told in Word."))), "docx")


def opened(pack: Pack) -> pikepdf.Pdf:
    assert pack.document, pack.trouble
    with pack.document.file.open("rb") as kept:
        return pikepdf.open(io.BytesIO(kept.read()))


def status(client: Client, path: str) -> int:
    """The answer to a file that is asked for, which is then read to its end."""
    answer = client.get(f"/meetings/{path}/file/")
    answer.getvalue()
    return answer.status_code


def test_papers_are_due_some_days_before_the_meeting_and_late_on_the_day_after() -> None:
    due_on = papers_due_on(NEXT, 5)
    assert NEXT - due_on == timedelta(days=5)
    assert [is_late(due_on + timedelta(days=more), due_on) for more in (-1, 0, 1)] == [False, False, True]


def test_a_series_has_its_own_day_for_papers_and_every_other_meeting_that_of_the_definition(
    made: World,
) -> None:
    usual = timedelta(days=standard().papers_due_days)
    series = make_series(made.group)
    held = make_meeting(made.group, NEXT, series=series)
    alone = make_meeting(made.group)
    assert (held.papers_due_on, alone.papers_due_on) == (NEXT - usual, MET - usual)
    unit = enter(Client(), made.person("unit"))
    sent = {
        "seen": str(series.version),
        "name": series.name,
        "rhythm": series.rhythm,
        "standing": series.standing,
    }
    address = f"/meetings/series/{series.pk}/edit/"
    refused = unit.post(address, sent | {"papers_due_days": "-1"}).content.decode()
    assert "must be 0 or more" in refused
    unit.post(address, sent | {"papers_due_days": "0"})
    assert "Papers are due 0 days before the meeting." in unit.get("/meetings/series/").content.decode()
    page = unit.get(f"/meetings/{held.pk}/pack/").content.decode()
    assert f"Papers are due by {NEXT.day} " in page
    stood = Series.objects.get()
    assert stood.papers_due_days == 0
    unit.post(address, sent | {"seen": str(stood.version), "papers_due_days": ""})
    assert Meeting.objects.get(pk=held.pk).papers_due_on == NEXT - usual


def test_a_pack_holds_cover_agenda_contents_and_every_paper_as_it_is_with_its_bookmark(made: World) -> None:
    meeting = make_meeting(made.group)
    item = make_item(meeting, "Neglect strategy")
    make_paper(item, tagged("Strategy", 2), "strategy.pdf", brought_by="Dee Dale")
    make_paper(item, untagged(3), "scan.pdf")
    make_paper(item, word(), "audit.docx")
    [pack] = make_packs(meeting)
    pdf, told = opened(pack), {each["title"]: each for each in pack.contents}
    assert len(pdf.pages) == pack.pages
    assert [(each["pages"], each["is_tagged"]) for each in pack.contents] == [
        (told["strategy"]["pages"], True),
        (3, False),
        (0, False),
    ]
    assert list(pdf.attachments) == ["3. audit.docx"]
    assert "Word document" in told["audit"]["why"]
    with pdf.open_outline() as outline:
        [under] = [each for each in outline.root if each.title == "1. Neglect strategy"]
        assert [each.title for each in under.children] == ["strategy", "scan"]
    assert told["scan"]["first"] == len(pdf.pages) - 2
    tree, pages = pdf.Root.StructTreeRoot, {page.obj.objgen for page in pdf.pages}
    assert {page.objgen for page in pages_of(tree.K)} <= pages
    first = told["strategy"]["first"] - 1
    assert pdf.pages[first].obj.objgen in {page.objgen for page in pages_of(tree.K)}
    assert not [name for name in pdf.open_metadata() if "pdfua" in name]


def pages_of(kids: Any) -> list[Any]:
    """The pages to which elements of a tree of tags say that they belong."""
    found = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found += [kid.Pg] if "/Pg" in kid else []
            found += pages_of(kid.K) if "/K" in kid else []
    return found


def test_a_damaged_paper_is_listed_with_a_sentence_and_the_pack_is_made_without_it(made: World) -> None:
    meeting = make_meeting(made.group)
    item = make_item(meeting)
    make_paper(item, b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nrubbish\n%%EOF\n", "damaged.pdf")
    make_paper(item, untagged(), "whole.pdf")
    [pack] = make_packs(meeting)
    damaged, whole = pack.contents
    assert "damaged" in damaged["why"]
    assert (damaged["pages"], whole["pages"]) == (0, 1)
    page = enter(Client(), made.person("owner")).get(f"/meetings/{meeting.pk}/pack/").content.decode()
    assert damaged["why"] in page


def test_what_is_confidential_is_in_no_pack_and_on_no_page_of_those_who_may_not_read_it(made: World) -> None:
    meeting = make_meeting(made.group)
    make_paper(make_item(meeting, "Open"), untagged(), "open.pdf")
    secret = make_paper(make_item(meeting, "Open too"), untagged(2), "bistort.pdf", tier=Tier.T2)
    make_paper(make_item(meeting, "Tansy", tier=Tier.T2), untagged(2), "yarrow.pdf", tier=Tier.T2)
    for_all, for_group = make_packs(meeting)
    assert [each["title"] for each in for_all.contents] == ["open"]
    assert [each["title"] for each in for_group.contents] == ["open", "bistort", "yarrow"]
    assert for_group.document
    assert for_group.document.tier == Tier.T2
    reader, unit = (enter(Client(), made.person(role)) for role in ("owner", "unit"))
    page = reader.get(f"/meetings/{meeting.pk}/pack/").content.decode()
    assert not [word for word in ("bistort", "Tansy", "yarrow", "Confidential") if word in page]
    files = (f"papers/{secret.files.get().pk}", f"packs/{for_group.pk}")
    assert [status(reader, each) for each in files] == [404, 404]
    assert [status(unit, each) for each in files] == [200, 200]
    assert status(reader, f"packs/{for_all.pk}") == 200


def test_a_pack_says_that_the_agenda_or_a_paper_changed_since(made: World) -> None:
    meeting = make_meeting(made.group)
    item = make_item(meeting, "Neglect")
    paper = make_paper(item, untagged(), "scan.pdf")
    make_packs(meeting)
    reader, changed = enter(Client(), made.person("owner")), "changed since this pack"
    where = f"/meetings/{meeting.pk}/pack/"
    assert changed not in reader.get(where).content.decode()
    now, newer = timezone.now(), ContentFile(untagged(2), name="scan2.pdf")
    with pytest.raises(Unacceptable, match="Write why"):
        change_paper(paper, 1, PaperGiven("Scan"), newer, by=SYSTEM, now=now)
    change_paper(paper, 1, PaperGiven("Scan"), newer, "Page 2 was missing", by=SYSTEM, now=now)
    page = reader.get(where).content.decode()
    assert changed in page
    assert "version 1" in page
    with pytest.raises(StaleRecord):
        take_off(paper, 1, "Not ready", by=SYSTEM, now=now)
    assert [pack.number for pack in make_packs(meeting)] == [2]
    assert changed not in reader.get(where).content.decode()
    take_off(paper, 2, "Not ready", by=SYSTEM, now=now)
    assert changed in reader.get(where).content.decode()


def test_an_item_that_becomes_confidential_takes_its_papers_along(made: World) -> None:
    item = make_item(make_meeting(made.group), "Neglect")
    paper = make_paper(item, untagged(), "scan.pdf")
    edit_item(item, 1, ItemGiven("Neglect", tier=Tier.T2), by=SYSTEM)
    paper.refresh_from_db()
    assert (paper.tier, paper.files.get().document.tier) == (Tier.T2, Tier.T2)
    item.refresh_from_db()
    with pytest.raises(Unacceptable, match="so are its papers"):
        make_paper(item, untagged(2), "other.pdf", tier=Tier.T1)


def test_word_becomes_pages_where_libreoffice_is_set_and_is_attached_where_it_fails(
    made: World, settings: Any, tmp_path: Path
) -> None:
    """A program stands in for LibreOffice: it is called as that is, and writes what it was given to write."""
    (tmp_path / "made.pdf").write_bytes(untagged(2))
    program = tmp_path / "soffice"
    program.write_text(
        '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\n'
        f'cp {tmp_path}/made.pdf "$2/$(basename "$3" .docx).pdf"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    settings.LIBREOFFICE = str(program)
    meeting = make_meeting(made.group)
    make_paper(make_item(meeting), word(), "audit.docx")
    [pack] = make_packs(meeting)
    assert [each["pages"] for each in pack.contents] == [2]
    program.write_text("#!/bin/sh\nexit 1\n")
    [pack] = make_packs(meeting)
    assert "LibreOffice made no PDF" in pack.contents[0]["why"]
    assert list(opened(pack).attachments) == ["1. audit.docx"]


def test_a_secretary_adds_a_paper_and_makes_the_pack_on_the_pages(made: World) -> None:
    item = make_item(make_meeting(made.group, MET), "Neglect")
    unit, reader = (enter(Client(), made.person(role)) for role in ("unit", "owner"))
    sent = {"title": "Strategy", "brought_by": "Dee Dale", "tier": "T1"}
    where, home = f"/meetings/items/{item.pk}/papers/new/", f"/meetings/{item.meeting_id}/pack/"
    assert unit.post(where, sent).status_code == 422
    assert not Paper.objects.exists()
    file = ContentFile(untagged(), name="strategy.pdf")
    page = unit.post(where, sent | {"file": file}, follow=True).content.decode()
    assert "Late" in page
    assert reader.post(home).status_code == 403
    unit.post(home)
    page = unit.post(home, follow=True).content.decode()
    assert "being made already" in page
    assert Pack.objects.count() == 1


def test_numbers_are_the_same_for_every_reader_on_the_page_and_in_both_packs(made: World) -> None:
    meeting = make_meeting(made.group)
    for title, tier in (("Open", Tier.T1), ("Hidden matter", Tier.T2), ("Last", Tier.T1)):
        make_paper(make_item(meeting, title, tier=tier), title=f"{title} paper")
    shown = {
        role: [
            enter(Client(), made.person(role)).get(f"/meetings/{meeting.pk}/{page}").content.decode()
            for page in ("", "pack/")
        ]
        for role in ("owner", "unit")
    }
    for page in shown["owner"]:
        assert "3. Last" in page
        assert "2. One confidential item" in page
        assert "Hidden" not in page
    assert all("2. Hidden matter" in page and "3. Last" in page for page in shown["unit"])
    open_pack, whole = make_packs(meeting)
    assert [each["place"] for each in open_pack.contents] == [1, 3]
    assert [each["place"] for each in whole.contents] == [1, 2, 3]


def test_a_paper_is_found_by_its_title_by_who_may_read_it_until_it_is_taken_off(made: World) -> None:
    item = make_item(make_meeting(made.group))
    paper = make_paper(item, title="Neglect toolkit evaluation")
    make_paper(item, title="Toolkit contract", tier=Tier.T2)

    def found(role: str) -> str:
        return enter(Client(), made.person(role)).get("/search/?q=toolkit").content.decode()

    assert "evaluation" in found("owner")
    assert "contract" not in found("owner")
    assert "contract" in found("unit")
    take_off(paper, paper.version, "Not ready", by=SYSTEM, now=timezone.now())
    assert "evaluation" not in found("owner")
