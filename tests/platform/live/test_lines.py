"""Lines: whose they are, what they are told, and how they end."""

import asyncio
import json
from uuid import uuid4

import pytest
from django.utils import timezone

from onward.platform.events.models import EventRecord
from onward.platform.live import frames, switchboard
from onward.platform.live.line import MOST_WAITING
from onward.platform.live.mouth import Holder, Message, Refused
from onward.platform.live.switchboard import MOST_OF_ONE, MOST_REPLAYED, Switchboard
from tests.platform.live.exchange import Client, Closed, here, play
from tests.wire import masked

SESSION = uuid4()


class Words:
    """A mouth that tells words, and lets in whoever names an account."""

    names = frozenset({"test.said"})
    channels = frozenset({"loud", "quiet"})

    def recognises(self, scope):
        return True

    def admit(self, scope):
        given = scope["query_string"].decode()
        return Holder(int(given), SESSION) if given.isdigit() else None

    def messages(self, happened):
        return [
            Message(event.owner_id, event.id, event.payload.get("channel", "loud"), {"type": "said", **event.payload})
            for event in happened
        ]

    def opened(self, line):
        return {"type": "opened"}

    def heard(self, line, said, board):
        match said.get("type"):
            case "catch_up":
                board.act(line, board.catch_up(line, said["since"]))
                return None
            case "quiet":
                line.channels = frozenset({"quiet"})
                return {"type": "ok"}
            case "echo":
                return {"type": "echo", "is": said["is"]}
        raise Refused("unknown_type", "No.")


@pytest.fixture(autouse=True)
def _in_this_thread(monkeypatch, db):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


MOUTH = Words()


@pytest.fixture
def over():
    """Sessions that have ended."""
    return []


@pytest.fixture
def board(over):
    return Switchboard([MOUTH], here, here, lambda asked: [found for found in asked if found in over])


def say(owner_id: int, *words: str, name: str = "test.said", **more: str) -> int:
    """Have things happen; returns the number of the last."""
    rows = [
        EventRecord.objects.create(
            name=name, owner_id=owner_id, payload={"word": word, **more}, happened_at=timezone.now()
        )
        for word in words
    ]
    return rows[-1].pk


def test_every_line_of_an_account_is_told_what_happens_to_it_and_no_other_account_is(board):
    async def scene():
        before = say(1, "before")
        first, second = await Client(board, MOUTH).connect("1"), await Client(board, MOUTH).connect("1")
        other = await Client(board, MOUTH).connect("2")
        assert first.first == {"type": "opened", "seq": before}
        say(1, "unheard of", name="test.else")
        number = say(1, "one")
        for client in (first, second):
            assert await client.receive() == {"type": "said", "word": "one", "seq": number}
        say(2, "two")
        assert (await other.receive())["word"] == "two"
        assert await first.ask({"type": "echo", "is": 1}) == {"type": "echo", "is": 1, "seq": number}

    play(scene)


@pytest.mark.parametrize("turns", range(8))
def test_who_comes_at_the_very_moment_when_the_tail_has_begun_is_let_in(turns):
    late = []

    async def work(function, *arguments):
        for _ in range(turns if late else 0):
            await asyncio.sleep(0)
        late.append(arguments)
        return function(*arguments)

    board = Switchboard([MOUTH], here, work, lambda asked: [])

    async def scene():
        clients = [Client(board, MOUTH) for _ in range(3)]
        await asyncio.gather(*(client.connect("1") for client in clients))
        assert board.lines == 3

    play(scene)


def test_how_many_lines_are_open_and_what_they_were_told_is_noted():
    noted = []
    board = Switchboard([MOUTH], here, here, lambda asked: [], lambda *numbers: noted.append(numbers))

    async def scene():
        first, second = await Client(board, MOUTH).connect("1"), await Client(board, MOUTH).connect("1")
        with pytest.raises(Closed):
            await Client(board, MOUTH).connect("nobody")
        assert noted[-1] == (2, 0)
        say(1, "one", "two")
        say(3, "to nobody here")
        for client in (first, second):
            assert [(await client.receive())["word"] for _ in range(2)] == ["one", "two"]
        await first.ask({"type": "echo", "is": 1})
        assert noted[-1] == (2, 4)
        first.ours.close()
        while noted[-1] != (1, 4):
            await asyncio.sleep(0)

    play(scene)


def test_a_client_that_comes_back_gets_what_it_has_missed_once_and_then_what_comes(board):
    async def scene():
        first = await Client(board, MOUTH).connect("1")
        since = say(1, "seen")
        assert (await first.receive())["seq"] == since
        first.ours.close()
        say(1, "missed", "missed, too")
        say(2, "not mine")
        again = await Client(board, MOUTH).connect("1")
        say(1, "meanwhile")
        await again.send({"type": "catch_up", "since": since})
        told = await again.until("caught_up")
        if told[-2]["word"] != "meanwhile":
            told.append(await again.receive())
        words = [message["word"] for message in told if message["type"] == "said"]
        assert sorted(words) == ["meanwhile", "missed", "missed, too"]
        assert [word for word in words if word != "meanwhile"] == ["missed", "missed, too"]
        # Asked from where it is now, nothing is left to tell.
        assert (await again.ask({"type": "catch_up", "since": told[-1]["seq"]}))["type"] == "caught_up"

    play(scene)


@pytest.mark.parametrize(
    ("missed", "since", "answer"),
    [(MOST_REPLAYED, 0, "caught_up"), (MOST_REPLAYED + 1, 0, "resync"), (0, 10**15, "resync")],
)
def test_who_has_missed_too_much_or_comes_from_elsewhere_fetches_everything(board, missed, since, answer):
    async def scene():
        if missed:
            say(1, *map(str, range(missed)))
        client = await Client(board, MOUTH).connect("1")
        await client.send({"type": "catch_up", "since": since})
        told = await client.until(answer)
        assert len(told) == (missed + 1 if answer == "caught_up" else 1)

    play(scene)


def test_a_client_that_reads_too_slowly_is_told_so_and_goes_on_from_there(board):
    async def scene():
        client = await Client(board, MOUTH).connect("1")
        client.line.pause_writing()
        for number in range(MOST_WAITING + 3):
            client.line.since = 0
            board._deliver(MOUTH, Message(1, 1000 + number, "loud", {"type": "said", "word": str(number)}))
        client.line.resume_writing()
        assert await client.receive() == {"type": "resync", "seq": 1000 + MOST_WAITING}
        assert [(await client.receive())["word"] for _ in range(2)] == ["101", "102"]

    play(scene)


def test_a_client_that_does_not_want_a_channel_is_not_told_of_it(board):
    async def scene():
        client = await Client(board, MOUTH).connect("1")
        await client.ask({"type": "quiet"})
        say(1, "loud")
        say(1, "quiet", channel="quiet")
        assert (await client.receive())["word"] == "quiet"
        await client.send({"type": "catch_up", "since": 0})
        assert [message.get("word") for message in await client.until("caught_up")] == [None]

    play(scene)


@pytest.mark.parametrize("said", ["", "{", "[]", "7", '{"type":NaN}', "[" * 4000, '{"type":"\\ud800"}', '{"type":{}}'])
def test_nonsense_is_answered_and_the_line_stays_open(board, said):
    async def scene():
        client = await Client(board, MOUTH).connect("1")
        assert (await client.ask(said))["type"] == "error"
        assert (await client.ask({"type": "echo", "is": 2}))["is"] == 2

    play(scene)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (masked(frames.BINARY, b"x"), 1003),
        (masked(frames.TEXT, b"x" * 4097), 1009),
        (masked(frames.TEXT, b"\xff"), 1007),
        (masked(frames.CLOSE, b"\x03\xe9"), 1001),
        (masked(frames.CLOSE, b""), 1000),
    ],
)
def test_a_line_is_closed_with_the_code_that_says_why(board, sent, code):
    async def scene():
        client = await Client(board, MOUTH).connect("1")
        await client.send(sent)
        with pytest.raises(Closed) as closed:
            await client.receive()
        assert closed.value.code == code
        client.ours.close()
        while board.lines:
            await asyncio.sleep(0)

    play(scene)


def test_who_is_not_let_in_is_told_why(board):
    async def scene():
        with pytest.raises(Closed) as closed:
            await Client(board, MOUTH).connect("nobody")
        assert closed.value.code == 4401

    play(scene)


def test_an_account_has_twenty_lines_and_another_when_one_has_ended(board):
    async def scene():
        clients = [await Client(board, MOUTH).connect("1") for _ in range(MOST_OF_ONE)]
        with pytest.raises(Closed) as closed:
            await Client(board, MOUTH).connect("1")
        assert closed.value.code == 4429
        clients[0].ours.close()
        while board.lines == MOST_OF_ONE:
            await asyncio.sleep(0)
        assert (await Client(board, MOUTH).connect("1")).first["type"] == "opened"

    play(scene)


def test_the_end_of_a_session_closes_its_lines(board, over):
    async def scene():
        client = await Client(board, MOUTH).connect("1")
        over.append(SESSION)
        with pytest.raises(Closed) as closed:
            await client.receive()
        assert closed.value.code == 4401

    play(scene)


def test_a_ping_of_the_protocol_is_answered_with_its_payload(board):
    async def scene():
        client = await Client(board, MOUTH).connect("1")
        assert await client.ask(masked(frames.PING, b"here?")) == {"kind": frames.PONG, "payload": b"here?"}

    play(scene)


def test_a_client_that_says_too_much_at_once_is_heard_later(board):
    async def scene():
        client = await Client(board, MOUTH).connect("1")
        await client.send(masked(frames.TEXT, json.dumps({"type": "echo", "is": 1}).encode()) * 150)
        for _ in range(150):
            assert (await client.receive())["is"] == 1

    play(scene)


def test_nobody_looks_at_the_database_while_nobody_listens(board, queries):
    async def scene():
        client = await Client(board, MOUTH).connect("1")
        client.ours.close()
        while board.lines:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert board._running == []

    play(scene)


def test_a_look_at_nothing_new_is_one_statement(board, queries):
    async def scene():
        client = await Client(board, MOUTH).connect("1")
        board._stop()
        with queries() as asked:
            await board._tail.look()
        assert len(asked) == 1
        client.ours.close()

    play(scene)


def test_a_database_that_does_not_answer_loses_nothing(board, monkeypatch):
    async def scene():
        client = await Client(board, MOUTH).connect("1")
        read, failures = board._tail._read, iter([True, True])

        def failing(position):
            if next(failures, False):
                raise ConnectionError
            return read(position)

        monkeypatch.setattr(switchboard.reading, "MOST", 2)
        monkeypatch.setattr("onward.platform.live.tail.PAUSE", 0)
        monkeypatch.setattr(board._tail, "_read", failing)
        say(1, "one", "two", "three")
        assert [(await client.receive())["word"] for _ in range(3)] == ["one", "two", "three"]

    play(scene)


def test_what_is_held_up_is_looked_for_again_soon_and_then_as_seldom_as_anything(board, monkeypatch):
    async def scene():
        client = await Client(board, MOUTH).connect("1")
        board._stop()
        held, pauses = iter([True] * 6 + [False] * 2), []

        async def look():
            board._tail._horizon.is_held_up = next(held)
            return False

        async def pause(seconds):
            pauses.append(seconds)
            if len(pauses) > 8:
                raise asyncio.CancelledError

        monkeypatch.setattr(board._tail, "look", look)
        monkeypatch.setattr("onward.platform.live.tail.asyncio.sleep", pause)
        with pytest.raises(asyncio.CancelledError):
            await board._tail.follow()
        monkeypatch.undo()
        assert pauses == [0.1, 0.0125, 0.025, 0.05, 0.1, 0.1, 0.1, 0.1, 0.1]
        client.ours.close()

    play(scene)


def test_what_could_not_be_told_is_said_to_be_missed(board, monkeypatch):
    async def scene():
        client = await Client(board, MOUTH).connect("1")
        failures = iter([True])

        def failing(self, happened, messages=Words.messages):
            if next(failures, False):
                raise ConnectionError
            return messages(self, happened)

        monkeypatch.setattr(Words, "messages", failing)
        monkeypatch.setattr("onward.platform.live.tail.PAUSE", 0)
        number = say(1, "lost")
        assert await client.receive() == {"type": "resync", "seq": number}
        say(1, "told")
        assert (await client.receive())["word"] == "told"

    play(scene)


def test_a_client_that_has_left_before_it_was_let_in_keeps_nothing_running(board):
    async def scene():
        client = Client(board, MOUTH)
        begin = board._begin

        async def left():
            client.line._cut()
            await asyncio.sleep(0.05)
            await begin()

        board._begin = left
        with pytest.raises(Closed):
            await client.connect("1")
        assert board._running == []
        assert board.lines == 0

    play(scene)
