"""One request to servers that are not what one would wish."""

import gzip
import socket
import ssl
import subprocess
import threading
from functools import partial
from shutil import which

import pytest

from onward.platform import outbound
from onward.platform.outbound import Failed, Reach
from onward.platform.outbound import connection as inside
from tests.platform.outbound.servers import answering, hanging, saying, serving

request = partial(outbound.request, reach=Reach.PRIVATE_TOO)
HEAD = b"HTTP/1.1 200 OK\r\n"


def test_asks_and_gives_the_answer():
    with serving(answering(201, headers="X-Kind: a\r\n", body=b"thank you")) as server:
        answer = request("POST", server.url + "?a=b", headers={"X-Mine": "1"}, body=b'{"a":1}')

    assert (answer.status, answer.body, answer.headers["x-kind"], answer.is_cut) == (201, b"thank you", "a", False)
    (asked,) = server.requests
    head, _, body = asked.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /hook?a=b HTTP/1.1\r\n")
    assert {
        f"Host: 127.0.0.1:{server.port}".encode(),
        b"Accept-Encoding: identity",
        b"Connection: close",
        b"Content-Length: 7",
        b"X-Mine: 1",
    } <= set(head.split(b"\r\n"))
    assert body == b'{"a":1}'


def test_reads_pieces_of_an_unknown_length():
    chunked = saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"3\r\nabc\r\n", b"2\r\nde\r\n", b"0\r\n\r\n")
    with serving(chunked) as server:
        assert request("GET", server.url).body == b"abcde"
    with serving(saying(HEAD + b"\r\nuntil", b" the end")) as server:
        assert request("GET", server.url).body == b"until the end"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_follows_no_redirect(status):
    with (
        serving(answering(200)) as elsewhere,
        serving(answering(status, headers=f"Location: {elsewhere.url}\r\n")) as server,
    ):
        answer = request("POST", server.url, body=b"{}")

    assert answer.status == status
    assert elsewhere.connections == 0


@pytest.mark.parametrize(
    "conversation",
    [
        hanging,
        saying(HEAD, pause=0.05, forever=b"x"),
        saying(b"H", pause=0.05, forever=b"T"),
        saying(HEAD, pause=0.05, forever=b"X-A: b\r\n"),
        saying(HEAD + b"Content-Length: 100000\r\n\r\n", pause=0.05, forever=b"a"),
        saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", pause=0.05, forever=b"1\r\na\r\n"),
        saying(pause=0.02, forever=b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["hangs", "slow headers", "slow status", "endless headers", "slow body", "slow chunks", "endless continue"],
)
def test_whatever_is_slow_ends_at_the_deadline(conversation):
    # Each goes on for a minute, or for ever: that this returns at all is the deadline's doing.
    with serving(conversation) as server, pytest.raises(Failed, match="time was up"):
        request("POST", server.url, body=b"{}", deadline=0.2)


def test_a_host_that_takes_nothing_in_ends_at_the_deadline():
    def deaf(stream, server):
        server.stopping.wait(20)

    with serving(deaf) as server, pytest.raises(Failed, match="time was up"):
        request("POST", server.url, body=b"x" * 50_000_000, deadline=0.2)


def test_a_name_server_that_is_silent_ends_at_the_deadline(monkeypatch):
    silence = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: silence.wait(60) and [])

    with pytest.raises(Failed, match="time was up"):
        outbound.request("GET", "http://example.org/", deadline=0.2)

    assert not silence.is_set()
    silence.set()


@pytest.mark.parametrize(
    "head",
    [HEAD + b"Content-Length: 1000000000\r\n\r\n", HEAD + b"\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\n"],
    ids=["announced", "endless", "chunked"],
)
def test_reads_no_more_than_it_must_of_a_body_without_an_end(head):
    piece = b"10000\r\n" + b"a" * 65536 + b"\r\n" if b"chunked" in head else b"a" * 65536
    with serving(saying(head, forever=piece)) as server:
        answer = request("GET", server.url, limit=65536)

    assert (answer.status, len(answer.body), answer.is_cut) == (200, 65536, True)


def test_a_compressed_body_is_left_as_it_came():
    bomb = gzip.compress(b"\0" * 10_000_000)
    with serving(answering(200, headers="Content-Encoding: gzip\r\n", body=bomb)) as server:
        answer = request("GET", server.url)

    assert answer.body == bomb


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"\x00\xff\xfe garbage \r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=["ssh", "bytes", "word", "number", "many headers", "long header", "nothing", "bad chunk"],
)
def test_garbage_is_no_answer(said):
    with serving(saying(said)) as server:
        try:
            answer = request("POST", server.url, body=b"{}", deadline=2)
        except Failed:
            return
    # A head that was good before the body broke is an answer, whose body is not whole.
    assert answer.is_cut


def test_nobody_listening_is_said_in_a_sentence():
    with serving(hanging) as server:
        pass
    with pytest.raises(Failed, match="does not take connections"):
        request("GET", server.url)


def test_the_proxies_of_the_environment_are_not_used(monkeypatch):
    with serving(answering(200)) as proxy, serving(answering(204, body=b"")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)

        assert request("GET", server.url).status == 204

    assert proxy.connections == 0


CERTIFY = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=good.example.org"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for `good.example.org`, signed by itself."""
    openssl = which("openssl")
    if openssl is None:
        pytest.skip("no openssl here to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    key, file = folder / "key.pem", folder / "certificate.pem"
    name = ["-addext", "subjectAltName=DNS:good.example.org"]
    command = [openssl, *CERTIFY.split(), *name, "-keyout", str(key), "-out", str(file)]
    subprocess.run(command, capture_output=True, check=True)
    return key, file


@pytest.fixture
def secured(certificate, monkeypatch):
    """A server that speaks TLS as `good.example.org`, which every name leads to."""
    key, file = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    names = []
    context.sni_callback = lambda sock, name, context: names.append(name)
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, port, **_: [(socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]
    )
    with serving(answering(200), tls=context) as server:
        yield server, names, file


def test_a_certificate_is_checked_against_the_name_that_was_asked_for(secured, monkeypatch):
    server, names, file = secured
    with pytest.raises(Failed, match="certificate"):
        request("GET", f"https://good.example.org:{server.port}/")

    monkeypatch.setattr(inside, "trusted", lambda: ssl.create_default_context(cafile=file))
    answer = request("GET", f"https://good.example.org:{server.port}/")
    with pytest.raises(Failed, match="certificate"):
        request("GET", f"https://other.example.org:{server.port}/")

    assert answer.status == 200
    assert names == ["good.example.org", "good.example.org", "other.example.org"]
    assert f"Host: good.example.org:{server.port}".encode() in server.requests[0]


def test_a_handshake_that_hangs_ends_at_the_deadline(monkeypatch):
    def silent(stream, server):
        server.stopping.wait(20)

    with serving(silent) as server, pytest.raises(Failed, match="time was up"):
        request("GET", f"https://127.0.0.1:{server.port}/", deadline=0.2)
