"""What a source asks of whom: progress that is overdue or soon due, and who answers what names nobody.

One work item for each source and each of those asked, so that a review of forty recommendations does not fill a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q

from sightline.events.choices import Subject, Tier
from sightline.events.services import subject_of
from sightline.messages.models import WorkItem
from sightline.messages.services import keep_work_items
from sightline.plans.choices import LedgerTo, WorkKind
from sightline.plans.models import Addressee, Source
from sightline.plans.rules import addresses
from sightline.plans.rules.ledger import Due, Owing, owing, standard, wanting_names
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.rules.words import count
from sightline.plans.selectors.ledger import NOBODY_NAMED
from sightline.plans.services.keeping import today
from sightline.plans.services.work_claims import UNIT


def keep_asks(sources: Collection[int], *, now: datetime) -> None:
    """Make what these sources ask of people what their ledgers say, as at the day of `now`; four queries.

    The sources are held meanwhile: two who write in one ledger count after each other.
    """
    held = Source.objects.select_for_update(no_key=True).filter(pk__in=sources).order_by("pk")
    found = {source.pk: source for source in held}
    due: dict[int, list[Due]] = {pk: [] for pk in found}
    for pk, each in _due(found, today(now)):
        due[pk].append(each)
    wanted = [item for pk, source in found.items() for item in _items(source, due[pk], today(now))]
    keep_work_items([subject_of(source) for source in found.values()], wanted, now)


def _due(sources: Iterable[int], on: date) -> Iterator[tuple[int, Due]]:
    """What is owed by somebody by the last day on which it is asked for, and all that names nobody."""
    soon = on + timedelta(days=standard().due_soon_days)
    rows = Addressee.objects.filter(
        Q(current_due_on__lte=soon) | NOBODY_NAMED & Q(current_due_on__isnull=False),
        recommendation__source__in=list(sources),
        gone_on=None,
    ).order_by("recommendation_id", "order")
    columns = (
        "recommendation__source",
        "recommendation",
        "agency__key",
        "group__key",
        "raw",
        "current_due_on",
    )
    for source, recommendation, agency, group, raw, due_on in rows.values_list(*columns):
        party = f"agency:{agency}" if agency else f"group:{group}" if group else ""
        yield source, Due(recommendation, party, raw, due_on)


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
