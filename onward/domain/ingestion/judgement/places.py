"""Where an opening is, compared."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from onward.domain.ingestion.found import Place
from onward.domain.ingestion.judgement.gazetteer import cities, countries, regions, state_codes
from onward.domain.ingestion.judgement.spelling import all_alike, without_digraphs
from onward.platform.words import plain, words

# How long a key may be.
LONGEST = 200
_LONGEST_TEXT = 500

_REMOTE = re.compile(
    r"\b(?:(?:fully|100 ?%) )?(?:remote(?:ly)?|home ?-?office|work(?:ing)? from home|wfh|teletravail|teletrabajo|"
    r"teletrabalho|telelavoro|smart working|thuiswerk\w*|zdaln\w+|etatyo|anywhere|world ?-?wide)\b|"
    r"удаленн\w+|リモート|在宅|远程|재택"
)
# What says how one works there, or that there are more places.
_MANNER = re.compile(
    r"\b(?:hybrid\w*|hibrid\w*|on ?-?site|in ?-?office|vor ort|flexible|first|only|multiple (?:locations|cities)|"
    r"various locations|locations?|based|greater|metro(?:politan)?|area|region)\b"
)
_ALTERNATIVES = re.compile(r"[;|/•·\n]|\s(?:or|oder|ou|and|und|&)\s")
_PARTS = re.compile(r"[,:()\[\]–—]|\s-|-\s")
# Numbers of post and of districts.
_NUMBER = re.compile(r"\d\S*")
# What a city of East Asia is called after its name.
_CITY = re.compile(r"(?<=\w\w)(?:市|都|특별시|광역시|시)$")
_STATES = {"us", "ca", "au"}


class Nearness(IntEnum):
    """How two openings lie to each other."""

    APART = 0
    # One of them does not say.
    UNTOLD = 1
    # One says the country, the other a place in it.
    WITHIN = 2
    # One has more places than the other.
    SHARED = 3
    SAME = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it is compared.

    :param city: the name it is kept by, or nothing
    :param region: a code of ISO 3166-2 in small letters where the region is known, or its name
    :param countries: ISO 3166-1 alpha-2 in small letters: those that may be meant; an area is one of them
    """

    city: str = ""
    region: str = ""
    countries: frozenset[str] = frozenset()
    is_remote: bool = False

    @property
    def country(self) -> str:
        """The country that is most likely meant."""
        known = cities().get(self.city, ("", ""))[1]
        if known and (not self.countries or known in self.countries):
            return known
        home = self.region.partition("-")[0] if "-" in self.region else ""
        return home if home in self.countries or not self.countries else min(self.countries)


def spots(places: Iterable[Place], work_mode: str = "") -> tuple[Spot, ...]:
    """Return where an opening is, each spot once, in a fixed order."""
    return _spots(tuple(places), work_mode)


@lru_cache(maxsize=4_000)
def _spots(places: tuple[Place, ...], work_mode: str) -> tuple[Spot, ...]:
    found = {spot for place in places for spot in _of(place)}
    if work_mode == "remote" and not any(spot.is_remote for spot in found):
        found.add(Spot(is_remote=True))
    return tuple(sorted(found, key=_written))


def place_key(found: Sequence[Spot]) -> str:
    """Write spots down; `read_key` reads them. Those that make it longer than `LONGEST` are left out."""
    key = ""
    for spot in found:
        longer = f"{key};{_written(spot)}" if key else _written(spot)
        if len(longer) > LONGEST:
            break
        key = longer
    return key


@lru_cache(maxsize=4_000)
def read_key(key: str) -> tuple[Spot, ...]:
    """Return the spots of a key."""
    return tuple(_read(part) for part in key.split(";") if part)


def nearness(some: Sequence[Spot], others: Sequence[Spot]) -> Nearness:
    """Say how two openings lie to each other; the order of the two makes no difference."""
    if not some or not others:
        return Nearness.UNTOLD
    if some == others:
        return Nearness.SAME
    met = [any(_same(one, other) for other in others) for one in some]
    met_others = [any(_same(other, one) for one in some) for other in others]
    if any(met):
        return Nearness.SAME if all(met) and all(met_others) else Nearness.SHARED
    if any(_holds(one, other) or _holds(other, one) for one in some for other in others):
        return Nearness.WITHIN
    return Nearness.APART


def is_at(found: Sequence[Spot], wanted: Sequence[Spot]) -> bool:
    """Whether an opening is in one of the places that somebody wants: a city, a region, a country, or remote."""
    return any(_meets(spot, wish) for spot in found for wish in wanted)


def _meets(spot: Spot, wish: Spot) -> bool:
    if wish.city:
        # A region alone is read as a city.
        return (bool(spot.city) and _same(spot, wish)) or spot.region in {wish.city, *regions().get(wish.city, ())}
    if wish.region:
        # "DE" may be Delaware or Germany: who wants one of them gets both.
        return spot.region == wish.region or spot.country in wish.countries - {wish.region[:2]}
    if wish.countries:
        return spot.country in wish.countries and (spot.is_remote or not wish.is_remote)
    return wish.is_remote and spot.is_remote


def _same(one: Spot, other: Spot) -> bool:
    if one.countries and other.countries and not one.countries & other.countries:
        return False
    if one.region != other.region and _state(one) and _state(one) == _state(other):
        return False
    if one.city and other.city:
        return one.city == other.city or all_alike(one.city.split(), other.city.split())
    return not one.city and not other.city and one.is_remote == other.is_remote and one.region == other.region


def _holds(whole: Spot, part: Spot) -> bool:
    """Whether one is a country or a region that the other is in."""
    if whole.city or whole.is_remote or not part.city:
        return False
    return whole.region == part.region if whole.region else part.country in whole.countries


def _state(spot: Spot) -> str:
    country = spot.region.partition("-")[0]
    return country if country in _STATES and "-" in spot.region else ""


def _of(place: Place) -> Sequence[Spot]:
    """Return the spots of a place: by its text, which may name several, and by what was told of it besides."""
    found = _told(place.text)
    if len(found) > 1 or not (place.city or place.region or place.country):
        return found
    only = found[0] if found else Spot()
    city = only.city
    if place.city and not set(words(place.city)) <= set(words(place.text)):
        city = _city(place.city)
    countries = frozenset({place.country.lower()}) if place.country else only.countries
    region = only.region or _region(place.region, countries)
    return [Spot(city, region, countries, only.is_remote)]


@lru_cache(maxsize=4_000)
def _told(text: str) -> Sequence[Spot]:
    small = plain(text[:_LONGEST_TEXT])
    bare = _MANNER.sub(" ", _REMOTE.sub(" ", small))
    is_remote = bool(_REMOTE.search(small))
    codes = {word.lower() for word in re.findall(r"\b[A-Z]{2,3}\b", text)}
    found = [spot for choice in _ALTERNATIVES.split(bare) for spot in _choice(choice, codes)]
    if is_remote and len(found) <= 1:
        # "Remote, Germany": there is no city that one could also go to.
        only = found[0] if found else Spot()
        return [Spot(only.city, only.region, only.countries, is_remote=True)]
    return [*found, *([Spot(is_remote=True)] if is_remote else [])]


def _choice(text: str, codes: set[str]) -> list[Spot]:
    """Read one place: a city, then what it is in; "Berlin, Munich" are two."""
    found: list[Spot] = []
    for part in _PARTS.split(text):
        said = [_CITY.sub("", word) for word in words(part) if not _NUMBER.fullmatch(word)]
        name = " ".join(said)
        last = found[-1] if found else Spot()
        if not name:
            continue
        if len(said) > 1 and not last.city and said[-1] in codes & state_codes().keys() and name not in cities():
            # "Perth WA"
            found[-1:] = [_within(Spot(_city(" ".join(said[:-1]))), said[-1])]
        elif f"{last.city} {name}" in cities():
            # "Frankfurt (Oder)"
            found[-1:] = [Spot(_city(f"{last.city} {name}"), last.region, last.countries)]
        elif _is_city(name, last, codes):
            found = [*(found if last.city else []), _inside(last, _city(name))]
        else:
            found[-1:] = [_within(last, name)]
    return found


def _is_city(name: str, last: Spot, codes: set[str]) -> bool:
    """Whether a part names a city: a known one, or the first that is no country and no state."""
    if name in countries():
        return name in cities() and not last.city
    is_state = name in codes & state_codes().keys() or bool(_state_called(name))
    return name in cities() or not (last.city or is_state)


def _inside(wide: Spot, city: str) -> Spot:
    """Return a city, in the country or region that was said before it: "Germany - Berlin"."""
    return Spot(city) if wide.city else Spot(city, wide.region, wide.countries)


def _within(spot: Spot, name: str) -> Spot:
    """Return a spot that is said to be in a country or a region; what may be the name of either says both."""
    country, state = countries().get(name, ""), state_codes().get(name, "") or _state_called(name)
    if state and (not country or cities().get(spot.city, ("", ""))[1] != country):
        return Spot(spot.city, state, frozenset({state[:2], country} - {""}))
    if country:
        return Spot(spot.city, spot.region, frozenset({country}))
    return Spot(spot.city, spot.region or _region(name, spot.countries), spot.countries)


def _city(text: str) -> str:
    name = " ".join(words(text))
    known = cities().get(name) or cities().get(without_digraphs(name))
    return known[0] if known else name


def _region(text: str, known: frozenset[str]) -> str:
    name = " ".join(words(text))
    codes = regions().get(name, frozenset()) | {state_codes().get(name, name)}
    return min((code for code in codes if "-" in code and (not known or code[:2] in known)), default=name)


def _state_called(name: str) -> str:
    return min((code for code in regions().get(name, ()) if code[:2] in _STATES), default="")


def _written(spot: Spot) -> str:
    return "|".join((spot.city, spot.region, "+".join(sorted(spot.countries)), "remote" if spot.is_remote else ""))


def _read(text: str) -> Spot:
    city, region, told, remote = [*text.split("|"), "", "", ""][:4]
    return Spot(city, region, frozenset(told.split("+")) - {""}, remote == "remote")
