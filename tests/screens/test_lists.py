"""List pages: filter, order and page come from the address and stay in it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from sightline.partners.models import Agency
from sightline.screens.fields import BoxesDateField
from sightline.screens.forms import FilterForm
from sightline.screens.lists import Chip, Column, Count, Export, ListPage, PageLink, page_links, whole_number


@dataclass(frozen=True)
class Row:
    name: str
    due: int | None = None


class Filter(FilterForm):
    words = forms.CharField(label="Words")
    rating = forms.MultipleChoiceField(
        label="Delivery",
        choices=(("g", "Green"), ("Warm", (("r", "Red"), ("a", "Amber")))),
        widget=forms.CheckboxSelectMultiple,
    )
    since = BoxesDateField(label="Since")
    open_only = forms.BooleanField(label="Open only")
    number = forms.IntegerField(label="Number")

    def narrow(self, rows: Any) -> Any:
        return [row for row in rows if self.chosen.get("words", "") in row.name]


COLUMNS = (
    Column("name", "Name", sort=("name",)),
    Column("due", "By when", sort=("due", "name"), numeric=True),
    Column("text", "Text", hidden_label=True),
)
PAGE = ListPage(noun=("action", "actions"), columns=COLUMNS, filter_form=Filter, order="name", size=2)
ROWS = [Row("c", 1), Row("a", 3), Row("b"), Row("d", 2), Row("e", 2)]


def names(listing: Any) -> list[str]:
    return [row.name for row in listing.rows]


def test_without_an_address_the_usual_order_and_the_first_page() -> None:
    listing = PAGE.read(QueryDict(), ROWS)
    assert (names(listing), str(listing.count), listing.first, listing.last) == (
        ["a", "b"],
        "5 actions",
        1,
        2,
    )
    assert (listing.previous, listing.next, listing.is_narrowed) == ("", "?page=2", False)


def test_the_last_page_has_no_next() -> None:
    listing = PAGE.read(QueryDict("page=3"), ROWS)
    assert (names(listing), listing.first, listing.last) == (["e"], 5, 5)
    assert (listing.previous, listing.next, listing.ends_early) == ("?page=2", "", False)


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9999999999999999999999", "²"])
def test_a_page_that_does_not_exist_is_the_nearest_that_does(page: str) -> None:
    assert names(PAGE.read(QueryDict(mutable=False) if not page else query(page=page), ROWS)) == ["a", "b"]


def test_a_page_behind_the_end_is_the_last() -> None:
    assert PAGE.read(QueryDict("page=77"), ROWS).number == 3


def query(**values: str) -> QueryDict:
    sent = QueryDict(mutable=True)
    sent.update(values)
    return sent


def test_rows_without_a_value_stand_last_whichever_way_the_list_runs() -> None:
    up, down = (PAGE.read(QueryDict(f"sort={order}"), ROWS * 1) for order in ("due", "-due"))
    everything = ListPage(columns=COLUMNS, order="name")
    assert names(everything.read(QueryDict("sort=due"), ROWS)) == ["c", "d", "e", "a", "b"]
    assert names(everything.read(QueryDict("sort=-due"), ROWS)) == ["a", "e", "d", "c", "b"]
    assert (names(up), names(down)) == (["c", "d"], ["a", "e"])


@pytest.mark.parametrize("order", ["text", "nonsense", "-", "--due", "name; DROP"])
def test_an_order_that_does_not_exist_is_the_usual_one(order: str) -> None:
    listing = PAGE.read(query(sort=order), ROWS)
    assert (listing.order, "sort" in listing.params) == ("name", False)


def test_headings_say_how_the_list_runs_and_where_the_other_way_leads() -> None:
    name, due, text = PAGE.read(QueryDict("sort=-due&words=a&page=1"), ROWS).headings
    assert (name.aria_sort, name.href) == ("none", "?words=a")
    assert (due.aria_sort, due.href, due.numeric) == ("descending", "?words=a&sort=due", True)
    assert (text.aria_sort, text.href, text.hidden_label) == ("", "", True)
    assert PAGE.read(QueryDict(), ROWS).headings[0].href == "?sort=-name"
    assert PAGE.read(QueryDict(), ROWS).headings[0].aria_sort == "ascending"


@pytest.mark.parametrize(("sort", "seen"), [("latest", "descending"), ("-latest", "ascending")])
def test_the_heading_of_a_column_that_runs_backwards_says_what_is_seen(sort: str, seen: str) -> None:
    page = ListPage(columns=(Column("latest", "Latest", sort=("-due",)),), order="latest")
    (heading,) = page.read(QueryDict(f"sort={sort}"), ROWS).headings
    assert heading.aria_sort == seen


def test_the_filter_narrows_and_stays_in_every_address() -> None:
    listing = PAGE.read(QueryDict("words=c&sort=-name"), ROWS)
    assert (names(listing), listing.is_narrowed) == (["c"], True)
    assert listing.address(page=2) == "?words=c&sort=-name&page=2"
    assert listing.all_rows_address == "?sort=-name"


def test_each_answer_has_a_chip_that_takes_it_away() -> None:
    address = "words=a&rating=g&rating=a&since-day=1&since-month=2&since-year=2027&open_only=on&number=3"
    listing = PAGE.read(QueryDict(address), ROWS)
    date = "&since-day=1&since-month=2&since-year=2027"
    rest = "&open_only=on&number=3"
    assert listing.chips[0] == Chip("Words", "a", f"?rating=g&rating=a{rest}{date}")
    assert listing.chips[1] == Chip("Delivery", "Green", f"?words=a&rating=a{rest}{date}")
    assert listing.chips[2] == Chip("Delivery", "Amber", f"?words=a&rating=g{rest}{date}")
    assert listing.chips[3] == Chip("Since", "1 February 2027", f"?words=a&rating=g&rating=a{rest}")
    assert listing.chips[4] == Chip("Open only", "Yes", f"?words=a&rating=g&rating=a&number=3{date}")
    assert listing.chips[5].value == "3"


def test_a_wrong_answer_is_shown_and_not_applied() -> None:
    listing = PAGE.read(QueryDict("number=many&words=a"), ROWS)
    assert listing.form.errors["number"] == ["Number must be a whole number"]
    assert (names(listing), listing.address()) == (["a"], "?words=a")


def test_what_the_filter_does_not_know_is_not_carried_on() -> None:
    assert PAGE.read(QueryDict("evil=1&words=a"), ROWS).address() == "?words=a"


def test_exports_carry_the_view() -> None:
    exports = {"Word": "/w/", "Excel": "/x/"}
    listing = PAGE.read(QueryDict("words=a&page=2"), ROWS, exports=exports)
    assert listing.exports == (Export("Word", "/w/?words=a"), Export("Excel", "/x/?words=a"))
    assert PAGE.read(QueryDict(), ROWS, exports=exports).exports[0] == Export("Word", "/w/")


def test_other_rows_may_take_the_place_of_these() -> None:
    listing = PAGE.read(QueryDict("page=2"), ROWS).with_rows(["one", "two"])
    assert (listing.rows, listing.number, listing.first) == (["one", "two"], 2, 3)


def test_a_form_made_beforehand_is_used() -> None:
    asked = QueryDict("words=d")
    assert names(PAGE.read(asked, ROWS, form=Filter(asked))) == ["d"]


def test_a_list_without_rows() -> None:
    listing = PAGE.read(QueryDict(), [])
    assert (listing.first, listing.last, listing.pages, str(listing.count)) == (0, 0, (), "0 actions")
    assert [PAGE.read(QueryDict(a), []).is_bare for a in ("", "words=a", "number=x")] == [True, False, False]


def test_a_list_without_any_order_keeps_its_own() -> None:
    assert names(ListPage(columns=COLUMNS).read(QueryDict(), ROWS)) == ["c", "a", "b", "d", "e"]


def test_a_filter_may_not_take_the_words_the_address_needs() -> None:
    class Clash(FilterForm):
        sort = forms.CharField()

    with pytest.raises(ValueError, match="sort"):
        ListPage(columns=(), filter_form=Clash)


def test_an_unbound_filter_has_chosen_nothing() -> None:
    assert Filter().chosen == {}


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(1, False, ("action", "actions")), "1 action"),
        (Count(1_234, False), "1,234 rows"),
        (Count(10_000, True, ("action", "actions")), "more than 10,000 actions"),
    ],
)
def test_counts_in_words(count: Count, words: str) -> None:
    assert str(count) == words


def test_the_count_stops_at_its_limit_and_so_does_the_leafing() -> None:
    short = ListPage(columns=COLUMNS, order="name", size=2, most_counted=4)
    listing = short.read(QueryDict("page=9"), ROWS)
    assert (str(listing.count), listing.number, listing.ends_early) == ("more than 4 rows", 2, True)


@pytest.mark.parametrize(
    ("number", "last", "numbers"),
    [
        (1, 1, []),
        (1, 2, [1, 2]),
        (2, 5, [1, 2, 3, 4, 5]),
        (1, 9, [1, 2, 0, 9]),
        (5, 9, [1, 0, 4, 5, 6, 0, 9]),
        (4, 6, [1, 2, 3, 4, 5, 6]),
        (9, 9, [1, 0, 8, 9]),
    ],
)
def test_page_numbers_with_gaps(number: int, last: int, numbers: list[int]) -> None:
    links = page_links(number, last, {})
    assert [link.number for link in links] == numbers
    assert [link.number for link in links if link.current] == ([number] if numbers else [])


def test_a_gap_leads_nowhere_and_the_first_page_has_no_number_in_its_address() -> None:
    assert page_links(1, 9, {"words": ("a",)})[:3] == (
        PageLink(1, "?words=a", True),
        PageLink(2, "?words=a&page=2"),
        PageLink(0, ""),
    )


def test_whole_numbers_are_read_and_monsters_are_not() -> None:
    assert (whole_number("7"), whole_number("٣"), whole_number("1" * 10)) == (7, 1, 1)


@pytest.mark.django_db
class TestQuerySets:
    """The same with rows from the database."""

    @pytest.fixture(autouse=True)
    def _agencies(self) -> None:
        for i, ends in enumerate([dt.date(2027, 1, 1), None, dt.date(2026, 1, 1)]):
            Agency.objects.create(key=f"a{i}", name=f"Agency {i}", starts_on=None, ends_on=ends)

    def page(self, **more: Any) -> ListPage:
        columns = (
            Column("name", "Name", sort=("name",)),
            Column("end", "End", sort=("ends_on",), empty_last=True),
        )
        return ListPage(columns=columns, order="name", **more)

    @pytest.mark.parametrize(
        ("order", "keys"),
        [
            ("name", ["a0", "a1", "a2"]),
            ("-name", ["a2", "a1", "a0"]),
            ("end", ["a2", "a0", "a1"]),
            ("-end", ["a0", "a2", "a1"]),
        ],
    )
    def test_order(self, order: str, keys: list[str]) -> None:
        listing = self.page().read(query(sort=order), Agency.objects.all())
        assert [row.key for row in listing.rows] == keys

    @pytest.mark.parametrize("rows", [1, 3])
    def test_two_queries_however_many_rows(self, rows: int) -> None:
        from django.db import connection

        some = Agency.objects.filter(key__in=[f"a{i}" for i in range(rows)])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            listing = self.page().read(QueryDict(), some)
        assert (len(asked), len(listing.rows)) == (2, rows)

    def test_the_database_counts_no_further_than_the_limit(self) -> None:
        listing = self.page(most_counted=2, size=2).read(QueryDict(), Agency.objects.all())
        assert (str(listing.count), listing.ends_early) == ("more than 2 rows", True)
