"""What a source asks of whom: progress that is overdue or soon due, and who answers what names nobody.

One work item for each source and each of those asked, so that a review of forty recommendations does not fill a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from sightline.events.choices import Subject, Tier
from sightline.events.services import subject_of
from sightline.events.services.keeping import today
from sightline.messages.models import WorkItem
from sightline.messages.services import replace_work_items
from sightline.plans.choices import LedgerTo, WorkKind
from sightline.plans.models import Addressee, Source
from sightline.plans.rules import addresses
from sightline.plans.rules.ledger import Due, Owing, owing, wanting_names
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors.owed import DueRead, ReadLedger, due_of
from sightline.plans.services.work_claims import UNIT
from sightline.screens.words import count


def keep_asks(
    sources: Mapping[int, Source], addressees: Iterable[Addressee], read: ReadLedger, now: datetime
) -> None:
    """Make what these sources, held by this transaction, ask of people what their ledgers say, as at the day of `now`.

    `read`: what was read of them. The addressees stand by now as they are given, not as they were read.
    """
    on = today(now)
    due = {
        pk: _owed(read.due[pk], [e for e in addressees if e.recommendation.source_id == pk], on)
        for pk in sources
    }
    wanted = [item for pk, source in sources.items() for item in _items(source, due[pk], on)]
    replace_work_items(read.items, wanted, now)


def _owed(due: Iterable[DueRead], addressees: Iterable[Addressee], on: date) -> list[Due]:
    """What is owed, in the order of recommendations and of those each is addressed to."""
    given = {each.pk: due_of(each, on) for each in addressees}
    others = [each for each in due if each.row not in given]
    return [each.due for each in sorted([*others, *filter(None, given.values())])]


def _items(source: Source, due: Collection[Due], on: date) -> Iterator[WorkItem]:
    about = subject_of(source)
    is_open = source.tier in EVERY_MEMBER
    for party, each in owing(due, on, by_party=is_open).items():
        to = party or (LedgerTo.UNMATCHED if is_open else LedgerTo.NAMED)
        late = {"overdue": "on"} if each.late else {}
        sentence = f"{each.sentence} Addressed to: {each.names}." if not party else each.sentence
        url = addresses.of_ledger(source.key, to=to, **late)
        yield _item(source, about, party or UNIT, WorkKind.PROGRESS_OWED, sentence, url, each)
    if number := len(wanting_names(due)):
        names = "names" if number == 1 else "name"
        sentence = f"{count(number, 'recommendation')} {names} nobody: say who answers."
        url = addresses.of_ledger(source.key, to=LedgerTo.NOBODY)
        yield _item(source, about, UNIT, WorkKind.ADDRESSEE_WANTED, sentence, url, None)


def _item(
    source: Source, about: Subject, scope: str, kind: WorkKind, sentence: str, url: str, owes: Owing | None
) -> WorkItem:
    return WorkItem(
        for_scope=scope,
        kind=kind,
        subject_app=about.app,
        subject_model=about.model,
        subject_id=about.id,
        title=source.title[:200],
        sentence=sentence[:500],
        url=url,
        due_on=owes.first_on if owes else None,
        tier=Tier(source.tier),
    )
