"""Which addresses a request may go to.

`ip_address.is_global` is not the answer: it lets through what carries an IPv4 address inside (NAT64, 6to4, Teredo) and
multicast. So IPv6 is a list of what is allowed, less what is reserved in it; IPv4 is a list of what is not.
"""

import socket
from collections.abc import Sequence
from enum import Enum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network


class NoAnswer(Exception):
    """A request that came to nothing. :ivar message: why, in a sentence that tells nothing of the inside"""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class Refused(NoAnswer):
    """A request that is not made, because of where it would go."""


class Reach(Enum):
    """How far a request may go: to the public internet only, or into private networks too."""

    PUBLIC = "public"
    PRIVATE_TOO = "private too"


# https://www.iana.org/assignments/iana-ipv4-special-registry and the multicast and former class E space.
_NOT_PUBLIC_4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
# All that has been given out to the public internet. Loopback, mapped and compatible addresses, NAT64 (64:ff9b::/96
# and 64:ff9b:1::/48), unique local, link-local, site-local and multicast addresses lie outside of it.
_PUBLIC_6 = ip_network("2000::/3")
# https://www.iana.org/assignments/iana-ipv6-special-registry: protocol assignments with Teredo, benchmarks and
# ORCHID; documentation; 6to4; AS112; documentation again.
_NOT_PUBLIC_6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")))
# What people run servers in at home and at work. Neither link-local, where clouds keep their keys, nor anything odd.
_PRIVATE = tuple(
    map(
        ip_network,
        ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"),
    )
)


def is_allowed(address: IPv4Address | IPv6Address, reach: Reach) -> bool:
    """Return whether a request may go to this address."""
    if getattr(address, "scope_id", None):
        return False
    if reach is Reach.PRIVATE_TOO and any(address in network for network in _PRIVATE):
        return True
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)


Found = Sequence[tuple[int, int, int, str, tuple[object, ...]]]


def allowed(found: Found, reach: Reach) -> list[str]:
    """Return the addresses of what `getaddrinfo` found, each once.

    :raises Refused: when there is none, or when only one of them may not be asked: a name that is at home and abroad
        is not a mistake
    """
    addresses: list[str] = []
    for family, _, _, _, place in found:
        if family not in (socket.AF_INET, socket.AF_INET6):
            raise Refused(UNREACHABLE)
        text = str(place[0])
        scoped = family == socket.AF_INET6 and len(place) > 3 and place[3]
        if scoped or not is_allowed(ip_address(text), reach):
            raise Refused(UNREACHABLE)
        if text not in addresses:
            addresses.append(text)
    if not addresses:
        raise Refused(UNREACHABLE)
    return addresses


# The same words for a name that does not exist and for one that is inside: whoever asks learns nothing of our network.
UNREACHABLE = "The host has no address that may be asked."
