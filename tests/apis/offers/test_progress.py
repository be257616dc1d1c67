"""Milestones, streaks, the community and one's own numbers, as the offers document promises them."""

from datetime import timedelta
from importlib import import_module
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.utils import timezone

from onward.domain.accounts.choices import Visibility
from onward.domain.community.models import Award, Milestone, Progress
from onward.domain.community.services import progress
from tests.factories import (
    PASSWORD,
    ApplicationFactory,
    CompanyFactory,
    ContactFactory,
    InterviewFactory,
    OutcomeFactory,
    ReflectionFactory,
    ReminderFactory,
    TagFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PATH = "/offers/api/v1/progress"
API = "/offers/api/v1"
NAMES = {
    "Getting Started": {"action": "register"},
    "First Application": {"action": "create_application", "count": 1},
    "Building Momentum": {"action": "create_application", "count": 10},
    "In the Zone": {"action": "create_application", "count": 25},
    "Self-Reflective": {"action": "create_reflection", "count": 1},
    "Growth Mindset": {"action": "create_reflection", "count": 10},
    "One Week Strong": {"action": "streak", "days": 7},
    "Thirty Day Streak": {"action": "streak", "days": 30},
    "Connected": {"action": "follow", "count": 5},
    "Part of a Circle": {"action": "join_group", "count": 1},
    "Sharing Insights": {"action": "create_post", "count": 1},
    "Offer Received": {"action": "outcome_offer", "count": 1},
}


@pytest.fixture
def milestones(transactional_db):
    """The milestones, which a test that commits has swept away with everything else."""
    import_module("onward.domain.community.migrations.0002_milestones").seed(apps, None)


def apply(client, **fields):
    answered = client.post(f"{API}/applications/", {"company_name": "Acme", "role_title": "Engineer", **fields})
    assert answered.status_code == 201
    return answered.json()["id"]


def mine(client):
    return [award["milestone"]["key"] for award in client.get(f"{PATH}/milestones/mine").json()]


def stats(client):
    return client.get(f"{PATH}/stats").json()


def last_active(person, *, days_ago, streak=1):
    """Let somebody have been active for so many days in a row, the last of them so many days ago."""
    end = timezone.now().astimezone(ZoneInfo(person.timezone)) - timedelta(days=days_ago)
    for day in reversed(range(streak)):
        progress.record_action(user_id=person.pk, at=end - timedelta(days=day))


# --- Milestones


def test_there_are_twelve_milestones_in_their_order(as_ada):
    answered = as_ada.get(f"{PATH}/milestones")

    assert answered.status_code == 200
    assert {row["name"]: row["criteria"] for row in answered.json()} == NAMES
    assert [row["name"] for row in answered.json()] == list(NAMES)
    assert [row["created_at"] for row in answered.json()] == sorted({row["created_at"] for row in answered.json()})


def test_a_milestone_has_every_field(as_ada):
    first = as_ada.get(f"{PATH}/milestones").json()[0]

    assert list(first) == ["id", "key", "name", "description", "criteria", "created_at"]
    assert UUID(first["id"])
    assert first["key"] == "getting_started"
    assert first["description"]


def test_an_earned_milestone_comes_with_what_it_is(as_ada, ada):
    apply(as_ada)

    (award,) = as_ada.get(f"{PATH}/milestones/mine").json()

    milestone = as_ada.get(f"{PATH}/milestones").json()[1]
    assert award == {
        "id": str(Award.objects.get().uid),
        "user_id": str(ada.uid),
        "milestone_id": milestone["id"],
        "reached_at": award["reached_at"],
        "milestone": milestone,
    }


def test_the_latest_milestone_comes_first(as_ada):
    for _ in range(10):
        application = apply(as_ada)
    as_ada.post(f"{API}/applications/{application}/reflection", {"what_worked": "Listening"})

    assert mine(as_ada) == ["self_reflective", "building_momentum", "first_application"]


def test_nobody_else_gets_it(as_ada, as_ben):
    apply(as_ada)

    assert mine(as_ben) == []


def test_an_account_is_the_first_milestone(anonymous):
    answered = anonymous.post(
        f"{API}/auth/register", {"email": "new@example.org", "username": "newcomer", "password": PASSWORD}
    )
    anonymous.bear(answered.json()["access_token"])

    assert mine(anonymous) == ["getting_started"]
    assert stats(anonymous)["streak_days"] == 1


def test_an_account_that_was_made_for_somebody_begins_when_they_sign_in(ada, anonymous):
    for _ in range(2):
        answered = anonymous.post(f"{API}/auth/login", {"email": ada.email, "password": PASSWORD})
        assert answered.status_code == 200
    anonymous.bear(answered.json()["access_token"])

    assert mine(anonymous) == ["getting_started"]


def test_applications_earn_at_one_ten_and_twenty_five(as_ada):
    reached = {}
    for number in range(1, 28):
        apply(as_ada)
        for key in mine(as_ada):
            reached.setdefault(key, number)

    assert reached == {"first_application": 1, "building_momentum": 10, "in_the_zone": 25}


def test_applications_of_both_apis_count_together(as_ada, ada):
    company = CompanyFactory(owner=ada)
    for _ in range(5):
        apply(as_ada)
        as_ada.post("/tracker/api/v1/applications/", {"company": company.pk, "job_title": "Engineer"})

    assert mine(as_ada) == ["building_momentum", "first_application"]


def test_what_was_deleted_was_done_all_the_same(as_ada):
    for _ in range(10):
        as_ada.delete(f"{API}/applications/{apply(as_ada)}")

    assert mine(as_ada) == ["building_momentum", "first_application"]
    assert stats(as_ada)["total_applications"] == 0


def test_reflections_earn_at_one_and_ten(as_ada, ada):
    reached = {}
    for number in range(1, 12):
        application = ApplicationFactory(owner=ada)
        as_ada.post(f"{API}/applications/{application.uid}/reflection", {})
        for key in mine(as_ada):
            reached.setdefault(key, number)

    assert reached == {"self_reflective": 1, "growth_mindset": 10}


def test_five_follows_earn_one(as_ada):
    for number in range(1, 6):
        as_ada.post(f"{API}/social/follow/{UserFactory().uid}")
        assert mine(as_ada) == (["connected"] if number == 5 else [])


def test_a_follow_that_is_refused_counts_for_nothing(as_ada, ada, ben):
    for _ in range(6):
        as_ada.post(f"{API}/social/follow/{ben.uid}")
    as_ada.post(f"{API}/social/follow/{ada.uid}")

    assert Progress.objects.get(user=ada).follows == 1
    assert mine(as_ada) == []


def test_a_group_earns_one_whether_made_or_joined(as_ada, as_ben):
    group = as_ada.post(f"{API}/social/groups", {"name": "Job hunters"}).json()["id"]
    as_ben.post(f"{API}/social/groups/{group}/join")

    assert mine(as_ada) == mine(as_ben) == ["part_of_a_circle"]


def test_a_post_earns_one(as_ada):
    as_ada.post(f"{API}/social/posts", {"content": "It goes on."})

    assert mine(as_ada) == ["sharing_insights"]


def test_an_offer_earns_one_and_another_outcome_does_not(as_ada, ada):
    as_ada.post(f"{API}/applications/{ApplicationFactory(owner=ada).uid}/outcome", {"status": "Rejected"})
    assert mine(as_ada) == []

    as_ada.post(f"{API}/applications/{ApplicationFactory(owner=ada).uid}/outcome", {})
    assert mine(as_ada) == ["offer_received"]


def test_an_outcome_that_becomes_an_offer_earns_one(as_ada, ada):
    application = ApplicationFactory(owner=ada).uid
    outcome = as_ada.post(f"{API}/applications/{application}/outcome", {"status": "Withdrawn"}).json()["id"]

    as_ada.put(f"{API}/applications/{application}/outcome/{outcome}", {"status": "Offer"})

    assert mine(as_ada) == ["offer_received"]


# --- Streaks


def _stage(client, person):
    application = ApplicationFactory(owner=person).uid
    return client.post(f"{API}/applications/{application}/stages", {"stage_name": "Call"})


def _interview(client, person):
    application = ApplicationFactory(owner=person).pk
    when = (timezone.now() + timedelta(days=3)).isoformat()
    return client.post("/tracker/api/v1/interviews/", {"application": application, "scheduled_at": when})


def _converted(client, person):
    job = client.post(f"{API}/saved-jobs/", {"company_name": "Acme"}).json()["id"]
    # The day that saving it counted is taken back, so that converting it is the only action.
    Progress.objects.all().delete()
    return client.post(f"{API}/saved-jobs/{job}/convert")


ACTS = {
    "signs in": lambda client, person: client.post(f"{API}/auth/login", {"email": person.email, "password": PASSWORD}),
    "signs in to the tracker": lambda client, person: client.post(
        "/tracker/api/v1/auth/login/", {"email": person.email, "password": PASSWORD}
    ),
    "writes an application": lambda client, person: client.post(
        f"{API}/applications/", {"company_name": "Acme", "role_title": "Engineer"}
    ),
    "writes one in the tracker": lambda client, person: client.post(
        "/tracker/api/v1/applications/", {"company": CompanyFactory(owner=person).pk, "job_title": "Engineer"}
    ),
    "adds a stage": _stage,
    "adds an interview in the tracker": _interview,
    "adds a note in the tracker": lambda client, person: client.post(
        f"/tracker/api/v1/applications/{ApplicationFactory(owner=person).pk}/notes/", {"content": "They rang."}
    ),
    "records an outcome": lambda client, person: client.post(
        f"{API}/applications/{ApplicationFactory(owner=person).uid}/outcome", {"status": "Rejected"}
    ),
    "reflects": lambda client, person: client.post(
        f"{API}/applications/{ApplicationFactory(owner=person).uid}/reflection", {}
    ),
    "adds a document": lambda client, person: client.post(
        f"{API}/documents/", {"application_id": str(ApplicationFactory(owner=person).uid), "name": "Letter"}
    ),
    "adds a contact": lambda client, person: client.post(f"{API}/contacts/", {"name": "Jo"}),
    "makes a tag": lambda client, person: client.post(f"{API}/tags/", {"name": "urgent"}),
    "assigns a tag": lambda client, person: client.post(
        f"{API}/tags/application/{ApplicationFactory(owner=person).uid}/assign/{TagFactory(owner=person).uid}"
    ),
    "saves a job": lambda client, person: client.post(f"{API}/saved-jobs/", {"company_name": "Acme"}),
    "converts a job": _converted,
    "sets a reminder": lambda client, person: client.post(
        f"{API}/reminders/", {"title": "Call", "remind_at": "2027-03-15T09:00"}
    ),
    "completes a reminder": lambda client, person: client.post(
        f"{API}/reminders/{ReminderFactory(owner=person).uid}/complete"
    ),
    "follows somebody": lambda client, person: client.post(f"{API}/social/follow/{UserFactory().uid}"),
    "makes a group": lambda client, person: client.post(f"{API}/social/groups", {"name": "Job hunters"}),
    "writes a post": lambda client, person: client.post(f"{API}/social/posts", {"content": "It goes on."}),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_day_counts_when_somebody(act, as_ada, ada):
    assert ACTS[act](as_ada, ada).status_code in {200, 201}

    assert stats(as_ada)["streak_days"] == 1


def test_looking_is_no_action(as_ada):
    as_ada.get(f"{API}/applications/")

    assert stats(as_ada)["streak_days"] == 0


def test_a_streak_goes_on_from_yesterday(as_ada, ada):
    last_active(ada, days_ago=1, streak=3)
    assert stats(as_ada)["streak_days"] == 3

    apply(as_ada)
    assert stats(as_ada)["streak_days"] == stats(as_ada)["current_streak"] == 4


def test_a_streak_that_was_broken_shows_as_none_and_begins_anew(as_ada, ada):
    last_active(ada, days_ago=2, streak=5)
    assert stats(as_ada)["streak_days"] == stats(as_ada)["current_streak"] == 0

    apply(as_ada)
    assert stats(as_ada)["streak_days"] == 1


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
def test_today_is_today_where_the_person_is(zone, as_ada, ada):
    ada.timezone = zone
    ada.save()

    apply(as_ada)

    there = timezone.now().astimezone(ZoneInfo(zone)).date()
    assert Progress.objects.get(user=ada).last_active_on == there


def test_seven_days_in_a_row_earn_one(as_ada, ada):
    last_active(ada, days_ago=1, streak=6)

    as_ada.post(f"{API}/contacts/", {"name": "Jo"})

    assert mine(as_ada) == ["one_week_strong"]


# --- The community


def show(person, visibility=Visibility.PUBLIC):
    person.profile_visibility = visibility
    person.save()
    return person


def names(client, query=""):
    return [row["username"] for row in client.get(f"{PATH}/community{query}").json()]


def test_the_last_active_come_first_oneself_among_them(as_ada, ada, ben, cleo):
    for days_ago, person in enumerate((ben, ada, cleo)):
        last_active(show(person), days_ago=days_ago)

    assert names(as_ada) == ["ben", "ada", "cleo"]


def test_somebody_of_the_community_has_every_field(as_ada, ben):
    ben.display_name = "Ben B."
    last_active(show(ben), days_ago=0, streak=2)

    assert as_ada.get(f"{PATH}/community").json() == [
        {"user_id": str(ben.uid), "username": "ben", "display_name": "Ben B.", "streak_days": 2, "is_following": False}
    ]


def test_a_broken_streak_of_others_shows_as_none_too(as_ada, ben):
    last_active(show(ben), days_ago=2, streak=9)

    assert as_ada.get(f"{PATH}/community").json()[0]["streak_days"] == 0


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.FOLLOWERS, Visibility.GROUPS])
def test_only_public_profiles_are_in_the_community(visibility, as_ada, ada, ben):
    last_active(show(ben, visibility), days_ago=0)
    last_active(show(ada, visibility), days_ago=0)

    assert names(as_ada) == []


def test_a_closed_account_is_not_in_the_community(as_ada, ben):
    ben.is_active = False
    last_active(show(ben), days_ago=0)

    assert names(as_ada) == []


def test_the_community_is_twenty_unless_more_are_asked_for(as_ada):
    for number in range(22):
        last_active(UserFactory(profile_visibility=Visibility.PUBLIC), days_ago=number)

    assert len(names(as_ada)) == 20
    assert len(names(as_ada, "?limit=500")) == 22
    assert len(names(as_ada, "?limit=3")) == 3
    assert names(as_ada, "?limit=0") == []


@pytest.mark.parametrize("limit", ["-1", "many"])
def test_a_limit_is_a_whole_number(limit, as_ada):
    answered = as_ada.get(f"{PATH}/community?limit={limit}")

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == ["query", "limit"]


# --- One's own numbers


def test_the_numbers_of_a_newcomer_are_nothing(as_ada):
    assert stats(as_ada) == {
        "total_applications": 0,
        "total_offers": 0,
        "total_rejections": 0,
        "total_reflections": 0,
        "total_stages": 0,
        "streak_days": 0,
        "milestones_reached": 0,
        "total_contacts": 0,
        "total_reminders_pending": 0,
        "total_interviews": 0,
        "current_streak": 0,
        "milestones_earned": 0,
    }


def test_the_numbers_count_what_is_ones_own(as_ada, as_ben, ada):
    for status in ("wishlist", "applied", "rejected", "rejected", "offer", "accepted", "ghosted"):
        ApplicationFactory(owner=ada, status=status)
    ReflectionFactory.create_batch(2, application__owner=ada)
    InterviewFactory.create_batch(3, application__owner=ada)
    ContactFactory.create_batch(4, owner=ada)
    ReminderFactory.create_batch(5, owner=ada)
    ReminderFactory(owner=ada, completed_at=timezone.now())

    found = stats(as_ada)

    assert found["total_applications"] == 12
    assert (found["total_offers"], found["total_rejections"]) == (2, 2)
    assert (found["total_reflections"], found["total_stages"], found["total_interviews"]) == (2, 3, 3)
    assert (found["total_contacts"], found["total_reminders_pending"]) == (4, 5)
    assert set(stats(as_ben).values()) == {0}


def test_an_offer_that_was_turned_down_was_one(as_ada, ada):
    OutcomeFactory(application__owner=ada, application__status="withdrawn")
    OutcomeFactory(application__owner=ada, application__status="offer")
    OutcomeFactory(application__owner=ada, application__status="rejected", status="rejected")

    assert stats(as_ada)["total_offers"] == 2


def test_milestones_are_counted_by_both_names(as_ada):
    apply(as_ada)

    assert (stats(as_ada)["milestones_reached"], stats(as_ada)["milestones_earned"]) == (1, 1)


@pytest.mark.parametrize("path", ["milestones", "milestones/mine", "community", "stats"])
def test_each_is_one_statement_beside_the_token(path, as_ada, ada, queries):
    for number in range(5):
        last_active(UserFactory(profile_visibility=Visibility.PUBLIC), days_ago=number)
        apply(as_ada)
    as_ada.get(f"{PATH}/{path}")

    with queries() as asked:
        assert as_ada.get(f"{PATH}/{path}").status_code == 200

    assert len(asked) == 2


# --- Many at once


def test_thirty_applications_at_once_are_thirty_and_earn_each_milestone_once(together, milestones, ada, as_ada):
    made = together(
        30,
        lambda number: as_ada.post(
            f"{API}/applications/", {"company_name": f"Company {number}", "role_title": "Engineer"}
        ),
    )

    assert [answered.status_code for answered in made] == [201] * 30
    assert Progress.objects.get(user=ada).applications == 30
    assert sorted(Award.objects.filter(user=ada).values_list("milestone__key", flat=True)) == [
        "building_momentum",
        "first_application",
        "in_the_zone",
    ]


def test_two_who_do_their_first_action_at_once_have_one_row_each(together, milestones, ada, ben, as_ada, as_ben):
    clients = [as_ada, as_ben] * 5
    others = UserFactory.create_batch(5)

    made = together(10, lambda number: clients[number].post(f"{API}/social/follow/{others[number // 2].uid}"))

    assert [answered.status_code for answered in made] == [201] * 10
    assert [found.follows for found in Progress.objects.order_by("pk")] == [5, 5]
    assert Award.objects.filter(milestone__key="connected").count() == 2


def test_actions_of_all_kinds_at_once_wait_for_each_other_and_never_for_ever(together, milestones, ada, as_ada):
    application = ApplicationFactory(owner=ada)
    tags = TagFactory.create_batch(4, owner=ada)
    uid = str(application.uid)

    def action(number):
        match number % 8:
            case 0:
                return as_ada.post(f"{API}/applications/{uid}/stages", {"stage_name": f"Round {number}"})
            case 1:
                return as_ada.post(f"{API}/documents/", {"application_id": uid, "name": f"Letter {number}"})
            case 2:
                return as_ada.post(f"{API}/contacts/", {"application_id": uid, "name": f"Contact {number}"})
            case 3:
                return as_ada.post(f"{API}/tags/application/{uid}/assign/{tags[number // 8].uid}")
            case 4:
                return as_ada.post(f"{API}/auth/login", {"email": ada.email, "password": PASSWORD})
            case 5:
                return as_ada.post(f"/tracker/api/v1/applications/{application.pk}/notes/", {"content": "They rang."})
            case 6:
                body = {"application_id": uid, "title": "Call", "remind_at": "2027-03-15T09:00"}
                return as_ada.post(f"{API}/reminders/", body)
            case _:
                return as_ada.put(f"{API}/applications/{uid}", {"status": ["Applied", "Interviewing"][number // 8 % 2]})

    made = together(32, action)

    assert {getattr(answered, "status_code", answered) for answered in made} <= {200, 201}
    assert Progress.objects.get(user=ada).streak_days == 1


def test_the_milestones_are_back_for_the_tests_that_follow(milestones):
    assert Milestone.objects.count() == 12
