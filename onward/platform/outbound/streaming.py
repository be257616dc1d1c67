"""Reading an answer of any size, piece by piece, unpacked within limits, under one deadline."""

import http.client
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

from onward.platform.outbound.addresses import NoAnswer, Reach, Refused
from onward.platform.outbound.connection import OVERHEAD, Failed, asked, connected, in_words
from onward.platform.outbound.patience import Patience
from onward.platform.outbound.targets import Target, target

DEADLINE = 60.0
# Bytes, as they come and unpacked.
LIMIT = 512 * 1024 * 1024
PIECE = 64 * 1024
# What is packed may become so many times as large, and this many bytes in any case. Text with a great many repetitions
# comes to some 100; what was packed in order to do harm, to 1,000.
RATIO = 250
FREE = 16 * 1024 * 1024
REDIRECTS = 5

CUT = "The answer was cut."
# What zlib calls the form with gzip's header.
GZIP = zlib.MAX_WBITS | 16

_PACKED = {"gzip", "x-gzip"}
_MOVED = {301, 302, 303, 307, 308}


class Unusable(NoAnswer):
    """An answer that came and will never be of use, however often it is asked for."""


@dataclass(frozen=True, kw_only=True)
class Stream:
    """An answer whose body has not been read yet.

    :ivar url: where it came from in the end
    :ivar headers: by their names in small letters
    :ivar pieces: the body, unpacked; raises Failed when it is cut, and Unusable when it is too large or badly packed
    """

    status: int
    url: str
    headers: Mapping[str, str]
    pieces: Iterator[bytes]


@contextmanager
def stream(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    deadline: float = DEADLINE,
    limit: int = LIMIT,
    reach: Reach = Reach.PUBLIC,
    wanted: Callable[[], None] | None = None,
) -> Iterator[Stream]:
    """Get something from another server, following redirects within the same scheme, host and port.

    A redirect to anywhere else is an answer like any other; nobody is connected to for it.

    :param deadline: seconds for everything, from finding the address to the last byte
    :param limit: how many bytes a body may have, packed and unpacked
    :param wanted: raises when the answer is not wanted any more; called at least twice a second while the other side
        is waited for
    :raises Refused: when it must not be asked; nothing was sent, and nobody was connected to
    :raises Failed: when there is no answer
    :raises Unusable: when there is one that cannot be used
    :raises OutOfTime: when the work that asks has no time left
    """
    patience = Patience(deadline, wanted)
    for left in reversed(range(REDIRECTS + 1)):
        place = target(url, reach)
        with _answer(place, reach, headers or {}, limit, patience) as response:
            onward = _onward(response, url, place, reach)
            if onward and left:
                url = onward
                continue
            if onward:
                raise Unusable("The host redirects in a circle.")
            found = {name.lower(): value for name, value in response.getheaders()}
            yield Stream(
                status=response.status, url=url, headers=found, pieces=_pieces(response, found, limit, patience)
            )
            return


@contextmanager
def _answer(
    place: Target, reach: Reach, headers: Mapping[str, str], limit: int, patience: Patience
) -> Iterator[http.client.HTTPResponse]:
    with ExitStack() as stack:
        with in_words():
            sock = stack.enter_context(connected(place, reach, patience))
            response = asked(
                sock,
                place,
                method="GET",
                headers={"Accept-Encoding": "gzip", **headers},
                body=b"",
                patience=patience,
                # Small chunks cost several times what is in them.
                limit=8 * limit + OVERHEAD,
            )
        yield response


def _onward(response: http.client.HTTPResponse, url: str, place: Target, reach: Reach) -> str:
    """Return where a redirect leads, if that is within the same scheme, host and port."""
    if response.status not in _MOVED:
        return ""
    onward = urljoin(url, response.headers.get("Location", "").strip())
    try:
        there = target(onward, reach)
    except Refused:
        return ""
    same = (there.scheme, there.host, there.port) == (place.scheme, place.host, place.port)
    return onward if same else ""


def _pieces(
    response: http.client.HTTPResponse, headers: Mapping[str, str], limit: int, patience: Patience
) -> Iterator[bytes]:
    coding = headers.get("content-encoding", "").strip().lower()
    if coding in ("", "identity"):
        packed: Iterator[bytes] = _raw(response, limit, patience)
    elif coding in _PACKED:
        packed = _unpacked(_raw(response, limit, patience))
    else:
        raise Unusable("The answer is packed in a way that was not asked for.")
    total = 0
    for piece in packed:
        total += len(piece)
        if total > limit:
            raise Unusable(f"The answer is larger than {limit >> 20} MB.")
        yield piece


def _raw(response: http.client.HTTPResponse, limit: int, patience: Patience) -> Iterator[bytes]:
    total = 0
    while True:
        with in_words():
            try:
                piece = response.read1(PIECE)
            except http.client.IncompleteRead:
                raise Failed(CUT) from None
            # An answer that never pauses is stopped all the same.
            patience.look()
        if not piece:
            if response.length:
                raise Failed(CUT)
            return
        total += len(piece)
        if total > limit:
            raise Unusable(f"The answer is larger than {limit >> 20} MB.")
        yield piece


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    came = made = 0
    unpacker = zlib.decompressobj(GZIP)
    for piece in pieces:
        came += len(piece)
        while piece:
            if unpacker.eof:
                unpacker = zlib.decompressobj(GZIP)
            try:
                out = unpacker.decompress(piece, PIECE)
            except zlib.error:
                raise Unusable("The answer is not packed as it says.") from None
            piece = unpacker.unconsumed_tail or unpacker.unused_data
            made += len(out)
            if made > FREE + RATIO * came:
                raise Unusable("The answer unpacks to far more than it should.")
            if out:
                yield out
    if out := unpacker.flush():
        yield out
    if came and not unpacker.eof:
        raise Failed(CUT)
