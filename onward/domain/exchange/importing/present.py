"""What is in the record already, and which rows of a file it is.

Two are the same only where nothing tells them apart: another link, place, contact or status makes another
application. What is in the record may have moved on since its row was imported, so there another status tells nothing,
unless that application is another row's already.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from onward.domain.exchange import queries
from onward.domain.exchange.importing.links import posting
from onward.domain.exchange.importing.rows import Entry, Fate, Identity, Row, Traits
from onward.platform.record import name_key

THERE = "already in the record"
# With how many of one identity and posting a row is compared, after those that are exactly it: a file in which
# everything has one name takes no longer for that.
COMPARED = 500
# Long texts: compared with other rows only.
UNCOMPARED = {"job_description", "cover_letter"}


@dataclass(slots=True)
class Known:
    """An application of the record, or one that a row makes.

    :param pk: none, of one that a row makes
    :param place: of that row among the others
    :param noted: what the notes of one in the record say
    :param values: what the record says in the fields that rows say too
    :param taken: whether a row is it
    """

    traits: Traits
    pk: int | None = None
    place: int = -1
    noted: str = ""
    values: dict[str, object] = field(default_factory=dict)
    taken: bool = False

    def may_be(self, entry: Entry, traits: Traits) -> bool:
        """Whether nothing tells a row from it."""
        if self.traits.differ(traits):
            return False
        return not self._notes_otherwise(entry.telling)

    def says_all_of(self, entry: Entry) -> bool:
        """Whether the record has the status, the sums and the days of a row, and nothing else in their place."""
        if any(entry.values[name] != self.values.get(name) for name in entry.said - UNCOMPARED if name in entry.values):
            return False
        return not self._notes_otherwise(entry.kept.items())

    def _notes_otherwise(self, lines: Iterable[tuple[str, str]]) -> bool:
        noted = f"\n{self.noted}"
        return any(f"\n{name}: " in noted and f"\n{name}: {text}" not in noted for name, text in lines)


class Present:
    """One owner's applications, as far as they tell whether a row of a file is one of them."""

    def __init__(self, owner_id: int, *, after: int = 0) -> None:
        self._owner_id = owner_id
        self.newest = after
        # By identity; by that and the posting, which may be none; and by all traits.
        self._known: dict[Hashable, list[Known]] = defaultdict(list)
        for row in queries.present(owner_id=owner_id, after=after):
            pk, company_key, title, applied, url, place, referrer, *values = row
            self.newest = pk
            traits = Traits(applied, posting(url), name_key(place), name_key(referrer), {})
            known = Known(traits, pk, values=dict(zip(queries.COMPARED, values, strict=True)))
            self._remember(Identity(company_key, name_key(title)), known)

    def settle(self, rows: Sequence[Row]) -> list[Row]:
        """Skip the rows that are in the record, or further up in the file; those tell the row above what they add."""
        self._read_notes(rows)
        settled = list(rows)
        there: dict[int, int] = {}
        # An application is first of all the row that says just what it says.
        unmoved = {place: known for place, row in enumerate(rows) if row.entry and (known := self._unmoved(row.entry))}
        for place, row in enumerate(rows):
            entry = row.entry
            if entry is None:
                continue
            traits = entry.traits
            found = unmoved.get(place) or self._find(entry, traits)
            if found is None:
                self._remember(entry.identity, Known(traits, place=place, taken=True))
                continue
            if place not in unmoved:
                found.traits.learn(traits)
                found.taken = True
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
        """Find what a row is: what another row is, too, or else what no row is yet."""
        free = None
        for each in self._candidates(entry, traits):
            if each.may_be(entry, traits):
                if each.taken and not each.traits.differ_in_cells(traits):
                    return each
                free = free or (None if each.taken else each)
        return free

    def _unmoved(self, entry: Entry) -> Known | None:
        """Find what in the record says just what a row says, and make it that row's."""
        if not self.newest:
            return None
        traits = entry.traits
        for each in self._candidates(entry, traits):
            if (
                each.may_be(entry, traits)
                and each.says_all_of(entry)
                and not (each.taken and each.traits.differ_in_cells(traits))
            ):
                each.taken = True
                each.traits.learn(traits)
                return each
        return None

    def _take(self, entry: Entry, *, exactly: bool) -> bool:
        traits = entry.traits
        for each in self._candidates(entry, traits):
            if not each.taken and (each.traits == traits if exactly else each.may_be(entry, traits)):
                each.taken = True
                return True
        return False

    def _read_notes(self, rows: Iterable[Row]) -> None:
        """Read the notes of those in the record that rows with cells for notes may be."""
        wanted = {row.entry.identity for row in rows if row.entry and row.entry.kept}
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
