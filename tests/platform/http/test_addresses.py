from ipaddress import ip_network

import pytest

from onward.platform.http.addresses import behind, read

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "client"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "198.51.100.1, nonsense", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, nonsense, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", " , ,", "10.0.0.1"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("fd00::1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("::ffff:10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("::ffff:203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("unix", "198.51.100.1", "unix"),
    ],
)
def test_the_client_is_the_first_hop_that_no_trusted_proxy_is(peer, forwarded_for, client):
    assert behind(peer, forwarded_for, "", PROXIES)[0] == client


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "forwarded_proto", "scheme"),
    [
        ("203.0.113.9", "", "https", ""),
        ("10.0.0.1", "198.51.100.1", "https", "https"),
        ("10.0.0.1", "198.51.100.1", "HTTP", "http"),
        ("10.0.0.1", "198.51.100.1", "gopher", ""),
        ("10.0.0.1", "198.51.100.1", "https, http", "http"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "https, http", "https"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "http", "http"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "https, http, http", "http"),
    ],
)
def test_the_scheme_is_what_the_outermost_trusted_proxy_was_asked_by(peer, forwarded_for, forwarded_proto, scheme):
    assert behind(peer, forwarded_for, forwarded_proto, PROXIES)[1] == scheme


@pytest.mark.parametrize(
    "text", ["", "x", "1.2.3", "1.2.3.4.5", "[", "[::1", ":::", "999.1.1.1", "1.2.3.4:x:y", "\udcff"]
)
def test_reading_nonsense_gives_nothing_or_an_address_and_never_fails(text):
    assert read(text) is None or str(read(text))
