"""Lines about what postings ask for that somebody lacks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.feed.services import catch_up
from onward.domain.notifications.models import Notice, Preferences
from onward.domain.notifications.services import lacking
from tests.factories import PostingFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)
MONDAY = TODAY + timedelta(days=-TODAY.weekday())
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def skilled(ada):
    ada.skills, ada.timezone = ["Python"], "UTC"
    ada.save()


def asking(*skills, times=1, day=None):
    for _ in range(times):
        PostingFactory(
            title="Developer",
            description="Requirements:\n" + "".join(f"- {skill}\n" for skill in skills),
            places=[],
            location="",
            posted_on=(day or MONDAY).date(),
        )


def told(at=MONDAY):
    catch_up()
    before = set(Notice.objects.values_list("pk", flat=True))
    lacking.tell_due(at=at)
    return list(Notice.objects.exclude(pk__in=before).order_by("pk").values_list("title", flat=True))


def test_what_opens_more_is_told_on_monday_once_with_how_much(ada):
    asking("Python", "Kubernetes", times=3)

    assert told() == ["With Kubernetes, 3 more openings would suit you"]
    assert told(MONDAY + timedelta(hours=1)) == []
    line = Notice.objects.get()
    assert (line.owner, line.type) == (ada, "skill_gap_report")
    assert line.data == {
        "skills": [{"skill": "Kubernetes", "count": 3, "opens": 3}],
        "openings": 3,
        "skill_coverage_percentage": 50.0,
    }
    assert line.message == "Kubernetes: named by 3 of 3, opens 3"


@pytest.mark.parametrize("at", [MONDAY - timedelta(hours=2), MONDAY + timedelta(days=1), MONDAY - timedelta(days=1)])
def test_nothing_is_told_before_monday_at_eight_or_after_monday(at):
    asking("Python", "Kubernetes", day=MONDAY - WEEK)

    assert told(at) == []


def test_monday_comes_by_ones_own_clock(ada):
    ada.timezone = "America/Los_Angeles"
    ada.save()
    asking("Python", "Kubernetes")

    assert told() == []
    assert len(told(MONDAY + timedelta(hours=9))) == 1


def test_the_same_is_not_told_again_the_next_week_and_another_skill_is():
    asking("Python", "Kubernetes")
    assert len(told()) == 1
    assert told(MONDAY + WEEK) == []

    asking("Python", "Rust", day=MONDAY + WEEK, times=2)
    assert told(MONDAY + 2 * WEEK) == ["With Rust, 2 more openings would suit you"]


def test_whoever_lacks_nothing_that_opens_more_is_told_nothing():
    asking("Python")

    assert told() == []


def test_whoever_wants_none_is_told_none(ada):
    asking("Python", "Kubernetes")
    Preferences.objects.create(owner=ada, categories={"skill_gap_report": False})

    assert told() == []
