"""What the address of the board and the table asks for."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from onward.domain.applications.choices import Priority, Source, Status, WorkType
from onward.domain.insight.queries.board import COLUMNS as STANDINGS
from onward.domain.insight.queries.board import ORDERS
from onward.domain.insight.queries.table import SORTS
from onward.domain.insight.queries.wanted import Wanted
from onward.platform.record import name_key
from onward.web import words
from onward.web.applications import columns
from onward.web.kit.dates import whole_date

MOST_PAGES = 10_000
# Cards of a column at first, and each time that more are wanted.
CARDS = 30
MOST_CARDS = 10_000
# What says how far somebody has gone: it is not asked for anew when something else is.
_PLACE = {"page", "cards", "column", "begin"}


class Chip(NamedTuple):
    """A filter that is on. :ivar without: the address without it"""

    label: str
    without: str


def as_table(given: QueryDict) -> QueryDict:
    """Return what is asked for, of the table: its sorts are not the board's."""
    return QueryDict(urlencode({**given.dict(), "view": "table"}))


class Asked:
    """What an address asks for. What makes no sense is not asked for.

    :param kept: the columns as their owner has them
    """

    def __init__(self, given: QueryDict, kept: Mapping[str, Any] = MappingProxyType({})) -> None:
        self.given = given
        self.view = "table" if given.get("view") == "table" else "board"
        self.q = given.get("q", "").strip()[:200]
        wanted = given.get("sort", "")
        known = SORTS if self.view == "table" else ORDERS
        usual = "touched" if self.view == "table" else "urgency"
        plain = wanted.removeprefix("-") if self.view == "table" else wanted
        self.sort = wanted if plain in known else usual
        page = given.get("page", "1")
        self.page = max(min(int(page), MOST_PAGES), 1) if page.isascii() and page.isdigit() and len(page) < 8 else 1
        self.column = self._one("column", STANDINGS)
        self.begin = (self._number("begin") or 0) if self.column else 0
        shown = [name for name in given.get("columns", "").split(",") if name in columns.TABLE]
        self.columns = tuple(dict.fromkeys(shown)) or columns.of_table(kept)
        self.wanted = Wanted(
            search=self.q,
            status=self._one("status", Status.values),
            tag=name_key(given.get("tag", "")[:50]),
            company=self._number("company"),
            priority=self._one("priority", Priority.values),
            work_type=self._one("work_type", WorkType.values),
            source=self._one("source", Source.values),
            resume=self._number("resume"),
            since=self._day("from"),
            until=self._day("to"),
            quiet=given.get("quiet") == "1",
            going=given.get("going") == "1",
        )
        # Who asks for one status wants to see it, however its column is usually shown.
        open_all = bool(self.wanted.status)
        self.board = [
            column._replace(folded=False, hidden=False) if open_all or column.key == self.column else column
            for column in columns.of_board(kept)
        ]

    def _one(self, name: str, known: Any) -> str:
        return self.given.get(name, "") if self.given.get(name) in known else ""

    def _number(self, name: str) -> int | None:
        value = self.given.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None

    def _day(self, name: str) -> date | None:
        try:
            return parse_date(self.given.get(name, ""))
        except ValueError:
            return None

    @property
    def names(self) -> dict[str, str]:
        """Return what the columns of the board are called where they have names of their owner's."""
        return {column.key: column.name for column in self.board if column.name}

    @property
    def limits(self) -> dict[str, int]:
        """Return how many cards each column shows: ``cards=applied.90-offer.60`` where more were wanted."""
        if self.column:
            return {self.column: CARDS}
        found = {column.key: 0 if column.hidden else CARDS for column in self.board}
        for part in self.given.get("cards", "").split("-")[: len(STANDINGS)]:
            key, _, number = part.partition(".")
            if found.get(key) and number.isascii() and number.isdigit() and len(number) < 8:
                found[key] = max(CARDS, min(int(number), MOST_CARDS))
        return found

    def address(self, **changed: Any) -> str:
        """Return the query of the same page with something else; None leaves something out."""
        kept = {name: self.given[name] for name in self.given if name not in _PLACE and self.given[name]}
        kept |= changed
        return "?" + urlencode({name: value for name, value in kept.items() if value not in {None, ""}})

    @property
    def chips(self) -> list[Chip]:
        """Return the filters that are on."""
        on = []
        wanted = self.wanted
        told = {
            "status": words.STATUS.get(wanted.status, ""),  # type: ignore[call-overload]
            "tag": self.given.get("tag", "") if wanted.tag else "",
            "company": _("One company") if wanted.company else "",
            "priority": words.WITH_PRIORITY.get(wanted.priority, ""),
            "work_type": words.WORK_TYPE.get(wanted.work_type, ""),
            "source": _("Through %(source)s") % {"source": words.SOURCE[wanted.source]} if wanted.source else "",
            "resume": _("One résumé") if wanted.resume else "",
            "from": _("Since %(day)s") % {"day": whole_date(wanted.since)} if wanted.since else "",
            "to": _("Until %(day)s") % {"day": whole_date(wanted.until)} if wanted.until else "",
            "quiet": _("Quiet") if wanted.quiet else "",
            "going": _("Still going") if wanted.going else "",
        }
        for name, label in told.items():
            if label:
                on.append(Chip(str(label), self.address(**{name: None})))
        return on
