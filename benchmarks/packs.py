"""The pack of a meeting with 40 papers of 400 pages altogether, half of them tagged and half scans: seconds and memory.

.venv/bin/python benchmarks/run.py packs
"""

import io
import random
import resource
import time
from collections.abc import Iterator
from datetime import date

import pikepdf
from django.core.files.base import ContentFile
from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.meetings.models import Item, Meeting
from sightline.meetings.services import ItemGiven, MeetingGiven, add_item, plan_meeting
from sightline.meetings.services.packs import ask_packs, make_pack
from sightline.meetings.services.papers import PaperGiven, add_paper
from sightline.partners.services import create_group
from sightline.rendering import write
from sightline.rendering.document import Document, Heading, Paragraph

PAPERS, PAGES, ITEMS = 40, 10, 8
MOST_SECONDS, MOST_MEGABYTES = 60, 500
WIDTH, HEIGHT = 620, 877  # a scan of an A4 page at 75 dots an inch, in grey
WORDS = ("review", "audit", "children", "families", "practice", "neglect", "partners", "agreed", "evidence")


def lines() -> Iterator[str]:
    """Both figures with their verdicts, in one line."""
    meeting = with_papers(random.Random(40))
    begun, told = time.perf_counter(), []
    [pack] = ask_packs(meeting, by=SYSTEM, now=timezone.now())
    made = make_pack(pack.pk, progress=lambda *step: told.append(step), by=SYSTEM, now=timezone.now())
    seconds = time.perf_counter() - begun
    # The most that this process and any of its children ever held: more than they held at one time.
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    megabytes = sum(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024
    whole = all(each["pages"] == PAGES for each in made.contents) and len(made.contents) == PAPERS
    size = made.document.size / 2**20 if made.document else 0
    yield (
        f"A pack of {PAPERS} papers, {made.pages} pages, {size:.0f} MB{'' if whole else ', NOT WHOLE'}: "
        f"{seconds:.1f} s {verdict(seconds, MOST_SECONDS)}; "
        f"{megabytes:.0f} MB of memory {verdict(megabytes, MOST_MEGABYTES)}"
    )


def verdict(figure: float, most: int) -> str:
    """Whether it holds."""
    return f"{'holds' if figure <= most else 'does not hold'} (at most {most})"


def with_papers(chance: random.Random) -> Meeting:
    """A meeting with its papers, always the same."""
    now = timezone.now()
    meeting = plan_meeting(
        create_group("Measured group", by=SYSTEM), MeetingGiven(date(2026, 9, 9)), by=SYSTEM, now=now
    )
    items: list[Item] = [
        add_item(meeting, ItemGiven(f"Item {number + 1}", sentence(chance)), by=SYSTEM, now=now)
        for number in range(ITEMS)
    ]
    for number in range(PAPERS):
        data = tagged(chance, number) if number % 2 else scan(chance)
        file, given = (
            ContentFile(data, name=f"paper{number + 1}.pdf"),
            PaperGiven(f"Paper {number + 1}", "Dee Dale"),
        )
        add_paper(items[number % ITEMS], given, file, by=SYSTEM, now=now)
    return meeting


def sentence(chance: random.Random) -> str:
    """Some words."""
    return " ".join(chance.choices(WORDS, k=60))


def tagged(chance: random.Random, number: int) -> bytes:
    """A tagged paper of ten pages: as many paragraphs as fill them, the last of them cut off."""
    paragraphs = [Paragraph(sentence(chance)) for _ in range(190)]
    data = write(Document(f"Paper {number}", (Heading("Report"), *paragraphs)), "pdf")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.pages[PAGES:]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def scan(chance: random.Random) -> bytes:
    """Ten pages of pictures without a tag, as a scanner makes them: noise, which packs badly."""
    pdf, out = pikepdf.new(), io.BytesIO()
    for _ in range(PAGES):
        pdf.add_blank_page(page_size=(595, 842))
        picture = pdf.make_stream(chance.randbytes(WIDTH * HEIGHT // 4) * 4)
        for key, value in {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": WIDTH,
            "/Height": HEIGHT,
            "/ColorSpace": pikepdf.Name.DeviceGray,
            "/BitsPerComponent": 8,
        }.items():
            picture[key] = value
        page = pdf.pages[-1]
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=picture))
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
    pdf.save(out)
    return out.getvalue()
