"""Where openings are, as far as the words of a source tell."""

import re
from functools import lru_cache
from typing import Any

import pycountry

from onward.domain.ingestion.cleaning import line
from onward.domain.ingestion.found import Place

MOST = 30
_NOWHERE = re.compile(
    r"\b(?:remote\w*|anywhere|worldwide|global(?:ly)?|distributed|flexible|home ?office|work from home|wfh|hybrid"
    r"|on-?site)\b"
    r"|^[\s,;/()|–-]+$",
    re.IGNORECASE,
)
_EDGES = " \t,;/()|–-"
# What people call countries that pycountry knows by other names only.
_CALLED = {
    "uk": "GB",
    "u.k.": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "us": "US",
    "u.s.": "US",
    "u.s.a.": "US",
    "united states of america": "US",
    "uae": "AE",
    "korea": "KR",
    "czech republic": "CZ",
    "turkey": "TR",
    "russia": "RU",
    "holland": "NL",
    "the netherlands": "NL",
    "ivory coast": "CI",
    "deutschland": "DE",
    "österreich": "AT",
    "schweiz": "CH",
    "suisse": "CH",
    "españa": "ES",
    "italia": "IT",
    "polska": "PL",
    "brasil": "BR",
    "méxico": "MX",
    "nederland": "NL",
    "belgië": "BE",
    "belgique": "BE",
    "sverige": "SE",
    "danmark": "DK",
    "norge": "NO",
    "suomi": "FI",
}


def place(text: Any = "", *, city: Any = "", region: Any = "", country: Any = "") -> Place | None:
    """Return a place that a source describes by its parts, or else by a text; None when it says nothing."""
    parts = [line(part, 120) for part in (city, region, country)]
    told = line(text)
    if not any(parts):
        return place_of_text(told) if told else None
    code = country_code(parts[2])
    if len(parts[2]) == 2:
        parts[2] = code or parts[2]
    return Place(told or ", ".join(part for part in parts if part), parts[0], parts[1], code)


def places(*found: Place | None) -> tuple[Place, ...]:
    """Return places, each once, in the order they were told."""
    return tuple(dict.fromkeys(one for one in found if one is not None))[:MOST]


@lru_cache(4096)
def place_of_text(text: str) -> Place:
    """Return a place of which only a text is told: ``Berlin, Germany``, ``Austin, TX``, ``Remote - Canada``."""
    bare = _NOWHERE.sub(" ", text)
    parts = [part for raw in re.split(r"[,;|]|\s[-–/]\s", bare) if (part := " ".join(raw.strip(_EDGES).split()))]
    country = region = ""
    if parts and (code := _country_of_text(parts[-1])):
        country = code
        parts.pop()
    if parts and len(parts[-1]) == 2 and parts[-1].isupper():
        region = parts.pop()
        country = country or _state_owner(region)
    elif len(parts) > 1:
        region = parts.pop()
    return Place(text, parts[0] if parts else "", region, country)


def _country_of_text(text: str) -> str:
    """Return the country that the last part of a text names, unless it may as well be a state."""
    if len(text) == 2 and (not text.isupper() or _states(text)):
        return _CALLED.get(text.casefold(), "")
    # The other country that has the name of a state.
    return "" if text.casefold() == "georgia" else country_code(text)


def _state_owner(code: str) -> str:
    """Return the country that has a state of this code, if no country has it and one state alone."""
    owners = _states(code)
    return owners[0] if len(owners) == 1 and not pycountry.countries.get(alpha_2=code) else ""


@lru_cache(1024)
def _states(code: str) -> list[str]:
    """Return which of the countries whose states people write by two letters have one of this code."""
    return [owner for owner in ("US", "CA") if pycountry.subdivisions.get(code=f"{owner}-{code.upper()}")]


@lru_cache(4096)
def country_code(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country, by its code or one of its names; empty when there is none."""
    text = text.strip()
    if not text or len(text) > 80:
        return ""
    if found := _CALLED.get(text.casefold()):
        return found
    try:
        code: str = pycountry.countries.lookup(text).alpha_2
    except LookupError:
        return ""
    return code
