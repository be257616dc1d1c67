"""How a search compares text: a person who types plain letters finds what is written with others."""

import re
import unicodedata
from typing import Any

from django.db.models import BooleanField, Func, TextField

# Accents that stand behind their letter, as composition takes them apart.
ACCENTS = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """Return text without regard to case, accents, width and composition; ``ß`` is ``ss``.

    Two names that are the same to a unique rule are so to a search; a search finds more. The databases do the same to
    what they search in (`Fold`).
    """
    if text.isascii():
        return text.lower()
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()


# What `folded` does, in PostgreSQL's words. Most texts are ASCII: their letters are told by the plainest collation.
_FOLDED = (
    """CASE WHEN octet_length({0}) = length({0}) THEN lower({0} COLLATE "C") ELSE """
    "replace(replace(lower(regexp_replace(normalize({0}, NFKD), '[\u0300-\u036f]', '', 'g')), 'ß', 'ss'), 'ς', 'σ') END"
)


class Fold(Func):
    """Text as a search compares it (`folded`)."""

    function = "FOLD"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        sql, parameters = compiler.compile(self.source_expressions[0])
        form = f"({_FOLDED})".format(f"({sql})::text")
        return form, [*parameters] * form.count(f"({sql})::text")


# A list as a set of rows; what is no list has none.
_ELEMENTS = {
    "postgresql": "jsonb_array_elements_text(CASE WHEN jsonb_typeof({0}) = 'array' THEN {0} ELSE '[]' END)",
    "sqlite": "json_each(CASE WHEN json_type({0}) = 'array' THEN {0} ELSE '[]' END)",
}


class Texts(Func):
    """The texts of a JSON list, as one text to search in: a line each."""

    arity = 1
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self._joined(compiler, "string_agg(e, chr(10))", "e", "postgresql")

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self._joined(compiler, "group_concat(e.value, char(10))", "e", "sqlite")

    def _joined(self, compiler: Any, joined: str, alias: str, vendor: str) -> Any:
        sql, parameters = compiler.compile(self.source_expressions[0])
        rows = _ELEMENTS[vendor].format(sql)
        return f"(SELECT coalesce({joined}, '') FROM {rows} {alias})", [*parameters] * 2


class FoldedAmong(Func):
    """Whether one of a JSON list's texts, folded, is among those of another list, which are folded already."""

    arity = 2
    output_field = BooleanField()
    conditional = True

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        there, asked, parameters = self._both(compiler, "postgresql")
        wanted = f"(SELECT jsonb_array_elements_text(({asked})::jsonb))"
        return f"EXISTS (SELECT 1 FROM {there} e WHERE ({_FOLDED.format('e')}) IN {wanted})", parameters

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        there, asked, parameters = self._both(compiler, "sqlite")
        wanted = f"(SELECT value FROM json_each({asked}))"
        return f"EXISTS (SELECT 1 FROM {there} e WHERE FOLD(CAST(e.value AS TEXT)) IN {wanted})", parameters

    def _both(self, compiler: Any, vendor: str) -> tuple[str, str, list[Any]]:
        there, first = compiler.compile(self.source_expressions[0])
        asked, second = compiler.compile(self.source_expressions[1])
        return _ELEMENTS[vendor].format(there), asked, [*first, *first, *second]
