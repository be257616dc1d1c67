"""What is said in a video, in languages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onward.domain.video.models import Caption
from onward.domain.video.services.captions import LONGEST, MOST
from tests import poison
from tests.apis.campus.errors import error
from tests.client import Api
from tests.conftest import client
from tests.factories import VideoFactory

pytestmark = pytest.mark.django_db

VTT = "WEBVTT\n\nNOTE by hand\n\n1\n00:00:01.000 --> 00:00:02.500 align:start\n<v Ada>Olá, <i>você</i>\n"
SRT = "1\r\n00:00:01,000 --> 00:00:02,500\r\nOlá\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nTchau\r\n"


@pytest.fixture
def video(ada):
    return VideoFactory(author=ada)


@pytest.fixture
def path(video):
    return f"/campus/api/videos/{video.pk}/captions/"


def test_captions_are_kept_as_they_are_and_read_by_players(as_ada, as_ben, path):
    shown = as_ada.put(f"{path}pt-br/", VTT, "text/vtt")

    assert shown.status_code == 200
    [caption] = shown.json()["captions"]
    assert caption["lang"] == "pt-BR"
    read = Api().get(caption["url"])
    assert (read.status_code, read.content.decode()) == (200, VTT)
    assert read["Content-Type"] == "text/vtt; charset=utf-8"
    assert as_ben.get(f"{path}PT-BR/").content.decode() == VTT
    assert Api().get(f"{path}pt-BR/").status_code == 401
    error(Api().get(caption["url"].replace("pt-BR", "de")), 403, "forbidden")


@pytest.mark.parametrize("kind", ["application/x-subrip", "text/plain", "application/octet-stream"])
def test_subrip_becomes_webvtt(as_ada, path, kind):
    assert as_ada.put(f"{path}pt/", b"\xef\xbb\xbf" + SRT.encode(), kind).status_code == 200

    read = as_ada.get(f"{path}pt/").content.decode()
    assert read.startswith("WEBVTT")
    assert "00:00:01.000 --> 00:00:02.500\nOlá" in read
    assert "Tchau" in read


def test_a_form_brings_captions_too_and_the_last_ones_stay(as_ada, path):
    as_ada.put(f"{path}de/", VTT, "text/vtt")

    file = SimpleUploadedFile("x.srt", SRT.encode())
    assert as_ada.upload(f"{path}de/", {"file": file}, method="PUT").status_code == 200

    assert Caption.objects.count() == 1
    assert "Tchau" in as_ada.get(f"{path}de/").content.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"WEBVTT",
        b"WEBVTT\n\n",
        b"hello",
        b"\xff\xfe\x00",
        b"1\n00:00:02,000 --> x\nA\n",
        b"WEBVTT\n\nx\n" + b"a" * LONGEST,
    ],
)
def test_what_is_neither_is_refused(as_ada, path, content):
    answered = as_ada.put(f"{path}de/", content, "text/vtt")

    assert answered.status_code == 400, answered.content
    assert not Caption.objects.exists()


@pytest.mark.parametrize("lang", ["x", "german", "de_DE", "1", "d" * 40, "de-", "%00"])
def test_a_language_is_a_tag(as_ada, path, lang):
    error(as_ada.put(f"{path}{lang}/", VTT, "text/vtt"), 404, "not_found")


def test_captions_are_removed_once(as_ada, path):
    as_ada.put(f"{path}de/", VTT, "text/vtt")

    assert as_ada.delete(f"{path}de/").status_code == 204
    error(as_ada.delete(f"{path}de/"), 404, "not_found")
    error(as_ada.get(f"{path}de/"), 404, "not_found")


def test_there_are_so_many_languages(as_ada, path, video):
    Caption.objects.bulk_create(
        Caption(video_id=video.pk, language=f"a{chr(97 + n // 26)}{chr(97 + n % 26)}", content=VTT) for n in range(MOST)
    )

    error(as_ada.put(f"{path}de/", VTT, "text/vtt"), 400, "validation_error", "file")
    assert as_ada.put(f"{path}aaa/", VTT, "text/vtt").status_code == 200


def test_thirty_at_once_are_one(together, ada):
    path, apis = f"/campus/api/videos/{VideoFactory(author=ada).pk}/captions/de/", [client(ada) for _ in range(30)]

    answers = together(30, lambda number: apis[number].put(path, VTT, "text/vtt").status_code)

    assert answers == [200] * 30
    assert Caption.objects.count() == 1


def test_no_value_makes_an_error_of_ours(as_ada, path):
    for value in poison.values():
        assert as_ada.put(f"{path}de/", {"content": value}).status_code in (200, 400), value
        text = str(value).encode("utf-8", "replace")
        assert as_ada.put(f"{path}de/", b"WEBVTT\n\n00:01.000 --> " + text, "text/vtt").status_code in (200, 400)
        assert as_ada.put(f"{path}de/", text, "text/vtt").status_code in (200, 400)
