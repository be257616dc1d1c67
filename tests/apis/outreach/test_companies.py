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

    assert (said["name"], said["domain"]) == ("Acme GmbH", "acme.example")
    assert said["enrichment"] == {
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


def test_post_company_adds_one_and_a_second_of_its_name_is_a_conflict(as_cleo, cleo):
    body = {
        "name": "Acme GmbH",
        "domain": "Acme.example",
        "website": "acme.example/jobs",
        "industry": "Rockets",
        "size": "large",
    }

    answered = as_cleo.post(COMPANIES, body)

    assert answered.status_code == 201
    said = answered.json()
    assert (said["domain"], said["website"], said["size"]) == ("acme.example", "https://acme.example/jobs", "large")
    assert set(said["enrichment"]["origins"].values()) == {"person"}
    again = as_cleo.post(COMPANIES, {"name": "ACME", "domain": "acme.example"})
    assert (again.status_code, again.json()) == (409, {"detail": "There is a company of this name already."})
    assert as_cleo.post(COMPANIES, {"name": "Acme", "domain": "acme.test"}).status_code == 201


def test_patch_company_changes_it_and_says_that_a_person_wrote_it(as_cleo, cleo):
    acme, other = EmployerFactory(name="Acme", origins={"industry": "source"}), EmployerFactory(name="Other")

    answered = as_cleo.patch(f"{COMPANIES}/{acme.pk}", {"industry": "Rockets", "name": "Acme Rockets"})

    said = answered.json()
    assert (said["name"], said["industry"]) == ("Acme Rockets", "Rockets")
    assert said["enrichment"]["origins"]["industry"] == "person"
    assert [one["name"] for one in said["enrichment"]["known_as"]][-1] == "acme rockets"
    activity = as_cleo.get(f"{COMPANIES}/{acme.pk}/activity").json()["results"]
    assert [(line["type"], line["actor"]["id"]) for line in activity] == [("company_changed", cleo.pk)]
    assert as_cleo.patch(f"{COMPANIES}/{acme.pk}", {"name": "OTHER"}).status_code == 409
    assert as_cleo.patch(f"{COMPANIES}/7777", {"name": "Other"}).status_code == 404
    assert as_cleo.patch(f"{COMPANIES}/{other.pk}", said | {"id": 7, "name": "Other"}).status_code == 200


def test_refuses_what_a_company_cannot_be_by_the_name_of_the_field(as_cleo, cleo):
    for body, name in (
        ({}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"name": "Acme", "size": "gigantic"}, "size"),
        ({"name": "Acme", "website": "javascript:alert(1)"}, "website"),
        ({"name": "Acme", "domain": "not a domain"}, "domain"),
    ):
        answered = as_cleo.post(COMPANIES, body)
        assert (answered.status_code, answered.json()["detail"][0]["loc"]) == (422, ["body", name])
