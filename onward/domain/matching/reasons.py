"""Why an opening suits somebody or does not, in sentences that name skills and lines."""

from onward.domain.matching.score import (
    FRESHNESS,
    MUSTS,
    OTHER_WORDS,
    PLACE,
    SALARY,
    SENIORITY,
    SKILLS,
    TITLE,
    Held,
    Measure,
    Opening,
    Person,
    closest,
    has,
)

MOST_SKILLS = 5
_LONGEST_LINE = 160


def shared(person: Person, opening: Opening) -> dict[str, Held]:
    """Return what an opening names and somebody has, by its name there."""
    asked = (*opening.asked.required, *opening.asked.wished)
    met = ((group, has(person, group)) for group in asked)
    return {_name(person, group): held for group, held in met if held}


def missing(person: Person, opening: Opening, *, musts: bool = False) -> list[str]:
    """Return what an opening names and somebody has not; of several of which one is enough, all in one name."""
    asked = opening.asked.required if musts else (*opening.asked.required, *opening.asked.wished)
    return list(dict.fromkeys(" or ".join(group) for group in asked if not has(person, group)))


def _name(person: Person, group: tuple[str, ...]) -> str:
    return next(name for name in group if name.casefold() in person.held)


def reasons(person: Person, opening: Opening, measured: Measure) -> list[str]:
    """Return a sentence for everything that an opening's score rests on, what speaks for it first."""
    said = []
    parts = measured.parts
    held = shared(person, opening)
    for name, evidence in list(held.items())[:MOST_SKILLS]:
        by = f"your résumé says “{evidence.line[:_LONGEST_LINE]}”" if evidence.line else "your profile lists it"
        also = "" if evidence.name == name else f" ({evidence.name})"
        said.append(f"{name}{also}: {by}.")
    if len(held) > MOST_SKILLS:
        said.append(f"Also held: {', '.join(list(held)[MOST_SKILLS:])}.")
    if SKILLS in parts or MUSTS in parts:
        musts = missing(person, opening, musts=True)
        others = [name for name in missing(person, opening) if name not in musts]
        if musts:
            said.append(f"Asked for and not found: {', '.join(musts)}.")
        if others:
            said.append(f"Named and not found: {', '.join(others)}.")
    said += _title(person, opening, parts)
    if SENIORITY in parts and person.level is not None and opening.asked.level is not None:
        own, asked = person.level.name.lower(), opening.asked.level.name.lower()
        said.append(f"Level: {asked}, as you are." if own == asked else f"Level: {asked}; you are {own}.")
    if PLACE in parts:
        said.append("Place: one that you prefer." if parts[PLACE] == 100 else "Place: none that you prefer.")
    if SALARY in parts:
        said.append("Pay: what you want." if parts[SALARY] == 100 else "Pay: less than you want.")
    if parts.get(FRESHNESS, 0) >= 90:
        said.append("Posted within the last week.")
    return said


def _title(person: Person, opening: Opening, parts: dict[str, float]) -> list[str]:
    if TITLE not in parts:
        return []
    if not parts[TITLE]:
        return [f"Title: of another field than “{person.titles[0].text}”."]
    like = closest(person, opening.title)
    if parts[TITLE] == OTHER_WORDS or like is None:
        return []
    return [f"Title: like your “{like.text}”."]
