import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.assistant.offline import OfflineWriter, postings, skills
from onward.domain.assistant.offline.matching import WEIGHTS
from onward.domain.assistant.offline.postings import Kind
from tests.domain.assistant.offline import cases
from tests.domain.assistant.offline.cases import CASES

WRITER = OfflineWriter(today=cases.TODAY)


def match(case, resume=None):
    return WRITER.job_match(resume=case.resume if resume is None else resume, posting=case.posting, job_title=case.job)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_score_is_where_a_reader_would_put_it(case):
    found = match(case)

    assert case.at_least <= found.score <= case.at_most
    assert set(found.parts) <= set(WEIGHTS)
    assert all(0 <= part <= 100 for part in found.parts.values())
    assert (found.model, found.tokens) == ("onward-offline-1", 0)


def test_a_resume_of_another_trade_scores_low():
    for case in CASES[:6]:
        for other in CASES[:6]:
            if case is not other:
                assert match(case, other.resume).score <= 45
                assert match(case, other.resume).score < match(case).score


def test_the_parts_and_their_weights_make_the_score():
    found = match(CASES[0])

    total = sum(WEIGHTS[name] for name in found.parts)
    assert abs(found.score - sum(WEIGHTS[name] * part for name, part in found.parts.items()) / total) <= 1


def test_must_haves_come_first_among_what_is_missing():
    found = match(CASES[0])

    assert found.matching[:3] == ["Python", "Django", "PostgreSQL"]
    assert found.missing[:2] == ["Query optimisation", "Kubernetes"]
    assert set(found.missing[-3:]) == {"Go", "GraphQL", "Terraform"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_skill_is_matching_or_missing_and_never_both(case):
    found = match(case)

    assert not set(found.matching) & set(found.missing)
    named = {name for name in (*found.matching, *found.missing) if not name.endswith("of experience")}
    assert named <= set(skills.taxonomy().skills)


@given(case=st.sampled_from(CASES), data=st.data())
def test_another_skill_never_lowers_the_score(case, data):
    asked = postings.read(case.posting, title=case.job).skills(Kind.MUST, Kind.NICE, Kind.DUTY)
    anything = sorted(skills.taxonomy().skills)
    added = data.draw(st.lists(st.sampled_from([*asked, *anything]) | st.sampled_from(asked), min_size=1, max_size=8))
    before = match(case)

    after = match(case, f"{case.resume}\nSkills: {', '.join(added)}")

    assert after.score >= before.score
    assert all(after.parts[name] >= part for name, part in before.parts.items())
    assert set(before.matching) <= set(after.matching)


def test_all_skills_asked_for_raise_the_score():
    case = CASES[0]

    assert match(case, f"{case.resume}\nSkills: Kubernetes, Go, GraphQL, Terraform").score > match(case).score + 8


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_summary_has_two_or_three_sentences_and_the_advice_is_honest(case):
    found = match(case)

    assert 1 <= found.summary.count(". ") + 1 <= 3
    assert str(found.score) in found.summary
    assert 1 <= len(found.recommendations) <= 6
    assert len(set(found.recommendations)) == len(found.recommendations)
    said = " ".join(found.recommendations).lower()
    assert not any(word in said for word in (" lie ", "pretend", "make up", "exaggerate", "claim to"))


def test_an_empty_resume_is_told_what_to_do():
    found = match(CASES[0], " \n ")

    assert found.score == 0
    assert "No text could be read" in found.summary
    assert "text PDF" in found.recommendations[0]


def test_a_posting_that_says_nothing_is_told_so():
    found = WRITER.job_match(
        resume=cases.NURSE, posting="Hello there and good day to all of you, whoever reads it now."
    )

    assert found.missing == []
    assert found.summary
