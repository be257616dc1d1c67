"""An index of terms: which documents have these words, the highest numbers first.

A document is a number and a set of terms. PostgreSQL keeps them as `tsvector` under GIN, SQLite as FTS5; both are given
terms that Python has made (:mod:`onward.platform.search.terms`), so that both find the same. What is filtered by is a
term as well: a condition on a column would have to be tried on every match.

A document's number says where it stands: the greater, the newer. FTS5 walks its lists in that order by itself. GIN
knows no order and would collect every match of a frequent word, so on PostgreSQL each document also has terms for the
stretches of numbers that it lies in, and the newest stretches are asked first, until there is enough.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

# Each stretch holds so many of the next smaller kind, as a power of two, and there are so many kinds.
FANOUT = 2
KINDS = 4
# Pages that FTS5 merges at a time.
PAGES = 64
# Rows that a statement writes.
BATCH = 200

# All must be there; of each, one of the alternatives.
Query = Sequence[Collection[str]]


@dataclass(frozen=True, slots=True)
class Index:
    """An index. Its table is made by the migration `MakeIndex`.

    :param name: of its table
    :param stretch: how many numbers the smallest stretch has, as a power of two
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
        if connections[DEFAULT_DB_ALIAS].vendor == "sqlite":
            return self._find_in_fts5(query, below, least, most)
        return self._find_in_gin(query, below, least, most)

    def count(self) -> int:
        """Return how many documents there are; counts every one."""
        rows = connections[DEFAULT_DB_ALIAS].run_directly(f'SELECT count(*) FROM "{self.name}"', [])  # type: ignore[attr-defined]
        return int(rows[0][0])

    def _find_in_fts5(self, query: Query, below: int | None, least: int | None, most: int) -> list[int]:
        conditions, parameters = _bounds("rowid", "?", below, least)
        if query:
            conditions.insert(0, f'"{self.name}" MATCH ?')
            parameters.insert(0, " AND ".join(f"({' OR '.join(_quoted(group))})" for group in query))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        sql = f'SELECT rowid FROM "{self.name}"{where} ORDER BY rowid DESC LIMIT ?'
        return self._numbers(sql, [*parameters, most])

    def _find_in_gin(self, query: Query, below: int | None, least: int | None, most: int) -> list[int]:
        if not query:
            conditions, parameters = _bounds("id", "%s::bigint", below, least)
            where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
            sql = f'SELECT id FROM "{self.name}"{where} ORDER BY id DESC LIMIT %s::bigint'
            return self._numbers(sql, [*map(str, parameters), str(most)])
        found: list[int] = []
        lowest, highest = self._ends(below, least)
        words = " & ".join(f"({' | '.join(_lexemes(group))})" for group in query)
        for stretches, upper in self._stretches(lowest, highest):
            conditions, parameters = _bounds("id", "%s::bigint", upper, least)
            asked = f"{words} & ({' | '.join(_lexemes(stretches))})" if stretches else words
            # Set apart, so that the planner does not walk all numbers in the hope of early matches.
            sql = (
                f'WITH found AS MATERIALIZED (SELECT id FROM "{self.name}" WHERE terms @@ %s::tsquery) '
                f"SELECT id FROM found{' WHERE ' if conditions else ''}{' AND '.join(conditions)} "
                "ORDER BY id DESC LIMIT %s::bigint"
            )
            found += self._numbers(sql, [asked, *map(str, parameters), str(most - len(found))])
            if len(found) >= most:
                break
        return found

    def _ends(self, below: int | None, least: int | None) -> tuple[int, int]:
        """Return the lowest and the highest number that can be found."""
        sql = f'SELECT min(id), max(id) FROM "{self.name}"'
        low, high = connections[DEFAULT_DB_ALIAS].run_directly(sql, [])[0]  # type: ignore[attr-defined]
        if low is None:
            return 0, -1
        return max(low, least if least is not None else low), min(high, below - 1 if below is not None else high)

    def _stretches(self, lowest: int, highest: int) -> Iterator[tuple[list[str], int | None]]:
        """Yield stretches that lie side by side, from the highest number down, with the number that ends each.

        First the smallest ones that share a greater one with the highest number, then the rest of that greater one, and
        so on; at last whatever is lower than all that has a name.
        """
        if highest < lowest:
            return
        at, upper = highest >> self.stretch, highest + 1
        for kind in range(KINDS):
            first = at >> FANOUT << FANOUT
            yield [self._named(kind, part) for part in range(first, at + 1)], upper
            upper = first << (self.stretch + FANOUT * kind)
            if upper <= lowest:
                return
            at = (first >> FANOUT) - 1
        yield [], upper

    def _named(self, kind: int, part: int) -> str:
        return f"={kind}:{part:x}"

    def _vector(self, number: int, terms: Collection[str]) -> str:
        stretches = [self._named(kind, number >> (self.stretch + FANOUT * kind)) for kind in range(KINDS)]
        return " ".join(_lexemes([*terms, *stretches]))

    def _numbers(self, sql: str, parameters: list[Any]) -> list[int]:
        rows = connections[DEFAULT_DB_ALIAS].run_directly(sql, parameters)  # type: ignore[attr-defined]
        return [row[0] for row in rows]


def _bounds(key: str, place: str, below: int | None, least: int | None) -> tuple[list[str], list[Any]]:
    bounds = [(f"{key} < {place}", below), (f"{key} >= {place}", least)]
    given = [(condition, value) for condition, value in bounds if value is not None]
    return [condition for condition, _ in given], [value for _, value in given]


def _quoted(terms: Iterable[str]) -> list[str]:
    return [f'"{term}"' for term in terms]


def _lexemes(terms: Iterable[str]) -> list[str]:
    return [f"'{term}'" for term in terms]
