"""An index of terms: which documents have these words, the highest numbers first.

A document is a number and a set of terms. PostgreSQL keeps them as `tsvector` under GIN, SQLite as FTS5; both are given
terms that Python has made (:mod:`onward.platform.search.terms`), so that both find the same. What is filtered by is a
term as well: a condition on a column would have to be tried on every match.

A document's number says where it stands: the greater, the newer. FTS5 walks its lists in that order by itself. GIN
knows no order and would collect every match of a frequent word, so on PostgreSQL numbers are cut into stretches, and
each term stands in the index behind the name of the stretch: a list is one of a stretch, and the newest stretches are
asked first, until there is enough.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from onward.platform.wire.statement import Statement

# Stands for the name of a stretch in a query; no term holds it.
_STRETCH = '"'
# Pages that FTS5 merges at a time.
PAGES = 64
# So many alternatives are a condition of their own to PostgreSQL, or it tries all of them on each match of the others.
MANY = 5
# No number is greater.
MOST = 2**63 - 1

# All must be there; of each, one of the alternatives.
Query = Sequence[Collection[str]]


@dataclass(frozen=True, slots=True)
class Index:
    """An index. Its table is made by the migration `MakeIndex`.

    :param name: of its table
    :param stretch: how many numbers a stretch has, as a power of two
    """

    name: str
    stretch: int

    def put(self, documents: Iterable[tuple[int, Collection[str]]]) -> None:
        """Take in documents under numbers that are not there yet."""
        database: Any = connections[DEFAULT_DB_ALIAS]
        with database.cursor() as cursor:
            if database.vendor == "sqlite":
                rows = [(number, " ".join(terms)) for number, terms in documents]
                cursor.executemany(f'INSERT INTO "{self.name}" (rowid, terms) VALUES (%s, %s)', rows)
            else:
                rows = [(number, self._vector(number, terms)) for number, terms in documents]
                cursor.executemany(f'INSERT INTO "{self.name}" (id, terms) VALUES (%s, %s::tsvector)', rows)

    def settle(self) -> None:
        """Sort in what was put there, so that no search has to. For a job, after what it has put."""
        database: Any = connections[DEFAULT_DB_ALIAS]
        if database.vendor != "sqlite":
            # GIN gathers what is new in a list that every search reads to its end.
            database.run_directly("SELECT gin_clean_pending_list(%s::regclass)", [f"{self.name}_terms"])

    def remove(self, numbers: Collection[int]) -> None:
        """Take documents out; those that are not there are passed over."""
        key = "rowid" if connections[DEFAULT_DB_ALIAS].vendor == "sqlite" else "id"
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.executemany(f'DELETE FROM "{self.name}" WHERE {key} = %s', [(number,) for number in numbers])

    def forget(self) -> None:
        """Let nothing be left of documents that were taken out: FTS5 keeps their terms until it merges what it has.

        It holds the database for a few pages at a time. PostgreSQL forgets as it does with all its rows.
        """
        database: Any = connections[DEFAULT_DB_ALIAS]
        if database.vendor != "sqlite":
            return
        # A negative number begins to merge everything, others go on with it, until a step has nothing to do.
        merge = f'INSERT INTO "{self.name}" ("{self.name}", rank) VALUES (\'merge\', %s)'
        pages, changes = -PAGES, 2
        while changes >= 2:
            before = database.connection.total_changes
            with database.cursor() as cursor:
                cursor.execute(merge, [pages])
            changes, pages = database.connection.total_changes - before, PAGES

    def find(self, query: Query, *, below: int | None = None, least: int | None = None, most: int) -> list[int]:
        """Return the numbers of the documents that have these terms, the highest first.

        :param query: empty: every document
        :param below: only numbers below this one
        :param least: only numbers that are not below this one
        :param most: how many at most
        """
        if any(not alternatives for alternatives in query):
            return []
        sql, parameters = self._finding(query, below, least, most)
        return [row[0] for row in connections[DEFAULT_DB_ALIAS].run_directly(sql, parameters)]  # type: ignore[attr-defined]

    def find_beside(
        self, query: Query, beside: Statement, *, least: int | None = None, most: int, **values: Any
    ) -> tuple[list[int], list[tuple[int, str]]]:
        """Return what `find` does, and the rows of a statement: of both together the database is asked once.

        :param query: not empty, as its alternatives are not
        :param beside: of rows of two columns, a number and a text that is never null
        :param values: what that statement takes
        """
        sql, parameters = self._finding(query, None, least, most)
        also, others = beside.bound(**values)
        sql = f"SELECT found.*, NULL FROM ({sql}) AS found UNION ALL SELECT beside.* FROM ({also}) AS beside"
        rows = connections[DEFAULT_DB_ALIAS].run_directly(sql, [*parameters, *others])  # type: ignore[attr-defined]
        return [key for key, text in rows if text is None], [row for row in rows if row[1] is not None]

    def count(self) -> int:
        """Return how many documents there are; counts every one."""
        rows = connections[DEFAULT_DB_ALIAS].run_directly(f'SELECT count(*) FROM "{self.name}"', [])  # type: ignore[attr-defined]
        return int(rows[0][0])

    def _finding(self, query: Query, below: int | None, least: int | None, most: int) -> tuple[str, list[Any]]:
        """Return the statement of `find`, and its parameters."""
        if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
            return self._finding_in_fts5(query, below, least, most)
        return self._finding_in_gin(query, below, least, most)

    def _finding_in_fts5(self, query: Query, below: int | None, least: int | None, most: int) -> tuple[str, list[Any]]:
        conditions, parameters = _bounds("rowid", "?", below, least)
        if query:
            conditions.insert(0, f'"{self.name}" MATCH ?')
            parameters.insert(0, " AND ".join(f"({' OR '.join(_quoted(group))})" for group in query))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        sql = f'SELECT rowid FROM "{self.name}"{where} ORDER BY rowid DESC LIMIT ?'
        return sql, [*parameters, most]

    def _finding_in_gin(self, query: Query, below: int | None, least: int | None, most: int) -> tuple[str, list[Any]]:
        if not query:
            conditions, parameters = _bounds("id", "%s::bigint", below, least)
            where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
            sql = f'SELECT id FROM "{self.name}"{where} ORDER BY id DESC LIMIT %s::bigint'
            return sql, [*map(str, parameters), str(most)]
        plain = [group for group in query if len(group) < MANY]
        asked = [_groups(some) for some in (plain, *([group] for group in query if len(group) >= MANY)) if some]
        held = " AND ".join([f"terms @@ replace(%s, '{_STRETCH}', to_hex(part) || '/')::tsquery"] * len(asked))
        # PostgreSQL knows that rows come in the order of `place`: it looks into one stretch after another, as far as it
        # needs to. `OFFSET 0` keeps the bounds out of there, or it might walk the numbers in the hope of early matches.
        stretches, bounds = self._stretches()
        sql = (
            f"SELECT found.id FROM unnest({stretches}) WITH ORDINALITY AS stretch (part, place) CROSS JOIN LATERAL "
            f'(SELECT id FROM "{self.name}" WHERE {held} OFFSET 0) AS found '
            "WHERE found.id < %s::bigint AND found.id >= %s::bigint "
            "ORDER BY stretch.place, found.id DESC LIMIT %s::bigint"
        )
        between = {"below": str(MOST if below is None else below), "least": str(least or 0)}
        parameters = [between[name] for name in bounds]
        return sql, [*parameters, *asked, between["below"], between["least"], str(most)]

    def _stretches(self) -> tuple[str, Sequence[str]]:
        """Return the array of the stretches that have documents, the newest first, and the bounds that it takes."""
        of = f'SELECT id >> {self.stretch} AS part FROM "{self.name}" WHERE id >= %s::bigint AND id < '
        newest = "ORDER BY id DESC LIMIT 1"
        sql = (
            f"ARRAY(WITH RECURSIVE stretch AS (({of} %s::bigint {newest}) UNION ALL SELECT one.part FROM stretch CROSS "
            f"JOIN LATERAL ({of} stretch.part << {self.stretch} {newest}) AS one) SELECT part FROM stretch)"
        )
        return sql, ("least", "below", "least")

    def _vector(self, number: int, terms: Collection[str]) -> str:
        return " ".join(_lexemes(terms, f"{number >> self.stretch:x}/"))


def _bounds(key: str, place: str, below: int | None, least: int | None) -> tuple[list[str], list[Any]]:
    bounds = [(f"{key} < {place}", below), (f"{key} >= {place}", least)]
    given = [(condition, value) for condition, value in bounds if value is not None]
    return [condition for condition, _ in given], [value for _, value in given]


def _quoted(terms: Iterable[str]) -> list[str]:
    return [f'"{term}"' for term in terms]


def _groups(query: Query) -> str:
    return "&".join(f"({'|'.join(_lexemes(group, _STRETCH))})" for group in query)


def _lexemes(terms: Iterable[str], stretch: str) -> list[str]:
    return [f"'{stretch}{term}'" for term in terms]
