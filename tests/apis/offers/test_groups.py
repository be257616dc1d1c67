"""Groups of the offers document: made, found, joined, left; and private ones closed to others."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from onward.domain.community.choices import GroupRole
from onward.domain.community.models import Group, Membership, Post, Reaction
from onward.platform.events.models import EventRecord
from tests.factories import GroupFactory, MembershipFactory, PostFactory, ReactionFactory, UserFactory

pytestmark = pytest.mark.django_db

PATH = "/offers/api/v1/social/groups"


def detail(answered):
    return answered.status_code, answered.json()["detail"]


def instant(moment):
    return moment.isoformat().replace("+00:00", "Z")


def names(answered):
    return [row["name"] for row in answered.json()]


@pytest.fixture
def open_group(ben):
    """Ben's group, which is there for everybody."""
    group = GroupFactory(creator=ben, name="Evening walks")
    MembershipFactory(group=group, user=ben, role=GroupRole.ADMIN)
    return group


@pytest.fixture
def closed_group(ben):
    """Ben's group, which is there for its members only."""
    group = GroupFactory(creator=ben, name="Quiet talks", is_public=False)
    MembershipFactory(group=group, user=ben, role=GroupRole.ADMIN)
    return group


def test_makes_a_group_with_its_creator_in_it(as_ada, ada):
    answered = as_ada.post(PATH, {"name": "Walkers", "description": "We walk.", "is_public": False})

    group = Group.objects.get()
    assert answered.status_code == 201
    assert answered.json() == {
        "id": str(group.uid),
        "name": "Walkers",
        "description": "We walk.",
        "created_by": str(ada.uid),
        "is_public": False,
        "member_count": 1,
        "created_at": instant(group.created_at),
        "updated_at": instant(group.created_at),
    }
    member = Membership.objects.get()
    assert (member.group, member.user, member.role) == (group, ada, GroupRole.ADMIN)


def test_a_group_needs_nothing_but_a_name(as_ada):
    made = as_ada.post(PATH, {"name": "  Walkers "}).json()

    assert (made["name"], made["description"], made["is_public"]) == ("Walkers", None, True)


def test_two_groups_may_have_one_name(as_ada):
    assert as_ada.post(PATH, {"name": "Walkers"}).status_code == 201
    assert as_ada.post(PATH, {"name": "Walkers"}).status_code == 201


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "  "),
        ("name", None),
        ("name", 7),
        ("name", "x" * 101),
        ("name", "a\x00b"),
        ("description", 7),
        ("description", "x" * 100_001),
        ("is_public", "perhaps"),
    ],
)
def test_names_the_field_that_is_wrong(as_ada, field, value):
    answered = as_ada.post(PATH, {"name": "Walkers"} | {field: value})

    assert answered.status_code == 422
    assert [problem["loc"] for problem in answered.json()["detail"]] == [["body", field]]
    assert not Group.objects.exists()


def test_refuses_a_group_without_a_name(as_ada):
    answered = as_ada.post(PATH)

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == ["body", "name"]


def test_takes_a_name_of_a_hundred_characters(as_ada):
    assert as_ada.post(PATH, {"name": "ö" * 100}).json()["name"] == "ö" * 100


def test_lists_public_groups_the_latest_first(as_ada, closed_group):
    now = timezone.now()
    for number in (2, 1, 3):
        GroupFactory(name=f"Group {number}", created_at=now - timedelta(days=number))

    assert names(as_ada.get(PATH)) == ["Group 1", "Group 2", "Group 3"]


def test_a_private_group_is_not_listed_even_for_its_members(as_ben, closed_group):
    assert names(as_ben.get(PATH)) == []


def test_the_list_is_cut_by_skip_and_limit(as_ada):
    now = timezone.now()
    made = [GroupFactory(created_at=now - timedelta(minutes=minutes)).name for minutes in range(52)]

    assert names(as_ada.get(PATH)) == made[:50]
    assert names(as_ada.get(f"{PATH}?skip=50")) == made[50:]
    assert names(as_ada.get(f"{PATH}?skip=3&limit=2")) == made[3:5]
    assert names(as_ada.get(f"{PATH}?limit=1000000")) == made


@pytest.mark.parametrize("query", ["skip=-1", "limit=x"])
def test_what_is_no_number_of_rows_is_refused(as_ada, query):
    assert as_ada.get(f"{PATH}?{query}").json()["detail"][0]["loc"] == ["query", query.split("=")[0]]


def test_lists_the_groups_that_one_is_in_private_ones_too(as_ada, ada, open_group, closed_group):
    now = timezone.now()
    for number, group in enumerate([open_group, closed_group]):
        Group.objects.filter(pk=group.pk).update(created_at=now - timedelta(days=number))
        MembershipFactory(group=group, user=ada)
    GroupFactory(creator=ada, name="Left long ago")
    GroupFactory(name="Another's")

    found = as_ada.get(f"{PATH}/mine")

    assert names(found) == ["Evening walks", "Quiet talks"]
    assert [row["member_count"] for row in found.json()] == [2, 2]


def test_counts_members_who_are_there(as_ada, open_group):
    MembershipFactory.create_batch(3, group=open_group)
    MembershipFactory(group=open_group, user=UserFactory(is_active=False))
    MembershipFactory(group=GroupFactory())

    assert as_ada.get(f"{PATH}/{open_group.uid}").json()["member_count"] == 4


def test_a_public_group_is_there_for_everybody(as_ada, open_group, ben):
    answered = as_ada.get(f"{PATH}/{open_group.uid}")

    assert answered.status_code == 200
    assert (answered.json()["name"], answered.json()["created_by"]) == ("Evening walks", str(ben.uid))


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "", ""),
        ("put", "", {"name": "Mine now"}),
        ("put", "", {"name": 7}),
        ("delete", "", ""),
        ("post", "/join", ""),
        ("get", "/members", ""),
    ],
)
def test_a_private_group_is_not_there_for_others(as_ada, ada, closed_group, method, path, body):
    hidden = getattr(as_ada, method)(f"{PATH}/{closed_group.uid}{path}", body)
    nowhere = getattr(as_ada, method)(f"{PATH}/{uuid4()}{path}", body)

    assert detail(hidden) == detail(nowhere) == (404, "Group not found")
    assert getattr(as_ada, method)(f"{PATH}/x{path}", body).status_code == 404
    closed_group.refresh_from_db()
    assert closed_group.name == "Quiet talks"
    assert not Membership.objects.filter(user=ada).exists()


def test_a_private_group_is_there_for_its_members(as_ada, ada, closed_group):
    MembershipFactory(group=closed_group, user=ada)

    assert as_ada.get(f"{PATH}/{closed_group.uid}").json()["member_count"] == 2
    assert len(as_ada.get(f"{PATH}/{closed_group.uid}/members").json()) == 2


def test_a_creator_who_left_still_has_the_group(as_ben, closed_group):
    as_ben.delete(f"{PATH}/{closed_group.uid}/leave")

    assert as_ben.get(f"{PATH}/{closed_group.uid}").json()["member_count"] == 0
    assert as_ben.put(f"{PATH}/{closed_group.uid}", {"name": "Louder talks"}).status_code == 200
    assert as_ben.post(f"{PATH}/{closed_group.uid}/join").json()["role"] == "admin"
    assert as_ben.delete(f"{PATH}/{closed_group.uid}").status_code == 200


def test_its_creator_changes_a_group(as_ben, open_group):
    before = as_ben.get(f"{PATH}/{open_group.uid}").json()

    answered = as_ben.put(
        f"{PATH}/{open_group.uid}", {"name": "Morning walks", "description": "Early.", "is_public": False}
    )

    assert answered.status_code == 200
    after = answered.json()
    assert (after["name"], after["description"], after["is_public"]) == ("Morning walks", "Early.", False)
    assert after["updated_at"] > before["updated_at"]
    unchanged = ("id", "created_by", "member_count", "created_at")
    assert [after[name] for name in unchanged] == [before[name] for name in unchanged]


def test_what_is_not_sent_stays(as_ben, ben):
    group = GroupFactory(creator=ben, name="Walkers", description="We walk.")

    answered = as_ben.put(f"{PATH}/{group.uid}", {"name": "Runners"}).json()

    assert (answered["name"], answered["description"], answered["is_public"]) == ("Runners", "We walk.", True)


def test_null_clears_the_description_and_nothing_else(as_ben, ben):
    group = GroupFactory(creator=ben, name="Walkers", description="We walk.", is_public=False)

    answered = as_ben.put(f"{PATH}/{group.uid}", {"name": None, "description": None, "is_public": None})

    assert answered.status_code == 200
    shown = answered.json()
    assert (shown["name"], shown["description"], shown["is_public"]) == ("Walkers", None, False)


def test_a_group_put_back_as_it_was_read_is_unchanged(as_ben, ben):
    # Longer than this API takes, and with white space around it.
    group = GroupFactory(creator=ben, name=" Walkers ", description="\n" + "x" * 100_001)
    shown = as_ben.get(f"{PATH}/{group.uid}").json()

    assert as_ben.put(f"{PATH}/{group.uid}", shown).json() == shown
    before = Group.objects.values().get()
    as_ben.put(f"{PATH}/{group.uid}", shown)
    assert Group.objects.values().get() == before


@pytest.mark.parametrize(("field", "value"), [("name", " "), ("name", "x" * 101), ("is_public", "perhaps")])
def test_a_change_that_does_not_validate_names_its_field(as_ben, open_group, field, value):
    answered = as_ben.put(f"{PATH}/{open_group.uid}", {field: value})

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == ["body", field]


@pytest.mark.parametrize("role", [None, GroupRole.MEMBER, GroupRole.ADMIN])
def test_only_its_creator_changes_or_deletes_a_group(as_ada, ada, open_group, role):
    if role:
        MembershipFactory(group=open_group, user=ada, role=role)

    assert detail(as_ada.put(f"{PATH}/{open_group.uid}", {"name": "Mine"})) == (403, "Only group creator can update")
    assert detail(as_ada.delete(f"{PATH}/{open_group.uid}")) == (403, "Only group creator can delete")
    open_group.refresh_from_db()
    assert open_group.name == "Evening walks"


def test_members_of_a_private_group_may_not_change_it(as_ada, ada, closed_group):
    MembershipFactory(group=closed_group, user=ada)

    assert detail(as_ada.put(f"{PATH}/{closed_group.uid}", {})) == (403, "Only group creator can update")
    assert detail(as_ada.delete(f"{PATH}/{closed_group.uid}")) == (403, "Only group creator can delete")


def test_a_deleted_group_takes_everything_in_it_along(as_ben, open_group):
    ReactionFactory(post=PostFactory(group=open_group))
    elsewhere = PostFactory()

    answered = as_ben.delete(f"{PATH}/{open_group.uid}")

    assert (answered.status_code, answered.json()) == (200, {"detail": "Group deleted"})
    assert not Group.objects.exists()
    assert not Membership.objects.exists()
    assert not Reaction.objects.exists()
    assert Post.objects.get() == elsewhere
    assert detail(as_ben.get(f"{PATH}/{open_group.uid}")) == (404, "Group not found")


def test_a_deleted_account_takes_its_groups_along(ben, open_group):
    MembershipFactory(group=open_group)

    ben.delete()

    assert not Group.objects.exists()
    assert not Membership.objects.exists()


def test_joins_a_group_as_a_member(as_ada, ada, open_group):
    answered = as_ada.post(f"{PATH}/{open_group.uid}/join")

    member = Membership.objects.get(user=ada)
    assert answered.status_code == 201
    assert answered.json() == {
        "id": str(member.uid),
        "group_id": str(open_group.uid),
        "user_id": str(ada.uid),
        "role": "member",
        "joined_at": instant(member.joined_at),
    }
    assert as_ada.get(f"{PATH}/{open_group.uid}").json()["member_count"] == 2


def test_joining_twice_is_refused(as_ada, as_ben, open_group):
    as_ada.post(f"{PATH}/{open_group.uid}/join")

    assert detail(as_ada.post(f"{PATH}/{open_group.uid}/join")) == (400, "Already a member of this group")
    assert detail(as_ben.post(f"{PATH}/{open_group.uid}/join")) == (400, "Already a member of this group")
    assert Membership.objects.count() == 2


def test_making_and_joining_are_announced(as_ada, as_ben, ada, ben):
    made = as_ben.post(PATH, {"name": "Walkers"}).json()
    as_ada.post(f"{PATH}/{made['id']}/join")
    as_ada.post(f"{PATH}/{made['id']}/join")

    events = EventRecord.objects.filter(name="community.group_joined").order_by("pk")
    assert [(event.owner_id, event.payload["group_name"]) for event in events] == [
        (ben.pk, "Walkers"),
        (ada.pk, "Walkers"),
    ]


def test_leaves_a_group_and_may_come_back(as_ada, ada, open_group):
    as_ada.post(f"{PATH}/{open_group.uid}/join")

    answered = as_ada.delete(f"{PATH}/{open_group.uid}/leave")

    assert (answered.status_code, answered.json()) == (200, {"detail": "Left group successfully"})
    assert not Membership.objects.filter(user=ada).exists()
    assert as_ada.post(f"{PATH}/{open_group.uid}/join").status_code == 201


def test_who_is_not_in_a_group_cannot_leave_it(as_ada, ada, open_group, closed_group):
    elsewhere = MembershipFactory(user=ada).group

    for uid in (open_group.uid, closed_group.uid, uuid4()):
        assert detail(as_ada.delete(f"{PATH}/{uid}/leave")) == (404, "Not a member of this group")
    assert Membership.objects.filter(user=ada).get().group == elsewhere
    assert Membership.objects.count() == 3


def test_who_left_a_private_group_sees_it_no_longer(as_ada, ada, closed_group):
    MembershipFactory(group=closed_group, user=ada)
    as_ada.delete(f"{PATH}/{closed_group.uid}/leave")

    assert detail(as_ada.get(f"{PATH}/{closed_group.uid}")) == (404, "Group not found")
    assert detail(as_ada.post(f"{PATH}/{closed_group.uid}/join")) == (404, "Group not found")
    assert as_ada.get(f"{PATH}/mine").json() == []


def test_a_group_that_becomes_private_closes(as_ada, as_ben, open_group):
    as_ben.put(f"{PATH}/{open_group.uid}", {"is_public": False})

    assert as_ada.get(PATH).json() == []
    assert detail(as_ada.get(f"{PATH}/{open_group.uid}")) == (404, "Group not found")


def test_lists_members_in_the_order_in_which_they_came(as_ada, ada, ben, cleo):
    now = timezone.now()
    group = GroupFactory(creator=ben)
    MembershipFactory(group=group, user=cleo, joined_at=now)
    MembershipFactory(group=group, user=ben, joined_at=now - timedelta(days=2), role=GroupRole.ADMIN)
    MembershipFactory(group=group, user=ada, joined_at=now - timedelta(days=1))
    MembershipFactory(group=group, user=UserFactory(is_active=False))
    MembershipFactory()

    found = as_ada.get(f"{PATH}/{group.uid}/members").json()

    assert [(row["user_id"], row["role"]) for row in found] == [
        (str(ben.uid), "admin"),
        (str(ada.uid), "member"),
        (str(cleo.uid), "member"),
    ]
    assert {row["group_id"] for row in found} == {str(group.uid)}
    assert list(found[0]) == ["id", "group_id", "user_id", "role", "joined_at"]


def test_members_can_be_paged_through(as_ada, open_group):
    MembershipFactory.create_batch(4, group=open_group)
    path = f"{PATH}/{open_group.uid}/members"
    everybody = as_ada.get(path).json()

    assert len(everybody) == 5
    assert as_ada.get(f"{path}?skip=1&limit=2").json() == everybody[1:3]


@pytest.mark.parametrize(("path", "statements"), [("", 2), ("/mine", 2), ("/{uid}", 2), ("/{uid}/members", 3)])
def test_reads_cost_as_much_for_many_as_for_few(as_ada, ada, queries, path, statements):
    group = GroupFactory()
    for made in [group, *GroupFactory.create_batch(4)]:
        MembershipFactory(group=made, user=ada)
        MembershipFactory.create_batch(2, group=made)
    path = PATH + path.format(uid=group.uid)
    as_ada.get(path)

    with queries() as asked:
        assert as_ada.get(path).status_code == 200

    assert len(asked) == statements


def test_joining_many_times_at_once_makes_one_member(together, as_ada, ada, open_group):
    answers = together(12, lambda number: as_ada.post(f"{PATH}/{open_group.uid}/join"))

    assert sorted(answered.status_code for answered in answers) == [201] + [400] * 11
    assert {detail(a)[1] for a in answers if a.status_code == 400} == {"Already a member of this group"}
    assert Membership.objects.filter(user=ada).count() == 1
    assert EventRecord.objects.filter(name="community.group_joined").count() == 1


def test_many_people_join_at_once_and_all_are_counted(together, signed_in, as_ada, open_group):
    clients = [signed_in(UserFactory()) for _ in range(12)]

    answers = together(12, lambda number: clients[number].post(f"{PATH}/{open_group.uid}/join"))

    assert {answered.status_code for answered in answers} == {201}
    assert as_ada.get(f"{PATH}/{open_group.uid}").json()["member_count"] == 13


def test_joining_a_group_while_it_is_deleted_fails_cleanly(together, signed_in, as_ben, open_group):
    clients = [signed_in(UserFactory()) for _ in range(7)]

    def meet(number):
        if number == 0:
            return as_ben.delete(f"{PATH}/{open_group.uid}")
        return clients[number - 1].post(f"{PATH}/{open_group.uid}/join")

    deleted, *joined = together(8, meet)

    assert deleted.status_code == 200
    assert {answered.status_code for answered in joined} <= {201, 404}
    assert not Membership.objects.exists()
