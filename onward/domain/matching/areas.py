"""Which countries an area has: `Remote, Europe` is open to somebody in Berlin, and not to somebody in Austin."""

from functools import cache
from importlib.resources import files

from onward.domain.ingestion.judgement.places import Spot

# The first part of the names of time zones, by the areas that places are read as.
_ZONES = {
    "europe": {"Europe"},
    "emea": {"Europe", "Africa"},
    "africa": {"Africa"},
    "americas": {"America"},
    "north america": {"America"},
    "latam": {"America"},
    "asia": {"Asia"},
    "apac": {"Asia", "Australia", "Pacific"},
}
_MEMBERS = {
    "dach": {"de", "at", "ch"},
    "nordics": {"dk", "se", "no", "fi", "is"},
    "benelux": {"be", "nl", "lu"},
}


def countries(spot: Spot) -> frozenset[str]:
    """Return the countries that a place may be in, ISO 3166-1 alpha-2 in small letters; none where it does not say."""
    told = spot.countries or frozenset(filter(None, [spot.country]))
    return frozenset(code for name in told for code in members(name))


@cache
def members(name: str) -> frozenset[str]:
    """Return the countries of an area by its name; of a country, itself."""
    if name in _MEMBERS:
        return frozenset(_MEMBERS[name])
    if name not in _ZONES:
        return frozenset({name})
    rows = (row.split("\t") for row in files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines())
    return frozenset(row[0].lower() for row in rows if len(row) > 2 and row[2].partition("/")[0] in _ZONES[name])
