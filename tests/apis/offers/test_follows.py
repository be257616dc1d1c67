"""Follows of the offers document: who follows whom, and who may know."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from onward.domain.accounts.choices import Visibility
from onward.domain.community.models import Follow
from onward.platform.events.models import EventRecord
from tests.factories import FollowFactory, GroupFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PATH = "/offers/api/v1/social"


def detail(answered):
    return answered.status_code, answered.json()["detail"]


def show(person, visibility):
    person.profile_visibility = visibility
    person.save()


def test_somebody_follows_another(as_ada, ada, ben):
    answered = as_ada.post(f"{PATH}/follow/{ben.uid}")

    follow = Follow.objects.get()
    assert answered.status_code == 201
    assert answered.json() == {
        "id": str(follow.uid),
        "follower_id": str(ada.uid),
        "following_id": str(ben.uid),
        "created_at": follow.created_at.isoformat().replace("+00:00", "Z"),
    }
    assert list(answered.json()) == ["id", "follower_id", "following_id", "created_at"]


def test_a_follow_is_announced_once(as_ada, ada, ben):
    as_ada.post(f"{PATH}/follow/{ben.uid}")
    as_ada.post(f"{PATH}/follow/{ben.uid}")

    event = EventRecord.objects.get(name="community.followed")
    assert (event.owner_id, event.payload["following_id"]) == (ada.pk, ben.pk)


def test_a_private_profile_can_be_followed_and_stays_private(as_ada, ben):
    show(ben, Visibility.PRIVATE)

    assert as_ada.post(f"{PATH}/follow/{ben.uid}").status_code == 201
    assert detail(as_ada.get(f"/offers/api/v1/users/{ben.uid}")) == (403, "Profile is private")


def test_nobody_follows_themselves(as_ada, ada):
    assert detail(as_ada.post(f"{PATH}/follow/{ada.uid}")) == (400, "Cannot follow yourself")
    assert not Follow.objects.exists()


def test_following_twice_is_refused(as_ada, ben):
    as_ada.post(f"{PATH}/follow/{ben.uid}")

    assert detail(as_ada.post(f"{PATH}/follow/{ben.uid}")) == (400, "Already following this user")
    assert Follow.objects.count() == 1


def test_two_people_may_follow_each_other(as_ada, as_ben, ada, ben):
    assert as_ada.post(f"{PATH}/follow/{ben.uid}").status_code == 201
    assert as_ben.post(f"{PATH}/follow/{ada.uid}").status_code == 201


@pytest.mark.parametrize("path", ["follow", "followers", "following", "follow-stats"])
def test_who_is_not_there_is_not_found(as_ada, path):
    ask = as_ada.post if path == "follow" else as_ada.get
    gone = UserFactory(is_active=False, profile_visibility=Visibility.PUBLIC)

    assert detail(ask(f"{PATH}/{path}/{uuid4()}")) == (404, "User not found")
    assert detail(ask(f"{PATH}/{path}/{gone.uid}")) == (404, "User not found")
    assert ask(f"{PATH}/{path}/7").status_code == 404


def test_somebody_follows_no_longer(as_ada, ada, ben, cleo):
    FollowFactory(follower=ada, following=ben)
    FollowFactory(follower=ada, following=cleo)
    FollowFactory(follower=ben, following=ada)

    answered = as_ada.delete(f"{PATH}/follow/{ben.uid}")

    assert (answered.status_code, answered.json()) == (200, {"detail": "Unfollowed successfully"})
    assert set(Follow.objects.values_list("follower", "following")) == {(ada.pk, cleo.pk), (ben.pk, ada.pk)}


def test_who_is_not_followed_cannot_be_unfollowed(as_ada, ada, ben, cleo):
    FollowFactory(follower=ben, following=ada)
    FollowFactory(follower=cleo, following=ben)

    assert detail(as_ada.delete(f"{PATH}/follow/{ben.uid}")) == (404, "Not following this user")
    assert detail(as_ada.delete(f"{PATH}/follow/{uuid4()}")) == (404, "Not following this user")
    assert Follow.objects.count() == 2


def test_whoever_was_unfollowed_can_be_followed_again(as_ada, ben):
    as_ada.post(f"{PATH}/follow/{ben.uid}")
    as_ada.delete(f"{PATH}/follow/{ben.uid}")

    assert as_ada.post(f"{PATH}/follow/{ben.uid}").status_code == 201


def test_followers_come_latest_first(as_ada, ada, ben, cleo):
    now = timezone.now()
    FollowFactory(follower=ben, following=ada, created_at=now - timedelta(hours=2))
    FollowFactory(follower=cleo, following=ada, created_at=now)
    FollowFactory(follower=UserFactory(), following=ben, created_at=now)

    found = as_ada.get(f"{PATH}/followers/{ada.uid}").json()

    assert [row["follower_id"] for row in found] == [str(cleo.uid), str(ben.uid)]
    assert {row["following_id"] for row in found} == {str(ada.uid)}


def test_those_followed_come_latest_first(as_ada, ada, ben, cleo):
    now = timezone.now()
    FollowFactory(follower=ada, following=ben, created_at=now - timedelta(hours=2))
    FollowFactory(follower=ada, following=cleo, created_at=now)
    FollowFactory(follower=ben, following=cleo, created_at=now)

    found = as_ada.get(f"{PATH}/following/{ada.uid}").json()

    assert [row["following_id"] for row in found] == [str(cleo.uid), str(ben.uid)]
    assert {row["follower_id"] for row in found} == {str(ada.uid)}


@pytest.mark.parametrize(("path", "side"), [("followers", "following"), ("following", "follower")])
def test_a_list_is_cut_by_skip_and_limit(as_ada, ada, path, side):
    now = timezone.now()
    made = [FollowFactory(**{side: ada, "created_at": now - timedelta(minutes=minutes)}) for minutes in range(52)]
    ids = [str(follow.uid) for follow in made]

    def got(query):
        return [row["id"] for row in as_ada.get(f"{PATH}/{path}/{ada.uid}{query}").json()]

    assert got("") == ids[:50]
    assert got("?skip=50") == ids[50:]
    assert got("?skip=3&limit=2") == ids[3:5]
    assert got("?limit=0") == []
    assert got("?limit=1000000") == ids


@pytest.mark.parametrize("path", ["followers", "following"])
@pytest.mark.parametrize("query", ["skip=-1", "limit=-1", "limit=x", "skip=9999999999999999999999"])
def test_what_is_no_number_of_rows_is_refused(as_ada, ada, path, query):
    answered = as_ada.get(f"{PATH}/{path}/{ada.uid}?{query}")

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == ["query", query.split("=")[0]]


def test_counts_both_ways(as_ada, ada, ben, cleo):
    FollowFactory(follower=ben, following=ada)
    FollowFactory(follower=cleo, following=ada)
    FollowFactory(follower=ada, following=cleo)

    answered = as_ada.get(f"{PATH}/follow-stats/{ada.uid}")

    assert (answered.status_code, answered.json()) == (200, {"followers_count": 2, "following_count": 1})


def test_disabled_accounts_are_neither_listed_nor_counted(as_ada, ada):
    gone = UserFactory(is_active=False)
    FollowFactory(follower=gone, following=ada)
    FollowFactory(follower=ada, following=gone)

    assert as_ada.get(f"{PATH}/followers/{ada.uid}").json() == []
    assert as_ada.get(f"{PATH}/following/{ada.uid}").json() == []
    assert as_ada.get(f"{PATH}/follow-stats/{ada.uid}").json() == {"followers_count": 0, "following_count": 0}


@pytest.mark.parametrize("path", ["followers", "following"])
@pytest.mark.parametrize("visibility", Visibility.values)
@pytest.mark.parametrize("tie", ["none", "followed", "follows", "group"])
def test_whom_somebody_knows_is_told_to_those_who_see_the_profile(as_ada, ada, ben, cleo, path, visibility, tie):
    show(ben, visibility)
    FollowFactory(follower=cleo, following=ben)
    FollowFactory(follower=ben, following=cleo)
    if tie == "followed":
        FollowFactory(follower=ben, following=ada)
    elif tie == "follows":
        FollowFactory(follower=ada, following=ben)
    elif tie == "group":
        group = GroupFactory()
        MembershipFactory(group=group, user=ada)
        MembershipFactory(group=group, user=ben)
    seen = visibility == "public" or (visibility, tie) in {("followers", "follows"), ("groups", "group")}

    answered = as_ada.get(f"{PATH}/{path}/{ben.uid}")

    assert answered.status_code == 200
    shown = {(row["follower_id"], row["following_id"]) for row in answered.json()}
    cleos = (str(cleo.uid), str(ben.uid)) if path == "followers" else (str(ben.uid), str(cleo.uid))
    adas = {"followers": "follows", "following": "followed"}[path] == tie
    mine = (str(ada.uid), str(ben.uid)) if path == "followers" else (str(ben.uid), str(ada.uid))
    # What is Ada's own she is always told.
    assert shown == ({cleos} if seen else set()) | ({mine} if adas else set())


def test_how_many_somebody_knows_is_told_to_everybody(as_ada, ben, cleo):
    show(ben, Visibility.PRIVATE)
    FollowFactory(follower=cleo, following=ben)

    assert as_ada.get(f"{PATH}/follow-stats/{ben.uid}").json() == {"followers_count": 1, "following_count": 0}


@pytest.mark.parametrize("path", ["followers", "following", "follow-stats"])
def test_ones_own_are_always_seen(as_ada, ada, path):
    show(ada, Visibility.PRIVATE)

    assert as_ada.get(f"{PATH}/{path}/{ada.uid}").status_code == 200


@pytest.mark.parametrize("path", ["followers", "following"])
def test_a_list_costs_as_much_for_many_as_for_few(as_ada, ada, ben, queries, path):
    for _ in range(5):
        FollowFactory(follower=ada)
        FollowFactory(following=ada)
    as_ada.get(f"{PATH}/{path}/{ada.uid}")

    with queries() as asked:
        found = as_ada.get(f"{PATH}/{path}/{ada.uid}").json()

    # Who asks, whether they may see the profile, and the list.
    assert (len(asked), len(found)) == (2, 5)


def test_the_counts_are_one_statement(as_ada, ada, queries):
    FollowFactory(follower=ada)

    with queries() as asked:
        as_ada.get(f"{PATH}/follow-stats/{ada.uid}")

    assert len(asked) == 2


def test_follows_go_with_an_account(ada, ben):
    FollowFactory(follower=ada, following=ben)
    FollowFactory(follower=ben, following=ada)

    ben.delete()

    assert not Follow.objects.exists()


def test_following_many_times_at_once_makes_one_follow(together, as_ada, ben):
    answers = together(12, lambda number: as_ada.post(f"{PATH}/follow/{ben.uid}"))

    assert sorted(answered.status_code for answered in answers) == [201] + [400] * 11
    assert {detail(a)[1] for a in answers if a.status_code == 400} == {"Already following this user"}
    assert Follow.objects.count() == 1
    assert EventRecord.objects.filter(name="community.followed").count() == 1


def test_two_people_who_follow_each_other_at_once_do_not_wait_for_each_other(together, as_ada, as_ben, ada, ben):
    def follow(number):
        return as_ada.post(f"{PATH}/follow/{ben.uid}") if number % 2 else as_ben.post(f"{PATH}/follow/{ada.uid}")

    answers = together(8, follow)

    assert sorted(answered.status_code for answered in answers) == [201] * 2 + [400] * 6
    assert Follow.objects.count() == 2
