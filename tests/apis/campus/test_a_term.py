"""A student's term, as far as the boards go: from registering to an internship that was withdrawn from, in all APIs."""

import pytest

from onward.domain.applications.models import Application, StatusChange
from tests.client import Api
from tests.conftest import client
from tests.factories import PASSWORD, RoleFactory

pytestmark = pytest.mark.django_db


def test_an_internship_is_applied_for_moved_elsewhere_and_withdrawn_from(anonymous, cleo):
    RoleFactory(user=cleo)
    as_cleo = client(cleo)
    eve = {"username": "eve", "email": "eve@example.org", "password": PASSWORD}

    # The team wins an internship and publishes it.
    lead = as_cleo.post("/outreach/internships", {"title": "Data intern", "company": "Northwind"}).json()["id"]
    as_cleo.post(f"/outreach/internships/{lead}/convert", {"description": "Learn with us.", "deadline": "2199-01-01"})

    # A student registers, says what she studies, and finds it.
    signed_in = anonymous.post("/campus/api/auth/register/", eve).json()
    as_eve, eve_id = Api(access=signed_in["access"]), signed_in["user"]["id"]
    as_eve.patch(f"/campus/api/users/{eve_id}/profile/", {"graduation_year": 2027, "programme": "Statistics"})
    (found,) = as_eve.get("/campus/api/internships/", {"search": "northwind data"}).json()["results"]
    assert (found["eligible"], found["applied"]) == (True, False)

    # Who asks for another year is told so, and cannot have her.
    asked = {"title": "Data intern", "company": "Northwind", "eligibility": {"graduation_years": [2026]}}
    as_cleo.put(f"/campus/api/internships/{found['id']}/", asked)
    mine = f"/campus/api/users/{eve_id}/internships/"
    assert as_eve.post(mine, {"internship_id": found["id"]}).status_code == 409
    as_cleo.put(f"/campus/api/internships/{found['id']}/", {**asked, "eligibility": {"graduation_years": [2026, 2027]}})

    # She applies, and it is on her board everywhere.
    applied = as_eve.post(mine, {"internship_id": found["id"], "cover_letter": "Dear team"}).json()
    application = applied["application_id"]
    tracked = as_eve.get(f"/tracker/api/v1/applications/{application}/").json()
    assert (tracked["status"], tracked["company_name"]) == ("applied", "Northwind")
    (offered,) = as_eve.get("/offers/api/v1/applications").json()
    assert (offered["company_name"], offered["status"]) == ("Northwind", "Applied")
    (there,) = as_eve.get("/copilot/api/v1/applications").json()["items"]
    assert there["status"] == "applied"

    # She is asked for an interview, which she writes down in the tracker.
    as_eve.patch(f"/tracker/api/v1/applications/{application}/status/", {"status": "interviewing"})
    assert as_eve.get(f"{mine}{found['id']}/").json()["status"] == "interviewing"
    (offered,) = as_eve.get("/offers/api/v1/applications").json()
    assert offered["status"] == "Interviewing"
    (applicant,) = as_cleo.get(f"/campus/api/internships/{found['id']}/applicants/").json()["results"]
    assert (applicant["name"], applicant["status"]) == ("eve", "interviewing")
    assert as_cleo.get(f"/outreach/internships/{lead}").json()["applications"] == 1

    # She has another offer, and withdraws; the history is one.
    assert as_eve.delete(f"{mine}{found['id']}/").status_code == 204
    assert as_eve.get(mine).json()["count"] == 0
    assert as_eve.get(f"/tracker/api/v1/applications/{application}/").json()["status"] == "withdrawn"
    moves = StatusChange.objects.order_by("pk").values_list("after", flat=True)
    assert list(moves) == ["applied", "interviewing", "withdrawn"]
    assert Application.objects.count() == 1
