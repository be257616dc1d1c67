"""Lines about new postings that suit somebody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.apis.copilot.live import Copilot
from onward.domain.feed.services import catch_up
from onward.domain.notifications.models import Notice, Preferences
from onward.domain.notifications.services import matches
from onward.platform.events.models import EventRecord
from onward.platform.live.reading import Happened
from tests.factories import ApplicationFactory, CompanyFactory, PostingFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
PYTHON = "Requirements:\n- Python\n"


@pytest.fixture(autouse=True)
def skilled(ada):
    ada.skills, ada.timezone = ["Python"], "UTC"
    ada.save()


def posting(title="Developer", description=PYTHON, found=NOW, **fields):
    return PostingFactory(
        title=title, description=description, places=[], location="", first_seen_at=found, posted_on=None, **fields
    )


def told(at=NOW):
    catch_up()
    before = set(Notice.objects.values_list("pk", flat=True))
    matches.tell_due(at=at)
    return list(Notice.objects.exclude(pk__in=before).order_by("pk").values_list("title", flat=True))


def test_a_new_posting_that_suits_is_told_once_with_why(ada):
    there = posting(company_name="Acme")

    assert told() == ["New match: Acme, Developer"]
    assert told() == []
    line = Notice.objects.get()
    assert (line.owner, line.type) == (ada, "new_job_match")
    assert line.data == {"posting_id": there.pk, "match_score": line.data["match_score"]}
    assert line.data["match_score"] >= 70
    assert "Python: your profile lists it." in line.message


def test_what_suits_too_little_is_not_told():
    posting(description="Requirements:\n- Python\n- Baking\n- HACCP\n- Wine service\n")

    assert told() == []


def test_what_was_found_longer_ago_than_a_day_is_no_news():
    posting(found=NOW - timedelta(hours=25))

    assert told() == []


def test_ten_are_told_a_day_and_the_others_on_the_next():
    for n in range(12):
        posting(company_name=f"Company {n}", company_key=f"company {n}")

    assert len(told()) == 10
    assert told(NOW + timedelta(hours=2)) == []
    assert len(told(NOW + timedelta(hours=13))) == 2


def test_what_is_applied_for_or_of_a_company_that_is_avoided_is_not_told(ada):
    ada.excluded_companies = ["Bad"]
    ada.save()
    ApplicationFactory(owner=ada, company=CompanyFactory(owner=ada, name="Acme"), job_title="Developer")
    posting(company_name="Acme", company_key="acme")
    posting(company_name="Bad", company_key="bad")

    assert told() == []


@pytest.mark.parametrize(
    "wish", [{"in_app_enabled": False}, {"categories": {"new_job_match": False}}], ids=["no feed", "no matches"]
)
def test_who_does_not_want_to_be_told_is_not(ada, wish):
    Preferences.objects.create(owner=ada, **wish)
    posting()

    assert told() == []


def test_of_whom_nothing_is_known_nothing_is_told(ada, ben):
    posting(company_name="Acme")

    told()

    assert set(Notice.objects.values_list("owner", flat=True)) == {ada.pk}


def test_who_is_not_there_any_more_is_told_nothing(ada):
    ada.is_active = False
    ada.save()
    posting()

    assert told() == []


def test_a_match_is_pushed_to_those_who_want_pushes(ada, ben):
    for person, wanted in ((ada, True), (ben, False)):
        person.skills = ["Python"]
        person.save()
        Preferences.objects.create(owner=person, push_enabled=wanted)
    there = posting(company_name="Acme")

    assert len(told()) == 2
    (event,) = EventRecord.objects.filter(name="notice.job_matched")
    assert (event.owner, event.payload["job"]["posting_id"]) == (ada, there.pk)

    (message,) = Copilot().messages([Happened(event.pk, event.name, ada.pk, event.payload, event.happened_at)])
    assert message.body["type"] == "job_match"
    assert message.body["job"]["title"] == "Developer"
    assert message.body["match_score"] == event.payload["match_score"] >= 70
