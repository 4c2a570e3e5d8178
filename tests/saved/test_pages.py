"""Saving a list as it is filtered, sharing it, and finding it again."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.access.models import User
from sightline.events.choices import SYSTEM, Tier
from sightline.events.models import Entry
from sightline.saved import services
from sightline.saved.choices import Sharing
from sightline.saved.models import SavedView
from sightline.saved.selectors import views_visible_to
from tests.plans.making import make_action, make_group, make_plan, make_user
from tests.plans.viewing import signed_in, words

pytestmark = pytest.mark.django_db
ADDRESS = "/plans/?words=neglect"


def saved(owner: User, name: str = "Ours", sharing: Sharing = Sharing.ONE, group_key: str = "") -> SavedView:
    return services.save_view(owner, name, ADDRESS, sharing, group_key, by=SYSTEM, now=timezone.now())


def post_new(client: Client, of: str = ADDRESS, **data: str) -> Any:
    given = {"name": "Neglect", "shared_with": "one"} | data
    return client.post(f"/saved-views/new/?of={of}", given)


def test_a_list_is_saved_from_its_own_page_and_found_again() -> None:
    user = make_user("owner", "agency", "police")
    make_plan(name="Neglect plan")
    client = signed_in(user)
    page = client.get(ADDRESS).content.decode()
    link = page.split('href="/saved-views/new/?of=')[1].split('"')[0]
    assert unquote(link) == ADDRESS
    assert "Save this view" in words(client.get(f"/saved-views/new/?of={link}"))
    assert post_new(client, link)["Location"] == ADDRESS
    view = SavedView.objects.get()
    assert (view.owner, view.name, view.address) == (user, "Neglect", ADDRESS)
    for address in ("/", "/saved-views/"):
        assert f'<a class="govuk-link" href="{ADDRESS}">Neglect</a>' in words(client.get(address))
    assert Entry.objects.filter(type="saved.view_saved", subject_id=str(view.pk)).count() == 1


def test_an_address_elsewhere_is_never_kept() -> None:
    client = signed_in(make_user("unit"))
    for address in ("https://evil.example/", "//evil.example", "/no/such/page/", "/sign-out/"):
        answer = post_new(client, address)
        assert answer.status_code == 422
        assert "Only pages of this site can be saved" in words(answer)
    assert not SavedView.objects.exists()
    assert "There is nothing to save yet" in words(client.get("/saved-views/new/"))


def test_a_name_is_needed_and_may_not_be_taken() -> None:
    client = signed_in(make_user("unit"))
    assert "Enter name of the view" in words(post_new(client, name=" "))
    post_new(client)
    assert "You have a saved view of this name already" in words(post_new(client, name="NEGLECT"))
    assert SavedView.objects.count() == 1


def test_the_unit_shares_with_everyone_and_a_chair_with_their_group() -> None:
    group, other = make_group(), make_group()
    chair, owner = make_user("chair", "group", group.key), make_user("owner", "agency", "police")
    assert post_new(signed_in(make_user("unit")), shared_with="everyone").status_code == 302
    assert post_new(signed_in(chair), shared_with=f"group:{group.key}").status_code == 302
    for client, sharing in (
        (signed_in(chair), "everyone"),
        (signed_in(chair), f"group:{other.key}"),
        (signed_in(owner), "everyone"),
    ):
        assert post_new(client, name="Another", shared_with=sharing).status_code == 422
    assert SavedView.objects.count() == 2


def test_who_finds_what() -> None:
    group = make_group()
    unit, chair = make_user("unit"), make_user("chair", "group", group.key)
    member, stranger = make_user("owner", "group", group.key), make_user("owner", "agency", "police")
    own = saved(stranger, "Own")
    grouped = saved(chair, "Group's", Sharing.GROUP, group.key)
    everyones = saved(unit, "Everyone's", Sharing.EVERYONE)
    assert set(views_visible_to(stranger)) == {own, everyones}
    assert set(views_visible_to(member)) == {grouped, everyones}
    assert set(views_visible_to(unit)) == {grouped, everyones}
    assert not views_visible_to(make_user()).exists()
    html = words(signed_in(member).get("/saved-views/"))
    assert group.name in html
    assert "Own<" not in html


def test_who_may_change_what() -> None:
    group = make_group()
    chair, member = make_user("chair", "group", group.key), make_user("owner", "group", group.key)
    view = saved(chair, "Group's", Sharing.GROUP, group.key)
    private = saved(chair, "Private")
    unit = signed_in(make_user("unit"))
    change = {"name": "Renamed", "shared_with": f"group:{group.key}", "version": "1"}
    assert signed_in(member).post(f"/saved-views/{view.pk}/", change).status_code == 403
    assert unit.post(f"/saved-views/{view.pk}/", change).status_code == 302
    assert unit.get(f"/saved-views/{private.pk}/").status_code == 404
    view.refresh_from_db()
    assert (view.name, view.version) == ("Renamed", 2)


def test_the_second_of_two_who_rename_is_told() -> None:
    unit = make_user("unit")
    view = saved(unit, "Ours", Sharing.EVERYONE)
    first, second = signed_in(unit), signed_in(make_user("unit"))
    data = {"shared_with": "everyone", "version": "1"}
    assert first.post(f"/saved-views/{view.pk}/", {**data, "name": "First"}).status_code == 302
    told = second.post(f"/saved-views/{view.pk}/", {**data, "name": "Second"})
    assert told.status_code == 422
    assert "Somebody else saved this while you were writing" in words(told)
    assert "Its name is now “First”" in words(told)
    assert 'value="Second"' in words(told)
    assert second.post(f"/saved-views/{view.pk}/remove/", {"version": "1"})["Location"].endswith(
        f"/{view.pk}/"
    )
    assert SavedView.objects.get().name == "First"


def test_removing() -> None:
    unit = make_user("unit")
    view = saved(unit)
    assert signed_in(unit).post(f"/saved-views/{view.pk}/remove/", {"version": "1"}).status_code == 302
    assert not SavedView.objects.exists()
    entry = Entry.objects.get(type="saved.view_removed")
    assert entry.before_values["address"] == ADDRESS


def test_a_saved_view_opens_no_more_than_its_reader_may_see() -> None:
    group = make_group()
    plan = make_plan(group, name="Quiet plan", tier=Tier.T2)
    make_action(plan)
    unit = make_user("unit")
    for name, address in (
        ("Quiet", f"/plans/{plan.key}/"),
        ("Exceptions", f"/reports/exceptions/?plan={plan.key}"),
        ("Open", ADDRESS),
    ):
        services.save_view(unit, name, address, Sharing.EVERYONE, by=SYSTEM, now=timezone.now())
    stranger = signed_in(make_user("owner", "agency", "police"))
    for address in ("/saved-views/", "/"):
        html = words(stranger.get(address))
        assert plan.key not in html
        assert "/plans/?words=neglect" in html
    assert len(views_visible_to(make_user("chair", "group", group.key))) == 3
    assert stranger.get(f"/plans/{plan.key}/").status_code == 404


@pytest.mark.parametrize("number", [1, 3, 300])
def test_queries_do_not_grow_with_the_views(number: int) -> None:
    group, unit = make_group(), make_user("unit")
    SavedView.objects.bulk_create(
        SavedView(
            owner=unit,
            name=f"View {place}",
            address="/plans/",
            sharing=Sharing.GROUP,
            group_key=group.key,
            saved_at=timezone.now(),
        )
        for place in range(number)
    )
    client = signed_in(unit)
    for address, most in (("/saved-views/", 9), ("/", 12)):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= most


def test_saving_a_view_asks_no_more_of_list_pages() -> None:
    client = signed_in(make_user("unit"))
    with CaptureQueriesContext(connection) as queries:
        client.get("/plans/")
    assert not [query for query in queries if "saved_savedview" in query["sql"]]


def test_nothing_saved_yet_says_how() -> None:
    assert "No saved views yet" in words(signed_in(make_user("unit")).get("/saved-views/"))
