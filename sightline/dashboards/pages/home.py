"""The first page: what needs you."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sightline.access.choices import Permission
from sightline.access.models import User
from sightline.dashboards import rules, selectors
from sightline.dashboards.choices import BAND_LABELS, Band
from sightline.dashboards.pages.roles import Block, blocks
from sightline.dashboards.selectors import MOST, Reporting, Standing
from sightline.messages.models import WorkItem
from sightline.saved.models import SavedView
from sightline.saved.pages import first_views
from sightline.screens.words import day


@dataclass(frozen=True)
class Need:
    """One thing that needs somebody."""

    title: str
    sentence: str
    url: str
    due_on: date | None
    when: str
    is_late: bool


@dataclass(frozen=True)
class Section:
    """The things that are about equally near."""

    key: str
    title: str
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Line:
    """A count of the machinery, with the page that shows what is counted. `is_wrong`: somebody must look."""

    number: int
    words: str
    url: str
    is_wrong: bool


@dataclass(frozen=True)
class HomePage:
    """All that the template may use."""

    summary: str
    sections: tuple[Section, ...]
    has_more: bool
    most: int
    lines: tuple[Line, ...] | None
    no_worker: bool
    is_first_day: bool
    may_import: bool
    is_member: bool
    blocks: tuple[Block, ...]
    saved_views: tuple[SavedView, ...]


def home_page(user: User, today: date, now: datetime) -> HomePage:
    """The page for this person on this day."""
    found = selectors.needs_of(user)
    shown, has_more = found[:MOST], len(found) > MOST
    counts = dict(Counter(rules.band_of(item.due_on, today) for item in shown))
    standing = selectors.standing(user, now)
    has_plans = bool(shown) or (user.scope.is_member and selectors.any_plan(user))
    return HomePage(
        summary=rules.summary(counts, more=has_more),
        sections=tuple(sections(shown, today)),
        has_more=has_more,
        most=MOST,
        lines=(*lines(standing), *report_lines(selectors.reporting(user))) if standing else None,
        no_worker=bool(standing and not standing.worker_runs),
        is_first_day=user.scope.is_member and not has_plans,
        may_import=user.scope.holds_anywhere(Permission.IMPORT_RUN),
        is_member=user.scope.is_member,
        blocks=tuple(blocks(user, today)) if has_plans else (),
        saved_views=tuple(first_views(user)),
    )


def sections(items: Iterable[WorkItem], today: date) -> Iterable[Section]:
    """The items by nearness; a section without any is left out."""
    by_band: dict[Band, list[Need]] = {band: [] for band in Band}
    for item in items:
        band = rules.band_of(item.due_on, today)
        when = rules.when_in_words(item.due_on, today)
        by_band[band].append(
            Need(item.title, item.sentence, item.url, item.due_on, when, band is Band.OVERDUE)
        )
    return (Section(band.value, BAND_LABELS[band], tuple(needs)) for band, needs in by_band.items() if needs)


def lines(standing: Standing) -> Iterable[Line]:
    """What waits and what failed, each with its page; nothing where there is nothing to look at."""
    counted = (
        (
            standing.imports_waiting,
            "import waits to be checked",
            "imports wait to be checked",
            "/imports/",
            False,
        ),
        (standing.jobs_waiting, "job waits its turn", "jobs wait their turn", "/jobs/?state=waiting", False),
        (standing.jobs_failed, "job failed", "jobs failed", "/jobs/?state=failed", True),
        (
            standing.mails_failed,
            "e-mail could not be sent",
            "e-mails could not be sent",
            "/outbox/?state=failed",
            True,
        ),
    )
    for number, one, several, url, is_wrong in counted:
        if number:
            yield Line(number, one if number == 1 else several, url, is_wrong)


def report_lines(reporting: Reporting | None) -> Iterable[Line]:
    """What is new since the last report for the whole partnership, and the drafts that nobody has issued."""
    if reporting is None:
        return
    if reporting.last and reporting.new:
        words = "exception is new" if reporting.new == 1 else "exceptions are new"
        since = f"{words} since the report as at {day(reporting.last.as_at)}"
        yield Line(reporting.new, since, f"/exceptions/?since={reporting.last.pk}", False)
    if reporting.drafts:
        words = (
            "draft of a report is not issued" if reporting.drafts == 1 else "drafts of reports are not issued"
        )
        yield Line(reporting.drafts, words, "/reports/exceptions/?state=draft", False)
