"""Who asked, as far as the proxies that we trust can tell."""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


def read(text: str) -> Address | None:
    """Read an address as servers and proxies write it; an IPv4 address within IPv6 is given as what it is."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def trusted(address: Address | None, proxies: Collection[Network]) -> bool:
    """Return whether an address is that of a trusted proxy."""
    return address is not None and any(address.version == network.version and address in network for network in proxies)


def behind(peer: str, forwarded_for: str, forwarded_proto: str, proxies: Collection[Network]) -> tuple[str, str]:
    """Walk from the nearest hop outwards, past the proxies that are trusted, to the first that is not.

    Each trusted proxy wrote the entry to the right of which nothing is made up; what is left of the client's own
    address anybody may have written.

    :returns: the client's address, and the scheme that the outermost trusted proxy was asked by ("" when not told)
    """
    nearest = read(peer)
    client = str(nearest) if nearest else peer
    if not trusted(nearest, proxies):
        return client, ""
    passed = 1
    hops = [hop for hop in forwarded_for.split(",") if hop.strip()]
    for hop in reversed(hops):
        address = read(hop)
        if address is None:
            break
        client = str(address)
        if not trusted(address, proxies):
            break
        passed += 1
    schemes = [scheme.strip().lower() for scheme in forwarded_proto.split(",") if scheme.strip()]
    scheme = schemes[-min(passed, len(schemes))] if schemes else ""
    return client, scheme if scheme in {"http", "https"} else ""
