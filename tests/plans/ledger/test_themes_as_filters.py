"""Lists narrowed by what their rows are about, and the themes on the page of an action."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from sightline.events.choices import Tier
from sightline.plans import services
from sightline.plans.choices import SourceKind
from sightline.plans.models import Action
from sightline.plans.rules.themes import themes
from sightline.plans.services.standings import count_standings
from tests.plans.ledger.asking import ask_for
from tests.plans.making import BY, make_user
from tests.plans.viewing import THEN, old_action, old_plan, signed_in, words

pytestmark = pytest.mark.django_db
FATHERS = themes()["fathers"].name


@pytest.fixture
def plan() -> Any:
    plan = old_plan()
    about = old_action(plan, text="Meet dads", numbers=["1"])
    both = old_action(plan, text="Train staff about dads and neglect", numbers=["2"])
    old_action(plan, text="Ask children", numbers=["3"])
    services.set_themes(about, about.version, ["fathers"], by=BY, now=THEN)
    services.set_themes(both, both.version, ["fathers", "neglect"], by=BY, now=THEN)
    return plan


def shown(address: str) -> list[str]:
    client = signed_in(make_user("unit"))
    return [row.text for row in client.get(address).context["page"].listing.rows]


@pytest.mark.parametrize(
    ("theme", "found"),
    [
        ("fathers", {"Meet dads", "Train staff about dads and neglect"}),
        ("neglect", {"Train staff about dads and neglect"}),
        ("under_ones", set()),
        ("nonsense", {"Meet dads", "Train staff about dads and neglect", "Ask children"}),
    ],
)
def test_actions_are_narrowed_to_a_theme_and_none_stands_twice(
    plan: Any, theme: str, found: set[str]
) -> None:
    for address in (f"/actions/?theme={theme}", f"/actions/?plan={plan.key}&theme={theme}"):
        rows = shown(address)
        assert (set(rows), len(rows)) == (found, len(found))


def test_so_is_the_table_of_a_plan(plan: Any) -> None:
    text = words(signed_in(make_user("unit")).get(f"/plans/{plan.key}/?theme=neglect"))
    assert "Train staff about dads" in text
    assert "Meet dads" not in text


def test_so_are_the_actions_of_a_past_day_by_the_themes_of_today(plan: Any) -> None:
    count_standings(now=timezone.now())
    client = signed_in(make_user("unit"))
    form = client.get("/actions/").context["page"].listing.form
    on = form.fields["as_at"].choices[1][0]
    rows = client.get(f"/actions/?as_at={on}&theme=neglect").context["page"].listing.rows
    assert [row.text for row in rows] == ["Train staff about dads and neglect"]


def test_a_source_is_found_once_by_what_it_asks_for() -> None:
    for title, keys in (("Review", ["fathers"]), ("Audit", ["neglect"])):
        source = services.create_source(title, SourceKind.REVIEW, by=BY, now=THEN)
        for number in ("1", "2"):
            made = ask_for(source, number=number, now=THEN)
            services.set_themes(made, made.version, keys, by=BY, now=THEN)
    rows = signed_in(make_user("unit")).get("/sources/?theme=fathers").context["page"].listing.rows
    assert [row.title for row in rows] == ["Review"]


def test_what_one_may_not_read_is_found_by_no_theme(plan: Any) -> None:
    secret = old_action(plan, text="Secret words", numbers=["9"], tier=Tier.T2)
    services.set_themes(secret, secret.version, ["fathers"], by=BY, now=THEN)
    client = signed_in(make_user("owner", "agency", "police"))
    for address in ("/actions/?theme=fathers", f"/plans/{plan.key}/?theme=fathers"):
        assert "Secret words" not in words(client.get(address))


def test_an_action_shows_what_it_is_about_and_who_may_changes_it(plan: Any) -> None:
    action = Action.objects.get(text="Meet dads")
    home = f"/actions/{action.reference}/"
    unit, reader = signed_in(make_user("unit")), signed_in(make_user("scrutineer"))
    page = unit.get(home)
    assert page.context["page"].themes == ((FATHERS, "/themes/fathers/"),)
    assert f"{home}themes/" in page.content.decode()
    unit.post(f"{home}themes/", {"themes": [], "seen": str(action.version)})
    assert "No theme is chosen yet" in words(unit.get(home))
    assert f"{home}themes/" not in reader.get(home).content.decode()
