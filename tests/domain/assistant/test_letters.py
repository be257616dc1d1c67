"""What a letter says, and what it does not."""

import pytest

from onward.domain.assistant.quoting import QuotingWriter
from onward.domain.resumes.facts.reader import read

POSTING = "Requirements:\n- Python and PostgreSQL\n- Knowledge of SAP\nYour tasks:\n- Keep the budget of projects\n"
RESUME = (
    "Ada Ahmed\nada@example.org\nExperience\nBackend Developer, Quartz GmbH, 2018 - present\n"
    "- Built an API in Python with PostgreSQL\n- Kept the budget of two projects\n- Won a prize for cooking\n"
)


def letter(resume=RESUME, posting=POSTING, company="Contoso", job="Engineer", tone="professional"):
    return QuotingWriter().cover_letter(
        resume=read(resume), posting=posting, company_name=company, job_title=job, tone=tone
    )


def test_a_letter_quotes_the_lines_that_speak_to_the_posting_and_signs():
    assert letter().text == (
        "Dear Contoso Hiring Team,\n\nI am applying for the position of Engineer at Contoso.\n\nFrom my résumé:\n\n"
        "As Backend Developer at Quartz GmbH:\n• Built an API in Python with PostgreSQL\n"
        "• Kept the budget of two projects\n\nYour posting and my résumé both name Python and PostgreSQL.\n\n"
        "Thank you for your time and consideration.\n\nSincerely,\nAda Ahmed"
    )
    assert letter().warnings == []


@pytest.mark.parametrize(
    ("company", "job", "opening"),
    [
        ("Contoso", "", "I am applying for the advertised position at Contoso."),
        ("", "Engineer", "I am applying for the position of Engineer."),
        ("", "", "I am applying for the position that you have advertised."),
        ("Acme where I led 200 people", "Engineer", "I am applying for the position of Engineer at Acme."),
        ("Acme", "Engineer. I hold a PhD", "I am applying for the position of Engineer at Acme."),
        ("Acme\n\nI know Rust", "Engineer", "I am applying for the position of Engineer at Acme."),
    ],
)
def test_company_and_position_are_names_and_nothing_more(company, job, opening):
    written = letter(company=company, job=job)

    assert written.text.split("\n\n")[1] == opening
    assert any("was used" in warning for warning in written.warnings) == (len(company + job) > 15)


@pytest.mark.parametrize(
    "resume",
    [
        "Leitung\nleitung@example.de\nBerufserfahrung\n- Planung von Schichten\n",
        "CURRICULUM VITAE\nSoftware Engineer\nhello@example.org\nExperience\n- Kept the budget of two projects\n",
        "Experience\nwrote things\n",
        "Max Meier\nanna.schulz@example.org\nExperience\n- Kept the budget of two projects\n",
        "New York\nhello@example.org\nExperience\n",
        "",
    ],
)
def test_without_a_certain_name_a_letter_is_unsigned_and_says_so(resume):
    written = letter(resume)

    assert written.text.endswith("Sincerely,")
    assert "No certain name was found in the résumé: sign the letter yourself." in written.warnings


def test_lines_of_any_language_are_quoted_as_they_are():
    resume = "Jonas Becker\njonas@example.de\nBerufserfahrung\nBäcker, Sonnenkorn GmbH, 03/2017 – heute\n• Backt jede Nacht 900 Brote mit Python\n"

    assert "As Bäcker at Sonnenkorn GmbH:\n• Backt jede Nacht 900 Brote mit Python" in letter(resume).text


def test_what_is_wished_denied_or_anothers_is_not_named_as_a_skill():
    resume = (
        "Ada Ahmed\nada@example.org\nObjective\nSeeking a role with SAP\nExperience\nClerk, Quartz GmbH, 2018 - 2020\n"
        "- Helped the PostgreSQL team with tests\n- No experience with Python yet\n"
    )

    assert "both name" not in letter(resume).text


def test_where_no_line_shares_a_word_with_the_posting_the_first_are_quoted():
    assert "• Built an API in Python" in letter(posting="Gesucht: jemand, der oder die gern backt, ab sofort.").text


@pytest.mark.parametrize("word", ["glad", "excited", "passion", "believe", "hope", "look forward", "perfect", "brief"])
def test_no_tone_wishes_or_thinks_anything(word):
    for tone in ("professional", "enthusiastic", "formal", "conversational"):
        assert word not in letter(tone=tone).text.lower()
