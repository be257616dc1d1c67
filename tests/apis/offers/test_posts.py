"""Posts of the offers document: who writes them and who sees them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.community.models import Group, Post, Reaction
from onward.platform.events.models import EventRecord
from tests.factories import GroupFactory, MembershipFactory, PostFactory, ReactionFactory, UserFactory

pytestmark = pytest.mark.django_db

PATH = "/offers/api/v1/social/posts"
FIELDS = [
    "id",
    "user_id",
    "group_id",
    "post_type",
    "title",
    "content",
    "is_public",
    "reaction_count",
    "created_at",
    "updated_at",
    "author",
    "user_reaction",
]


def detail(answered):
    return answered.status_code, answered.json()["detail"]


def instant(moment):
    return moment.isoformat().replace("+00:00", "Z")


def contents(answered):
    return [row["content"] for row in answered.json()]


def ids(answered):
    return [row["id"] for row in answered.json()]


@pytest.fixture
def closed_group(ben):
    """Ben's group, which is there for its members only."""
    group = GroupFactory(creator=ben, is_public=False)
    MembershipFactory(group=group, user=ben)
    return group


def test_writes_a_post_for_everybody(as_ada, ada):
    answered = as_ada.post(PATH, {"content": "I got an offer!", "post_type": "Celebration", "title": "Done"})

    post = Post.objects.get()
    assert answered.status_code == 201
    assert list(answered.json()) == FIELDS
    assert answered.json() == {
        "id": str(post.uid),
        "user_id": str(ada.uid),
        "group_id": None,
        "post_type": "Celebration",
        "title": "Done",
        "content": "I got an offer!",
        "is_public": True,
        "reaction_count": 0,
        "created_at": instant(post.created_at),
        "updated_at": instant(post.created_at),
        "author": {"id": str(ada.uid), "username": "ada", "display_name": "ada"},
        "user_reaction": None,
    }


def test_a_post_needs_nothing_but_its_content(as_ada):
    made = as_ada.post(PATH, {"content": " Hello. "}).json()

    assert (made["content"], made["post_type"], made["title"]) == ("Hello.", "Update", None)
    assert (made["is_public"], made["group_id"]) == (True, None)


def test_what_a_form_sends_for_nothing_is_nothing(as_ada):
    made = as_ada.post(PATH, {"content": "Hello.", "title": "", "group_id": ""}).json()

    assert (made["title"], made["group_id"]) == (None, None)
    assert as_ada.post(PATH, {"content": "Hello.", "title": None, "group_id": None}).status_code == 201


def test_an_author_is_shown_by_the_name_they_chose(as_ada, ada):
    ada.display_name = "Ada A."
    ada.save()

    author = as_ada.post(PATH, {"content": "Hello."}).json()["author"]

    assert author == {"id": str(ada.uid), "username": "ada", "display_name": "Ada A."}


@pytest.mark.parametrize("word", ["Update", "Tip", "Milestone", "Question", "Resource", "Celebration"])
def test_every_type_is_shown_as_it_was_written(as_ada, word):
    assert as_ada.post(PATH, {"content": "Hello.", "post_type": word}).json()["post_type"] == word
    assert as_ada.get(f"{PATH}/mine").json()[0]["post_type"] == word


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("content", ""),
        ("content", " \n "),
        ("content", None),
        ("content", 7),
        ("content", "a\x00b"),
        ("content", "x" * 100_001),
        ("post_type", "update"),
        ("title", "x" * 256),
        ("title", 7),
        ("group_id", "7"),
        ("group_id", 7),
        ("is_public", "perhaps"),
    ],
)
def test_names_the_field_that_is_wrong(as_ada, field, value):
    answered = as_ada.post(PATH, {"content": "Hello."} | {field: value})

    assert answered.status_code == 422
    assert [problem["loc"] for problem in answered.json()["detail"]] == [["body", field]]
    assert not Post.objects.exists()


def test_refuses_a_post_without_content(as_ada):
    assert as_ada.post(PATH).json()["detail"][0]["loc"] == ["body", "content"]


def test_a_title_may_have_255_characters(as_ada):
    assert as_ada.post(PATH, {"content": "Hello.", "title": "ö" * 255}).status_code == 201


def test_writes_in_a_group_that_one_is_in(as_ada, ada, closed_group):
    MembershipFactory(group=closed_group, user=ada)

    answered = as_ada.post(PATH, {"content": "Hello.", "group_id": str(closed_group.uid)})

    assert (answered.status_code, answered.json()["group_id"]) == (201, str(closed_group.uid))


def test_writes_in_no_group_that_one_is_not_in(as_ada, as_ben, closed_group):
    into = GroupFactory()
    as_ben.delete(f"/offers/api/v1/social/groups/{closed_group.uid}/leave")

    def write(client, group_id):
        return detail(client.post(PATH, {"content": "Hello.", "group_id": str(group_id)}))

    assert write(as_ada, into.uid) == (403, "Not a member of this group")
    assert write(as_ada, closed_group.uid) == (404, "Group not found")
    assert write(as_ada, uuid4()) == (404, "Group not found")
    # Its creator sees it, and is not in it any more.
    assert write(as_ben, closed_group.uid) == (403, "Not a member of this group")
    assert not Post.objects.exists()


def test_a_post_is_announced(as_ada, ada, closed_group):
    MembershipFactory(group=closed_group, user=ada)
    as_ada.post(PATH, {"content": "Hello."})
    as_ada.post(PATH, {"content": "Hello.", "group_id": str(closed_group.uid)})
    as_ada.post(PATH, {"content": ""})

    events = EventRecord.objects.filter(name="community.post_shared", owner_id=ada.pk).order_by("pk")
    assert [event.payload["group_id"] for event in events] == [None, closed_group.pk]


def test_the_feed_has_what_everybody_may_see_the_latest_first(as_ada, ada, closed_group):
    now = timezone.now()
    PostFactory(content="second", created_at=now - timedelta(hours=2))
    PostFactory(content="first", created_at=now - timedelta(hours=1), group=GroupFactory())
    PostFactory(content="third", created_at=now - timedelta(hours=3), author=ada)
    PostFactory(content="not for others", is_public=False)
    PostFactory(content="mine, not for others", is_public=False, author=ada)
    PostFactory(content="for a group", is_public=False, group=GroupFactory())
    PostFactory(content="closed", group=closed_group)
    PostFactory(content="gone", author=UserFactory(is_active=False))

    found = as_ada.get(f"{PATH}/feed")

    assert contents(found) == ["first", "second", "third"]
    assert list(found.json()[0]) == FIELDS


def test_the_feed_has_public_posts_of_ones_private_groups(as_ada, ada, closed_group):
    MembershipFactory(group=closed_group, user=ada)
    PostFactory(content="in the group", group=closed_group)
    PostFactory(content="for the group", group=closed_group, is_public=False)

    assert contents(as_ada.get(f"{PATH}/feed")) == ["in the group"]


def test_what_one_wrote_in_a_private_group_leaves_the_feed_when_one_leaves_it(as_ada, ada, closed_group):
    PostFactory(content="mine", group=closed_group, author=ada)

    assert contents(as_ada.get(f"{PATH}/feed")) == []
    assert contents(as_ada.get(f"{PATH}/mine")) == ["mine"]


def test_the_feed_of_a_group_has_what_is_in_it(as_ada, as_ben, ada, ben):
    group = GroupFactory()
    MembershipFactory(group=group, user=ben)
    now = timezone.now()
    PostFactory(content="public", group=group, created_at=now)
    PostFactory(content="for the group", group=group, is_public=False, created_at=now - timedelta(hours=1))
    PostFactory(content="elsewhere")
    PostFactory(content="another group", group=GroupFactory())

    assert contents(as_ada.get(f"{PATH}/feed?group_id={group.uid}")) == ["public"]
    assert contents(as_ben.get(f"{PATH}/feed?group_id={group.uid}")) == ["public", "for the group"]


def test_the_feed_of_a_private_group_is_for_its_members(as_ada, as_ben, closed_group):
    PostFactory(content="closed", group=closed_group)

    assert detail(as_ada.get(f"{PATH}/feed?group_id={closed_group.uid}")) == (404, "Group not found")
    assert detail(as_ada.get(f"{PATH}/feed?group_id={uuid4()}")) == (404, "Group not found")
    assert contents(as_ben.get(f"{PATH}/feed?group_id={closed_group.uid}")) == ["closed"]


def test_a_creator_who_left_a_private_group_reads_it_no_longer(as_ben, ben, closed_group):
    PostFactory(content="closed", group=closed_group)
    PostFactory(content="Ben's own", group=closed_group, author=ben)
    as_ben.delete(f"/offers/api/v1/social/groups/{closed_group.uid}/leave")

    assert contents(as_ben.get(f"{PATH}/feed?group_id={closed_group.uid}")) == ["Ben's own"]
    assert contents(as_ben.get(f"{PATH}/feed")) == []


def test_an_empty_group_id_is_no_filter(as_ada):
    PostFactory(content="public")

    assert contents(as_ada.get(f"{PATH}/feed?group_id=")) == ["public"]


@pytest.mark.parametrize("query", ["group_id=7", "skip=-1", "limit=-1", "limit=x"])
def test_a_query_that_cannot_be_read_is_refused(as_ada, query):
    answered = as_ada.get(f"{PATH}/feed?{query}")

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == ["query", query.split("=")[0]]


@pytest.mark.parametrize("which", ["feed", "feed?group_id={group}", "mine"])
def test_a_list_is_cut_by_skip_and_limit(as_ada, ada, which):
    group, now = GroupFactory(), timezone.now()
    made = [
        str(PostFactory(author=ada, group=group, created_at=now - timedelta(minutes=minutes)).uid)
        for minutes in range(52)
    ]
    path = f"{PATH}/{which.format(group=group.uid)}" + ("&" if "?" in which else "?")

    assert ids(as_ada.get(path)) == made[:50]
    assert ids(as_ada.get(f"{path}skip=50")) == made[50:]
    assert ids(as_ada.get(f"{path}skip=3&limit=2")) == made[3:5]
    assert ids(as_ada.get(f"{path}limit=0")) == []
    assert ids(as_ada.get(f"{path}limit=1000000")) == made


def test_posts_of_one_moment_come_in_one_order_on_every_page(as_ada):
    now = timezone.now()
    made = [str(PostFactory(created_at=now).uid) for _ in range(9)]

    pages = [ids(as_ada.get(f"{PATH}/feed?skip={skip}&limit=3")) for skip in (0, 3, 6)]

    assert [uid for page in pages for uid in page] == made[::-1]


def test_lists_what_one_wrote_wherever_it_is_the_latest_first(as_ada, ada, closed_group):
    now = timezone.now()
    PostFactory(content="for nobody", author=ada, is_public=False, created_at=now - timedelta(hours=1))
    PostFactory(content="for everybody", author=ada, created_at=now)
    PostFactory(content="in a group", author=ada, group=closed_group, created_at=now - timedelta(hours=2))
    PostFactory(content="Ben's")

    assert contents(as_ada.get(f"{PATH}/mine")) == ["for everybody", "for nobody", "in a group"]


def test_its_author_changes_a_post(as_ada, ada):
    post = PostFactory(author=ada, title="Old", content="Old.", post_type="tip")
    before = as_ada.get(f"{PATH}/mine").json()[0]

    answered = as_ada.put(f"{PATH}/{post.uid}", {"title": "New", "content": "New.", "is_public": False})

    assert answered.status_code == 200
    after = answered.json()
    assert (after["title"], after["content"], after["is_public"]) == ("New", "New.", False)
    assert after["updated_at"] > before["updated_at"]
    assert after == before | {name: after[name] for name in ("title", "content", "is_public", "updated_at")}


def test_what_is_not_sent_stays(as_ada, ada):
    post = PostFactory(author=ada, title="Old", content="Old.", is_public=False)

    after = as_ada.put(f"{PATH}/{post.uid}", {"content": "New."}).json()

    assert (after["title"], after["content"], after["is_public"]) == ("Old", "New.", False)


def test_null_clears_the_title_and_nothing_else(as_ada, ada):
    post = PostFactory(author=ada, title="Old", content="Old.", is_public=False)

    answered = as_ada.put(f"{PATH}/{post.uid}", {"title": None, "content": None, "is_public": None})

    assert answered.status_code == 200
    after = answered.json()
    assert (after["title"], after["content"], after["is_public"]) == (None, "Old.", False)


def test_type_and_group_of_a_post_stay(as_ada, ada, closed_group):
    MembershipFactory(group=closed_group, user=ada)
    post = PostFactory(author=ada)

    as_ada.put(f"{PATH}/{post.uid}", {"post_type": "Tip", "group_id": str(closed_group.uid)})

    post.refresh_from_db()
    assert (post.post_type, post.group) == ("update", None)


def test_a_post_put_back_as_it_was_read_is_unchanged(as_ada, ada):
    # Longer than this API takes, and with white space around it.
    post = PostFactory(author=ada, title=" Walks ", content="\n" + "x" * 100_001)
    shown = as_ada.get(f"{PATH}/mine").json()[0]
    before = Post.objects.values().get()

    assert as_ada.put(f"{PATH}/{post.uid}", shown).json() == shown
    assert Post.objects.values().get() == before


@pytest.mark.parametrize(
    ("field", "value"), [("content", ""), ("content", "  "), ("title", "x" * 256), ("is_public", "perhaps")]
)
def test_a_change_that_does_not_validate_names_its_field(as_ada, ada, field, value):
    post = PostFactory(author=ada)

    answered = as_ada.put(f"{PATH}/{post.uid}", {field: value})

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == ["body", field]


def test_only_its_author_changes_or_deletes_a_post(as_ada, ben):
    post = PostFactory(author=ben, content="Ben's")

    assert detail(as_ada.put(f"{PATH}/{post.uid}", {"content": "Mine."})) == (403, "Not your post")
    assert detail(as_ada.put(f"{PATH}/{post.uid}", {"content": ""})) == (403, "Not your post")
    assert detail(as_ada.delete(f"{PATH}/{post.uid}")) == (403, "Not your post")
    assert Post.objects.get().content == "Ben's"


def test_a_groups_creator_may_not_change_what_others_write_there(as_ben, closed_group):
    post = PostFactory(group=closed_group)

    assert detail(as_ben.delete(f"{PATH}/{post.uid}")) == (403, "Not your post")


def test_a_post_that_is_not_for_one_is_not_there(as_ada, closed_group):
    for uid in (
        PostFactory(is_public=False).uid,
        PostFactory(group=closed_group).uid,
        PostFactory(author=UserFactory(is_active=False)).uid,
        uuid4(),
    ):
        assert detail(as_ada.put(f"{PATH}/{uid}", {"content": "Mine."})) == (404, "Post not found")
        assert detail(as_ada.delete(f"{PATH}/{uid}")) == (404, "Post not found")
        assert detail(as_ada.post(f"{PATH}/{uid}/react")) == (404, "Post not found")
    assert as_ada.put(f"{PATH}/7", {}).status_code == 404
    assert Post.objects.count() == 3
    assert not Reaction.objects.exists()


def test_its_author_deletes_a_post(as_ada, ada):
    post = ReactionFactory(post=PostFactory(author=ada)).post
    other = ReactionFactory()

    answered = as_ada.delete(f"{PATH}/{post.uid}")

    assert (answered.status_code, answered.json()) == (200, {"detail": "Post deleted"})
    assert Post.objects.get() == other.post
    assert Reaction.objects.get() == other
    assert detail(as_ada.delete(f"{PATH}/{post.uid}")) == (404, "Post not found")


def test_posts_and_reactions_go_with_an_account(ada, ben):
    ReactionFactory(post=PostFactory(author=ada), user=ben)
    mine = ReactionFactory(post=PostFactory(author=ben), user=ada).post

    ada.delete()

    assert Post.objects.get() == mine
    assert not Reaction.objects.exists()


def test_a_reaction_can_be_taken_back_from_what_one_sees_no_longer(as_ada, ada, closed_group):
    post = ReactionFactory(user=ada, post=PostFactory(group=closed_group)).post

    assert as_ada.delete(f"{PATH}/{post.uid}/react").status_code == 200
    assert not Reaction.objects.exists()


@pytest.mark.parametrize(("path", "statements"), [("feed", 2), ("feed?group_id={group}", 3), ("mine", 2)])
def test_a_list_costs_as_much_for_many_as_for_few(as_ada, ada, queries, path, statements):
    group = GroupFactory()
    for _ in range(5):
        ReactionFactory.create_batch(3, post=PostFactory(author=ada, group=group))
    path = f"{PATH}/{path.format(group=group.uid)}"
    as_ada.get(path)

    with queries() as asked:
        found = as_ada.get(path).json()

    assert (len(asked), len(found)) == (statements, 5)


def test_writing_in_a_group_while_it_is_deleted_fails_cleanly(together, as_ada, as_ben, ada, closed_group):
    MembershipFactory(group=closed_group, user=ada)

    def meet(number):
        if number == 0:
            return as_ben.delete(f"/offers/api/v1/social/groups/{closed_group.uid}")
        return as_ada.post(PATH, {"content": "Hello.", "group_id": str(closed_group.uid)})

    deleted, *written = together(8, meet)

    assert deleted.status_code == 200
    assert {answered.status_code for answered in written} <= {201, 404}
    assert not Post.objects.exists()


# Three people, two groups: who made each, whether it is public, and who is in it.
PEOPLE = st.integers(0, 2)
GROUPS = st.tuples(PEOPLE, st.booleans(), st.sets(PEOPLE))
# Who wrote a post, in which group or in none, and whether it is public.
POSTS = st.tuples(PEOPLE, st.none() | st.integers(0, 1), st.booleans())


class World:
    """Who may see what, said once more and without a database."""

    def __init__(self, groups, posts):
        self.groups = groups
        self.posts = posts

    def is_in(self, asker, group):
        return group is not None and asker in self.groups[group][2]

    def is_open(self, group):
        return group is None or self.groups[group][1]

    def finds(self, asker, group):
        return self.is_open(group) or self.is_in(asker, group) or self.groups[group][0] == asker

    def sees(self, asker, number):
        author, group, is_public = self.posts[number]
        return asker == author or self.is_in(asker, group) or (is_public and self.is_open(group))

    def is_fed(self, asker, number):
        _, group, is_public = self.posts[number]
        return is_public and (self.is_open(group) or self.is_in(asker, group))


@given(groups=st.tuples(GROUPS, GROUPS), posts=st.lists(POSTS, min_size=1, max_size=8))
def test_nobody_sees_a_post_that_is_not_for_them(ada, ben, cleo, as_ada, as_ben, as_cleo, groups, posts):
    Post.objects.all().delete()
    Group.objects.all().delete()
    people, world = [ada, ben, cleo], World(groups, posts)
    rows = [GroupFactory(creator=people[creator], is_public=is_public) for creator, is_public, _ in groups]
    for row, (_, _, members) in zip(rows, groups, strict=True):
        for member in members:
            MembershipFactory(group=row, user=people[member])
    uids = [
        str(PostFactory(author=people[author], group=None if group is None else rows[group], is_public=is_public).uid)
        for author, group, is_public in posts
    ]

    for asker, client in enumerate([as_ada, as_ben, as_cleo]):
        fed, mine = client.get(f"{PATH}/feed"), client.get(f"{PATH}/mine")
        assert set(ids(fed)) == {uid for number, uid in enumerate(uids) if world.is_fed(asker, number)}
        assert set(ids(mine)) == {uid for number, uid in enumerate(uids) if posts[number][0] == asker}
        for group, row in enumerate(rows):
            answered = client.get(f"{PATH}/feed?group_id={row.uid}")
            if world.finds(asker, group):
                here = {uid for number, uid in enumerate(uids) if posts[number][1] == group}
                assert set(ids(answered)) == here & {uid for n, uid in enumerate(uids) if world.sees(asker, n)}
            else:
                assert detail(answered) == (404, "Group not found")
        for number, uid in enumerate(uids):
            seen, own = world.sees(asker, number), posts[number][0] == asker
            assert client.post(f"{PATH}/{uid}/react").status_code == (201 if seen else 404)
            assert client.put(f"{PATH}/{uid}", {}).status_code == (200 if own else 403 if seen else 404)
            assert Reaction.objects.filter(post__uid=uid, user=people[asker]).exists() == seen
