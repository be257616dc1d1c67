import pytest

from onward.domain.feed.asking import Asked, Level, canonical, level_of, read_posting

POSTING = """We build tools for hospitals.

Requirements:
- 5+ years of experience with Python
- Docker or Kubernetes
Nice to have:
- Terraform
Responsibilities:
- Maintain our PostgreSQL databases
"""


def test_what_must_be_had_is_told_from_what_is_wished_for():
    asked = read_posting(title="Backend Developer", description=POSTING)

    assert asked.required[0] == ("Python",)
    assert ("Docker", "Kubernetes") in asked.required
    assert ("Terraform",) in asked.wished
    assert ("PostgreSQL",) in asked.wished
    assert asked.level is Level.MID


def test_skills_that_are_listed_go_by_one_name():
    assert canonical(["k8s", "Kubernetes", "kubernetes", "Basket weaving", ""]) == ["Kubernetes", "Basket weaving"]


def test_a_text_without_requirements_asks_for_what_it_names():
    asked = read_posting(title="Developer", description="Django, PostgreSQL and Redis. Remote.")

    assert {"Django", "PostgreSQL", "Redis"} <= set(asked.names)


def test_the_title_says_the_level_before_the_years_do():
    assert level_of("Senior Nurse", "", ["1 year of experience"]) is Level.SENIOR
    assert level_of("Nurse", "", ["at least 8 years of experience"]) is Level.SENIOR
    assert level_of("Marketing Intern") is Level.INTERN
    assert level_of("Head of Finance") is Level.LEAD
    assert level_of("Nurse") is None


def test_what_was_packed_is_unpacked():
    asked = read_posting(title="Backend Developer", description=POSTING, listed=["Go"])

    assert Asked.unpacked(asked.packed()) == asked


@pytest.mark.parametrize("company", ["Summit Robotics", "Summit Robotics GmbH"])
def test_the_name_of_an_employer_asks_for_nothing(company):
    text = f"{company} is looking for a waiter to join our team.\nRequirements\n- Menu planning\n- Robotics\n"

    asked = read_posting(title="Waiter at Summit Robotics", description=text, employer=company)
    other = read_posting(title="Waiter", description=text.replace("- Robotics", ""), employer=company)

    assert asked.names == ("Menu planning", "Robotics")
    assert other.names == ("Menu planning",)
