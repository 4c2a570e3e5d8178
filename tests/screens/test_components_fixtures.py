"""Our components make the HTML that GOV.UK Frontend's own macros make, by the fixtures its package ships."""

import pytest

from tests.screens.fixtures import COMPONENTS, MAKERS, Given, NotOffered, fixtures, normal

# How many fixtures of each component ask for something Sightline does not offer: free attributes and classes on parts,
# translations, word counts, start buttons, interruption panels, summary cards. Each can only fall.
NOT_OFFERED = {
    "back-link": 1,
    "breadcrumbs": 2,
    "button": 3,
    "character-count": 18,
    "checkboxes": 7,
    "date-input": 10,
    "error-summary": 3,
    "file-upload": 4,
    "input": 7,
    "inset-text": 1,
    "notification-banner": 2,
    "pagination": 8,
    "panel": 11,
    "password-input": 1,
    "radios": 6,
    "summary-list": 15,
    "table": 4,
    "tabs": 3,
    "task-list": 6,
    "textarea": 2,
    "warning-text": 2,
}


@pytest.fixture(autouse=True)
def _installed() -> None:
    if not COMPONENTS.is_dir():
        pytest.fail("govuk-frontend is not installed: run make setup.", pytrace=False)


@pytest.mark.parametrize("component", sorted(MAKERS))
def test_component_makes_what_the_package_makes(component: str) -> None:
    left_out = 0
    different = {}
    for fixture in fixtures(component):
        try:
            ours = MAKERS[component](Given(fixture["options"]))
        except NotOffered:
            left_out += 1
            continue
        if normal(ours) != normal(fixture["html"]):
            different[fixture["name"]] = ours
    assert different == {}
    assert left_out == NOT_OFFERED.get(component, 0)


def test_most_of_the_fixtures_of_these_components_are_compared() -> None:
    everything = sum(len(fixtures(component)) for component in MAKERS)
    assert everything - sum(NOT_OFFERED.values()) >= 400


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ('<p class="a  b">x</p>', '<p class="b a">\n x\n</p>', True),
        ('<p class="a">x</p>', '<p class="b">x</p>', False),
        ("<p>x</p>", "<p>y</p>", False),
        ("<p><b>x</b></p>", "<p>x</p>", False),
    ],
)
def test_the_comparison_sees_what_matters(one: str, other: str, alike: bool) -> None:
    assert (normal(one) == normal(other)) is alike
