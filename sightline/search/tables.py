"""The index over the words, in each database's own way: FTS5 kept by triggers, or a generated tsvector with GIN.

Both take the words as they are: cutting and stemming were done before (`rules`), so both find the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Func

from sightline.search.rules.query import Expression, Query

TABLE = "search_searchentry"
INDEX = "search_words"
_OLD = "old.id, old.title_words, old.body_words"
_NEW = "new.id, new.title_words, new.body_words"
_TAKE_OLD = f"INSERT INTO {INDEX} ({INDEX}, rowid, title_words, body_words) VALUES ('delete', {_OLD});"  # noqa: S608 - our own names
_PUT_NEW = f"INSERT INTO {INDEX} (rowid, title_words, body_words) VALUES ({_NEW});"  # noqa: S608 - our own names
SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5 "
    f"(title_words, body_words, content='{TABLE}', content_rowid='id', tokenize='unicode61')",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_in AFTER INSERT ON {TABLE} BEGIN {_PUT_NEW} END",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_out AFTER DELETE ON {TABLE} BEGIN {_TAKE_OLD} END",
    f"CREATE TRIGGER IF NOT EXISTS {INDEX}_anew AFTER UPDATE ON {TABLE} BEGIN {_TAKE_OLD} {_PUT_NEW} END",
)
POSTGRESQL = (
    f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS words tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', body_words), 'D')"
    ") STORED",
    f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (words)",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index where it is not there yet."""
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)


def install_after_migrate(sender: object, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receiver of post_migrate: SQLite loses the triggers when a migration makes the table anew."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)


@dataclass(frozen=True)
class Clause:
    """What a search adds to a query over the entries: arguments of `QuerySet.extra`."""

    tables: Sequence[str]
    where: str
    rank: str
    where_params: tuple[str, ...]
    rank_params: tuple[str, ...]


def clause(query: Query, vendor: str) -> Clause:
    """The search as SQL; `rank` is lower for what fits better, words of a title counting most."""
    if vendor == "postgresql":
        asked = tsquery(query)
        rank = f"-ts_rank({TABLE}.words, %s::tsquery)"
        return Clause((), f"{TABLE}.words @@ %s::tsquery", rank, (asked,), (asked,))
    where = f"{INDEX}.rowid = {TABLE}.id AND {INDEX} MATCH %s"
    return Clause((INDEX,), where, f"bm25({INDEX}, 8.0, 1.0)", (match(query),), ())


class Holds(Func):
    """Whether the entry at hand fits a query: for entries that are come to one by one, without the index.

    True of exactly the entries that `clause` finds; for a query that asks for something.
    """

    output_field = BooleanField()

    def __init__(self, asked: Query, entry: str = "pk") -> None:
        super().__init__(entry)
        self.asked = asked

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The kept vector of the entry."""
        return f"{self._entry(compiler)}.words @@ %s::tsquery", [tsquery(self.asked)]

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """FTS5 is slow to say of one entry what it says of all at once: the kept words are compared instead."""
        entry, params = self._entry(compiler), list[str]()
        needs = [" OR ".join(_stands(entry, way, params) for way in need.ways) for need in self.asked.needs]
        left_out = [f"NOT ({_stands(entry, each, params)})" for each in self.asked.left_out]
        return " AND ".join([*(f"({need})" for need in needs), *left_out]), params

    def _entry(self, compiler: Any) -> str:
        """The name that the table of entries goes by in this query."""
        [entry] = self.get_source_expressions()
        return str(compiler.quote_name_unless_alias(entry.alias))


def _stands(entry: str, expression: Expression, params: list[str]) -> str:
    """SQL that finds an expression among kept words: one blank stands between two, and no sign means anything."""
    runs = [expression.words] if expression.ordered else [(word,) for word in expression.words]
    for run in runs:
        params += [f"% {' '.join(run)}{'' if expression.prefix else ' '}%"] * 2
    one = " OR ".join(f"' ' || {entry}.{column} || ' ' LIKE %s" for column in ("title_words", "body_words"))
    return " AND ".join([f"({one})"] * len(runs))


def match(query: Query) -> str:
    """The query as FTS5 wants it. Words are letters and figures alone, so nothing in them can mean anything else."""
    needs = " AND ".join(f"({' OR '.join(map(_match, need.ways))})" for need in query.needs)
    left_out = "".join(f" NOT {_match(each)}" for each in query.left_out)
    return f"({needs}){left_out}"


def _match(expression: Expression) -> str:
    if not expression.ordered:
        return f"({' AND '.join(f'{QUOTE}{word}{QUOTE}' for word in expression.words)})"
    return f'"{" ".join(expression.words)}"{" *" if expression.prefix else ""}'


QUOTE = '"'


def tsquery(query: Query) -> str:
    """The query as PostgreSQL wants it."""
    needs = [f"({' | '.join(map(_tsquery, need.ways))})" for need in query.needs]
    return " & ".join([*needs, *(f"!{_tsquery(each)}" for each in query.left_out)])


def _tsquery(expression: Expression) -> str:
    words = [f"'{word}'" for word in expression.words]
    if expression.prefix:
        words[-1] += ":*"
    return f"({(' <-> ' if expression.ordered else ' & ').join(words)})"
