"""The terms under which a posting is found; a filter is a term as well.

======  =========================================================
none    a word of the whole posting
``t``   a word of its title, its company or the skills it lists
``s``   a skill by its name in the list
``c``   a word of the company's name
``l``   a word of a place: city, region, country
``m``   work mode, ``v`` seniority, ``y`` type, and two or three of them together, as ``mv:remote.senior``
``o``   source
``u``   currency
``a``   the lowest pay of a year, in thousands; ``z`` the highest
======  =========================================================
"""

from collections.abc import Collection, Iterable
from itertools import combinations

from onward.platform.search.index import Query
from onward.platform.search.numbers import MOST, at_least, at_most, number_terms
from onward.platform.search.terms import in_field, name_term, split, terms

# Letters of a description that are read.
READ = 20_000
_ASIDE = {"work_mode": "m", "seniority": "v", "job_type": "y"}


def document(
    *,
    title: str,
    company: str,
    description: str,
    department: str,
    listed: Collection[str],
    skills: Iterable[str],
    places: Iterable[str],
    words: dict[str, str],
    source: str,
    pay: tuple[int | None, int | None, str],
) -> set[str]:
    """Return the terms of a posting.

    :param listed: skills as it lists them; `skills` those that were read, by their names
    :param words: of `work_mode`, `seniority` and `job_type`
    :param pay: of a year: lowest, highest, currency
    """
    head = {*terms(title), *terms(company), *terms(" , ".join(map(str, listed)))}
    where = " ".join(places)
    found = {*head, *in_field("t", head), *terms(f"{where} {department}"), *terms(description[:READ])}
    found.update(in_field("s", filter(None, map(name_term, skills))))
    found.update(in_field("c", split(company)))
    found.update(in_field("l", split(where)))
    found.update(in_field("o", [source]))
    said = {name: word for name, word in words.items() if word}
    for many in range(1, len(said) + 1):
        found.update(together({name: said[name] for name in some}) for some in combinations(said, many))
    return found | set(_pay(*pay))


def _pay(low: int | None, high: int | None, currency: str) -> list[str]:
    if low is None and high is None:
        return []
    least = 0 if low is None else low // 1000
    most = MOST if high is None else -(-high // 1000)
    return [*number_terms("a", least), *number_terms("z", most), *in_field("u", filter(None, [currency.lower()]))]


def together(words: dict[str, str]) -> str:
    """Return the term of one or several of work mode, seniority and type: an index finds one sooner than each."""
    names = [name for name in _ASIDE if words.get(name)]
    return f"{''.join(_ASIDE[name] for name in names)}:{'.'.join(words[name] for name in names)}"


def pays_at_least(amount: int) -> list[str]:
    """Return terms of what pays a sum a year, or may: compared in thousands."""
    return at_least("z", -(-amount // 1000))


def pays_at_most(amount: int) -> list[str]:
    """Return terms of what begins at a sum a year or below."""
    return at_most("a", amount // 1000)


def in_words(field: str, text: str) -> Query:
    """Return what finds every word of a text in a field: ``c`` or ``l``."""
    return [in_field(field, [word]) for word in split(text)]
