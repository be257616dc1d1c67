"""Layouts and postings that have misled an assistant before; each stands for its kind."""

import json
import re
from pathlib import Path

import pytest

CASES = json.loads(Path(__file__).with_name("corpus").joinpath("cases.json").read_text("utf-8"))
AI = "/tracker/api/v1/ai/"
# What must be there.
RIGHT = {
    "linkedin-save-as-pdf": "As Project Coordinator at Brightwater Inc.:",
    "dates-after-bullets": "Avery Castellan",
    "membership-is-no-job": "As Server at Brindle's Grill:",
    "expected-graduation": "Project Assistant at Brindle Ltd",
    "footer-and-heading-words": "Noor Bakker",
    "place-after-employer": "As Assistant at We4Mail GmbH:",
    "school-of-another-degree": "Noor Bakker",
}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_misled_an_assistant_is_read_rightly(as_ada, case):
    sent = {"job_description": case["job"], "resume_text": case["resume"], "save_to_history": False}
    names = {"company_name": case["company"], "job_title": case["title"]}

    letter = as_ada.post(f"{AI}cover-letter/generate/", sent | names).json()["cover_letter"]
    match = as_ada.post(f"{AI}job-match/analyze/", sent).json()["analysis"]

    said = {
        "letter_not": [letter],
        "missing_not": match["missing_skills"],
        "matching_not": match["matching_skills"],
        "summary_not": [match["summary"]],
        "recs_not": match["recommendations"],
    }
    for key, texts in said.items():
        for expression in case.get(key, ()):
            assert not any(re.search(expression, text) for text in texts), (key, expression)
    assert RIGHT.get(case["id"], "") in letter


def test_a_general_requirement_is_met_by_an_instance_of_it(as_ada):
    case = next(case for case in CASES if case["id"] == "shown-by-its-kind")

    answer = as_ada.post(f"{AI}job-match/analyze/", {"job_description": case["job"], "resume_text": case["resume"]})

    assert answer.json()["analysis"]["matching_skills"] == ["Relational databases", "AWS", "Python"]
    assert answer.json()["analysis"]["missing_skills"] == []
