"""Postings as people write, publish and close them, and applications that are made of them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from onward.domain.applications import services as applications
from onward.domain.applications.models import Application
from onward.domain.board import services
from onward.domain.board.models import Posting
from onward.domain.companies.models import Company
from onward.platform.events.models import EventRecord
from onward.platform.refusals import Conflict, Invalid, Missing
from tests.factories import CompanyFactory, EmployerFactory, PostingFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def publish(posting, **text):
    return services.publish(posting=posting, by_id=None, at=AT, **text)


def events(name):
    return [event.payload for event in EventRecord.objects.filter(name=name).order_by("id")]


def test_what_a_person_writes_is_theirs():
    posting = PostingFactory(title="Intern", description="Old.", description_html="<p>Old.</p>")
    ada = UserFactory()

    services.update(posting=posting, by_id=ada.pk, at=AT, title="Intern", description="New.", seats=2)

    posting.refresh_from_db()
    assert (posting.description, posting.description_html, posting.seats) == ("New.", "", 2)
    assert posting.written == ["description", "description_html", "seats"]
    (event,) = events("posting.changed")
    assert event["changes"] == {"description": ["Old.", "New."], "seats": [None, 2]}
    assert event["by_id"] == ada.pk


def test_what_is_no_change_is_not_announced_and_nobodys():
    posting = PostingFactory(title="Intern")

    services.update(posting=posting, by_id=None, at=AT, title="Intern", state="closed", score=100)

    posting.refresh_from_db()
    assert (posting.written, posting.state, posting.score) == ([], "live", 0)
    assert not events("posting.changed")


def test_a_posting_that_is_entered_is_all_a_persons():
    employer = EmployerFactory()
    posting = services.enter(title="Intern", company_name="Acme", employer_id=employer.pk, at=AT, is_internship=True)

    assert posting.written == ["company_name", "is_internship", "title"]
    assert (posting.first_seen_at, posting.published_at, posting.state) == (AT, None, "live")


def test_pay_that_contradicts_itself_is_refused():
    posting = PostingFactory(pay_min=Decimal(20))

    with pytest.raises(Invalid) as refused:
        services.update(posting=posting, by_id=None, at=AT, pay_max=Decimal(10))
    with pytest.raises(Invalid):
        services.enter(title="x", company_name="x", employer_id=None, at=AT, pay_min=2, pay_max=1)
    assert list(refused.value.fields) == ["pay_max"]


def test_a_posting_is_published_once_with_the_first_text():
    posting = PostingFactory()

    assert publish(posting, title="Summer intern", closes_on=date(2026, 3, 2), seats=3)
    assert not publish(posting, title="Another", seats=9)

    posting.refresh_from_db()
    assert (posting.title, posting.closes_on, posting.seats) == ("Summer intern", date(2026, 3, 2), 3)
    assert posting.published_at == AT
    assert len(events("posting.published")) == 1


def test_of_many_who_publish_at_once_one_does(together):
    posting = PostingFactory()

    results = together(30, lambda number: publish(posting, title=f"Intern {number}"))

    assert results.count(True) == 1
    assert results.count(False) == 29
    posting.refresh_from_db()
    assert posting.title == f"Intern {results.index(True)}"
    assert len(events("posting.published")) == 1


def test_nothing_is_published_whose_closing_day_is_over():
    posting = PostingFactory(title="Intern")

    with pytest.raises(Invalid) as refused:
        publish(posting, title="Other", closes_on=date(2026, 3, 1))

    posting.refresh_from_db()
    assert list(refused.value.fields) == ["closes_on"]
    assert (posting.published_at, posting.title, posting.closes_on) == (None, "Intern", None)


def test_a_posting_is_withdrawn_and_closed_once():
    posting = PostingFactory()
    publish(posting)

    for _ in range(2):
        services.close(posting=posting, reason="filled", by_id=None, at=AT)
        services.withdraw(posting=posting, by_id=None, at=AT)

    posting.refresh_from_db()
    assert (posting.published_at, posting.state, posting.state_reason) == (None, "closed", "filled")
    assert [len(events(name)) for name in ("posting.withdrawn", "posting.closed")] == [1, 1]


@pytest.mark.parametrize(
    "values",
    [
        {"state": "gone"},
        {"internship_type": "x"},
        {"job_type": "x"},
        {"work_mode": "any"},
        {"pay_period": "x"},
        {"score": 101},
        {"pay_min": 2, "pay_max": 1},
    ],
)
def test_the_database_knows_what_a_posting_may_say(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        PostingFactory(**values)


# Applications


def apply(owner, posting, **fields):
    return applications.apply_to(owner_id=owner.pk, posting_id=posting.pk, at=AT, **fields)


def test_an_application_is_made_of_a_posting(ada):
    employer = EmployerFactory(name="Acme", website="https://acme.example")
    posting = PostingFactory(
        employer=employer, title="Intern", work_mode="remote", url="https://acme.example/1", description="Do things."
    )
    publish(posting)

    made = apply(ada, posting, job_title="Intern (Lyon)")

    application = Application.objects.select_related("company").get(pk=made.pk)
    assert application.posting == posting
    assert (application.job_title, application.work_type, application.location) == ("Intern (Lyon)", "remote", "Lyon")
    assert (application.job_url, application.job_description) == ("https://acme.example/1", "Do things.")
    assert application.source == "job_board"
    assert (application.company.name, application.company.website) == ("Acme", "https://acme.example")
    assert application.company.employer == employer
    assert posting.applications.count() == 1


def test_the_company_that_somebody_knows_already_is_told_which_it_is(ada):
    employer = EmployerFactory(name="Acme")
    mine = CompanyFactory(owner=ada, name="ACME", website="https://mine.example")
    posting = PostingFactory(employer=employer)
    publish(posting)

    apply(ada, posting)

    mine.refresh_from_db()
    assert (Company.objects.count(), mine.employer, mine.website) == (1, employer, "https://mine.example")


@pytest.mark.parametrize("what", ["unpublished", "closed"])
def test_nobody_applies_to_what_is_not_on_the_board_or_closed(ada, what):
    posting = PostingFactory()
    if what == "closed":
        publish(posting)
        services.close(posting=posting, reason="filled", by_id=None, at=AT)

    with pytest.raises(Conflict if what == "closed" else Missing):
        apply(ada, posting)
    assert not Application.objects.exists()


def test_an_application_outlives_its_posting(ada):
    posting = PostingFactory()
    publish(posting)
    made = apply(ada, posting)
    Posting.objects.all().delete()

    assert Application.objects.get(pk=made.pk).posting is None
