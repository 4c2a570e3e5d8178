"""The pack of a meeting with 40 papers of 400 pages altogether, half of them tagged and half scans: seconds and memory.

.venv/bin/python benchmarks/run.py packs
"""

import io
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import django
import pikepdf
from django.core.files.base import ContentFile
from django.utils import timezone

if __name__ == "__main__":
    django.setup()

from sightline.events.choices import SYSTEM
from sightline.meetings.models import Item, Meeting
from sightline.meetings.services import ItemGiven, MeetingGiven, add_item, plan_meeting
from sightline.meetings.services.packs import ask_packs, make_pack
from sightline.meetings.services.papers import PaperGiven, add_paper
from sightline.partners.services import create_group
from sightline.rendering import write
from sightline.rendering.document import Document, Heading, Paragraph

ROOT = Path(__file__).resolve().parents[1]
PAPERS, PAGES, ITEMS = 40, 10, 8
MOST_SECONDS, MOST_MEGABYTES = 60, 500
WIDTH, HEIGHT = 620, 877  # a scan of an A4 page at 75 dots an inch, in grey
WORDS = ("review", "audit", "children", "families", "practice", "neglect", "partners", "agreed", "evidence")


def lines() -> Iterator[str]:
    """Both figures with their verdicts, in one line."""
    [pack] = ask_packs(with_papers(random.Random(40)), by=SYSTEM, now=timezone.now())
    # In a process of its own, as a worker is: what was held while the papers were made is not counted.
    command = [sys.executable, "-m", "benchmarks.packs", str(pack.pk)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    told = json.loads(done.stdout)
    megabytes = told["own"] + told["child"]
    yield (
        f"A pack of {PAPERS} papers, {told['pages']} pages, {told['size']:.0f} MB"
        f"{'' if told['whole'] else ', NOT WHOLE'}: {told['seconds']:.1f} s {verdict(told['seconds'], MOST_SECONDS)}; "
        f"{megabytes:.0f} MB of memory ({told['own']:.0f} of the worker, {told['child']:.0f} of its child) "
        f"{verdict(megabytes, MOST_MEGABYTES)}"
    )


def made(number: int) -> dict[str, float]:
    """Make the pack here, and tell how long that took, and the most that this process and any of its children held."""
    begun = time.perf_counter()
    pack = make_pack(number, progress=lambda *step: None, by=SYSTEM, now=timezone.now())
    seconds = time.perf_counter() - begun
    own, child = most_held(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    whole = len(pack.contents) == PAPERS and all(each["pages"] == PAGES for each in pack.contents)
    size = pack.document.size / 2**20 if pack.document else 0
    return {
        "pages": pack.pages or 0,
        "size": size,
        "whole": whole,
        "seconds": seconds,
        "own": own,
        "child": child,
    }


def most_held() -> float:
    """The most megabytes that this program held since it began.

    Not `ru_maxrss`, which begins with what the process held that started this one.
    """
    [line] = [
        line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")
    ]
    return int(line.split()[1]) / 1024


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


if __name__ == "__main__":
    print(json.dumps(made(int(sys.argv[1]))))
