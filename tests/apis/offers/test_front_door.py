"""The root of the offers API, its documents, and how it says no."""

import json

import pytest

from onward.config.errors import refuse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/offers/", "/offers"])
def test_the_root_greets(anonymous, path):
    answered = anonymous.get(path)

    assert (answered.status_code, answered.json()) == (200, {"message": "Welcome to OfferTracker API"})


def test_the_document_names_paths_as_they_were_asked_for(anonymous):
    paths = anonymous.get("/offers/openapi.json").json()["paths"]

    assert "/offers/" in paths


def test_the_docs_page_shows_the_document(anonymous):
    assert "/offers/openapi.json" in anonymous.get("/offers/docs").content.decode()


@pytest.mark.parametrize(
    ("content_type", "status", "sentence"),
    [
        ("multipart/form-data; boundary=x", 400, "File too large (max 10 MB)"),
        ("application/json", 413, "The request is too large"),
    ],
)
def test_a_body_that_is_too_large_to_be_read_is_refused_in_the_words_of_the_document(
    rf, content_type, status, sentence
):
    request = rf.post("/offers/api/v1/upload/resumes/1", b"x", content_type)
    request.api = "offers"

    answer = refuse(request, 413, "The request is too large.")

    assert (answer.status_code, json.loads(answer.content)) == (status, {"detail": sentence})
