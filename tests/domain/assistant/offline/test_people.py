"""Whoever applies, and however the résumé is laid out: a letter says nothing that it does not say."""

import re

import pytest

from onward.domain.assistant.offline import OfflineWriter, guard, resumes, words
from tests.domain.assistant.offline import cases
from tests.domain.assistant.offline.layouts import LAYOUTS
from tests.domain.assistant.offline.professions import PROFESSIONS
from tests.domain.assistant.offline.traps import TRAPS

WRITER = OfflineWriter(today=cases.TODAY)
PEOPLE = [*PROFESSIONS, *LAYOUTS, *TRAPS]
every_person = pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
every_tone = pytest.mark.parametrize("tone", cases.TONES)


def letter(person, tone):
    return WRITER.cover_letter(
        resume=person.resume,
        posting=person.posting,
        company_name=person.company,
        job_title=person.job,
        tone=tone,
    )


def bare(text):
    """Give the words of a text and nothing around them."""
    return re.findall(r"\w+", re.sub(r"<[^<>]+>", " ", text).lower())


@every_person
def test_title_and_employer_are_read_as_they_are_or_not_at_all(person):
    read = resumes.read(person.resume, today=cases.TODAY)

    found = {(position.title, position.employer) for position in read.positions} - {("", "")}
    assert found == set(person.positions)
    assert read.years <= person.years + 0.1


@every_person
def test_degrees_are_read_with_their_subject_and_school_or_without(person):
    read = resumes.read(person.resume, today=cases.TODAY)

    assert {(study.name, study.subject, study.school) for study in read.studies} <= set(person.studies)


@every_person
@every_tone
def test_nothing_is_said_that_the_resume_does_not_say(person, tone):
    said = letter(person, tone).text

    assert [claim for claim in person.unsaid if claim in said] == []
    assert guard.unsupported_claims(said, person.resume, today=cases.TODAY) == []
    for count, _, _ in words.years(said):
        assert count <= person.years + 0.1 or f"{count} years" in person.resume


@every_person
@every_tone
def test_every_figure_stands_in_the_resume_or_counts_its_years(person, tone):
    said = letter(person, tone).text

    counted = {str(int(person.years)), str(int(person.years) - 1)}
    given = {figure for text in (person.resume, person.company, person.job) for figure in re.findall(r"\d+", text)}
    assert set(re.findall(r"\d+", said)) <= given | counted


@every_person
@every_tone
def test_every_claim_rests_on_words_of_the_resume_in_their_order(person, tone):
    written = letter(person, tone)

    held = bare(person.resume)
    for source in written.sources:
        assert source["claim"] in written.text
        rest = iter(held)
        assert all(word in rest for word in bare(source["fact"])) or set(bare(source["fact"])) <= set(held)


@pytest.mark.parametrize("person", [person for person in PEOPLE if person.signed], ids=lambda person: person.name)
def test_a_letter_is_signed_by_whom_it_is_about(person):
    assert letter(person, "formal").text.endswith(person.signed)


@every_person
@every_tone
def test_no_letter_shouts_stumbles_or_leaves_a_gap(person, tone):
    said = letter(person, tone).text

    assert not re.search(
        r"\{|\}|  |\.\.(?!\.)|,\.| ,|\b(?:a|A) [aeioAEIO]\w|\ban [bcdfgjkpqtvw]\w|\bat at\b|\bin at\b", said
    )
    assert not re.search(r"\bI [A-Z]{3,} [A-Z]{3,}", said)
