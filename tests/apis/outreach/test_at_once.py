"""What a team does to one thing at the same moment: it happens once."""

import pytest

from onward.domain.companies.models import Employer
from onward.domain.outreach.models import FollowUp, Lead, LeadActivity, LeadStatusChange
from onward.platform.events.models import EventRecord
from tests.factories import FollowUpFactory, LeadFactory

pytestmark = pytest.mark.django_db

DESK = "/outreach"
AT_ONCE = 30


def all_200(answers, code=200):
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert {one.status_code for one in answers} == {code}


def test_the_same_assignment_made_30_times_at_once_is_made_once(together, as_cleo, dora):
    lead = LeadFactory()

    all_200(
        together(
            AT_ONCE,
            lambda number: (
                as_cleo.patch(f"{DESK}/internships/{lead.pk}", {"assigned_to": dora.pk})
                if number % 2
                else as_cleo.post(f"{DESK}/internships/bulk/assign", {"internship_ids": [lead.pk], "user_id": dora.pk})
            ),
        )
    )

    assert Lead.objects.get().assigned_to == dora
    assert LeadActivity.objects.filter(action="assigned").count() == 1


def test_the_same_move_made_30_times_at_once_by_three_ways_is_made_once(together, as_cleo, cleo):
    lead = LeadFactory()
    ways = (
        lambda: as_cleo.patch(f"{DESK}/internships/{lead.pk}", {"status": "contacted"}),
        lambda: as_cleo.patch(f"{DESK}/internships/{lead.pk}/status", {"new_status": "contacted", "remark": "Wrote"}),
        lambda: as_cleo.post(
            f"{DESK}/internships/bulk/status", {"internship_ids": [lead.pk], "new_status": "contacted"}
        ),
    )

    all_200(together(AT_ONCE, lambda number: ways[number % 3]()))

    assert Lead.objects.get().status == "contacted"
    assert LeadStatusChange.objects.count() == 1
    assert LeadActivity.objects.filter(action="status_changed").count() == 1
    assert lead.remarks.count() == 10


def test_an_internship_converted_30_times_at_once_is_published_once(together, as_cleo, cleo):
    lead = LeadFactory()
    path = f"{DESK}/internships/{lead.pk}/convert"

    answers = together(AT_ONCE, lambda number: as_cleo.post(path, {"title": f"Title {number}"}))

    all_200(answers)
    assert len({(one.json()["title"], one.json()["published_at"]) for one in answers}) == 1
    assert EventRecord.objects.filter(name="posting.published").count() == 1
    assert LeadStatusChange.objects.count() == 1
    assert LeadActivity.objects.filter(action="published").count() == 1


def test_a_followup_completed_30_times_at_once_is_done_once(together, as_cleo, as_dora, cleo):
    followup = FollowUpFactory()
    path = f"{DESK}/followups/{followup.pk}/complete"

    answers = together(AT_ONCE, lambda number: (as_cleo if number % 2 else as_dora).patch(path))

    all_200(answers)
    done = FollowUp.objects.get()
    assert {(one.json()["completed_by"], one.json()["completed"]) for one in answers} == {(done.completed_by_id, True)}
    assert LeadActivity.objects.filter(action="followup_completed").count() == 1


def test_bulk_moves_of_overlapping_internships_in_different_orders_wait_for_each_other(together, as_cleo, cleo):
    ids = [LeadFactory().pk for _ in range(6)]
    words = ("contacted", "replied", "meeting")

    all_200(
        together(
            AT_ONCE,
            lambda number: as_cleo.post(
                f"{DESK}/internships/bulk/status",
                {"internship_ids": ids[:: -1 if number % 2 else 1], "new_status": words[number % 3]},
            ),
        )
    )

    # Each went through all of them before the next one did: their histories are alike.
    histories = {
        tuple(LeadStatusChange.objects.filter(lead_id=pk).order_by("pk").values_list("before", "after")) for pk in ids
    }
    assert len(histories) == 1


def test_the_same_company_added_30_times_at_once_is_there_once(together, as_cleo, cleo):
    answers = together(AT_ONCE, lambda number: as_cleo.post(f"{DESK}/companies", {"name": "Acme"}))

    assert sorted(one.status_code for one in answers) == [201, *[409] * (AT_ONCE - 1)]
    assert Employer.objects.count() == 1


def test_an_internship_is_worked_on_while_it_is_removed(together, as_cleo, as_dora, dora):
    lead = LeadFactory()
    followup = FollowUpFactory(lead=lead)
    path = f"{DESK}/internships/{lead.pk}"
    acts = (
        lambda: as_dora.delete(path),
        lambda: as_cleo.patch(path, {"status": "contacted", "title": "x"}),
        lambda: as_cleo.post(f"{path}/remarks", {"remark": "x"}),
        lambda: as_cleo.post(f"{path}/followups", {"due_date": "2026-03-02"}),
        lambda: as_cleo.patch(f"{DESK}/followups/{followup.pk}/complete"),
        lambda: as_cleo.patch(f"{path}/status", {"new_status": "replied", "remark": "x"}),
    )

    answers = together(len(acts), lambda number: acts[number]())

    assert [one for one in answers if isinstance(one, Exception)] == []
    assert answers[0].status_code == 204
    assert {one.status_code for one in answers[1:]} <= {200, 201, 404}
    assert not Lead.objects.exists()
