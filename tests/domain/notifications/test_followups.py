"""Follow-ups that are due: told at eight on their assignee's clock, with one mail a day."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone

from onward.domain.accounts.models import User
from onward.domain.notifications.models import Notice, Notification, Preferences
from onward.domain.notifications.services.followups import tell_due
from onward.domain.outreach.models import FollowUp, Lead
from onward.domain.outreach.queries.due import due_for
from tests.domain.notifications.post import delivered, html
from tests.factories import FollowUpFactory, LeadFactory, PostingFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)
EIGHT = datetime(2026, 3, 16, 8, tzinfo=UTC)
LONG_AGO = EIGHT - timedelta(days=30)


@pytest.fixture
def post(monkeypatch):
    return partial(delivered, monkeypatch=monkeypatch)


@pytest.fixture
def member(cleo):
    return RoleFactory(user=cleo).user


def planned(user, day=TODAY, title="Intern", **fields):
    lead = LeadFactory(posting=PostingFactory(title=title, company_name="Acme"))
    return FollowUpFactory(lead=lead, assigned_to=user, due_date=day, **{"planned_at": LONG_AGO, **fields})


def test_is_told_at_eight_and_once_with_a_notice_and_a_mail(member, post):
    followup = planned(member, notes="Ask for Ms. Roe")

    assert tell_due(at=EIGHT - timedelta(seconds=1)) == 0
    assert tell_due(at=EIGHT) == 1
    assert tell_due(at=EIGHT + timedelta(minutes=15)) == 0
    (message,) = post(EIGHT)

    assert (message.subject, message.to) == ("Follow-ups due on 16 March 2026", ["cleo@example.org"])
    for text in (message.body, html(message)):
        assert "16 March: Acme, Intern" in text
        assert "Ask for Ms. Roe" in text
    notice = Notice.objects.get()
    assert (notice.owner, notice.type, notice.lead, notice.title) == (
        member,
        "followup_due",
        followup.lead,
        "Follow-up due: Acme, Intern",
    )
    assert notice.data == {"followup_id": followup.pk, "due_date": "2026-03-16"}
    followup.refresh_from_db()
    assert followup.told_at == EIGHT


def test_a_day_has_one_mail_for_all_that_is_due_and_a_notice_for_each(member, post):
    planned(member, title="First", day=TODAY - timedelta(days=3))
    planned(member, title="Second")
    planned(member, title="Tomorrow", day=TODAY + timedelta(days=1))

    assert tell_due(at=EIGHT) == 2
    (message,) = post(EIGHT)

    assert "13 March (overdue): Acme, First\n\n16 March: Acme, Second" in message.body
    assert "Tomorrow" not in message.body
    assert Notice.objects.count() == 2


def test_what_is_still_open_stands_in_the_next_mail_and_is_no_reason_for_one(member, post):
    planned(member, title="First")
    tell_due(at=EIGHT)
    post(EIGHT)
    assert tell_due(at=EIGHT + timedelta(days=1)) == 0

    planned(member, title="Second", day=TODAY + timedelta(days=2))
    assert tell_due(at=EIGHT + timedelta(days=2)) == 1
    (message,) = post(EIGHT + timedelta(days=2))

    assert "16 March (overdue): Acme, First" in message.body
    assert "18 March: Acme, Second" in message.body
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    ("zone", "day", "at"),
    [
        ("Pacific/Auckland", date(2026, 3, 16), datetime(2026, 3, 15, 19, tzinfo=UTC)),
        ("Pacific/Kiritimati", date(2026, 3, 16), datetime(2026, 3, 15, 18, tzinfo=UTC)),
        ("Asia/Kathmandu", date(2026, 3, 16), datetime(2026, 3, 16, 2, 15, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 3, 16), datetime(2026, 3, 16, 7, tzinfo=UTC)),
        # After the clocks went forward in the night before.
        ("Europe/Berlin", date(2026, 3, 29), datetime(2026, 3, 29, 6, tzinfo=UTC)),
        ("Pacific/Pago_Pago", date(2026, 3, 16), datetime(2026, 3, 16, 19, tzinfo=UTC)),
    ],
)
def test_eight_is_told_by_the_assignees_own_clock(member, zone, day, at):
    User.objects.filter(pk=member.pk).update(timezone=zone)
    planned(member, day=day)
    UserFactory(timezone="Pacific/Kiritimati")

    assert tell_due(at=at - timedelta(seconds=1)) == 0
    assert tell_due(at=at) == 1
    assert Notification.objects.get().day == day


def test_what_is_planned_after_eight_for_a_day_that_has_begun_is_told_the_next_morning(member):
    planned(member, planned_at=EIGHT + timedelta(hours=1))

    assert tell_due(at=EIGHT + timedelta(hours=2)) == 0
    assert tell_due(at=EIGHT + timedelta(days=1)) == 1


def test_what_nothing_could_tell_in_time_is_told_in_the_day_or_the_next_morning(member):
    planned(member)

    assert tell_due(at=EIGHT + timedelta(hours=12)) == 0
    assert tell_due(at=EIGHT + timedelta(hours=11)) == 1


def test_what_is_done_before_the_mail_goes_out_is_not_told_in_it(member, post):
    followup = planned(member)
    tell_due(at=EIGHT)
    FollowUp.objects.filter(pk=followup.pk).update(completed_at=EIGHT)

    assert post(EIGHT) == []
    assert Notification.objects.get().status == "skipped"


@pytest.mark.parametrize("why", ["done", "outsider", "disabled", "nobody"])
def test_nobody_is_told_of_what_is_done_or_who_is_not_on_the_team(member, cleo, why):
    planned(member)
    match why:
        case "done":
            FollowUp.objects.update(completed_at=EIGHT)
        case "outsider":
            cleo.roles.all().delete()
        case "disabled":
            User.objects.filter(pk=cleo.pk).update(is_active=False)
        case "nobody":
            FollowUp.objects.update(assigned_to=None)

    # Whose it is to do there is none, nor any admin.
    assert tell_due(at=EIGHT) == 0
    assert not Notice.objects.exists()


@pytest.mark.parametrize("why", ["outsider", "disabled", "nobody"])
@pytest.mark.parametrize("given", [True, False], ids=["lead is another's", "lead is nobody's"])
def test_what_is_nobodys_is_told_to_whose_the_lead_is_or_to_the_admins(member, cleo, ben, ada, post, why, given):
    ben = RoleFactory(user=ben).user
    admins = [RoleFactory(role="admin").user, UserFactory(is_superuser=True)]
    RoleFactory(role="admin", user__is_active=False)
    followup = planned(member)
    if given:
        Lead.objects.update(assigned_to=ben)
    match why:
        case "outsider":
            cleo.roles.all().delete()
        case "disabled":
            User.objects.filter(pk=cleo.pk).update(is_active=False)
        case "nobody":
            FollowUp.objects.update(assigned_to=None)

    assert [tell_due(at=EIGHT), tell_due(at=EIGHT)] == [1, 0]

    told = [ben] if given else admins
    assert {notice.owner for notice in Notice.objects.all()} == set(told)
    mails = post(EIGHT)
    assert {to for mail in mails for to in mail.to} == {user.email for user in told}
    assert all("16 March: Acme, Intern" in mail.body for mail in mails)
    assert list(due_for(user_id=told[0].pk, by=TODAY)) == [followup]
    assert not due_for(user_id=ada.pk, by=TODAY).exists()


def test_what_admins_must_do_is_told_when_the_first_of_them_has_morning():
    early = RoleFactory(role="admin", user__timezone="Asia/Tokyo").user
    RoleFactory(role="admin", user__timezone="America/New_York")
    planned(None)

    # Eight in Tokyo.
    assert tell_due(at=EIGHT - timedelta(hours=9, seconds=1)) == 0
    assert tell_due(at=EIGHT - timedelta(hours=9)) == 1
    assert tell_due(at=EIGHT + timedelta(hours=4)) == 0
    assert Notice.objects.filter(owner=early).count() == 1
    assert Notice.objects.count() == 2


def test_the_mail_waits_for_the_end_of_quiet_hours(member, post):
    Preferences.objects.create(owner=member, quiet_hours_start="22:00", quiet_hours_end="09:30")
    planned(member)
    tell_due(at=EIGHT)

    assert post(EIGHT) == []
    assert len(post(EIGHT + timedelta(minutes=90))) == 1


def test_a_long_list_is_cut_and_says_so(member, post):
    for number in range(23):
        planned(member, title=f"Intern {number}")
    tell_due(at=EIGHT)

    (message,) = post(EIGHT)

    assert message.body.count("Acme, Intern") == 20
    assert "And 3 more." in message.body


def test_hundreds_are_told_in_few_statements(queries):
    members = [RoleFactory().user for _ in range(5)]
    lead = LeadFactory()
    for number in range(300):
        FollowUpFactory(lead=lead, assigned_to=members[number % 5], due_date=TODAY, planned_at=LONG_AGO)

    with queries() as asked:
        assert tell_due(at=EIGHT) == 300

    # A job for each mail, and what has been looked for in vain at the end.
    assert len(asked) <= 40
    assert Notification.objects.count() == 5
    assert Notice.objects.count() == 300


def test_many_who_look_at_once_tell_each_once(together):
    member = RoleFactory().user
    for number in range(10):
        planned(member, title=f"Intern {number}")

    results = together(6, lambda number: tell_due(at=EIGHT))

    assert not [result for result in results if isinstance(result, Exception)]
    assert sum(results) == 10
    assert (Notice.objects.count(), Notification.objects.count()) == (10, 1)


def test_the_worker_looks_every_quarter_of_an_hour(member):
    from onward.domain.notifications import tasks

    # In every zone it is eight once a day; here an hour is chosen in which it is always after eight and before the evening.
    at = timezone.now()
    zone = f"Etc/GMT{at.hour - 10:+d}" if at.hour != 10 else "UTC"
    User.objects.filter(pk=member.pk).update(timezone=zone)
    planned(member, day=date(2026, 3, 16))

    assert tasks.look_at_the_calendar.function() >= 1
    assert Notice.objects.filter(type="followup_due").count() == 1
