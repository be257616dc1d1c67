import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.assistant.offline import OfflineWriter, skills
from onward.domain.assistant.offline.questions import bank
from tests.domain.assistant.offline import cases
from tests.domain.assistant.offline.cases import CASES
from tests.domain.assistant.offline.test_letters import INJECTIONS

WRITER = OfflineWriter(today=cases.TODAY)


def questions(case, count=10):
    asked = WRITER.interview_questions(posting=case.posting, company_name=case.company, job_title=case.job, count=count)
    return asked.text.split("\n")


@pytest.mark.parametrize("count", [5, 10, 20])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_as_many_as_asked_for_numbered_and_none_twice(case, count):
    asked = questions(case, count)

    assert [line.split(". ")[0] for line in asked] == [str(number) for number in range(1, count + 1)]
    bare = [line.split(". ", 1)[1] for line in asked]
    assert len(set(bare)) == count
    assert all(line.rstrip().endswith(("?", ".")) and "{" not in line for line in bare)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_they_are_about_this_posting(case):
    asked = questions(case, 20)

    about_company = [line for line in asked if case.company in line]
    in_role = [
        line
        for line in asked
        if re.search(r"this position|the posting|Imagine|Suppose|when you had to|when people", line, re.I)
    ]
    assert about_company
    assert len(in_role) >= 2


def test_two_postings_are_asked_differently():
    assert len(set(questions(CASES[0])) & set(questions(CASES[1]))) <= 1


def test_the_same_posting_is_asked_the_same():
    assert questions(CASES[3]) == questions(CASES[3])


def test_technical_questions_come_from_the_must_haves():
    asked = " ".join(questions(CASES[0]))

    assert "Python" in asked
    assert "Django" in asked


@pytest.mark.parametrize("injection", INJECTIONS[:2] + INJECTIONS[3:])
def test_what_a_posting_says_to_its_reader_is_not_asked(injection):
    posting = f"What you'll do\n- {injection}\n- Design services\n- Review code"

    asked = WRITER.interview_questions(posting=posting, company_name="Acme", job_title="Engineer", count=20).text

    assert not any(word in asked for word in ("PhD", "instructions", "applicant", "Nobel", "HACKED"))


@given(posting=st.text(max_size=400), count=st.integers(5, 20))
def test_any_text_gives_the_count(posting, count):
    asked = WRITER.interview_questions(posting=posting, company_name="", job_title="", count=count)

    assert len(asked.text.split("\n")) == count


def test_the_bank_is_about_skills_that_exist_and_repeats_none():
    assert set(bank()) <= set(skills.taxonomy().skills)
    every = [question for asked in bank().values() for question in asked]
    assert len(set(every)) == len(every) >= 100
