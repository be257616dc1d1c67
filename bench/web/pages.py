"""Which pages there are: found in the table of addresses, and reached by their links."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from typing import Protocol

from django.urls import URLPattern, URLResolver, get_resolver

from bench.web.client import Answer

# What stands beside the app: documents of APIs, and Django's own pages.
_NOT_OURS = {"admin", "ninja"}
_LINK = re.compile(r'(?:href|action|hx-get)="(/[^"#]*)')
# So many pages are asked for at most to find one that leads to what is missing.
MOST = 100
# Pages of one thing that no page leads to, and why; they are not searched for.
UNREACHED = {
    "applications:document": "a file, which is downloaded and not shown",
    "applications:reflection": "linked from an application that has ended, among hundreds that have not",
    "certificates:certificate": "given by its address to whoever has finished a course",
    "picture": "a file",
}
# What a page of one thing is asked for by, where no page leads there.
_SAMPLES = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000", "slug": "cover_letter", "str": "none"}


@dataclass(frozen=True)
class Route:
    """One address of the table. :ivar address: an address that matches it, made of samples; :ivar one: of one thing"""

    name: str
    pattern: re.Pattern[str]
    address: str
    one: bool


@dataclass
class Pages:
    """What somebody can open: an address for each name of a route.

    :ivar named: what links and forms lead to, pages or not
    :ivar unreached: pages of one thing that no page leads to
    """

    shown: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    unreached: set[str] = field(default_factory=set)


def routes() -> list[Route]:
    """Return every address of the app and of the pages beside it."""
    return list(_flattened(get_resolver().url_patterns, "", "/", ""))


def _flattened(patterns: list[URLPattern | URLResolver], before: str, address: str, space: str) -> Iterator[Route]:
    for each in patterns:
        regex = before + each.pattern.regex.pattern.lstrip("^").replace(r"\Z", "").rstrip("$")
        text = address + _sample(str(each.pattern))
        if isinstance(each, URLResolver):
            if each.app_name not in _NOT_OURS:
                yield from _flattened(each.url_patterns, regex, text, each.namespace or space)
        else:
            name = f"{space}:{each.name}" if space else each.name or regex
            yield Route(name, re.compile(f"/{regex}"), text, "(" in re.sub(r"\(\?P<\w+>\(?[a-z|]+\)?\)", "", regex))


def _sample(pattern: str) -> str:
    path = re.sub(r"<(\w+):\w+>", lambda found: _SAMPLES[found[1]], pattern)
    path = re.sub(r"\(\?P<\w+>\(?([\w]+)\|[^)]*\)", r"\1", path)
    path = re.sub(r"\(\?P<\w+>[^)]*\)", "1", path)
    return path.lstrip("^").rstrip("$").replace("/?", "/").replace("\\", "")


class Asks(Protocol):
    """Whoever asks for pages."""

    def ask(self, path: str) -> Answer:
        """Return what is at an address."""


def reached(client: Asks) -> Pages:
    """Return the first address of every page that somebody gets to by links, by the name of its route."""
    found = Pages()
    table = routes()
    # What only takes forms has no page.
    open_ = {
        route.name for route in table if route.one and client.ask(route.address).status != HTTPStatus.METHOD_NOT_ALLOWED
    }
    waiting = deque(route.address for route in table if not route.one)
    further: deque[str] = deque()
    seen: set[str] = set()
    asked: set[str] = set()
    while waiting or (further and open_ - seen - UNREACHED.keys() and len(asked) < MOST):
        # Not every application has an offer: others are looked at while something has not been found.
        is_further = not waiting
        address = further.popleft() if is_further else waiting.popleft()
        route = next((each for each in table if each.pattern.fullmatch(address.partition("?")[0])), None)
        if route is None or address in asked:
            continue
        found.named.setdefault(route.name, address)
        if route.name in seen and not is_further:
            if route.one:
                further.append(address)
            continue
        asked.add(address)
        answer = client.ask(address)
        if answer.status == HTTPStatus.NOT_FOUND and route.one:
            continue
        seen.add(route.name)
        if answer.is_page:
            found.shown.setdefault(route.name, address)
            waiting.extend(unescape(link) for link in _LINK.findall(answer.text))
    found.unreached = open_ - seen
    return found
