"""Section 2 of the campus document: people and their profiles."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from onward.domain.accounts.models import User
from onward.domain.accounts.services import pictures
from onward.domain.community.models import Follow
from tests.apis.campus.errors import error
from tests.factories import UserFactory
from tests.poison import POISON

pytestmark = pytest.mark.django_db

USERS = "/campus/api/users/"
PUBLIC = {"id", "user_id", "username", "display_name", "bio", "profile_picture", "social_links"}
OWN = PUBLIC | {"graduation_year", "programme", "gpa", "work_authorised", "visibility"}


def profile(user):
    return f"{USERS}{user.pk}/profile/"


def picture(kind="PNG", size=(40, 20), **more):
    drawn = io.BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind, **more)
    return SimpleUploadedFile("../../me.exe", drawn.getvalue(), "text/html")


def test_a_profile_is_there_from_the_start(as_ada, ada):
    shown = as_ada.get(profile(ada)).json()

    assert shown == {
        "id": ada.pk,
        "user_id": ada.pk,
        "username": "ada",
        "display_name": "ada",
        "bio": "",
        "profile_picture": None,
        "social_links": {},
        "graduation_year": None,
        "programme": None,
        "gpa": None,
        "work_authorised": None,
        "visibility": "private",
    }


@pytest.mark.parametrize("method", ["put", "patch"])
def test_what_is_sent_changes_and_what_is_absent_stays(as_ada, ada, method):
    said = {
        "bio": "  Reads at night. ",
        "display_name": "Ada A.",
        "graduation_year": 2027,
        "programme": "Mathematics",
        "gpa": 3.5,
        "work_authorised": True,
        "social_links": {"github": "https://github.com/ada", "Blog": "HTTP://ada.example/?a=1#b"},
        "visibility": "public",
    }
    changed = getattr(as_ada, method)(profile(ada), {**said, "id": 9, "user_id": 9, "username": "root"})

    assert changed.status_code == 200
    expected = {**said, "bio": "Reads at night.", "id": ada.pk, "user_id": ada.pk, "username": "ada"}
    assert changed.json() == {**expected, "profile_picture": None} == as_ada.get(profile(ada)).json()
    assert getattr(as_ada, method)(profile(ada), {"bio": "Sleeps."}).json() == {**changed.json(), "bio": "Sleeps."}


def test_what_is_shown_can_be_put_back_and_changes_nothing(as_ada, ada):
    ada.social_links, ada.github_url = {"x": "https://x.example"}, "https://github.com/ada"
    ada.gpa, ada.graduation_year, ada.profile_picture_url = "3.25", 2027, "http://old.example/a.png"
    ada.save()
    before = User.objects.filter(pk=ada.pk).values().get()
    shown = as_ada.get(profile(ada)).json()

    assert as_ada.put(profile(ada), shown).json() == shown
    assert User.objects.filter(pk=ada.pk).values().get() == before


def test_nulls_and_blanks_clear_what_may_be_nothing(as_ada, ada):
    as_ada.put(profile(ada), {"gpa": 1, "programme": "x", "graduation_year": 2027, "work_authorised": False})
    nothing = {"gpa": None, "programme": "", "graduation_year": None, "work_authorised": None, "display_name": " "}

    shown = as_ada.patch(profile(ada), nothing).json()

    assert {name: shown[name] for name in nothing} == {**dict.fromkeys(nothing), "display_name": "ada"}


def test_links_are_replaced_whole_and_the_records_own_are_the_same_everywhere(as_ada, ada):
    as_ada.patch(profile(ada), {"social_links": {"github": "https://github.com/ada", "blog": "https://b.example"}})
    assert as_ada.get("/tracker/api/v1/auth/profile/").json()["github_url"] == "https://github.com/ada"
    as_ada.patch("/tracker/api/v1/auth/profile/", {"linkedin_url": "https://linkedin.com/in/ada"})

    both = {
        "github": "https://github.com/ada",
        "linkedin": "https://linkedin.com/in/ada",
        "blog": "https://b.example",
    }
    assert as_ada.get(profile(ada)).json()["social_links"] == both
    as_ada.patch(profile(ada), {"social_links": {"portfolio": "https://ada.example"}})
    assert as_ada.get(profile(ada)).json()["social_links"] == {"portfolio": "https://ada.example"}
    assert as_ada.get("/tracker/api/v1/auth/profile/").json()["github_url"] == ""


@pytest.mark.parametrize(
    "links",
    [
        {"x": "javascript:alert(1)"},
        {"x": "ftp://x.example"},
        {"x": "x.example"},
        {"x": "https://"},
        {"x": ""},
        {"x": None},
        {"": "https://x.example"},
        {"github": "data:text/html,x"},
        {f"n{number}": "https://x.example" for number in range(21)},
        {"x": f"https://x.example/{'x' * 500}"},
        ["https://x.example"],
        "https://x.example",
        None,
    ],
)
def test_what_is_no_object_of_addresses_is_refused(as_ada, ada, links):
    error(as_ada.patch(profile(ada), {"bio": "x", "social_links": links}), 400, "validation_error", "social_links")

    ada.refresh_from_db()
    assert (ada.social_links, ada.bio) == ({}, "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gpa", -1),
        ("gpa", 100.01),
        ("gpa", 3.123),
        ("gpa", "good"),
        ("graduation_year", 1800),
        ("graduation_year", 2027.5),
        ("work_authorised", "perhaps"),
        ("bio", "x" * 20_001),
        ("profile_picture", "http://x.example/a.png"),
        ("profile_picture", "javascript:alert(1)"),
        ("visibility", "nobody"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(as_ada, ada, name, value):
    error(as_ada.put(profile(ada), {name: value}), 400, "validation_error", name)


def test_others_see_what_is_for_others_of_those_who_show_themselves(as_ada, ada, ben, as_root):
    error(as_ada.get(profile(ben)), 403, "forbidden")
    ben.profile_visibility, ben.gpa = "public", 4
    ben.save()

    shown = as_ada.get(profile(ben))

    assert (shown.status_code, shown.json().keys()) == (200, PUBLIC)
    error(as_ada.put(profile(ben), {"bio": "x"}), 403, "forbidden")
    assert as_root.get(profile(ben)).json().keys() == OWN
    assert as_root.patch(profile(ben), {"bio": "By root."}).json()["bio"] == "By root."


def test_followers_see_whom_they_follow_where_that_is_wished(as_ada, ada, ben):
    ben.profile_visibility = "followers"
    ben.save()
    error(as_ada.get(profile(ben)), 403, "forbidden")

    Follow.objects.create(follower=ada, following=ben)

    assert as_ada.get(profile(ben)).status_code == 200


@pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 31, "999999"])
def test_an_id_that_names_nobody_is_not_found(as_ada, as_root, key):
    for client in (as_ada, as_root):
        error(client.get(f"{USERS}{key}/profile/"), 404, "not_found")
        error(client.put(f"{USERS}{key}/profile/", {"bio": "x"}), 404, "not_found")


def test_a_disabled_account_is_nobody_to_members(as_ada, as_root, ben):
    ben.is_active, ben.profile_visibility = False, "public"
    ben.save()

    error(as_ada.get(profile(ben)), 404, "not_found")
    assert as_root.get(profile(ben)).status_code == 200
    assert ben.pk not in [one["id"] for one in as_ada.get(USERS).json()["results"]]


def test_members_list_themselves_and_who_shows_themselves_admins_everybody(as_ada, as_root, ada, ben, queries):
    seen = UserFactory(profile_visibility="public", display_name="Zoé Zay")
    with queries() as asked:
        listed = as_ada.get(USERS).json()

    assert len(asked) == 2
    assert [one["id"] for one in listed["results"]] == [seen.pk, ada.pk]
    assert all(one.keys() == PUBLIC for one in listed["results"])
    assert as_root.get(USERS).json()["count"] == 4
    assert [one["id"] for one in as_ada.get(USERS, {"search": "zoe"}).json()["results"]] == [seen.pk]
    assert as_ada.get(USERS, {"ordering": "username"}).json()["results"][0]["id"] == ada.pk


def test_reading_a_profile_takes_two_statements(as_ada, ada, ben, queries):
    ben.profile_visibility = "public"
    ben.save()
    for one in (ada, ben):
        with queries() as asked:
            assert as_ada.get(profile(one)).status_code == 200
        assert len(asked) == 2


@pytest.mark.parametrize(("kind", "media"), [("PNG", "png"), ("JPEG", "jpeg"), ("WEBP", "webp"), ("GIF", "gif")])
def test_a_picture_is_told_by_its_content_and_drawn_anew(as_ada, ada, kind, media):
    answered = as_ada.upload(profile(ada), {"profile_picture": picture(kind), "bio": "Seen."}, "PATCH")

    assert answered.status_code == 200, answered.content
    shown = answered.json()
    assert shown["bio"] == "Seen."
    assert shown == as_ada.get(profile(ada)).json()
    assert shown["profile_picture"].startswith("http://testserver/pictures/")
    drawn = Client().get(shown["profile_picture"])
    assert (drawn.status_code, drawn["Content-Type"]) == (200, f"image/{media}")
    assert drawn["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(drawn.content)).size == (40, 20)
    assert as_ada.put(profile(ada), shown).json() == shown


def test_what_a_picture_says_beside_what_is_seen_is_gone(as_ada, ada):
    told = Image.Exif()
    told[0x010E] = "the secret word"
    whole = picture("JPEG", (3000, 1000), exif=told, comment=b"the secret word")
    whole = SimpleUploadedFile("a.jpg", whole.read() + b"<script>the secret word</script>")

    shown = as_ada.upload(profile(ada), {"profile_picture": whole}, "PUT").json()

    drawn = Client().get(shown["profile_picture"]).content
    assert b"secret" not in drawn
    assert Image.open(io.BytesIO(drawn)).size == (1024, 341)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n and nothing else",
        b"GIF89a",
        b"%PDF-1.7",
        b"x" * (5 * 1024 * 1024 + 1),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused_and_nothing_changes(as_ada, ada, content):
    form = {"profile_picture": SimpleUploadedFile("a.png", content, "image/png"), "bio": "x"}

    error(as_ada.upload(profile(ada), form, "PUT"), 400, "validation_error", "profile_picture")

    ada.refresh_from_db()
    assert (ada.bio, ada.picture_key) == ("", "")


def test_a_picture_of_more_pixels_than_can_be_held_is_refused(as_ada, ada):
    flat = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(flat, "PNG")
    form = {"profile_picture": SimpleUploadedFile("a.png", flat.getvalue())}

    error(as_ada.upload(profile(ada), form, "PATCH"), 400, "validation_error", "profile_picture")


def test_there_is_one_picture_and_null_clears_it(as_ada, ada):
    first = as_ada.upload(profile(ada), {"profile_picture": picture()}, "PATCH").json()["profile_picture"]
    second = as_ada.upload(profile(ada), {"profile_picture": picture("GIF")}, "PATCH").json()["profile_picture"]
    assert len(default_storage.listdir(pictures.FOLDER)[1]) == 2  # what is removed goes with the commit
    elsewhere = as_ada.patch(profile(ada), {"profile_picture": "https://x.example/me.png"}).json()

    ada.refresh_from_db()
    assert first != second
    assert (elsewhere["profile_picture"], ada.picture_key) == ("https://x.example/me.png", "")
    assert as_ada.patch(profile(ada), {"profile_picture": None}).json()["profile_picture"] is None


@pytest.mark.django_db(transaction=True)
def test_files_go_with_the_pictures_that_they_were(as_ada, ada):
    as_ada.upload(profile(ada), {"profile_picture": picture()}, "PATCH")
    shown = as_ada.upload(profile(ada), {"profile_picture": picture("GIF")}, "PATCH").json()
    (kept,) = default_storage.listdir(pictures.FOLDER)[1]
    assert shown["profile_picture"].endswith(kept)

    as_ada.patch(profile(ada), {"profile_picture": None})

    assert default_storage.listdir(pictures.FOLDER)[1] == []
    assert Client().get(shown["profile_picture"]).status_code == 404


def test_a_field_that_is_wrong_beside_a_picture_keeps_both_out(as_ada, ada):
    form = {"profile_picture": picture(), "graduation_year": "1800", "social_links": '{"x": "ftp://x"}'}

    error(as_ada.upload(profile(ada), form, "PUT"), 400, "validation_error", "graduation_year", "social_links")


def test_a_form_without_a_file_says_the_same_as_json(as_ada, ada):
    form = {
        "gpa": "3.5",
        "work_authorised": "true",
        "social_links": '{"x": "https://x.example"}',
        "programme": "",
        "profile_picture": "https://x.example/me.png",
    }
    shown = as_ada.upload(profile(ada), form, "PUT").json()

    assert (shown["gpa"], shown["work_authorised"], shown["programme"]) == (3.5, True, None)
    assert shown["social_links"] == {"x": "https://x.example"}
    assert shown["profile_picture"] == "https://x.example/me.png"


def test_no_value_makes_a_profile_stumble(as_ada, ada):
    names = sorted(OWN - {"id", "user_id", "username"})
    values = [value for kind in ("strings", "integers", "dates") for value in POISON[kind]]
    for name in names:
        for value in (*values, None, [], {}, {"a": "b"}, True, 1e308):
            assert as_ada.put(profile(ada), {name: value}).status_code in {200, 400}, (name, value)
        assert as_ada.get(profile(ada)).status_code == as_ada.get(USERS).status_code == 200, name
    for document in POISON["documents"]:
        assert as_ada.put(profile(ada), document.encode()).status_code in {200, 400}, document
