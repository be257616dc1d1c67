"""Answers of any size, from servers that are not what one would wish."""

import gzip
import threading
import tracemalloc
import zlib

import pytest

from onward.platform import outbound
from onward.platform.outbound import Failed, Reach, Refused, Unusable, patience
from tests.platform.outbound.servers import answering, hanging, heard, saying, serving

HEAD = b"HTTP/1.1 200 OK\r\n"
GZIP = "Content-Encoding: gzip\r\n"


def read(url, **options):
    """Read a whole stream; gives its status, address and body."""
    with outbound.stream(url, **{"reach": Reach.PRIVATE_TOO, "deadline": 20, **options}) as answer:
        return answer.status, answer.url, b"".join(answer.pieces)


def test_reads_a_body_of_any_kind_of_length():
    body = bytes(range(256)) * 4000
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:999], body[999:])) + b"0\r\n\r\n"
    for said in (
        HEAD + f"Content-Length: {len(body)}\r\n\r\n".encode() + body,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked,
        HEAD + b"\r\n" + body,
    ):
        with serving(saying(said)) as server:
            assert read(server.url) == (200, server.url, body)


def test_unpacks_what_is_packed():
    body = b"a line of text\n" * 10_000
    for packed in (gzip.compress(body), gzip.compress(body[:700]) + gzip.compress(body[700:])):
        with serving(answering(200, headers=GZIP, body=packed)) as server:
            assert read(server.url)[2] == body
        assert b"Accept-Encoding: gzip\r\n" in server.requests[0]


def test_what_holds_more_than_it_should_is_given_up_early():
    bomb = gzip.compress(b"\0" * 300_000_000)
    with serving(answering(200, headers=GZIP, body=bomb)) as server:
        tracemalloc.start()
        with outbound.stream(server.url, reach=Reach.PRIVATE_TOO) as answer:
            total = 0
            with pytest.raises(Unusable, match="far more"):
                for piece in answer.pieces:
                    total += len(piece)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert total < 90_000_000
    assert most < 4_000_000


@pytest.mark.parametrize("headers", ["", GZIP])
def test_a_body_beyond_the_limit_is_given_up(headers):
    body = zlib.compress(b"x")[:2] * 500_000
    with serving(answering(200, headers=headers, body=gzip.compress(body) if headers else body)) as server:
        with pytest.raises(Unusable, match="larger than"):
            read(server.url, limit=999_999)
        assert len(read(server.url, limit=1_000_000)[2]) == 1_000_000


@pytest.mark.parametrize(
    "said",
    [
        HEAD + b"Content-Length: 1000\r\n\r\nabc",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\nabc",
        HEAD + GZIP.encode() + b"\r\n" + gzip.compress(b"abc" * 1000)[:-9],
    ],
    ids=["length", "chunks", "chunk", "gzip"],
)
def test_a_body_that_is_cut_is_no_whole_one(said):
    with serving(saying(said)) as server, pytest.raises(Failed, match="cut"):
        read(server.url)


def test_what_is_packed_otherwise_is_of_no_use():
    with serving(answering(200, headers="Content-Encoding: br\r\n")) as server, pytest.raises(Unusable):
        read(server.url)
    with serving(answering(200, headers=GZIP, body=b"<html>no")) as server, pytest.raises(Unusable):
        read(server.url)


@pytest.mark.parametrize(
    "conversation",
    [
        hanging,
        saying(HEAD + b"Content-Length: 100000\r\n\r\n", pause=0.05, forever=b"a"),
        saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", forever=b"10000\r\n" + b"a" * 65536 + b"\r\n"),
    ],
    ids=["hangs", "drips", "floods"],
)
def test_one_deadline_ends_whatever_is_slow(conversation):
    with serving(conversation) as server, pytest.raises(Failed, match="time was up"):
        read(server.url, deadline=0.2, limit=10**12)


class Unwanted(BaseException):
    """What a caller raises to have its request ended."""


@pytest.fixture
def asked_often(monkeypatch):
    monkeypatch.setattr(patience, "TURN", 0.02)


@pytest.mark.parametrize(
    "conversation",
    [
        hanging,
        saying(HEAD + b"Content-Length: 1000000\r\n\r\n", pause=0.05, forever=b"a"),
        saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", forever=b"10000\r\n" + b"a" * 65536 + b"\r\n"),
    ],
    ids=["hangs", "drips", "floods"],
)
def test_a_request_that_is_not_wanted_any_more_ends(conversation, asked_often):
    looks = []

    def wanted():
        looks.append(1)
        if len(looks) == 3:
            raise Unwanted

    with serving(conversation) as server, pytest.raises(Unwanted):
        read(server.url, wanted=wanted, deadline=100, limit=10**12)


def test_a_handshake_that_hangs_is_left_when_it_is_not_wanted(asked_often):
    def wanted():
        raise Unwanted

    with serving(lambda stream, server: server.stopping.wait(60)) as server, pytest.raises(Unwanted):
        read(f"https://127.0.0.1:{server.port}/", wanted=wanted, deadline=100)


def test_a_name_server_that_is_silent_is_left_when_it_is_not_wanted(monkeypatch, asked_often):
    silence = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: silence.wait(60) and [])

    def wanted():
        raise Unwanted

    with pytest.raises(Unwanted):
        read("http://example.org/", wanted=wanted, deadline=100)
    silence.set()


def redirecting(to):
    """Redirect the first path anywhere, and answer at the second."""

    def conversation(stream, server):
        heard(stream, server)
        if b"/there" in server.requests[-1].split(b"\r\n")[0]:
            stream.sendall(HEAD + b"Content-Length: 2\r\n\r\nhi")
        else:
            stream.sendall(f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode())

    return conversation


def test_a_redirect_within_the_host_is_followed():
    with serving(redirecting("/there?a=b")) as server:
        status, url, body = read(server.url)

    assert (status, url, body) == (200, f"http://127.0.0.1:{server.port}/there?a=b", b"hi")


@pytest.mark.parametrize("kind", ["port", "host", "scheme", "inside", "none"])
def test_a_redirect_to_anywhere_else_is_not(kind):
    with serving(answering(200)) as elsewhere:
        to = {
            "port": elsewhere.url,
            "host": f"http://localhost:{elsewhere.port}/",
            "scheme": f"https://127.0.0.1:{elsewhere.port}/",
            "inside": "http://169.254.169.254/",
            "none": "javascript:alert(1)",
        }[kind]
        with serving(redirecting(to)) as server:
            status, url, _ = read(server.url)

        assert (status, url) == (302, server.url)
        assert elsewhere.connections == 0


def test_a_circle_of_redirects_ends():
    with serving(redirecting("/hook")) as server, pytest.raises(Unusable, match="circle"):
        read(server.url)

    assert len(server.requests) == 6


def test_nothing_inside_is_streamed_unless_it_is_allowed():
    with serving(answering(200)) as server, pytest.raises(Refused):
        read(server.url, reach=Reach.PUBLIC)

    assert server.connections == 0


def test_what_goes_wrong_with_the_reader_is_the_readers():
    with (
        serving(answering(200)) as server,
        pytest.raises(OSError, match="disk"),
        outbound.stream(server.url, reach=Reach.PRIVATE_TOO),
    ):
        raise OSError("the disk is full")
