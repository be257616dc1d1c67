"""Questions for an interview."""

import re

import pytest

from onward.domain.assistant.quoting import QuotingWriter

POSTING = "Requirements:\n- Python\n- Knowledge of tide tables\nTasks:\n- Plan the crews of 40 ferries\nWe offer:\n- Free lunch\n"


def ask(count, posting=POSTING, job="Software Engineer"):
    text = QuotingWriter().interview_questions(posting=posting, company_name="Contoso", job_title=job, count=count).text
    return re.findall(r"^\d+\. (.+)$", text, flags=re.M)


@pytest.mark.parametrize("count", [5, 10, 20])
@pytest.mark.parametrize("posting", [POSTING, "x" * 60, "Anforderungen\n- Erfahrung mit Menschen\n"])
def test_as_many_questions_are_asked_as_were_asked_for(count, posting):
    assert len(set(ask(count, posting))) == count


def test_questions_come_from_requirements_duties_and_the_occupation():
    questions = ask(6)

    assert any("Python" in question for question in questions)
    assert any("“Knowledge of tide tables”" in question for question in questions)
    assert any("“Plan the crews of 40 ferries”" in question for question in questions)
    assert any("change is ready to be released" in question for question in ask(9))
    assert not any("lunch" in question for question in ask(20))


def test_another_occupation_is_asked_something_else():
    assert any("end of a shift" in question for question in ask(10, job="Nurse"))
