"""What the desk has won, published."""

from datetime import UTC, date, datetime

import pytest

from onward.domain.applications import services as applications
from onward.domain.board import services as board
from onward.domain.board.models import Posting
from onward.domain.outreach.models import Lead, LeadActivity, LeadStatusChange
from onward.domain.outreach.services import leads
from onward.domain.outreach.services.conversion import convert
from onward.platform.events.models import EventRecord
from onward.platform.refusals import Invalid, Missing
from tests.factories import LeadFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def cleo(cleo):
    return RoleFactory(user=cleo).user


def converted(lead, by, **text):
    return convert(lead=Lead.objects.get(pk=lead.pk), by_id=by.pk, at=AT, **text)


def timeline(lead):
    return [line.action for line in LeadActivity.objects.filter(lead=lead).order_by("pk")]


def test_a_lead_is_published_with_the_desks_text_and_an_application_to_it_counts_back(cleo, ada):
    lead = LeadFactory()

    assert converted(lead, cleo, description="Come to us.", closes_on=date(2026, 4, 1), seats=2)

    lead.refresh_from_db()
    posting = Posting.objects.get()
    assert (posting.description, posting.closes_on, posting.seats) == ("Come to us.", date(2026, 4, 1), 2)
    assert (posting.published_at, lead.status, lead.touched_at) == (AT, "converted", AT)
    assert timeline(lead) == ["published", "status_changed"]
    assert {line.actor for line in LeadActivity.objects.all()} == {cleo}
    applications.apply_to(owner_id=ada.pk, posting_id=posting.pk, at=AT)
    assert posting.applications.count() == 1


def test_converting_again_publishes_nothing_and_changes_no_text(cleo):
    lead = LeadFactory()
    converted(lead, cleo, title="First", seats=2)
    leads.change_status(lead_ids=[lead.pk], to="meeting", by_id=cleo.pk, at=AT)

    assert not converted(lead, cleo, title="Second", seats=9)

    lead.refresh_from_db()
    assert (lead.posting.title, lead.posting.seats, lead.status) == ("First", 2, "converted")
    assert timeline(lead).count("published") == 1


def test_the_status_alone_publishes_nothing_and_converting_later_does(cleo):
    lead = LeadFactory()
    leads.change_status(lead_ids=[lead.pk], to="converted", by_id=cleo.pk, at=AT)
    assert Posting.objects.get().published_at is None

    assert converted(lead, cleo)

    assert Posting.objects.get().published_at == AT
    assert LeadStatusChange.objects.count() == 1


def test_what_cannot_be_published_leaves_everything_as_it_was(cleo):
    lead = LeadFactory()

    with pytest.raises(Invalid) as refused:
        converted(lead, cleo, title="Other", closes_on=date(2026, 3, 19))

    lead.refresh_from_db()
    assert list(refused.value.fields) == ["closes_on"]
    assert (lead.status, lead.posting.published_at) == ("new", None)
    assert lead.posting.title != "Other"
    assert not EventRecord.objects.exists()


def test_a_lead_that_is_gone_is_not_converted(cleo):
    lead = LeadFactory()
    leads.remove(lead=lead, by_id=cleo.pk, at=AT)
    with pytest.raises(Missing):
        convert(lead=lead, by_id=cleo.pk, at=AT)
    assert Posting.objects.get().published_at is None


def test_thirty_who_convert_at_once_publish_it_once(together):
    cleo, lead = RoleFactory().user, LeadFactory()

    results = together(30, lambda number: converted(lead, cleo, title=f"Intern {number}", seats=number + 1))

    assert results.count(True) == 1
    assert results.count(False) == 29
    first = results.index(True)
    posting = Posting.objects.get()
    assert (posting.title, posting.seats) == (f"Intern {first}", first + 1)
    assert timeline(lead) == ["published", "status_changed"]
    assert EventRecord.objects.filter(name="posting.published").count() == 1


def test_converting_and_changing_the_same_at_once_never_wait_for_each_other(together):
    cleo, lead, ada = RoleFactory().user, LeadFactory(), UserFactory()
    posting = lead.posting
    board.update(posting=posting, by_id=cleo.pk, at=AT, title="Before")
    acts = [
        lambda number: converted(lead, cleo, title=f"Intern {number}"),
        lambda number: leads.update(
            lead=Lead.objects.get(pk=lead.pk),
            by_id=cleo.pk,
            at=AT,
            title=f"Intern {number}",
            status="meeting" if number % 2 else "replied",
            assigned_to_id=cleo.pk if number % 2 else None,
        ),
        lambda number: board.update(posting=posting, by_id=cleo.pk, at=AT, seats=number),
        lambda number: leads.change_status(lead_ids=[lead.pk], to="declined", by_id=cleo.pk, at=AT, remark="x"),
    ]

    results = together(24, lambda number: acts[number % 4](number))

    assert [result for result in results if isinstance(result, Exception)] == []
    assert EventRecord.objects.filter(name="posting.published").count() == 1
    assert not EventRecord.objects.filter(owner=ada).exists()
