"""The system checks of access: they fail before a mistake can be served."""

from types import ModuleType

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from sightline import definitions
from sightline.access import roles as roles_module
from sightline.access.checks import check_roles, check_views_are_marked
from sightline.events.marks import needs


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@needs("fly")
def misspelt(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_a_view_without_a_mark_and_one_with_an_unknown_permission_fail_the_check() -> None:
    urls = ModuleType("urls_of_this_test")
    urls.urlpatterns = [path("a/", include([path("b/", unmarked)])), path("c/", misspelt)]
    with override_settings(ROOT_URLCONF=urls):
        errors = check_views_are_marked()
    assert [(error.id, error.msg) for error in errors] == [
        ("access.E002", "The view at /a/b/ carries no mark, so nobody may open it."),
        ("access.E003", "The view at /c/ asks for 'fly', which is no permission."),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            {
                "roles": [
                    {
                        "key": "x",
                        "name": "X",
                        "sentence": "",
                        "may_be_held_by": "",
                        "reads": "T1",
                        "scopes": [],
                        "permissions": ["fly"],
                        "everywhere": [],
                    }
                ]
            },
            "no permission 'fly'",
        ),
        (definitions.InvalidDefinition("roles.yaml: $: 'roles' is a required property"), "required property"),
    ],
)
def test_role_definitions_that_cannot_be_used_fail_the_check(monkeypatch, data: object, told: str) -> None:
    def load(name: str) -> object:
        if isinstance(data, Exception):
            raise data
        return data

    monkeypatch.setattr(definitions, "load", load)
    roles_module.roles.cache_clear()
    try:
        [error] = check_roles()
    finally:
        roles_module.roles.cache_clear()
    assert error.id == "access.E001"
    assert told in error.msg
