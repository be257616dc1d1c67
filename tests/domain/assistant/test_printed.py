"""What docs/assistant-example.md prints is what the assistant says without a provider, asked through the API with a résumé as a PDF."""

import json
import os
import re
from pathlib import Path

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.architecture.source import HOUSE

SAMPLE = Path(__file__).with_name("sample")
DOCUMENT = HOUSE / "docs" / "assistant-example.md"
AI = "/tracker/api/v1/ai/"


@pytest.fixture
def pdf():
    return typst.compile((SAMPLE / "resume.typ").read_bytes())


@pytest.fixture
def said(as_ada, pdf):
    """What is answered to somebody who has uploaded this résumé and found this posting."""
    form = {"file": SimpleUploadedFile("ada-ahmed.pdf", pdf), "version_name": "Backend"}
    resume = as_ada.upload("/tracker/api/v1/applications/resumes/upload/", form).json()["id"]
    posting = (SAMPLE / "posting.txt").read_text()
    names = {"company_name": "Litware Energy", "job_title": "Senior Backend Engineer"}

    def ask(path, **sent):
        answer = as_ada.post(f"{AI}{path}", {"job_description": posting, **sent})
        assert answer.status_code == 200, answer.content
        return answer.json()

    letter = ask("cover-letter/generate/", resume_version_id=resume, **names)
    return {
        "the résumé": as_ada.user.resumes.get().text.text,
        "the posting": posting.strip(),
        "the letter": letter["cover_letter"],
        "its sources": json.dumps(
            as_ada.get(f"{AI}history/{letter['saved_id']}/").json()["sources"],
            ensure_ascii=False,
            indent=2,
            # PostgreSQL keeps no order of names.
            sort_keys=True,
        ),
        "the match": json.dumps(
            ask("job-match/analyze/", resume_version_id=resume)["analysis"], ensure_ascii=False, indent=2
        ),
        "the questions": ask("interview-questions/generate/", question_count=10, **names)["questions"],
    }


def printed(document, said):
    """Put what was said between the document's marks."""
    for name, text in said.items():
        block = f"<!-- {name} -->\n```text\n{text}\n```\n<!-- end -->"
        document, found = re.subn(rf"<!-- {name} -->\n.*?<!-- end -->", lambda _, b=block: b, document, flags=re.DOTALL)
        assert found == 1, name
    return document


def test_the_printed_example_is_what_is_really_answered(said):
    document = DOCUMENT.read_text()
    if os.environ.get("ONWARD_TEST_RENEW"):
        DOCUMENT.write_text(printed(document, said))

    assert DOCUMENT.read_text() == printed(document, said), "If that is meant: ONWARD_TEST_RENEW=1 pytest this file"


def test_every_source_of_the_letter_stands_in_the_resume(said):
    resume = " ".join(said["the résumé"].split())
    sources = json.loads(said["its sources"])

    assert sources
    for source in sources:
        assert " ".join(source["claim"].split()) in " ".join(said["the letter"].split())
        assert " ".join(source["fact"].split()).strip("•. ") in resume


def test_what_the_resume_lacks_is_missing_and_not_claimed(said):
    match = json.loads(said["the match"])

    assert {"Kubernetes", "Terraform", "AWS"} <= set(match["missing_skills"])
    assert {"Python", "Django", "PostgreSQL", "Docker"} <= set(match["matching_skills"])
    assert not re.search("Kubernetes|Terraform|AWS", said["the letter"])


def test_as_many_questions_are_asked_as_were_asked_for(said):
    assert re.findall(r"^(\d+)\. ", said["the questions"], flags=re.MULTILINE) == [str(n) for n in range(1, 11)]
