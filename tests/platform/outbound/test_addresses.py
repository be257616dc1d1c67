"""Where a request may go, and where it may not."""

import socket
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from onward.platform import outbound
from onward.platform.outbound import NoAnswer, Reach, Refused, is_allowed, target
from tests.platform.outbound.servers import answering, serving

HOSTILE = [
    line
    for line in Path(__file__).with_name("hostile-addresses.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
MORE = [
    "0x7f.1",
    "127.0.0.1..",
    "127。0。0。1",
    "１２７.0.0.1",
    "ⓛocalhost",
    "LocalHost.",
    "a.b.localhost.",
    "[::ffff:0:127.0.0.1]",
    "[::ffff:8.8.8.8]",
    "[100::1]",
    "[2001:2::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[fe80::1%eth0]",
    "[::1]x",
    "x[::1]",
    "[127.0.0.1]",
    "[v1.fe80::a]",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "a@127.0.0.1",
    "127.0.0.1\\@example.org",
    "127.0.0.1%2f",
    "example.org%00.localhost",
    "example.org:0",
    "example.org:99999",
    "",
]
PUBLIC = "93.184.215.14"


@pytest.fixture
def canary():
    """Counts whoever connects to this machine, at whichever of its addresses."""
    with serving(answering(200), host="") as server:
        yield server


def resolving(monkeypatch, *answers):
    """Let every name have these addresses: the first answer at first, and the last one from then on."""
    asked = []
    real = socket.getaddrinfo

    def answer(host, port, *arguments, **named):
        if host not in ("example.org", "rebinding.example.org"):
            return real(host, port, *arguments, **named)
        addresses = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        return [
            (
                socket.AF_INET6 if ":" in address else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (address, port, 0, 0) if ":" in address else (address, port),
            )
            for address in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


@pytest.mark.parametrize("host", HOSTILE + MORE)
def test_a_hostile_address_is_refused_and_nobody_is_connected_to(host, canary):
    port = "" if host.endswith((":0", ":99999")) else f":{canary.port}"

    with pytest.raises(Refused):
        outbound.request("GET", f"http://{host}{port}/", deadline=3)

    assert canary.connections == 0


def test_the_canary_counts_who_gets_through(canary):
    for host in ["127.0.0.1", "127.255.255.254", "localhost", *(["[::1]"] if socket.has_dualstack_ipv6() else [])]:
        before = canary.connections
        assert outbound.request("GET", f"http://{host}:{canary.port}/", reach=Reach.PRIVATE_TOO).status == 200
        assert canary.connections == before + 1, host


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://127.0.0.1:6379/_x",
        "//example.org/",
        "example.org",
        "http:example.org",
        "http://",
        "http:///x",
        "http://user:secret@example.org/",
        "http://user@example.org/",
        "http://exa mple.org/",
        "http://example.org/\r\nX-Evil: 1",
        "http://example.org/\tx",
        "http://[::1",
        "javascript:alert(1)",
        "\x00",
        "http://" + "a" * 64 + ".org/",
        "http://" + "a." * 200 + "org/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url):
    with pytest.raises(Refused):
        target(url)


@given(some.text(max_size=60))
def test_any_text_is_a_target_or_refused(text):
    for url in (text, f"http://{text}/", f"https://example.org/{text}"):
        try:
            found = target(url)
        except Refused:
            continue
        assert found.scheme in {"http", "https"}
        assert found.path.isascii()
        assert "\n" not in found.path
        assert " " not in found.path


def test_a_name_with_a_public_and_a_private_address_is_refused(monkeypatch, canary):
    for mixed in ([PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], [PUBLIC, "::1"], [PUBLIC, "64:ff9b::7f00:1"], []):
        resolving(monkeypatch, mixed)
        with pytest.raises(Refused):
            outbound.request("GET", f"http://example.org:{canary.port}/")
        monkeypatch.undo()
    assert canary.connections == 0


def test_a_name_that_changes_its_mind_is_asked_once(monkeypatch, canary):
    asked = resolving(monkeypatch, [PUBLIC], ["127.0.0.1"])
    reached = []

    def connect(self, place):
        reached.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)

    with pytest.raises(NoAnswer):
        outbound.request("GET", f"http://rebinding.example.org:{canary.port}/")

    assert asked == ["rebinding.example.org"]
    assert reached == [(PUBLIC, canary.port)]
    assert canary.connections == 0


def test_a_name_that_is_inside_and_one_that_is_nowhere_are_refused_alike(monkeypatch):
    messages = set()
    for addresses in ([], ["10.0.0.1"]):
        resolving(monkeypatch, addresses)
        with pytest.raises(Refused) as refused:
            outbound.request("GET", "http://example.org/")
        messages.add(refused.value.message)
        monkeypatch.undo()
    assert len(messages) == 1


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00::1"])
def test_a_public_address_is_allowed(address):
    assert is_allowed(ip_address(address), Reach.PUBLIC)


def test_who_allows_private_addresses_allows_those_and_no_others():
    allowed = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd00::1", "1.1.1.1"]
    refused = ["169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "fe80::1", "::ffff:127.0.0.1"]

    assert all(is_allowed(ip_address(address), Reach.PRIVATE_TOO) for address in allowed)
    assert not any(is_allowed(ip_address(address), Reach.PRIVATE_TOO) for address in refused)
    assert target("http://localhost:8000/", Reach.PRIVATE_TOO).port == 8000


def test_a_name_is_read_as_it_will_be_looked_up():
    found = target("HTTPS://BÜCHER.example.:8443/ä b".replace(" ", "+") + "?q=ü#part")

    assert (found.host, found.port, found.host_header) == ("xn--bcher-kva.example", 8443, "xn--bcher-kva.example:8443")
    assert found.path == "/%C3%A4+b?q=%C3%BC"
    assert target("https://[2a00::1]/").host_header == "[2a00::1]"
