"""Messages: how soon the others' sockets tell of one, while 500 of them are open.

    python -m bench.chats [--stores sqlite postgresql] [--sockets 500] [--rate 50] [--seconds 20]

On each database a web process as `onward serve` starts it has a socket for each of as many accounts. They have chats of
two, and half of them a group, too. Messages are sent through HTTP: first at the rate in one chat of two after another,
then a tenth as often in the group. The time is that from the request on, which begins before the commit, until a socket
of somebody else tells of the message.
"""

import argparse
import asyncio
import http.client
import json
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from bench.live import STORES, Tab, Told, laid_out, lost, open_lines, run_part, serving, set_up, tables

CHATS = "/campus/api/chats/"
CONNECTIONS = 8
# A chat, and the access token of somebody who writes in it.
Writing = Sequence[tuple[int, str]]


class Reader(Tab):
    """A client of the socket that notes when it was told of which message."""

    path = f"{CHATS}socket/"
    first, telling = b'"type":"open"', re.compile(rb'"content":"(\d+)"')

    def __init__(self, token: str, heard: dict[int, list[float]]) -> None:
        super().__init__(token, {})
        self._heard = heard

    def note(self, number: int, at: float) -> None:
        """Note when it was told of a message."""
        self._heard.setdefault(number, []).append(at)


def main() -> None:
    """Measure, or make the accounts, which needs the database."""
    match sys.argv[1:]:
        case ["prepare", sockets]:
            prepare(int(sockets))
        case _:
            asked = _arguments()
            print("\n".join(table([measure(asked, store) for store in asked.stores])), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.chats", description=__doc__)
    parser.add_argument("--sockets", type=int, default=500)
    parser.add_argument("--rate", type=float, default=50, help="messages a second in chats of two")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--stores", nargs="+", choices=list(STORES), default=list(STORES))
    return parser.parse_args()


def prepare(sockets: int) -> None:
    """Make accounts with their chats, and print their tokens and who writes where."""
    set_up()
    from django.utils import timezone

    from onward.domain.accounts.models import User
    from onward.domain.messaging.services import chats
    from onward.platform import tokens

    now = timezone.now()
    users = User.objects.bulk_create(
        User(username=f"p{n}", username_key=f"p{n}", email=f"p{n}@example.org", password="!") for n in range(sockets)
    )
    opened = partial(
        tokens.open_session, api="campus", address=None, user_agent="bench", awaits_second_factor=False, at=now
    )
    access = [opened(user=user).access for user in users]
    half = sockets // 2
    two = [
        (chats.begin(by_id=one.pk, people=[other.pk], at=now)[0], token)
        for one, other, token in zip(users[:half], users[half:], access[:half], strict=True)
    ]
    group, _ = chats.begin(by_id=users[0].pk, people=[user.pk for user in users[:half]], at=now)
    sys.stdout.write(json.dumps({"access": access, "two": two, "group": [(group, token) for token in access[:half]]}))


def measure(asked: argparse.Namespace, store: str) -> dict[str, Any]:
    """Measure on one database and return the figures."""
    with tables(store) as (variables, own):
        prepared = json.loads(run_part(variables, "prepare", str(asked.sockets), module="bench.chats"))
        with serving(variables, own, "chats") as web:
            figures = asyncio.run(_figures(asked, prepared, web.port))
    return {"store": STORES[store], "load": os.getloadavg()[0], **figures}


async def _figures(asked: argparse.Namespace, prepared: dict[str, Any], port: int) -> dict[str, Any]:
    heard: dict[int, list[float]] = {}
    keys = await asyncio.to_thread(_socket_tokens, port, prepared["access"])
    readers = await open_lines(partial(Reader, heard=heard), keys, port)
    two = await _send(port, prepared["two"], asked.rate, asked.seconds, heard, readers=2)
    group = await _send(port, prepared["group"], asked.rate / 10, asked.seconds, heard, readers=len(prepared["group"]))
    for reader in readers:
        reader.transport.close()
    return {"sockets": len(readers), "two": two, "group": group}


def _socket_tokens(port: int, access: Sequence[str]) -> list[str]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    found = []
    for token in access:
        connection.request("POST", f"{CHATS}socket-token/", headers={"Authorization": f"Bearer {token}"})
        found.append(json.loads(connection.getresponse().read())["token"])
    connection.close()
    return found


async def _send(
    port: int, writing: Writing, rate: float, seconds: float, heard: dict[int, list[float]], *, readers: int
) -> Told:
    """Send messages at a rate; return how long each took to the others. :param readers: sockets that are told of each

    The writer's own socket is told with the others and cannot be told from them: the first that is told is left out.
    """
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    first, count = max(heard, default=0) + 1, int(rate * seconds)
    sent: dict[int, float] = {}

    async def one(number: int) -> None:
        chat, token = writing[number * 7919 % len(writing)]
        body = json.dumps({"content": str(number)})
        reader, writer = await free.get()
        sent[number] = time.monotonic()
        writer.write(
            f"POST {CHATS}{chat}/messages/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = re.search(rb"content-length: (\d+)", head)
        assert head.startswith(b"http/1.1 201"), head
        assert length
        await reader.readexactly(int(length[1]))
        free.put_nowait((reader, writer))

    begun = time.monotonic()
    sending = []
    for number in range(first, first + count):
        await asyncio.sleep(max(0.0, begun + (number - first) / rate - time.monotonic()))
        sending.append(asyncio.ensure_future(one(number)))
    await asyncio.gather(*sending)
    await asyncio.sleep(2)
    while not free.empty():
        free.get_nowait()[1].close()
    took = [1000 * (at - sent[number]) for number in sent for at in sorted(heard.get(number, ()))[1:]]
    return Told(count * (readers - 1), sorted(took))


def table(found: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of a table: a column for each database, and what is wanted."""
    yield from laid_out(
        found,
        ("sockets", "", lambda f: f"{f['sockets']:,}"),
        ("request to the other's socket, ms: median, p95, longest", "p95 < 150", lambda f: str(f["two"])),
        ("to all others' of a group", "p95 < 150", lambda f: str(f["group"])),
        ("lost", "0", lambda f: lost(f["two"], f["group"])),
    )


if __name__ == "__main__":
    main()
