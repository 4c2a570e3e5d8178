"""Making the file of a pack: its papers copied, converted, looked into and joined behind a front."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from sightline.documents.choices import LABELS, MEGABYTE, FileKind
from sightline.documents.models import Document
from sightline.events.choices import Tier
from sightline.meetings.models import Meeting
from sightline.meetings.reports_of_packs import InPack, front
from sightline.meetings.rules.papers import PackNumbers, is_late
from sightline.meetings.selectors.coming_up import coming_up
from sightline.meetings.selectors.papers import PackAgenda, PackItem, PaperThen
from sightline.rendering import write
from sightline.rendering.joining import Limits, NotConverted, Part, inspect, join, word_to_pdf

MISSING = "Its file is not in the store. Ask the business unit to bring it back from a backup."
TOO_MUCH = "The pack would have become too large with it; open the original."
ATTACHED = "This is a {kind}, attached to this PDF as it is."
_CHUNK = 1024 * 1024
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Packed:
    """The file of a pack in the folder it was made in, how many pages it has, and what was done with each paper."""

    path: Path
    pages: int
    papers: tuple[InPack, ...]


class CannotPack(Exception):
    """No pack can be made; the message is one sentence fit to show."""


class Packing:
    """The work on one pack inside a folder of its own. `facts`: what the cover says besides, name and value."""

    def __init__(
        self,
        meeting: Meeting,
        agenda: PackAgenda,
        tier: Tier,
        facts: Sequence[tuple[str, str]],
        *,
        folder: Path,
        numbers: PackNumbers,
        progress: Progress,
    ) -> None:
        self.meeting, self.agenda, self.tier, self.facts = meeting, agenda, tier, facts
        self.folder, self.numbers = folder, numbers
        self.coming = coming_up(meeting, tier)
        self.limits = Limits(seconds=numbers.joining_seconds, pages=numbers.paper_most_pages)
        self.papers: list[InPack] = []
        self.paths: list[Path] = []
        self.tell, self.steps = progress, 2 * sum(len(each.papers) for each in agenda.items) + 2

    def done(self) -> Packed:
        """All of it. Raises CannotPack."""
        self._gather()
        self._inspect()
        out = self.folder / "pack.pdf"
        # Each turn leaves out a paper or its tags, so that it ends.
        for _ in range(2 * len(self.papers) + 2):
            pages = self._front()
            self.tell(self.steps - 1, self.steps, "The papers are being put together.")
            faults = join(self.folder / "front.pdf", self._parts(), out, self.limits)
            if not faults:
                return Packed(out, pages + sum(each.pages for each in self.papers), tuple(self.papers))
            self._without(faults)
        raise CannotPack("The papers could not be put together. Look at each of them on this page.")

    def _gather(self) -> None:
        due_on = self.meeting.papers_due_on
        room = self.numbers.pack_most_megabytes * MEGABYTE
        for each in self.agenda.items:
            for then in each.papers:
                self.tell(
                    len(self.papers), self.steps, f"Paper {len(self.papers) + 1}: {then.paper.title}"[:200]
                )
                told, path = self._copied(_told(each, then, due_on), then.newest.document, room)
                room -= path.stat().st_size if path.exists() else 0
                self.papers.append(told)
                self.paths.append(path)

    def _copied(self, told: InPack, document: Document, room: int) -> tuple[InPack, Path]:
        """The paper on the disk, as a PDF if it is one or becomes one."""
        kind, number = FileKind(document.kind), len(self.papers) + 1
        path = self.folder / f"{number}.{kind.value}"
        if document.size > room:
            return replace(told, why=TOO_MUCH), path
        try:
            with document.file.open("rb") as kept, path.open("wb") as copy:
                for chunk in kept.chunks(_CHUNK):
                    copy.write(chunk)
        except FileNotFoundError:
            return replace(told, why=MISSING), path
        if kind == FileKind.PDF:
            return told, path
        attached = replace(
            told, attached_as=f"{number}. {document.name}", why=ATTACHED.format(kind=LABELS[kind])
        )
        if kind != FileKind.WORD or not settings.LIBREOFFICE:
            return attached, path
        try:
            seconds = self.numbers.converting_seconds
            return told, word_to_pdf(settings.LIBREOFFICE, path, self.folder, seconds)
        except NotConverted as failed:
            return replace(attached, why=str(failed)), path

    def _inspect(self) -> None:
        at = [number for number, each in enumerate(self.papers) if not each.why]

        def watch(done: int) -> None:
            self.tell(len(self.papers) + done, self.steps, "The papers are being looked into.")

        found = inspect([self.paths[number] for number in at], self.limits, watch)
        for number, seen in zip(at, found, strict=True):
            self.papers[number] = replace(
                self.papers[number], pages=seen.pages, is_tagged=seen.is_tagged, why=seen.trouble
            )

    def _front(self) -> int:
        """Write the front so that it names the pages that follow it; how many pages it has itself."""
        pages, path = 2, self.folder / "front.pdf"
        for _ in range(3):
            self._number(pages + 1)
            made = front(self.meeting, self.agenda, self.papers, self.facts, self.tier, self.coming)
            path.write_bytes(write(made, "pdf"))
            [seen] = inspect([path], self.limits)
            if seen.pages == pages:
                break
            pages = seen.pages
        return pages

    def _number(self, first: int) -> None:
        for number, each in enumerate(self.papers):
            self.papers[number] = replace(each, first=first)
            first += each.pages

    def _parts(self) -> list[Part]:
        return [
            Part(
                path=str(path),
                title=each.title,
                under=f"{each.place}. {each.item}",
                name=each.attached_as,
                is_tagged=each.is_tagged,
            )
            for each, path in self._put()
        ]

    def _put(self) -> list[tuple[InPack, Path]]:
        return [
            (each, path)
            for each, path in zip(self.papers, self.paths, strict=True)
            if each.pages or each.attached_as
        ]

    def _without(self, faults: dict[int, str]) -> None:
        """Leave out what stood in the way: a part by its number, or the largest where it was all too much."""
        put = self._put()
        if not put:
            raise CannotPack("The agenda could not be written as a PDF. Tell whoever looks after Sightline.")
        for at, sentence in faults.items():
            each, path = put[at] if at >= 0 else max(put, key=lambda one: one[1].stat().st_size)
            number = self.paths.index(path)
            if at >= 0 and not sentence and each.is_tagged:
                self.papers[number] = replace(each, is_tagged=False)
            else:
                why = sentence if at >= 0 else TOO_MUCH
                self.papers[number] = replace(each, pages=0, attached_as="", why=why)


def _told(each: PackItem, then: PaperThen, due_on: date) -> InPack:
    handed_in = timezone.localtime(then.newest.recorded_at).date()
    return InPack(
        place=each.place,
        item=each.item.title,
        title=then.paper.title,
        brought_by=then.paper.brought_by,
        version=then.newest.number,
        is_late=is_late(handed_in, due_on),
        href=settings.SITE_ADDRESS + reverse("meetings:paper_file", args=[then.newest.pk]),
    )
