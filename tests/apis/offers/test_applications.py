"""Applications, as the offers document promises them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from onward.domain.applications.models import Application, Note, StatusChange
from onward.domain.companies.models import Company
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    InterviewFactory,
    NoteFactory,
    ResumeFactory,
)

pytestmark = pytest.mark.django_db

PATH = "/offers/api/v1/applications/"
WHOLE = {
    "company_name": "Acme",
    "role_title": "Engineer",
    "url": "https://acme.example/jobs/1",
    "description": "Build things",
    "location": "Berlin",
    "job_type": "Full-time",
    "work_mode": "Hybrid",
    "salary_min": 50_000,
    "salary_max": 60_000,
    "salary_currency": "EUR",
    "applied_source": "Job Board",
    "applied_date": "2026-03-02",
    "follow_up_date": "2026-03-09",
    "priority": "High",
    "notes": "Ask for Cleo",
    "status": "Interviewing",
}


def made(client, **fields):
    answered = client.post(PATH, {"company_name": "Acme", "role_title": "Engineer", **fields})
    assert answered.status_code == 201, answered.content
    return answered.json()


def today():
    return timezone.now().date().isoformat()


def test_creates_with_two_words_and_sensible_defaults(as_ada, ada):
    created = made(as_ada)

    assert created == {
        "id": str(Application.objects.get().uid),
        "user_id": str(ada.uid),
        "company_name": "Acme",
        "role_title": "Engineer",
        "salary_currency": "USD",
        "status": "Saved",
        "stages": [],
        "outcome": None,
        "reflection": None,
        "created_at": created["created_at"],
        "updated_at": created["updated_at"],
        **dict.fromkeys(
            "url description location job_type work_mode salary_min salary_max applied_source applied_date "
            "follow_up_date priority notes resume_version_id".split()
        ),
    }


def test_keeps_every_field(as_ada):
    created = made(as_ada, **WHOLE)

    assert {name: created[name] for name in WHOLE} == WHOLE
    assert as_ada.get(f"{PATH}{created['id']}").json() == created


def test_takes_empty_texts_for_nothing(as_ada):
    created = made(as_ada, **dict.fromkeys(["url", "applied_date", "follow_up_date", "job_type", "priority"], ""))

    assert [created[name] for name in ("url", "applied_date", "follow_up_date", "job_type", "priority")] == [None] * 5


@pytest.mark.parametrize("sent", [{}, {"applied_date": None}, {"applied_date": ""}])
def test_dates_an_application_that_comes_as_applied_today(as_ada, sent):
    assert made(as_ada, status="Applied", **sent)["applied_date"] == today()


def test_leaves_a_date_that_the_client_sent(as_ada):
    assert made(as_ada, status="Applied", applied_date="2026-01-05")["applied_date"] == "2026-01-05"


@pytest.mark.parametrize("status", ["Saved", "Interviewing", "Offer", "Rejected"])
def test_dates_nothing_else(as_ada, status):
    assert made(as_ada, status=status)["applied_date"] is None


@pytest.mark.parametrize("sent", [{}, {"applied_date": None}, {"applied_date": ""}])
def test_dates_a_saved_one_when_it_is_applied_for(as_ada, sent):
    saved = made(as_ada)

    moved = as_ada.put(PATH + saved["id"], {"status": "Applied", **sent}).json()

    assert (moved["status"], moved["applied_date"]) == ("Applied", today())


def test_finds_the_company_by_its_name_whatever_its_case(as_ada, ada):
    acme = CompanyFactory(owner=ada, name="ACME")

    made(as_ada, company_name=" acme ")

    assert list(Application.objects.values_list("company_id", flat=True)) == [acme.pk]


def test_a_company_that_is_renamed_elsewhere_is_renamed_here(as_ada):
    created = made(as_ada)

    as_ada.patch(f"/tracker/api/v1/companies/{Company.objects.get().pk}/", {"name": "Apex"})

    assert as_ada.get(PATH + created["id"]).json()["company_name"] == "Apex"


def test_another_company_name_moves_the_application_there(as_ada):
    first, second = made(as_ada), made(as_ada)

    changed = as_ada.put(PATH + second["id"], {"company_name": "Apex"}).json()

    assert changed["company_name"] == "Apex"
    assert as_ada.get(PATH + first["id"]).json()["company_name"] == "Acme"


def test_another_spelling_of_the_company_corrects_it(as_ada):
    created = made(as_ada, company_name="acme")

    assert as_ada.put(PATH + created["id"], {"company_name": "ACME"}).json()["company_name"] == "ACME"
    assert Company.objects.get().name == "ACME"


def test_thirty_applications_at_once_make_one_company(as_ada, together):
    answers = together(12, lambda number: as_ada.post(PATH, {"company_name": "Acme", "role_title": str(number)}))

    assert [answered.status_code for answered in answers] == [201] * 12
    assert Company.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"company_name": ""}, "company_name"),
        ({"company_name": "x" * 256}, "company_name"),
        ({"role_title": None}, "role_title"),
        ({"role_title": "x" * 256}, "role_title"),
        ({"url": "x" * 501}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"location": "x" * 256}, "location"),
        ({"job_type": "Full time"}, "job_type"),
        ({"work_mode": "remote"}, "work_mode"),
        ({"salary_min": -1}, "salary_min"),
        ({"salary_min": "much"}, "salary_min"),
        ({"salary_max": 2**31}, "salary_max"),
        ({"salary_min": 2, "salary_max": 1}, "salary_min"),
        ({"salary_currency": "EURO"}, "salary_currency"),
        ({"applied_source": "linkedin"}, "applied_source"),
        ({"applied_date": "02.03.2026"}, "applied_date"),
        ({"follow_up_date": "2026-02-30"}, "follow_up_date"),
        ({"priority": "Urgent"}, "priority"),
        ({"status": "Ghosted"}, "status"),
        ({"notes": "a\x00b"}, "notes"),
    ],
)
def test_names_the_field_that_does_not_validate(as_ada, sent, field):
    created = made(as_ada)

    for answered in (
        as_ada.post(PATH, {"company_name": "Acme", "role_title": "Engineer", **sent}),
        *([as_ada.put(PATH + created["id"], sent)] if sent.get(field) is not None else []),
    ):
        (problem,) = answered.json()["detail"]
        assert (answered.status_code, problem["loc"]) == (422, ["body", field])
        assert problem["msg"]
        assert problem["type"]
    assert as_ada.get(PATH).json() == [created]


@pytest.mark.parametrize("body", ["{", "[]", '"x"', "{'a': 1}"])
def test_says_where_a_body_cannot_be_read(as_ada, body):
    created = made(as_ada)

    for answered in (as_ada.post(PATH, body), as_ada.put(PATH + created["id"], body)):
        assert (answered.status_code, answered.json()["detail"][0]["loc"][0]) == (422, "body")


def test_both_names_must_be_given(as_ada):
    places = [problem["loc"] for problem in as_ada.post(PATH, {}).json()["detail"]]

    assert places == [["body", "company_name"], ["body", "role_title"]]


def test_names_a_resume_that_is_there(as_ada, ada):
    resume = ResumeFactory(owner=ada)

    assert made(as_ada, resume_version_id=str(resume.uid))["resume_version_id"] == str(resume.uid)


def test_refuses_a_resume_that_is_not_there_or_anothers(as_ada, ben):
    created = made(as_ada)

    for uid in (uuid4(), ResumeFactory(owner=ben).uid, "7"):
        sent = {"company_name": "Acme", "role_title": "Engineer", "resume_version_id": str(uid)}
        for answered in (as_ada.post(PATH, sent), as_ada.put(PATH + created["id"], sent)):
            assert (answered.status_code, answered.json()) == (404, {"detail": "Resume version not found"})


def test_an_absent_key_leaves_a_field_alone_and_null_clears_it(as_ada):
    created = made(as_ada, **WHOLE)

    assert as_ada.put(PATH + created["id"], {}).json() == created
    cleared = as_ada.put(PATH + created["id"], dict.fromkeys(WHOLE)).json()

    kept = {"company_name", "role_title", "salary_currency", "status"}
    assert {name: cleared[name] for name in WHOLE} == {
        name: value if name in kept else None for name, value in WHOLE.items()
    }


def test_changes_every_field(as_ada):
    created = made(as_ada)

    changed = as_ada.put(PATH + created["id"], WHOLE).json()

    assert {name: changed[name] for name in WHOLE} == WHOLE
    assert changed["updated_at"] > created["updated_at"]


def test_another_day_of_sending_after_the_answer_is_taken(as_ada):
    created = made(as_ada, status="Applied", applied_date="2026-03-02")
    as_ada.put(PATH + created["id"], {"status": "Interviewing"})
    later = (timezone.now().date() + timedelta(days=30)).isoformat()

    assert as_ada.put(PATH + created["id"], {"applied_date": later}).json()["applied_date"] == later


def test_the_day_of_an_answer_that_this_document_does_not_show_is_left_alone(as_ada, ada):
    application = ApplicationFactory(
        owner=ada, company__owner=ada, applied_date=date(2026, 3, 2), response_date=date(2026, 3, 9)
    )

    as_ada.put(f"{PATH}{application.uid}", {"applied_date": "2026-04-01"})

    application.refresh_from_db()
    assert (application.applied_date, application.response_date) == (date(2026, 4, 1), date(2026, 3, 9))
    # It says nothing about waiting, …
    assert as_ada.get("/tracker/api/v1/analytics/dashboard/").json()["avg_response_days"] is None
    # … and the tracker, which shows both, refuses to be told such a thing.
    path = f"/tracker/api/v1/applications/{application.pk}/"
    assert as_ada.patch(path, {"applied_date": "2026-04-01"}).status_code == 200
    assert as_ada.patch(path, {"location": "Bonn"}).status_code == 200
    assert as_ada.patch(path, {"applied_date": "2026-04-02"}).status_code == 400


def test_a_move_alone_is_a_move_alone_in_the_timeline(as_ada):
    created = made(as_ada)

    as_ada.put(PATH + created["id"], {"status": "Applied"})

    lines = as_ada.get("/offers/api/v1/analytics/activity").json()
    assert [line["action"] for line in lines] == ["Status Changed", "Application Created"]


@pytest.mark.parametrize("sent", [None, "", " ", "\u200b"])
def test_nothing_said_of_what_always_has_a_value_means_the_usual(as_ada, sent):
    created = made(as_ada, status=sent, salary_currency=sent)
    assert (created["status"], created["salary_currency"]) == ("Saved", "USD")

    as_ada.put(PATH + created["id"], {"status": "Offer", "salary_currency": "EUR"})
    kept = as_ada.put(PATH + created["id"], {"status": sent, "salary_currency": sent}).json()
    assert (kept["status"], kept["salary_currency"]) == ("Offer", "EUR")


def test_a_move_is_history_here_as_everywhere(as_ada):
    created = made(as_ada, status="Applied")

    as_ada.put(PATH + created["id"], {"status": "Offer"})
    as_ada.put(PATH + created["id"], {"status": "Offer"})

    assert list(StatusChange.objects.order_by("pk").values_list("before", "after")) == [
        ("", "applied"),
        ("applied", "offer"),
    ]


def test_words_that_this_document_does_not_have_survive_a_change(as_ada, ada):
    application = ApplicationFactory(
        owner=ada, company__owner=ada, status="ghosted", job_url="https://acme.example/" + "x" * 1500
    )
    shown = as_ada.get(f"{PATH}{application.uid}").json()
    assert shown["status"] == "Applied"

    changed = as_ada.put(f"{PATH}{application.uid}", {**shown, "location": "Bonn"})

    assert changed.status_code == 200
    application.refresh_from_db()
    assert (application.status, application.location, len(application.job_url)) == ("ghosted", "Bonn", 1521)


def test_the_main_note_is_a_note_of_the_tracker_too(as_ada, ada):
    created = made(as_ada, notes="Ask for Cleo")
    application = Application.objects.get()
    NoteFactory(application=application, content="Another one")

    as_ada.put(PATH + created["id"], {"notes": "Ask for Ben"})

    notes = as_ada.get(f"/tracker/api/v1/applications/{application.pk}/notes/").json()
    assert {note["content"] for note in notes} == {"Ask for Ben", "Another one"}
    as_ada.put(PATH + created["id"], {"notes": None})
    assert [note.content for note in Note.objects.all()] == ["Another one"]


def test_the_follow_up_is_the_trackers_next_action(as_ada):
    made(as_ada, follow_up_date="2026-03-09")

    shown = as_ada.get(f"/tracker/api/v1/applications/{Application.objects.get().pk}/").json()

    assert shown["next_action_date"] == "2026-03-09"


def test_the_tracker_shows_what_it_has_no_word_for_and_leaves_it_alone(as_ada):
    made(as_ada, applied_source="Networking")
    path = f"/tracker/api/v1/applications/{Application.objects.get().pk}/"
    shown = as_ada.get(path).json()
    assert (shown["source"], shown["priority"]) == ("other", "medium")

    assert as_ada.put(path, {**shown, "location": "Bonn"}).status_code == 200

    application = Application.objects.get()
    assert (application.source, application.priority, application.location) == ("networking", "", "Bonn")


def test_the_tracker_finds_what_looks_like_its_word(as_ada):
    for source in ("Networking", "Other", None, "LinkedIn"):
        made(as_ada, applied_source=source)

    assert as_ada.get("/tracker/api/v1/applications/", {"source": "other"}).json()["count"] == 3


def test_lists_the_latest_first_so_many_after_so_many_others(as_ada, as_ben):
    ids = [made(as_ada, role_title=str(number))["id"] for number in range(5)]
    made(as_ben)

    assert [row["id"] for row in as_ada.get(PATH).json()] == ids[::-1]
    assert [row["id"] for row in as_ada.get(PATH, {"skip": 1, "limit": 2}).json()] == [ids[3], ids[2]]
    assert as_ada.get(PATH, {"skip": 5}).json() == []
    assert as_ada.get(PATH, {"limit": 0}).json() == []


def test_shows_a_hundred_unless_more_are_asked_for(as_ada, ada):
    company = CompanyFactory(owner=ada)
    ApplicationFactory.create_batch(101, owner=ada, company=company)

    assert (len(as_ada.get(PATH).json()), len(as_ada.get(PATH, {"limit": 500}).json())) == (100, 101)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "Applied"}, {"applied", "ghosted"}),
        ({"status": "Interviewing"}, {"screening", "interviewing"}),
        ({"status": "Saved"}, {"wishlist"}),
        ({"status": ""}, {"applied", "ghosted", "screening", "interviewing", "wishlist"}),
        ({"priority": "Low"}, {"ghosted"}),
        ({"priority": "Low", "status": "Saved"}, set()),
    ],
)
def test_finds_everything_that_looks_like_the_word(as_ada, ada, asked, found):
    for status in ("applied", "ghosted", "screening", "interviewing", "wishlist"):
        ApplicationFactory(
            owner=ada,
            company__owner=ada,
            status=status,
            job_title=status,
            priority="low" if status == "ghosted" else "",
        )

    assert {row["role_title"] for row in as_ada.get(PATH, asked).json()} == found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("skip", "-1"),
        ("limit", "-1"),
        ("skip", "x"),
        ("limit", "9" * 30),
        ("status", "Ghosted"),
        ("priority", "Urgent"),
    ],
)
def test_names_what_cannot_be_asked_for(as_ada, name, value):
    answered = as_ada.get(PATH, {name: value})

    assert (answered.status_code, answered.json()["detail"][0]["loc"]) == (422, ["query", name])


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_with_everything_nested_asks_once_for_who_and_once_for_what(as_ada, ada, queries, count):
    for application in ApplicationFactory.create_batch(count, owner=ada, company=CompanyFactory(owner=ada)):
        InterviewFactory.create_batch(2, application=application)

    with queries() as asked:
        rows = as_ada.get(PATH).json()

    assert ([len(row["stages"]) for row in rows], len(asked)) == ([2] * count, 2)


def test_tells_what_is_anothers_from_what_is_not_there(as_ada, as_ben):
    his = made(as_ben)["id"]

    for method in ("get", "put", "delete"):
        answers = [getattr(as_ada, method)(PATH + uid) for uid in (his, str(uuid4()), "7")]
        assert [answered.status_code for answered in answers] == [403, 404, 404]
        assert [answered.json()["detail"] for answered in answers] == [
            "Not your application",
            "Application not found",
            "Application not found",
        ]
    assert len(as_ben.get(PATH).json()) == 1


def test_deletes_with_all_that_hangs_on_it(as_ada):
    created = made(as_ada, notes="x")
    as_ada.post(f"{PATH}{created['id']}/stages", {"stage_name": "Call"})

    answered = as_ada.delete(PATH + created["id"])

    assert (answered.status_code, answered.json()) == (200, {"detail": "Application deleted"})
    assert as_ada.get(PATH + created["id"]).status_code == 404
    assert not Note.objects.exists()


def test_a_day_is_the_owners_day(as_ada, ada):
    ada.timezone = "Pacific/Kiritimati"
    ada.save()

    assert date.fromisoformat(made(as_ada, status="Applied")["applied_date"]) >= timezone.now().date()
