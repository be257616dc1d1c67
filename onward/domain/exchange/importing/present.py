"""What is in the record already, and which rows of a file it is.

Two are the same only where nothing tells them apart: another link, place or contact makes another application.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from onward.domain.exchange import queries
from onward.domain.exchange.importing.links import posting
from onward.domain.exchange.importing.rows import Entry, Fate, Identity, Row, Traits
from onward.platform.record import name_key

THERE = "already in the record"
# With how many of one identity and posting a row is compared, after those that are exactly it: a file in which
# everything has one name takes no longer for that.
COMPARED = 500


@dataclass(slots=True)
class Known:
    """An application of the record, or one that a row makes.

    :param pk: none, of one that a row makes
    :param place: of that row among the others
    :param noted: what the notes of one in the record say
    """

    traits: Traits
    pk: int | None = None
    place: int = -1
    noted: str = ""
    taken: bool = False

    def may_be(self, entry: Entry, traits: Traits) -> bool:
        """Whether nothing tells a row from it."""
        if self.traits.differ(traits):
            return False
        return not any(
            f"\n{name}: " in f"\n{self.noted}" and f"{name}: {text}" not in self.noted for name, text in entry.telling
        )


class Present:
    """One owner's applications, as far as they tell whether a row of a file is one of them."""

    def __init__(self, owner_id: int, *, after: int = 0) -> None:
        self._owner_id = owner_id
        self.newest = after
        # By identity; by that and the posting, which may be none; and by all traits.
        self._known: dict[Hashable, list[Known]] = defaultdict(list)
        for pk, company_key, title, applied, url, place, referrer in queries.present(owner_id=owner_id, after=after):
            self.newest = pk
            traits = Traits(applied, posting(url), name_key(place), name_key(referrer), {})
            self._remember(Identity(company_key, name_key(title)), Known(traits, pk))

    def settle(self, rows: Sequence[Row]) -> list[Row]:
        """Skip the rows that are in the record, or further up in the file; those tell the row above what they add."""
        self._read_notes(rows)
        settled = list(rows)
        there: dict[int, int] = {}
        for place, row in enumerate(rows):
            entry = row.entry
            if entry is None:
                continue
            traits = entry.traits
            found = self._find(entry, traits)
            if found is None:
                self._remember(entry.identity, Known(traits, place=place))
                continue
            found.traits.learn(traits)
            if found.pk is not None:
                settled[place] = replace(row, fate=Fate.SKIP, reason=THERE)
                there[place] = found.pk
                continue
            above = settled[found.place]
            assert above.entry is not None
            settled[found.place] = replace(above, entry=above.entry.joined(entry))
            where = f"row {above.number}" + (f' of sheet "{above.sheet}"' if above.sheet != row.sheet else "")
            settled[place] = replace(row, fate=Fate.SKIP, reason=f"the same as {where}, which takes what it adds")
        return self._compared(settled, there)

    def settle_own(self, rows: Sequence[Row]) -> list[Row]:
        """Skip the rows of an export of ours that are in the record.

        The record held each of its rows, also those that look alike. So an application in the record accounts for one
        row; the rows that are exactly it come before those that may be it.
        """
        if not self._known:
            return list(rows)
        self._read_notes(rows)
        settled = list(rows)
        for exactly in (True, False):
            for place, row in enumerate(settled):
                if row.fate is Fate.CREATE and row.entry and self._take(row.entry, exactly=exactly):
                    settled[place] = replace(row, fate=Fate.SKIP, reason=THERE)
        return settled

    def _remember(self, identity: Identity, known: Known) -> None:
        for key in (identity, (identity, known.traits.posting), (identity, known.traits.key)):
            self._known[key].append(known)

    def _candidates(self, entry: Entry, traits: Traits) -> Iterator[Known]:
        """Yield those that a row may be: those that are exactly it, those of its posting, those of none."""
        identity = entry.identity
        yield from islice(self._known.get((identity, traits.key), ()), COMPARED)
        if traits.posting:
            yield from islice(self._known.get((identity, traits.posting), ()), COMPARED)
            yield from islice(self._known.get((identity, ""), ()), COMPARED)
        else:
            yield from islice(self._known.get(identity, ()), COMPARED)

    def _find(self, entry: Entry, traits: Traits) -> Known | None:
        return next((each for each in self._candidates(entry, traits) if each.may_be(entry, traits)), None)

    def _take(self, entry: Entry, *, exactly: bool) -> bool:
        traits = entry.traits
        for each in self._candidates(entry, traits):
            if not each.taken and (each.traits == traits if exactly else each.may_be(entry, traits)):
                each.taken = True
                return True
        return False

    def _read_notes(self, rows: Iterable[Row]) -> None:
        """Read the notes of those in the record that rows with contacts or numbers may be."""
        wanted = {row.entry.identity for row in rows if row.entry and row.entry.telling}
        known = {each.pk: each for identity in wanted for each in self._known.get(identity, ())}
        for pk, content in queries.notes_of([pk for pk in known if pk is not None]):
            known[pk].noted += f"{content}\n"

    def _compared(self, rows: list[Row], there: dict[int, int]) -> list[Row]:
        """Add remarks on what rows that are in the record already say otherwise."""
        fields = sorted({name for place in there if (entry := rows[place].entry) for name in entry.values})
        values = queries.values_of(list(there.values()), fields)
        noted: dict[int, str] = defaultdict(str)
        for pk, content in queries.notes_of(list(there.values())):
            noted[pk] += f"{content}\n"
        for place, pk in there.items():
            entry = rows[place].entry
            assert entry is not None
            rows[place] = replace(
                rows[place], remarks=(*rows[place].remarks, *_otherwise(entry, values[pk], noted[pk]))
            )
        return rows


def _otherwise(entry: Entry, values: dict[str, object], noted: str) -> Iterable[str]:
    for name, value in entry.values.items():
        if name not in {"has_undated_response", "source", "priority"} and value != values[name]:
            yield f'{name.replace("_", " ")}: here "{value}", in the record "{values[name] or "nothing"}"'
    for line in (line for note in entry.notes for line in note.splitlines()):
        if line.strip() and line not in noted:
            yield f"not in the record: {line}"
