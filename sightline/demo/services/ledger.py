"""What became of what sources asked: the ledger of the invented county, and its themes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sightline.demo.services.partners import People
from sightline.demo.services.plans import Recommendations
from sightline.demo.story import Calendar
from sightline.plans.choices import Acceptance, EvidenceQuarter, ReceivedHow, SourceKind, Step
from sightline.plans.models import Action, Addressee, Recommendation
from sightline.plans.rules.themes import suggested
from sightline.plans.services.ledger import Said, accept, report_progress, respond, take_step
from sightline.plans.services.plans import create_recommendation, create_source
from sightline.plans.services.themes import set_themes


def load_ledger(
    words: dict[str, Any], calendar: Calendar, people: People, recommendations: Recommendations
) -> None:
    """Tell the ledger of every recommendation, those of years ago among them, and choose themes."""
    _older(words["older"], calendar, people)
    for number, keys in words["themes"].items():
        _themes(recommendations[number], keys, people, calendar.on)
    for number, lines in words["said"].items():
        for line in lines:
            _say(recommendations[number], line, calendar, people)


def theme_actions(actions: list[Action], people: People, on: date) -> None:
    """Choose for every third action the themes that its words suggest, as a person would who agrees with them."""
    for action in Action.objects.filter(pk__in=[each.pk for each in actions[::3]]).order_by("pk"):
        if keys := suggested(action.text):
            set_themes(action, action.version, keys[:2], by=people.manager, now=people.moment(on))


def _older(told: dict[str, Any], calendar: Calendar, people: People) -> None:
    day = calendar.day_in(told["month"], 9)
    who: dict[str, Any] = {"by": people.manager, "now": people.moment(day)}
    source = create_source(
        told["title"],
        SourceKind(told["kind"]),
        body=told["body"],
        published_on=day,
        summary=told["summary"],
        **who,
    )
    for row in told["recommendations"]:
        made = create_recommendation(source, number=row["n"], text=row["text"], addressed_to=row["to"], **who)
        _themes(made, row["themes"], people, day)
        for line in row["said"]:
            _say(made, line, calendar, people)


def _themes(about: Recommendation, keys: list[str], people: People, on: date) -> None:
    set_themes(about, about.version, keys, by=people.manager, now=people.moment(on))


def _say(about: Recommendation, line: Mapping[str, Any], calendar: Calendar, people: People) -> None:
    """One line of the story: acceptance, response, progress and step, whichever it tells."""
    addressee = Addressee.objects.get(recommendation=about, raw=line["to"])
    day = calendar.day_in(line["m"], about.order)
    who: dict[str, Any] = {"by": people.manager, "now": people.moment(day)}

    def said(*public: str, private: list[str] | None = None) -> Said:
        words = [text for text in public if text]
        return Said(day, words, private or (), said_by=line["to"], received_how=ReceivedHow.EMAIL)

    if "accept" in line:
        accept(
            addressee,
            Acceptance(line["accept"]),
            said(line.get("why", ""), private=line.get("private")),
            **who,
        )
    if "respond" in line:
        respond(about, addressee, said(*line["respond"]), **who)
    if line.get("t"):
        report_progress(addressee, line.get("months"), said(line["t"]), **who)
    if "step" in line:
        quarter = EvidenceQuarter(line["quarter"]) if "quarter" in line else None
        take_step(addressee, Step(line["step"]), said(line["shown"]), quarter=quarter, **who)
