"""Nothing is read or written beside the guard and the services: no admin, no superuser, no writing view."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import get_resolver

import sightline
from sightline.access.models import User
from tests.walks.test_url_roles import names

ROOT = Path(sightline.__file__).parent
# Kinds of files that show, ask or judge; whatever writes is a service, a job calls one.
SILENT = {
    "views", "pages", "forms", "reports", "work", "selectors", "permissions", "rules", "choices", "urls", "guard",
    "templatetags", "seeing", "explaining", "finding", "guarded", "own", "scope", "roles",
}  # fmt: skip
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "aupdate", "acreate", "asave"}
ON_ROWS = {"create", "update", "delete", "save"}


def test_djangos_admin_is_not_there() -> None:
    assert not [app for app in settings.INSTALLED_APPS if "admin" in app]
    assert not [name for name in names(get_resolver()) if name.startswith("admin:")]
    text = "".join(path.read_text() for path in (ROOT / "site").rglob("*.py"))
    assert "contrib.admin" not in text


def test_nobody_is_a_superuser() -> None:
    assert User.__mro__[1] is AbstractBaseUser
    assert not {"is_superuser", "is_staff", "groups", "user_permissions"} & {
        field.name for field in User._meta.get_fields()
    }


def files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if len(parts) > 1 and parts[1] in SILENT and "migrations" not in parts:
            yield path


def writes(text: str) -> list[str]:
    """Calls that write rows: of a manager or query set, or of any name that only writing has."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        through = ast.unparse(node.func.value)
        rows = "objects" in through or "_manager" in through or ".filter(" in through
        saves = node.func.attr == "save" or (node.func.attr == "delete" and not node.args)
        if node.func.attr in ALWAYS or (node.func.attr in ON_ROWS and rows) or saves:
            found.append(ast.unparse(node)[:100])
    return found


def test_what_shows_and_judges_writes_nothing() -> None:
    told = {str(path.relative_to(ROOT)): writes(path.read_text()) for path in files()}
    assert len(told) > 100
    assert {name: calls for name, calls in told.items() if calls} == {}


def test_a_writing_view_would_be_found() -> None:
    assert writes("Plan.objects.filter(pk=1).update(name='x')")
    assert writes("found.save()")
    assert writes("Plan.objects.create(name='x')")
    assert writes("found.updates.bulk_create(rows)")
    assert not writes("known.update(seen)")
