"""The handler behind a real granian, asked over real connections."""

import json
import select
import signal
import threading
import time

import pytest

from onward.platform.http.streams import AT_ONCE, AT_ONCE_OF_ONE, Streams
from tests.waiting import until

HUGE = 300 * 1024 * 1024
PIECE = b"x" * 65536


def upload(server, head: bytes, piece: bytes) -> tuple[int, bytes]:
    """Send as much of a huge body as the server takes; give how much that was and its answer."""
    with server.connect() as connection:
        connection.sendall(head)
        sent = 0
        try:
            while sent < HUGE:
                connection.sendall(piece)
                sent += len(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return sent, connection.recv(400)


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (f"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {HUGE}\r\n\r\n".encode(), PIECE),
        (
            b"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"10000\r\n" + PIECE + b"\r\n",
        ),
        (
            b"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            + f"Content-Length: {HUGE}\r\n\r\n".encode(),
            PIECE,
        ),
    ],
    ids=["with a length", "in chunks", "as a form"],
)
def test_a_huge_upload_is_refused_at_once_and_held_nowhere(server, head, piece):
    server.raw(b"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\nhello")
    before = server.memory

    sent, answer = upload(server, head, piece)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert sent < HUGE / 10
    assert server.memory - before < 5


def test_a_client_that_asks_first_is_told_before_it_sends(server):
    answer = server.raw(
        b"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Length: 314572800\r\n\r\n"
    )

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_form_with_a_file_of_ten_megabytes_arrives(server):
    file = b"y" * (10 * 1024 * 1024)
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\n' + file + b"\r\n--b--\r\n"

    answer = server.ask("/size", "POST", body, {"Content-Type": "multipart/form-data; boundary=b"})

    assert answer.status == 200
    assert json.loads(answer.content)["files"] == {"file": len(file)}


def test_a_document_of_three_megabytes_is_too_large(server):
    answer = server.ask("/size", "POST", b"1" * 3_000_000, {"Content-Type": "application/json"})

    assert answer.status == 413
    assert json.loads(answer.content) == {"error": "The request is too large."}


def test_a_body_in_chunks_arrives_whole(server):
    answer = server.raw(
        b"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n"
    )

    assert b'"size": 7' in answer


def test_two_hundred_slow_senders_of_headers_and_of_bodies_harm_nobody(server):
    slow = []
    try:
        for _ in range(200):
            header, body = server.connect(), server.connect()
            header.sendall(b"GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
            body.sendall(b"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nabc")
            slow += [header, body]
        assert server.ask("/hello").status == 200
        # Nobody waited for one of them: none has been answered or sent away.
        assert select.select(slow, [], [], 0)[0] == []
        assert all(server.ask("/hello").status == 200 for _ in range(20))
    finally:
        for connection in slow:
            connection.close()


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /asked/%ff%fe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /asked/\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /asked/%zz%2 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /asked/%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /asked?a=%ff%fe&%=%&&==;%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /asked?\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /asked/..%2f..%2fetc HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /asked HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /asked HTTP/1.1\r\nHost: a_b^c\r\n\r\n",
        b"GET /asked HTTP/1.1\r\nHost: 127.0.0.1:99999999\r\n\r\n",
        b"GET /asked HTTP/1.1\r\nHost: \xff\r\n\r\n",
        b"GET /asked HTTP/1.1\r\n\r\n",
        b"GET /asked HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: \xff,,,;[::\r\nCookie: \xe9=\xff;;=\r\n\r\n",
        b"GET /asked HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; charset=\xff; boundary=\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"G=T /asked HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"BREW /asked HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: abc\r\n\r\n",
        b"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\nabc",
        b"GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
)
def test_a_malformed_request_is_never_our_fault(server, request_line):
    try:
        answer = server.raw(request_line)
    except ConnectionResetError:
        answer = b""

    assert not answer.startswith(b"HTTP/1.1 5"), answer
    assert server.ask("/hello").status == 200


def test_an_error_says_nothing_of_what_went_wrong(server):
    answer = server.ask("/breaks")

    assert answer.status == 500
    assert b"42" not in answer.content
    assert answer.headers["X-Request-ID"]


def test_head_has_the_headers_of_get_and_no_body(server):
    answer = server.raw(
        b"HEAD /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    )

    assert answer.count(b"content-length: 5") >= 1
    assert not answer.partition(b"\r\n\r\n")[2].startswith(b"hello")


def test_head_of_a_stream_ends_at_once(server):
    answer = server.ask("/endless", "HEAD")

    assert (answer.status, answer.content) == (200, b"")


def test_each_cookie_has_a_header_of_its_own(server):
    answer = server.ask("/cookies")

    assert answer.status == 204
    assert len(answer.headers.get_all("Set-Cookie")) == 2


def test_a_view_knows_the_address_of_the_client(server):
    assert json.loads(server.ask("/asked").content)["peer"] == "127.0.0.1"


def test_a_stream_arrives_whole(server):
    assert server.ask("/rows").content == b"".join(b"row %d\n" % number for number in range(10_000))


def test_a_stream_may_read_the_database_as_it_goes(server):
    assert server.ask("/from-database").content.split() == [b"%d" % number for number in range(1, 5001)]


def test_a_file_is_streamed_with_its_length(server):
    answer = server.ask("/file")

    assert len(answer.content) == int(answer.headers["Content-Length"])
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_stream_gives_what_it_has_without_waiting_for_more(server):
    with server.connect() as connection:
        connection.sendall(b"GET /drip HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        seen = b""
        while b"first\n" not in seen:
            seen += connection.recv(4096)
        assert b"last" not in seen
        # There is no more before this.
        server.ask("/let-go?gate=drip")
        while b"last\n" not in seen:
            seen += connection.recv(4096)


def test_a_stream_runs_no_further_ahead_than_its_client_reads(server):
    before = json.loads(server.ask("/counted").content)["chunks"]
    with server.connect() as connection:
        connection.sendall(b"GET /endless HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        connection.recv(1024)
        time.sleep(0.3)
        produced = json.loads(server.ask("/counted").content)["chunks"] - before

    # What the kernel's buffers take, and four chunks of our own.
    assert produced * 65536 < 16 * 1024 * 1024


def test_a_stream_is_closed_when_its_client_leaves(server):
    before = json.loads(server.ask("/counted").content)["closed"]
    with server.connect() as connection:
        connection.sendall(b"GET /endless HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        connection.recv(1024)

    until(lambda: json.loads(server.ask("/counted").content)["closed"] > before)


def test_slow_readers_of_streams_hold_up_nobody(server):
    readers = []
    try:
        for _ in range(20):
            reader = server.connect()
            reader.sendall(b"GET /endless HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            reader.recv(1024)
            readers.append(reader)
        # They read no further, and their streams have no end.
        assert all(server.ask("/hello").status == 200 for _ in range(20))
    finally:
        for reader in readers:
            reader.close()


def test_too_many_streams_at_once_are_refused_and_later_allowed(server):
    readers = []
    try:
        for _ in range(AT_ONCE):
            reader = server.connect()
            reader.sendall(b"GET /endless HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            reader.recv(1024)
            readers.append(reader)
        assert server.ask("/rows").status == 503
    finally:
        for reader in readers:
            reader.close()

    until(lambda: server.ask("/rows").status == 200)


def test_a_stream_that_breaks_is_cut_and_not_ended_as_if_it_were_whole(server):
    with server.connect() as connection:
        connection.sendall(b"GET /broken-stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        seen = b""
        while part := connection.recv(4096):
            seen += part

    assert b"the beginning" in seen
    assert not seen.endswith(b"0\r\n\r\n")


def test_a_client_that_leaves_in_the_middle_of_its_body_leaves_nothing(server):
    for _ in range(20):
        with server.connect() as connection:
            connection.sendall(b"POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nabc")

    assert server.ask("/hello").status == 200


@pytest.mark.parametrize("version", [b"13", b"12"])
def test_a_connection_does_not_become_a_websocket_and_does_not_tell_what_serves_it(server, version):
    answer = server.raw(
        b"GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: " + version + b"\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"granian" not in answer.lower()


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nno header\r\n\r\n",
        b"GET /hello HTTP/3.7\r\nHost: 127.0.0.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
    ids=["a header that is none", "a version that is none", "TLS", "a long path"],
)
def test_what_makes_no_sense_is_not_told_what_serves_it(server, request_):
    assert b"granian" not in server.raw(request_).lower()


def test_stopping_finishes_what_is_running(own_server):
    answers: list[bytes] = []
    asking = threading.Thread(target=lambda: answers.append(own_server.ask("/slow").content))
    asking.start()
    until(lambda: json.loads(own_server.ask("/counted").content)["held"] == 1)

    own_server.process.send_signal(signal.SIGTERM)
    asking.join(120)

    assert answers == [b"done"]
    assert own_server.process.wait(120) == 0


def test_stopping_does_not_wait_for_connections_that_rest(own_server):
    with own_server.connect() as resting:
        resting.sendall(b"GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"hello" in resting.recv(4096)

        own_server.process.send_signal(signal.SIGTERM)

        # The client keeps its connection for good: that the server ends is its own doing.
        assert own_server.process.wait(120) == 0


def test_stopping_does_not_wait_for_a_stream_without_an_end(hasty_server):
    with hasty_server.connect() as endless:
        endless.sendall(b"GET /endless HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        endless.recv(1024)

        hasty_server.process.send_signal(signal.SIGTERM)

        assert hasty_server.process.wait(120) == 0


def test_slow_requests_hold_up_nobody(server):
    before = json.loads(server.ask("/counted").content)["held"]
    slow = [threading.Thread(target=server.ask, args=("/held?gate=slow",)) for _ in range(12)]
    for thread in slow:
        thread.start()
    until(lambda: json.loads(server.ask("/counted").content)["held"] == before + 12)

    # None of the twelve ends before they are let go.
    assert all(server.ask("/hello").status == 200 for _ in range(20))
    server.ask("/let-go?gate=slow")
    for thread in slow:
        thread.join()


def test_streams_of_one_account_leave_room_for_others():
    streams = Streams()
    streams._running = {object(): "ada" for _ in range(AT_ONCE_OF_ONE)}

    assert [streams.is_full(owner) for owner in ("ada", "ben", "")] == [True, False, False]
    streams._running |= {object(): "" for _ in range(AT_ONCE - AT_ONCE_OF_ONE)}
    assert streams.is_full("ben")
