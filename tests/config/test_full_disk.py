"""`onward serve` on a disk that fills up, which is a small one of its own."""

import contextlib
import json
import os
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.config import test_video as video
from tests.config.test_live import Person
from tests.config.test_serve import ONWARD, ROOT, Serving, environment, migrate
from tests.domain.resumes.documents import pdf
from tests.waiting import until

pytestmark = pytest.mark.once

API = "/tracker/api/v1"
PASSWORD = "a good long password"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 48 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@contextlib.contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Leave no byte free, whoever frees some."""
    over = threading.Event()
    filler = folder / "filler"

    def fill() -> None:
        with filler.open("ab", buffering=0) as file:
            while True:
                for size in (1024 * 1024, 4096, 1):
                    with contextlib.suppress(OSError):
                        while file.write(bytes(size)):
                            pass
                if over.wait(0.02):
                    return

    thread = threading.Thread(target=fill)
    thread.start()
    until(lambda: os.statvfs(folder).f_bavail == 0)
    try:
        yield
    finally:
        over.set()
        thread.join()
        filler.unlink()


class Client:
    """Asks a server as one account."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        _, answer = self.send("POST", "/auth/login/", {"email": "ada@example.org", "password": PASSWORD})
        self._token = answer["access"]

    def send(self, method: str, path: str, body: object = None, kind: str = "application/json"):
        """Return status and answer."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
        headers = {"Content-Type": kind}
        if token := getattr(self, "_token", ""):
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(self._serving.address + API + path, sent, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as answer:
            return answer.code, json.load(answer)

    def create(self):
        return self.send("POST", "/companies/", {"name": f"Acme {os.urandom(4).hex()}", "notes": "x" * 20_000})

    def upload(self):
        body = b'--b\r\nContent-Disposition: form-data; name="version_name"\r\n\r\nCV\r\n--b\r\nContent-Disposition: '
        body += b'form-data; name="file"; filename="cv.pdf"\r\n\r\n' + pdf(100_000) + b"\r\n--b--\r\n"
        return self.send("POST", "/applications/resumes/upload/", body, "multipart/form-data; boundary=b")


@pytest.fixture
def data(disk: Path) -> Path:
    """A data folder on it, with an account."""
    folder = disk / "data"
    folder.mkdir()
    migrate(folder)
    made = [*ONWARD, "createsuperuser", "--noinput", "--email", "ada@example.org", "--username", "ada"]
    variables = environment(folder, DJANGO_SUPERUSER_PASSWORD=PASSWORD)
    subprocess.run(made, cwd=ROOT, env=variables, check=True, capture_output=True, timeout=600)
    return folder


@pytest.fixture
def serve(data: Path) -> Iterator[Callable[[], Serving]]:
    """Start a server on it."""
    started: list[Serving] = []

    def start() -> Serving:
        started.append(Serving(data))
        return started[-1]

    yield start
    for serving in started:
        serving.end()


def listed(client: Client, path: str) -> int:
    status, answer = client.send("GET", path)
    assert status == 200
    return answer["count"]


def test_a_full_disk_stops_what_needs_room_and_nothing_else(disk, data, serve):
    serving = serve()
    client = Client(serving)
    until(lambda: len(serving.children) == 2)
    before = serving.children
    answers = [client.create()[0], client.upload()[0]]

    with filled(disk):
        refused = []
        while [status for status, _ in refused][-3:] != [503] * 3:
            # Some still find room in what the database had taken before.
            refused.append(client.create())
        uploads = [client.upload() for _ in range(3)]
        reads = [client.send("GET", path)[0] for path in ("/companies/", "/analytics/live/", "/analytics/dashboard/")]
        ready = client.send("GET", "/analytics/ready/")
        answers += [status for status, _ in refused]

    assert reads == [200, 200, 200]
    assert ready == (200, {"ready": True, "warning": "Only 0 MB are free on the server's disk."})
    assert refused[-1][1] == {
        "error": "The server's disk is full, so nothing can be saved for the moment. What was saved before is safe."
    }
    assert uploads == 3 * [
        (507, {"error": "The server has no room left for this. Nothing of it was kept; try again later."})
    ]
    # There is room again.
    until(lambda: client.upload()[0] == 201)
    until(lambda: client.create()[0] == 201)
    assert serving.children == before
    assert listed(client, "/companies/") == answers.count(201)
    assert listed(client, "/applications/resumes/") == 2 == len([*(data / "media").rglob("*.pdf")])
    assert [path for path in (data / "media").rglob("*") if path.is_file() and path.suffix != ".pdf"] == []
    assert serving.output.count("there is no room on the disk") == 1
    assert "Traceback" not in serving.output


def test_a_server_that_starts_on_a_full_disk_waits_for_room(disk, serve):
    first = serve()
    Client(first)
    first.process.terminate()
    first.process.wait(120)

    with filled(disk):
        serving = serve()
        # The database needs a little to be opened at all.
        until(lambda: "web ended (exit code 75); starting it again" in serving.output)
        assert "There is no room on the disk of the database." in serving.output

    assert Client(serving).create()[0] == 201
    assert "Traceback" not in serving.output


def test_an_upload_stops_at_a_full_disk_and_goes_on_where_it_stopped(disk, data):
    serving = Serving(data, ONWARD_THROTTLE="off")
    try:
        person = Person(serving, "ben")
        lecture = b"".join(map(video.block, range(3)))
        path = video.begin(serving, person, len(lecture))

        with filled(disk):
            status, refusal = send_piece(serving, person, path, 0, lecture)
            headers, body = video.form(3)
            form, _ = video.ask(serving, person, "POST", video.VIDEOS, body, **headers)
            assert (status, json.loads(refusal)["error"]["code"], form.status) == (507, "no_room", 507)
            come = video.come(serving, person, path)

        assert come < len(lecture)
        # There is room again.
        until(lambda: resume(serving, person, path, lecture) == 204)
        upload = int(path.strip("/").rpartition("/")[2])
        made = person.ask(video.VIDEOS, {"title": "A lecture", "upload": upload})
        _, seen = video.ask(serving, None, "GET", made["stream_url"])
        assert seen == lecture
        assert len([*(data / "media" / "videos").iterdir()]) == 1
        assert "Traceback" not in serving.output
    finally:
        serving.end()


def send_piece(serving, person, path, offset, content):
    said = {**video.PIECE, "Upload-Offset": str(offset)}
    answer, body = video.ask(serving, person, "PATCH", path, content, **said)
    return answer.status, body


def resume(serving, person, path, lecture):
    come = video.come(serving, person, path)
    return send_piece(serving, person, path, come, lecture[come:])[0]
