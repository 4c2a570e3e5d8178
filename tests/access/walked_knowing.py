"""A restricted case, its list, a conflict and a use of break-glass, for the walks of addresses."""

from typing import Any

from tests.access.people import World


def listed_of(world: World) -> list[Any]:
    from tests.knowing.making import case, listed

    about = case()
    listed(about, world.person("case_review_officer"))
    return ["restricted", "casenote", about.pk]


def line_of(world: World) -> list[Any]:
    from tests.knowing.making import added, officer
    from tests.restricted.models import CaseNote

    record = listed_of(world)
    return [*record, added(CaseNote.objects.get(pk=record[-1]), officer("Dee Doctor")).pk]


def bound_conflict_of(world: World) -> list[Any]:
    from django.utils import timezone

    from sightline.knowing.services import declare_conflict
    from tests.restricted.models import CaseNote

    record, owner = listed_of(world), world.people["owner"]
    about = CaseNote.objects.get(pk=record[-1])
    return [*record, declare_conflict(owner, about=about, by=owner.actor, now=timezone.now()).pk]


def conflict_of(world: World) -> list[Any]:
    from django.utils import timezone

    from sightline.knowing.services import declare_conflict

    owner = world.people["owner"]
    return [declare_conflict(owner, reference="CR-1", reason="Kin", by=owner.actor, now=timezone.now()).pk]


def use_of(world: World) -> list[Any]:
    from django.utils import timezone

    from sightline.knowing.models import Glass
    from sightline.knowing.services import break_glass
    from tests.knowing.making import case, officer

    case(), (now := timezone.now())
    break_glass(officer("Bo Breaker"), "CR-1", "Nobody answers tonight", proved_at=now, now=now)
    return [Glass.objects.latest("pk").pk]
