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
_GIN = (
    'CREATE TABLE "{name}" (id bigint PRIMARY KEY, terms tsvector NOT NULL)',
    # The terms lie apart from the numbers: a search reads the numbers of thousands and no row's terms.
    'ALTER TABLE "{name}" SET (toast_tuple_target = 128)',
    'CREATE INDEX "{name}_terms" ON "{name}" USING gin (terms)',
)


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
