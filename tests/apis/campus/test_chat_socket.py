"""The socket of chats, on which what changes is told as it happens (docs/apis/campus.md)."""

import json

import pytest

from onward.apis.campus import live
from onward.apis.campus.live import Chats
from onward.config.mouths import MOUTHS, sessions_over
from onward.domain.messaging.models import Chat, Message, Update
from onward.platform.events.models import EventRecord
from onward.platform.live.reading import events
from onward.platform.live.switchboard import Switchboard
from tests import poison
from tests.apis.campus.test_chats import CHATS, begin, send, shown
from tests.factories import UserFactory
from tests.platform.live.exchange import Client, Closed, here, play

pytestmark = pytest.mark.django_db


@pytest.fixture
def mouth():
    return Chats()


@pytest.fixture
def board(monkeypatch, mouth):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    monkeypatch.setattr(live, "GATHERED", 0.01)
    return Switchboard([mouth], here, here, sessions_over)


@pytest.fixture
def tab(board, mouth):
    """Open the socket for a client: ``await tab(as_ada)``."""

    async def opened(api):
        found = api.post(f"{CHATS}socket-token/").json()
        assert list(found) == ["token", "expires_in"]
        assert found["expires_in"] == 60
        opened = await Client(board, mouth).connect(f"token={found['token']}")
        assert opened.first["type"] == "open"
        return opened

    return opened


def updates(api, chat, since=0):
    return api.get(f"{CHATS}{chat['id']}/updates/", {"since_id": since, "page_size": 100}).json()["results"]


def test_it_is_served_under_both_prefixes():
    assert MOUTHS["/campus/api/chats/socket"] is MOUTHS["/api/chats/socket"]


def test_everybody_who_takes_part_is_told_the_rows_of_updates_and_nobody_else_is(tab, as_ada, as_ben, as_cleo, ben):
    async def scene():
        chat = begin(as_ada, ben)
        ada, ben_, cleo = await tab(as_ada), await tab(as_ben), await tab(as_cleo)
        send(as_ada, chat)
        (*_, row) = updates(as_ben, chat)
        for one in (ada, ben_):
            assert await one.receive() == {"type": "update", "update": row, "seq": row["id"]}
        assert (await cleo.ask({"type": "ping"}))["type"] == "pong"

    play(scene)


def test_a_token_opens_one_socket_and_none_without_it_is_opened(board, mouth, as_ada):
    async def scene():
        token = as_ada.post(f"{CHATS}socket-token/").json()["token"]
        await Client(board, mouth).connect(f"token={token}")
        for query in (f"token={token}", "token=x", "", f"token={token}&token={token}"):
            with pytest.raises(Closed) as closed:
                await Client(board, mouth).connect(query)
            assert closed.value.code == 4401

    play(scene)


def test_the_socket_closes_with_the_session(tab, as_ada):
    async def scene():
        one = await tab(as_ada)
        assert as_ada.post("/copilot/api/v1/auth/logout").status_code < 300
        with pytest.raises(Closed) as closed:
            await one.receive()
        assert closed.value.code == 4401

    play(scene)


def test_a_chat_that_was_cut_is_caught_up_in_order_with_nothing_twice(tab, as_ada, as_ben, ada, ben):
    """A story: Ben's train goes through a tunnel while Ada writes, changes, deletes and reacts."""

    async def scene():
        chat = begin(as_ada, ben)
        path = f"{CHATS}{chat['id']}/"
        train = await tab(as_ben)
        first = send(as_ada, chat, "Are you on the train?")
        seen = (await train.receive())["seq"]
        train.ours.close()

        # In the tunnel.
        second = send(as_ada, chat, "Platform 3")
        as_ada.put(f"{path}messages/{second['id']}/", {"content": "Platform 4"})
        third = send(as_ada, chat, "Forget it")
        as_ada.delete(f"{path}messages/{third['id']}/")
        as_ada.post(f"{path}messages/{first['id']}/react/", {"emoji": "🚂"})

        # Out of it: the socket and the list tell the same.
        again = await tab(as_ben)
        await again.send({"type": "catch_up", "since": seen})
        *told, end = await again.until("caught_up")
        assert [one["update"] for one in told] == updates(as_ben, chat, seen)
        assert [one["update"]["kind"] for one in told] == ["message", "edit", "message", "deletion", "reaction"]
        assert [one["seq"] for one in told] == sorted({one["update"]["id"] for one in told})
        assert [(one["update"]["message"] or {}).get("content") for one in told] == [
            "Platform 4",
            "Platform 4",
            None,
            None,
            "Are you on the train?",
        ]
        assert end["seq"] == told[-1]["seq"] == shown(as_ben, chat)["last_update_id"]

        # And on it goes.
        send(as_ada, chat, "See you")
        assert (await again.receive())["update"]["message"]["content"] == "See you"
        assert shown(as_ben, chat)["unread_count"] == 3
        await again.send({"type": "catch_up", "since": Update.objects.order_by("-pk").first().pk})
        assert [one["type"] for one in await again.until("caught_up")] == ["caught_up"]

    play(scene)


def test_who_comes_to_a_group_is_told_from_then_on_and_who_is_taken_out_that_it_is_gone(
    tab, as_ada, as_ben, as_cleo, ben, cleo
):
    async def scene():
        eve = UserFactory()
        chat = begin(as_ada, ben, eve)
        before = send(as_ada, chat)
        ben_, cleo_ = await tab(as_ben), await tab(as_cleo)
        as_ada.put(f"{CHATS}{chat['id']}/", {"participants": [cleo.pk, eve.pk]})

        assert {k: v for k, v in (await ben_.receive()).items() if k != "seq"} == {
            "type": "gone",
            "chat_id": chat["id"],
        }
        assert (await cleo_.receive())["update"]["kind"] == "people"
        as_ada.post(f"{CHATS}{chat['id']}/messages/{before['id']}/react/", {"emoji": "👍"})
        send(as_ada, chat, "After")
        assert (await cleo_.receive())["update"]["message"]["content"] == "After"
        assert (await ben_.ask({"type": "ping"}))["type"] == "pong"
        # What was missed is what they may see.
        again = await tab(as_cleo)
        await again.send({"type": "catch_up", "since": 0})
        assert [one["update"]["kind"] for one in (await again.until("caught_up"))[:-1]] == ["people", "message"]
        again = await tab(as_ben)
        await again.send({"type": "catch_up", "since": 0})
        assert [one["type"] for one in await again.until("caught_up")] == ["caught_up"]

    play(scene)


def test_how_far_somebody_has_read_is_told_to_their_own_tabs_only(tab, as_ada, as_ben, ben):
    async def scene():
        chat = begin(as_ada, ben)
        message = send(as_ada, chat)
        ada, ben_ = await tab(as_ada), await tab(as_ben)
        as_ben.post(f"{CHATS}{chat['id']}/read/", {"message_id": message["id"]})
        assert (await ben_.receive())["update"]["kind"] == "read"
        assert (await ada.ask({"type": "ping"}))["type"] == "pong"

    play(scene)


def test_a_group_that_ends_is_gone_for_all(tab, as_ada, as_ben, ben, cleo):
    async def scene():
        chat = begin(as_ada, ben, cleo)
        ben_ = await tab(as_ben)
        as_ada.delete(f"{CHATS}{chat['id']}/")
        assert (await ben_.receive())["type"] == "gone"

    play(scene)


def test_who_was_away_too_long_is_told_to_fetch_everything(tab, as_ada, ben):
    async def scene():
        chat = begin(as_ada, ben)
        send(as_ada, chat)
        Chat.objects.update(forgotten_update_id=Update.objects.order_by("-pk").first().pk)
        one = await tab(as_ada)
        assert (await one.ask({"type": "catch_up", "since": 0}))["type"] == "resync"

    play(scene)


# Stored nowhere


def test_others_are_told_that_somebody_types_and_not_too_often(tab, as_ada, as_ben, ada, ben):
    async def scene():
        chat = begin(as_ada, ben)
        before = Update.objects.count(), Message.objects.count()
        one, other = await tab(as_ada), await tab(as_ben)
        for _ in range(5):
            await one.send({"type": "typing", "chat_id": chat["id"]})
        told = await other.receive()
        assert {k: v for k, v in told.items() if k != "seq"} == {
            "type": "typing",
            "chat_id": chat["id"],
            "user_id": ada.pk,
        }
        # Oneself is not told, and of the others of the five nobody is.
        assert (await one.ask({"type": "ping"}))["type"] == "pong"
        assert (await other.ask({"type": "ping"}))["type"] == "pong"
        assert (Update.objects.count(), Message.objects.count()) == before

    play(scene)


def test_who_watches_a_chat_is_told_who_is_there(tab, board, mouth, as_ada, as_ben, ada, ben):
    async def scene():
        chat = begin(as_ada, ben)
        one = await tab(as_ada)
        there = await one.ask({"type": "watch", "chat_ids": [chat["id"]]})
        assert (there["type"], there["chat_id"], there["online"]) == ("presence", chat["id"], [ada.pk])

        other = await tab(as_ben)
        assert (await one.receive())["online"] == [ada.pk, ben.pk]
        other.ours.close()
        assert (await one.receive())["online"] == [ada.pk]

        # Watching nothing, one is told nothing, and nothing is kept of it.
        await one.send({"type": "watch", "chat_ids": []})
        assert (await one.ask({"type": "ping"}))["type"] == "pong"
        assert mouth._watched == {}

    play(scene)


def test_what_is_anothers_can_neither_be_watched_nor_typed_in(tab, as_ada, as_cleo, ben):
    async def scene():
        chat = begin(as_ada, ben)
        one = await tab(as_cleo)
        for said in ({"type": "watch", "chat_ids": [chat["id"]]}, {"type": "typing", "chat_id": chat["id"]}):
            answered = await one.ask(said)
            assert (answered["type"], answered["code"]) == ("error", "not_found")
        answered = await one.ask({"type": "watch", "chat_ids": list(range(1, 22))})
        assert answered["code"] == "invalid_message"

    play(scene)


@pytest.mark.parametrize("field", ["type", "chat_id", "chat_ids", "since"])
def test_no_value_breaks_the_socket(tab, as_ada, ben, field):
    async def scene():
        chat = begin(as_ada, ben)
        one = await tab(as_ada)
        kinds = [""] if field == "type" else ["catch_up", "typing", "watch"]
        for value in poison.values():
            for kind in kinds:
                for given in (value, [value]):
                    said = {"type": kind, "chat_id": chat["id"], "chat_ids": [], "since": 0, field: given}
                    text = json.dumps(said)
                    if len(text) < 4000:
                        await one.send(text)
                        await one.send({"type": "ping"})
                        await one.until("pong")

    play(scene)


def test_a_batch_takes_as_many_questions_however_many_are_told(tab, queries, mouth, as_ada, ben):
    chat = begin(as_ada, ben, UserFactory(), UserFactory())
    for _ in range(5):
        send(as_ada, chat)
    happened = events(after=0, until=EventRecord.objects.order_by("-pk").first().pk, names=mouth.names)

    with queries() as asked:
        told = mouth.messages(happened)

    assert len(told) == 6 * 4
    assert len(asked) == 2
