"""Streaks on people's own clocks, and what was done before anybody counted."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.utils import timezone

from onward.domain.accounts.services import profiles
from onward.domain.applications import services as applications
from onward.domain.community.models import Award, Milestone, Progress
from onward.domain.community.services import progress
from onward.platform.events.models import EventRecord
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    FollowFactory,
    MembershipFactory,
    OutcomeFactory,
    PostFactory,
    ReflectionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

BERLIN, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")


def act(person, *moments):
    for at in moments:
        progress.record_action(user_id=person.pk, at=at)
    return Progress.objects.get(user=person)


def keys(person):
    return sorted(Award.objects.filter(user=person).values_list("milestone__key", flat=True))


def test_the_first_day_is_one_the_next_one_more_and_the_same_no_more(ada):
    day = datetime(2026, 3, 2, 9, tzinfo=BERLIN)

    assert act(ada, day).streak_days == 1
    assert act(ada, day + timedelta(hours=5)).streak_days == 1
    assert act(ada, day + timedelta(days=1)).streak_days == 2
    assert act(ada, day + timedelta(days=2)).streak_days == 3


def test_a_day_without_a_action_begins_a_streak_anew(ada):
    day = datetime(2026, 3, 2, 9, tzinfo=BERLIN)

    assert act(ada, day, day + timedelta(days=1), day + timedelta(days=3)).streak_days == 1


def test_a_day_is_one_on_the_clock_that_the_time_is_told_by(ada):
    late = datetime(2026, 3, 2, 23, 59, tzinfo=AUCKLAND)

    found = act(ada, late, late + timedelta(minutes=2))

    assert (found.streak_days, found.last_active_on) == (2, date(2026, 3, 3))


def test_a_time_that_no_clock_tells_is_put_on_the_persons(ada):
    ada.timezone = "Pacific/Auckland"
    ada.save()

    # Noon in Greenwich is one in the morning there.
    assert act(ada, datetime(2026, 3, 2, 12, tzinfo=UTC)).last_active_on == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("day", "until"),
    [
        # The clocks go forward on the 29th of March and back on the 25th of October.
        (datetime(2026, 3, 28, 9, tzinfo=BERLIN), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (datetime(2026, 10, 24, 9, tzinfo=BERLIN), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (datetime(2026, 1, 10, 9, tzinfo=BERLIN), datetime(2026, 1, 11, 23, tzinfo=UTC)),
    ],
)
def test_a_streak_lasts_to_the_end_of_the_next_day_also_where_the_clocks_change(ada, day, until):
    assert act(ada, day).streak_until == until


def test_what_happened_before_the_latest_day_counts_and_moves_no_streak(ada):
    today = datetime(2026, 3, 2, 9, tzinfo=BERLIN)
    before = act(ada, today - timedelta(days=1), today)

    progress.record_action(user_id=ada.pk, at=today - timedelta(days=400), action=progress.Action.APPLICATION)

    after = Progress.objects.get(user=ada)
    assert after.applications == 1
    assert (after.streak_days, after.last_active_on, after.streak_until, after.last_active_at) == (
        2,
        before.last_active_on,
        before.streak_until,
        before.last_active_at,
    )


def test_an_old_action_is_a_beginning_like_any_other(ada):
    company = CompanyFactory(owner=ada)
    applications.create(
        owner_id=ada.pk, company_id=company.pk, job_title="Engineer", at=datetime(2019, 5, 1, 9, tzinfo=UTC)
    )

    assert act(ada, datetime(2026, 3, 2, 9, tzinfo=BERLIN)).streak_days == 1
    assert keys(ada) == ["first_application"]


def test_a_year_ends_and_the_streak_goes_on(ada):
    eve = datetime(2026, 12, 31, 9, tzinfo=BERLIN)

    assert act(ada, eve, eve + timedelta(days=1)).streak_days == 2


def test_seven_and_thirty_days_in_a_row_are_milestones_once(ada):
    first = datetime(2026, 3, 2, 9, tzinfo=BERLIN)

    act(ada, *(first + timedelta(days=day, hours=hour) for day in range(6) for hour in range(2)))
    assert keys(ada) == []
    act(ada, *(first + timedelta(days=6, hours=hour) for hour in range(2)))
    assert keys(ada) == ["one_week_strong"]
    act(ada, *(first + timedelta(days=day) for day in range(7, 32)))
    assert keys(ada) == ["one_week_strong", "thirty_day_streak"]
    assert Award.objects.get(milestone__key="thirty_day_streak").reached_at == first + timedelta(days=29)


def test_a_milestone_stays_when_the_streak_breaks_and_is_not_given_twice(ada):
    first = datetime(2026, 3, 2, 9, tzinfo=BERLIN)

    act(ada, *(first + timedelta(days=day) for day in range(7)))
    act(ada, *(first + timedelta(days=20 + day) for day in range(7)))

    assert Award.objects.get().reached_at == first + timedelta(days=6)


def test_another_clock_ends_the_streak_at_its_own_midnight(ada):
    act(ada, datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("UTC")))

    profiles.change(
        user_id=ada.pk, changes={"timezone": "Pacific/Auckland"}, demands={}, at=datetime(2026, 3, 2, 10, tzinfo=UTC)
    )

    assert Progress.objects.get(user=ada).streak_until == datetime(2026, 3, 4, tzinfo=AUCKLAND)


def test_what_is_changed_besides_the_clock_leaves_the_streak(ada):
    before = act(ada, datetime(2026, 3, 2, 9, tzinfo=BERLIN)).streak_until

    profiles.change(
        user_id=ada.pk, changes={"first_name": "Augusta"}, demands={}, at=datetime(2026, 3, 2, 10, tzinfo=UTC)
    )

    assert Progress.objects.get(user=ada).streak_until == before


def test_nobody_who_is_gone_is_counted():
    progress.record_action(user_id=10**9, at=datetime(2026, 3, 2, 9, tzinfo=BERLIN), action=progress.Action.POST)

    assert not Progress.objects.exists()


def test_a_new_name_on_another_clock_and_actions_at_once_wait_for_each_other_and_never_for_ever(together, ada, as_ada):
    company = CompanyFactory(owner=ada)

    def action(number):
        match number % 4:
            case 0:
                return profiles.change(
                    user_id=ada.pk,
                    changes={
                        "username": f"ada{number}",
                        "timezone": ["Europe/Berlin", "Pacific/Auckland"][number // 4 % 2],
                    },
                    demands={},
                    at=timezone.now(),
                )
            case 1:
                return as_ada.put("/tracker/api/v1/auth/profile/", {"username": f"ada{number}"}).status_code
            case _:
                body = {"company": company.pk, "job_title": f"Engineer {number}"}
                return as_ada.post("/tracker/api/v1/applications/", body).status_code

    for _ in range(3):
        assert set(together(24, action)) <= {None, 200, 201}
    assert Progress.objects.get(user=ada).applications == 36


class TestBeforeAnybodyCounted:
    """The migration, run again over rows that no service has seen."""

    MIGRATION = import_module("onward.domain.community.migrations.0002_milestones")

    def count(self):
        self.MIGRATION.count(apps, None)

    def test_the_milestones_are_put_there_once(self):
        before = list(Milestone.objects.order_by("pk").values_list("pk", "key"))

        self.MIGRATION.seed(apps, None)

        assert list(Milestone.objects.order_by("pk").values_list("pk", "key")) == before
        assert len(before) == 12

    def test_every_milestone_that_a_action_earns_is_there(self):
        known = {progress.GETTING_STARTED, *progress.STREAKS.values()}
        known |= {key for keys_by_count in progress.MILESTONES.values() for key in keys_by_count.values()}

        assert known == set(Milestone.objects.values_list("key", flat=True))

    def test_an_account_has_been_opened_when_it_was(self, ada):
        self.count()

        award = Award.objects.get(user=ada)
        assert (award.milestone.key, award.reached_at) == ("getting_started", ada.created_at)

    def test_applications_are_counted_and_awarded_when_they_were_reached(self, ada, ben):
        days = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(12)]
        for day in reversed(days):
            ApplicationFactory(owner=ada, created_at=day)
        ApplicationFactory(owner=ben, created_at=days[5])

        self.count()

        assert Progress.objects.get(user=ada).applications == 12
        awards = dict(Award.objects.filter(user=ada).values_list("milestone__key", "reached_at"))
        assert awards["first_application"] == days[0]
        assert awards["building_momentum"] == days[9]
        assert "in_the_zone" not in awards
        assert keys(ben) == ["first_application", "getting_started"]

    def test_everything_else_is_counted_too(self, ada):
        ReflectionFactory(application__owner=ada)
        OutcomeFactory(application__owner=ada)
        OutcomeFactory(application__owner=ada, status="rejected")
        MembershipFactory(user=ada)
        PostFactory(author=ada)
        for _ in range(5):
            FollowFactory(follower=ada)

        self.count()

        found = Progress.objects.get(user=ada)
        assert (found.reflections, found.offers, found.groups, found.posts, found.follows) == (1, 1, 1, 1, 5)
        assert {"self_reflective", "offer_received", "part_of_a_circle", "sharing_insights", "connected"} < set(
            keys(ada)
        )

    def test_days_in_a_row_are_told_by_the_events_on_the_persons_clock(self):
        person = UserFactory(timezone="Pacific/Auckland")
        # Noon and a minute before noon in Greenwich are two days there in summer, from one midnight to the next.
        evening = datetime(2026, 1, 5, 10, 59, tzinfo=UTC)
        for day in range(7):
            EventRecord.objects.create(
                name="application.created", owner_id=person.pk, happened_at=evening + timedelta(days=day)
            )
        EventRecord.objects.create(
            name="application.updated", owner_id=person.pk, happened_at=evening + timedelta(days=30)
        )

        self.count()

        found = Progress.objects.get(user=person)
        assert (found.streak_days, found.last_active_on) == (7, date(2026, 1, 11))
        assert found.streak_until == datetime(2026, 1, 13, tzinfo=AUCKLAND)
        assert found.last_active_at == evening + timedelta(days=6)
        assert "one_week_strong" in keys(person)

    def test_the_next_action_goes_on_from_there(self, ada):
        for _ in range(9):
            ApplicationFactory(owner=ada)
        self.count()

        progress.record_action(
            user_id=ada.pk, at=datetime(2026, 3, 2, 9, tzinfo=BERLIN), action=progress.Action.APPLICATION
        )

        assert Progress.objects.get(user=ada).applications == 10
        assert keys(ada) == ["building_momentum", "first_application", "getting_started"]

    def test_counting_again_changes_nothing(self, ada):
        ApplicationFactory(owner=ada)
        self.count()
        progress.record_action(user_id=ada.pk, at=datetime(2026, 3, 2, 9, tzinfo=BERLIN))

        self.count()

        assert Progress.objects.get(user=ada).streak_days == 1
        assert keys(ada) == ["first_application", "getting_started"]

    def test_events_that_outlived_their_person_are_passed_over(self):
        EventRecord.objects.create(
            name="application.created", owner_id=10**9, happened_at=datetime(2026, 1, 5, tzinfo=UTC)
        )

        self.count()

        assert not Progress.objects.exists()
