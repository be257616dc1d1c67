"""What people share with everybody, as the copilot document has it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.accounts.models import User
from tests.factories import GroupFactory, PostFactory, ProgressFactory, ReactionFactory, UserFactory

pytestmark = pytest.mark.django_db

ACTIVITY = "/copilot/api/v1/social/activity"


def person(name, *, days=0, visibility="public", ends=1, **more):
    made = UserFactory(username=name, profile_visibility=visibility, **more)
    now = timezone.now()
    ProgressFactory(
        user=made,
        streak_days=days,
        streak_until=now + timedelta(days=ends),
        last_active_at=now,
        last_active_on=now.date(),
    )
    return made


def test_what_is_public_is_shown_the_latest_first(as_ben):
    ida = person("ida", days=3)
    first, second = PostFactory(author=ida, content="One"), PostFactory(author=ida, content="Two")
    ReactionFactory(post=first)

    said = as_ben.get(ACTIVITY).json()

    assert [one["id"] for one in said["activities"]] == [second.pk, first.pk]
    assert said["activities"][1] == {
        "id": first.pk,
        "author": "ida",
        "content": "One",
        "type": first.post_type,
        "created_at": first.created_at.isoformat().replace("+00:00", "Z"),
        "likes_count": 1,
    }
    leader = said["leaderboard"][0]
    assert (leader["user_id"], leader["username"], leader["streak_days"]) == (ida.pk, "ida", 3)
    assert len(as_ben.get(ACTIVITY, {"limit": 1, "skip": 1}).json()["activities"]) == 1


def test_what_is_not_for_everybody_is_shown_to_nobody(as_ada, ada):
    shy = [person(f"shy{level}", days=9, visibility=level) for level in ("private", "followers", "groups")]
    gone, ida = person("gone", days=9, is_active=False), person("ida")
    for author in (*shy, gone):
        PostFactory(author=author)
    PostFactory(author=ida, is_public=False)
    PostFactory(author=ida, group=GroupFactory(is_public=False))
    PostFactory(author=ada)

    assert as_ada.get(ACTIVITY).json()["activities"] == []
    assert {one["username"] for one in as_ada.get(ACTIVITY).json()["leaderboard"]} <= {"ida"}


def test_the_longest_streak_that_lasts_leads(as_ada):
    for name, days, ends in (("ida", 2, 1), ("jon", 5, 1), ("kim", 9, -1)):
        person(name, days=days, ends=ends)

    assert [one["username"] for one in as_ada.get(ACTIVITY).json()["leaderboard"]] == ["jon", "ida"]


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 101}, {"skip": -1}, {"limit": "x"}, {"skip": 2**63}])
def test_what_cannot_be_asked_is_named(as_ada, asked):
    answered = as_ada.get(ACTIVITY, asked)

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == ["query", *asked]


def test_it_is_read_in_three_statements(as_ada, queries):
    User.objects.update(profile_visibility="public")
    as_ada.get(ACTIVITY)

    with queries() as asked:
        as_ada.get(ACTIVITY)

    assert len(asked) <= 3
