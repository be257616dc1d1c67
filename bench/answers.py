"""Whether all servers give the same answers. Wrong answers are not timed."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bench.database import Database
from bench.scenarios import SCENARIOS, Scenario, questions
from bench.servers import Server

INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
# What differs and may: the number and the moments of a row that was just made.
OWN_TO_A_NEW_ROW = {"id", "created_at", "updated_at"}
# Means and rates are rounded to one decimal by Python here and by the database there, which disagree about halves.
ROUNDED = {"response_rate", "avg_response_days"}
CHECKED = 12


def plain(value: Any) -> Any:
    """Give an answer without what may differ: instants as instants, links without their host."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, str) and INSTANT.match(value):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and value.startswith("http://127.0.0.1:"):
        return urlsplit(value)._replace(netloc="").geturl()
    return value


def differences(one: Any, other: Any, place: str = "") -> Iterator[str]:
    """Name every place at which two answers differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in one | other:
            here = f"{place}.{name}" if place else name
            if name not in one or name not in other:
                yield f"{here} is {'missing' if name in one else 'too much'}"
            else:
                yield from differences(one[name], other[name], here)
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            yield f"{place} has {len(other)} items instead of {len(one)}"
        for number, (left, right) in enumerate(zip(one, other, strict=False)):
            yield from differences(left, right, f"{place}[{number}]")
    elif place in ROUNDED and None not in (one, other):
        if abs(one - other) > 0.1001:
            yield f"{place} is {other!r} instead of {one!r}"
    elif one != other:
        yield f"{place} is {other!r} instead of {one!r}"


def _answer(server: Server, scenario: Scenario, number: int) -> Any:
    question = questions(scenario)[number]
    status, body = server.ask(question)
    if status != scenario.status:
        raise SystemExit(f"{server.name} answers {scenario.name} with {status}: {body[:2000].decode(errors='replace')}")
    found = plain(json.loads(body))
    if scenario.method == "POST":
        found = {name: value for name, value in found.items() if name not in OWN_TO_A_NEW_ROW}
    return found


def compare(servers: list[Server], scenarios: list[str], *databases: Database) -> None:
    """Ask all servers the same and compare.

    :raises SystemExit: when two do not agree, naming the places
    """
    wrong: list[str] = []
    for name in scenarios:
        scenario = SCENARIOS[name]
        for number in range(CHECKED if scenario.method == "GET" else 2):
            expected = None
            for server in servers:
                if server.name not in scenario.among:
                    continue
                found = _answer(server, scenario, number)
                for database in databases if scenario.method == "POST" else ():
                    database.reset()
                if expected is None:
                    expected = found
                    continue
                places = list(differences(expected, found))
                wrong += [f"{name}: {server.name} differs from {servers[0].name}: {place}" for place in places[:5]]
    if wrong:
        raise SystemExit("The servers do not agree, so nothing is timed.\n  " + "\n  ".join(dict.fromkeys(wrong)))
