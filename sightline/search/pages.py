"""What the page of search shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict

from sightline.definitions.synonyms import standard
from sightline.screens.counting import MOST_COUNTED
from sightline.screens.lists import Count, PageLink, address_of, page_links, whole_number
from sightline.search import selectors
from sightline.search.forms import SearchForm
from sightline.search.models import SearchEntry
from sightline.search.registry import Facts, kinds
from sightline.search.rules.query import Expression, Query, Used, parse
from sightline.search.rules.snippets import Piece, marked, snippet
from sightline.search.selectors import Hit

if TYPE_CHECKING:
    from sightline.search.selectors import Reader

SIZE = 20


@dataclass(frozen=True)
class Result:
    """One record that was found."""

    kind: str
    href: str
    title: tuple[Piece, ...]
    about: str
    snippet: tuple[Piece, ...]
    facts: Facts


@dataclass(frozen=True)
class KindLink:
    """A kind of record with how many were found, and the address of these alone. `number` is told in words."""

    label: str
    number: str
    href: str
    current: bool


@dataclass(frozen=True)
class SearchPage:
    """All that the template may use."""

    form: SearchForm
    text: str
    asked: bool
    count: Count
    first: int
    results: tuple[Result, ...]
    kinds: tuple[KindLink, ...]
    pages: tuple[PageLink, ...]
    previous: str
    next: str
    used: tuple[Used, ...]
    exact: bool
    exact_href: str
    wide_href: str
    everything_href: str
    only_left_out: bool


def search_page(user: Reader, asked: QueryDict) -> SearchPage:
    """The page for this address."""
    form = SearchForm(asked)
    chosen = form.chosen
    text, only, exact = chosen.get("q", ""), chosen.get("kind", ""), bool(chosen.get("exact"))
    query = parse(text, None if exact else standard())
    found = selectors.hits(user, query, only) if query.needs else []
    number = min(max(1, whole_number(asked.get("page", ""))), _last(found))
    shown = selectors.entries([hit.number for hit in found[(number - 1) * SIZE : number * SIZE]])
    params = {name: (str(asked.get(name)),) for name in ("q", "kind", "exact") if chosen.get(name)}
    links = page_links(number, _last(found), params)
    return SearchPage(
        form=form,
        text=text,
        asked=bool(text),
        count=Count(min(len(found), MOST_COUNTED), len(found) > MOST_COUNTED, ("result", "results")),
        first=(number - 1) * SIZE + 1,
        results=tuple(_results(user, shown, query)),
        kinds=tuple(_kind_links(user, query, found, only, params)),
        pages=links,
        previous=address_of(params, page=number - 1) if number > 1 else "",
        next=address_of(params, page=number + 1) if number < _last(found) else "",
        used=query.used,
        exact=exact,
        exact_href=address_of(params, exact="on"),
        wide_href=address_of(params, exact=None),
        everything_href=address_of(params, kind=None),
        only_left_out=bool(query.left_out) and not query.needs,
    )


def _last(found: Sequence[Hit]) -> int:
    """The number of the last page."""
    return max(1, -(-min(len(found), MOST_COUNTED) // SIZE))


def _results(user: Reader, shown: Sequence[SearchEntry], query: Query) -> list[Result]:
    told = selectors.facts(user, shown)
    return [_result(entry, told, query.expressions) for entry in shown]


def _result(
    entry: SearchEntry, told: Mapping[tuple[str, int], Facts], expressions: Sequence[Expression]
) -> Result:
    kind = kinds()[entry.kind]
    facts = told.get((kind.guard, entry.guard_id), Facts())
    of_guard = kind.of_guard and facts.title
    own = facts.place if kind.key != kind.guard or facts.ratings else ""
    return Result(
        kind=kind.label[0],
        href=entry.url,
        title=marked(facts.title if of_guard else entry.title, expressions),
        about=" · ".join(part for part in (entry.title if of_guard else "", own) if part),
        snippet=snippet(entry.body, expressions),
        facts=facts,
    )


def _kind_links(
    user: Reader, query: Query, found: Sequence[Hit], only: str, params: Mapping[str, tuple[str, ...]]
) -> list[KindLink]:
    """Each kind of which something was found; nothing where there is nothing to choose between."""
    names = selectors.kinds_found(user, query) if only else [hit.kind for hit in found]
    numbers = Counter(names)
    more = "+" if len(names) > MOST_COUNTED else ""
    links = [
        KindLink(
            "Everything", f"{min(len(names), MOST_COUNTED):,}{more}", address_of(params, kind=None), not only
        )
    ]
    links += [
        KindLink(kind.label[1], f"{numbers[key]:,}{more}", address_of(params, kind=key), only == key)
        for key, kind in kinds().items()
        if numbers[key] or only == key
    ]
    return links if len(links) > 2 or only else []
