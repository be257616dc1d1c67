import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.assistant.offline import OfflineWriter, occupations, postings, skills
from onward.domain.assistant.offline.matching import WEIGHTS
from onward.domain.assistant.offline.postings import Kind
from onward.domain.assistant.offline.voices import VOICES
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


ASKING = (
    "Required: {years} of experience in Python and Django. PostgreSQL is a must. You will build REST APIs in Python."
)
SHOWING = "Ben Oak\nSoftware Engineer\n\nExperience\nSoftware Engineer, Northwind Labs, {dates}\n- Built REST APIs in Python, Django and PostgreSQL for 200 customers"


def shown(dates, years="10+ years"):
    return WRITER.job_match(
        resume=SHOWING.format(dates=dates), posting=ASKING.format(years=years), job_title="Software Engineer"
    )


def test_required_years_that_are_not_there_weigh_and_are_named_as_a_gap():
    found = shown("Sep 2025 – Feb 2026")

    assert found.score < 60
    assert found.parts["qualifications"] <= 10
    assert found.missing[0] == "10 years of experience"
    assert "asks for ten years of experience and the résumé shows about six months, so this is a gap" in found.summary
    assert any("10 years of experience" in advice for advice in found.recommendations)


def test_more_of_the_required_years_is_a_better_match():
    scores = [
        shown(f"{start} – Feb 2026").score for start in ("Sep 2025", "Mar 2023", "Mar 2020", "Mar 2017", "Mar 2014")
    ]

    assert scores == sorted(set(scores))


def test_years_that_are_reached_are_no_gap():
    found = shown("Mar 2014 – Feb 2026")

    assert found.score >= 90
    assert "years of experience" not in " ".join(found.missing)


@pytest.mark.parametrize(
    "sentence",
    [
        "We need a software engineer with 10+ years of experience in Python.",
        "Our ideal candidate has at least 10 years of experience.",
        "Minimum of ten (10) years experience required.",
        "You will bring 10+ yrs of professional experience.",
    ],
)
def test_years_are_required_in_many_words(sentence):
    assert postings.read(sentence).years == 10


@pytest.mark.parametrize(
    "sentence", ["We have been building software for 20 years.", "Founded 20 years ago.", "Our 20 years of history show.", "A 2-year contract."]
)  # fmt: skip
def test_years_of_the_company_are_required_of_nobody(sentence):
    assert postings.read(f"Requirements\n- Python\n\n{sentence}").years == 0


@pytest.mark.parametrize("title", ["SBE", "Sr. BE Eng", "SWE", "Platform Wizard", "Member of Technical Staff", "SRE"])
@pytest.mark.parametrize("tone", cases.TONES)
def test_a_title_that_is_not_understood_is_no_change_of_field(title, tone):
    written = WRITER.cover_letter(
        resume=cases.ENGINEER, posting=cases.ENGINEER_POSTING, company_name="Fabrikam", job_title=title, tone=tone
    )

    changes = VOICES[tone].change
    assert not any(change in written.text for change in changes)


def test_a_title_that_cannot_be_compared_is_left_out_of_the_score():
    assert "title" not in WRITER.job_match(resume=cases.ENGINEER, posting=cases.ENGINEER_POSTING, job_title="SBE").parts
    swe = WRITER.job_match(resume=cases.ENGINEER, posting=cases.ENGINEER_POSTING, job_title="SWE")
    assert swe.parts["title"] >= 80


def test_whoever_is_a_baker_bakes():
    posting = "We are looking for a baker. Required: baking and cash handling."

    found = WRITER.job_match(resume="Ben Oak\nBaker, Sweet Co, 2000-2010\n- Shaped 300 rolls a day", posting=posting)

    assert (found.matching, found.missing) == (["Baking"], ["Cash handling"])


def test_what_a_title_names_is_the_name_of_a_skill():
    titles = ("baker", "cook", "plumber", "waiter", "welder", "teacher", "recruiter", "cashier", "butcher", "mason")

    assert set().union(*map(occupations.work_of, titles)) <= set(skills.taxonomy().skills)


def test_titles_of_other_fields_are_a_change_of_field():
    written = WRITER.cover_letter(
        resume=cases.NURSE,
        posting=cases.ENGINEER_POSTING,
        company_name="Fabrikam",
        job_title="Backend Developer",
        tone="formal",
    )

    assert VOICES["formal"].change[0] in written.text
