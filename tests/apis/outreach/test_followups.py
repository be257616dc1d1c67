"""Follow-ups: what is to be done about an internship on a day."""

from datetime import date

import pytest

from onward.domain.outreach.models import FollowUp
from tests.factories import FollowUpFactory, LeadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cleo):
    return LeadFactory()


def of(lead):
    return f"/outreach/internships/{lead.pk}/followups"


def refused(answered, name):
    assert answered.status_code == 422, answered.content
    assert answered.json()["detail"][0]["loc"] == ["body", name]


def test_post_followup_plans_one_also_for_a_day_that_is_past(as_cleo, cleo, lead):
    answered = as_cleo.post(of(lead), {"due_date": "2020-02-29", "notes": "Call Sam"})

    assert answered.status_code == 201
    said = answered.json()
    assert {name: value for name, value in said.items() if name not in {"id", "created_at"}} == {
        "internship_id": lead.pk,
        "due_date": "2020-02-29",
        "notes": "Call Sam",
        "assigned_to": cleo.pk,
        "completed": False,
        "completed_at": None,
        "completed_by": None,
    }


def test_a_followup_may_be_somebody_elses_on_the_team(as_cleo, dora, ada, lead):
    assert as_cleo.post(of(lead), {"due_date": "2026-03-02", "assigned_to": dora.pk}).json()["assigned_to"] == dora.pk
    refused(as_cleo.post(of(lead), {"due_date": "2026-03-02", "assigned_to": ada.pk}), "assigned_to")
    refused(as_cleo.post(of(lead), {"due_date": "2026-02-30"}), "due_date")
    refused(as_cleo.post(of(lead), {"notes": "x"}), "due_date")
    assert FollowUp.objects.count() == 1


def test_get_followups_lists_them_by_day(as_cleo, lead):
    later = FollowUpFactory(lead=lead, due_date=date(2026, 5, 2))
    sooner = FollowUpFactory(lead=lead, due_date=date(2026, 4, 2))
    FollowUpFactory()
    as_cleo.patch(f"/outreach/followups/{later.pk}/complete")

    said = as_cleo.get(of(lead)).json()

    assert (said["count"], [one["id"] for one in said["results"]]) == (2, [sooner.pk, later.pk])
    assert [one["id"] for one in as_cleo.get(of(lead), {"completed": "false"}).json()["results"]] == [sooner.pk]


def test_patch_followup_changes_its_day_notes_and_whose_it_is(as_cleo, dora, ada, lead):
    followup = FollowUpFactory(lead=lead)
    path = f"/outreach/followups/{followup.pk}"

    answered = as_cleo.patch(path, {"due_date": "2026-06-01", "notes": "Write", "assigned_to": dora.pk})

    said = answered.json()
    assert (said["due_date"], said["notes"], said["assigned_to"]) == ("2026-06-01", "Write", dora.pk)
    refused(as_cleo.patch(path, {"assigned_to": ada.pk, "notes": "x"}), "assigned_to")
    refused(as_cleo.patch(path, {"due_date": "someday"}), "due_date")
    refused(as_cleo.patch(path, {"due_date": None}), "due_date")
    assert as_cleo.patch(path, said).json() == said


def test_patch_followup_complete_marks_it_done_and_may_be_repeated(as_cleo, as_dora, cleo, lead):
    followup = FollowUpFactory(lead=lead)
    path = f"/outreach/followups/{followup.pk}/complete"

    first, again = as_cleo.patch(path), as_dora.patch(path)

    assert (first.status_code, first.json()["completed"], first.json()["completed_by"]) == (200, True, cleo.pk)
    assert again.json() == first.json()
    assert lead.activities.filter(action="followup_completed").count() == 1


def test_a_followup_that_is_not_there_is_not_found(as_cleo, cleo):
    assert as_cleo.patch("/outreach/followups/7", {"notes": "x"}).status_code == 404
    assert as_cleo.patch("/outreach/followups/7/complete").status_code == 404


def test_a_calendar_reads_ones_open_followups_by_a_link_that_can_be_revoked(as_cleo, cleo, lead, anonymous):
    FollowUpFactory(lead=lead, assigned_to=cleo, due_date=date(2026, 6, 1), notes="Call Sam")

    def path(made):
        assert made.status_code == 201
        return made.json()["url"].partition("/calendar.ics")[2]

    first = path(as_cleo.post("/outreach/followups/calendar"))
    read = anonymous.get(f"/calendar.ics{first}")
    assert (read.status_code, read["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"DTSTART;VALUE=DATE:20260601" in read.content

    second = path(as_cleo.post("/outreach/followups/calendar"))
    assert [anonymous.get(f"/calendar.ics{link}").status_code for link in (first, second)] == [404, 200]
    assert as_cleo.delete("/outreach/followups/calendar").status_code == 204
    assert as_cleo.delete("/outreach/followups/calendar").status_code == 204
    assert anonymous.get(f"/calendar.ics{second}").status_code == 404
