"""What is kept of a posting to find the same one at other sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from onward.domain.companies.names import name_key
from onward.domain.ingestion.found import Place
from onward.domain.ingestion.judgement.places import Spot, place_key, spots
from onward.domain.ingestion.judgement.spelling import numbers, without_digraphs
from onward.domain.ingestion.judgement.titles import Title, read_title, title_key
from onward.platform.words import words

_VOWELS = str.maketrans("", "", "aeiouy")


@dataclass(frozen=True, slots=True)
class Keys:
    """What is compared of a posting: company, title and place after normalising, and two blocks to find it by.

    Two postings that may be the same have the same heads or the same tails: numbers of 64 bits, signed. Heads are made
    of how each word begins, tails of how the whole begins and ends, so that one slip of the keyboard leaves either.
    """

    company: str
    title: str
    place: str
    heads: int
    tails: int

    def columns(self) -> dict[str, str | int]:
        """Return them by the columns of a posting."""
        return {
            "company_key": self.company,
            "title_key": self.title,
            "place_key": self.place,
            "heads": self.heads,
            "tails": self.tails,
        }


def written_keys(*, company: str, title: str, location: str = "", work_mode: str = "") -> Keys:
    """Return the keys of a posting that a person wrote, so that a source which tells of it later joins with it."""
    return keys(company=company, title=title, places=[Place(location)] if location else [], work_mode=work_mode)


def keys(*, company: str, title: str, places: Iterable[Place], work_mode: str = "") -> Keys:
    """Return the keys of a posting. Never raises, whatever the text."""
    where, mentioned, mode = _where(tuple(places), work_mode)
    read = read_title(title, company, mentioned, mode)
    employer = name_key(company).removeprefix("the ")
    return Keys(employer, title_key(read), place_key(where), *_blocks(employer, read))


@lru_cache(maxsize=4_000)
def _where(places: tuple[Place, ...], work_mode: str) -> tuple[tuple[Spot, ...], frozenset[str], str]:
    """Return where an opening is, the words that say so, and how one works there."""
    where = spots(places, work_mode)
    mentioned = {word for place in places for word in words(f"{place.text} {place.city} {place.region}")}
    mentioned |= {word for spot in where for word in spot.city.split()}
    return where, frozenset(mentioned), "remote" if any(spot.is_remote for spot in where) else work_mode


def _blocks(company: str, title: Title) -> tuple[int, int]:
    exact = f"{' '.join(sorted(numbers(title.said)))} {' '.join(title.free)}"
    heads = " ".join(consonants(word)[:3] for word in company.split())
    begins = " ".join(sorted(consonants(word)[:2] for word in title.said))
    employer, said = consonants(company.replace(" ", "")), consonants("".join(title.said))
    ends = " ".join([*sorted(said[:4]), *sorted(said[-4:])])
    return (
        _number(f"h {heads}", f"{begins} {exact}"),
        _number(f"t {employer[:3]} {employer[-3:]}", f"{ends} {exact}"),
    )


@lru_cache(maxsize=10_000)
def consonants(word: str) -> str:
    """Return how a word begins and its consonants, doubled ones once: what is left of it in most spellings."""
    plain = without_digraphs(word)
    bare = plain[:1] + plain[1:].translate(_VOWELS)
    return "".join(sign for sign, before in zip(bare, " " + bare, strict=False) if sign != before or sign.isdigit())


def _number(company: str, title: str) -> int:
    """Return 64 bits, signed. Those of one company begin alike, so that they stand together in the index."""
    told = ((company, 3), (title, 5))
    return int.from_bytes(
        b"".join(blake2b(text.encode(errors="replace"), digest_size=size).digest() for text, size in told),
        "big",
        signed=True,
    )
