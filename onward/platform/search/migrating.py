"""The tables of indexes, made by migrations."""

from typing import Any

from django.db.migrations.operations.base import Operation

# What ASCII has of signs in terms, besides letters and digits; whatever is no ASCII belongs to terms anyhow.
_SIGNS = "+#:=_-."
# `detail=none`: of a term nothing is kept but the documents that have it. Where it stands is said by other terms.
_FTS5 = (
    'CREATE VIRTUAL TABLE "{name}" USING fts5'
    "(terms, detail=none, columnsize=0, tokenize=\"ascii tokenchars '{signs}'\")"
)
# A search reads the numbers of thousands of documents and no document's terms, so these must lie apart from them, where
# PostgreSQL puts what is large. It looks for what to put there in rows of more than two kilobytes alone, so each has
# `apart`: two kilobytes of nothing, which are written as forty bytes.
_GIN = (
    'CREATE TABLE "{name}" (id bigint PRIMARY KEY, terms tsvector NOT NULL, '
    "apart text NOT NULL DEFAULT repeat(' ', 2100))",
    'ALTER TABLE "{name}" ALTER terms SET STORAGE EXTERNAL, ALTER apart SET STORAGE MAIN',
    'ALTER TABLE "{name}" SET (toast_tuple_target = 128)',
    'CREATE INDEX "{name}_terms" ON "{name}" USING gin (terms)',
)
_ANEW = (
    # It takes as long as it takes: some minutes for a million documents.
    "SET LOCAL statement_timeout = 0",
    'DROP INDEX "{name}_terms"',
    'ALTER TABLE "{name}" RENAME CONSTRAINT "{name}_pkey" TO "{name}_before_pkey"',
    'ALTER TABLE "{name}" RENAME TO "{name}_before"',
    *_GIN[:-1],
    'INSERT INTO "{name}" (id, terms) SELECT id, {terms} FROM "{name}_before" ORDER BY id',
    _GIN[-1],
    'DROP TABLE "{name}_before"',
)


def _made_anew(name: str, terms: str) -> list[str]:
    """Return what makes the table of an index anew. :param terms: what becomes of each document's, as SQL"""
    return [statement.format(name=name, terms=terms) for statement in _ANEW]


class MakeIndex(Operation):
    """Make the table of an index (:class:`onward.platform.search.index.Index`)."""

    reversible = True

    def __init__(self, name: str) -> None:
        self.name = name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The table is no model's."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.statements(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def statements(self, vendor: str) -> list[str]:
        """Return what makes the table."""
        statements = (_FTS5,) if vendor == "sqlite" else _GIN
        return [statement.format(name=self.name, signs=_SIGNS) for statement in statements]

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f'DROP TABLE "{self.name}"')

    def describe(self) -> str:
        return f"Make the index {self.name}"


class PutApart(MakeIndex):
    """Make the table of an index anew, so that terms lie apart from numbers."""

    def statements(self, vendor: str) -> list[str]:
        """Return what makes it."""
        return [] if vendor == "sqlite" else _made_anew(self.name, "terms")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Nothing is lost, and nothing has to be put back."""

    def describe(self) -> str:
        return f"Put the terms of the index {self.name} apart"


class NameStretches(MakeIndex):
    """Make the table of an index anew, with each term behind the name of its stretch.

    :param stretch: of :class:`onward.platform.search.index.Index`
    """

    def __init__(self, name: str, stretch: int) -> None:
        super().__init__(name)
        self.stretch = stretch

    def statements(self, vendor: str) -> list[str]:
        """Return what makes it."""
        if vendor == "sqlite":
            return []
        # Terms that begin with "=" said before in which stretches a document lies.
        named = (
            f"array_to_tsvector(ARRAY(SELECT to_hex(id >> {self.stretch}) || '/' || term "
            "FROM unnest(tsvector_to_array(terms)) AS term WHERE left(term, 1) <> '='))"
        )
        return _made_anew(self.name, named)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """What is asked for by plain terms is not found until all is read again."""

    def describe(self) -> str:
        return f"Name the stretches in the terms of the index {self.name}"
