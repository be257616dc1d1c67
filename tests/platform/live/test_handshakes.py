"""Handshakes: which become lines, and how many may be tried that show nothing of ours."""

import asyncio
import base64

import pytest

from onward.platform.live.asgi import Live

PATH = "/lines"
HEADERS = {
    b"upgrade": b"websocket",
    b"connection": b"Upgrade",
    b"sec-websocket-version": b"13",
    b"sec-websocket-key": base64.b64encode(b"k" * 16),
}


class Sealed:
    """A mouth that knows its own words."""

    names = channels = frozenset()

    def recognises(self, scope):
        return scope["query_string"] == b"ours"


@pytest.fixture
def shake(settings):
    """Try a handshake and return its status, and how long to wait: 503 where no connection is there to take over."""
    settings.THROTTLE, settings.THROTTLE_ANON = True, (3, 3600)
    live = Live(None, {PATH: Sealed()}, lambda asked: [])

    def tried(query=b"made up", client="203.0.113.9", **more):
        headers = HEADERS | {name.replace("_", "-").encode(): value for name, value in more.items()}
        scope = {"type": "http", "method": "GET", "path": PATH, "query_string": query}
        scope |= {"headers": list(headers.items()), "client": (client, "50000"), "server": ("127.0.0.1", "8000")}
        sent = []

        async def send(message):
            sent.append(message)

        asyncio.run(live(scope, None, send))
        return sent[0]["status"], int(dict(sent[0]["headers"]).get(b"retry-after", 0))

    return tried


def test_tokens_that_are_made_up_are_bounded_by_the_address_and_keep_no_others_out(shake):
    assert [shake() for _ in range(3)] == [(503, 0)] * 3

    status, wait = shake()
    assert (status, 0 < wait <= 3600) == (429, True)
    # Those who share the address and have a token, and other addresses.
    assert shake(b"ours") == (503, 0)
    assert shake(client="203.0.113.10") == (503, 0)
    # A whole network of addresses is one.
    assert [shake(client=f"2001:db8::{n}")[0] for n in range(4)] == [503, 503, 503, 429]


def test_nothing_is_bounded_where_the_throttle_is_off(shake, settings):
    settings.THROTTLE = False

    assert {shake()[0] for _ in range(9)} == {503}


def test_an_address_is_believed_from_a_trusted_proxy_only(shake, settings):
    from ipaddress import ip_network

    for n in range(4):
        last = shake(x_forwarded_for=f"198.51.100.{n}".encode())
    assert last[0] == 429

    settings.TRUSTED_PROXIES = (ip_network("192.0.2.0/24"),)
    asked = [shake(client="192.0.2.1", x_forwarded_for=f"198.51.100.{n % 2}".encode())[0] for n in range(8)]
    assert asked == [503] * 6 + [429] * 2


def test_what_is_no_handshake_says_why_whatever_it_shows(shake):
    assert [shake(sec_websocket_version=b"8")[0] for _ in range(5)] == [426] * 5
