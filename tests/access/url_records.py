"""The records that addresses of url_roles.py name: accounts, roles, mails, jobs, papers. Each gives the arguments."""

from __future__ import annotations

from typing import Any

from sightline.events.choices import SYSTEM
from tests.access.people import World


def failed_job(world: World) -> list[Any]:
    from django.utils import timezone

    from sightline.jobs.models import Job

    now = timezone.now()
    job = Job.objects.create(
        name="outbox.deliver",
        state="failed",
        actor_kind="system",
        actor_id="x",
        enqueued_at=now,
        run_after=now,
    )
    return [job.pk]


def invented(world: World) -> list[Any]:
    from sightline.partners.models import Partnership

    Partnership.objects.create(
        pk=1, name="Wealdshire Safeguarding Children Partnership", short_name="WSCP", brand_colour="#0b5351"
    )
    return ["chair"]


def passkey(world: World) -> list[Any]:
    from allauth.mfa.models import Authenticator

    return [Authenticator.objects.create(user=world.people["unit"], type="webauthn", data={"name": "Key"}).pk]


def failed_mail(world: World) -> list[Any]:
    from sightline.messages.models import OutgoingMail
    from sightline.messages.services import queue_mail

    mail = queue_mail("ola@wealdshire.example", "Due", "Please look.", by=SYSTEM)
    OutgoingMail.objects.update(state="failed")
    return [mail.pk]


def alias(world: World) -> list[Any]:
    from sightline.partners.services import remember_alias

    alias = remember_alias("The Constabulary", world.agency, by=SYSTEM)
    assert alias is not None
    return ["agencies", world.agency.pk, alias.pk]


def seat(world: World) -> list[Any]:
    from tests.partners.making import make_seat

    return [make_seat(world.group, world.agency).pk]


def seat_held(world: World) -> list[Any]:
    from sightline.partners.models import Seat
    from sightline.partners.services import create_person
    from tests.partners.making import fill

    (number,) = seat(world)
    person = create_person("Sid Seat", agency=world.agency, user=world.people["executive"], by=SYSTEM)
    return [number, fill(Seat.objects.get(pk=number), person).pk]


def report(world: World) -> list[Any]:
    from django.utils import timezone

    from sightline.plans.services import draft_exception_report

    now = timezone.now()
    return [draft_exception_report(None, as_at=timezone.localdate(), by=SYSTEM, now=now).pk]


def upload(world: World) -> list[Any]:
    from django.core.files.base import ContentFile
    from django.utils import timezone

    from sightline.plans.services.imports import read_upload, upload

    text = "Action No.\tAction\tLead\tTimescale\tStatus\n1.1\tAsk children\tNobody Known\tBy 31 March 2027\tGreen\n"
    now = timezone.now()
    file = ContentFile(text.encode(), name="plan.tsv")
    made = upload(file, "plan.tsv", plan_name="A plan", by=SYSTEM, now=now, enqueue_reading=False)
    return [read_upload(made, by=SYSTEM).pk]


def second_upload(world: World) -> list[Any]:
    from django.utils import timezone

    from sightline.plans.models import Import
    from sightline.plans.services.imports import confirm, set_as_at

    now = timezone.now()
    first = Import.objects.get(pk=upload(world)[0])
    confirm(set_as_at(first, timezone.localdate(), by=SYSTEM, now=now), by=SYSTEM, now=now)
    return upload(world)


def person(world: World) -> list[Any]:
    from sightline.partners.services import create_person

    return [create_person("Ola Owner", user=world.people["owner"], by=SYSTEM).pk]


def role(world: World) -> list[Any]:
    return [*person(world), world.people["owner"].memberships.get().pk]


def own_role(world: World) -> list[Any]:
    return [world.people["owner"].memberships.get().pk]


def lent(world: World) -> list[Any]:
    from django.utils import timezone

    from sightline.access.services import lend

    owner, today = world.people["owner"], timezone.localdate()
    own = owner.memberships.get()
    return [lend(own, world.people["chair"].email, today, today, today=today, by=owner.actor).pk]


def plan(world: World) -> list[Any]:
    from tests.plans.making import make_plan

    return [make_plan(world.group).key]


def priority(world: World) -> list[Any]:
    from sightline.plans.models import Plan
    from sightline.plans.services import add_priority
    from tests.plans.making import BY, NOW

    (key,) = plan(world)
    made = add_priority(Plan.objects.get(key=key), number="1", title="Neglect", by=BY, now=NOW)
    return [key, made.pk]


def strand(world: World) -> list[Any]:
    from sightline.plans.models import Priority
    from sightline.plans.services import add_strand
    from tests.plans.making import BY, NOW

    key, number = priority(world)
    made = add_strand(Priority.objects.get(pk=number), title="Schools", by=BY, now=NOW)
    return [key, made.pk]


def outcome(world: World) -> list[Any]:
    from sightline.plans.models import Priority
    from sightline.plans.services import add_outcome
    from tests.plans.making import BY, NOW

    key, number = priority(world)
    made = add_outcome(Priority.objects.get(pk=number), text="Seen early", by=BY, now=NOW)
    return [key, made.pk]
