"""The registry of navigation entries."""

from collections.abc import Iterator

import pytest

from sightline.screens import navigation
from sightline.screens.navigation import NavItem, NavLink


class Holds:
    """Somebody who holds some permissions over something."""

    def __init__(self, *permissions: str) -> None:
        self.permissions = permissions

    def holds_anywhere(self, permission: object) -> bool:
        return permission in self.permissions


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "_offered", {})
    navigation.offer(
        "one", [NavItem("Health", "health", "see", order=20), NavItem("Style", "brand_style", order=10)]
    )
    return


def test_entries_stand_in_their_order_and_only_where_they_may_be_opened() -> None:
    assert navigation.links(Holds("see"), "/x/") == [
        NavLink("Style", "/brand.css", False),
        NavLink("Health", "/health/", False),
    ]
    assert [link.label for link in navigation.links(Holds(), "/x/")] == ["Style"]


@pytest.mark.parametrize(
    ("path", "current"), [("/health/", ["Health"]), ("/health/deep/", ["Health"]), ("/", []), ("/heal", [])]
)
def test_the_entry_of_the_page_is_current(path: str, current: list[str]) -> None:
    assert [link.label for link in navigation.links(Holds("see"), path) if link.current] == current


def test_the_page_itself_is_told_from_those_below_it() -> None:
    exact = [
        [link.exact for link in navigation.links(Holds("see"), path)] for path in ("/health/", "/health/x/")
    ]
    assert exact == [[False, True], [False, False]]


def test_offering_again_replaces() -> None:
    navigation.offer("one", [])
    assert navigation.items() == []


def test_pages_elsewhere_may_belong_to_an_entry() -> None:
    navigation.offer(
        "one", [NavItem("Health", "health", also=("/wellbeing/",)), NavItem("Style", "brand_style")]
    )
    for path, current in (("/wellbeing/", ["Health"]), ("/wellbeing/1/", ["Health"]), ("/well/", [])):
        assert [link.label for link in navigation.links(Holds(), path) if link.current] == current
    assert [link.exact for link in navigation.links(Holds(), "/wellbeing/")] == [False, False]


GATHERED = [
    NavItem("Health", "health", "see", hint="Whether it runs."),
    NavItem("Style", "brand_style", hint="How it looks."),
]


def test_entries_with_a_hint_are_gathered_on_a_page_of_their_own() -> None:
    navigation.offer("one", [*GATHERED, NavItem("House", "administration", gathers=True)])
    assert [link.label for link in navigation.links(Holds("see"), "/")] == ["House"]
    assert [(link.label, link.hint) for link in navigation.gathered(Holds("see"))] == [
        ("Health", "Whether it runs."),
        ("Style", "How it looks."),
    ]
    current = [
        link.current
        for path in ("/health/", "/administration/", "/x/")
        for link in navigation.links(Holds("see"), path)
    ]
    assert current == [True, True, False]


def test_a_single_gathered_entry_needs_no_page_of_its_own() -> None:
    navigation.offer("one", [*GATHERED, NavItem("House", "administration", gathers=True)])
    assert [link.label for link in navigation.links(Holds(), "/")] == ["Style"]


def test_what_is_ones_own_stands_beside_the_name_and_not_in_the_bar() -> None:
    navigation.offer("one", [NavItem("Health", "health", is_own=True), NavItem("Style", "brand_style")])
    assert [link.label for link in navigation.links(Holds(), "/")] == ["Style"]
    own = navigation.own_links(Holds(), "/health/")
    assert own == [NavLink("Health", "/health/", True, True)]
