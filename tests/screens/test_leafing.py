"""Leafing: every row is met once, both ways, and looking stops where it was told to."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from sightline.access.models import SignInFailure
from sightline.screens.forms import FilterForm
from sightline.screens.leafing import LeafPage, Reach

pytestmark = pytest.mark.django_db
PAGE = LeafPage(("Row",), ("row", "rows"), size=3)


class Filter(FilterForm):
    """The filter of these tests."""

    words = forms.CharField(label="Words")


def rows(number: int) -> list[int]:
    from django.utils import timezone

    now = timezone.now()
    made = [SignInFailure(account=str(place % 2), address="", moment=now) for place in range(number)]
    SignInFailure.objects.bulk_create(made)
    return list(SignInFailure.objects.order_by("-pk").values_list("pk", flat=True))


def leaf(address: str, reach: Reach, found=None):
    query = QueryDict(address.removeprefix("?"))
    return PAGE.read(query, found if found is not None else SignInFailure.objects.all(), reach, Filter(query))


@pytest.mark.parametrize("number", [0, 1, 3, 4, 7])
@pytest.mark.parametrize("most", [0, 1, 2, 5])
def test_every_row_is_met_once_whichever_way(number: int, most: int) -> None:
    pks = rows(number)
    reach = Reach(1, max(pks, default=0), most)
    met, address, last = [], "?", leaf("", reach)
    while address:
        last = leaf(address, reach)
        met, address = met + [row.pk for row in last.rows], last.next
    assert met == pks
    back, address = [row.pk for row in last.rows], last.previous
    while address:
        last = leaf(address, reach)
        back, address = [row.pk for row in last.rows] + back, last.previous
    assert back == pks


def test_a_leaf_says_how_many_there_are_and_where_it_looked() -> None:
    pks = rows(7)
    whole = leaf("", Reach(1, pks[0]))
    assert (str(whole.count), whole.looked, whole.ends_early) == ("7 rows", "", False)
    cut = leaf("words=x", Reach(pks[-1], pks[0], 4))
    assert str(cut.count) == "4 rows"
    assert cut.looked == f"Looked through numbers {pks[3]:,} to {pks[0]:,}."
    assert cut.next == f"?words=x&before={pks[2]}"
    assert [row.upper() for row in whole.with_rows(["a", "b", "c"]).rows] == ["A", "B", "C"]


@pytest.mark.parametrize("address", ["before=x", "before=", "after=-1", "before=²", f"after={'9' * 40}"])
def test_an_address_that_cannot_be_read_shows_the_newest(address: str) -> None:
    pks = rows(2)
    assert [row.pk for row in leaf(address, Reach(1, pks[0])).rows] == pks


@given(st.integers(0, 2**62), st.integers(0, 2**62), st.integers(0, 100), st.booleans())
def test_no_address_makes_it_fail(lowest: int, cursor: int, most: int, forwards: bool) -> None:
    found = leaf(f"{'after' if forwards else 'before'}={cursor}", Reach(lowest, 5, most))
    assert found.rows == []
