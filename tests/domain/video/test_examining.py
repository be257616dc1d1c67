"""What a video says of itself, where `ffmpeg` is installed."""

import http.server
import shutil
import subprocess
import threading

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onward.domain.video import examining
from onward.domain.video.models import Video
from onward.domain.video.services import videos
from onward.domain.video.services.examining import examine
from onward.platform.jobs import run_due
from tests.client import Api
from tests.domain.videos import video
from tests.serving import stop

pytestmark = pytest.mark.django_db

needs_ffmpeg = pytest.mark.skipif(
    not (shutil.which("ffmpeg") and shutil.which("ffprobe")), reason="ffmpeg and ffprobe are not installed here"
)
CODECS = {
    "mp4": ("-c:v", "mpeg4"),
    "mov": ("-c:v", "mpeg4"),
    "webm": ("-c:v", "libvpx"),
    "mkv": ("-c:v", "mpeg4"),
    "ogv": ("-c:v", "libtheora"),
}


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """A film of two seconds in each form."""
    folder = tmp_path_factory.mktemp("films")

    def made(form):
        path = folder / f"film.{form}"
        if not path.exists():
            source = ("-f", "lavfi", "-i", "testsrc=duration=2:size=320x240:rate=10")
            subprocess.run(["ffmpeg", "-v", "error", *source, *CODECS[form], path], check=True)
        return path.read_bytes()

    return made


def added(owner, content):
    entry = videos.add_file(
        author_id=owner.pk, file=SimpleUploadedFile("x", content), at=timezone.now(), title="x", content=""
    )
    return Video.objects.get(pk=entry.pk)


@needs_ffmpeg
@pytest.mark.parametrize("form", CODECS)
def test_duration_and_poster_are_found_by_a_job(as_ada, ada, films, form):
    row = added(ada, films(form))
    assert row.duration is None

    run_due()

    row.refresh_from_db()
    assert row.duration == pytest.approx(2, abs=0.3)
    shown = as_ada.get(f"/campus/api/videos/{row.pk}/").json()
    assert shown["duration"] == row.duration
    picture = Api().get(shown["poster_url"])
    assert picture["Content-Type"] == "image/jpeg"
    assert b"".join(picture.streaming_content).startswith(b"\xff\xd8\xff")
    # The bytes that came stay as they are.
    assert default_storage.open(row.file_key).read() == films(form)


@needs_ffmpeg
def test_examining_again_changes_nothing(ada, films):
    row = added(ada, films("mp4"))
    examine(video_id=row.pk)
    row.refresh_from_db()

    examine(video_id=row.pk)

    again = Video.objects.get(pk=row.pk)
    assert (again.duration, again.poster_key) == (row.duration, row.poster_key)
    assert len(default_storage.listdir("posters")[1]) == 1


def test_what_cannot_be_read_stays_and_is_shown_without_a_duration(as_ada, ada):
    row = added(ada, video(5000))

    examine(video_id=row.pk)

    shown = as_ada.get(f"/campus/api/videos/{row.pk}/").json()
    assert (shown["duration"], shown["poster_url"]) == (None, None)
    assert as_ada.get(shown["url"]).status_code == 200


def test_without_the_programs_nothing_is_looked_for(ada, monkeypatch):
    row = added(ada, video(5000))
    monkeypatch.setattr(examining.shutil, "which", lambda name: None)

    examine(video_id=row.pk)

    row.refresh_from_db()
    assert (row.duration, row.poster_key) == (None, "")


@needs_ffmpeg
@pytest.mark.parametrize("reader", ["mov", "matroska", "ogg"])
def test_a_list_of_other_files_fetches_nothing(tmp_path, reader):
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/x.ts"
    try:
        for text in (
            f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{address}\n#EXT-X-ENDLIST\n",
            f"ffconcat version 1.0\nfile {address}\n",
            f"<MPD><Period><AdaptationSet><BaseURL>{address}</BaseURL></AdaptationSet></Period></MPD>",
        ):
            path = tmp_path / "list"
            path.write_text(text)
            with path.open("rb") as file:
                assert examining.duration_of(file, reader=reader) is None
            with path.open("rb") as file:
                assert examining.poster_of(file, reader=reader, duration=1.0) == b""
    finally:
        stop(server)

    assert asked == []


def test_the_job_of_a_video_that_is_gone_does_nothing(db):
    examine(video_id=99999999)
