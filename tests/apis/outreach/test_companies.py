"""Companies: the employers that the desk wins."""

import pytest

from tests.factories import EmployerFactory, LeadActivityFactory, LeadFactory, PostingFactory

pytestmark = pytest.mark.django_db

COMPANIES = "/outreach/companies"


def names(answered):
    assert answered.status_code == 200, answered.content
    return [row["name"] for row in answered.json()["results"]]


def test_get_companies_lists_them_by_name_with_how_many_internships_each_has(as_cleo, cleo, queries):
    acme = EmployerFactory(name="Acme", industry="Rockets", size="large", website="https://acme.example")
    EmployerFactory(name="Zenith")
    LeadFactory(posting=PostingFactory(employer=acme))
    PostingFactory(employer=acme)
    as_cleo.get(COMPANIES)

    with queries() as asked:
        said = as_cleo.get(COMPANIES).json()

    assert len(asked) == 2
    assert [(row["name"], row["internships"]) for row in said["results"]] == [("Acme", 1), ("Zenith", 0)]
    row = said["results"][0]
    assert (row["industry"], row["size"], row["website"]) == ("Rockets", "large", "https://acme.example")


def test_filters_companies_by_industry_and_size_and_searches_them(as_cleo, cleo):
    EmployerFactory(name="Åkerlund", industry="Énergie", size="large")
    EmployerFactory(name="100% Farm", industry="Farming", size="small", location="Łódź")

    assert names(as_cleo.get(COMPANIES, {"industry": "éNERGIE"})) == ["Åkerlund"]
    assert names(as_cleo.get(COMPANIES, {"size": "small"})) == ["100% Farm"]
    assert names(as_cleo.get(COMPANIES, {"search": "ÅKER"})) == ["Åkerlund"]
    assert names(as_cleo.get(COMPANIES, {"search": "0% łódź"})) == ["100% Farm"]
    assert names(as_cleo.get(COMPANIES, {"ordering": "-name"})) == ["Åkerlund", "100% Farm"]
    refused = as_cleo.get(COMPANIES, {"size": "gigantic"})
    assert (refused.status_code, refused.json()["detail"][0]["loc"]) == (422, ["query", "size"])


def test_get_company_shows_it_in_full_with_where_each_value_comes_from(as_cleo, cleo):
    acme = EmployerFactory(name="Acme GmbH", name_key="acme", domain="acme.example", origins={"industry": "page"})

    said = as_cleo.get(f"{COMPANIES}/{acme.pk}").json()

    assert said["name"] == "Acme GmbH"
    assert said["enrichment"] == {
        "domain": "acme.example",
        "origins": {"industry": "page"},
        "page_read_at": None,
        "known_as": [{"name": "acme", "domain": "acme.example"}],
    }


def test_get_company_activity_tells_of_it_and_of_its_internships(as_cleo, cleo):
    lead = LeadFactory()
    employer = lead.posting.employer
    LeadActivityFactory(lead=lead, action="remark_added")
    LeadActivityFactory(lead=None, employer=employer, actor=cleo, action="company_changed")
    LeadActivityFactory()

    said = as_cleo.get(f"{COMPANIES}/{employer.pk}/activity").json()

    assert [(line["type"], line["internship_id"]) for line in said["results"]] == [
        ("company_changed", None),
        ("remark_added", lead.pk),
    ]


def test_a_company_that_is_not_there_is_not_found(as_cleo, cleo):
    for path in ("7", "7/activity", "x"):
        assert as_cleo.get(f"{COMPANIES}/{path}").status_code == 404
