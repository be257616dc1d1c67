"""Uploads in pieces: tus 1.0, and the video that is made of one."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.handlers.base import BaseHandler
from django.test import RequestFactory
from django.utils import timezone

from onward.domain.video.models import Upload, Video
from onward.domain.video.services import uploads
from onward.domain.writing.models import Entry
from onward.platform import storage
from tests import poison
from tests.apis.campus.errors import error
from tests.client import Api
from tests.conftest import client
from tests.domain.videos import video

pytestmark = pytest.mark.django_db

VIDEOS = "/campus/api/videos/"
UPLOADS = f"{VIDEOS}uploads/"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
CONTENT = video(1000)


def begin(api, length=1000, **headers):
    return api.post(UPLOADS, headers={**TUS, "Upload-Length": str(length), **headers})


def piece(api, path, offset, content, **headers):
    return api.patch(path, content, PIECE, headers={**TUS, "Upload-Offset": str(offset), **headers})


def come(api, path):
    answered = api.head(path, headers=TUS)
    assert answered.status_code == 200, answered.content
    return int(answered["Upload-Offset"])


@pytest.fixture
def path(as_ada):
    return begin(as_ada)["Location"]


def whole(api):
    location = begin(api)["Location"]
    assert piece(api, location, 0, CONTENT).status_code == 204
    return int(location.split("/")[-2])


def test_the_server_says_what_it_speaks(anonymous, settings):
    answered = anonymous.options(UPLOADS)

    assert answered.status_code == 204
    assert (answered["Tus-Version"], answered["Tus-Resumable"]) == ("1.0.0", "1.0.0")
    assert answered["Tus-Extension"] == "creation,expiration,termination"
    assert answered["Tus-Max-Size"] == str(settings.VIDEO_LIMIT)


def test_a_lecture_comes_in_pieces_and_becomes_a_video(as_ada, as_ben):
    metadata = "filename bGVjdHVyZS5tcDQ=,is_confidential"
    begun = begin(as_ada, **{"Upload-Metadata": metadata})
    assert begun.status_code == 201
    path = begun["Location"]
    assert path == f"http://testserver{UPLOADS}{begun.json()['id']}/"

    first = piece(as_ada, path, 0, CONTENT[:300])
    assert (first.status_code, first["Upload-Offset"], first["Tus-Resumable"]) == (204, "300", "1.0.0")
    asked = as_ada.head(path, headers=TUS)
    assert (asked["Upload-Offset"], asked["Upload-Length"], asked["Upload-Metadata"]) == ("300", "1000", metadata)
    assert asked["Cache-Control"] == "no-store"
    assert asked["Upload-Expires"].endswith("GMT")
    too_soon = as_ada.post(VIDEOS, {"title": "A lecture", "upload": begun.json()["id"]})
    error(too_soon, 409, "conflict")
    assert piece(as_ada, path, 300, CONTENT[300:])["Upload-Offset"] == "1000"

    made = as_ada.post(VIDEOS, {"title": "A lecture", "upload": begun.json()["id"]})

    assert made.status_code == 201
    assert b"".join(as_ben.get(made.json()["url"]).streaming_content) == CONTENT
    error(as_ada.head(path, headers=TUS) and as_ada.get(path), 404, "not_found")
    assert (Upload.objects.count(), Video.objects.count()) == (0, 1)


def test_a_piece_goes_on_from_what_has_come(as_ada, path):
    piece(as_ada, path, 0, CONTENT[:10])

    for offset in (0, 9, 11, 999):
        error(piece(as_ada, path, offset, b"x"), 409, "conflict")
    assert come(as_ada, path) == 10


def test_an_empty_piece_adds_nothing(as_ada, path):
    piece(as_ada, path, 0, CONTENT[:10])

    answered = piece(as_ada, path, 10, b"", **{"Content-Type": PIECE})

    assert (answered.status_code, answered["Upload-Offset"]) == (204, "10")
    assert come(as_ada, path) == 10


def test_a_piece_that_was_not_read_adds_nothing(as_ada, path):
    """As when it was refused for one that has ended by the time the endpoint is asked."""
    said = {**TUS, "Authorization": f"Bearer {as_ada.access}", "Content-Type": PIECE, "Content-Length": "500"}
    request = RequestFactory().patch(path, headers={**said, "Upload-Offset": "0"})
    request._body = b""
    handler = BaseHandler()
    handler.load_middleware()

    assert handler.get_response(request).status_code == 409

    assert come(as_ada, path) == 0


def test_a_piece_is_no_longer_than_what_lacks(as_ada, path):
    error(piece(as_ada, path, 0, CONTENT + b"x"), 413, "too_large")
    assert piece(as_ada, path, 0, CONTENT).status_code == 204
    error(piece(as_ada, path, 1000, b"x"), 413, "too_large")
    assert come(as_ada, path) == 1000


def test_two_pieces_at_once_are_one(as_ada, path):
    key = Upload.objects.get().file_key
    other = storage.Pieces(key)

    error(piece(as_ada, path, 0, b"x"), 423, "locked")
    error(as_ada.delete(path, headers=TUS), 423, "locked")
    assert come(as_ada, path) == 0
    other.end()
    assert piece(as_ada, path, 0, b"x").status_code == 204


def test_thirty_pieces_at_once_are_one(together, ada):
    apis = [client(ada) for _ in range(30)]
    path = begin(apis[0])["Location"]

    answers = together(30, lambda number: piece(apis[number], path, 0, CONTENT[:100]).status_code)

    assert answers.count(204) == 1
    assert {*answers} <= {204, 409, 423}
    assert come(apis[0], path) == 100


def test_thirty_videos_of_one_upload_are_one(together, ada):
    apis = [client(ada) for _ in range(30)]
    pk = whole(apis[0])

    answers = together(30, lambda number: apis[number].post(VIDEOS, {"title": "x", "upload": pk}).status_code)

    assert sorted(answers) == [201] + [400] * 29
    assert Entry.objects.count() == Video.objects.count() == 1


def test_an_upload_that_is_no_video_stays_an_upload(as_ada):
    path = begin(as_ada, 10)["Location"]
    piece(as_ada, path, 0, b"0123456789")

    error(as_ada.post(VIDEOS, {"title": "x", "upload": int(path.split("/")[-2])}), 400, "validation_error", "upload")

    assert come(as_ada, path) == 10


def test_what_is_anothers_is_not_there(as_ada, as_ben, path):
    pk = whole(as_ada)

    for method in ("head", "get", "patch", "delete"):
        assert getattr(as_ben, method)(path, headers={**TUS, "Upload-Offset": "0"}).status_code == 404
    error(as_ben.post(VIDEOS, {"title": "x", "upload": pk}), 400, "validation_error", "upload")
    error(begin(Api()), 401, "not_authenticated")
    assert Upload.objects.count() == 2


def test_an_upload_is_given_up(as_ada, path):
    piece(as_ada, path, 0, CONTENT[:10])
    key = Upload.objects.get().file_key

    uploads.end(owner_id=as_ada.user.pk, upload_id=Upload.objects.get().pk, at=timezone.now())

    assert as_ada.head(path, headers=TUS).status_code == 404
    assert not Upload.objects.filter(file_key=key).exists()


def test_what_was_given_up_leaves_no_file(transactional_db, ada):
    api = client(ada)
    path = begin(api)["Location"]
    piece(api, path, 0, CONTENT[:10])

    assert api.delete(path, headers=TUS).status_code == 204

    assert default_storage.listdir("videos")[1] == []


def test_an_upload_has_seven_days(transactional_db, ada):
    api, now = client(ada), timezone.now()
    path = begin(api)["Location"]
    piece(api, path, 0, CONTENT[:10])
    assert uploads.forget_expired(at=now + timedelta(days=6, hours=23)) == 0

    Upload.objects.update(expires_at=now)

    assert api.head(path, headers=TUS).status_code == 404
    error(piece(api, path, 10, b"x"), 404, "not_found")
    assert uploads.forget_expired(at=now) == 1
    assert (default_storage.listdir("videos")[1], Upload.objects.count()) == ([], 0)


def test_a_video_may_be_so_large_and_an_account_keep_so_much(as_ada, settings):
    settings.VIDEO_LIMIT, settings.VIDEO_PER_ACCOUNT = 1000, 2500

    error(begin(as_ada, 1001), 413, "too_large")
    assert [begin(as_ada).status_code for _ in range(2)] == [201, 201]
    # What is only announced counts: there must be room when it comes.
    error(begin(as_ada), 413, "too_large")


def test_thirty_beginnings_at_once_stay_within_what_an_account_may_keep(together, ada, settings):
    settings.VIDEO_PER_ACCOUNT = 5 * len(CONTENT)
    apis = [client(ada) for _ in range(30)]

    answers = together(30, lambda number: begin(apis[number]).status_code)

    assert sorted(answers) == [201] * 5 + [413] * 25


@pytest.mark.parametrize("version", ["", "0.2.2", "1.0", "x"])
def test_another_version_is_refused_with_ours(as_ada, path, version):
    for answered in (
        as_ada.post(UPLOADS, headers={"Tus-Resumable": version, "Upload-Length": "1"}),
        as_ada.patch(path, b"x", PIECE, headers={"Tus-Resumable": version, "Upload-Offset": "0"}),
        as_ada.delete(path, headers={"Tus-Resumable": version}),
    ):
        error(answered, 412, "precondition_failed")
        assert (answered["Tus-Version"], answered["Tus-Resumable"]) == ("1.0.0", "1.0.0")
    assert Upload.objects.count() == 1


@pytest.mark.parametrize("length", ["", "0", "-1", "x", "1.5", "٣", "9" * 19])
def test_an_upload_says_how_long_it_is(as_ada, length):
    error(begin(as_ada, length), 400, "validation_error", "Upload-Length")


@pytest.mark.parametrize("metadata", ["x" * 2001, "filename b ad", "a b,,c d", "a é"])
def test_metadata_are_pairs_in_base64(as_ada, metadata):
    error(begin(as_ada, **{"Upload-Metadata": metadata}), 400, "validation_error", "Upload-Metadata")


def test_a_piece_says_what_and_where_it_is(as_ada, path):
    error(as_ada.patch(path, {}, headers={**TUS, "Upload-Offset": "0"}), 415, "unsupported_media_type")
    for offset in ("", "-1", "x", "9" * 19):
        error(piece(as_ada, path, offset, b"x"), 400, "validation_error", "Upload-Offset")


@pytest.mark.once
@pytest.mark.parametrize("header", ["Tus-Resumable", "Upload-Length", "Upload-Metadata", "Upload-Offset"])
def test_no_header_makes_an_error_of_ours(as_ada, path, header):
    for value in poison.values():
        said = str(value).encode("ascii", "replace").decode().replace("\r", "").replace("\n", "")
        known = {**TUS, "Upload-Length": "9", "Upload-Offset": "0", header: said}
        assert as_ada.post(UPLOADS, headers=known).status_code in (201, 400, 412, 413)
        assert as_ada.patch(path, b"x", PIECE, headers=known).status_code in (204, 400, 409, 412, 413)
