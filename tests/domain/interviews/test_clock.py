"""The days of somebody's interviews follow their clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from onward.domain.accounts.services import profiles
from onward.domain.interviews.models import Interview
from tests.factories import ApplicationFactory, InterviewFactory

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def planned(ada):
    """An interview late in the evening, and one on a day whose time nobody knows."""
    application = ApplicationFactory(owner=ada)
    timed = InterviewFactory(
        application=application, scheduled_at=datetime(2026, 3, 2, 21, tzinfo=UTC), day=date(2026, 3, 2)
    )
    dated = InterviewFactory(
        application=application,
        scheduled_at=datetime(2026, 3, 4, tzinfo=UTC),
        day=date(2026, 3, 4),
        has_time=False,
    )
    return timed, dated


def days(*interviews):
    found = {interview.pk: interview for interview in Interview.objects.all()}
    return [(found[each.pk].scheduled_at, found[each.pk].day) for each in interviews]


def test_another_clock_moves_days_that_have_a_time_and_keeps_those_that_have_none(ada, planned):
    profiles.change(user_id=ada.pk, changes={"timezone": "Asia/Tokyo"}, demands={}, at=datetime.now(UTC))

    assert days(*planned) == [
        (datetime(2026, 3, 2, 21, tzinfo=UTC), date(2026, 3, 3)),
        (datetime(2026, 3, 4, tzinfo=TOKYO), date(2026, 3, 4)),
    ]


def test_staff_who_change_a_clock_move_them_too(ada, root, planned):
    browser = Client()
    browser.force_login(root)
    page = reverse("admin:accounts_user_change", args=[ada.pk])
    form = browser.get(page).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    fields = {name: value for name, value in shown.items() if value is not None and value is not False}

    answered = browser.post(page, {**fields, "timezone": "Europe/Berlin"})

    assert answered.status_code == 302
    assert days(planned[1]) == [(datetime(2026, 3, 4, tzinfo=BERLIN), date(2026, 3, 4))]


def test_the_clock_of_one_is_not_the_clock_of_another(ben, planned):
    before = days(*planned)

    profiles.change(user_id=ben.pk, changes={"timezone": "Asia/Tokyo"}, demands={}, at=datetime.now(UTC))

    assert days(*planned) == before


def test_another_name_moves_nothing(ada, planned):
    before = days(*planned)

    profiles.change(user_id=ada.pk, changes={"display_name": "Countess"}, demands={}, at=datetime.now(UTC))

    assert days(*planned) == before
