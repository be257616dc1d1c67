"""What was read of a résumé, held against what is true of the person."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

# Until when what goes on counts; the résumés are of this month.
AT = datetime(2026, 11, 1, tzinfo=UTC)
FIELDS = ("email", "phone", "links", "name", "level")


def plain(text: str) -> str:
    """Return a text without what may be written in several ways: case, accents' form, signs and spaces."""
    return " ".join(re.sub(r"[^\w+#]+", " ", unicodedata.normalize("NFKC", text).casefold()).split())


def link(text: str) -> str:
    """Return an address without its scheme."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", text.lower()).rstrip("/")


def digits(text: str) -> str:
    """Return a number's digits."""
    return re.sub(r"\D", "", text)


def score(person: dict[str, Any], found: dict[str, Any], canonical: Any) -> Counter[str]:
    """Count what is right and wrong.

    :param found: ``name``, ``email``, ``phone``, ``links``, ``level``, ``skills`` and ``positions`` (``title``,
        ``employer``, ``begins``, ``ends``, ``sure``); what a reader does not know of is left out
    :param canonical: returns the names of skills that a text names
    :return: ``<field> right`` of ``<field> of``, and what skills and positions need
    """
    counts: Counter[str] = Counter()

    def count(field: str, right: bool) -> None:
        counts[f"{field} of"] += 1
        counts[f"{field} right"] += right

    if "name" in found:
        # Behind a comma stands what somebody is, which is no part of the name.
        count("name", plain(found["name"] or "") == plain(person["name"].partition(",")[0]))
    if "email" in found:
        count("email", (found["email"] or "").lower() == person["email"].lower())
    if "phone" in found:
        count("phone", digits(found["phone"] or "") == digits(person["phone"]))
    if "links" in found:
        count("links", {link(one) for one in found["links"]} == {link(one) for one in person["links"]})
    if "level" in found:
        count("level", found["level"] == level(person["positions"]))
    if "skills" in found:
        # Each by the name that is written, or by its usual ones.
        true = [_names(skill, canonical) for skill in person["skills"]]
        # What a person writes of in their lines is theirs as well, though nobody has to list it.
        said = " ".join(line for one in person["positions"] for line in [*one["lines"], one["title"]])
        said += f" {person['summary']} {person['headline']}"
        also = {plain(name) for name in canonical(said)}
        given = {plain(name) for name in found["skills"]}
        counts["skills right"] += sum(bool(names & given) for names in true)
        counts["skills missed"] += sum(not names & given for names in true)
        counts["skills wrong"] += len(given - also - set().union(*true))
    if "positions" in found:
        true_ones = [_key(one) for one in person["positions"]]
        for one in found["positions"]:
            right = _key(one) in true_ones
            counts["positions right"] += right
            counts["positions wrong"] += not right
            if one.get("sure"):
                counts["sure positions right"] += right
                counts["sure positions wrong"] += not right
        counts["positions of"] += len(true_ones)
    return counts


def level(positions: Iterable[dict[str, Any]]) -> str:
    """Return what the dates of positions make of somebody: they do not overlap in this set."""
    months = 0
    for one in positions:
        begins, ends = one["begins"], one["ends"] or f"{AT.year}-{AT.month:02}"
        first = [int(part) for part in begins.split("-")]
        last = [int(part) for part in ends.split("-")]
        months += 12 * (last[0] - first[0])
        if len(first) == 2 == len(last):
            months += last[1] - first[1] + (one["ends"] is not None)
        elif len(last) == 2:
            months += last[1] - 1
    return "senior" if months >= 96 else "mid" if months >= 48 else "junior"


def _names(skill: str, canonical: Any) -> set[str]:
    return {plain(name) for name in canonical(skill)} | {plain(skill)}


def _key(one: dict[str, Any]) -> tuple[str, str, str, str]:
    return (plain(one["title"] or ""), plain(one["employer"] or ""), one["begins"] or "", one["ends"] or "")


def rates(counts: Counter[str]) -> dict[str, float | None]:
    """Return the shares by name; None where nothing was counted."""

    def share(part: float, whole: float) -> float | None:
        return part / whole if whole else None

    found = {field: share(counts[f"{field} right"], counts[f"{field} of"]) for field in FIELDS}
    right, wrong, missed = (counts[f"skills {word}"] for word in ("right", "wrong", "missed"))
    found["skills F1"] = share(2 * right, 2 * right + wrong + missed)
    found["skills precision"] = share(right, right + wrong)
    found["positions whole"] = share(counts["positions right"], counts["positions of"])
    found["positions precision"] = share(
        counts["positions right"], counts["positions right"] + counts["positions wrong"]
    )
    sure = counts["sure positions right"] + counts["sure positions wrong"]
    found["unmarked positions right"] = share(counts["sure positions right"], sure)
    found["positions unmarked"] = share(sure, counts["positions right"] + counts["positions wrong"])
    return found
