"""Section 4 of the tracker's document: applications and their notes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from onward.domain.activity.models import Activity
from onward.domain.applications.choices import Status
from onward.domain.applications.models import Application, Note, StatusChange
from onward.platform.events.models import EventRecord
from tests.factories import ApplicationFactory, CompanyFactory, InterviewFactory, NoteFactory, ResumeFactory

PATH = "/tracker/api/v1/applications/"
TODAY = date.today


def documented(company, resume=None):
    return {
        "company": company.pk,
        "job_title": "Senior Software Engineer",
        "job_url": "https://careers.google.com/jobs/123",
        "job_description": "We are looking for...",
        "status": "applied",
        "priority": "high",
        "work_type": "hybrid",
        "location": "Mountain View, CA",
        "salary_min": 150000,
        "salary_max": 200000,
        "source": "linkedin",
        "referrer_name": "",
        "cover_letter": "Dear Hiring Manager...",
        "resume_version": resume.pk if resume else None,
        "applied_date": "2026-01-10",
        "next_action": "Follow up email",
        "next_action_date": "2026-01-20",
    }


@pytest.fixture
def google(ada):
    return CompanyFactory(owner=ada, name="Google", industry="Technology", location="Mountain View, CA")


def titles(answer):
    return [row["job_title"] for row in answer.json()["results"]]


def history(application_id):
    changes = StatusChange.objects.filter(application_id=application_id).order_by("pk")
    return [(change.before, change.after) for change in changes]


def test_creates_the_documented_application_and_shows_it_in_full(as_ada, ada, google):
    resume = ResumeFactory(owner=ada)

    answer = as_ada.post(PATH, documented(google, resume))

    assert answer.status_code == 201
    made = answer.json()
    assert (
        list(made)
        == (
            "id company company_name company_details job_title job_url job_description status priority work_type location "
            "salary_min salary_max source referrer_name cover_letter resume_version applied_date response_date next_action "
            "next_action_date days_since_applied has_response notes_count interviews_count notes created_at updated_at"
        ).split()
    )
    assert made == made | documented(google, resume)
    assert made["company_details"] == {
        "id": google.pk,
        "name": "Google",
        "industry": "Technology",
        "location": "Mountain View, CA",
        "application_count": 1,
    }
    assert made["days_since_applied"] == (timezone.now().date() - date(2026, 1, 10)).days
    assert (made["response_date"], made["has_response"]) == (None, False)
    assert (made["notes_count"], made["interviews_count"], made["notes"]) == (0, 0, [])
    assert as_ada.get(f"{PATH}{made['id']}/").json() == made


def test_needs_a_company_and_a_title_and_has_a_default_for_the_rest(as_ada, google):
    made = as_ada.post(PATH, {"company": google.pk, "job_title": "Engineer"}).json()

    assert (made["status"], made["priority"], made["source"], made["work_type"]) == (
        "applied",
        "medium",
        "linkedin",
        "",
    )
    assert made["salary_min"] is made["salary_max"] is made["resume_version"] is made["applied_date"] is None
    assert made["days_since_applied"] is None
    assert as_ada.post(PATH, {}).json() == {
        "company": ["This field is required."],
        "job_title": ["This field is required."],
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("company", "abc"),
        ("company", None),
        ("company", True),
        ("company", 2**63),
        ("job_title", ""),
        ("job_title", "x" * 256),
        ("job_title", None),
        ("job_url", "ftp://example.org"),
        ("status", "dreaming"),
        ("status", ""),
        ("priority", "urgent"),
        ("work_type", "moon"),
        ("source", "gossip"),
        ("salary_min", -1),
        ("salary_min", 2147483648),
        ("salary_max", "lots"),
        ("salary_max", 1.5),
        ("resume_version", "abc"),
        ("applied_date", "2026-02-30"),
        ("applied_date", "0001-01-01"),
        ("applied_date", "9999-12-31"),
        ("applied_date", "2026-01-01T00:00:00"),
        ("applied_date", 0),
        ("applied_date", ""),
        ("next_action_date", "tomorrow"),
        ("cover_letter", "a\x00b"),
        ("job_description", "\ud800"),
    ],
)
def test_names_the_field_that_is_wrong(as_ada, google, field, value):
    answer = as_ada.post(PATH, documented(google) | {field: value})

    assert answer.status_code == 400
    assert list(answer.json()) == [field]
    assert Application.objects.count() == 0


def test_says_of_a_word_that_it_is_no_choice(as_ada, google):
    answer = as_ada.post(PATH, documented(google) | {"status": "dreaming"})

    assert answer.json() == {"status": ['"dreaming" is not a valid choice.']}


def test_refuses_a_company_that_is_not_ones_own(as_ada, ben):
    theirs = CompanyFactory(owner=ben)

    for company in (theirs.pk, 10**9):
        answer = as_ada.post(PATH, {"company": company, "job_title": "Engineer"})
        assert answer.status_code == 400
        assert answer.json() == {"company": ["Company not found."]}


def test_refuses_a_resume_that_is_not_ones_own(as_ada, google, ben):
    theirs = ResumeFactory(owner=ben)

    answer = as_ada.post(PATH, documented(google, theirs))

    assert answer.status_code == 400
    assert list(answer.json()) == ["resume_version"]


@pytest.mark.parametrize(
    "contradiction",
    [
        {"salary_min": 2, "salary_max": 1},
        {"applied_date": "2026-01-10", "response_date": "2026-01-09"},
    ],
)
def test_refuses_what_contradicts_itself(as_ada, google, contradiction):
    answer = as_ada.post(PATH, documented(google) | contradiction)

    assert answer.status_code == 400
    assert list(answer.json()) == ["non_field_errors"]
    assert Application.objects.count() == 0


def test_refuses_a_change_that_contradicts_what_is_there_and_keeps_what_was_saved(as_ada, google):
    made = as_ada.post(PATH, documented(google)).json()

    assert as_ada.patch(f"{PATH}{made['id']}/", {"salary_max": 1}).status_code == 400
    assert as_ada.patch(f"{PATH}{made['id']}/", {"response_date": "2025-01-01"}).status_code == 400
    assert as_ada.get(f"{PATH}{made['id']}/").json() == made


def test_of_two_changes_at_once_that_contradict_each_other_one_is_refused(together, as_ada, google):
    made = as_ada.post(PATH, documented(google) | {"response_date": "2026-01-20"}).json()
    changes = [{"applied_date": "2026-01-15"}, {"response_date": "2026-01-12"}]

    answers = together(2, lambda number: as_ada.patch(f"{PATH}{made['id']}/", changes[number]).status_code)

    assert sorted(answers) == [200, 400]


def test_lists_the_latest_touched_first_with_the_documented_fields(as_ada, google, ada):
    first = as_ada.post(PATH, documented(google)).json()
    second = as_ada.post(PATH, documented(google) | {"job_title": "Second"}).json()
    as_ada.patch(f"{PATH}{first['id']}/", {"location": "Zürich"})

    answer = as_ada.get(PATH).json()

    assert [row["id"] for row in answer["results"]] == [first["id"], second["id"]]
    assert (
        list(answer["results"][0])
        == (
            "id company company_name job_title status priority work_type location source applied_date "
            "days_since_applied updated_at"
        ).split()
    )
    assert answer["results"][0]["company_name"] == "Google"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "offer"}, ["B"]),
        ({"priority": "high"}, ["B"]),
        ({"work_type": "remote"}, ["A"]),
        ({"source": "referral"}, ["B"]),
        ({"status": "applied", "work_type": "remote"}, ["A"]),
        ({"status": "offer", "work_type": "remote"}, []),
        ({"search": "b"}, ["B"]),
        ({"search": "GOOGLE"}, ["A", "B"]),
        ({"search": "google zürich"}, ["B"]),
        ({"search": "google nowhere"}, []),
        ({"status": ""}, ["A", "B"]),
    ],
)
def test_filters_and_searches(as_ada, ada, google, asked, found):
    ApplicationFactory(owner=ada, company=google, job_title="A", work_type="remote")
    ApplicationFactory(
        owner=ada, company=google, job_title="B", status="offer", priority="high", source="referral", location="Zürich"
    )

    assert sorted(titles(as_ada.get(PATH, asked))) == found


def test_filters_by_company(as_ada, ada, google):
    ApplicationFactory(owner=ada, company=google, job_title="A")
    ApplicationFactory(owner=ada, job_title="B")

    assert titles(as_ada.get(PATH, {"company": google.pk})) == ["A"]
    assert titles(as_ada.get(PATH, {"company": 10**9})) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("status", "x"), ("priority", "x"), ("work_type", "x"), ("source", "x"), ("company", "x"), ("company", "9" * 30)],
)
def test_names_a_filter_that_cannot_be_meant(as_ada, name, value):
    answer = as_ada.get(PATH, {name: value})

    assert answer.status_code == 400
    assert list(answer.json()) == [name]


@pytest.mark.parametrize("search", ["\x00", "%00", "a" * 5000, " ".join("abcdefghijkl"), "[", "(?:a+)+$"])
def test_survives_every_search(as_ada, ada, search):
    ApplicationFactory(owner=ada)

    assert as_ada.get(PATH, {"search": search}).status_code in {200, 400}


@pytest.mark.parametrize("ordering", ["applied_date", "updated_at", "created_at", "priority", "status"])
def test_orders_both_ways_by_every_documented_order(as_ada, ada, ordering):
    for number, (priority, status) in enumerate([("high", "offer"), ("low", "applied"), ("medium", "ghosted")]):
        moment = datetime(2026, 1, 3 - number, tzinfo=UTC)
        ApplicationFactory(
            owner=ada,
            priority=priority,
            status=status,
            applied_date=moment.date(),
            updated_at=moment,
            created_at=moment,
        )

    def values(order):
        rows = as_ada.get(PATH, {"ordering": order}).json()["results"]
        return [getattr(Application.objects.get(pk=row["id"]), ordering) for row in rows]

    assert values(ordering) == sorted(values(ordering))
    assert values(f"-{ordering}") == sorted(values(ordering), reverse=True)


def test_pages_never_overlap_where_the_order_says_nothing(as_ada, ada, google):
    ApplicationFactory.create_batch(50, owner=ada, company=google)

    seen = [
        row["id"]
        for page in (1, 2, 3)
        for row in as_ada.get(PATH, {"ordering": "status", "page": page}).json()["results"]
    ]

    assert len(seen) == len(set(seen)) == 50


def test_counts_the_days_on_the_clock_of_the_person_who_asks(as_ada, ada, google):
    # Fourteen hours ahead and eleven behind: of these two, at least one is on another day than UTC.
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        ada.timezone = zone
        ada.save()
        today = timezone.localtime(timezone=__import__("zoneinfo").ZoneInfo(zone)).date()
        application = ApplicationFactory(owner=ada, company=google, applied_date=today - timedelta(days=6))

        assert as_ada.get(f"{PATH}{application.pk}/").json()["days_since_applied"] == 6
        assert as_ada.get(PATH).json()["results"][0]["days_since_applied"] is not None


def test_replaces_what_is_sent_and_leaves_what_is_absent(as_ada, google):
    made = as_ada.post(PATH, documented(google)).json()

    changed = as_ada.put(f"{PATH}{made['id']}/", {"company": google.pk, "job_title": "Staff Engineer"})

    assert changed.status_code == 200
    assert changed.json()["job_title"] == "Staff Engineer"
    assert changed.json()["salary_max"] == 200000
    assert as_ada.put(f"{PATH}{made['id']}/", {"job_title": "x"}).json() == {"company": ["This field is required."]}


def test_clears_with_null_and_with_the_empty_text(as_ada, google):
    made = as_ada.post(PATH, documented(google)).json()

    changed = as_ada.patch(
        f"{PATH}{made['id']}/", {"salary_min": None, "applied_date": None, "work_type": "", "location": ""}
    ).json()

    assert changed["salary_min"] is changed["applied_date"] is changed["days_since_applied"] is None
    assert changed["work_type"] == changed["location"] == ""


def test_writing_back_what_was_read_changes_nothing_and_announces_nothing(as_ada, google):
    made = as_ada.post(PATH, documented(google)).json()
    events = EventRecord.objects.count()

    assert as_ada.put(f"{PATH}{made['id']}/", made).json() == made
    assert EventRecord.objects.count() == events


def test_refuses_to_move_an_application_to_somebody_elses_company(as_ada, google, ben):
    made = as_ada.post(PATH, documented(google)).json()

    answer = as_ada.patch(f"{PATH}{made['id']}/", {"company": CompanyFactory(owner=ben).pk})

    assert answer.status_code == 400
    assert answer.json() == {"company": ["Company not found."]}


@pytest.mark.parametrize("status", ["screening", "interviewing", "offer", "rejected"])
@pytest.mark.parametrize("path", ["{}status/", "{}"])
def test_a_move_that_is_an_answer_dates_the_answer_today(as_ada, google, status, path):
    made = as_ada.post(PATH, documented(google)).json()

    moved = as_ada.patch(PATH + path.format(f"{made['id']}/"), {"status": status}).json()

    assert moved["status"] == status
    assert moved["response_date"] == timezone.now().date().isoformat()
    assert moved["has_response"] is True


@pytest.mark.parametrize("status", ["wishlist", "withdrawn", "ghosted", "accepted"])
def test_a_move_that_is_no_answer_dates_none(as_ada, google, status):
    made = as_ada.post(PATH, documented(google)).json()

    assert as_ada.patch(f"{PATH}{made['id']}/status/", {"status": status}).json()["response_date"] is None


def test_a_move_keeps_the_answer_that_the_client_dates(as_ada, google):
    made = as_ada.post(PATH, documented(google)).json()

    moved = as_ada.patch(f"{PATH}{made['id']}/status/", {"status": "interviewing", "response_date": "2026-01-13"})

    assert moved.status_code == 200
    assert moved.json()["response_date"] == "2026-01-13"
    assert as_ada.patch(f"{PATH}{made['id']}/status/", {"status": "offer"}).json()["response_date"] == "2026-01-13"
    first, second, third = StatusChange.objects.order_by("pk")
    assert first.changed_at.date() == date(2026, 1, 10)
    assert second.changed_at.date() == date(2026, 1, 13)
    assert third.changed_at.date() == timezone.now().date()


def test_a_move_answers_with_the_full_application(as_ada, google):
    made = as_ada.post(PATH, documented(google)).json()

    moved = as_ada.patch(f"{PATH}{made['id']}/status/", {"status": "withdrawn"}).json()

    assert list(moved) == list(made)
    assert moved | {"status": "applied", "updated_at": made["updated_at"]} == made


def test_a_move_needs_a_status_that_exists(as_ada, google):
    made = as_ada.post(PATH, documented(google)).json()

    assert as_ada.patch(f"{PATH}{made['id']}/status/", {}).json() == {"status": ["This field is required."]}
    assert list(as_ada.patch(f"{PATH}{made['id']}/status/", {"status": "won"}).json()) == ["status"]
    early = as_ada.patch(f"{PATH}{made['id']}/status/", {"status": "offer", "response_date": "2025-12-01"})
    assert early.status_code == 400
    assert as_ada.get(f"{PATH}{made['id']}/").json()["status"] == "applied"


def test_announces_a_move_once(as_ada, google):
    made = as_ada.post(PATH, documented(google)).json()

    as_ada.patch(f"{PATH}{made['id']}/status/", {"status": "offer"})
    as_ada.patch(f"{PATH}{made['id']}/status/", {"status": "offer"})

    assert history(made["id"]) == [("", Status.APPLIED), (Status.APPLIED, Status.OFFER)]
    assert list(EventRecord.objects.order_by("pk").values_list("name", flat=True)) == [
        "application.created",
        "application.status_changed",
        "notice.told",
    ]
    assert [line.metadata for line in Activity.objects.order_by("pk")][-1] == {
        "old_status": "Applied",
        "new_status": "Offer Received",
    } or Activity.objects.count() == 2


def test_keeps_the_history_of_an_application_that_came_in_late(as_ada, google):
    made = as_ada.post(
        PATH, documented(google) | {"status": "rejected", "applied_date": "2026-01-10", "response_date": "2026-02-01"}
    ).json()

    assert history(made["id"]) == [("", Status.APPLIED), (Status.APPLIED, Status.REJECTED)]
    assert [c.changed_at.date() for c in StatusChange.objects.order_by("pk")] == [date(2026, 1, 10), date(2026, 2, 1)]


def test_thirty_moves_at_once_are_one_move(together, as_ada, google):
    made = as_ada.post(PATH, documented(google)).json()

    answers = together(30, lambda _: as_ada.patch(f"{PATH}{made['id']}/status/", {"status": "offer"}))

    assert {answer.status_code for answer in answers} == {200}
    assert history(made["id"]) == [("", Status.APPLIED), (Status.APPLIED, Status.OFFER)]


def test_deletes_an_application_with_all_that_hangs_on_it(as_ada, ada):
    application = ApplicationFactory(owner=ada)
    NoteFactory(application=application)
    InterviewFactory(application=application)

    answer = as_ada.delete(f"{PATH}{application.pk}/")

    assert (answer.status_code, answer.content) == (204, b"")
    assert as_ada.get(f"{PATH}{application.pk}/").status_code == 404
    assert Note.objects.count() == 0
    assert EventRecord.objects.get().name == "application.deleted"


@pytest.mark.parametrize(
    ("method", "rest"),
    [
        ("get", ""),
        ("put", ""),
        ("patch", ""),
        ("delete", ""),
        ("patch", "status/"),
        ("get", "notes/"),
        ("post", "notes/"),
    ],
)
def test_does_not_know_the_application_of_somebody_else(as_ben, ben, ada, method, rest):
    application = ApplicationFactory(owner=ada, job_title="Hers")
    body = {"company": CompanyFactory(owner=ben).pk, "job_title": "Mine", "status": "offer", "content": "x"}

    for pk in (application.pk, 10**9, 2**80, "abc", "0"):
        answer = getattr(as_ben, method)(f"{PATH}{pk}/{rest}", {} if method == "get" else body)
        assert answer.status_code == 404
        assert answer.json() == {"detail": "Not found."}
    application.refresh_from_db()
    assert (application.job_title, application.status) == ("Hers", "applied")
    assert Note.objects.count() == 0


def test_adds_notes_and_lists_them_the_latest_first(as_ada, ada):
    application = ApplicationFactory(owner=ada)

    first = as_ada.post(f"{PATH}{application.pk}/notes/", {"content": "Had a great initial call"})
    second = as_ada.post(f"{PATH}{application.pk}/notes/", {"content": "They were late", "note_type": "feedback"})

    assert first.status_code == 201
    assert list(first.json()) == ["id", "content", "note_type", "created_at", "updated_at"]
    assert first.json()["note_type"] == "general"
    assert as_ada.get(f"{PATH}{application.pk}/notes/").json() == [second.json(), first.json()]
    detail = as_ada.get(f"{PATH}{application.pk}/").json()
    assert (detail["notes"], detail["notes_count"]) == ([second.json(), first.json()], 2)


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "content"), ({"content": " "}, "content"), ({"content": "x", "note_type": "secret"}, "note_type")],
)
def test_names_what_is_wrong_with_a_note(as_ada, ada, body, field):
    application = ApplicationFactory(owner=ada)

    answer = as_ada.post(f"{PATH}{application.pk}/notes/", body)

    assert answer.status_code == 400
    assert list(answer.json()) == [field]


def test_counts_the_interviews(as_ada, ada):
    application = ApplicationFactory(owner=ada)
    InterviewFactory.create_batch(2, application=application)
    NoteFactory.create_batch(3, application=application)

    detail = as_ada.get(f"{PATH}{application.pk}/").json()

    assert (detail["notes_count"], detail["interviews_count"]) == (3, 2)


def test_reads_a_list_with_two_queries_and_an_application_with_two(as_ada, ada, google, queries):
    applications = ApplicationFactory.create_batch(30, owner=ada, company=google)
    NoteFactory.create_batch(5, application=applications[0])
    as_ada.get(PATH)
    as_ada.get(f"{PATH}{applications[0].pk}/")

    with queries() as asked:
        as_ada.get(PATH, {"status": "applied", "search": "engineer"})
    assert len(asked) == 2
    with queries() as asked:
        as_ada.get(f"{PATH}{applications[0].pk}/")
    assert len(asked) == 2


@pytest.mark.parametrize("document", ["", "null", "[]", '"x"', "1", "{", '{"a":1,"a":2}', "NaN", '{"job_title": NaN}'])
def test_answers_every_document_that_is_no_application_with_400(as_ada, document):
    answer = as_ada.post(PATH, document)

    assert answer.status_code == 400
    assert isinstance(answer.json(), dict)


def test_reads_json_only(as_ada, google):
    answer = as_ada.post(PATH, '{"company": 1}', content_type="text/plain")

    assert answer.status_code == 415
    assert "detail" in answer.json()


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 100_000, '{"company": ' + "9" * 5000 + "}"])
def test_refuses_bottomless_and_endless_json_at_once(as_ada, body):
    assert as_ada.post(PATH, body).status_code == 400


def test_answers_an_unknown_method_in_json(as_ada):
    answer = as_ada.delete(PATH)

    assert answer.status_code == 405
    assert answer.json() == {"detail": 'Method "DELETE" not allowed.'}
    assert "GET" in answer["Allow"]


def test_a_date_that_was_there_before_does_not_date_a_later_move(as_ada, google):
    made = as_ada.post(PATH, documented(google)).json()
    answered = as_ada.patch(
        f"{PATH}{made['id']}/status/", {"status": "screening", "response_date": "2026-01-13"}
    ).json()

    as_ada.put(f"{PATH}{made['id']}/", answered | {"status": "offer"})

    last = StatusChange.objects.order_by("-pk").first()
    assert (last.after, last.changed_at.date()) == ("offer", timezone.now().date())


def test_the_history_never_runs_backwards(as_ada, google):
    made = as_ada.post(PATH, documented(google)).json()
    as_ada.patch(f"{PATH}{made['id']}/status/", {"status": "screening", "response_date": "2026-01-20"})
    as_ada.patch(f"{PATH}{made['id']}/status/", {"status": "offer", "response_date": "2026-01-15"})

    moments = list(StatusChange.objects.order_by("pk").values_list("changed_at", flat=True))
    assert moments == sorted(moments)
