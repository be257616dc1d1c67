"""A search finds a name however its letters are written, in every API and on every database."""

import json

import pytest

from tests.factories import ApplicationFactory, CompanyFactory, UserFactory

FOUND = [
    ("Müller & Söhne", "muller sohne"),
    ("Muller", "MÜLLER"),
    ("Straßenbau", "STRASSE"),
    ("Strassenbau", "straße"),
    ("Cafe\u0301 Ole\u0301", "café"),
    ("Café", "cafe\u0301"),
    ("ＡＣＭＥ", "acme"),
    ("ﬁrst", "FIRST"),
    ("İstanbul", "istanbul"),
    ("ΟΔΟΣ", "οδος"),
    ("Ångström", "angstrom"),
    ("Łódź", "łodz"),
    ("株式会社", "株式"),
]


@pytest.mark.parametrize(("name", "words"), FOUND)
def test_a_search_finds_a_name_however_its_letters_are_written(ada, as_ada, name, words):
    company = CompanyFactory(owner=ada, name=name)
    ApplicationFactory(owner=ada, company=company)
    ApplicationFactory(owner=ada)

    companies = as_ada.get("/tracker/api/v1/companies/", {"search": words}).json()["results"]
    applications = as_ada.get("/tracker/api/v1/applications/", {"search": words}).json()["results"]

    assert [row["name"] for row in companies] == [name]
    assert [row["company_name"] for row in applications] == [name]


@pytest.mark.parametrize(("name", "words"), FOUND)
def test_people_are_found_so_too(as_ada, name, words):
    person = UserFactory(display_name=name, profile_visibility="public")
    UserFactory(profile_visibility="public")

    found = as_ada.get("/offers/api/v1/users/search", {"q": words.split()[0]}).json()

    assert str(person.uid) in json.dumps(found)


@pytest.mark.parametrize("words", ["zurich", "%", "_", "x' OR 1=1"])
def test_what_is_not_there_is_not_found(ada, as_ada, words):
    CompanyFactory(owner=ada, name="Müller")

    assert as_ada.get("/tracker/api/v1/companies/", {"search": words}).json()["count"] == 0
