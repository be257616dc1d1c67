"""Section 7 of the tracker's document: what is generated later, by tasks."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from onward.domain.assistant import services, tasks
from onward.domain.assistant.choices import TaskStatus
from onward.domain.assistant.models import Generation, Task
from onward.domain.assistant.writing import BadAnswer
from onward.platform.jobs import run_due
from onward.platform.jobs.models import Job
from tests.domain.assistant.writers import POSTING, RESUME, FakeWriter
from tests.factories import ApplicationFactory, CompanyFactory, ResumeFactory

AI = "/tracker/api/v1/ai/"
TASKS = f"{AI}tasks/"
PATHS = {
    "cover_letter": f"{AI}cover-letter/generate/",
    "job_match": f"{AI}job-match/analyze/",
    "interview_questions": f"{AI}interview-questions/generate/",
}
DETAIL = (
    "id task_type task_type_display status status_display input_params result error_message created_at started_at "
    "completed_at duration"
).split()


@pytest.fixture
def writer(monkeypatch):
    """Whoever writes in these tests."""
    fake = FakeWriter()
    monkeypatch.setattr(services, "_writer", lambda owner_id: fake)
    return fake


def queued(client, kind="cover_letter", **more):
    sent = {"job_description": POSTING, "async_mode": True, **more}
    if kind != "interview_questions" and "resume_version_id" not in more:
        sent["resume_text"] = RESUME
    answer = client.post(PATHS[kind], sent)
    assert answer.status_code == 202, answer.content
    return answer.json()["task_id"]


def task(client, pk):
    return client.get(f"{TASKS}{pk}/").json()


def run_now():
    Job.objects.update(run_at=timezone.now())
    return run_due()


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("cover_letter", "Cover letter generation queued."),
        ("job_match", "Job match analysis queued."),
        ("interview_questions", "Interview questions generation queued."),
    ],
)
def test_what_is_asked_for_later_is_accepted(as_ada, writer, kind, message):
    sent = {"job_description": POSTING, "async_mode": True}
    answer = as_ada.post(PATHS[kind], sent if kind == "interview_questions" else {**sent, "resume_text": RESUME})

    assert answer.status_code == 202
    found = answer.json()
    assert list(found) == ["task_id", "status", "message"]
    assert found["status"] == "pending"
    assert found["message"] == f"{message} Poll {TASKS}{found['task_id']}/ for status."
    assert writer.asked == []
    bare = as_ada.post(PATHS["interview_questions"].removeprefix("/tracker"), sent).json()
    assert bare["message"].endswith(f"Poll /api/v1/ai/tasks/{bare['task_id']}/ for status.")


def test_a_task_that_waits_is_shown_in_full(as_ada, writer):
    pk = queued(as_ada, company_name="Google", job_title="Senior Software Engineer")

    found = task(as_ada, pk)

    assert list(found) == DETAIL
    assert list(found["input_params"]) == ["company_name", "job_title", "tone"]
    assert found == {
        "id": pk,
        "task_type": "cover_letter",
        "task_type_display": "Cover Letter",
        "status": "pending",
        "status_display": "Pending",
        "input_params": {
            "company_name": "Google",
            "job_title": "Senior Software Engineer",
            "tone": "professional",
        },
        "result": None,
        "error_message": "",
        "created_at": found["created_at"],
        "started_at": None,
        "completed_at": None,
        "duration": None,
    }


def test_a_task_is_run_and_shows_what_was_written(as_ada, writer):
    pk = queued(as_ada, company_name="Google", job_title="Engineer", tone="formal")

    run_due()

    found = task(as_ada, pk)
    assert (found["status"], found["status_display"], found["error_message"]) == ("completed", "Completed", "")
    assert list(found["result"]) == ["cover_letter", "model", "tokens_used", "saved_id", "warnings"]
    assert found["result"]["warnings"] == ["Kubernetes is not in the résumé."]
    assert found["result"]["cover_letter"].startswith("Dear")
    begun, ended = (datetime.fromisoformat(found[name]) for name in ("started_at", "completed_at"))
    assert found["duration"] == pytest.approx((ended - begun).total_seconds(), abs=0.001)
    assert re.fullmatch(r".*T[0-9:.]+Z", found["completed_at"])
    assert writer.asked[0]["tone"] == "formal"
    item = as_ada.get(f"{AI}history/{found['result']['saved_id']}/").json()
    assert item["output_content"] == found["result"]["cover_letter"]


@pytest.mark.parametrize(("kind", "name"), [("job_match", "analysis"), ("interview_questions", "questions")])
def test_every_kind_has_its_result_and_stands_in_the_history(as_ada, writer, kind, name):
    # What was asked for later is always kept.
    pk = queued(as_ada, kind, save_to_history=False)

    run_due()

    found = task(as_ada, pk)["result"]
    assert list(found)[:4] == [name, "model", "tokens_used", "saved_id"]
    assert found.get("analysis", found)["warnings"] == []
    assert as_ada.get(f"{AI}history/").json()["results"][0]["id"] == found["saved_id"]


def test_a_task_for_an_application_is_tied_to_it(as_ada, ada, writer):
    application = ApplicationFactory(owner=ada, company=CompanyFactory(owner=ada, name="Google"), job_title="Engineer")
    pk = queued(as_ada, application_id=application.pk)

    run_due()

    found = task(as_ada, pk)
    assert found["input_params"] == {"company_name": "Google", "job_title": "Engineer", "tone": "professional"}
    assert Generation.objects.get().application_id == application.pk


def test_what_was_sent_is_not_kept_longer_than_it_is_needed(as_ada, writer):
    first, second = queued(as_ada), queued(as_ada)
    as_ada.post(f"{TASKS}{second}/cancel/")
    run_due()

    assert [task.request for task in Task.objects.filter(pk__in=[first, second])] == [{}, {}]


def test_tasks_are_listed_with_the_latest_first(as_ada, writer):
    made = [queued(as_ada) for _ in range(3)]
    run_due()

    found = as_ada.get(TASKS).json()

    assert list(found) == ["count", "next", "previous", "results"]
    assert [row["id"] for row in found["results"]] == made[::-1]
    assert list(found["results"][0]) == (
        "id task_type task_type_display status status_display created_at completed_at".split()
    )
    assert found["results"][0]["status_display"] == "Completed"
    assert as_ada.get(TASKS, {"status": "pending"}).json()["count"] == 0
    assert as_ada.get(TASKS, {"status": "unheard"}).status_code == 400


def test_those_that_are_not_at_an_end_are_an_array(as_ada, writer):
    waits, works, done = (queued(as_ada, "job_match") for _ in range(3))
    services.begin(task_id=works, at=timezone.now())
    services.perform(task_id=done, at=timezone.now(), clock=timezone.now)

    found = as_ada.get(f"{TASKS}pending/").json()

    assert [(row["id"], row["status"]) for row in found] == [(works, "processing"), (waits, "pending")]
    assert list(found[0]) == "id task_type task_type_display status status_display created_at started_at".split()
    assert (found[0]["task_type_display"], found[0]["status_display"]) == ("Job Match", "Processing")
    assert (found[0]["started_at"] is None, found[1]["started_at"]) == (False, None)


# Cancelling


def test_a_task_that_waits_can_be_cancelled_and_never_runs(as_ada, writer):
    pk = queued(as_ada)

    answer = as_ada.post(f"{TASKS}{pk}/cancel/")

    assert (answer.status_code, answer.json()) == (200, {"status": "cancelled"})
    run_due()
    found = task(as_ada, pk)
    assert (found["status"], found["status_display"], found["result"]) == ("cancelled", "Cancelled", None)
    assert (writer.asked, Generation.objects.count()) == ([], 0)


@pytest.mark.parametrize("status", ["processing", "completed", "failed", "cancelled"])
def test_what_does_not_wait_cannot_be_cancelled(as_ada, writer, status):
    pk = queued(as_ada)
    ended = None if status == "processing" else timezone.now()
    Task.objects.filter(pk=pk).update(status=status, ended_at=ended)

    answer = as_ada.post(f"{TASKS}{pk}/cancel/")

    assert answer.status_code == 400
    assert answer.json() == {"error": f"Cannot cancel task with status: {status}"}
    assert task(as_ada, pk)["status"] == status


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(5))
def test_of_a_cancellation_and_a_start_at_once_one_wins(as_ada, ada, writer, together, signed_in, turn):
    pk = queued(as_ada)
    other = signed_in(ada)

    def race(number):
        if number % 2:
            return other.post(f"{TASKS}{pk}/cancel/").status_code
        return services.perform(task_id=pk, at=timezone.now(), clock=timezone.now)

    answers = together(4, race)

    cancelled = 200 in answers
    assert not [a for a in answers if isinstance(a, Exception)]
    assert task(as_ada, pk)["status"] == ("cancelled" if cancelled else "completed")
    assert Generation.objects.count() == (0 if cancelled else 1)
    assert (writer.asked == []) is cancelled


# Failing and running twice


def test_a_failed_task_says_why_and_is_not_tried_again(as_ada, writer):
    pk = queued(as_ada)

    def refuse():
        raise BadAnswer("The provider refuses the key.")

    writer.before = refuse
    run_due()

    found = task(as_ada, pk)
    assert (found["status"], found["status_display"]) == ("failed", "Failed")
    assert (found["error_message"], found["result"]) == ("The provider refuses the key.", None)
    assert found["completed_at"] is not None
    assert run_now() == 0
    assert len(writer.asked) == 1


def test_what_breaks_is_tried_again_and_then_failed_without_a_trace(as_ada, writer):
    pk = queued(as_ada)

    def breaks():
        raise LookupError("a key: sk-123")

    writer.before = breaks
    statuses = []
    for _ in range(3):
        run_now()
        statuses.append(task(as_ada, pk)["status"])

    assert statuses == ["pending", "pending", "failed"]
    assert task(as_ada, pk)["error_message"] == services.BROKEN


def test_what_breaks_once_is_written_at_the_second_attempt(as_ada, writer):
    pk = queued(as_ada)

    def breaks():
        writer.before = lambda: None
        raise LookupError

    writer.before = breaks
    run_now()
    run_now()

    assert task(as_ada, pk)["status"] == "completed"
    assert Generation.objects.count() == 1


def test_a_job_that_runs_twice_writes_once(as_ada, writer):
    pk = queued(as_ada)

    for _ in range(2):
        tasks.write(task_id=pk)

    assert Generation.objects.count() == 1
    assert len(writer.asked) == 1


def test_a_run_that_was_overtaken_keeps_nothing(as_ada, writer):
    pk = queued(as_ada)

    def overtake():
        # The worker was believed dead, and the task was begun again while it still wrote.
        writer.before = lambda: None
        tasks.write(task_id=pk)

    writer.before = overtake
    tasks.write(task_id=pk)

    assert len(writer.asked) == 2
    assert Generation.objects.count() == 1
    assert task(as_ada, pk)["result"]["saved_id"] == Generation.objects.get().pk


def test_a_task_whose_worker_died_is_picked_up_again(as_ada, writer):
    pk = queued(as_ada)
    # As a killed worker leaves it.
    services.begin(task_id=pk, at=timezone.now() - timedelta(minutes=5))
    assert task(as_ada, pk)["status"] == "processing"

    run_due()

    assert task(as_ada, pk)["status"] == "completed"


def test_a_task_that_kills_every_worker_is_failed_in_the_end(as_ada, writer):
    pk = queued(as_ada)
    for _ in range(services.MOST_ATTEMPTS):
        assert services.begin(task_id=pk, at=timezone.now())

    run_due()

    found = task(as_ada, pk)
    assert (found["status"], found["error_message"]) == ("failed", services.LOST)
    assert writer.asked == []


def test_a_resume_that_is_deleted_before_its_task_runs_is_a_sentence(as_ada, ada, writer):
    resume = ResumeFactory(owner=ada, file_key="")
    pk = queued(as_ada, resume_version_id=resume.pk)
    resume.delete()

    run_due()

    assert task(as_ada, pk)["error_message"] == services.GONE


# Deleting, and whose it is


@pytest.mark.parametrize("status", TaskStatus.values)
def test_a_task_can_be_deleted_whatever_it_does(as_ada, writer, status):
    pk = queued(as_ada)
    ended = None if status in ("pending", "processing") else timezone.now()
    Task.objects.filter(pk=pk).update(status=status, ended_at=ended)

    answer = as_ada.delete(f"{TASKS}{pk}/")

    assert (answer.status_code, answer.content) == (204, b"")
    assert as_ada.get(f"{TASKS}{pk}/").status_code == 404
    run_due()
    assert Generation.objects.count() == 0


def test_a_task_that_is_deleted_while_it_runs_keeps_nothing(as_ada, writer):
    pk = queued(as_ada)
    writer.before = lambda: as_ada.delete(f"{TASKS}{pk}/")

    run_due()

    assert Generation.objects.count() == 0


def test_what_a_deleted_task_has_written_stays(as_ada, writer):
    pk = queued(as_ada)
    run_due()

    as_ada.delete(f"{TASKS}{pk}/")

    assert as_ada.get(f"{AI}history/").json()["count"] == 1


@pytest.mark.parametrize("which", ["hers", "0", "-1", "99999999", "9223372036854775808", "abc", "%00"])
def test_what_is_not_ones_own_is_missing(as_ada, as_ben, writer, which):
    made = queued(as_ada)
    path = f"{TASKS}{made if which == 'hers' else which}/"

    answers = [as_ben.get(path), as_ben.delete(path), as_ben.post(f"{path}cancel/")]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(404, {"detail": "Not found."})] * 3
    assert as_ben.get(TASKS).json()["count"] == 0
    assert as_ben.get(f"{TASKS}pending/").json() == []
    assert task(as_ada, made)["status"] == "pending"
