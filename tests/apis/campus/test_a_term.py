"""A student's term: a course with its certificate, a question in the forum, an internship applied for and withdrawn from.

What she does on campus is in all the other APIs, and what she does there is on campus.
"""

import pytest

from onward.domain.applications.models import Application, StatusChange
from tests.client import Api
from tests.conftest import client
from tests.factories import PASSWORD, RoleFactory

pytestmark = pytest.mark.django_db


EVE = {"username": "eve", "email": "eve@example.org", "password": PASSWORD}


def begun(anonymous):
    """Return the client of a student who has just registered, and her id."""
    signed_in = anonymous.post("/campus/api/auth/register/", EVE).json()
    return Api(access=signed_in["access"]), signed_in["user"]["id"]


def test_a_course_is_taught_asked_about_in_the_forum_and_completed(anonymous, as_ben, ben, root):
    RoleFactory(user=ben, area="campus", role="instructor")
    forum = client(root).post("/campus/api/forums/", {"title": "Statistics"}).json()["id"]

    # A teacher makes a course of two lessons, and publishes it when they are written.
    course = as_ben.post("/campus/api/courses/", {"title": "Means and ends", "status": "draft"}).json()
    path = f"/campus/api/courses/{course['id']}/"
    for title in ("The mean", "The median"):
        as_ben.post(f"{path}lessons/", {"title": title, "content": f"What *{title.lower()}* says"})
    asks = {"title": "One number?", "course_id": course["id"], "required": True}
    quiz = as_ben.post("/campus/api/quizzes/", asks).json()["id"]
    asked = {"content": "The middle one is the…", "options": ["mean", "median"], "correct_answer": "median"}
    question = as_ben.post(f"/campus/api/quizzes/{quiz}/questions/", asked).json()["id"]
    as_eve, eve_id = begun(anonymous)
    assert as_eve.get("/campus/api/courses/").json()["count"] == 0
    as_ben.put(path, {**course, "status": "published"})

    # A student finds it, takes part, and learns the first lesson.
    (found,) = as_eve.get("/campus/api/courses/", {"search": "means"}).json()["results"]
    assert (found["lesson_count"], found["enrolled"]) == (2, False)
    assert as_eve.post(f"{path}enroll/").status_code == 201
    first, second = as_eve.get(f"{path}lessons/").json()["results"]
    as_eve.post(f"{path}lessons/{first['id']}/done/")

    # She asks in the forum, and is answered.
    threads = f"/campus/api/forums/{forum}/threads/"
    asked = as_eve.post(threads, {"title": "Why two?", "content": f"Is one not enough, @{ben.username}?"}).json()
    (notice,) = as_ben.get("/copilot/api/v1/notifications").json()["notifications"]
    assert notice["data"]["entry_id"] == asked["id"]
    as_ben.post(f"{threads}{asked['id']}/posts/", {"content": "Not where one number is *very* large."})
    assert as_eve.get(f"{threads}{asked['id']}/").json()["unread_count"] == 1

    # Too early, she is told what is missing; then it is hers.
    refused = as_eve.post(f"{path}completion/")
    assert (refused.status_code, refused.json()["error"]["fields"]) == (
        409,
        {"lessons": ["The median"], "quizzes": ["One number?"]},
    )
    as_eve.post(f"{path}lessons/{second['id']}/done/")
    for answer, passed in (("mean", False), ("median", True)):
        attempt = as_eve.post(f"/campus/api/quizzes/{quiz}/attempt/", {"answers": {str(question): answer}}).json()
        assert attempt["passed"] is passed
    completed = as_eve.post(f"{path}completion/").json()
    (student,) = as_ben.get(f"{path}students/").json()["results"]
    assert (student["user"]["username"], student["progress"]) == ("eve", 100)
    (listed,) = as_eve.get(f"/campus/api/users/{eve_id}/completed-courses/").json()["results"]
    assert listed == completed

    # Anybody whom she shows the certificate can confirm it, whatever becomes of the course.
    certificate = as_eve.get(f"/campus/api/users/{eve_id}/courses/{course['id']}/certificate/")
    assert certificate.content.startswith(b"%PDF-")
    page = certificate["Link"].partition(">")[0].removeprefix("<http://testserver")
    as_ben.delete(path)
    shown = anonymous.get(page).content.decode()
    assert "eve" in shown
    assert "Means and ends" in shown


def test_an_internship_is_applied_for_moved_elsewhere_and_withdrawn_from(anonymous, cleo):
    RoleFactory(user=cleo)
    as_cleo = client(cleo)

    # The team wins an internship and publishes it.
    lead = as_cleo.post("/outreach/internships", {"title": "Data intern", "company": "Northwind"}).json()["id"]
    as_cleo.post(f"/outreach/internships/{lead}/convert", {"description": "Learn with us.", "deadline": "2199-01-01"})

    # A student registers, says what she studies, and finds it.
    as_eve, eve_id = begun(anonymous)
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
