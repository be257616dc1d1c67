"""Jobs as the copilot document promises them: a saved job whose status is its application's."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from onward.domain.applications.choices import SavedJobStatus
from onward.domain.applications.models import Application, SavedJob
from onward.domain.board.models import Posting
from tests.factories import ApplicationFactory, LeadFactory, PostingFactory, SavedJobFactory

pytestmark = pytest.mark.django_db

JOBS = "/copilot/api/v1/jobs"
APPLICATIONS = "/copilot/api/v1/applications"
WHOLE = {
    "company": "Acme",
    "title": "Engineer",
    "location": "Lyon",
    "description": "We bake at night" * 40,
    "requirements": "Python",
    "responsibilities": "The ovens",
    "salary_min": 50000,
    "salary_max": 60000,
    "currency": "EUR",
    "job_type": "full-time",
    "remote_option": "hybrid",
    "tech_stack": ["Python", "SQL"],
    "documents_required": ["CV", "A letter"],
    "application_url": "https://acme.example/jobs/7",
    "source": "linkedin",
    "notes": "They bake at night",
}


def wrong(answered):
    assert answered.status_code == 422, answered.content
    return [problem["loc"][-1] for problem in answered.json()["detail"]]


def add(client, **said):
    answered = client.post(JOBS, {"company": "Acme", "title": "Engineer", **said})
    assert answered.status_code == 201, answered.content
    return answered.json()


def test_what_is_said_of_a_job_is_what_is_read(as_ada, ada):
    made = as_ada.post(JOBS, WHOLE).json()

    assert {name: made[name] for name in WHOLE} == WHOLE
    assert (made["user_id"], made["status"]) == (ada.pk, "not_applied")
    assert (made["date_applied"], made["posting_id"]) == (None, None)
    assert made["description_preview"] == ("We bake at night" * 40)[:200]
    assert as_ada.get(f"{JOBS}/{made['id']}").json() == made


def test_a_job_needs_its_company_and_title_only(as_ada):
    made = add(as_ada)

    assert (made["source"], made["currency"], made["tech_stack"]) == ("manual", "USD", [])
    assert {made[name] for name in ("location", "description", "job_type", "remote_option", "notes")} == {None}
    assert wrong(as_ada.post(JOBS, {})) == ["company", "title"]
    assert wrong(as_ada.post(JOBS, {"company": " ", "title": None})) == ["company", "title"]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({"source": "A poster"}, {"source": "manual"}),
        ({"source": "LinkedIn"}, {"source": "linkedin"}),
        ({"job_type": "Full Time", "remote_option": "On-Site"}, {"job_type": "full-time", "remote_option": "onsite"}),
        ({"currency": "eur"}, {"currency": "EUR"}),
        ({"documents_required": "A letter"}, {"documents_required": "A letter"}),
        ({"tech_stack": None, "job_type": ""}, {"tech_stack": [], "job_type": None}),
    ],
)
def test_spellings_that_are_understood(said, read, as_ada):
    made = add(as_ada, **said)

    assert {name: made[name] for name in read} == read


def test_null_clears_whatever_need_not_be_there(as_ada):
    made = as_ada.post(JOBS, WHOLE).json()
    needed = {"company", "title", "currency", "source"}

    changed = as_ada.patch(f"{JOBS}/{made['id']}", dict.fromkeys(WHOLE.keys() - needed)).json()

    assert {name: changed[name] for name in WHOLE.keys() - needed} == dict.fromkeys(WHOLE.keys() - needed) | {
        "tech_stack": []
    }


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"salary_min": 2, "salary_max": 1}, "salary_max"),
        ({"date_applied": "2026-01-05"}, "date_applied"),
        ({"status": "nonsense"}, "status"),
        ({"job_type": "sometimes"}, "job_type"),
        ({"currency": "€"}, "currency"),
        ({"tech_stack": ["x", 7]}, "tech_stack"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field_and_leaves_nothing(said, field, as_ada):
    answered = as_ada.post(JOBS, {"company": "Acme", "title": "Engineer", **said})

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"][1] == field
    assert not SavedJob.objects.exists()
    assert not Application.objects.exists()


@pytest.mark.parametrize("size", [1, 20])
def test_lists_and_single_jobs_are_one_statement_beside_the_token(size, as_ada, ada, queries):
    jobs = SavedJobFactory.create_batch(size, owner=ada)
    SavedJobFactory()
    as_ada.get(JOBS), as_ada.get(f"{JOBS}/{jobs[0].pk}")

    with queries() as asked:
        listed = as_ada.get(JOBS)
        as_ada.get(f"{JOBS}/{jobs[0].pk}")

    assert len(asked) == 4
    assert listed["X-Total-Count"] == str(size)
    assert [job["id"] for job in listed.json()] == [job.pk for job in reversed(jobs)]


def test_a_list_of_more_than_a_thousand_is_refused(as_ada):
    assert as_ada.get(JOBS, {"limit": 1000}).status_code == 200
    assert wrong(as_ada.get(JOBS, {"limit": 1001})) == ["limit"]
    assert wrong(as_ada.get(JOBS, {"skip": -1})) == ["skip"]


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (None, "not_applied"),
        ("wishlist", "not_applied"),
        ("applied", "applied"),
        ("ghosted", "applied"),
        ("screening", "interviewing"),
        ("interviewing", "interviewing"),
        ("offer", "offer"),
        ("accepted", "offer"),
        ("rejected", "rejected"),
        ("withdrawn", "rejected"),
    ],
)
def test_a_jobs_status_is_its_applications(status, shown, as_ada, ada):
    application = status and ApplicationFactory(owner=ada, status=status)
    job = SavedJobFactory(owner=ada, application=application or None)

    assert as_ada.get(f"{JOBS}/{job.pk}").json()["status"] == shown
    assert as_ada.patch(f"{JOBS}/{job.pk}", {"status": shown, "notes": "Seen"}).json()["status"] == shown
    if status:
        application.refresh_from_db()
        assert application.status == status
    else:
        assert not Application.objects.exists()


def test_a_job_that_is_applied_for_is_on_the_board_and_keeps_its_day(as_ada, ada):
    job = add(as_ada, notes="They bake")
    today = datetime.now(UTC).date().isoformat()

    moved = as_ada.patch(f"{JOBS}/{job['id']}", {"status": "applied"}).json()

    assert (moved["status"], moved["date_applied"]) == ("applied", today)
    (application,) = as_ada.get(APPLICATIONS).json()["items"]
    assert (application["job_id"], application["status"], application["notes"]) == (job["id"], "applied", "They bake")
    for status in ("interviewing", "not_applied", "rejected"):
        moved = as_ada.patch(f"{JOBS}/{job['id']}", {"status": status}).json()
        assert (moved["status"], moved["date_applied"]) == (status, today)
    assert Application.objects.count() == 1


def test_a_job_may_be_tracked_that_is_applied_for_already(as_ada):
    job = add(as_ada, status="interviewing", date_applied="2026-01-05")

    assert (job["status"], job["date_applied"]) == ("interviewing", "2026-01-05")
    application = Application.objects.get()
    assert [move.after for move in application.status_changes.order_by("pk")] == ["applied", "interviewing"]


def test_the_day_of_an_application_must_not_be_after_its_answer(as_ada, ada):
    application = ApplicationFactory(owner=ada, applied_date=date(2026, 1, 5), response_date=date(2026, 1, 9))
    job = SavedJobFactory(owner=ada, application=application)

    assert wrong(as_ada.patch(f"{JOBS}/{job.pk}", {"date_applied": "2026-01-10", "title": "Cook"})) == ["date_applied"]
    job.refresh_from_db()
    assert job.job_title != "Cook"


def test_deleting_a_job_leaves_its_application_and_deleting_that_frees_the_job(as_ada, ada):
    job, other = add(as_ada, status="applied"), add(as_ada, title="Cook", status="applied")
    _, second = as_ada.get(APPLICATIONS, {"sort_order": "asc"}).json()["items"]

    assert as_ada.delete(f"{JOBS}/{job['id']}").status_code == 204
    assert as_ada.get(f"{JOBS}/{job['id']}").status_code == 404
    assert as_ada.delete(f"{APPLICATIONS}/{second['id']}").status_code == 204

    assert [one["job_id"] for one in as_ada.get(APPLICATIONS).json()["items"]] == [None]
    freed = as_ada.get(f"{JOBS}/{other['id']}").json()
    assert (freed["status"], freed["date_applied"]) == ("not_applied", None)
    again = as_ada.post(APPLICATIONS, {"job_id": other["id"]})
    assert (again.status_code, again.json()["id"] != second["id"]) == (201, True)


def test_a_posting_is_saved_with_what_it_says_once(as_ada, as_ben):
    posting = PostingFactory(
        title="Baker",
        description="Bread",
        url="https://acme.example/7",
        skills=["Ovens"],
        work_mode="onsite",
        pay_min=30000,
        pay_max=36000,
        pay_currency="EUR",
        pay_period="year",
    )

    made = as_ada.post(JOBS, {"posting_id": posting.pk, "notes": "Mine"})

    assert made.status_code == 201, made.content
    job = made.json()
    assert (job["posting_id"], job["title"], job["company"]) == (posting.pk, "Baker", posting.employer.name)
    assert (job["salary_min"], job["currency"], job["remote_option"]) == (30000, "EUR", "onsite")
    assert (job["description"], job["tech_stack"], job["notes"]) == ("Bread", ["Ovens"], "Mine")
    again = as_ada.post(JOBS, {"posting_id": posting.pk})
    assert (again.status_code, again.json()) == (400, {"detail": "This posting is saved already."})
    assert as_ben.post(JOBS, {"posting_id": posting.pk}).status_code == 201
    as_ada.patch(f"{JOBS}/{job['id']}", {"status": "applied"})
    assert Application.objects.get(owner=as_ada.user).posting_id == posting.pk


def test_a_posting_that_is_closed_or_the_teams_own_is_not_there(as_ada):
    closed, lead = PostingFactory(state="closed"), LeadFactory()

    for pk in (closed.pk, lead.posting_id, 0, 2**63 - 1):
        assert as_ada.post(JOBS, {"posting_id": pk}).status_code == 404
    Posting.objects.filter(pk=lead.posting_id).update(published_at=datetime(2026, 1, 5, tzinfo=UTC))
    assert as_ada.post(JOBS, {"posting_id": lead.posting_id}).status_code == 201


def test_jobs_are_saved_jobs_to_the_offers_document(as_ada):
    job = add(as_ada, **WHOLE)
    (saved,) = as_ada.get("/offers/api/v1/saved-jobs/").json()

    assert (saved["role_title"], saved["work_mode"], saved["source"]) == ("Engineer", "Hybrid", "LinkedIn")
    as_ada.put(f"/offers/api/v1/saved-jobs/{saved['id']}", {"role_title": "Cook", "source": "linked in"})
    shown = as_ada.get(f"{JOBS}/{job['id']}").json()
    assert (shown["title"], shown["source"]) == ("Cook", "linkedin")
    as_ada.post(f"/offers/api/v1/saved-jobs/{saved['id']}/convert")
    assert SavedJob.objects.get().status == SavedJobStatus.CONVERTED
    assert as_ada.get(f"{JOBS}/{job['id']}").json()["status"] == "not_applied"
    assert as_ada.post(APPLICATIONS, {"job_id": job["id"]}).status_code == 400


# --- Search


@pytest.fixture
def some(as_ada, as_ben):
    add(as_ben, title="Not Ada's Python job")
    return {
        name: add(as_ada, title=name, **said)["id"]
        for name, said in {
            "Python engineer": {"location": "Lyon", "salary_min": 40000, "salary_max": 50000, "job_type": "contract"},
            "Chef 100%": {"company": "Café Olé", "remote_option": "remote", "salary_min": 60000},
            "SRE": {"tech_stack": ["Go", "Kubernetes"], "description": "Keep_it up", "salary_max": 30000},
        }.items()
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["SRE", "Chef 100%", "Python engineer"]),
        ({"query": "PYTHON lyon"}, ["Python engineer"]),
        ({"query": "python paris"}, []),
        ({"query": "cafe"}, ["Chef 100%"]),
        ({"query": "kubernetes"}, ["SRE"]),
        ({"query": "%"}, ["Chef 100%"]),
        ({"query": "_"}, ["SRE"]),
        ({"query": '"'}, []),
        ({"location": "LYON"}, ["Python engineer"]),
        ({"remote_only": "true"}, ["Chef 100%"]),
        ({"remote_only": "false"}, ["SRE", "Chef 100%", "Python engineer"]),
        ({"job_type": "Contract"}, ["Python engineer"]),
        ({"min_salary": "45000"}, ["Chef 100%", "Python engineer"]),
        ({"min_salary": "50001"}, ["Chef 100%"]),
        ({"max_salary": "30000"}, ["SRE"]),
        ({"min_salary": "45000", "max_salary": "55000"}, ["Python engineer"]),
        ({"tech_stack": ["go", "rust"]}, ["SRE"]),
        ({"tech_stack": "rust"}, []),
        ({"limit": "1", "skip": "1"}, ["Chef 100%"]),
    ],
)
def test_a_search_finds_ones_own_jobs(asked, found, as_ada, some):
    answered = as_ada.get(f"{JOBS}/search", asked)

    assert answered.status_code == 200, answered.content
    assert [job["title"] for job in answered.json()] == found
    if "limit" not in asked:
        assert answered["X-Total-Count"] == str(len(found))


def test_a_search_sees_what_has_just_changed(as_ada, some):
    as_ada.patch(f"{JOBS}/{some['SRE']}", {"title": "Python SRE"})

    assert len(as_ada.get(f"{JOBS}/search", {"query": "python"}).json()) == 2


@pytest.mark.parametrize(
    "asked", [{"min_salary": "x"}, {"min_salary": "-1"}, {"job_type": "x"}, {"limit": "1001"}, {"remote_only": "x"}]
)
def test_a_search_that_makes_no_sense_is_refused_by_the_name_of_its_part(asked, as_ada):
    assert wrong(as_ada.get(f"{JOBS}/search", asked)) == list(asked)


# --- In numbers


def test_jobs_in_numbers(as_ada, ada, some, queries):
    as_ada.patch(f"{JOBS}/{some['SRE']}", {"status": "applied"})
    SavedJobFactory(owner=ada, created_at=datetime.now(UTC) - timedelta(days=40))
    as_ada.get(f"{JOBS}/insights")

    with queries() as asked:
        said = as_ada.get(f"{JOBS}/insights").json()

    assert len(asked) == 2
    assert (said["timeframe_days"], said["total_jobs"], said["remote_jobs"], said["remote_percentage"]) == (
        30,
        3,
        1,
        33.3,
    )
    assert said["status_breakdown"] == {
        "not_applied": 2,
        "applied": 1,
        "interviewing": 0,
        "offer": 0,
        "rejected": 0,
    }
    assert said["source_breakdown"] == {"manual": 3}
    assert said["top_locations"] == [{"location": "Lyon", "count": 1}]
    assert said["salary_currency"] == "USD"
    histogram = said["salary_histogram"]
    assert sum(bucket["count"] for bucket in histogram) == 3
    assert all(one["to"] == other["from"] for one, other in pairwise(histogram))
    assert as_ada.get(f"{JOBS}/insights", {"timeframe_days": 60}).json()["total_jobs"] == 4


def test_no_jobs_in_numbers(as_ada):
    said = as_ada.get(f"{JOBS}/insights").json()

    assert (said["total_jobs"], said["remote_percentage"], said["salary_histogram"]) == (0, 0.0, [])
    assert wrong(as_ada.get(f"{JOBS}/insights", {"timeframe_days": 0})) == ["timeframe_days"]


def test_what_is_another_persons_is_not_there(as_ben, ada):
    job = SavedJobFactory(owner=ada)

    for answered in (
        as_ben.get(f"{JOBS}/{job.pk}"),
        as_ben.patch(f"{JOBS}/{job.pk}", {"title": "x"}),
        as_ben.delete(f"{JOBS}/{job.pk}"),
        as_ben.post(APPLICATIONS, {"job_id": job.pk}),
    ):
        assert (answered.status_code, answered.json()) == (404, {"detail": "Job not found"})
    assert SavedJob.objects.filter(pk=job.pk, status=SavedJobStatus.ACTIVE, application=None).exists()
