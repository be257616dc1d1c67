"""Messages to companies: written, kept, marked as sent, and drafted at scale."""

import pytest
from django.db.models import F
from django.utils import timezone

from onward.domain.notifications.models import Notice
from onward.domain.outreach.models import FollowUp, Lead, LeadActivity, Message
from onward.domain.outreach.services import messages
from onward.platform.jobs import run_due, running
from onward.platform.jobs.models import Job
from tests import factories as make

pytestmark = pytest.mark.django_db

GENERATE, SAVE, BULK = (
    "/outreach/ai/outreach/generate",
    "/outreach/ai/outreach/save",
    "/outreach/internships/bulk/outreach",
)


@pytest.fixture
def lead():
    return make.LeadFactory(
        posting__employer__name="Quartz", posting__title="Data Intern", posting__skills=["Python", "SQL"]
    )


def save(client, lead, **more):
    body = {
        "internship_id": lead.pk,
        "message_type": "email",
        "tone": "formal",
        "message": "Dear Quartz",
        "subject": "S",
    }
    return client.post(SAVE, body | more)


def test_a_generated_email_is_written_from_the_posting_and_signed_and_changes_nothing(as_cleo, lead):
    answered = as_cleo.post(GENERATE, {"internship_id": lead.pk, "message_type": "email", "tone": "friendly"})

    said = answered.json()
    assert answered.status_code == 200
    assert set(said) == {"message", "subject", "metadata"}
    assert set(said["metadata"]) == {"model", "tokens", "sources", "warnings", "version"}
    assert "“Data Intern” (Lyon)" in said["message"]
    assert "Python and SQL" in said["message"]
    assert said["message"].endswith("Cleo Costa")
    assert said["metadata"]["version"] == 1
    assert not Message.objects.exists()
    assert not LeadActivity.objects.exists()


@pytest.mark.parametrize("tone", ["professional", "formal", "friendly", "enthusiastic", "conversational"])
def test_a_linkedin_message_has_no_subject_and_at_most_300_signs(as_cleo, lead, tone):
    said = as_cleo.post(GENERATE, {"internship_id": lead.pk, "message_type": "linkedin", "tone": tone}).json()

    assert said["subject"] == ""
    assert len(said["message"]) <= 300


def test_a_follow_up_builds_on_the_last_message_that_was_sent(as_cleo, lead):
    unsent = as_cleo.post(GENERATE, {"internship_id": lead.pk, "message_type": "followup", "tone": "formal"}).json()
    save(as_cleo, lead, subject="An old one", sent=True)
    save(as_cleo, lead, subject="A draft")

    built = as_cleo.post(GENERATE, {"internship_id": lead.pk, "message_type": "followup", "tone": "formal"}).json()

    assert unsent["metadata"]["warnings"] == ["No message about this is marked as sent, so the text refers to none."]
    assert built["subject"] == "Re: An old one"
    assert built["metadata"]["warnings"] == []


def test_internship_and_company_must_agree_and_one_is_needed(as_cleo, lead):
    other = make.EmployerFactory()
    wrong = [
        ({"internship_id": lead.pk, "company_id": other.pk}, "company_id"),
        ({"internship_id": 999_999}, "internship_id"),
        ({"company_id": 999_999}, "company_id"),
        ({}, "internship_id"),
        ({"internship_id": lead.pk, "tone": "rude"}, "tone"),
        ({"internship_id": lead.pk, "message_type": "fax"}, "message_type"),
    ]
    for body, field in wrong:
        for path in (GENERATE, SAVE):
            answered = as_cleo.post(path, {"message": "Dear", **body})
            assert (answered.status_code, answered.json()["detail"][0]["loc"]) == (422, ["body", field]), body
    assert not Message.objects.exists()
    agreed = {"internship_id": lead.pk, "company_id": lead.posting.employer_id}
    assert as_cleo.post(GENERATE, agreed).status_code == 200


def test_a_company_alone_can_be_written_to(as_cleo, lead):
    company = lead.posting.employer_id

    assert "internships at Quartz" in as_cleo.post(GENERATE, {"company_id": company}).json()["message"]
    saved = as_cleo.post(SAVE, {"company_id": company, "message": "Dear"}).json()
    assert (saved["internship_id"], saved["company_id"], saved["version"]) == (None, company, 1)


def test_saving_keeps_a_version_that_the_internship_shows(as_cleo, lead):
    first, second = save(as_cleo, lead), save(as_cleo, lead, message="Dear all", metadata={"model": "mine"})

    assert [one.status_code for one in (first, second)] == [201, 201]
    assert [one.json()["version"] for one in (first, second)] == [1, 2]
    shown = as_cleo.get(f"/outreach/internships/{lead.pk}").json()["messages"]
    assert [(one["version"], one["message"]) for one in shown] == [(2, "Dear all"), (1, "Dear Quartz")]
    assert second.json()["metadata"] == {"model": "mine"}
    assert second.json()["author"]["name"] == "Cleo Costa"


def test_marked_as_sent_the_lead_is_contacted_and_a_follow_up_proposed(as_cleo, lead):
    message = save(as_cleo, lead).json()
    assert message["proposed_followup"] is None
    path = f"/outreach/ai/outreach/messages/{message['id']}/sent"

    sent = as_cleo.patch(path)
    again = as_cleo.patch(path)

    assert sent.status_code == again.status_code == 200
    assert sent.json()["sent_at"] == again.json()["sent_at"] is not None
    assert set(sent.json()["proposed_followup"]) == {"due_date", "notes"}
    assert Lead.objects.get().status == "contacted"
    assert not FollowUp.objects.exists()
    assert as_cleo.patch("/outreach/ai/outreach/messages/999999/sent").status_code == 404


def test_many_are_drafted_by_a_job_that_can_be_followed(as_cleo, lead):
    other = make.LeadFactory()

    asked = as_cleo.post(BULK, {"internship_ids": [lead.pk, other.pk, 999_999, lead.pk]})
    task = asked.json()["task_id"]
    assert asked.status_code == 202
    assert (asked.json()["status"], asked.json()["total"], asked.json()["unknown_ids"]) == ("queued", 2, [999_999])
    run_due()

    followed = as_cleo.get(f"{BULK}/{task}").json()
    assert followed == {"task_id": task, "status": "completed", "progress": 100, "total": 2, "saved": 2}
    assert sorted(Message.objects.values_list("lead_id", flat=True)) == sorted([lead.pk, other.pk])
    assert set(Message.objects.values_list("sent_at", flat=True)) == {None}
    told = as_cleo.get("/outreach/notifications").json()["results"]
    assert [(one["type"], one["title"], one["message"], one["internship_id"]) for one in told] == [
        ("bulk_ended", "The drafts are written", "Saved: 2 of 2.", None)
    ]


def test_a_job_that_runs_twice_saves_one_draft_about_each(as_cleo, lead):
    task = as_cleo.post(BULK, {"internship_ids": [lead.pk, make.LeadFactory().pk]}).json()["task_id"]
    run_due()
    Job.objects.filter(pk=task).update(state="waiting")
    run_due()

    assert Message.objects.count() == 2
    assert Notice.objects.get().title == "The drafts are written"


def test_drafts_are_cancelled_until_they_are_over(as_cleo, lead):
    task = as_cleo.post(BULK, {"internship_ids": [lead.pk]}).json()["task_id"]

    assert as_cleo.post(f"{BULK}/{task}/cancel").json()["status"] == "cancelled"
    run_due()
    assert not Message.objects.exists()
    over = as_cleo.post(f"{BULK}/{task}/cancel")
    assert over.status_code == 409
    assert as_cleo.get(f"{BULK}/999999").status_code == 404
    # Another one may have cancelled it.
    notice = Notice.objects.get()
    assert (notice.title, notice.message) == ("The drafts were cancelled", "Saved: 0 of 1.")


def test_drafts_that_are_cancelled_while_they_are_written_keep_what_was_saved_and_tell_of_it(
    as_cleo, as_dora, lead, monkeypatch
):
    ids = [lead.pk, make.LeadFactory().pk]
    task = as_cleo.post(BULK, {"internship_ids": ids}).json()["task_id"]
    keep = messages.keep

    def keep_and_cancel(**saved):
        kept = keep(**saved)
        # However short a while ago the job has looked whether it is wanted.
        running._current.get()._look_from = 0
        assert as_dora.post(f"{BULK}/{task}/cancel").json()["status"] == "cancelling"
        return kept

    monkeypatch.setattr(messages, "keep", keep_and_cancel)
    run_due()

    assert as_cleo.get(f"{BULK}/{task}").json()["status"] == "cancelled"
    assert Message.objects.count() == 1
    notice = Notice.objects.get()
    assert (notice.owner_id, notice.title, notice.message) == (
        as_cleo.user.pk,
        "The drafts were cancelled",
        "Saved: 1 of 2.",
    )


def test_drafts_that_fail_are_tried_again_and_told_of_when_they_are_given_up(as_cleo, lead, monkeypatch):
    task = as_cleo.post(BULK, {"internship_ids": [lead.pk]}).json()["task_id"]

    def break_down(**saved):
        raise RuntimeError

    monkeypatch.setattr(messages, "keep", break_down)
    run_due()
    assert as_cleo.get(f"{BULK}/{task}").json()["status"] == "queued"
    assert not Notice.objects.exists()

    Job.objects.filter(pk=task).update(run_at=timezone.now(), attempts=F("max_attempts") - 1)
    run_due()

    assert as_cleo.get(f"{BULK}/{task}").json()["status"] == "failed"
    notice = Notice.objects.get()
    assert (notice.title, notice.priority, notice.message) == ("The drafts have failed", "high", "Saved: 0 of 1.")


def test_too_many_or_no_internships_are_refused(as_cleo):
    for ids in ([], list(range(1, 5002))):
        assert as_cleo.post(BULK, {"internship_ids": ids}).status_code == 422


@pytest.mark.parametrize("path", [GENERATE, SAVE, BULK])
def test_whoever_is_not_on_the_team_writes_nothing(as_ada, anonymous, lead, path):
    body = {"internship_id": lead.pk, "internship_ids": [lead.pk], "message": "Dear"}

    assert as_ada.post(path, body).status_code == 403
    assert anonymous.post(path, body).status_code == 401
    assert not Message.objects.exists()
