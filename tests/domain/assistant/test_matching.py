"""What a posting asks for, and whether a résumé shows it."""

import pytest

from onward.domain.assistant import posting
from onward.domain.assistant.quoting import QuotingWriter
from onward.domain.resumes.facts.reader import read

HEAD = "Ada Ahmed\nada@example.org\nExperience\nDeveloper, Quartz GmbH, 2018 - present\n"


def asked(text):
    return [requirement.called for requirement in posting.read(text).requirements]


def match(lines, text):
    return QuotingWriter().job_match(resume=read(HEAD + lines), posting=text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Requirements:\n- Python and Django or FastAPI", ["Python", "Django or FastAPI"]),
        ("You know React, Vue or Angular.", ["React, Vue.js or Angular"]),
        ("Experience with cloud platforms such as AWS, Azure or GCP", ["Cloud computing"]),
        ("Requirements: BS/MS/PhD in Computer Science", ["Bachelor's degree"]),
        ("Knowledge of SQL databases is required.", ["SQL"]),
        ("No Java experience needed. Python is a must.", ["Python"]),
        ("You don't need to know Go or Rust.", []),
        ("We use Terraform and Go. We love French pastry.", []),
        ("Requirements:\n- Fluent German\n- Experience in the French market", ["German"]),
        ("What you'll do:\n- Build services in Go\n- Work with PostgreSQL", []),
        ("Requirements:\n- Work closely with product, data science and marketing\n- Python", ["Python"]),
        ("About us\nWe run Kubernetes.\nBenefits:\n- Free Spanish lessons", []),
        ("We are looking for a Project Manager.", []),
        ("Requirements:\n- Communication skills\n- Ability to react quickly and go the extra mile", []),
        ("Dein Profil\n- Kenntnisse in HACCP\n- Gute Deutschkenntnisse", ["HACCP", "German"]),
        ("You bring\n- Python\nJava is a place our founder loved.", ["Python"]),
        ("Dein Profil\n- Erfahrung mit relationalen Datenbanken", ["Relational databases"]),
        ("Requirements: RN license; wound care", ["Registered nurse licence", "Wound care"]),
    ],
)
def test_a_posting_asks_for_what_its_requirements_name(text, names):
    assert asked(text) == names


def test_a_wish_weighs_less_than_a_must():
    both = posting.read("Requirements:\n- Python\nNice to have\n- Go, Rust\n- SQL is a plus").requirements

    assert [(requirement.called, requirement.wish) for requirement in both] == [
        ("Python", False),
        ("Go", True),
        ("Rust", True),
        ("SQL", True),
    ]


@pytest.mark.parametrize(
    ("line", "text", "matching", "missing"),
    [
        ("- Ran PostgreSQL in production", "Requirements:\n- Relational databases", ["Relational databases"], []),
        ("Skills\nSQL", "Requirements:\n- SQL and relational databases", ["SQL"], []),
        ("- Ran relational databases", "Requirements:\n- PostgreSQL", [], ["PostgreSQL"]),
        ("- Wrote a site in Django", "Requirements:\n- Python", ["Python"], []),
        ("- Moved hosts to GCP", "Requirements:\n- AWS, Azure or GCP", ["Google Cloud"], []),
        ("- Reconciled 45 bank accounts", "Requirements:\n- Account reconciliation", [], []),
        ("- Baked 900 loaves a night", "Requirements:\n- Kubernetes", [], ["Kubernetes"]),
        ("- Helped the Kubernetes team", "Requirements:\n- Kubernetes", [], []),
        ("- Baked loaves of bread in the night", "Requirements:\n- Fluent English", [], []),
        ("Education\nBA History, York College, 2012", "Requirements:\n- Bachelor's degree", ["Bachelor's degree"], []),
        ("Education\nBA History, York College, 2012", "Requirements:\n- Degree in nursing", [], []),
        ("Education\nBA History, York College, 2012", "Requirements:\n- PhD in history", [], ["Doctorate"]),
        ("Education\nBA History, York College, expected 2031", "Requirements:\n- Bachelor's degree", [], []),
        ("- Sold shoes to the public", "Requirements:\n- SAP, or equivalent experience", [], []),
    ],
)
def test_a_skill_is_shown_by_its_kinds_and_missing_only_when_nothing_may_show_it(line, text, matching, missing):
    found = match(f"{line}\n", text)

    assert (found.matching, found.missing) == (matching, missing)


def test_what_cannot_be_told_is_listed_apart_and_does_not_count():
    found = match("- Helped the Kubernetes team\n- Built it in Python\n", "Requirements:\n- Python\n- Kubernetes")

    assert found.parts["qualifications"] == 100
    assert found.warnings == [
        "Not counted: whether you have Kubernetes cannot be told from “Helped the Kubernetes team”."
    ]


def test_each_hit_shows_its_line_and_each_gap_the_postings_sentence():
    found = match("- Built it in Python\n", "Requirements:\n- Very good Python\n- SAP in daily use")

    assert found.sources == [
        {"claim": "Python", "fact": "Built it in Python", "asked": "Very good Python"},
        {"missing": "SAP", "asked": "SAP in daily use"},
    ]
    assert found.recommendations == [
        "Put forward “Built it in Python”: it shows Python.",
        "SAP: the posting says “SAP in daily use”, and no line of the résumé shows it. Add one if you have it.",
    ]


def test_another_matching_skill_never_lowers_the_score():
    text = "Requirements:\n- Python, Go, SAP and Docker\nTasks:\n- Build services in containers"

    scores = [match("- Built it in Python\n" + "- Ran Docker containers\n" * more, text).score for more in (0, 1)]

    assert scores[0] < scores[1]


def test_a_posting_without_requirements_says_so():
    found = match("- Built it in Python\n", "We are a friendly company by the sea and look forward to you.")

    assert (found.score, found.summary) == (0, "The posting names no requirement that can be compared.")
