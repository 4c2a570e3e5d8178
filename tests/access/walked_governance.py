"""What governs groups, for the walk over every address."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.people import World

Roles = frozenset[str]


def rows(row: Any, members: Roles, readers: Roles, keepers: Roles) -> dict[str, Any]:
    """Who may open which address of governance."""
    return {
        "governance:leads": row(members),
        "governance:leads_export": row(readers, args=lambda world: ["csv"]),
        "governance:lead_new": row(keepers | {"owner"}),
        "governance:lead": row(members, args=lead),
        "governance:lead_change": row(keepers | {"owner"}, args=lead),
        "governance:lead_confirm": row(keepers | {"owner"}, args=lead, method="post"),
        "governance:terms": row(members, args=terms),
        "governance:terms_new": row(keepers, args=terms),
        "governance:terms_file": row(members, args=terms_file),
        "governance:lists": row(keepers, args=lambda world: [world.group.pk]),
        "governance:list": row(keepers, args=member_list),
        "governance:list_confirm": row(keepers, args=member_list, method="post"),
        "governance:list_discard": row(keepers, args=member_list, method="post"),
        "governance:list_withdraw": row(keepers, args=confirmed_list),
        "governance:list_file": row(keepers, args=member_list),
    }


def member_list(world: World) -> list[Any]:
    from tests.governance.making import HEADING, upload

    words = f"{HEADING}Dale\tDee\t{world.agency.name}\tChief\nCole\tCy\tThe Constables\tClerk\n"
    return [upload(world.group, words).pk]


def confirmed_list(world: World) -> list[Any]:
    from sightline.governance.models import MemberList
    from tests.governance.making import confirmed

    return [confirmed(MemberList.objects.get(pk=member_list(world)[0])).pk]


def list_sent(world: World) -> dict[str, Any]:
    return {
        "file": SimpleUploadedFile("members.csv", b"Surname,Forename,Organisation,Role\nDale,Dee,,Chief\n")
    }


def list_seen(world: World) -> dict[str, Any]:
    from sightline.governance.models import MemberList

    return {"version": MemberList.objects.latest("pk").version}


def lead(world: World) -> list[Any]:
    from tests.governance.making import make_lead

    return [make_lead(world.agency).pk]


def lead_seen(world: World) -> dict[str, Any]:
    from sightline.governance.models import Lead

    return {"version": Lead.objects.latest("pk").version}


def lead_over(world: World) -> dict[str, Any]:
    return {"is_over": "on", "starts_on-day": 1, "starts_on-month": 7, "starts_on-year": 2026}


def terms(world: World) -> list[Any]:
    from tests.governance.making import make_terms

    make_terms(world.group)
    return [world.group.pk]


def terms_file(world: World) -> list[Any]:
    from tests.governance.making import make_terms

    return [make_terms(world.group, file=SimpleUploadedFile("terms.txt", b"The group meets.")).pk]


def terms_sent(world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("terms.txt", b"The group meets six times.")}


def terms_with_file(world: World) -> list[Any]:
    terms_file(world)
    return [world.group.pk]
