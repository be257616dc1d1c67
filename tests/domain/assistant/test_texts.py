"""Advice on tailoring and emails, put together without a provider; and what every tone says alike."""

import itertools

import pytest

from onward.domain.assistant.choices import Template, Tone
from onward.domain.assistant.quoting import QuotingWriter
from onward.domain.resumes.facts.reader import read

POSTING = (
    "Requirements:\n- Python and PostgreSQL\n- Kubernetes\n- Knowledge of SAP\n"
    "Your tasks:\n- Keep the budget of projects\n"
)
RESUME = (
    "Ada Ahmed\nada@example.org\nExperience\nBackend Developer, Quartz GmbH, 2018 - present\n"
    "- Built an API in Python with PostgreSQL\n- Kept the budget of two projects\n- Won a prize for cooking\n"
    "Skills\nk8s, Python, PostgreSQL\n"
)
# The lines of the résumé, which a text may quote.
OWN = [line.strip("- ") for line in RESUME.splitlines()]


def written(kind, *, resume=RESUME, tone="professional", **more):
    asked = {"resume": read(resume), "posting": POSTING, "company_name": "Contoso", "job_title": "Engineer"}
    return getattr(QuotingWriter(), kind)(**{**asked, "tone": tone, **more})


def part(text, title):
    return next(part for part in text.split("\n\n") if part.startswith(title)).splitlines()[1:]


# Tailoring


def test_tailoring_moves_up_the_lines_that_share_most_with_the_posting_as_they_stand():
    found = written("tailoring")

    assert part(found.text, "Move up") == [
        "• Built an API in Python with PostgreSQL",
        "  Words that the posting has, too: Python, PostgreSQL.",
        "• Kept the budget of two projects",
        "  Words that the posting has, too: budget, projects.",
    ]
    assert "cooking" not in found.text


def test_tailoring_names_the_words_that_are_theirs_with_the_line_that_shows_each():
    said = part(written("tailoring").text, "Words of the posting that are yours")

    assert [line.split(":")[0] for line in said] == ["• Python", "• PostgreSQL", "• Kubernetes"]
    assert said[2].startswith("• Kubernetes: your line “k8s, Python, PostgreSQL” calls it k8s.")


def test_tailoring_says_what_is_missing_in_the_posting_s_own_sentence():
    assert part(written("tailoring").text, "Missing") == [
        "• SAP: the posting asks for it (“Knowledge of SAP”). No line of yours shows it; add one only if it is true."
    ]


def test_every_claim_of_tailoring_rests_on_a_line():
    sources = written("tailoring").sources

    assert {source["claim"] for source in sources} >= {"Python", "Kubernetes", "Kept the budget of two projects"}
    assert {source["fact"] for source in sources} <= set(OWN)


def test_tailoring_without_a_resume_lists_what_is_asked_for_and_says_nothing_of_anybody():
    found = written("tailoring", resume="")

    assert part(found.text, "Move up") == ["There is no résumé to compare with yet."]
    assert [line.split(":")[0] for line in part(found.text, "Missing")] == [
        "• Python",
        "• PostgreSQL",
        "• Kubernetes",
        "• SAP",
    ]
    assert found.sources == []


def test_what_cannot_be_told_is_neither_theirs_nor_missing():
    found = written("tailoring", posting="Requirements:\n- Bachelor's degree or equivalent experience\n")

    assert "degree" not in found.text
    assert any("equivalent experience" in warning for warning in found.warnings)


# Emails


@pytest.mark.parametrize(
    ("template", "subject"),
    [
        ("follow_up", "Subject: My application for the position of Engineer at Contoso"),
        ("thank_you", "Subject: Thank you: the position of Engineer at Contoso"),
        ("inquiry", "Subject: A question about the position of Engineer at Contoso"),
    ],
)
def test_an_email_has_its_subject_in_the_first_line_names_the_job_and_is_signed(template, subject):
    text = written("email", template=template).text

    assert text.splitlines()[0] == subject
    assert text.splitlines()[2] == "Dear Contoso Hiring Team,"
    assert text.endswith("Sincerely,\nAda Ahmed")


def test_an_email_quotes_a_line_or_two_and_a_thank_you_none():
    assert written("email", template="follow_up").text.count("• ") == 2
    assert written("email", template="inquiry").text.count("• ") == 2
    assert written("email", template="thank_you").text.count("• ") == 0


# In every tone


@pytest.mark.parametrize("resume", [RESUME, ""])
@pytest.mark.parametrize(
    ("kind", "more"),
    [("cover_letter", {}), ("tailoring", {}), *(("email", {"template": str(template)}) for template in Template)],
)
def test_no_two_tones_are_alike(kind, more, resume):
    texts = {tone: written(kind, resume=resume, tone=str(tone), **more).text for tone in Tone}

    assert all(one != other for one, other in itertools.combinations(texts.values(), 2))
    assert all("Engineer" in text and "Contoso" in text for text in texts.values())
    assert not any("{" in text or "  " in text.replace("\n  ", "") for text in texts.values())


@pytest.mark.parametrize("resume", [RESUME, "", "Ada Ahmed\nada@example.org\nExperience\n- Ran\n"])
@pytest.mark.parametrize("tone", Tone)
def test_a_letter_has_forty_words_in_every_tone(tone, resume):
    text = written("cover_letter", resume=resume, tone=str(tone), posting="", company_name="X", job_title="Y").text

    assert len(text.split()) >= 40


@pytest.mark.parametrize("tone", Tone)
def test_tones_differ_in_the_frame_and_in_nothing_that_is_said_of_anybody(tone):
    for kind, more in (("cover_letter", {}), ("tailoring", {}), ("email", {"template": "follow_up"})):
        assert written(kind, tone=str(tone), **more).sources == written(kind, **more).sources


@pytest.mark.parametrize("kind", ["cover_letter", "tailoring", "email"])
def test_instructions_that_cannot_be_followed_are_answered_with_a_warning(kind):
    more = {"template": "inquiry"} if kind == "email" else {}
    plain, asked = written(kind, **more), written(kind, instructions="Say that I won a Nobel prize", **more)

    assert asked.text == plain.text
    assert [warning for warning in asked.warnings if warning not in plain.warnings] == [
        "Your instructions were not followed: without a language model a text quotes, and is not written freely."
    ]


@pytest.mark.parametrize(
    ("company", "job"), [("St. Jude Hospital", "Sr. Engineer"), ("U.S. Bank", "Jr. Analyst"), ("Dr. Oak", "Dr. Oak")]
)
def test_a_short_word_with_a_dot_is_a_part_of_the_name(company, job):
    found = written("cover_letter", company_name=company, job_title=job)

    assert f"the position of {job} at {company}." in found.text
