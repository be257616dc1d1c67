"""What an upload's facts say, together: what was read, and what of it is suggested for the profile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onward.domain.accounts.choices import ExperienceLevel
from onward.domain.resumes.choices import FactKind, Section
from onward.domain.resumes.facts.dates import spans
from onward.domain.resumes.models import Fact, Upload
from onward.platform.record import name_key

# Years of work.
MID_FROM, SENIOR_FROM = 4, 8


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a résumé says of somebody, without what they have refused.

    :ivar skills: by their usual names
    :ivar written_skills: as the résumé has them
    :ivar level: None where nothing tells it
    """

    contact: dict[str, Any]
    work: list[dict[str, Any]]
    education: list[dict[str, Any]]
    skills: list[str]
    written_skills: list[str]
    languages: list[str]
    credentials: list[str]
    summary: str
    level: str | None


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    """What is not in the profile, and was not passed over."""

    skills: list[str]
    level: str | None


def findings(facts: Iterable[Fact], *, at: datetime) -> Findings:
    """Put facts together.

    :param at: until when what goes on counts
    """
    by_kind: dict[str, list[Fact]] = {kind: [] for kind in FactKind.values}
    for fact in facts:
        if fact.refused_at is None:
            by_kind[fact.kind].append(fact)
    work = [_position(fact) for fact in by_kind[FactKind.POSITION]]
    return Findings(
        contact=_contact(by_kind[FactKind.CONTACT]),
        work=work,
        education=[_study(fact) for fact in by_kind[FactKind.STUDY]],
        skills=[fact.text for fact in by_kind[FactKind.SKILL]],
        written_skills=_written(by_kind[FactKind.SKILL]),
        languages=_written(by_kind[FactKind.LANGUAGE]),
        credentials=_credentials(by_kind[FactKind.CREDENTIAL]),
        summary="\n".join(line for fact in by_kind[FactKind.SUMMARY] for line in fact.lines),
        level=level_of([(one["start_date"], one["end_date"]) for one in work], at=at),
    )


def suggestions(upload: Upload, found: Findings) -> Suggestions:
    """Return what of a résumé is worth taking into its owner's profile."""
    owner = upload.resume.owner
    held = {name_key(skill) for skill in owner.skills}
    skills = [] if Section.SKILLS in upload.skipped else [s for s in found.skills if name_key(s) not in held]
    known = found.level == owner.experience_level or Section.EXPERIENCE_LEVEL in upload.skipped
    return Suggestions(skills=skills, level=None if known else found.level)


def level_of(spans: Sequence[tuple[str, str | None]], *, at: datetime) -> str | None:
    """Return the level of somebody who worked in these spans, those that overlap counted once.

    :param spans: from and to, as ``2019-03`` or ``2019``; to None, it goes on; an empty from is not known
    :return: junior where there was no work; None where there was and nobody can tell when
    """
    now = at.year * 12 + at.month
    known = sorted((_month(begins), _month(ends, last=True) if ends else now) for begins, ends in spans if begins)
    if spans and not known:
        return None
    months, until = 0, 0
    for begins, ends in known:
        months += max(0, min(ends, now) - max(begins, until))
        until = max(until, min(ends, now))
    years = months / 12
    level = ExperienceLevel.SENIOR if years >= SENIOR_FROM else ExperienceLevel.MID
    return (level if years >= MID_FROM else ExperienceLevel.JUNIOR).value


def _month(day: str, *, last: bool = False) -> int:
    """Count a month from the beginning of our years; the month in which something ends is over, a year alone is not."""
    year, _, month = day.partition("-")
    return int(year) * 12 + (int(month) - 1 + last if month else 0)


def _written(facts: Iterable[Fact]) -> list[str]:
    return list(dict.fromkeys(fact.details.get("written") or fact.text for fact in facts))


def _credentials(facts: Sequence[Fact]) -> list[str]:
    """Return credentials as they are written; what only names one of a line that is told whole is left out."""
    whole = {fact.text for fact in facts}
    return _written(fact for fact in facts if fact.lines[:1] == [fact.text] or not whole.intersection(fact.lines))


def _position(fact: Fact) -> dict[str, Any]:
    said = fact.details or fact.guess
    dated = bool(said.get("begins"))
    ends = said.get("ends") or None
    return {
        "id": fact.pk,
        "title": said.get("title") or None,
        "company": said.get("employer") or None,
        "location": said.get("place") or None,
        "start_date": said.get("begins") or None,
        "end_date": ends,
        "is_current": dated and ends is None,
        "description": _content(fact, said),
        "evidence": fact.lines,
        "to_confirm": fact.confirmed_at is None and not fact.details,
    }


def _content(fact: Fact, said: dict[str, str]) -> list[str]:
    """Return the lines behind those that say what the position is."""
    named = [said[name] for name in ("title", "employer", "place") if said.get(name)]
    lines = list(fact.lines)
    while lines and (spans(lines[0]) or any(name in lines[0] for name in named)):
        lines.pop(0)
    return lines


def _study(fact: Fact) -> dict[str, Any]:
    said = fact.details | fact.guess
    return {
        "id": fact.pk,
        "degree": fact.text,
        "institution": said.get("school") or None,
        "start_date": said.get("begins") or None,
        "end_date": said.get("ends") or None,
        "evidence": fact.lines,
        "to_confirm": fact.confirmed_at is None,
    }


def _contact(facts: list[Fact]) -> dict[str, Any]:
    first: dict[str, str] = {}
    for fact in facts:
        first.setdefault(fact.details.get("type", ""), fact.text)
    links = [fact.text for fact in facts if fact.details.get("type") in {"linkedin", "github", "website"}]
    names = ("name", "email", "phone", "location", "linkedin", "github", "website")
    return {name: first.get(name) for name in names} | {"links": links}
