"""Loading Wealdshire into an empty database, through the same services people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from sightline.demo.services.declarations import load_declarations, tell_everybody
from sightline.demo.services.governance import (
    load_governance,
    load_passed,
    read_attendance_in,
    upload_members,
)
from sightline.demo.services.knowing import load_knowing
from sightline.demo.services.ledger import load_ledger, theme_actions
from sightline.demo.services.logs import load_logs
from sightline.demo.services.meeting_papers import load_meeting_papers
from sightline.demo.services.meetings import load_meetings
from sightline.demo.services.oversight import load_looks, load_oversight
from sightline.demo.services.papers import upload_paper
from sightline.demo.services.partners import People, load_partners
from sightline.demo.services.planning import load_planning
from sightline.demo.services.plans import load_plan, load_sources
from sightline.demo.services.public_minutes import load_public_minutes
from sightline.demo.services.publishable import load_publishable
from sightline.demo.services.reports import issue_reports
from sightline.demo.services.retention import load_retention
from sightline.demo.services.returns import load_returns
from sightline.demo.services.rhythm import load_rhythm
from sightline.demo.services.roles import load_roles
from sightline.demo.services.rounds import load_rounds
from sightline.demo.services.seats import load_seats
from sightline.demo.services.showing import load_showing
from sightline.demo.services.sight import load_sight
from sightline.demo.services.statutory import load_statutory
from sightline.demo.services.telling import tell
from sightline.demo.story import Calendar, told
from sightline.partners.selectors import partnership
from sightline.plans.services.current import refresh_current
from sightline.plans.services.ledger import refresh_all_ledgers
from sightline.plans.services.likeness import gather_words
from sightline.plans.services.standings import count_standings

__all__ = ["AlreadyLoaded", "load"]


class AlreadyLoaded(Exception):
    """The database holds a partnership already; the message says which."""


@transaction.atomic
def load(*, on: date, progress: Callable[[str], None]) -> None:
    """Load the invented county as it stands on the day: all of it, or nothing.

    Raises AlreadyLoaded where the database holds a partnership.
    """
    if standing := partnership():
        raise AlreadyLoaded(f"{standing.name} is loaded already; nothing was changed.")
    calendar = Calendar(on)
    progress("Agencies, groups, people and their accounts …")
    people = load_partners(told("partners"), calendar)
    progress("What inspectors, reviews and children asked for …")
    recommendations = load_sources(told("sources"), calendar, people)
    events = []
    for name in ("quality", "plan"):
        progress("A plan and its actions …")
        events += load_plan(told(name), calendar, people, recommendations)
    progress(f"Two years of updates, ratings and evidence: {len(events)} events …")
    actions = tell(events, people)
    load_sight(told("sight"), calendar, people)
    progress("Who challenged whom, what was answered, and what may happen …")
    load_logs(told, people)
    progress("What became of what was asked …")
    load_ledger(told("ledger"), calendar, people, recommendations)
    load_returns(told("returns"), people, recommendations, on)
    theme_actions(actions, people, on)
    refresh_current(actions, now=people.moment(on))
    progress("How they stood at the ends of the last twelve months …")
    count_standings(now=people.moment(on))
    progress("The exception reports issued so far …")
    issue_reports(calendar, people)
    progress("A document that waits to be confirmed …")
    upload_paper("early-years-plan.txt", people)
    load_statutory(told("statutory"), people)
    load_knowing(told("knowing"), people)
    progress("A key, strands, an action in two plans, a plan that was rolled over …")
    load_planning(told("planning"), calendar, people)
    load_publishable(told("publishable"), calendar, people)
    progress("What waits for somebody: a second person, an answer, a plan to come …")
    load_showing(told("showing"), people)
    _load_looking_after(calendar, people, progress)
    refresh_all_ledgers(now=people.moment(on))
    gather_words()
    tell_everybody(people)
    progress("Wealdshire is loaded.")


def _load_looking_after(calendar: Calendar, people: People, progress: Callable[[str], None]) -> None:
    progress("Those who look on, look after and stand in …")
    load_roles(told("roles"), calendar, people)
    load_seats(told("seats"), calendar, people)
    load_governance(told("governance"), people)
    load_declarations(told("declarations"), people)
    read_attendance_in("quality-attendance.txt", "quality-group", people)
    upload_members("neglect-members.tsv", "neglect-group", people)
    progress("A round of updates: who answered, and who is silent …")
    load_rounds(told("rounds"), people)
    progress("When groups met, who came, and what they decided …")
    load_meetings(told("meetings"), calendar, people)
    load_meeting_papers(told("meeting_papers"), people)
    load_public_minutes(told("public_minutes"), people)
    load_passed(told("governance"), people)
    progress("What groups are owed, and what they returned …")
    load_rhythm(told("rhythm"), calendar, people)
    load_oversight(told("oversight"), people)
    progress("How long everything is kept, what is held, and what has gone …")
    load_retention(told("retention"), calendar, people)
    progress("What data protection looks at …")
    load_looks(told("oversight"), people)
