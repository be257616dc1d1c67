from collections import Counter

import pytest

from onward.domain.assistant.offline import resumes, skills
from tests.domain.assistant.offline import cases


def test_there_are_many_skills_of_every_area_and_no_name_stands_for_two():
    taxonomy = skills.taxonomy()

    areas = Counter(skill.area for skill in taxonomy.skills.values())
    assert len(taxonomy.skills) >= 600
    assert set(areas) == set(skills.AREAS)
    assert min(areas[area] for area in ("software", "data", "design", "business", "healthcare", "engineering")) >= 60
    owners = [{name.skill.name for name in names if name.skill} for names in taxonomy.names.values()]
    assert [found for found in owners if len(found) > 1] == []


def test_what_a_skill_implies_is_a_skill():
    known = skills.taxonomy().skills

    assert [name for skill in known.values() for name in skill.implies if name not in known] == []


def test_every_skill_is_found_by_its_own_name():
    known = skills.taxonomy().skills

    # In a list, as a résumé has it, so that ambiguous names count.
    lost = [name for name in known if name not in skills.names(f"Skills: Docker, {name}, Git")]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("k8s, postgres and js", ["Kubernetes", "PostgreSQL", "JavaScript"]),
        ("ms excel, GAAP; P&L", ["Microsoft Excel", "GAAP", "P&L management"]),
        ("C++, C# and .NET (ASP.NET Core)", ["C++", "C#", ".NET", "ASP.NET"]),
        ("Node.js/NodeJS, CI/CD, A/B testing", ["Node.js", "CI/CD", "A/B testing"]),
        ("Skills: C, R, Go, Excel, Swift, Rust", ["C", "R", "Go", "Microsoft Excel", "Swift", "Rust"]),
        ("five years of Go", ["Go"]),
        ("a Go developer", ["Go"]),
        ("experience with Spring, SAP and AI", ["Spring", "SAP", "Artificial intelligence"]),
        ("machine\nlearning", ["Machine learning"]),
        ("design-systems", ["Design systems"]),
    ],
)
def test_names_and_aliases_are_found(text, found):
    assert skills.names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Excel at work and go above and beyond",
        "Excel in everything you do",
        "Go and see for yourself",
        "spring 2020 and Spring 2021",
        "a swift answer, a rust belt town",
        "Jordan R. Example, vitamin C, C-suite, Series C",
        "keep it safe, sap the energy, ai",
        "www.example.net and django@example.com",
        "javascripting reactor pythonic",
        "the rest of the team",
        "reporting to the director",
    ],
)
def test_ordinary_words_are_no_skills(text):
    assert [name for name in skills.names(text) if not skills.soft(name)] == []


@pytest.mark.parametrize(
    "text",
    [
        "React quickly to incidents and react calmly",
        "go to meetings, go through files",
        "express interest, Express interest in people",
        "a swift reply",
        "kept tools rust-free",
        "Graduated in Spring 2024, started in Spring.",
        "Excel at calming customers",
        "Excel at work",
        "access to accounts, word of mouth, Word of mouth",
        "R",
        "Type R, plan C",
        "an agile mind, lean on me, unreal results",
        "Postman, Royal Mail",
        "a cucumber and a gherkin",
        "with swagger, angular momentum, elixir of life",
        "after effects of the storm",
        "Acme plc",
        "LEARN TO REACT AND EXCEL",
        "Learn To React Quickly And Excel",
    ],
)
def test_common_words_are_no_skills_at_the_head_of_a_sentence_or_without_a_capital(text):
    assert [name for name in skills.names(text) if not skills.soft(name)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Built React components", ["React"]),
        ("Led React migration", ["React"]),
        ("Used Excel to compare prices", ["Microsoft Excel"]),
        ("Wrote services in Go and Rust", ["Go", "Rust"]),
        ("Statistical analysis in R", ["Statistics", "R"]),
        ("python, react, excel, word", ["Python", "React", "Microsoft Excel", "Microsoft Word"]),
        ("SKILLS: PYTHON, REACT", ["Python", "React"]),
        ("Documented care in Epic", ["Epic EHR"]),
        ("Excel", ["Microsoft Excel"]),
    ],
)
def test_the_same_words_are_skills_within_a_sentence_or_among_skills(text, found):
    assert skills.names(text) == found


def test_each_line_of_a_list_of_skills_is_one():
    read = resumes.read("Ada Ahmed\n\nSkills\nexcel\nWord\n• React\nteam spirit", today=cases.TODAY)

    assert {"Microsoft Excel", "Microsoft Word", "React"} <= set(read.skills)


@pytest.mark.parametrize(
    ("held", "neighbour"),
    [("CCNP", "CCNA"), ("MariaDB", "MySQL"), ("Verilog", "VHDL"), ("OSHA 10", "OSHA 30"), ("on-call rotation", "Incident management")],
)  # fmt: skip
def test_a_skill_is_not_its_neighbour(held, neighbour):
    assert skills.names(held)
    assert neighbour not in skills.names(held)


def test_names_stand_in_a_sentence_as_one_would_write_them():
    shown = [
        skills.in_prose(name) for name in ("Machine learning", "Python", "GAAP", "Triage", "React Native", "Salesforce")
    ]

    assert shown == ["machine learning", "Python", "GAAP", "triage", "React Native", "Salesforce"]
