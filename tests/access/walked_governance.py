"""What governs groups, for the walk over every address."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.people import World

Roles = frozenset[str]


def rows(row: Any, members: Roles, readers: Roles, keepers: Roles) -> dict[str, Any]:
    """Who may open which address of governance."""
    return {
        "governance:lists": row(keepers, args=lambda world: [world.group.pk]),
        "governance:list": row(keepers, args=member_list),
        "governance:list_confirm": row(keepers, args=member_list, method="post"),
        "governance:list_discard": row(keepers, args=member_list, method="post"),
        "governance:list_file": row(keepers, args=member_list),
    }


def member_list(world: World) -> list[Any]:
    from tests.governance.making import HEADING, upload

    words = f"{HEADING}Dale\tDee\t{world.agency.name}\tChief\nCole\tCy\tThe Constables\tClerk\n"
    return [upload(world.group, words).pk]


def list_sent(world: World) -> dict[str, Any]:
    return {
        "file": SimpleUploadedFile("members.csv", b"Surname,Forename,Organisation,Role\nDale,Dee,,Chief\n")
    }


def list_seen(world: World) -> dict[str, Any]:
    from sightline.governance.models import MemberList

    return {"version": MemberList.objects.latest("pk").version}
