"""Statements that are prepared once per connection and run on libpq itself.

A cursor of psycopg spends about 90 µs of processor time on a statement that is prepared already; libpq spends 16.
Errors, adapted results and transactions stay psycopg's.
"""

import itertools
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from ipaddress import IPv4Address, IPv6Address
from typing import Any
from uuid import UUID

import psycopg
from psycopg import errors, pq
from psycopg.adapt import Transformer
from psycopg.types.json import Json, Jsonb

# How a value is written, and the type by which PostgreSQL is told to read it; 0 leaves that to its place.
_TEXT = 0
_WRITERS: dict[type, tuple[int, Callable[[Any], str]]] = {
    str: (_TEXT, str.__str__),
    bool: (16, lambda value: "t" if value else "f"),
    int: (20, int.__repr__),
    float: (701, repr),
    date: (1082, date.isoformat),
    time: (1083, time.isoformat),
    datetime: (1184, datetime.isoformat),
    Decimal: (1700, str),
    UUID: (2950, str),
    IPv4Address: (_TEXT, str),
    IPv6Address: (_TEXT, str),
    Jsonb: (3802, lambda value: json.dumps(value.obj)),
    Json: (114, lambda value: json.dumps(value.obj)),
}


# Names are never used again on any connection, so one that is forgotten cannot be mistaken for another.
_NUMBERS = itertools.count()


def run(
    connection: psycopg.Connection[Any], names: dict[str, bytes], sql: str, parameters: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """Run a statement with ``%s`` for each parameter.

    :param names: the statements that are prepared on this connection already, by their SQL; a new one is added
    :param parameters: of the same types each time that the same SQL is run, or null
    :raises psycopg.Error: as a cursor would
    """
    server = connection.pgconn
    if not connection.autocommit and server.transaction_status == pq.TransactionStatus.IDLE:
        # psycopg begins a transaction with the first statement that it sees; this one it does not see.
        _checked(connection, server.exec_(b"BEGIN"))
    types: list[int] = []
    values: list[bytes | None] = []
    for parameter in parameters:
        if parameter is None:
            types.append(_TEXT)
            values.append(None)
        else:
            kind, write = _writer(type(parameter))
            types.append(kind)
            values.append(write(parameter).encode())
    name = names.get(sql)
    if name is None:
        name = f"onward_{next(_NUMBERS)}".encode()
        _checked(connection, server.prepare(name, _numbered(sql), types))
        names[sql] = name
    try:
        result = _checked(connection, server.exec_prepared(name, values))  # type: ignore[arg-type]
    except errors.FeatureNotSupported:
        # The tables have changed under a plan: the next run plans anew.
        del names[sql]
        raise
    if not result.ntuples:
        return []
    rows = Transformer(connection)
    rows.set_pgresult(result)
    return rows.load_rows(0, result.ntuples, tuple)


def _writer(kind: type) -> tuple[int, Callable[[Any], str]]:
    found = _WRITERS.get(kind)
    if found is None:
        # A word of a TextChoices is a str, and so on; looked for once.
        found = _WRITERS[kind] = next(_WRITERS[base] for base in kind.__mro__ if base in _WRITERS)
    return found


def _checked(connection: psycopg.Connection[Any], result: pq.abc.PGresult) -> pq.abc.PGresult:
    if result.status in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
        return result
    if connection.pgconn.status == pq.ConnStatus.BAD:
        raise psycopg.OperationalError(pq.error_message(connection.pgconn))
    raise errors.error_from_result(result, encoding=connection.info.encoding)


def _numbered(sql: str) -> bytes:
    """Write the places of the parameters as libpq does: ``%s`` becomes ``$1`` and so on, ``%%`` a ``%``."""
    first, *rest = sql.replace("%%", "\0").split("%s")
    numbered = first + "".join(f"${number}{part}" for number, part in enumerate(rest, start=1))
    return numbered.replace("\0", "%").encode()
