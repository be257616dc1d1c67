"""What is plainly the person's own, and what is not: nothing is concluded from the latter, and none of it is quoted."""

import pytest

from onward.domain.resumes.choices import FactKind
from onward.domain.resumes.facts.reader import read

HEAD = "Ada Ahmed\nada@example.org\nExperience\nDeveloper, Quartz GmbH, 2018 - present\n- Sold 40 shoes a day\n"
SHOWING = {FactKind.SKILL, FactKind.LANGUAGE, FactKind.CREDENTIAL}


def shown(lines):
    return [fact.text for fact in read(HEAD + lines).facts if fact.kind in SHOWING]


@pytest.mark.parametrize(
    "line",
    [
        "I don't know Python",
        "My sister works with Java",
        "Handed over the Terraform work to a colleague who knew it",
        "Competing product to Kubernetes evaluated by the other team",
        "Replaced PostgreSQL before I joined",
        "SAP was used by finance",
        "Refused to learn Tableau",
        "Will introduce Kubernetes from January",
        "“Ada knows Python” – a colleague",
        "Mein Kollege betreute PostgreSQL",
        "Mit Docker, von Kollegen betreut",
        "Habe Python nie benutzt",
        "Ma sœur travaille avec Java",
        "Python utilisé par le service informatique",
        "Mi hermana trabaja con Java",
        "Nunca usé Docker",
    ],
)
def test_what_is_not_plainly_the_persons_own_is_unsure_and_not_quoted(line):
    reading = read(f"{HEAD}- {line}\n")

    said = [fact.text for fact in reading.facts if fact.kind in {FactKind.ACHIEVEMENT, *SHOWING}]
    assert said == ["Sold 40 shoes a day"]
    assert list(reading.unsure.values()) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Built an API in Python, which serves 400 customers",
        "I wrote services in Python.",
        "Cut the time of reports by 18% by moving them to Python",
        "Programmierung von Schnittstellen in Python",
        "Ich habe Dienste in Python geschrieben",
        "Développement de services en Python",
        "J’ai écrit des services en Python",
        "Desarrollo de servicios en Python",
    ],
)
def test_what_the_person_plainly_did_shows_a_skill_and_is_quoted(line):
    facts = [(fact.kind, fact.text) for fact in read(f"{HEAD}- {line}\n").facts]

    assert {(FactKind.SKILL, "Python"), (FactKind.ACHIEVEMENT, line)} <= set(facts)


@pytest.mark.parametrize(
    "entry",
    [
        "AWS: 0 years",
        "AWS 0 years",
        "Docker - zero experience",
        "Docker (in Planung)",
        "TypeScript: planned for 2027",
        "Photoshop: forgotten",
        "Go: board game, 5 dan",
        "Python, Java: none",
        "Skills to acquire: Python",
        "German: none",
        "Spanish - 0/5",
        "Driving licence: none",
        "Führerschein: keiner",
    ],
)
def test_an_entry_is_unsure_where_something_behind_its_name_may_take_it_back(entry):
    assert shown(f"Skills\n{entry}\n") == []
    assert read(f"{HEAD}Skills\n{entry}\n").unsure


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("Python (5 years), Java: advanced", ["Python", "Java"]),
        ("Programming languages: Python 3.11 (Django)", ["Python", "Django"]),
        ("Python – fließend, Java – 3+ years of experience", ["Python", "Java"]),
        ("German (B2), Spanish: native", ["German", "Spanish"]),
    ],
)
def test_a_level_years_a_version_or_another_skill_may_stand_behind_a_name(entry, names):
    assert set(names) <= set(shown(f"Skills\n{entry}\n"))


def test_a_date_on_the_next_line_ends_a_line_that_is_quoted_whole():
    long = "- Wrote the minutes of the monthly meetings of the board of the company and all friends"
    rows = "\n".join([long, long.replace("board", "staff"), long.replace("board", "union"), "2011 - 2013"])

    quoted = [fact.text for fact in read(f"{HEAD}{rows}\n").facts if fact.kind is FactKind.ACHIEVEMENT]

    assert quoted[-1] == long[2:].replace("board", "union")
