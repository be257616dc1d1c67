"""Applications and their board as the copilot document promises them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application, Document, Note, SavedJob, StatusChange
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    DocumentFactory,
    InterviewFactory,
    NoteFactory,
    SavedJobFactory,
)

pytestmark = pytest.mark.django_db

JOBS = "/copilot/api/v1/jobs"
APPLICATIONS = "/copilot/api/v1/applications"
BULK = "/copilot/api/v1/bulk_operations/applications/status"
WHOLE = {
    "company": "Acme",
    "title": "Engineer",
    "status": "interview",
    "applied_date": "2026-01-05",
    "response_date": "2026-01-09",
    "interview_date": "2026-01-20T09:30:00Z",
    "offer_date": "2026-02-01",
    "notes": "They bake",
    "interview_feedback": {"questions": ["Why bread?"], "skill_areas": ["Ovens"], "notes": "Went well"},
    "follow_up_date": "2026-02-05",
    "attachments": [{"name": "CV", "url": "https://files.example/cv.pdf"}, {"name": "Letter", "url": None}],
}


def wrong(answered):
    assert answered.status_code == 422, answered.content
    return [problem["loc"][1] for problem in answered.json()["detail"]]


def add(client, **said):
    answered = client.post(APPLICATIONS, {"company": "Acme", "title": "Engineer", **said})
    assert answered.status_code == 201, answered.content
    return answered.json()


def change(client, application, **said):
    answered = client.patch(f"{APPLICATIONS}/{application['id']}", said)
    assert answered.status_code == 200, answered.content
    return answered.json()


def test_of_an_application_for_a_company_and_a_title_nobody_says_where_it_was_found(as_ada):
    made = as_ada.post(APPLICATIONS, {"company": "Acme", "title": "Baker"}).json()

    assert as_ada.get(f"/tracker/api/v1/applications/{made['id']}/").json()["source"] == "other"


def test_what_is_said_of_an_application_is_what_is_read(as_ada, ada):
    made = add(as_ada, **WHOLE)

    assert {name: made[name] for name in WHOLE} == WHOLE
    assert (made["user_id"], made["job_id"]) == (ada.pk, None)
    assert as_ada.get(APPLICATIONS).json()["items"] == [made]


def test_an_application_is_a_wish_unless_it_says_otherwise(as_ada):
    made = add(as_ada)

    assert (made["status"], made["applied_date"], made["attachments"]) == ("interested", None, [])
    assert add(as_ada, status="applied")["applied_date"] == datetime.now(UTC).date().isoformat()
    assert wrong(as_ada.post(APPLICATIONS, {})) == ["company", "title"]
    assert wrong(as_ada.post(APPLICATIONS, {"company": "Acme", "title": "Cook", "status": None})) == ["status"]


def test_an_application_for_a_job_knows_what_the_job_knows(as_ada, ada):
    job = SavedJobFactory(owner=ada, company_name="Acme", job_title="Cook", notes="Bread", description="Long")

    made = as_ada.post(APPLICATIONS, {"job_id": job.pk, "status": "applied"}).json()

    assert (made["company"], made["title"], made["notes"], made["job_id"]) == ("Acme", "Cook", "Bread", job.pk)
    assert Application.objects.get().job_description == "Long"
    again = as_ada.post(APPLICATIONS, {"job_id": job.pk})
    assert (again.status_code, again.json()) == (400, {"detail": "There is an application for this job already."})


def test_what_a_jobs_status_has_made_is_adopted_once(as_ada, ada):
    job = SavedJobFactory(owner=ada, company_name="Acme", job_title="Cook")
    as_ada.patch(f"{JOBS}/{job.pk}", {"status": "applied"})
    (application,) = as_ada.get(APPLICATIONS).json()["items"]

    adopted = as_ada.post(APPLICATIONS, {"job_id": job.pk, "notes": "Sent by mail"})

    assert adopted.status_code == 201
    assert adopted.json() | {"updated_at": None} == application | {"notes": "Sent by mail", "updated_at": None}
    assert as_ada.post(APPLICATIONS, {"job_id": job.pk}).status_code == 400
    assert Application.objects.count() == 1


@pytest.mark.parametrize("time", range(4))
def test_of_thirty_who_adopt_at_once_one_does(time, together, as_ada, ada):
    job = SavedJobFactory(owner=ada)
    as_ada.patch(f"{JOBS}/{job.pk}", {"status": "applied"})

    answers = together(30, lambda number: as_ada.post(APPLICATIONS, {"job_id": job.pk}))

    assert sorted(answered.status_code for answered in answers) == [201, *[400] * 29]
    assert Application.objects.count() == 1


def test_of_thirty_who_move_a_job_and_apply_for_it_one_makes_the_application(together, as_ada, ada):
    job = SavedJobFactory(owner=ada)
    acts = [
        lambda: as_ada.patch(f"{JOBS}/{job.pk}", {"status": "applied"}),
        lambda: as_ada.post(APPLICATIONS, {"job_id": job.pk, "status": "applied"}),
    ]

    answers = together(30, lambda number: acts[number % 2]())

    assert {answered.status_code for answered in answers[::2]} == {200}
    assert sorted(answered.status_code for answered in answers[1::2]) == [201, *[400] * 14]
    assert Application.objects.count() == 1
    assert StatusChange.objects.count() == 1


def test_a_job_moves_while_its_application_goes(together, as_ada, ada):
    for number in range(4):
        application = ApplicationFactory(owner=ada, company=CompanyFactory(owner=ada, name=f"Firm {number}"))
        job = SavedJobFactory(owner=ada, company_name="Acme", application=application, status="converted")
        acts = [
            lambda pk=application.pk: as_ada.delete(f"{APPLICATIONS}/{pk}"),
            lambda pk=job.pk: as_ada.patch(f"{JOBS}/{pk}", {"status": "offer"}),
            lambda pk=application.company_id: as_ada.delete(f"/tracker/api/v1/companies/{pk}/"),
            lambda pk=job.pk: as_ada.patch(f"{JOBS}/{pk}", {"title": "Cook"}),
        ]

        answers = together(8, lambda number, acts=acts: acts[number % 4]())

        assert not [answered for answered in answers if isinstance(answered, Exception)]
        assert {answered.status_code for answered in answers} <= {200, 204, 400, 404, 409}


@pytest.mark.parametrize("size", [1, 20])
def test_the_board_is_two_statements_beside_the_token(size, as_ada, ada, queries):
    for application in ApplicationFactory.create_batch(size, owner=ada):
        DocumentFactory(application=application)
        InterviewFactory(owner=ada, application=application)
    ApplicationFactory()
    as_ada.get(APPLICATIONS)

    with queries() as asked:
        board = as_ada.get(APPLICATIONS, {"limit": 20}).json()

    assert len(asked) == 3
    assert (len(board["items"]), board["total"], board["skip"], board["limit"]) == (size, size, 0, 20)


def test_the_board_counts_all_whatever_the_list_shows(as_ada, ada):
    for status in Status.values:
        ApplicationFactory(owner=ada, status=status)

    board = as_ada.get(APPLICATIONS, {"status": "applied", "limit": 1}).json()

    assert (len(board["items"]), board["total"]) == (1, 2)
    assert [(column["status"], column["count"]) for column in board["kanban"]["columns"]] == [
        ("interested", 1),
        ("applied", 2),
        ("interview", 2),
        ("offer", 1),
        ("accepted", 1),
        ("rejected", 1),
        ("declined", 1),
    ]
    assert all(column["label"] and column["color"].startswith("#") for column in board["kanban"]["columns"])


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, "c b a"),
        ({"sort_order": "asc"}, "a b c"),
        ({"sort_by": "status"}, "a c b"),
        ({"sort_by": "status", "sort_order": "asc"}, "b c a"),
        ({"sort_by": "applied_date", "sort_order": "desc"}, "a b c"),
        ({"sort_by": "updated_at", "sort_order": "asc", "skip": 1, "limit": 1}, "b"),
    ],
)
def test_a_list_is_ordered_as_asked(asked, titles, as_ada, ada):
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    for number, (title, status, applied) in enumerate(
        [("a", "withdrawn", date(2026, 1, 5)), ("b", "wishlist", date(2026, 1, 4)), ("c", "screening", None)]
    ):
        moment = at + timedelta(hours=number)
        ApplicationFactory(
            owner=ada, job_title=title, status=status, applied_date=applied, created_at=moment, updated_at=moment
        )

    items = as_ada.get(APPLICATIONS, asked).json()["items"]

    assert " ".join(item["title"] for item in items) == titles


@pytest.mark.parametrize(
    "asked", [{"limit": 1001}, {"limit": 0}, {"skip": -1}, {"sort_by": "notes"}, {"sort_order": "up"}, {"status": "x"}]
)
def test_a_list_that_makes_no_sense_is_refused_by_the_name_of_its_part(asked, as_ada):
    assert wrong(as_ada.get(APPLICATIONS, asked)) == list(asked)


def test_dates_that_nobody_wrote_down_are_those_of_what_happened(as_ada, ada):
    ada.timezone = "Asia/Kolkata"
    ada.save()
    application = ApplicationFactory(owner=ada, status="offer")
    for day in (20, 12):
        InterviewFactory(owner=ada, application=application, scheduled_at=datetime(2026, 1, day, 9, tzinfo=UTC))
    # Past midnight in India.
    moved = datetime(2026, 1, 25, 20, tzinfo=UTC)
    StatusChange.objects.create(application=application, before="applied", after="offer", changed_at=moved)

    (shown,) = as_ada.get(APPLICATIONS).json()["items"]
    assert (shown["interview_date"], shown["offer_date"]) == ("2026-01-12T09:00:00Z", "2026-01-26")
    assert change(as_ada, shown, **shown)["updated_at"] == shown["updated_at"]

    written = change(as_ada, shown, interview_date="2026-01-11T09:00:00Z", offer_date="2026-01-24")
    assert (written["interview_date"], written["offer_date"]) == ("2026-01-11T09:00:00Z", "2026-01-24")
    assert written["status"] == "offer"
    assert application.interviews.count() == 2
    cleared = change(as_ada, shown, interview_date=None, offer_date=None)
    assert (cleared["interview_date"], cleared["offer_date"]) == ("2026-01-12T09:00:00Z", "2026-01-26")


def test_an_hour_without_a_zone_is_meant_on_ones_own_clock(as_ada, ada):
    ada.timezone = "Asia/Kolkata"
    ada.save()

    assert add(as_ada, interview_date="2026-01-20T09:30:00")["interview_date"] == "2026-01-20T04:00:00Z"
    assert add(as_ada, interview_date="2026-01-20T09:30:00+01:00")["interview_date"] == "2026-01-20T08:30:00Z"


def test_an_answer_from_before_the_application_is_refused_by_its_name(as_ada):
    made = add(as_ada, applied_date="2026-01-05")

    assert wrong(as_ada.patch(f"{APPLICATIONS}/{made['id']}", {"response_date": "2026-01-04", "title": "Cook"})) == [
        "response_date"
    ]
    assert wrong(
        as_ada.post(
            APPLICATIONS, {"company": "A", "title": "B", "applied_date": "2026-01-05", "response_date": "2026-01-04"}
        )
    ) == ["response_date"]
    assert as_ada.get(APPLICATIONS).json()["items"] == [made]


def test_a_move_adds_its_notes_to_those_that_are_there(as_ada):
    made = add(as_ada, notes="They bake")
    path = f"{APPLICATIONS}/{made['id']}/status"

    moved = as_ada.post(path, {"status": "interview", "notes": "They called"})

    assert moved.status_code == 200, moved.content
    assert (moved.json()["status"], moved.json()["notes"]) == ("interview", "They bake\n\nThey called")
    assert as_ada.post(path, {"status": "offer"}).json()["notes"] == "They bake\n\nThey called"
    assert Note.objects.count() == 1
    assert wrong(as_ada.post(path, {"status": "nonsense"})) == ["status"]
    assert wrong(as_ada.post(path, {})) == ["status"]


@pytest.mark.parametrize(("status", "word"), [("screening", "interview"), ("ghosted", "applied")])
def test_a_move_to_where_it_stands_changes_nothing(status, word, as_ada, ada):
    application = ApplicationFactory(owner=ada, status=status)

    as_ada.post(f"{APPLICATIONS}/{application.pk}/status", {"status": word})
    as_ada.post(BULK, {"ids": [application.pk], "status": word})

    application.refresh_from_db()
    assert application.status == status
    assert not application.status_changes.exists()


def test_attachments_are_documents_and_keep_what_else_is_known_of_them(as_ada, ada):
    application = ApplicationFactory(owner=ada)
    kept = DocumentFactory(application=application, name="CV", file_url="https://f.example/cv", notes="The short one")
    DocumentFactory(application=application, name="Old", file_url="")
    url = f"{APPLICATIONS}/{application.pk}"

    shown = as_ada.patch(
        url, {"attachments": [{"name": "CV", "url": "https://f.example/cv"}, {"name": "Letter"}]}
    ).json()["attachments"]

    assert shown == [{"name": "CV", "url": "https://f.example/cv"}, {"name": "Letter", "url": None}]
    assert Document.objects.get(pk=kept.pk).notes == "The short one"
    assert as_ada.patch(url, {"attachments": None}).json()["attachments"] == []
    assert wrong(as_ada.patch(url, {"attachments": [{"name": "x", "url": "javascript:alert(1)"}]})) == ["attachments"]


def test_questions_of_the_feedback_are_in_the_question_bank(as_ada):
    made = add(as_ada, interview_feedback={"questions": ["Why bread?"]})

    assert made["interview_feedback"] == {"questions": ["Why bread?"], "skill_areas": [], "notes": ""}
    bank = as_ada.get("/offers/api/v1/analytics/questions").json()
    assert bank == {
        "questions": [{"question": "Why bread?", "stage_type": "Interview", "company": "Acme", "role": "Engineer"}],
        "total": 1,
    }
    assert change(as_ada, made, interview_feedback=None)["interview_feedback"] is None
    assert as_ada.get("/offers/api/v1/analytics/questions").json()["total"] == 0


def test_many_are_moved_each_by_itself(as_ada, ada):
    one, other = ApplicationFactory.create_batch(2, owner=ada, status="applied")
    strange = ApplicationFactory()

    done = as_ada.post(BULK, {"ids": [one.pk, strange.pk, other.pk], "status": "rejected"})

    assert done.status_code == 200
    assert done.json() == {
        "total": 3,
        "successful": 2,
        "failed": 1,
        "updated_ids": [one.pk, other.pk],
        "errors": [{"index": 1, "id": strange.pk, "error": "Application not found"}],
    }
    assert set(Application.objects.filter(owner=ada).values_list("status", flat=True)) == {"rejected"}
    assert StatusChange.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"ids": [], "status": "offer"}, "ids"),
        ({"ids": ["x"], "status": "offer"}, "ids"),
        ({"ids": list(range(1001)), "status": "offer"}, "ids"),
        ({"ids": [1], "status": "nonsense"}, "status"),
    ],
)
def test_a_move_of_many_that_makes_no_sense_is_refused(said, field, as_ada):
    assert wrong(as_ada.post(BULK, said)) == [field]


def test_the_main_note_is_the_one_that_the_offers_document_knows(as_ada, ada):
    application = ApplicationFactory(owner=ada)
    NoteFactory(application=application, content="Another", is_main=False)
    change(as_ada, {"id": application.pk}, notes="They bake")

    assert as_ada.get(f"/offers/api/v1/applications/{application.uid}").json()["notes"] == "They bake"
    assert len(as_ada.get(f"/tracker/api/v1/applications/{application.pk}/").json()["notes"]) == 2
    assert change(as_ada, {"id": application.pk}, notes=None)["notes"] is None


def test_what_is_another_persons_is_not_there(as_ben, ada):
    application = ApplicationFactory(owner=ada, status="applied")
    path = f"{APPLICATIONS}/{application.pk}"

    for answered in (
        as_ben.patch(path, {"title": "x"}),
        as_ben.delete(path),
        as_ben.post(f"{path}/status", {"status": "offer"}),
    ):
        assert (answered.status_code, answered.json()) == (404, {"detail": "Application not found"})
    application.refresh_from_db()
    assert application.status == "applied"


def test_one_job_through_three_apis(as_ada):
    """A job that is tracked here is saved there, and its application is on every board at once, in its words."""
    job = as_ada.post(JOBS, {"company": "Acme", "title": "Baker", "remote_option": "onsite"}).json()
    (saved,) = as_ada.get("/offers/api/v1/saved-jobs/").json()
    assert (saved["company_name"], saved["role_title"], saved["status"]) == ("Acme", "Baker", "Active")

    as_ada.patch(f"{JOBS}/{job['id']}", {"status": "applied"})

    (tracked,) = as_ada.get("/tracker/api/v1/applications/").json()["results"]
    (offered,) = as_ada.get("/offers/api/v1/applications/").json()
    (mine,) = as_ada.get(APPLICATIONS).json()["items"]
    assert (tracked["status"], offered["status"], mine["status"]) == ("applied", "Applied", "applied")
    assert tracked["applied_date"] == offered["applied_date"] == mine["applied_date"]
    assert tracked["work_type"] == "onsite"

    as_ada.patch(f"/tracker/api/v1/applications/{tracked['id']}/status/", {"status": "screening"})
    assert as_ada.get(f"{JOBS}/{job['id']}").json()["status"] == "interviewing"
    assert as_ada.get(APPLICATIONS).json()["items"][0]["status"] == "interview"

    as_ada.put(f"/offers/api/v1/applications/{offered['id']}", {"status": "Offer"})
    shown = as_ada.get(APPLICATIONS).json()["items"][0]
    assert (shown["status"], shown["offer_date"]) == ("offer", datetime.now(UTC).date().isoformat())
    assert as_ada.get(f"{JOBS}/{job['id']}").json()["status"] == "offer"

    as_ada.post(f"{APPLICATIONS}/{mine['id']}/status", {"status": "declined", "notes": "Too far"})
    assert as_ada.get(f"/tracker/api/v1/applications/{tracked['id']}/").json()["status"] == "withdrawn"
    assert as_ada.get(f"/offers/api/v1/applications/{offered['id']}").json()["notes"] == "Too far"
    assert as_ada.get(f"{JOBS}/{job['id']}").json()["status"] == "rejected"

    as_ada.delete(f"/tracker/api/v1/applications/{tracked['id']}/")
    assert as_ada.get(f"{JOBS}/{job['id']}").json()["status"] == "not_applied"
    assert SavedJob.objects.get().application_id is None


def test_an_id_that_cannot_be_holds_up_no_other(as_ada, ada):
    mine = ApplicationFactory(owner=ada, status="wishlist").pk
    ids = [2**63, mine, -(2**64), 10**30]

    said = as_ada.post("/copilot/api/v1/bulk_operations/applications/status", {"ids": ids, "status": "applied"}).json()

    assert (said["updated_ids"], said["failed"]) == ([mine], 3)
    assert {(one["id"], one["error"]) for one in said["errors"]} == {
        (pk, "Application not found") for pk in ids if pk != mine
    }


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("bulk_operations/applications/status", {"ids": ["1"], "status": "applied"}),
        ("applications", {"job_id": "1", "company": "Acme", "title": "Cook"}),
        ("jobs", {"company": "Acme", "title": "Cook", "salary_min": "50000"}),
        ("jobs", {"company": "Acme", "title": "Cook", "posting_id": "1"}),
        ("notifications/mark-read", {"notification_ids": ["1"]}),
        ("content/generate", {"job_id": "1", "content_type": "cover_letter"}),
        ("enhanced-recommendations/run", {"limit": "5"}),
    ],
)
def test_a_text_that_spells_a_number_is_none(as_ada, path, body):
    answered = as_ada.post(f"/copilot/api/v1/{path}", body)

    (problem,) = answered.json()["detail"]
    assert (answered.status_code, problem["loc"][1] in body, problem["type"]) == (422, True, "int_type")
