"""Leads of what runs find."""

from datetime import UTC, datetime

import pytest

from onward.domain.board.models import Posting
from onward.domain.outreach.models import Lead, LeadActivity
from onward.domain.outreach.services import leads
from onward.domain.outreach.services.finding import leads_from, tell_reposted
from onward.platform.events.models import EventRecord
from tests.factories import EmployerFactory, LeadFactory, PostingFactory, RoleFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


def found(*postings, **wanted):
    return leads_from(posting_ids=[posting.pk for posting in postings], at=AT, **wanted)


def test_each_internship_becomes_one_lead_however_often_it_is_read():
    internship, job = PostingFactory(), PostingFactory(is_internship=False)

    assert found(internship, job) == 1
    assert found(internship, job) == 0

    lead = Lead.objects.get()
    assert (lead.posting, lead.status, lead.assigned_to, lead.created_at) == (internship, "new", None, AT)
    (line,) = LeadActivity.objects.all()
    assert (line.lead, line.action, line.actor, line.employer) == (lead, "found", None, internship.employer)
    assert EventRecord.objects.filter(name="lead.found").count() == 1


def test_what_was_removed_stays_away():
    posting = PostingFactory()
    found(posting)
    leads.remove(lead=Lead.objects.get(), by_id=None, at=AT)

    assert found(posting) == 0
    assert not Lead.objects.exists()
    assert Posting.objects.get() == posting


def place(city="", region="", country="", text=""):
    return {"text": text or city, "city": city, "region": region, "country": country}


@pytest.mark.parametrize(
    ("places", "work_mode", "wanted", "is_found"),
    [
        ([place("Lyon", country="FR")], "", ["Lyon"], True),
        ([place("Lyon", country="FR")], "", ["LYON"], True),
        ([place("Lyon", country="FR")], "", ["Paris"], False),
        ([place("Lyon", country="FR")], "", ["Paris", "lyon"], True),
        ([place("Lyon", country="FR")], "", ["France"], True),
        ([place("Lyon", country="FR")], "", ["FR"], True),
        ([place("Lyon", country="FR")], "", ["Germany"], False),
        ([place("Paris", country="FR"), place("Lyon", country="FR")], "", ["Lyon"], True),
        ([place("Munich", "Bavaria", "DE")], "", ["Bavaria"], True),
        ([place("Munich", "Bavaria", "DE")], "", ["München"], True),
        ([place("Munich", "Bavaria", "DE")], "", ["Saxony"], False),
        ([], "remote", ["Remote"], True),
        ([place("Lyon", country="FR")], "remote", ["remote"], True),
        ([place("Lyon", country="FR")], "onsite", ["Remote"], False),
        ([], "", ["Lyon"], False),
        ([], "", [], True),
    ],
)
def test_a_place_that_a_run_asks_for_is_a_city_a_region_a_country_or_remote(places, work_mode, wanted, is_found):
    posting = PostingFactory(places=places, location="", work_mode=work_mode)

    assert found(posting, locations=wanted) == is_found


def test_a_place_that_is_written_in_one_line_is_read():
    assert found(PostingFactory(places=[], location="Lyon, France"), locations=["Lyon"]) == 1
    # No list of places knows it.
    assert found(PostingFactory(places=[], location="Campus Nord, Bldg 4"), locations=["Campus Nord"]) == 1


def test_a_run_asks_for_types_and_a_score():
    thesis, summer = (
        PostingFactory(internship_type="thesis", score=40),
        PostingFactory(internship_type="summer", score=60),
    )

    assert found(thesis, summer, internship_types=["co_op"]) == 0
    assert found(thesis, summer, threshold=61) == 0
    assert found(thesis, summer, threshold=60) == 1
    assert found(thesis, summer, internship_types=["thesis", "co_op"]) == 1
    assert Lead.objects.count() == 2


def test_hundreds_become_leads_in_few_statements(queries):
    employer = EmployerFactory()
    postings = [PostingFactory(employer=employer) for _ in range(500)]

    with queries() as asked:
        assert found(*postings, locations=["Lyon"]) == 500

    said = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    # Asked for, made, announced, written down, and counted anew (which is made at the first time).
    assert len(said) <= 8, said


def test_many_who_find_different_ones_at_once_make_each_once(together):
    employer = EmployerFactory()
    postings = [PostingFactory(employer=employer) for _ in range(40)]

    results = together(4, lambda number: found(*postings[number::4]))

    assert results == [10, 10, 10, 10]
    assert Lead.objects.count() == LeadActivity.objects.count() == 40


def test_a_lead_whose_opening_came_again_stays_as_it_is_and_tells_of_it():
    lead, other = LeadFactory(status="contacted"), PostingFactory()

    tell_reposted(posting_ids=[lead.posting_id, other.pk], at=AT)

    lead.refresh_from_db()
    (line,) = LeadActivity.objects.all()
    assert (lead.status, line.lead, line.action) == ("contacted", lead, "reposted")


def test_removing_a_lead_while_it_comes_again_is_one_after_the_other(together):
    cleo = RoleFactory().user
    made = [LeadFactory() for _ in range(10)]
    ids = [lead.posting_id for lead in made]

    def act(number):
        if number % 2:
            return tell_reposted(posting_ids=ids, at=AT)
        return [
            leads.remove(lead=Lead.objects.get(pk=lead.pk), by_id=cleo.pk, at=AT) for lead in made[number // 2 :: 3]
        ]

    results = together(6, act)

    assert [result for result in results if isinstance(result, Exception)] == []
    assert not Lead.objects.exists()
    assert not LeadActivity.objects.exists()
