"""Videos whose files are kept here: sent as a form, watched whole and in parts."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onward.domain.video.models import Video
from onward.domain.video.services import uploads
from onward.domain.writing.models import Entry
from onward.domain.writing.services import entries
from tests import poison
from tests.apis.campus.errors import error
from tests.client import Api
from tests.conftest import client
from tests.domain.videos import BEGINS, video

pytestmark = pytest.mark.django_db

VIDEOS = "/campus/api/videos/"
CONTENT = video(1000)


def send(api, content=CONTENT, name="lecture.mp4", **said):
    return api.upload(VIDEOS, {"title": "A lecture", "file": SimpleUploadedFile(name, content), **said})


def add(api, content=CONTENT, **said):
    answered = send(api, content, **said)
    assert answered.status_code == 201, answered.content
    return answered.json()


def body(answered):
    return b"".join(answered.streaming_content) if answered.streaming else answered.content


def kept():
    return default_storage.listdir("videos")[1] if default_storage.exists("videos") else []


@pytest.fixture
def path(as_ada):
    return f"{VIDEOS}{add(as_ada)['id']}/file/"


@pytest.mark.parametrize("kind", BEGINS)
def test_the_bytes_that_came_are_given_back_as_what_they_are(as_ada, as_ben, kind):
    content = video(2000, BEGINS[kind])

    made = add(as_ada, content, name="../../x.exe", description="With *words*", visibility="unlisted")

    assert made["url"] == f"http://testserver{VIDEOS}{made['id']}/file/"
    assert (made["description"], made["visibility"]) == ("With *words*", "unlisted")
    answered = as_ben.get(made["url"])
    assert answered.status_code == 200
    assert body(answered) == content
    assert answered["Content-Type"] == kind
    assert (answered["Content-Length"], answered["Accept-Ranges"]) == ("2000", "bytes")
    assert answered["Content-Disposition"] == "inline"
    assert answered["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answered["Content-Security-Policy"]
    assert as_ben.get(f"{VIDEOS}{made['id']}/").json()["url"] == made["url"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"#EXTM3U\nhttp://127.0.0.1/\n",
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n" + b"0" * 100,
        b"<html>" * 100,
        b"\x00" * 500,
    ],
)
def test_what_is_no_video_by_its_content_is_refused_and_not_kept(as_ada, content):
    error(send(as_ada, content), 400, "validation_error", "file")

    assert not Entry.objects.exists()
    assert kept() == []


def test_a_file_is_sent_with_a_title_and_alone(as_ada):
    error(send(as_ada, title=""), 400, "validation_error", "title")
    error(as_ada.upload(VIDEOS, {"title": "x"}), 400, "validation_error", "file")
    error(send(as_ada, url="https://v.example.org"), 400, "validation_error", "url")
    error(send(as_ada, visibility="secret"), 400, "validation_error", "visibility")
    error(send(Api()), 401, "not_authenticated")
    assert kept() == []


def test_the_address_of_what_is_here_does_not_change(as_ada):
    shown = add(as_ada)
    one = f"{VIDEOS}{shown['id']}/"

    error(as_ada.put(one, {"title": "B", "url": "https://v.example.org"}), 400, "validation_error", "url")
    assert as_ada.get(one).json() == shown
    assert as_ada.put(one, {**shown, "title": "B"}).json()["title"] == "B"


# Parts


@pytest.mark.parametrize(
    ("asked", "status", "part", "said"),
    [
        ("bytes=0-99", 206, slice(0, 100), "bytes 0-99/1000"),
        ("bytes=990-", 206, slice(990, 1000), "bytes 990-999/1000"),
        ("bytes=-1", 206, slice(999, 1000), "bytes 999-999/1000"),
        ("bytes=0-5,7-9", 200, slice(0, 1000), None),
        ("lines=1-2", 200, slice(0, 1000), None),
    ],
)
def test_a_part_is_sent_as_it_was_asked_for(as_ada, path, asked, status, part, said):
    answered = as_ada.get(path, headers={"Range": asked})

    assert answered.status_code == status
    assert body(answered) == CONTENT[part]
    assert answered.headers.get("Content-Range") == said
    assert int(answered["Content-Length"]) == len(CONTENT[part])


def test_a_part_behind_the_end_is_refused_with_the_length(as_ada, path):
    answered = as_ada.get(path, headers={"Range": "bytes=1000-"})

    error(answered, 416, "range_not_satisfiable")
    assert answered["Content-Range"] == "bytes */1000"


def test_a_part_goes_on_only_where_the_file_is_the_same(as_ada, path):
    tag = as_ada.get(path)["ETag"]

    same = as_ada.get(path, headers={"Range": "bytes=10-", "If-Range": tag})
    other = as_ada.get(path, headers={"Range": "bytes=10-", "If-Range": '"another"'})

    assert (same.status_code, body(same)) == (206, CONTENT[10:])
    assert (other.status_code, body(other)) == (200, CONTENT)
    assert as_ada.get(path, headers={"If-None-Match": f'"x", W/{tag}'}).status_code == 304
    assert as_ada.get(path, headers={"If-None-Match": '"x"'}).status_code == 200


# Links


def test_a_player_needs_no_token_for_some_hours(as_ada, monkeypatch):
    made = add(as_ada)
    link = made["stream_url"]

    answered = Api().get(link, headers={"Range": "bytes=5-9"})

    assert (answered.status_code, body(answered)) == (206, CONTENT[5:10])
    expires = int(parse_qs(urlsplit(link).query)["expires"][0])
    left = expires - timezone.now().timestamp()
    assert timedelta(hours=6).total_seconds() <= left <= timedelta(hours=7).total_seconds()
    # Of within an hour the link is one, so that a player knows it again.
    assert as_ada.get(f"{VIDEOS}{made['id']}/").json()["stream_url"] == link
    error(Api().get(made["url"]), 401, "not_authenticated")


def test_a_link_opens_what_it_was_made_for_and_nothing_else(as_ada):
    first, second = add(as_ada), add(as_ada)
    query = urlsplit(first["stream_url"]).query

    for wrong in (
        second["url"] + "?" + query,
        first["url"] + "?" + query.replace("expires=1", "expires=2"),
        first["stream_url"][:-1] + ("0" if first["stream_url"][-1] != "0" else "1"),
        first["url"] + "?expires=1&signature=" + "0" * 64,
        f"{VIDEOS}99999999/file/?{query}",
        first["url"] + "?signature=",
    ):
        error(Api().get(wrong), 403, "forbidden")


def test_links_to_what_has_become_private_or_was_removed_open_nothing(as_ada, as_ben):
    made = add(as_ada)
    one = f"{VIDEOS}{made['id']}/"

    private = as_ada.put(one, {"title": "x", "visibility": "private"}).json()

    error(Api().get(made["stream_url"]), 403, "forbidden")
    error(as_ben.get(made["url"]), 404, "not_found")
    assert body(Api().get(private["stream_url"])) == body(as_ada.get(made["url"])) == CONTENT
    as_ada.delete(one)
    error(Api().get(private["stream_url"]), 403, "forbidden")
    error(as_ada.get(made["url"]), 404, "not_found")


def test_nobody_writes_a_link_that_is_signed(as_ada, as_ben):
    one = f"{VIDEOS}{add(as_ada, description='0' * 32 + '7/file/>')['id']}/"

    assert "signature" not in as_ben.get(one).json()["description"]


def test_both_forms_of_a_path_lead_to_a_file_and_links_keep_the_prefix(as_ada):
    made = add(as_ada)

    assert body(as_ada.get(f"/api/videos/{made['id']}/file")) == CONTENT
    bare = as_ada.get(f"/api/videos/{made['id']}").json()
    assert bare["url"] == f"http://testserver/api/videos/{made['id']}/file/"
    assert body(Api().get(bare["stream_url"])) == CONTENT
    assert as_ada.get(VIDEOS).json()["results"][0]["stream_url"] == made["stream_url"]


# How much may be kept, and what is swept


def test_a_video_is_as_large_as_the_limit_at_most(as_ada, settings):
    settings.VIDEO_LIMIT = 1000
    add(as_ada)

    refused = error(send(as_ada, video(1001)), 400, "validation_error", "file")

    assert "MB" in refused["description"]
    assert len(kept()) == 1


def test_an_account_keeps_as_much_as_it_may(as_ada, as_ben, settings):
    settings.VIDEO_PER_ACCOUNT = 2500
    ids = [add(as_ada)["id"] for _ in range(2)]

    error(send(as_ada), 400, "validation_error", "file")
    add(as_ben)
    as_ada.delete(f"{VIDEOS}{ids[0]}/")
    # It can be restored, and so its file is there.
    error(send(as_ada), 400, "validation_error", "file")
    entries.forget_removed(at=timezone.now() + timedelta(days=31))
    add(as_ada)


def test_thirty_videos_at_once_stay_within_what_an_account_may_keep(together, ada, settings):
    settings.VIDEO_PER_ACCOUNT = 5 * len(CONTENT)
    apis = [client(ada) for _ in range(30)]

    answers = together(30, lambda number: send(apis[number]).status_code)

    assert sorted(answers) == [201] * 5 + [400] * 25
    assert Video.objects.count() == len(kept()) == 5


def test_what_no_row_names_is_swept_and_what_one_names_is_not(as_ada):
    stays, goes = add(as_ada)["id"], add(as_ada)["id"]
    as_ada.delete(f"{VIDEOS}{goes}/")
    now = timezone.now()
    assert uploads.sweep(at=now + timedelta(days=1)) == 0

    entries.forget_removed(at=now + timedelta(days=31))

    assert uploads.sweep(at=now) == 0
    assert uploads.sweep(at=now + timedelta(days=1)) == 1
    assert kept() == [Video.objects.get(pk=stays).file_key.removeprefix("videos/")]


@pytest.mark.parametrize("field", ["title", "description", "visibility", "upload", "url"])
def test_no_text_of_a_form_makes_an_error_of_ours(as_ada, field):
    for value in poison.values():
        if isinstance(value, str | int | float) and str(value).isprintable():
            assert send(as_ada, **{field: value}).status_code in (201, 400), (field, value)


@pytest.mark.once
@pytest.mark.parametrize("header", ["Range", "If-Range", "If-None-Match"])
def test_no_header_makes_an_error_of_ours(as_ada, path, header):
    for value in poison.values():
        said = str(value).encode("ascii", "replace").decode().replace("\r", "").replace("\n", "")
        assert as_ada.get(path, headers={"Range": "bytes=0-", header: said}).status_code in (200, 206, 304, 416)
    for name in ("expires", "signature"):
        for value in poison.values():
            said = {"expires": "9" * 10, "signature": "0" * 64, name: str(value)}
            if "\ud800" not in str(value) and str(value).isprintable():
                assert Api().get(path, said).status_code == 403
