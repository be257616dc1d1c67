"""What the desk does with leads, and what follows from it."""

from datetime import UTC, date, datetime

import pytest

from onward.domain.outreach.models import FollowUp, Lead, LeadActivity, LeadStatusChange, Message, Remark, RemovedLead
from onward.domain.outreach.services import followups, leads, messages, remarks
from onward.platform.refusals import Invalid, Missing
from tests import factories as make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def cleo(cleo):
    make.RoleFactory(user=cleo)
    return cleo


@pytest.fixture
def lead():
    return make.LeadFactory(touched_at=datetime(2026, 1, 1, tzinfo=UTC))


def move(lead, to, by, **more):
    return leads.change_status(lead_ids=[lead.pk], to=to, by_id=by.pk, at=NOW, **more)


def timeline(lead):
    rows = LeadActivity.objects.filter(lead=lead).order_by("pk")
    return [(row.action, row.description, row.changes) for row in rows]


def test_a_move_is_kept_in_the_history_and_told_in_the_timeline(lead, cleo):
    move(lead, "contacted", cleo)

    lead.refresh_from_db()
    (change,) = LeadStatusChange.objects.all()
    assert (lead.status, lead.touched_at) == ("contacted", NOW)
    assert (change.before, change.after, change.changed_by, change.changed_at) == ("new", "contacted", cleo, NOW)
    assert timeline(lead) == [("status_changed", "Moved from New to Contacted.", {"status": ["new", "contacted"]})]
    assert LeadActivity.objects.get().actor == cleo


def test_repeating_a_move_is_no_change_but_its_remark_is_kept(lead, cleo):
    move(lead, "contacted", cleo)
    done = move(lead, "contacted", cleo, remark="Still nothing.")

    assert (done.changed, done.unchanged) == ([], [lead.pk])
    assert LeadStatusChange.objects.count() == 1
    assert Remark.objects.get().text == "Still nothing."


def test_many_are_moved_at_once_and_those_that_are_not_there_are_named(cleo, queries):
    rows = [make.LeadFactory() for _ in range(3)]
    with queries() as asked:
        done = leads.change_status(
            lead_ids=[*(row.pk for row in rows), 999_999, rows[0].pk], to="declined", by_id=cleo.pk, at=NOW
        )

    assert (done.changed, done.unknown) == ([row.pk for row in rows], [999_999])
    assert set(Lead.objects.values_list("status", flat=True)) == {"declined"}
    few = len(asked)
    more = [make.LeadFactory() for _ in range(90)]
    with queries() as asked:
        leads.change_status(lead_ids=[row.pk for row in more], to="declined", by_id=cleo.pk, at=NOW)
    # Whatever the number: some more rows go with a statement.
    assert len(asked) <= few + 6 * 9


def test_a_lead_is_made_somebodys_on_the_team_only(lead, ada, cleo):
    with pytest.raises(Invalid) as refused:
        leads.assign(lead_ids=[lead.pk], to_id=ada.pk, by_id=cleo.pk, at=NOW)
    assert "assigned_to_id" in refused.value.fields

    leads.assign(lead_ids=[lead.pk], to_id=cleo.pk, by_id=cleo.pk, at=NOW)
    leads.assign(lead_ids=[lead.pk], to_id=cleo.pk, by_id=cleo.pk, at=NOW)

    assert timeline(lead) == [("assigned", "Assigned to Cleo Costa.", {"assigned_to": [None, cleo.pk]})]


def test_a_change_of_many_things_is_all_or_nothing(lead, ada, cleo):
    with pytest.raises(Invalid):
        leads.update(lead=lead, by_id=cleo.pk, at=NOW, status="meeting", title="Baker", assigned_to_id=ada.pk)

    lead.refresh_from_db()
    assert (lead.status, lead.posting.title) != ("meeting", "Baker")
    assert timeline(lead) == []

    leads.update(
        lead=lead, by_id=cleo.pk, at=NOW, status="meeting", title="Baker", metadata={"a": 1}, assigned_to_id=cleo.pk
    )

    lead.refresh_from_db()
    assert (lead.status, lead.posting.title, lead.metadata, lead.assigned_to) == ("meeting", "Baker", {"a": 1}, cleo)
    assert lead.posting.written == ["title"]
    assert [action for action, _, _ in timeline(lead)] == ["changed", "assigned", "status_changed", "changed"]


def test_putting_back_what_is_there_is_no_change(lead, cleo):
    leads.update(
        lead=lead, by_id=cleo.pk, at=NOW, status="new", title=lead.posting.title, metadata={}, assigned_to_id=None
    )

    assert timeline(lead) == []


def test_a_lead_by_hand_has_a_posting_and_an_employer(cleo):
    made = leads.add(
        title="Baker's intern",
        company={"name": " Quartz  GmbH "},
        by_id=cleo.pk,
        at=NOW,
        location="Lyon",
        lead={"status": "contacted", "assigned_to_id": cleo.pk},
    )

    made.refresh_from_db()
    assert (made.posting.title, made.posting.employer.name, made.posting.published_at) == (
        "Baker's intern",
        "Quartz GmbH",
        None,
    )
    assert (made.status, made.assigned_to) == ("contacted", cleo)
    again = leads.add(title="Another", company={"id": made.posting.employer_id}, by_id=cleo.pk, at=NOW)
    assert again.posting.employer_id == made.posting.employer_id
    with pytest.raises(Invalid):
        leads.add(title="Third", company={"id": 999_999}, by_id=cleo.pk, at=NOW)


def test_a_removed_lead_takes_its_work_along_and_leaves_company_posting_and_a_mark(lead, cleo):
    posting = lead.posting
    remarks.add(lead=lead, text="Nice people.", by_id=cleo.pk, at=NOW)
    followups.plan(lead=lead, due_date=date(2026, 3, 1), by_id=cleo.pk, at=NOW)
    leads.remove(lead=lead, by_id=cleo.pk, at=NOW)

    for model in (Lead, Remark, FollowUp, LeadActivity, LeadStatusChange):
        assert not model.objects.exists()
    posting.refresh_from_db()
    assert posting.employer is not None
    assert RemovedLead.objects.get().posting == posting
    with pytest.raises(Missing):
        leads.remove(lead=Lead(pk=lead.pk, posting=posting), by_id=cleo.pk, at=NOW)


def test_a_follow_up_is_done_once_by_who_was_first(lead, ada, cleo):
    planned = followups.plan(lead=lead, due_date=date(2026, 3, 1), by_id=cleo.pk, at=NOW, notes="Call")
    followups.update(followup=planned, by_id=cleo.pk, at=NOW, due_date=date(2026, 3, 2), notes="Call")
    followups.complete(followup=planned, by_id=cleo.pk, at=NOW)
    followups.complete(followup=planned, by_id=ada.pk, at=NOW)

    planned.refresh_from_db()
    assert (planned.completed_by, planned.due_date, planned.assigned_to) == (cleo, date(2026, 3, 2), cleo)
    assert [action for action, _, _ in timeline(lead)] == ["followup_added", "followup_changed", "followup_completed"]


def saved(lead, by, **more):
    values = {"message_type": "email", "tone": "formal", "text": "Dear …", "subject": "Intern"}
    return messages.keep(lead=lead, employer=None, by_id=by.pk, at=NOW, **values | more)


def test_each_saving_keeps_a_version(lead, cleo):
    assert [saved(lead, cleo).version, saved(lead, cleo).version] == [1, 2]
    employer = lead.posting.employer
    values = {"message_type": "email", "tone": "formal", "text": "Dear …"}
    assert messages.keep(lead=None, employer=employer, by_id=cleo.pk, at=NOW, **values).version == 1


def test_a_sent_message_makes_the_lead_contacted_and_proposes_a_follow_up(lead, cleo):
    message = saved(lead, cleo)

    proposed = messages.mark_sent(message=message, by_id=cleo.pk, at=NOW)
    messages.mark_sent(message=message, by_id=cleo.pk, at=NOW)

    lead.refresh_from_db()
    assert lead.status == "contacted"
    assert proposed.due_date == date(2026, 3, 27)
    assert not FollowUp.objects.exists()
    assert [action for action, _, _ in timeline(lead)] == ["message_saved", "message_sent", "status_changed"]


def test_a_lead_that_has_come_further_stays_there_when_a_message_is_sent(lead, cleo):
    move(lead, "meeting", cleo)
    followups.plan(lead=lead, due_date=date(2026, 4, 1), by_id=cleo.pk, at=NOW)

    assert messages.mark_sent(message=saved(lead, cleo), by_id=cleo.pk, at=NOW) is None

    lead.refresh_from_db()
    assert lead.status == "meeting"


@pytest.mark.django_db(transaction=True)
def test_at_once_every_act_has_one_effect(together, lead, cleo):
    planned = followups.plan(lead=lead, due_date=date(2026, 3, 1), by_id=cleo.pk, at=NOW)
    message = saved(lead, cleo)
    acts = [
        lambda: move(lead, "meeting", cleo),
        lambda: leads.assign(lead_ids=[lead.pk], to_id=cleo.pk, by_id=cleo.pk, at=NOW),
        lambda: followups.complete(followup=planned, by_id=cleo.pk, at=NOW),
        lambda: messages.mark_sent(message=message, by_id=cleo.pk, at=NOW),
        lambda: saved(lead, cleo),
    ]

    results = together(30, lambda number: acts[number % len(acts)]())

    assert [one for one in results if isinstance(one, Exception)] == []
    told = [action for action, _, _ in timeline(lead)]
    assert told.count("assigned") == told.count("followup_completed") == told.count("message_sent") == 1
    assert sorted(Message.objects.values_list("version", flat=True)) == list(range(1, 8))
    moves = [(one.before, one.after) for one in LeadStatusChange.objects.order_by("pk")]
    assert moves in ([("new", "meeting")], [("new", "contacted"), ("contacted", "meeting")])
