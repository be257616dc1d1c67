"""The files of the ZIP that hold all that is one's own. Each is made as it is sent."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from onward import __version__
from onward.domain.applications.models import Document
from onward.domain.exchange.account.tables import FORMAT, TABLES, Table
from onward.domain.resumes.models import Resume
from onward.platform import storage
from onward.platform.refusals import Missing

FOLDER = "account"
ABOUT = f"{FOLDER}/about.json"

Pages = Callable[[QuerySet[Any], list[str]], Iterator[list[tuple[Any, ...]]]]


def contents(*, owner_id: int, at: datetime, pages: Pages) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Return the files, each with its name and its parts.

    :param pages: reads rows of a queryset, some at a time
    """
    about = {"format": FORMAT, "release": __version__, "made_at": at.isoformat(), "tables": [t.name for t in TABLES]}
    yield ABOUT, iter([json.dumps(about, indent=2).encode() + b"\n"])
    for table in TABLES:
        yield name_of(table), _rows(table, owner_id, pages)
    for rows in (Resume.objects.filter(owner_id=owner_id), Document.objects.filter(application__owner_id=owner_id)):
        kept = rows.exclude(file_key="").order_by("pk")
        for uid, key, name in kept.values_list("uid", "file_key", "file_name").iterator(1000):
            yield file_of(uid, name), _content(key)


def name_of(table: Table) -> str:
    """Return what the file of a table is called."""
    return f"{FOLDER}/{table.name}.json"


def file_of(uid: UUID, name: str) -> str:
    """Return what the file of a résumé or a document is called."""
    return f"files/{uid}/{name}"


def _rows(table: Table, owner_id: int, pages: Pages) -> Iterator[bytes]:
    """Write an array of objects, each in a line of its own, so that it can be read line by line, too."""
    mine = table.model._default_manager.filter(**{table.owner: owner_id})
    names = [column.name for column in table.columns]
    before = b"[\n"
    for page in pages(mine, [column.source for column in table.columns]):
        rows = (dict(zip(names, row, strict=True)) for row in page)
        lines = ",\n".join(json.dumps(row, default=_written, ensure_ascii=False) for row in rows)
        yield before + lines.encode("utf-8", "replace")
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def _written(value: Any) -> str:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
    raise TypeError(f"a value of {type(value)} is not written")


def _content(key: str) -> Iterator[bytes]:
    try:
        file = storage.open_file(key)
    except Missing:
        # The row says that there was one.
        return
    with file:
        yield from file.chunks()
