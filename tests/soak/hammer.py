# ruff: noqa: E402  (Django is set up before its models are imported)
"""A process that imports, updates and withdraws without pause, to be killed at any moment.

Started as `python -m tests.soak.hammer SEED` with SIGHTLINE_DATA set. It first looks whether what an earlier one left
behind is whole, says "whole" or what is broken, then works and prints each deed once it is done.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.site.settings.test")

import django

django.setup()

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from sightline.events.choices import Actor
from sightline.events.models import Entry
from sightline.events.services import seal, verify
from sightline.plans import services
from sightline.plans.choices import Dimension, ImportState, ReceivedHow
from sightline.plans.models import Action, Import, ImportedRow, Plan, Rating, StateChange, Timescale, Update
from sightline.plans.selectors.history import facts_of
from sightline.plans.services import imports
from sightline.reading.formats import printed
from sightline.reading.interpreters import interpret

BY = Actor("system", "hammer", "Hammer")
HEADINGS = "No.\tWhat difference will this make?\tLead\tAction\tUpdate\tTimescale\tRAG"
WORDS = [
    "audit",
    "train",
    "listen",
    "publish",
    "review",
    "open",
    "visit",
    "write",
    "ask",
    "mend",
    "plan",
    "count",
]


def say(text: str) -> None:
    """Print a line that outlives this process."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def paper(chance: random.Random, version: int) -> str:
    """A plan of a few rows, some of whose cells differ from version to version."""
    lines = ["Hammer action plan", "", HEADINGS]
    for priority in (1, 2):
        lines.append(f"Priority {priority}: Priority number {priority}" + "\t" * 6)
        for place in range(1, chance.randint(3, 6)):
            words = f"{WORDS[place]} every {WORDS[place + priority]} in school number {place * priority}"
            update = " ".join(f"Step {n}." for n in range(chance.randint(0, version + 1)))
            rating = chance.choice(["Green", "Amber", "Red", "", "Complete"])
            lines.append(
                f"{priority}.{place}\tChildren are heard\tPolice\t{words}\t{update}\tBy May 2027\t{rating}"
            )
    return "\n".join(lines) + "\n"


def take_in(chance: random.Random, plan: Plan | None, version: int) -> Import:
    """Upload and read a paper, as the page and the job do."""
    now = timezone.now()
    content = paper(chance, version).encode()
    name = "" if plan else f"Plan {chance.getrandbits(40):x}"
    made = imports.upload(
        ContentFile(content, name="plan.txt"),
        "plan.txt",
        plan=plan,
        plan_name=name,
        as_at=timezone.localdate(),
        by=BY,
        now=now,
    )
    say(f"uploaded {made.pk}")
    path = Path(made.file.path)
    made.reading, made.state = interpret(printed(path)).as_json(), ImportState.PREVIEW
    made.save(update_fields=["reading", "state"])
    return made


def work(chance: random.Random) -> None:
    """One deed."""
    plans = list(Plan.objects.order_by("?")[:1])
    deed = chance.choice(["new", "again", "again", "update", "update", "update", "rate", "withdraw", "seal"])
    now = timezone.now()
    if deed == "new" or not plans:
        made = take_in(chance, None, 0)
        say(f"confirmed {imports.confirm(made, by=BY, now=now).pk}")
    elif deed == "again":
        made = take_in(chance, plans[0], plans[0].imports.count())
        for question in range(50):
            try:
                say(f"confirmed {imports.confirm(made, by=BY, now=now).pk}")
                break
            except imports.ImportRefused:
                made = imports.choose(made, f"row:{question}", "", by=BY, now=now) if question < 12 else made
    elif deed == "withdraw":
        last = plans[0].imports.filter(state=ImportState.CONFIRMED).order_by("-confirmed_at").first()
        if last and not imports.dependents(last):
            say(f"withdrawn {imports.withdraw(last, by=BY, now=now).pk}")
    elif deed == "seal":
        seal(now)
    else:
        action = plans[0].actions.order_by("?").first()
        if action and deed == "update":
            said = services.record_update(action, "Said so.", as_at=timezone.localdate(), by=BY, now=now)
            say(f"updated {said.pk}")
        elif action:
            services.rate(action, Dimension.DELIVERY, "red", as_at=timezone.localdate(), by=BY, now=now)


def broken() -> list[str]:
    """What is not whole; an empty list where everything is."""
    return [
        *_database(),
        *_journal(),
        *(w for made in Import.objects.all() for w in _import(made)),
        *_actions(),
    ]


def _database() -> list[str]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        found = cursor.fetchall()
        cursor.execute("PRAGMA foreign_key_check")
        found += cursor.fetchall()
    return [str(row) for row in found if row != ("ok",)]


def _journal() -> list[str]:
    found = verify()
    wrong = [f"journal: {one}" for one in found.broken]
    said = Update.objects.filter(import_of=None).count()
    told = Entry.objects.filter(
        type="plans.update_recorded", after__contains=f'"{ReceivedHow.SCREEN}"'
    ).count()
    return wrong + ([f"{said} updates and {told} journal entries"] if said != told else [])


def _import(made: Import) -> list[str]:
    """An import is in its plan whole, with its entry, or not at all."""
    about = Entry.objects.filter(subject_model="import", subject_id=str(made.pk))
    confirmed = about.filter(type="plans.import_confirmed").count()
    history = sum(
        m._default_manager.filter(import_of=made).count() for m in (Update, Rating, Timescale, StateChange)
    )
    rows = ImportedRow.objects.filter(import_of=made).count()
    wrong = []
    if hashlib.sha256(Path(made.file.path).read_bytes()).hexdigest() != made.sha256:
        wrong.append("its file is not the one that was uploaded")
    if made.state == ImportState.CONFIRMED:
        read = len((made.reading or {})["rows"]) + len((made.reading or {})["leftovers"])
        if (confirmed, rows) != (1, read) or made.plan is None:
            wrong.append(f"confirmed with {rows} of {read} rows and {confirmed} entries")
        made_here = Action.objects.filter(import_of=made).count()
        if made_here != len(made.undo.get("actions", [])):
            wrong.append(f"{made_here} actions of {len(made.undo.get('actions', []))}")
    elif made.state == ImportState.WITHDRAWN:
        if history or (confirmed, about.filter(type="plans.import_withdrawn").count()) != (1, 1):
            wrong.append("withdrawn and still there")
    elif history or rows or confirmed:
        wrong.append("not confirmed and there already")
    return [f"import {made.pk}: {what}" for what in wrong]


def _actions() -> list[str]:
    """What lists read agrees with the history it was made of."""
    actions = list(Action.objects.all())
    facts = facts_of(actions, timezone.localdate())
    return [
        f"{a.reference}: {a.state}, {a.current_delivery_rating}; history says {f.state}, {f.delivery.value}"
        for a in actions
        if (f := facts[a.pk])
        and (a.state, a.current_delivery_rating, a.current_update_text)
        != (f.state, f.delivery.value, f.last_update_text)
    ]


def main() -> None:
    """Look, then work until killed."""
    call_command("migrate", verbosity=0)
    wrong = broken()
    say("whole" if not wrong else "broken: " + "; ".join(wrong))
    chance = random.Random(int(sys.argv[1]))
    until = timezone.now() + timedelta(seconds=60)
    while not wrong and timezone.now() < until:
        work(chance)


if __name__ == "__main__":
    main()
