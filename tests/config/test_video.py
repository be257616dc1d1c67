"""Videos through the whole server, as `onward serve` runs it: large ones, broken connections, and many who watch."""

import hashlib
import http.client
import io
import json
import os
import signal
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tusclient import client as tus

from tests.config.test_live import Person
from tests.config.test_serve import Serving, migrate
from tests.domain.videos import MP4
from tests.waiting import GENEROUS, until

pytestmark = pytest.mark.once

VIDEOS = "/campus/api/videos/"
UPLOADS = f"{VIDEOS}uploads/"
MEGABYTE = 1024 * 1024
PIECE = {"Content-Type": "application/offset+octet-stream", "Tus-Resumable": "1.0.0"}


def block(number: int) -> bytes:
    """Return a megabyte of a lecture."""
    begin = MP4 if number == 0 else b""
    return begin + hashlib.shake_128(str(number).encode()).digest(MEGABYTE - len(begin))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    migrate(folder)
    serving = Serving(folder, ONWARD_THROTTLE="off")
    serving.folder = folder
    yield serving
    serving.end()


@pytest.fixture(scope="module")
def ada(server):
    return Person(server, "ada")


def connect(server) -> http.client.HTTPConnection:
    parts = urlsplit(server.address)
    return http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=GENEROUS)


def ask(server, person, method, path, body=None, **headers):
    connection = connect(server)
    said = {"Authorization": f"Bearer {person.token}"} if person else {}
    connection.request(method, urlsplit(path)._replace(scheme="", netloc="").geturl(), body, {**said, **headers})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def begin(server, person, length: int) -> str:
    answer, _ = ask(server, person, "POST", UPLOADS, **PIECE | {"Upload-Length": str(length), "Content-Length": "0"})
    assert answer.status == 201
    return urlsplit(answer.headers["Location"]).path


def come(server, person, path: str) -> int:
    answer, _ = ask(server, person, "HEAD", path, **{"Tus-Resumable": "1.0.0"})
    return int(answer.headers["Upload-Offset"])


def opened(server, person, path: str, offset: int, length: int) -> socket.socket:
    """Begin to send a piece."""
    parts = urlsplit(server.address)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=GENEROUS)
    lines = {**PIECE, "Upload-Offset": offset, "Content-Length": length, "Host": parts.netloc}
    lines["Authorization"] = f"Bearer {person.token}"
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    connection.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode())
    return connection


def form(megabytes: int) -> tuple[dict[str, str], object]:
    """Return headers and body of a form with a lecture of so many megabytes, made as it is sent."""
    head = (
        b'--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nLarge\r\n--b\r\nContent-Disposition: form-data; '
    )
    head += b'name="file"; filename="l.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
    tail = b"\r\n--b--\r\n"

    def body():
        yield head
        for number in range(megabytes):
            yield block(number)
        yield tail

    length = len(head) + megabytes * MEGABYTE + len(tail)
    return {"Content-Type": "multipart/form-data; boundary=b", "Content-Length": str(length)}, body()


def peak(server) -> float:
    """Megabytes that the web process has held at most since it was last asked."""
    status = Path(f"/proc/{server.children['web']}/status").read_text()
    found = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    Path(f"/proc/{server.children['web']}/clear_refs").write_text("5")
    return int(found.split()[1]) / 1024


def digest(*numbers: int) -> str:
    found = hashlib.sha256()
    for number in numbers:
        found.update(block(number))
    return found.hexdigest()


def test_a_lecture_is_uploaded_in_pieces_by_a_client_of_the_protocol_and_watched_in_ranges(server, ada):
    lecture = b"".join(map(block, range(5)))
    speaks = tus.TusClient(server.address + UPLOADS, headers={"Authorization": f"Bearer {ada.token}"})

    sending = speaks.uploader(file_stream=io.BytesIO(lecture), chunk_size=2 * MEGABYTE, metadata={"filename": "l.mp4"})
    sending.upload_chunk()
    assert come(server, ada, urlsplit(sending.url).path) == 2 * MEGABYTE
    # The student closes the lid, and goes on elsewhere.
    again = speaks.uploader(file_stream=io.BytesIO(lecture), chunk_size=2 * MEGABYTE, url=sending.url)
    assert again.offset == 2 * MEGABYTE
    again.upload()

    upload = int(str(sending.url).rstrip("/").rpartition("/")[2])
    made = ada.ask(VIDEOS, {"title": "A lecture", "upload": upload})
    ben = Person(server, "ben")
    seen = b""
    for at in range(0, len(lecture), 700_000):
        answer, part = ask(server, None, "GET", made["stream_url"], Range=f"bytes={at}-{at + 699_999}")
        assert answer.status == 206
        seen += part
    assert seen == lecture
    whole, content = ask(server, ben, "GET", made["url"])
    assert (whole.status, content) == (200, lecture)
    head, nothing = ask(server, ben, "HEAD", made["url"])
    assert (head.status, head.headers["Content-Length"], nothing) == (200, str(len(lecture)), b"")
    assert ben.ask(f"{VIDEOS}{made['id']}/")["view_count"] == 1


def test_what_came_before_a_cut_counts(server, ada):
    path = begin(server, ada, 4 * MEGABYTE)
    connection = opened(server, ada, path, 0, 4 * MEGABYTE)
    connection.sendall(block(0) + block(1)[:1000])
    connection.shutdown(socket.SHUT_WR)
    connection.close()

    until(lambda: come(server, ada, path) == MEGABYTE + 1000)
    rest = (block(1) + block(2) + block(3))[1000:]
    answer, _ = ask(server, ada, "PATCH", path, rest, **PIECE | {"Upload-Offset": str(MEGABYTE + 1000)})
    assert (answer.status, answer.headers["Upload-Offset"]) == (204, str(4 * MEGABYTE))


def test_of_two_pieces_at_once_one_is_refused(server, ada):
    path = begin(server, ada, 2 * MEGABYTE)
    first = opened(server, ada, path, 0, 2 * MEGABYTE)
    first.sendall(block(0))
    until(lambda: come(server, ada, path) > 0)

    answer, said = ask(server, ada, "PATCH", path, b"x", **PIECE | {"Upload-Offset": str(come(server, ada, path))})

    assert (answer.status, json.loads(said)["error"]["code"]) == (423, "locked")
    first.sendall(block(1))
    assert b"204" in first.recv(4096).split(b"\r\n")[0]
    first.close()


def test_a_large_form_is_held_nowhere_in_memory(server, ada):
    ask(server, ada, "POST", VIDEOS, form(1)[1], **form(1)[0])
    peak(server)
    highest = []
    for megabytes in (40, 80):
        headers, body = form(megabytes)
        answer, said = ask(server, ada, "POST", VIDEOS, body, **headers)
        assert answer.status == 201
        assert json.loads(said)["title"] == "Large"
        highest.append(peak(server))
    got = hashlib.sha256(ask(server, ada, "GET", json.loads(said)["url"])[1]).hexdigest()

    assert got == digest(*range(80))
    assert highest[1] - highest[0] < 20


def test_nothing_of_a_large_body_is_taken_from_nobody(server):
    headers, body = form(30)
    before = sorted(server.folder.glob("media/videos/*"))

    connection = connect(server)
    try:
        connection.request("POST", VIDEOS, body, headers)
        assert connection.getresponse().status == 401
    except (BrokenPipeError, ConnectionResetError):
        pass

    assert sorted(server.folder.glob("media/videos/*")) == before


def test_a_form_that_breaks_off_leaves_no_file(server, ada):
    before = sorted(server.folder.glob("media/videos/*"))
    parts = urlsplit(server.address)
    headers, body = form(5)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=GENEROUS)
    lines = {**headers, "Host": parts.netloc, "Authorization": f"Bearer {ada.token}"}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    connection.sendall(f"POST {VIDEOS} HTTP/1.1\r\n{head}\r\n".encode() + next(body) + next(body))
    until(lambda: sorted(server.folder.glob("media/videos/*")) != before)

    connection.close()

    until(lambda: sorted(server.folder.glob("media/videos/*")) == before)


def test_two_hundred_who_have_stopped_a_video_hold_no_thread_and_keep_nobody(server, ada):
    headers, body = form(8)
    made = json.loads(ask(server, ada, "POST", VIDEOS, body, **headers)[1])
    link = urlsplit(made["stream_url"])
    threads = Path(f"/proc/{server.children['web']}/task")
    before = len(list(threads.iterdir()))
    players = []
    for _ in range(200):
        player = socket.create_connection((link.hostname, link.port), timeout=GENEROUS)
        player.sendall(f"GET {link.path}?{link.query} HTTP/1.1\r\nHost: {link.netloc}\r\n\r\n".encode())
        players.append(player)
    assert all(player.recv(12) == b"HTTP/1.1 200" for player in players)

    # Threads of the pools begin when they are needed, and no more than there may be.
    assert len(list(threads.iterdir())) - before < 30
    for _ in range(20):
        assert ada.ask(f"{VIDEOS}{made['id']}/")["id"] == made["id"]
    # One goes on, and has all of it.
    players[0].settimeout(GENEROUS)
    got = b""
    while len(got) < 8 * MEGABYTE:
        got += players[0].recv(MEGABYTE)
    assert len(got) >= 8 * MEGABYTE
    for player in players:
        player.close()
    # Whoever leaves is let go: as many can come again.
    answer, _ = ask(server, None, "GET", made["stream_url"], Range="bytes=0-0")
    assert answer.status == 206


def test_what_was_acknowledged_survives_the_end_of_the_process(tmp_path):
    migrate(tmp_path)
    serving = Serving(tmp_path, ONWARD_THROTTLE="off")
    try:
        ada = Person(serving, "ada")
        path = begin(serving, ada, 3 * MEGABYTE)
        answer, _ = ask(serving, ada, "PATCH", path, block(0), **PIECE | {"Upload-Offset": "0"})
        assert answer.headers["Upload-Offset"] == str(MEGABYTE)
        half = opened(serving, ada, path, MEGABYTE, 2 * MEGABYTE)
        half.sendall(block(1))
        web = serving.children["web"]
        os.kill(web, signal.SIGKILL)
        half.close()
    finally:
        serving.end()
    serving = Serving(tmp_path, ONWARD_THROTTLE="off")
    try:
        offset = come(serving, ada, path)
        assert MEGABYTE <= offset <= 2 * MEGABYTE
        rest = b"".join(map(block, range(3)))[offset:]
        answer, _ = ask(serving, ada, "PATCH", path, rest, **PIECE | {"Upload-Offset": str(offset)})
        assert answer.status == 204
        made = ada_again(serving, ada).ask(VIDEOS, {"title": "x", "upload": int(path.split("/")[-2])})
        assert hashlib.sha256(ask(serving, ada, "GET", made["url"])[1]).hexdigest() == digest(0, 1, 2)
    finally:
        serving.end()


def ada_again(serving, person):
    person.address = serving.address
    return person
