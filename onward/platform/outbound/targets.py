"""Reading an address of the web: once, strictly, and never by another's rules afterwards."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urlsplit

from onward.platform.outbound.addresses import UNREACHABLE, Reach, Refused, is_allowed

PORTS = {"http": 80, "https": 443}
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
# What programs take for an IPv4 address in one of its other spellings: 1, 127.1, 0x7f.1, 017700000001.
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# RFC 3986: what may stand in a path and a query as it is.
KEPT = "/?:@!$&'()*+,;=-._~%"


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a request goes. :ivar literal: the address, when the host is one"""

    scheme: str
    host: str
    port: int
    path: str
    literal: IPv4Address | IPv6Address | None

    @property
    def host_header(self) -> str:
        """Return what the request calls the host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target(url: str, reach: Reach = Reach.PUBLIC) -> Target:
    """Read an address, and refuse what can be refused without asking for the host's addresses.

    :raises Refused: when it is none, or leads to where no request may go
    """
    if not url.isprintable() or " " in url or "\\" in url:
        raise Refused("This is not a web address.")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        raise Refused("This is not a web address.") from None
    if parts.scheme not in PORTS:
        raise Refused("Only http:// and https:// addresses can be asked.")
    if "@" in parts.netloc:
        raise Refused("An address with a user name or password cannot be asked.")
    if not host or port == 0:
        raise Refused("This is not a web address.")
    bracketed = parts.netloc.startswith("[")
    literal: IPv4Address | IPv6Address | None = _bracketed(host) if bracketed else None
    if not bracketed:
        host = _name(host)
        literal = _number(host)
        if (host == "localhost" or host.endswith(".localhost")) and reach is not Reach.PRIVATE_TOO:
            raise Refused(UNREACHABLE)
    if literal is not None and not is_allowed(literal, reach):
        raise Refused(UNREACHABLE)
    path = quote(parts.path or "/", safe=KEPT) + (f"?{quote(parts.query, safe=KEPT)}" if parts.query else "")
    return Target(
        scheme=parts.scheme,
        host=str(literal) if literal else host,
        port=port or PORTS[parts.scheme],
        path=path,
        literal=literal,
    )


def _bracketed(host: str) -> IPv6Address:
    try:
        address = ip_address(host)
    except ValueError:
        raise Refused(UNREACHABLE) from None
    # A zone (%eth0) names one of our own interfaces.
    if not isinstance(address, IPv6Address) or address.scope_id:
        raise Refused(UNREACHABLE)
    return address


def _name(host: str) -> str:
    """Bring a host name into the one form that is looked up, without the dot of the root.

    :raises Refused: when it can be no name
    """
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            raise Refused("This is not a web address.") from None
    host = host.lower().removesuffix(".")
    if len(host) > 253 or not all(LABEL.fullmatch(label) for label in host.split(".")):
        raise Refused("This is not a web address.")
    return host


def _number(host: str) -> IPv4Address | None:
    """Return the IPv4 address that a host is written as, in its usual spelling.

    :raises Refused: for every other spelling, because programs disagree about what those mean
    """
    if not NUMBER.fullmatch(host.rpartition(".")[2]):
        return None
    try:
        return IPv4Address(host)
    except ValueError:
        raise Refused(UNREACHABLE) from None
