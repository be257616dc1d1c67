"""Which postings somebody wants: the filters of a run."""

from collections.abc import Iterable
from dataclasses import dataclass

from onward.domain.ingestion.found import Place
from onward.domain.ingestion.judgement.gazetteer import countries
from onward.domain.ingestion.judgement.places import Spot, is_at, read_key, spots
from onward.platform.words import words

# Shorter ones may be a code, and are part of many words.
_SHORTEST_TEXT = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants; what is empty is of no account.

    :param kinds: of internship
    :param places: as they are compared
    :param texts: the same as they were written: what no list of places knows is found by its words
    """

    kinds: frozenset[str] = frozenset()
    places: tuple[Spot, ...] = ()
    texts: tuple[str, ...] = ()

    def has_kind(self, kind: str) -> bool:
        """Whether a kind of internship is one of those."""
        return not self.kinds or kind in self.kinds

    def has_place(self, *, place_key: str, location: str, work_mode: str = "") -> bool:
        """Whether an opening is in one of the places: a city, a region, a country, or remote.

        :param place_key: of the posting, as `keys` makes it
        :param location: the same as text
        """
        if not self.places and not self.texts:
            return True
        where = read_key(place_key)
        if work_mode == "remote":
            where = (*where, Spot(is_remote=True))
        said = f" {' '.join(words(location))} "
        return is_at(where, self.places) or any(f" {text} " in said for text in self.texts)


def wanted(*, kinds: Iterable[str] = (), locations: Iterable[str] = ()) -> Wanted:
    """Read the filters of a run. Locations are what people write: "Berlin", "Bayern", "DE", "Deutschland", "Remote"."""
    told = [text for text in locations if text.strip()]
    names = [" ".join(words(text)) for text in told]
    texts = [name for name in names if len(name) >= _SHORTEST_TEXT and name not in countries()]
    places = tuple(spot for text in told for spot in spots([Place(text)]))
    return Wanted(frozenset(kinds), places, tuple(texts))
