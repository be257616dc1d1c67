"""Reactions to posts, as the offers document promises them."""

from uuid import uuid4

import pytest

from onward.domain.community.choices import ReactionType
from onward.domain.community.models import Reaction
from tests.apis.offers.test_posts import PATH, detail, instant
from tests.factories import PostFactory, ReactionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_reacts_to_a_post(as_ada, ada):
    post = PostFactory()

    answered = as_ada.post(f"{PATH}/{post.uid}/react", {"reaction": "Celebrate"})

    made = Reaction.objects.get()
    assert answered.status_code == 201
    assert answered.json() == {
        "id": str(made.uid),
        "post_id": str(post.uid),
        "user_id": str(ada.uid),
        "reaction": "Celebrate",
        "created_at": instant(made.created_at),
    }
    assert list(answered.json()) == ["id", "post_id", "user_id", "reaction", "created_at"]


@pytest.mark.parametrize("body", ["", {}])
def test_a_reaction_without_a_word_is_a_like(as_ada, body):
    post = PostFactory()

    assert as_ada.post(f"{PATH}/{post.uid}/react", body).json()["reaction"] == "Like"


def test_a_second_reaction_replaces_the_first(as_ada, as_ben):
    post = PostFactory()
    path = f"{PATH}/{post.uid}/react"
    first = as_ada.post(path, {"reaction": "Like"}).json()

    answered = as_ada.post(path, {"reaction": "Support"})

    assert answered.status_code == 201
    assert answered.json() == first | {"reaction": "Support", "created_at": answered.json()["created_at"]}
    assert answered.json()["created_at"] > first["created_at"]
    as_ben.post(path, {"reaction": "Like"})
    assert sorted(Reaction.objects.values_list("reaction", flat=True)) == ["like", "support"]


@pytest.mark.parametrize("word", ["like", "Love", 7])
def test_an_unknown_reaction_is_refused(as_ada, word):
    answered = as_ada.post(f"{PATH}/{PostFactory().uid}/react", {"reaction": word})

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == ["body", "reaction"]
    assert not Reaction.objects.exists()


def test_a_post_shows_how_many_reacted_and_how_oneself_did(as_ada, as_ben, ada, ben):
    post = PostFactory(author=ada)
    ReactionFactory(post=post, user=ben, reaction=ReactionType.INSIGHTFUL)
    ReactionFactory.create_batch(2, post=post)
    ReactionFactory(post=post, user=UserFactory(is_active=False))
    ReactionFactory()

    def shown(client, path):
        return [(row["reaction_count"], row["user_reaction"]) for row in client.get(path).json() if row["id"] == uid]

    uid = str(post.uid)
    assert shown(as_ben, f"{PATH}/feed") == [(3, "Insightful")]
    assert shown(as_ada, f"{PATH}/feed") == shown(as_ada, f"{PATH}/mine") == [(3, None)]
    assert as_ada.put(f"{PATH}/{uid}", {}).json()["reaction_count"] == 3


def test_takes_a_reaction_back(as_ada, ada):
    post = ReactionFactory(user=ada).post
    others = ReactionFactory(post=post)

    answered = as_ada.delete(f"{PATH}/{post.uid}/react")

    assert (answered.status_code, answered.json()) == (200, {"detail": "Reaction removed"})
    assert Reaction.objects.get() == others


def test_there_must_be_a_reaction_to_take_back(as_ada):
    post = ReactionFactory().post

    assert detail(as_ada.delete(f"{PATH}/{post.uid}/react")) == (404, "No reaction to remove")
    assert detail(as_ada.delete(f"{PATH}/{uuid4()}/react")) == (404, "No reaction to remove")
    assert Reaction.objects.count() == 1


def test_twenty_reactions_of_one_person_at_once_leave_one(together, as_ada, as_ben):
    post = PostFactory()
    words = ["Like", "Celebrate", "Support", "Insightful"]

    answers = together(20, lambda number: as_ada.post(f"{PATH}/{post.uid}/react", {"reaction": words[number % 4]}))

    assert {answered.status_code for answered in answers} == {201}
    assert len({answered.json()["id"] for answered in answers}) == 1
    assert Reaction.objects.count() == 1
    assert as_ben.get(f"{PATH}/feed").json()[0]["reaction_count"] == 1


def test_reactions_of_many_people_at_once_are_all_counted(together, signed_in, as_ada):
    post = PostFactory()
    clients = [signed_in(UserFactory()) for _ in range(12)]

    answers = together(12, lambda number: clients[number].post(f"{PATH}/{post.uid}/react"))

    assert {answered.status_code for answered in answers} == {201}
    assert as_ada.get(f"{PATH}/feed").json()[0]["reaction_count"] == 12


def test_reacting_to_a_post_while_it_is_deleted_fails_cleanly(together, signed_in, as_ada, ada):
    post = PostFactory(author=ada)
    clients = [signed_in(UserFactory()) for _ in range(7)]

    def meet(number):
        if number == 0:
            return as_ada.delete(f"{PATH}/{post.uid}")
        return clients[number - 1].post(f"{PATH}/{post.uid}/react")

    deleted, *reacted = together(8, meet)

    assert deleted.status_code == 200
    assert {answered.status_code for answered in reacted} <= {201, 404}
    assert not Reaction.objects.exists()
