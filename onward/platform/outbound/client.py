"""Making one request, under one deadline."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field

from onward.platform.outbound.addresses import Reach
from onward.platform.outbound.connection import OVERHEAD, asked, connected, in_words
from onward.platform.outbound.patience import Patience
from onward.platform.outbound.targets import target

DEADLINE = 15.0
LIMIT = 64 * 1024


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back, whatever its status.

    :ivar headers: by their names in small letters
    :ivar body: as it came, never decompressed, and not more than was asked for
    :ivar is_cut: whether there was more
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_cut: bool = False


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    deadline: float = DEADLINE,
    limit: int = LIMIT,
    reach: Reach = Reach.PUBLIC,
) -> Answer:
    """Ask another server, once; a redirect is an answer like any other.

    :param deadline: seconds for everything: finding the address, connecting, sending, and the last byte that is read
    :param limit: how many bytes of the answer's body are read
    :raises Refused: when it must not be asked; nothing was sent, and nobody was connected to
    :raises Failed: when there is no answer
    :raises OutOfTime: when the work that asks has no time left
    """
    patience = Patience(deadline)
    place = target(url, reach)
    with in_words(), connected(place, reach, patience) as sock:
        response = asked(
            sock,
            place,
            method=method,
            headers=headers or {},
            body=body,
            patience=patience,
            limit=limit + OVERHEAD,
        )
        read, is_cut = _read(response, limit)
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(status=response.status, headers=found, body=read, is_cut=is_cut)


def _read(response: http.client.HTTPResponse, limit: int) -> tuple[bytes, bool]:
    body = bytearray()
    try:
        while len(body) < limit:
            piece = response.read1(limit - len(body))
            if not piece:
                # Fewer bytes than were announced.
                return bytes(body), bool(response.length)
            body += piece
    except http.client.IncompleteRead as problem:
        return bytes((body + problem.partial)[:limit]), True
    # A length that nobody announced is not known before the end, which is not waited for.
    return bytes(body), response.length != 0
