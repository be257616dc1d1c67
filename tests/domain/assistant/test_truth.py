"""A provider's text is held against the résumé; nothing of it is cut."""

import pytest

from onward.domain.assistant.truth import unsupported
from onward.domain.resumes.facts.reader import read

RESUME = read(
    "Lee Park\nlee@example.org\nExperience\nBackend Developer, Quartz GmbH, January 2018 - present\n"
    "- Built APIs in Python with PostgreSQL on AWS for 400 customers\nEducation\nBSc Computer Science, University of Bath, 2017\n"
)
POSTING = "Brightsea in Hamburg runs 400 ferries and 25 harbours. Kubernetes is a plus."


def marks(text):
    return unsupported(text, RESUME, given="Contoso\nSoftware Engineer", posting=POSTING)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("I ran Kubernetes for years.", "Skill not in the résumé: Kubernetes"),
        ("At Initech I built services.", "Name not in the résumé: Initech"),
        ("I hold a Master's degree.", "Skill not in the résumé: Master's degree"),
        ("I studied at Oxford University.", "Name not in the résumé: Oxford University"),
        ("I led a team of 12.", "Number not in the résumé: 12"),
        ("I have seven years of experience.", "Number not in the résumé: seven"),
        ("My work at Brightsea taught me much.", "Name not in the résumé: Brightsea"),
        (
            "Bei Siemens Energy habe ich mit der Software und den Kollegen gebaut.",
            "Name not in the résumé: Siemens Energy",
        ),
    ],
)
def test_what_the_resume_does_not_hold_is_marked(text, mark):
    assert mark in marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dear Hiring Manager,\n\nI am applying for the Software Engineer position at Contoso.",
        "At Quartz GmbH, I built APIs in Python for 400 customers. I studied at the University of Bath.",
        "Your team runs 25 harbours from Hamburg, and I would like to join Brightsea.",
        "I have a BSc and know relational databases.",
        "Sehr geehrte Damen und Herren, als Entwickler habe ich mit Python und der Datenbank die Schnittstellen gebaut.",
        "Sincerely,\nLee Park",
    ],
)
def test_what_it_holds_and_what_is_the_employers_is_not_marked(text):
    assert marks(text) == []
