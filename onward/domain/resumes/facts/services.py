"""Writing facts: drafted from a résumé, then changed, confirmed and refused by the person whose they are."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from onward.domain.resumes import queries as resumes
from onward.domain.resumes.choices import FactKind, Origin
from onward.domain.resumes.facts.draft import Draft
from onward.domain.resumes.facts.reader import Reading, read
from onward.domain.resumes.models import Fact, Resume
from onward.platform.record import clash, locked
from onward.platform.refusals import Conflict, Invalid

LONGEST = 400
DETAILS = {
    FactKind.POSITION: {"title", "employer", "place", "begins", "ends"},
    FactKind.STUDY: {"degree", "school", "begins", "ends"},
    FactKind.CONTACT: {"type"},
}


@transaction.atomic
def draft(*, resume: Resume, drafts: Sequence[Draft], origin: Origin, at: datetime) -> None:
    """Replace what was drafted before and nobody has looked at. What the person has said of a line stays as it is."""
    if not Resume.objects.select_for_update(no_key=True).filter(pk=resume.pk).values_list("pk").first():
        return
    said = Fact.objects.filter(resume_id=resume.pk)
    said.filter(origin=origin, confirmed_at__isnull=True, refused_at__isnull=True).delete()
    kept = list(said.values_list("kind", "text", "lines"))
    # A skill that somebody refuses is refused in whatever else they bring.
    refused = set(
        Fact.objects.filter(resume__owner=resume.owner_id, kind=FactKind.SKILL)
        .exclude(refused_at=None)
        .values_list("text", flat=True)
    )
    texts, lines = {(kind, text) for kind, text, _ in kept}, [(kind, lines) for kind, _, lines in kept if lines]
    Fact.objects.bulk_create(
        Fact(
            resume_id=resume.pk,
            kind=fact.kind,
            text=fact.text,
            lines=fact.lines,
            details=fact.details,
            guess=fact.guess,
            origin=origin,
            refused_at=at if fact.kind is FactKind.SKILL and fact.text in refused else None,
            created_at=at,
            updated_at=at,
        )
        for fact in {(fact.kind, fact.text): fact for fact in drafts}.values()
        if (fact.kind, fact.text) not in texts and (fact.kind is FactKind.SKILL or (fact.kind, fact.lines) not in lines)
    )


def reading(*, resume: Resume, text: str, owner: str, at: datetime) -> Reading:
    """Return what a résumé says, with what its owner has said of it: the refused left out, the changed as changed.

    :param text: what its file says
    :param owner: how the person calls themselves
    """
    found = read(text, owner=owner)
    if not Fact.objects.filter(resume_id=resume.pk).exists():
        draft(resume=resume, drafts=found.facts, origin=Origin.READER, at=at)
    stored = list(Fact.objects.filter(resume_id=resume.pk).order_by("pk"))
    facts = [
        Draft(kind=FactKind(fact.kind), text=fact.text, lines=fact.lines or [fact.text], details=fact.details)
        for fact in stored
        if fact.refused_at is None
    ]
    said = {fact.text for fact in stored}
    unsure = {name: line for name, line in found.unsure.items() if name not in said}
    return replace(found, facts=facts, unsure=unsure)


def add(
    *, owner_id: int, resume_id: int, kind: FactKind, text: str, at: datetime, details: dict[str, str] | None = None
) -> Fact:
    """Add a fact that the résumé's lines do not hold; it is confirmed by being said.

    :raises Invalid: naming every field that is wrong
    :raises Conflict: when it was said already
    :raises Missing: when there is no such résumé, or it is another's
    """
    resume = resumes.resume(owner_id=owner_id, resume_id=resume_id)
    text = _checked(kind, text, details or {})
    fact = Fact(resume=resume, kind=kind, text=text, details=details or {}, origin=Origin.PERSON)
    return _saved(fact, at)


def change(*, fact: Fact, text: str, at: datetime, details: dict[str, str] | None = None) -> Fact:
    """Put a fact otherwise, which confirms it. The lines that it rests on stay.

    :raises Invalid: naming every field that is wrong
    :raises Conflict: when another fact says the same
    """
    text = _checked(FactKind(fact.kind), text, details or {})
    with _said_once(), transaction.atomic():
        fact = locked(fact)
        fact.text, fact.origin = text, Origin.PERSON
        fact.details = fact.details if details is None else details
        fact.confirmed_at, fact.refused_at, fact.updated_at = at, None, at
        fact.save(update_fields=["text", "origin", "details", "confirmed_at", "refused_at", "updated_at"])
    return fact


@transaction.atomic
def confirm(*, fact: Fact, at: datetime) -> Fact:
    """Hold a fact true, with what the reader took its parts to be. Repeating it changes nothing."""
    fact = locked(fact)
    if fact.confirmed_at is None:
        fact.confirmed_at, fact.refused_at, fact.updated_at = at, None, at
        fact.details = {name: said for name, said in fact.guess.items() if said} | fact.details
        fact.save(update_fields=["confirmed_at", "refused_at", "details", "updated_at"])
    return fact


@transaction.atomic
def refuse(*, fact: Fact, at: datetime) -> Fact:
    """Hold a fact untrue: it is used no more and not drafted again. Repeating it changes nothing."""
    fact = locked(fact)
    if fact.refused_at is None:
        fact.confirmed_at, fact.refused_at, fact.updated_at = None, at, at
        fact.save(update_fields=["confirmed_at", "refused_at", "updated_at"])
    return fact


def take_for(*, fact_id: int, guess: dict[str, str], at: datetime) -> None:
    """Replace the guessed parts of a fact, where nobody has said anything of it."""
    unsaid = Fact.objects.filter(pk=fact_id, confirmed_at=None, refused_at=None)
    unsaid.update(guess=guess, updated_at=at)


@transaction.atomic
def confirm_skills(*, resume: Resume, texts: Collection[str], at: datetime) -> None:
    """Hold skills of a résumé true, and refuse them in none of the person's. Repeating it changes nothing."""
    said = Fact.objects.filter(resume__owner=resume.owner_id, kind=FactKind.SKILL, text__in=texts)
    said.exclude(refused_at=None).update(refused_at=None, updated_at=at)
    said.filter(resume_id=resume.pk, confirmed_at=None).update(confirmed_at=at, updated_at=at)


def refuse_skills(*, owner_id: int, texts: Collection[str], at: datetime) -> None:
    """Hold skills untrue in every résumé of a person's, as :func:`refuse`. Repeating it changes nothing."""
    said = Fact.objects.filter(resume__owner=owner_id, kind=FactKind.SKILL, text__in=texts, refused_at=None)
    said.update(confirmed_at=None, refused_at=at, updated_at=at)


def _saved(fact: Fact, at: datetime) -> Fact:
    with _said_once(), transaction.atomic():
        fact.confirmed_at, fact.created_at, fact.updated_at = at, at, at
        fact.save(force_insert=True)
    return fact


def _said_once() -> AbstractContextManager[None]:
    return clash(
        constraint="fact_is_said_once", column="resumes_fact.text", refusal=Conflict("This fact is there already.")
    )


def _checked(kind: FactKind, text: str, details: dict[str, str]) -> str:
    problems: dict[str, list[str]] = {}
    text = text.strip()
    if not text:
        problems["text"] = ["This field may not be blank."]
    elif len(text) > LONGEST:
        problems["text"] = [f"Ensure this field has no more than {LONGEST} characters."]
    elif not text.isprintable():
        problems["text"] = ["Enter one line, without characters that cannot be seen."]
    unknown = sorted(details.keys() - DETAILS.get(kind, set()))
    if unknown:
        problems["details"] = [f"Leave out: {', '.join(unknown)}."]
    elif any(len(value) > LONGEST for value in details.values()):
        problems["details"] = [f"Each must be a text of at most {LONGEST} characters."]
    if problems:
        raise Invalid(fields=problems)
    return text
