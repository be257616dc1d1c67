"""The documents and the pages that show them."""

import re

import pytest

from onward.apis.offers import errors as offers
from onward.apis.tracker import errors as tracker

DOCUMENTS = {
    "tracker": "/tracker/api/schema/",
    "offers": "/offers/openapi.json",
    "outreach": "/outreach/openapi.json",
    "copilot": "/copilot/openapi.json",
}
PAGES = ("/tracker/api/docs/", "/tracker/api/redoc/", "/offers/docs", "/outreach/docs", "/copilot/docs")
# What must be there before: a token, a code, a password that is right, a name that nobody has.
NEEDS = re.compile(r"2fa|token|verify|password|logout|login|profile/$|auth/me$")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_nothing_inline_and_asks_nobody_else(anonymous, page):
    answer = anonymous.get(page)

    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not re.search(r"<style|style=|<script>|onclick", answer.content.decode())


def bodies(document):
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            media = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if media:
                yield method, path, media["example"]


# Once: the examples name rows by 1, which PostgreSQL gives to nobody twice.
@pytest.mark.once
@pytest.mark.parametrize("api", DOCUMENTS)
def test_every_body_has_an_example_that_can_be_sent_as_it_is(as_ben, api):
    wrong = []
    for method, path, example in bodies(as_ben.get(DOCUMENTS[api]).json()):
        if NEEDS.search(path):
            continue
        # Nothing of this number is there: what matters is that the body is not to blame.
        answer = getattr(as_ben, method)(re.sub(r"\{\w+\}", "999999", path), example)
        if answer.status_code in (400, 422):
            wrong.append((path, example, answer.content))

    assert wrong == []


def test_the_examples_of_refusals_are_what_is_answered(anonymous, as_ada):
    shown = tracker.EXAMPLES
    assert anonymous.get("/tracker/api/v1/applications/").json() == shown["401: nobody is signed in"]
    assert as_ada.get("/tracker/api/v1/applications/7/").json() == shown["404: it is not there, or not yours"]
    assert (
        as_ada.post("/tracker/api/v1/applications/", {"company": 7, "job_title": ""}).json()
        == shown["400: a field is wrong"]
    )
    shown = offers.EXAMPLES
    missing = "/offers/api/v1/applications/7b1e8a52-3c4d-4e5f-8a6b-9c0d1e2f3a4b"
    assert anonymous.get("/offers/api/v1/applications").json() == shown["401: nobody is signed in"]
    assert as_ada.get(missing).json() == shown["404: it is not there, or not yours"]
    refused = as_ada.post("/offers/api/v1/applications", {"role_title": "Engineer"})
    assert refused.json() == shown["422: a field is wrong"]
