"""Who a lead is given to, is told; who leaves the team, leaves no lead behind."""

import uuid
from datetime import UTC, datetime

import pytest

from onward.domain.accounts.choices import Area
from onward.domain.accounts.models import User
from onward.domain.accounts.services import members, roles, staff
from onward.domain.board.models import Posting
from onward.domain.notifications.models import Notice
from onward.domain.outreach.models import FollowUp, Lead, LeadActivity
from onward.domain.outreach.queries.leads import load
from onward.domain.outreach.services import followups, leads
from onward.platform.refusals import Invalid
from onward.platform.tokens import Actor
from tests.factories import FollowUpFactory, LeadFactory, PostingFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def cleo(cleo):
    return RoleFactory(user=cleo, role="admin").user


@pytest.fixture
def ben(ben):
    User.objects.filter(pk=ben.pk).update(made_in="outreach")
    return RoleFactory(user=ben).user


def acting(user):
    return Actor(user.pk, uuid.uuid4(), "UTC", awaits_second_factor=False, is_staff=False, email=user.email)


def assign(made, to, by):
    ids = [lead.pk for lead in made]
    return leads.assign(lead_ids=ids, to_id=to.pk if to else None, by_id=by.pk if by else None, at=AT)


# Told


def test_who_is_given_a_lead_by_another_is_told_which_and_by_whom(cleo, ben):
    lead = LeadFactory(posting=PostingFactory(title="Intern", company_name="Acme"))

    assign([lead], ben, cleo)

    notice = Notice.objects.get()
    assert (notice.owner, notice.type, notice.lead, notice.read_at) == (ben, "lead_assigned", lead, None)
    assert (notice.title, notice.message) == ("Assigned to you: Acme, Intern", "By Cleo Costa.")


def test_many_leads_given_at_once_are_one_notice(cleo, ben):
    made = [LeadFactory() for _ in range(12)]

    assign(made, ben, cleo)
    assign(made, ben, cleo)

    notice = Notice.objects.get()
    assert (notice.owner, notice.title, notice.lead) == (ben, "Assigned to you: 12 internships", None)
    assert notice.data == {"count": 12}


def test_nobody_is_told_of_what_they_did_themselves_or_of_what_was_theirs(cleo, ben):
    lead = LeadFactory(assigned_to=ben)

    assign([lead], ben, cleo)
    assign([lead], cleo, cleo)
    assign([lead], None, cleo)

    assert not Notice.objects.exists()


# Leaving


def leave_by_admin(user, cleo):
    members.change(by=acting(cleo), area=Area.OUTREACH, user=user, changes={"is_active": False}, demands={}, at=AT)


def leave_by_staff(user, cleo):
    user.is_active = False
    staff.change_account(user=user, changed=["is_active"], at=AT)


def leave_the_team(user, cleo):
    roles.revoke(user=user, area="outreach", by_id=cleo.pk, at=AT)


@pytest.mark.parametrize("leave", [leave_by_admin, leave_by_staff, leave_the_team])
def test_open_leads_of_who_leaves_go_to_nobody(cleo, ben, leave):
    mine = {
        status: LeadFactory(status=status, assigned_to=ben) for status in ("new", "meeting", "converted", "dormant")
    }
    others = LeadFactory(assigned_to=cleo)
    assert load(user_id=ben.pk)["meeting"] == 1

    leave(User.objects.get(pk=ben.pk), cleo)

    assert set(Lead.objects.filter(assigned_to=None)) == {mine["new"], mine["meeting"]}
    assert set(Lead.objects.filter(assigned_to=ben)) == {mine["converted"], mine["dormant"]}
    others.refresh_from_db()
    assert others.assigned_to == cleo
    lines = LeadActivity.objects.filter(action="assigned")
    assert {line.lead for line in lines} == {mine["new"], mine["meeting"]}
    assert {line.actor for line in lines} == {None if leave is leave_by_staff else cleo}
    assert set(load(user_id=ben.pk).values()) == {0}


@pytest.mark.parametrize("leave", [leave_by_admin, leave_by_staff, leave_the_team])
def test_open_follow_ups_of_who_leaves_go_to_nobody_and_are_told_of_anew(cleo, ben, leave):
    told = {"assigned_to": ben, "told_at": AT}
    mine, of_anothers_lead = FollowUpFactory(**told), FollowUpFactory(lead=LeadFactory(assigned_to=cleo), **told)
    done = FollowUpFactory(completed_at=AT, completed_by=ben, **told)
    others = FollowUpFactory(assigned_to=cleo, told_at=AT)

    leave(User.objects.get(pk=ben.pk), cleo)

    open_ = FollowUp.objects.filter(assigned_to=None)
    assert set(open_) == {mine, of_anothers_lead}
    assert set(open_.values_list("told_at", flat=True)) == {None}
    for one in (done, others):
        before = (one.assigned_to_id, one.told_at)
        one.refresh_from_db()
        assert (one.assigned_to_id, one.told_at) == before
    lines = LeadActivity.objects.filter(action="followup_changed")
    assert {line.lead for line in lines} == {mine.lead, of_anothers_lead.lead}
    assert {str(line.changes) for line in lines} == {str({"assigned_to": [ben.pk, None]})}


def test_who_is_given_a_lead_is_told_anew_of_its_follow_ups_that_are_nobodys(cleo, ben):
    lead = LeadFactory()
    nobodys, cleos = (FollowUpFactory(lead=lead, assigned_to=user, told_at=AT) for user in (None, cleo))

    assign([lead], ben, cleo)

    for one in (nobodys, cleos):
        one.refresh_from_db()
    assert (nobodys.told_at, nobodys.planned_at, cleos.told_at) == (None, AT, AT)


def test_leaving_another_area_or_becoming_something_else_takes_no_lead(cleo, ben):
    RoleFactory(user=ben, area="campus", role="moderator")
    lead = LeadFactory(assigned_to=ben)

    roles.revoke(user=ben, area="campus", by_id=cleo.pk, at=AT)
    roles.grant(user=ben, area="outreach", role="admin", by_id=cleo.pk, at=AT)

    lead.refresh_from_db()
    assert lead.assigned_to == ben


@pytest.mark.parametrize("what", ["lead", "new lead", "follow-up", "moved follow-up"])
def test_nothing_is_given_to_who_has_left(cleo, ben, what):
    lead, followup = LeadFactory(), FollowUpFactory(assigned_to=cleo)
    leave_by_staff(ben, cleo)

    with pytest.raises(Invalid) as refused:
        match what:
            case "lead":
                assign([lead], ben, cleo)
            case "new lead":
                leads.add(title="x", company={"name": "Acme"}, by_id=cleo.pk, at=AT, lead={"assigned_to_id": ben.pk})
            case "follow-up":
                followups.plan(lead=lead, due_date=AT.date(), by_id=cleo.pk, at=AT, assigned_to_id=ben.pk)
            case "moved follow-up":
                followups.update(followup=followup, by_id=cleo.pk, at=AT, assigned_to_id=ben.pk)
    assert list(refused.value.fields) == ["assigned_to_id"]
    assert Lead.objects.count() == 2


def test_who_is_given_leads_while_they_leave_keeps_none(together):
    cleo, ben = RoleFactory(role="admin").user, RoleFactory().user
    made = [LeadFactory() for _ in range(12)]
    planned = [FollowUpFactory(lead=lead, assigned_to=cleo) for lead in made[:3]]

    def act(number):
        if number == 5:
            return leave_by_staff(User.objects.get(pk=ben.pk), cleo)
        if number % 3 == 0:
            return leads.update(
                lead=made[number], by_id=cleo.pk, at=AT, assigned_to_id=ben.pk, title="x", status="replied"
            )
        if number % 3 == 1:
            return followups.update(followup=planned[number % 2], by_id=cleo.pk, at=AT, assigned_to_id=ben.pk)
        return leads.add(
            title="x", company={"name": f"E{number}"}, by_id=cleo.pk, at=AT, lead={"assigned_to_id": ben.pk}
        )

    results = together(12, act)

    failed = [result for result in results if isinstance(result, Exception)]
    assert [problem for problem in failed if not isinstance(problem, Invalid)] == []
    assert not Lead.objects.filter(assigned_to=ben).exists()
    assert not FollowUp.objects.filter(assigned_to=ben).exists()


# Many at once


def test_thousands_are_given_moved_and_remarked_on_in_few_statements(cleo, ben, queries):
    employer = LeadFactory().posting.employer
    postings = Posting.objects.bulk_create(
        Posting(title=f"Intern {number}", company_name="Acme", employer=employer) for number in range(2000)
    )
    Lead.objects.bulk_create(Lead(posting=posting) for posting in postings)
    made = list(Lead.objects.all())

    for act in (
        lambda: assign(made, ben, cleo),
        lambda: leads.change_status(
            lead_ids=[lead.pk for lead in made], to="contacted", by_id=cleo.pk, at=AT, remark="Called."
        ),
    ):
        with queries() as asked:
            done = act()
        assert len(done.changed) == 2001
        # Some statements for each 500 rows of history, remarks, events and timeline.
        assert len(asked) <= 60

    assert Notice.objects.count() == 1
    assert LeadActivity.objects.count() == 3 * 2001


def test_outsiders_change_nothing(ada):
    lead = LeadFactory()
    with pytest.raises(Invalid):
        assign([lead], ada, UserFactory())
    lead.refresh_from_db()
    assert lead.assigned_to is None
