"""People of the offers document: one's own account, and who may see whose profile."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.accounts.choices import Visibility
from onward.domain.accounts.models import User
from onward.domain.community.models import Progress
from onward.platform.events.models import EventRecord
from tests.client import Api
from tests.conftest import client
from tests.factories import FollowFactory, GroupFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

USERS = "/offers/api/v1/users"
ME = f"{USERS}/me"
PUBLIC_KEYS = [
    "id",
    "username",
    "display_name",
    "bio",
    "profile_visibility",
    "streak_days",
    "created_at",
    "is_following",
]


def wire(moment):
    return moment.isoformat().replace("+00:00", "Z")


def somebody(username="dora", visibility=Visibility.PUBLIC, **fields):
    return UserFactory(username=username, profile_visibility=visibility, **fields)


def progress(user, *, days, until, day=date(2026, 3, 2)):
    # Signing in has made one already.
    Progress.objects.update_or_create(
        user=user,
        defaults={"streak_days": days, "last_active_on": day, "streak_until": datetime.now(UTC) + until},
    )


def share_a_group(*people, **fields):
    group = GroupFactory(creator=people[0], **fields)
    for person in people:
        MembershipFactory(group=group, user=person)
    return group


def found(api, q, **more):
    answered = api.get(f"{USERS}/search", {"q": q, **more})
    assert answered.status_code == 200, answered.content
    return [person["username"] for person in answered.json()]


def problem(answered):
    assert answered.status_code == 422, answered.content
    return answered.json()["detail"][0]["loc"]


# Oneself


def test_an_account_is_shown_as_documented(as_ada, ada):
    User.objects.filter(pk=ada.pk).update(display_name="Ada A.", bio="Counts.", profile_visibility=Visibility.GROUPS)
    progress(ada, days=4, until=timedelta(hours=1))

    answered = as_ada.get(ME)

    assert answered.status_code == 200
    expected = {
        "id": str(ada.uid),
        "email": "ada@example.org",
        "username": "ada",
        "display_name": "Ada A.",
        "bio": "Counts.",
        "is_profile_public": False,
        "profile_visibility": "groups",
        "timezone": "UTC",
        "streak_days": 4,
        "last_active_date": "2026-03-02",
        "created_at": wire(ada.created_at),
        "updated_at": wire(ada.updated_at),
    }
    assert answered.json() == expected
    assert list(answered.json()) == list(expected)


def test_what_nobody_has_said_is_null(as_ada, ada):
    assert {name: as_ada.get(ME).json()[name] for name in ("display_name", "bio")} == {
        "display_name": None,
        "bio": None,
    }


def test_a_profile_is_private_at_first(anonymous):
    grace = {"email": "user@example.com", "username": "grace", "password": "six123"}
    anonymous.bear(anonymous.post("/offers/api/v1/auth/register", grace).json()["access_token"])

    assert anonymous.get(ME).json()["profile_visibility"] == "private"


@pytest.mark.parametrize(("until", "shown"), [(timedelta(minutes=1), 9), (-timedelta(seconds=1), 0)])
def test_a_broken_streak_is_none_and_the_last_day_stays(as_ada, ada, until, shown):
    progress(ada, days=9, until=until)

    body = as_ada.get(ME).json()

    assert (body["streak_days"], body["last_active_date"]) == (shown, "2026-03-02")


def test_who_has_done_nothing_has_no_streak(as_ada, ada):
    Progress.objects.all().delete()

    body = as_ada.get(ME).json()

    assert (body["streak_days"], body["last_active_date"]) == (0, None)


@pytest.mark.parametrize("method", ["get", "put"])
def test_nobody_is_nobody(anonymous, method):
    answered = getattr(anonymous, method)(ME)

    assert (answered.status_code, answered.json()) == (401, {"detail": "Not authenticated"})
    assert anonymous.get(f"{USERS}/search").status_code == 401
    assert anonymous.get(f"{USERS}/{uuid4()}").status_code == 401


def test_reading_oneself_is_one_statement(as_ada, queries):
    as_ada.get(ME)
    with queries() as asked:
        as_ada.get(ME)

    assert len(asked) == 2


def test_only_what_is_sent_is_changed(as_ada, ada):
    as_ada.put(ME, {"display_name": "Ada", "bio": "Counts.", "profile_visibility": "followers"})

    answered = as_ada.put(ME, {"display_name": " Countess "})

    assert answered.status_code == 200
    assert answered.json() == as_ada.get(ME).json()
    ada.refresh_from_db()
    assert (ada.display_name, ada.bio, ada.profile_visibility) == ("Countess", "Counts.", "followers")
    assert EventRecord.objects.filter(name="account.profile_changed").last().payload == {"fields": ["display_name"]}


@pytest.mark.parametrize("nothing", [None, ""])
def test_names_and_words_are_cleared(as_ada, ada, nothing):
    before = as_ada.put(ME, {"display_name": "Ada", "bio": "Counts."}).json()
    assert (before["display_name"], before["bio"]) == ("Ada", "Counts.")

    body = as_ada.put(ME, {"display_name": nothing, "bio": nothing}).json()

    assert (body["display_name"], body["bio"]) == (None, None)
    ada.refresh_from_db()
    assert (ada.display_name, ada.bio) == (None, "")


def test_null_says_nothing_of_who_may_see_a_profile(as_ada, ada):
    User.objects.filter(pk=ada.pk).update(profile_visibility=Visibility.GROUPS)

    answered = as_ada.put(ME, {"profile_visibility": None, "is_profile_public": None})

    assert (answered.status_code, answered.json()["profile_visibility"]) == (200, "groups")


@pytest.mark.parametrize(
    ("before", "sent", "after"),
    [
        ("private", {"is_profile_public": True}, "public"),
        ("followers", {"is_profile_public": True}, "public"),
        ("groups", {"is_profile_public": True}, "public"),
        ("public", {"is_profile_public": True}, "public"),
        ("public", {"is_profile_public": False}, "private"),
        ("private", {"is_profile_public": False}, "private"),
        ("followers", {"is_profile_public": False}, "followers"),
        ("groups", {"is_profile_public": False}, "groups"),
        ("private", {"profile_visibility": "public"}, "public"),
        ("public", {"profile_visibility": "groups"}, "groups"),
        ("private", {"is_profile_public": True, "profile_visibility": "followers"}, "followers"),
        ("public", {"is_profile_public": False, "profile_visibility": "public"}, "public"),
        # Also where it is sent as it was.
        ("private", {"is_profile_public": True, "profile_visibility": "private"}, "private"),
        ("groups", {"is_profile_public": True, "profile_visibility": "groups"}, "groups"),
        ("private", {"is_profile_public": True, "profile_visibility": None}, "public"),
    ],
)
def test_the_flag_and_the_visibility_follow_each_other_and_the_visibility_wins(as_ada, ada, before, sent, after):
    User.objects.filter(pk=ada.pk).update(profile_visibility=before)

    body = as_ada.put(ME, sent).json()

    assert (body["profile_visibility"], body["is_profile_public"]) == (after, after == "public")
    ada.refresh_from_db()
    assert ada.profile_visibility == after


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("display_name", "a" * 101),
        ("display_name", 7),
        ("display_name", "a\x00"),
        ("bio", {}),
        ("bio", "\ud800"),
        ("is_profile_public", "perhaps"),
        ("profile_visibility", "everybody"),
        ("profile_visibility", ["public"]),
    ],
)
def test_what_does_not_validate_is_named_and_nothing_is_changed(as_ada, ada, name, value):
    before = as_ada.get(ME).json()

    assert problem(as_ada.put(ME, {"bio": "New.", name: value})) == ["body", name]
    assert as_ada.get(ME).json() == before


def test_nothing_else_is_changed_through_it(as_ada, ada):
    as_ada.put(ME, {"email": "x@example.org", "username": "x", "streak_days": 99, "is_staff": True, "id": str(uuid4())})

    body = as_ada.get(ME).json()
    assert (body["id"], body["email"], body["username"]) == (str(ada.uid), "ada@example.org", "ada")
    assert not User.objects.get(pk=ada.pk).is_staff


@pytest.mark.parametrize("body", ["{}", ""])
def test_an_empty_change_changes_nothing(as_ada, body):
    before = as_ada.get(ME).json()

    answered = as_ada.put(ME, body)

    assert (answered.status_code, answered.json()) == (200, before)


NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@given(
    display_name=st.none() | NAMES,
    bio=NAMES,
    visibility=st.sampled_from(Visibility.values),
)
def test_what_is_read_and_put_back_changes_nothing(display_name, bio, visibility):
    stored = {"display_name": display_name, "bio": bio, "profile_visibility": visibility}
    user = UserFactory(**stored)
    api = client(user)
    told = EventRecord.objects.filter(name="account.profile_changed").count()

    shown = api.get(ME).json()
    answered = api.put(ME, shown)

    assert (answered.status_code, answered.json()) == (200, shown)
    assert User.objects.filter(pk=user.pk).values(*stored).get() == stored
    assert EventRecord.objects.filter(name="account.profile_changed").count() == told


# Somebody


def test_a_profile_is_shown_as_documented(as_ada, ada):
    dora = somebody(display_name="Dora D.", bio="Explores.", first_name="D", phone="1")
    progress(dora, days=3, until=timedelta(hours=1))

    answered = as_ada.get(f"{USERS}/{dora.uid}")

    assert answered.status_code == 200
    expected = {
        "id": str(dora.uid),
        "username": "dora",
        "display_name": "Dora D.",
        "bio": "Explores.",
        "profile_visibility": "public",
        "streak_days": 3,
        "created_at": wire(dora.created_at),
        "is_following": False,
    }
    assert answered.json() == expected
    assert list(answered.json()) == PUBLIC_KEYS


def test_a_profile_says_whether_one_follows(as_ada, ada):
    dora = somebody()
    FollowFactory(follower=dora, following=ada)
    assert as_ada.get(f"{USERS}/{dora.uid}").json()["is_following"] is False

    FollowFactory(follower=ada, following=dora)

    assert as_ada.get(f"{USERS}/{dora.uid}").json()["is_following"] is True


def test_a_broken_streak_is_none_to_others_as_well(as_ada):
    dora = somebody()
    progress(dora, days=3, until=-timedelta(seconds=1))

    assert as_ada.get(f"{USERS}/{dora.uid}").json()["streak_days"] == 0


@pytest.mark.parametrize("visibility", Visibility.values)
def test_everybody_sees_themselves(as_ada, ada, visibility):
    User.objects.filter(pk=ada.pk).update(profile_visibility=visibility)

    assert as_ada.get(f"{USERS}/{ada.uid}").status_code == 200


def nothing(asker, person):
    pass


def follow(asker, person):
    FollowFactory(follower=asker, following=person)


def be_followed(asker, person):
    FollowFactory(follower=person, following=asker)


def be_together(asker, person):
    share_a_group(asker, person)


def be_together_in_private(asker, person):
    share_a_group(person, asker, is_public=False)


def be_apart(asker, person):
    share_a_group(asker)
    share_a_group(person)


RELATIONS = [nothing, follow, be_followed, be_together, be_together_in_private, be_apart]
OPENS = {
    Visibility.PRIVATE: set(),
    Visibility.FOLLOWERS: {follow},
    Visibility.GROUPS: {be_together, be_together_in_private},
    Visibility.PUBLIC: set(RELATIONS),
}


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("visibility", Visibility.values)
def test_a_profile_and_the_search_show_people_to_those_they_are_for(as_ada, ada, visibility, relation):
    dora = somebody(visibility=visibility, display_name="Dora")
    relation(ada, dora)

    answered = as_ada.get(f"{USERS}/{dora.uid}")

    if relation in OPENS[visibility]:
        assert answered.status_code == 200
        assert found(as_ada, "dora") == ["dora"]
    else:
        assert (answered.status_code, answered.json()) == (403, {"detail": "Profile is private"})
        assert found(as_ada, "dora") == []


def test_who_leaves_sees_no_longer(as_ada, ada):
    followed, companion = somebody("fred", Visibility.FOLLOWERS), somebody("greta", Visibility.GROUPS)
    follow = FollowFactory(follower=ada, following=followed)
    group = share_a_group(ada, companion)
    assert found(as_ada, "re") == ["fred", "greta"]

    follow.delete()
    group.memberships.filter(user=ada).delete()

    assert found(as_ada, "re") == []
    assert [as_ada.get(f"{USERS}/{person.uid}").status_code for person in (followed, companion)] == [403, 403]


def test_who_is_not_there_is_not_found(as_ada):
    gone = somebody(is_active=False)

    for uid in (uuid4(), gone.uid):
        answered = as_ada.get(f"{USERS}/{uid}")
        assert (answered.status_code, answered.json()) == (404, {"detail": "User not found"})
    assert found(as_ada, "dora") == []


@pytest.mark.parametrize("uid", ["1", "not-a-uuid", "00000000"])
def test_an_id_that_cannot_be_one_is_not_found(as_ada, uid):
    assert as_ada.get(f"{USERS}/{uid}").status_code == 404


def test_a_profile_is_one_statement(as_ada, queries):
    dora = somebody()
    as_ada.get(f"{USERS}/{dora.uid}")
    with queries() as asked:
        as_ada.get(f"{USERS}/{dora.uid}")

    assert len(asked) == 2


# Searching


def test_a_search_shows_profiles(as_ada):
    dora = somebody()

    answered = as_ada.get(f"{USERS}/search", {"q": "dor"})

    assert list(answered.json()[0]) == PUBLIC_KEYS
    assert answered.json() == [as_ada.get(f"{USERS}/{dora.uid}").json()]


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20%20", "?q=%09", "?q=%E2%80%8B"])
def test_a_blank_search_finds_nobody(as_ada, query):
    somebody()

    answered = as_ada.get(f"{USERS}/search{query}")

    assert (answered.status_code, answered.json()) == (200, [])


def test_a_search_looks_in_usernames_and_display_names_in_any_case(as_ada):
    somebody("maria", display_name="Ünal Öz")
    somebody("ÜNAL2", display_name=None)
    somebody("Peter", display_name="the MARIA fan")

    assert found(as_ada, "ünal") == ["maria", "ÜNAL2"]
    assert found(as_ada, "ÜNAL") == ["maria", "ÜNAL2"]
    assert found(as_ada, "Maria") == ["maria", "Peter"]
    assert found(as_ada, "ünal öz") == ["maria"]
    assert found(as_ada, " öz ") == ["maria"]
    assert found(as_ada, "öz ünal") == []


@pytest.mark.parametrize("q", ["%", "_", "\\", "%%", "*", "'", '"', "--", "example.org", "dora@example.org"])
def test_a_search_takes_every_sign_for_itself_and_finds_nobody_by_their_address(as_ada, q):
    somebody(display_name="Dora")

    assert found(as_ada, q) == []


def test_people_are_found_in_the_order_of_their_usernames(as_ada):
    for name in ("x3", "X1", "x2", "x10"):
        somebody(name)

    assert found(as_ada, "x") == ["X1", "x10", "x2", "x3"]


def test_a_search_is_cut_after_it_was_filtered(as_ada):
    for number in range(6):
        somebody(f"x{number}", Visibility.PUBLIC if number % 2 else Visibility.PRIVATE)

    assert found(as_ada, "x", limit=2) == ["x1", "x3"]
    assert found(as_ada, "x", skip=1, limit=2) == ["x3", "x5"]
    assert found(as_ada, "x", skip=3) == []
    assert found(as_ada, "x", limit=0) == []


def test_twenty_are_found_at_first_and_five_hundred_at_most(as_ada):
    User.objects.bulk_create(
        User(username=f"x{n:03}", username_key=f"x{n:03}", email=f"x{n}@example.org", profile_visibility="public")
        for n in range(505)
    )

    assert len(found(as_ada, "x")) == 20
    assert len(found(as_ada, "x", limit=1000)) == 500


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("skip", "-1"),
        ("skip", "a"),
        ("limit", "-1"),
        ("limit", "1.5"),
        ("skip", "9" * 30),
        ("q", "a\x00b"),
        ("q", "a" * 300),
    ],
)
def test_what_a_search_cannot_mean_is_named(as_ada, name, value):
    assert problem(as_ada.get(f"{USERS}/search", {"q": "x", name: value})) == ["query", name]


def test_whoever_is_private_does_not_even_find_themselves(as_ada, ada):
    assert found(as_ada, "ada") == []

    User.objects.filter(pk=ada.pk).update(profile_visibility=Visibility.PUBLIC)

    assert found(as_ada, "ada") == ["ada"]


def test_a_search_is_one_statement_however_many_it_finds(as_ada, ada, queries):
    for number in range(8):
        person = somebody(f"x{number}", Visibility.values[number % 4])
        FollowFactory(follower=ada, following=person)
        share_a_group(ada, person)
    found(as_ada, "x")
    with queries() as asked:
        assert len(found(as_ada, "x")) == 6

    assert len(asked) == 2


def test_what_one_person_may_see_is_not_shown_to_the_next(ada, as_ada, as_ben):
    dora = somebody(visibility=Visibility.FOLLOWERS)
    FollowFactory(follower=ada, following=dora)

    assert found(as_ada, "dora") == ["dora"]
    assert found(as_ben, "dora") == []
    assert as_ben.get(f"{USERS}/{dora.uid}").status_code == 403


def test_the_document_describes_what_is_given(anonymous):
    document = anonymous.get("/offers/openapi.json").json()
    schemas, paths = document["components"]["schemas"], document["paths"]

    assert list(schemas["UserPublicProfile"]["properties"]) == PUBLIC_KEYS
    assert schemas["UserResponse"]["properties"]["profile_visibility"] is not None
    given = paths["/offers/api/v1/users/search"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert given["items"]["$ref"].endswith("/UserPublicProfile")
    asked = paths["/offers/api/v1/users/me"]["put"]["requestBody"]["content"]["application/json"]["schema"]
    assert set(asked["properties"]) == {"display_name", "bio", "is_profile_public", "profile_visibility", "timezone"}


def test_with_and_without_a_last_slash(as_ada):
    dora = somebody()

    for path in ("me", "me/", f"{dora.uid}", f"{dora.uid}/"):
        assert as_ada.get(f"{USERS}/{path}").status_code == 200
    assert as_ada.get(f"{USERS}/search/", {"q": "dora"}).json() != []
    assert Api().post("/offers/api/v1/auth/login/", {}).status_code == 422
