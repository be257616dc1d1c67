"""Section 7 of the campus document: what is said in chats, and what has happened in them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.messaging.models import Message, MessageFlag, MessageVersion, Reaction, Update
from onward.domain.writing.models import Flag
from tests import poison
from tests.apis.campus.errors import error
from tests.apis.campus.test_chats import CHATS, begin, made, send, shown
from tests.conftest import client
from tests.factories import RoleFactory, UserFactory

pytestmark = pytest.mark.django_db

FLAGS = "/campus/api/flags/"

MESSAGE = "id chat_id sender_id sender content reply_to_id reactions created_at edited_at is_deleted".split()


@pytest.fixture
def chat(as_ada, ben):
    return begin(as_ada, ben)


@pytest.fixture
def messages(chat):
    return f"{CHATS}{chat['id']}/messages/"


def ids(answered):
    assert answered.status_code == 200, answered.content
    return [row["id"] for row in answered.json()["results"]]


def test_a_message_is_what_was_sent(as_ada, as_ben, ada, chat, messages):
    first = send(as_ada, chat, "  <b>Along</b> the river &amp; *back*\n")

    assert list(first) == MESSAGE
    assert first["content"] == "<b>Along</b> the river &amp; *back*"
    assert (first["chat_id"], first["sender_id"], first["sender"]["username"]) == (chat["id"], ada.pk, ada.username)
    assert (first["reply_to_id"], first["reactions"], first["edited_at"], first["is_deleted"]) == (
        None,
        [],
        None,
        False,
    )
    answer = send(as_ben, chat, "Yes", reply_to_id=first["id"])
    assert answer["reply_to_id"] == first["id"]
    assert as_ben.get(f"{messages}{first['id']}/").json() == first
    assert as_ada.get(messages).json() == {"count": 2, "next": None, "previous": None, "results": [answer, first]}


def test_a_message_says_something_and_not_too_much(as_ada, chat, messages):
    for content in ("", "  ", "\u200b", None, 5, [], "x" * 20_001):
        error(as_ada.post(messages, {"content": content}), 400, "validation_error", "content")
    error(as_ada.post(messages, {}), 400, "validation_error", "content")
    assert send(as_ada, chat, "x" * 20_000)["content"] == "x" * 20_000
    assert Message.objects.count() == 1


def test_a_message_answers_one_of_its_chat_and_no_other(as_ada, cleo, chat, messages):
    elsewhere = send(as_ada, begin(as_ada, cleo))["id"]
    for pk in (elsewhere, 99999999):
        error(as_ada.post(messages, {"content": "x", "reply_to_id": pk}), 400, "validation_error", "reply_to_id")


# Lists


def test_messages_are_read_backwards_page_by_page(as_ada, as_ben, chat, messages):
    sent = [send((as_ada, as_ben)[n % 2], chat, f'{n} {{"id":1,"chat_id":2,"sender_id":3')["id"] for n in range(7)]
    found, address = [], f"{messages}?page_size=3"
    while address:
        page = as_ada.get(address).json()
        # What comes meanwhile doubles no row and hides none.
        send(as_ben, chat)
        found += [row["id"] for row in page["results"]]
        assert len(page["results"]) <= 3
        address = page["next"]

    assert found == sent[::-1]
    assert page["count"] == 9


def test_messages_are_read_on_from_one_in_their_order(as_ada, chat, messages):
    sent = [send(as_ada, chat)["id"] for _ in range(5)]

    first = as_ada.get(messages, {"since_id": sent[0], "page_size": 3}).json()

    assert ([row["id"] for row in first["results"]], first["count"]) == (sent[1:4], 4)
    assert ids(as_ada.get(first["next"])) == sent[4:]
    assert ids(as_ada.get(messages, {"since_id": 0})) == sent
    assert ids(as_ada.get(messages, {"since_id": sent[-1]})) == []
    assert ids(as_ada.get(messages, {"before_id": sent[1]})) == sent[:1]


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "9" * 31, "²"])
@pytest.mark.parametrize("name", ["since_id", "before_id"])
def test_a_number_that_is_none_is_refused(as_ada, chat, messages, name, value):
    error(as_ada.get(messages, {name: value}), 400, "validation_error", name)
    if name == "since_id":
        error(as_ada.get(f"{CHATS}{chat['id']}/updates/", {name: value}), 400, "validation_error", name)


def test_counts_are_right_whatever_was_deleted(as_ada, as_ben, chat, messages):
    sent = [send(as_ben, chat)["id"] for _ in range(6)]
    for pk in (sent[0], sent[3], sent[5]):
        as_ben.delete(f"{messages}{pk}/")

    there = Message.objects.filter(removed_at=None).count()

    assert as_ada.get(messages).json()["count"] == shown(as_ada, chat)["unread_count"] == there == 3
    assert as_ada.get(messages, {"since_id": sent[1]}).json()["count"] == 2


def test_counts_are_those_of_what_is_listed_for_everybody_wherever_they_begin(as_ada, as_ben, as_cleo, ben, cleo, root):
    elsewhere = begin(as_ada, cleo)
    group = begin(as_ada, ben, root)
    path, read = f"{CHATS}{group['id']}/messages/", f"{CHATS}{group['id']}/read/"
    sent = []

    def say(*who):
        for api in who:
            sent.append((api, send(api, group)["id"]))
            send(as_ada, elsewhere)

    say(as_ada, as_ben, as_ben, as_ada)
    as_ben.post(read, {"message_id": sent[1][1]})
    as_ada.put(f"{CHATS}{group['id']}/", {"participants": [ben.pk, root.pk, cleo.pk]})
    say(as_cleo, as_ben, as_ada, as_cleo, as_ben)
    as_cleo.post(read, {"message_id": sent[5][1]})
    for number in (0, 2, 5, 8):
        api, pk = sent[number]
        assert api.delete(f"{path}{pk}/").status_code == 204
    say(as_ada)

    for api, have_read in ((as_ada, 0), (as_ben, sent[1][1]), (as_cleo, sent[5][1])):
        there = api.get(path, {"page_size": 100}).json()
        assert there["count"] == len(there["results"])
        others = [row for row in there["results"] if row["sender_id"] != api.user.pk and row["id"] > have_read]
        assert shown(api, group)["unread_count"] == len(others)
        for since in range(max(0, sent[0][1] - 2), sent[-1][1] + 3):
            as_listed = api.get(path, {"since_id": since, "page_size": 100}).json()
            assert as_listed["count"] == len(as_listed["results"]), since


def test_updates_are_counted_up_to_a_thousand(as_ada, ada, chat):
    last = shown(as_ada, chat)["last_update_id"]
    Update.objects.bulk_create(Update(id=last + n, chat_id=chat["id"], kind="people", user=ada) for n in range(1, 1006))
    path = f"{CHATS}{chat['id']}/updates/"

    assert [as_ada.get(path, {"since_id": last + n}).json()["count"] for n in (0, 5, 6)] == [1000, 1000, 999]


# Changing


def test_a_change_keeps_what_a_message_said_before(as_ada, as_ben, chat, messages):
    path = f"{messages}{send(as_ada, chat, 'Along the river')['id']}/"

    changed = as_ada.put(path, {"content": "Along the sea"}).json()

    assert changed["content"] == "Along the sea"
    assert changed["edited_at"] is not None
    assert as_ada.put(path, changed).json() == changed
    before = as_ada.get(f"{path}history/").json()
    assert {**before, "results": [row["content"] for row in before["results"]]} == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": ["Along the river"],
    }
    error(as_ben.get(f"{path}history/"), 403, "forbidden")
    error(as_ben.put(path, {"content": "x"}), 403, "forbidden")
    error(as_ada.put(path, {}), 400, "validation_error", "content")
    assert MessageVersion.objects.count() == 1


def test_a_message_is_changed_for_a_day(as_ada, chat, messages):
    path = f"{messages}{send(as_ada, chat)['id']}/"
    Message.objects.update(created_at=timezone.now() - timedelta(hours=24))

    error(as_ada.put(path, {"content": "x"}), 409, "conflict")
    # What it says already is no change.
    assert as_ada.put(path, as_ada.get(path).json()).status_code == 200
    assert as_ada.delete(path).status_code == 204


def test_the_sender_deletes_a_message_for_all_and_nobody_else_does(as_ada, as_ben, root, chat, messages):
    path = f"{messages}{send(as_ada, chat)['id']}/"
    error(as_ben.delete(path), 403, "forbidden")
    error(client(root).delete(path), 404, "not_found")

    assert as_ada.delete(path).status_code == 204

    for api in (as_ada, as_ben):
        error(api.get(path), 404, "not_found")
    for call in (
        as_ada.delete,
        lambda path: as_ada.put(path, {"content": "x"}),
        lambda path: as_ada.get(f"{path}history/"),
    ):
        error(call(path), 404, "not_found")
    error(as_ada.post(f"{path}react/", {"emoji": "👍"}), 404, "not_found")


# Reactions


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "❤️", "❤", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇫🇮", "1️⃣"])
def test_a_reaction_is_one_emoji_kept_as_it_was_sent(as_ada, as_ben, ada, ben, chat, messages, emoji):
    path = f"{messages}{send(as_ada, chat)['id']}/react/"

    for said in ({"emoji": emoji}, {"reaction": emoji}):
        found = as_ben.post(path, said)
        assert (found.status_code, found.json()["reactions"]) == (
            200,
            [{"emoji": emoji, "count": 1, "user_ids": [ben.pk]}],
        )
    assert as_ada.post(path, {"emoji": emoji}).json()["reactions"] == [
        {"emoji": emoji, "count": 2, "user_ids": [ben.pk, ada.pk]}
    ]


@pytest.mark.parametrize("emoji", ["", "x", "👍👍", "👍 x", ":thumbs_up:", "1", None, 5, [], "©️" * 40, "\ufe0f"])
def test_what_is_not_one_emoji_is_refused(as_ada, chat, messages, emoji):
    path = f"{messages}{send(as_ada, chat)['id']}/react/"
    error(as_ada.post(path, {"emoji": emoji}), 400, "validation_error", "emoji")
    assert not Reaction.objects.exists()


def test_another_reaction_takes_the_place_of_the_one_before_and_can_be_taken_back(as_ada, as_ben, ben, chat, messages):
    path = f"{messages}{send(as_ada, chat)['id']}/react/"
    as_ada.post(path, {"emoji": "👍"})
    as_ben.post(path, {"emoji": "👍"})
    found = as_ben.post(path, {"emoji": "🎉"}).json()["reactions"]
    assert [(row["emoji"], row["count"]) for row in found] == [("👍", 1), ("🎉", 1)]

    for _ in range(2):
        answered = as_ben.delete(path)
        assert (answered.status_code, [row["emoji"] for row in answered.json()["reactions"]]) == (200, ["👍"])
    # Repeating changes nothing, and is told to nobody.
    assert Update.objects.filter(kind="reaction", user=ben).count() == 3


def test_thirty_reactions_at_once_are_one(together, as_ada, ben, chat, messages):
    message = send(as_ada, chat)
    path = f"{messages}{message['id']}/react/"
    apis = [client(ben) for _ in range(30)]

    answers = together(30, lambda number: apis[number].post(path, {"emoji": "👍"}).status_code)

    assert answers == [200] * 30
    assert Reaction.objects.count() == Update.objects.filter(kind="reaction").count() == 1
    (found,) = as_ada.get(f"{messages}{message['id']}/").json()["reactions"]
    assert found["count"] == Reaction.objects.count()


# What has happened


def test_every_change_is_a_row_of_updates(as_ada, as_ben, ada, ben, cleo):
    chat = begin(as_ada, ben, cleo)
    path = f"{CHATS}{chat['id']}/"
    message = send(as_ada, chat)
    one = f"{path}messages/{message['id']}/"
    as_ada.put(one, {"content": "Changed"})
    as_ben.post(f"{one}react/", {"emoji": "👍"})
    as_ben.post(f"{path}read/", {"message_id": message["id"]})
    as_ada.put(path, {"participants": [ben.pk, cleo.pk], "title": "Walks"})
    kinds = ["people", "message", "edit", "reaction", "read", "chat"]

    mine = as_ben.get(f"{path}updates/").json()

    assert [row["kind"] for row in mine["results"]] == kinds
    assert list(mine["results"][0]) == "id chat_id kind user_id message_id message created_at".split()
    numbers = [row["id"] for row in mine["results"]]
    assert numbers == sorted(numbers)
    # A row says how its message is now.
    assert mine["results"][1]["message"] == as_ben.get(one).json()
    assert shown(as_ben, chat)["last_update_id"] == numbers[-1]
    # How far somebody has read is their own business.
    others = as_ada.get(f"{path}updates/").json()
    assert [row["kind"] for row in others["results"]] == [kind for kind in kinds if kind != "read"]

    as_ada.delete(one)

    (last,) = as_ben.get(f"{path}updates/", {"since_id": numbers[-1]}).json()["results"]
    assert (last["kind"], last["message_id"], last["message"]) == ("deletion", message["id"], None)
    assert [row["message"] for row in as_ben.get(f"{path}updates/").json()["results"]] == [None] * 7


def test_updates_are_read_on_from_a_number(as_ada, chat):
    path = f"{CHATS}{chat['id']}/updates/"
    for _ in range(4):
        send(as_ada, chat)

    first = as_ada.get(path, {"page_size": 2}).json()

    assert first["count"] == 5
    rest = as_ada.get(first["next"]).json()
    assert (rest["count"], len(rest["results"])) == (3, 2)
    last = as_ada.get(rest["next"]).json()
    assert (last["count"], last["next"]) == (1, None)
    seen = [row["id"] for page in (first, rest, last) for row in page["results"]]
    assert seen == sorted(set(seen))
    assert len(seen) == 5


def test_a_newcomers_message_has_two_links_at_most(as_ada, throttled, chat, messages):
    links = "https://a.example www.b.example http://c.example"
    error(as_ada.post(messages, {"content": links}), 400, "validation_error", "content")
    path = f"{messages}{send(as_ada, chat, 'https://a.example www.b.example')['id']}/"
    error(as_ada.put(path, {"content": links}), 400, "validation_error", "content")
    throttled.THROTTLE = False
    assert as_ada.put(path, {"content": links}).status_code == 200


def test_sending_takes_as_many_queries_however_much_there_is(as_ada, chat, queries):
    counts = []
    for _ in range(3):
        for _ in range(5):
            send(as_ada, chat)
        with queries() as asked:
            send(as_ada, chat)
        counts.append(len(asked))

    assert len(set(counts)) == 1
    made(as_ada.post(f"{CHATS}{chat['id']}/messages/", {"content": "x"}))


# Flags


@pytest.fixture
def as_moderator(db):
    user = UserFactory()
    RoleFactory(user=user, area="campus", role="moderator")
    return client(user)


def test_moderators_read_a_flagged_message_with_five_before_it_until_it_is_decided(
    as_ada, as_ben, as_moderator, ada, chat, messages
):
    sent = [send(as_ada, chat, f"{number}")["id"] for number in range(8)]
    as_ada.delete(f"{messages}{sent[4]}/")
    error(as_moderator.get(f"{messages}{sent[6]}/"), 404, "not_found")

    flag = made(as_ben.post(FLAGS, {"message_id": sent[6], "reason": "rude", "note": "Twice"}))

    assert (flag["message_id"], flag["entry_id"], flag["reason"]) == (sent[6], None, "rude")
    error(as_ben.get(FLAGS), 403, "forbidden")
    (row,) = as_moderator.get(FLAGS, {"message_id": sent[6], "resolved": "false"}).json()["results"]
    assert (row["message"]["content"], row["message"]["sender_id"], row["entry"]) == ("6", ada.pk, None)
    assert [one["content"] for one in row["before"]] == ["5", "3", "2", "1", "0"]
    # No more of the chat is theirs to read.
    error(as_moderator.get(messages), 404, "not_found")

    decided = as_moderator.post(f"{FLAGS}{flag['id']}/resolve/", {"action": "remove"}).json()

    assert (decided["action"], decided["before"]) == ("remove", [])
    error(as_ada.get(f"{messages}{sent[6]}/"), 404, "not_found")
    error(as_moderator.post(f"{FLAGS}{flag['id']}/resolve/", {"action": "keep"}), 409, "conflict")
    (*_, last) = as_ben.get(f"{CHATS}{chat['id']}/updates/", {"page_size": 100}).json()["results"]
    assert (last["kind"], last["message_id"]) == ("deletion", sent[6])


def test_a_message_that_is_kept_stays(as_ada, as_ben, as_moderator, chat, messages):
    message = send(as_ada, chat)
    flag = made(as_ben.post(FLAGS, {"message_id": message["id"], "reason": "rude"}))

    assert as_moderator.post(f"{FLAGS}{flag['id']}/resolve/", {"action": "keep"}).json()["action"] == "keep"

    assert as_ben.get(f"{messages}{message['id']}/").json() == message


def test_a_message_is_flagged_once_by_others_who_may_read_it(as_ada, as_ben, as_cleo, as_moderator, chat):
    message = send(as_ada, chat)
    said = {"message_id": message["id"], "reason": "rude"}

    for api in (as_cleo, as_moderator):
        error(api.post(FLAGS, said), 404, "not_found")
    error(as_ada.post(FLAGS, said), 400, "validation_error", "message_id")
    error(as_ben.post(FLAGS, {**said, "entry_id": 1}), 400, "validation_error", "message_id")
    made(as_ben.post(FLAGS, said))
    error(as_ben.post(FLAGS, said), 409, "conflict")
    assert Flag.objects.count() == MessageFlag.objects.count() == 1


# What may break


@pytest.mark.parametrize(
    "field", ["content", "reply_to_id", "emoji", "reaction", "message_id", "archived", "title", "participants"]
)
def test_no_value_makes_an_error_of_ours(as_ada, ben, chat, messages, field):
    message = send(as_ada, chat)
    path = f"{CHATS}{chat['id']}/"
    one = f"{messages}{message['id']}/"
    for value in poison.values():
        said = {"content": "x", "participants": [ben.pk], "emoji": "👍", "reason": "x", field: value}
        if field == "reaction":
            del said["emoji"]
        for call, address in (
            (as_ada.post, messages),
            (as_ada.put, one),
            (as_ada.post, f"{one}react/"),
            (as_ada.post, f"{path}read/"),
            (as_ada.post, f"{path}archive/"),
            (as_ada.post, CHATS),
            (as_ada.put, path),
            (as_ada.post, FLAGS),
        ):
            answered = call(address, said)
            assert answered.status_code in (200, 201, 400, 403, 404, 409), (field, value, answered.content)


@pytest.mark.parametrize("name", ["since_id", "before_id", "page_size", "page", "search", "archived", "ordering"])
def test_no_parameter_makes_an_error_of_ours(as_ada, chat, messages, name):
    send(as_ada, chat)
    for value in poison.values():
        for address in (CHATS, messages, f"{CHATS}{chat['id']}/updates/"):
            answered = as_ada.get(address, {name: str(value).encode(errors="surrogatepass")})
            assert answered.status_code in (200, 400, 404, 410), (name, value, answered.content)
