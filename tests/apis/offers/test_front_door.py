"""The root of the offers API, its documents, and how it says no."""

import pytest

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
