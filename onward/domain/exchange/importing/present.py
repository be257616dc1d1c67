"""What is in the record already, and which rows of a file it is."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace

from onward.domain.exchange import queries
from onward.domain.exchange.importing.rows import Entry, Fate, Identity, Row, posting
from onward.platform.record import name_key

THERE = "already in the record"
THERE_BY_URL = "already in the record: the same job URL"


class Present:
    """One owner's applications, as far as they tell whether a row of a file is one of them."""

    def __init__(self, owner_id: int, *, after: int = 0) -> None:
        self._owner_id = owner_id
        self.newest = after
        self._identities: dict[Hashable, list[int]] = defaultdict(list)
        self._postings: dict[Hashable, list[int]] = defaultdict(list)
        self._taken: set[int] = set()
        self.look(but=())

    def look(self, *, but: Collection[int]) -> None:
        """Look for what has come since the last look. :param but: ids that are known already"""
        for pk, company_key, title, applied, url in queries.present(owner_id=self._owner_id, after=self.newest):
            self.newest = pk
            if pk not in but:
                self._identities[Identity(company_key, name_key(title), applied)].append(pk)
                if named := posting(url):
                    self._postings[named].append(pk)

    def settle(self, rows: Iterable[Row]) -> list[Row]:
        """Skip the rows that are in the record, or further up in the file."""
        settled = []
        above: dict[Hashable, int] = {}
        for row in rows:
            reason = ""
            if row.entry:
                identity, named = row.entry.identity, row.entry.posting
                reason = self._reason(row.entry) or _above(above, identity, named)
                if not reason:
                    above[identity] = row.number
                    above.setdefault(named, row.number)
            settled.append(_skipped(row, reason))
        return settled

    def settle_own(self, rows: Iterable[Row]) -> list[Row]:
        """Skip the rows of an export of ours that are in the record.

        The record held each of its rows, also those that look alike. So an application in the record accounts for one
        row; the rows that are exactly it come before those that only share its posting.
        """
        first = [_skipped(row, self._take(self._identities, row.entry and row.entry.identity, THERE)) for row in rows]
        return [
            _skipped(row, self._take(self._postings, row.entry and row.entry.posting, THERE_BY_URL))
            if row.fate is Fate.CREATE
            else row
            for row in first
        ]

    def take(self, entry: Entry) -> str:
        """Say why a row must be skipped after all, because somebody else made its application meanwhile."""
        return self._take(self._identities, entry.identity, THERE) or self._take(
            self._postings, entry.posting, THERE_BY_URL
        )

    def _reason(self, entry: Entry) -> str:
        if entry.identity in self._identities:
            return THERE
        return THERE_BY_URL if entry.posting in self._postings else ""

    def _take(self, where: dict[Hashable, list[int]], by: Hashable, reason: str) -> str:
        for pk in where.get(by, ()):
            if pk not in self._taken:
                self._taken.add(pk)
                return reason
        return ""


def _above(above: dict[Hashable, int], identity: Identity, named: str) -> str:
    if identity in above:
        return f"the same as row {above[identity]}"
    return f"the same job URL as row {above[named]}" if named and named in above else ""


def _skipped(row: Row, reason: str) -> Row:
    return replace(row, fate=Fate.SKIP, reason=reason) if reason else row
