"""What the desk's work adds up to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onward.domain.outreach.choices import ENDED, REACHED, LeadStatus
from onward.domain.outreach.models import FollowUp, Lead, LeadStatusChange
from onward.domain.outreach.queries.figures import Figures, Standing, figures
from onward.domain.outreach.services.revision import revise
from tests import factories as make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def read(at: datetime = NOW) -> Figures:
    return figures(today=at.date(), at=at)


def moved(lead, *statuses, by=None):
    for after in statuses:
        before, lead.status = lead.status, after
        lead.save()
        make.LeadStatusChangeFactory(lead=lead, before=before, after=after, changed_by=by)


def test_nothing_adds_up_to_nothing():
    found = read()

    assert set(found.stages.values()) == {Standing()}
    assert (found.conversions, found.companies_contacted, found.followups_due, found.stale) == (0, 0, 0, 0)
    assert found.industries == []


def test_each_stage_counts_who_is_there_and_who_ever_was(cleo):
    moved(make.LeadFactory(), "contacted", "declined")
    moved(make.LeadFactory(), "contacted", "replied", "contacted")
    make.LeadFactory()

    stages = read().stages

    assert stages["new"] == Standing(now=1, ever=3)
    assert stages["contacted"] == Standing(now=1, ever=2)
    assert stages["replied"] == Standing(now=0, ever=1)
    assert stages["declined"] == Standing(now=1, ever=1)


def test_a_company_is_contacted_once_however_many_of_its_leads_are():
    employer = make.EmployerFactory()
    for _ in range(2):
        moved(make.LeadFactory(posting__employer=employer), "contacted", "dormant")
    moved(make.LeadFactory(), "researching")

    assert (read().companies_contacted, read().leads_contacted) == (1, 2)


def test_credit_goes_to_who_acted(ada, cleo):
    lead = make.LeadFactory(assigned_to=ada)
    moved(lead, "contacted", by=ada)
    moved(lead, "converted", by=cleo)
    make.FollowUpFactory(lead=lead, completed_at=NOW, completed_by=cleo)

    leaders = {board: [(one.name, one.count) for one in rows] for board, rows in read().leaders.items()}

    assert leaders == {
        "contacts": [("Ada Ahmed", 1)],
        "conversions": [("Cleo Costa", 1)],
        "followups": [("Cleo Costa", 1)],
    }


def test_follow_ups_are_due_by_the_askers_day():
    for due in (date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 21)):
        make.FollowUpFactory(due_date=due)
    make.FollowUpFactory(due_date=date(2026, 3, 1), completed_at=NOW)

    assert figures(today=date(2026, 3, 20), at=NOW).followups_due == 2
    assert figures(today=date(2026, 3, 21), at=NOW).followups_due == 3


def test_a_lead_becomes_stale_by_the_mere_passing_of_time():
    make.LeadFactory(touched_at=NOW - 13 * DAY)
    make.LeadFactory(touched_at=NOW - 20 * DAY)
    make.FollowUpFactory(lead=make.LeadFactory(touched_at=NOW - 20 * DAY))
    make.LeadFactory(touched_at=NOW - 20 * DAY, status="declined")
    revise()

    assert read(NOW).stale == 1
    assert read(NOW + DAY + timedelta(seconds=1)).stale == 2


def test_applications_to_what_was_published_are_counted_back():
    lead = make.LeadFactory(posting__published_at=NOW, status="converted")
    for status in ("wishlist", "applied", "offer"):
        make.ApplicationFactory(posting=lead.posting, status=status)
    withdrawn = make.ApplicationFactory(posting=lead.posting, status="withdrawn")
    make.StatusChangeFactory(application=withdrawn, before="applied", after="offer")
    make.ApplicationFactory(status="offer")

    assert (read().published, read().applications, read().offers) == (1, 3, 2)


def test_industries_count_companies_and_leads():
    bank = make.EmployerFactory(industry="Banking")
    for employer in (bank, bank, make.EmployerFactory(industry="Baking"), make.EmployerFactory()):
        make.LeadFactory(posting__employer=employer)

    assert [(one.industry, one.companies, one.leads) for one in read().industries] == [
        ("Banking", 1, 2),
        ("", 1, 1),
        ("Baking", 1, 1),
    ]


def test_what_was_counted_is_counted_again_after_a_change_only(queries):
    make.LeadFactory()
    revise()
    read()

    with queries() as asked:
        read()
    assert len(asked) == 1

    make.LeadFactory()
    revise()
    with queries() as asked:
        assert read().stages["new"].now == 2
    assert len(asked) == 2


def test_a_change_that_is_taken_back_leaves_no_figures_behind():
    from django.db import transaction

    revise()
    before = read()
    with transaction.atomic():
        make.LeadFactory()
        revise()
        assert read().stages["new"].now == 1
        transaction.set_rollback(True)

    assert read() == before


WORDS = st.sampled_from(list(LeadStatus))


@settings(max_examples=15)
@given(st.lists(st.tuples(st.lists(WORDS, max_size=4), st.integers(0, 30), st.booleans()), max_size=5))
def test_the_figures_are_what_counting_by_hand_gives(histories):
    LeadStatusChange.objects.all().delete()
    FollowUp.objects.all().delete()
    Lead.objects.all().delete()
    for history, days, planned in histories:
        lead = make.LeadFactory(touched_at=NOW - days * DAY)
        moved(lead, *history)
        if planned:
            make.FollowUpFactory(lead=lead)
    revise()

    found = read()

    reached = [history for history, _, _ in histories if set(history) & set(REACHED)]
    last = [(history or [LeadStatus.NEW])[-1] for history, _, _ in histories]
    stale = [
        1
        for (_, days, planned), status in zip(histories, last, strict=True)
        if status not in ENDED and days > 14 and not planned
    ]
    assert found.stages == {
        s.value: Standing(
            now=last.count(s), ever=len(histories) if s == LeadStatus.NEW else sum(s in h for h, _, _ in histories)
        )
        for s in LeadStatus
    }
    assert (found.leads_contacted, found.companies_contacted, found.stale) == (len(reached), len(reached), len(stale))
