"""Writing updates: what has happened."""

from __future__ import annotations

from datetime import date, datetime

from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, not_ahead
from sightline.plans.choices import ReceivedHow
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Import, Update
from sightline.plans.services.accounts.questions import answer_with
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import fit_to_publish, held, stamp, tier_of
from sightline.search.services import keep_words


@deed
def record_update(
    action: Action,
    text: str,
    *,
    as_at: date,
    dated_on: date | None = None,
    publishable: str = "",
    said_by: str = "",
    received_how: ReceivedHow = ReceivedHow.SCREEN,
    answers: bool = False,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> Update:
    """Add a dated account of an action; none is ever overwritten. `dated_on` is empty where the paper gave no date.

    `publishable`: what of it may be published, in words of its own. `answers`: it answers the question that waits
    about an earlier update. Raises Unacceptable for an empty text, for days ahead, where no question waits, and for
    publishable words about an action that not every member reads.
    """
    not_ahead(as_at, now)
    live = held(action)
    made = Update.objects.create(
        action=live,
        text=need(text, "text", "Write what has happened."),
        publishable=fit_to_publish(live, publishable, "publishable"),
        dated_on=dated_on,
        as_at=as_at,
        said_by=said_by[:200],
        received_how=received_how,
        **stamp(by, now, import_of),
    )
    after = {"text": made.text, "as_at": as_at, "received_how": received_how} | who(said_by)
    if made.publishable:
        after["publishable"] = made.publishable
    record(PlanEntry.UPDATE_RECORDED, by=by, subject=live, after=after, tier=tier_of(live, live.plan))
    keep_words(made)
    if answers:
        answer_with(made, live, by, now)
    if refresh:
        refresh_current(action, now=now)
    return made


def who(said_by: str) -> dict[str, str]:
    """The journal's word of who said it; nothing where nobody is named."""
    return {"said_by": said_by} if said_by else {}
