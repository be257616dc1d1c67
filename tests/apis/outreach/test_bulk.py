"""Bulk operations: the same thing done about many internships at once."""

import pytest

from onward.domain.board.models import Posting
from onward.domain.outreach.models import Lead, LeadActivity, LeadStatusChange
from tests.factories import EmployerFactory, LeadFactory

pytestmark = pytest.mark.django_db

BULK = "/outreach/internships/bulk"


def many(count):
    employer = EmployerFactory()
    postings = Posting.objects.bulk_create(
        Posting(title="Intern", company_name="Acme", employer=employer) for _ in range(count)
    )
    return [lead.pk for lead in Lead.objects.bulk_create(Lead(posting=posting) for posting in postings)]


def test_bulk_assign_makes_internships_somebodys_and_tells_which_are_not_there(as_cleo, cleo, dora):
    first, second, hers = LeadFactory(), LeadFactory(), LeadFactory(assigned_to=dora)

    answered = as_cleo.post(
        f"{BULK}/assign",
        {"internship_ids": [first.pk, second.pk, first.pk, hers.pk, 999999, 2**62], "user_id": dora.pk},
    )

    assert answered.json() == {"updated": 2, "unchanged": 1, "unknown_ids": [999999, 2**62]}
    assert Lead.objects.filter(assigned_to=dora).count() == 3
    assert LeadActivity.objects.filter(action="assigned").count() == 2


def test_bulk_assign_to_nobody_and_to_nobody_on_the_team(as_cleo, cleo, ada):
    lead = LeadFactory(assigned_to=cleo)

    for stranger in (ada.pk, 999999):
        answered = as_cleo.post(f"{BULK}/assign", {"internship_ids": [lead.pk], "user_id": stranger})
        assert (answered.status_code, answered.json()["detail"][0]["loc"]) == (422, ["body", "user_id"])
    assert as_cleo.post(f"{BULK}/assign", {"internship_ids": [lead.pk], "user_id": None}).json()["updated"] == 1
    assert Lead.objects.get().assigned_to is None


def test_bulk_status_moves_internships_as_one_is_moved(as_cleo, cleo):
    first, second, there = LeadFactory(), LeadFactory(), LeadFactory(status="contacted")

    answered = as_cleo.post(
        f"{BULK}/status",
        {"internship_ids": [first.pk, second.pk, there.pk, 999999], "new_status": "contacted", "remark": "Spring mail"},
    )

    assert answered.json() == {"updated": 2, "unchanged": 1, "unknown_ids": [999999]}
    assert LeadStatusChange.objects.filter(after="contacted", changed_by=cleo).count() == 2
    assert [lead.remarks.get().text for lead in (first, second, there)] == ["Spring mail"] * 3


def test_refuses_what_is_not_a_list_of_numbers_by_the_name_of_the_field(as_cleo, cleo):
    for path, rest in (("assign", {"user_id": cleo.pk}), ("status", {"new_status": "new"})):
        for ids in ([], list(range(1, 5002)), ["x"], [1.5], [None], [2**63], "1,2", None, {"a": 1}, [[1]]):
            answered = as_cleo.post(f"{BULK}/{path}", {"internship_ids": ids, **rest})
            assert answered.status_code == 422, ids
            assert answered.json()["detail"][0]["loc"][1] == "internship_ids"
    refused = as_cleo.post(f"{BULK}/status", {"internship_ids": [1], "new_status": "won"})
    assert (refused.status_code, refused.json()["detail"][0]["loc"]) == (422, ["body", "new_status"])


@pytest.mark.parametrize(("path", "rest"), [("assign", "user_id"), ("status", "new_status")])
def test_5000_internships_take_a_number_of_statements_that_hardly_grows(as_cleo, cleo, queries, path, rest):
    ids = many(5000)
    said = {"user_id": cleo.pk} if rest == "user_id" else {"new_status": "replied"}

    with queries() as few:
        as_cleo.post(f"{BULK}/{path}", {"internship_ids": ids[:100], **said})
    with queries() as all_of_them:
        answered = as_cleo.post(f"{BULK}/{path}", {"internship_ids": ids, **said})

    assert answered.json() == {"updated": 4900, "unchanged": 100, "unknown_ids": []}
    # Rows are appended a hundred with a statement: lines of the timeline, events and changes of status.
    assert len(all_of_them) <= len(few) + 3 * 50


def test_whoever_is_given_many_internships_is_told_once(as_cleo, cleo, dora, as_dora):
    ids = many(7)

    as_cleo.post(f"{BULK}/assign", {"internship_ids": ids, "user_id": dora.pk})
    as_cleo.post(f"{BULK}/assign", {"internship_ids": ids, "user_id": dora.pk})
    as_dora.post(f"{BULK}/assign", {"internship_ids": ids, "user_id": cleo.pk})
    as_cleo.post(f"{BULK}/assign", {"internship_ids": many(1), "user_id": cleo.pk})

    told, own = (client.get("/outreach/notifications").json()["results"] for client in (as_dora, as_cleo))
    assert [one["type"] for one in told] == ["lead_assigned"]
    assert "7" in told[0]["title"] + told[0]["message"]
    # Nobody is told of what they have taken themselves.
    assert len(own) == 1
