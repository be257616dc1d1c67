"""Who somebody is, as openings are compared with them: by their profile, their default résumé and nobody else's."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import BigIntegerField, Count, TextField
from django.db.models.functions import Cast

from onward.domain.accounts.choices import ExperienceLevel
from onward.domain.accounts.models import User
from onward.domain.applications.models import SavedJob
from onward.domain.assistant.comparing import surely_written_in
from onward.domain.feed.asking import COMPARED, Level, canonical
from onward.domain.ingestion.found import Place
from onward.domain.ingestion.judgement.places import spots
from onward.domain.matching.score import Held, Person, company_key
from onward.domain.matching.titles import read_title
from onward.domain.resumes.choices import FactKind
from onward.domain.resumes.facts import skills
from onward.domain.resumes.models import Fact
from onward.domain.resumes.uploads.findings import level_of
from onward.platform.refusals import Missing
from onward.platform.wire import Param, Statement

# Positions by whose titles somebody is known: what they did before is long ago.
POSITIONS = 3
_LEVELS = {ExperienceLevel.JUNIOR: Level.JUNIOR, ExperienceLevel.MID: Level.MID, ExperienceLevel.SENIOR: Level.SENIOR}
_LISTS = "skills", "preferred_locations", "excluded_companies"
_PLAIN = "experience_level", "desired_role", "desired_salary_min", "preferred_work_type"
_OWNER: Any = Param("owner_id", BigIntegerField())
_PROFILE = Statement(
    lambda: User.objects.filter(pk=_OWNER).values_list(*_PLAIN, *(Cast(name, TextField()) for name in _LISTS))
)
_FACTS = Statement(
    lambda: (
        Fact.objects.filter(resume__owner=_OWNER, resume__is_default=True, refused_at=None)
        .order_by("pk")
        .values_list("kind", "text", *(Cast(name, TextField()) for name in ("lines", "details", "guess")))
    )
)
_CURRENCY = Statement(
    lambda: (
        SavedJob.objects.filter(owner=_OWNER)
        .exclude(salary_min=None, salary_max=None)
        .values("salary_currency")
        .annotate(n=Count("pk"))
        .order_by("-n", "salary_currency")[:1]
        .values_list("salary_currency", flat=True)
    )
)


def person(*, owner_id: int, on: date) -> Person:
    """Return what is known of somebody: three statements.

    :param on: today, for positions that go on
    :raises Missing: when there is no such account
    """
    row = _PROFILE.first(owner_id=owner_id)
    if row is None:
        raise Missing()
    lists = (json.loads(value) for value in row[len(_PLAIN) :])
    profile = {**dict(zip(_PLAIN, row, strict=False)), **dict(zip(_LISTS, lists, strict=True))}
    facts = [
        (kind, text, json.loads(lines), json.loads(details) or json.loads(guess))
        for kind, text, lines, details, guess in _FACTS.rows(owner_id=owner_id)
    ]
    paid = _CURRENCY.first(owner_id=owner_id) if profile["desired_salary_min"] else None
    return made_of(profile, facts, currency=paid[0] if paid else "", on=on)


def made_of(
    profile: Mapping[str, Any], facts: Sequence[tuple[str, str, list[str], dict[str, str]]], *, currency: str, on: date
) -> Person:
    """Return a person of what a profile and the facts of a résumé say.

    :param facts: kind, text, lines and details of each; of a position that is not plain, what it may be
    :param currency: in which the wish for a salary is meant
    """
    positions = [details for kind, _, _, details in facts if kind == FactKind.POSITION and details.get("title")]
    latest = sorted(positions, key=lambda details: details.get("ends") or "9999", reverse=True)
    titles = [profile["desired_role"], *(details["title"] for details in latest[:POSITIONS])]
    level = _LEVELS.get(profile["experience_level"]) or _worked(positions, on)
    return Person(
        held=held_skills(profile["skills"], facts),
        titles=tuple(read_title(title) for title in dict.fromkeys(titles) if title.strip()),
        level=level,
        places=spots(Place(text) for text in profile["preferred_locations"]),
        work_type=profile["preferred_work_type"],
        salary=profile["desired_salary_min"],
        currency=currency,
        avoided=frozenset(company_key(name) for name in profile["excluded_companies"]),
    )


def held_skills(listed: Iterable[str], facts: Iterable[tuple[str, str, list[str], dict[str, str]]]) -> dict[str, Held]:
    """Return the skills that somebody has, by their names in small letters: those of the profile and of the facts.

    With a skill comes what it is a kind of (databases with PostgreSQL), and with lines the language they are in.
    """
    kinds = {FactKind.SKILL, FactKind.LANGUAGE, FactKind.CREDENTIAL}
    found: dict[str, Held] = {}
    for kind, text, lines, _ in facts:
        if kind in kinds:
            for name in _named(text):
                found.setdefault(name.casefold(), Held(name, lines[0] if lines else text))
    said = list(dict.fromkeys(line for _, _, lines, _ in facts for line in lines))
    if language := surely_written_in("\n".join(said)):
        found.setdefault(language.casefold(), Held(language, f"It is written in {language}."))
    for name in canonical(listed):
        found.setdefault(name.casefold(), Held(name))
    for held in list(found.values()):
        for broader in skills.with_broader([held.name]):
            found.setdefault(broader.casefold(), held)
    return found


def _worked(positions: Sequence[Mapping[str, str]], on: date) -> Level | None:
    """Return the level of somebody by the years of their positions; what overlaps counts once."""
    at = datetime.combine(on, time(), tzinfo=UTC)
    level = level_of([(one.get("begins", ""), one.get("ends")) for one in positions], at=at) if positions else None
    return _LEVELS[ExperienceLevel(level)] if level else None


def _named(text: str) -> list[str]:
    if skills.group(text):
        return [text] if skills.group(text) in COMPARED else []
    return [m.skill.name for m in skills.find(text, listed=True) if m.skill.group in COMPARED] or [text]
