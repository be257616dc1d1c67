"""Section 7 of the campus document: chats, and who takes part in them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.messaging.models import Chat, Message, Participant, Update
from tests.apis.campus.errors import error
from tests.conftest import client
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

CHATS = "/campus/api/chats/"
CHAT = (
    "id participants members title created_by_id created_at archived unread_count last_message last_update_id".split()
)


def made(answered):
    assert answered.status_code == 201, answered.content
    return answered.json()


def begin(api, *people, **said):
    return made(api.post(CHATS, {"participants": [one.pk for one in people], **said}))


def send(api, chat, content="Hello", **said):
    return made(api.post(f"{CHATS}{chat['id']}/messages/", {"content": content, **said}))


def shown(api, chat):
    return api.get(f"{CHATS}{chat['id']}/").json()


def listed(api, query=""):
    return [row["id"] for row in api.get(f"{CHATS}{query}").json()["results"]]


@pytest.fixture
def eve(db):
    return UserFactory(username="eve", display_name="Eve Ek")


@pytest.fixture
def as_eve(eve):
    return client(eve)


# Beginning one


def test_a_chat_is_who_takes_part_in_it(as_ada, as_ben, ada, ben):
    chat = begin(as_ada, ada, ben)

    assert list(chat) == CHAT
    assert (chat["participants"], chat["created_by_id"], chat["title"]) == ([ada.pk, ben.pk], ada.pk, "")
    assert [list(one) for one in chat["members"]] == [["id", "username", "display_name"]] * 2
    assert (chat["archived"], chat["unread_count"], chat["last_message"]) == (False, 0, None)
    assert shown(as_ada, chat) == shown(as_ben, chat) == chat
    assert as_ben.get(CHATS).json() == {"count": 1, "next": None, "previous": None, "results": [chat]}


def test_each_chat_shows_its_own_people_alone(as_ada, as_ben, as_eve, ada, ben, eve):
    begin(as_ben, ben, eve)
    chat = begin(as_ada, ada, ben)

    assert chat["participants"] == shown(as_ada, chat)["participants"] == [ada.pk, ben.pk]
    assert [one["participants"] for one in as_ben.get(CHATS).json()["results"]] == [[ada.pk, ben.pk], [ben.pk, eve.pk]]


def test_two_people_have_one_chat_whoever_begins_it(as_ada, as_ben, ada, ben, eve):
    chat = begin(as_ada, ben)
    for api, other in ((as_ada, ben), (as_ben, ada)):
        again = api.post(CHATS, {"participants": [other.pk], "title": "Another"})
        assert (again.status_code, again.json()["id"]) == (200, chat["id"])
    # A group is another thing, and there may be several of the same people.
    assert len({chat["id"], begin(as_ada, ben, eve)["id"], begin(as_ada, ben, eve)["id"]}) == 3


@pytest.mark.parametrize("people", [[], None, "x", [0], [99999999], ["ada"], [[1]], [True], [10**30], {}])
def test_a_chat_needs_somebody_else_who_is_there(as_ada, people):
    error(as_ada.post(CHATS, {"participants": people}), 400, "validation_error", "participants")


def test_a_chat_with_oneself_or_with_nobody_named_is_none(as_ada, ada):
    error(as_ada.post(CHATS, {"participants": [ada.pk, ada.pk]}), 400, "validation_error", "participants")
    error(as_ada.post(CHATS, {"title": "x"}), 400, "validation_error", "participants")
    error(
        as_ada.post(CHATS, {"participants": [UserFactory(is_active=False).pk]}), 400, "validation_error", "participants"
    )
    assert not Chat.objects.exists()


def test_nobody_else_sees_a_chat_and_no_admin(as_ada, as_eve, root, ben):
    chat = begin(as_ada, ben)
    message = send(as_ada, chat)
    for api in (as_eve, client(root)):
        for path in ("", "updates/", "messages/", f"messages/{message['id']}/"):
            error(api.get(f"{CHATS}{chat['id']}/{path}"), 404, "not_found")
        error(api.post(f"{CHATS}{chat['id']}/messages/", {"content": "x"}), 404, "not_found")
        error(api.delete(f"{CHATS}{chat['id']}/"), 404, "not_found")
        assert listed(api) == []


# The list


def test_the_chat_that_was_written_in_last_is_first(as_ada, as_ben, ben, eve):
    first, second = begin(as_ada, ben), begin(as_ada, eve)
    assert listed(as_ada) == [second["id"], first["id"]]

    message = send(as_ben, first)

    assert listed(as_ada) == [first["id"], second["id"]]
    assert listed(as_ada, "?ordering=created_at") == [first["id"], second["id"]]
    assert as_ada.get(CHATS).json()["results"][0]["last_message"] == message


def test_chats_are_found_by_title_and_by_names(as_ada, ben, eve, cleo):
    with_eve, group = begin(as_ada, eve), begin(as_ada, ben, cleo, title="Walks by the séa")

    assert listed(as_ada, "?search=EK eve") == [with_eve["id"]]
    assert listed(as_ada, "?search=sea") == [group["id"]]
    assert listed(as_ada, "?search=nobody") == []


def test_an_archived_chat_is_off_ones_own_list_and_can_be_read(as_ada, as_ben, ben):
    chat = begin(as_ada, ben)
    path = f"{CHATS}{chat['id']}/archive/"

    for _ in range(2):
        answered = as_ada.post(path)
        assert (answered.status_code, answered.json()["archived"]) == (200, True)

    assert (listed(as_ada), listed(as_ada, "?archived=true"), listed(as_ben)) == ([], [chat["id"]], [chat["id"]])
    assert shown(as_ada, chat)["archived"] is True
    assert shown(as_ben, chat)["archived"] is False
    assert as_ada.post(path, {"archived": False}).json()["archived"] is False
    assert (listed(as_ada), listed(as_ada, "?archived=true")) == ([chat["id"]], [])


# Leaving


def test_of_two_a_chat_is_gone_for_who_deletes_it_until_it_is_written_in(as_ada, as_ben, ben):
    chat = begin(as_ada, ben)
    send(as_ada, chat)
    assert as_ada.delete(f"{CHATS}{chat['id']}/").status_code == 204

    error(as_ada.get(f"{CHATS}{chat['id']}/"), 404, "not_found")
    error(as_ada.post(f"{CHATS}{chat['id']}/messages/", {"content": "x"}), 404, "not_found")
    assert (listed(as_ada), listed(as_ben)) == ([], [chat["id"]])

    send(as_ben, chat, "Are you there?")

    assert listed(as_ada) == [chat["id"]]
    assert shown(as_ada, chat)["last_message"]["content"] == "Are you there?"


def test_of_two_a_chat_that_was_deleted_comes_back_when_it_is_opened(as_ada, as_ben, ada, ben):
    chat = begin(as_ada, ben)
    for api in (as_ada, as_ben):
        api.delete(f"{CHATS}{chat['id']}/")

    again = as_ada.post(CHATS, {"participants": [ben.pk]})

    assert (again.status_code, again.json()["id"]) == (200, chat["id"])
    assert (listed(as_ada), listed(as_ben)) == ([chat["id"]], [])


def test_who_has_begun_a_group_ends_it_for_all_and_others_leave_it(as_ada, as_ben, as_eve, ada, ben, eve):
    chat = begin(as_ada, ben, eve)
    assert as_ben.delete(f"{CHATS}{chat['id']}/").status_code == 204

    assert shown(as_ada, chat)["participants"] == [ada.pk, eve.pk]
    error(as_ben.get(f"{CHATS}{chat['id']}/"), 404, "not_found")
    assert as_ada.delete(f"{CHATS}{chat['id']}/").status_code == 204
    for api in (as_ada, as_eve):
        error(api.get(f"{CHATS}{chat['id']}/"), 404, "not_found")
        assert listed(api) == []


# Changing


def test_who_comes_sees_what_is_said_from_then_on(as_ada, as_ben, as_eve, ada, ben, eve, cleo):
    chat = begin(as_ada, ben, cleo, title="Walks")
    before = send(as_ben, chat, "Before")
    path = f"{CHATS}{chat['id']}/"

    changed = as_ada.put(path, {"participants": [ben.pk, eve.pk], "title": "Long walks"}).json()

    assert (changed["participants"], changed["title"]) == ([ada.pk, ben.pk, eve.pk], "Long walks")
    error(client(cleo).get(path), 404, "not_found")
    error(as_eve.get(f"{path}messages/{before['id']}/"), 404, "not_found")
    found = shown(as_eve, chat)
    assert (found["unread_count"], found["last_message"]) == (0, None)
    assert as_eve.get(f"{path}messages/").json()["count"] == 0
    error(
        as_eve.post(f"{path}messages/", {"content": "x", "reply_to_id": before["id"]}),
        400,
        "validation_error",
        "reply_to_id",
    )

    after = send(as_ben, chat, "After")
    assert [row["id"] for row in as_eve.get(f"{path}messages/").json()["results"]] == [after["id"]]
    assert (shown(as_eve, chat)["unread_count"], shown(as_ada, chat)["unread_count"]) == (1, 2)
    # A reaction to what was said before concerns those who have read it.
    as_ada.post(f"{path}messages/{before['id']}/react/", {"emoji": "👍"})
    updates = as_eve.get(f"{path}updates/").json()["results"]
    assert [row["kind"] for row in updates] == ["people", "message"]


def test_only_who_has_begun_a_chat_changes_it(as_ada, as_ben, ben, eve):
    chat = begin(as_ada, ben, eve)
    path = f"{CHATS}{chat['id']}/"

    error(as_ben.put(path, {"participants": [eve.pk], "title": "x"}), 403, "forbidden")
    error(as_ada.put(path, {"title": "x"}), 400, "validation_error", "participants")
    error(as_ada.put(path, {"participants": []}), 400, "validation_error", "participants")
    assert shown(as_ada, chat) == chat


def test_what_is_shown_can_be_put_back_and_changes_nothing(as_ada, ben, eve):
    chat = begin(as_ada, ben, eve, title="Walks")
    send(as_ada, chat)
    before = shown(as_ada, chat)

    assert as_ada.put(f"{CHATS}{chat['id']}/", before).json() == before


def test_a_chat_of_two_has_a_title_and_stays_one_of_two(as_ada, ben, eve):
    chat = begin(as_ada, ben)
    path = f"{CHATS}{chat['id']}/"

    assert as_ada.put(path, {**chat, "title": "Us"}).json()["title"] == "Us"
    error(as_ada.put(path, {"participants": [ben.pk, eve.pk]}), 400, "validation_error", "participants")


# Unread


def test_unread_are_others_messages_after_the_last_that_was_read(as_ada, as_ben, ben):
    chat = begin(as_ada, ben)
    first, own, last = send(as_ben, chat), send(as_ada, chat), send(as_ben, chat)
    path = f"{CHATS}{chat['id']}/read/"
    assert (shown(as_ada, chat)["unread_count"], shown(as_ben, chat)["unread_count"]) == (2, 1)

    assert as_ada.post(path, {"message_id": first["id"]}).json()["unread_count"] == 1
    assert as_ada.post(path, {"message_id": last["id"]}).json()["unread_count"] == 0
    # It only moves forward.
    assert as_ada.post(path, {"message_id": own["id"]}).json()["unread_count"] == 0
    for pk in (99999999, 0):
        error(as_ada.post(path, {"message_id": pk}), 404, "not_found")
    error(as_ada.post(path, {}), 400, "validation_error", "message_id")


def test_a_deleted_message_leaves_no_chat_unread(as_ada, as_ben, ben):
    chat = begin(as_ada, ben)
    message = send(as_ben, chat)
    as_ben.delete(f"{CHATS}{chat['id']}/messages/{message['id']}/")

    found = shown(as_ada, chat)

    assert (found["unread_count"], found["last_message"]) == (0, None)


# Newcomers


def test_in_its_first_day_an_account_begins_five_chats(as_ada, ada, throttled):
    crowd = UserFactory.create_batch(7)
    for other in crowd[:5]:
        begin(as_ada, other)

    refused = as_ada.post(CHATS, {"participants": [crowd[5].pk]})

    error(refused, 429, "throttled")
    assert 0 < int(refused["Retry-After"]) <= 86400
    # One that is there is opened as before.
    assert as_ada.post(CHATS, {"participants": [crowd[0].pk]}).status_code == 200
    ada.created_at = timezone.now() - timedelta(hours=25)
    ada.save()
    begin(as_ada, crowd[6])


def test_thirty_chats_of_a_newcomer_at_once_are_five(together, ada, throttled):
    crowd, apis = UserFactory.create_batch(30), [client(ada) for _ in range(30)]
    throttled.THROTTLE_OF_API = {}

    together(30, lambda number: apis[number].post(CHATS, {"participants": [crowd[number].pk]}))

    assert Chat.objects.count() == 5


# At once


def test_thirty_who_begin_a_chat_of_two_at_once_get_one(together, ada, ben):
    apis = [client((ada, ben)[number % 2]) for number in range(30)]
    other = (ben.pk, ada.pk)

    answers = together(30, lambda number: apis[number].post(CHATS, {"participants": [other[number % 2]]}))

    assert sorted(answered.status_code for answered in answers) == [200] * 29 + [201]
    assert len({answered.json()["id"] for answered in answers}) == 1
    assert (Chat.objects.count(), Participant.objects.count()) == (1, 2)


def test_thirty_who_read_at_once_stay_at_the_last_message(together, as_ben, ada, ben):
    chat = begin(as_ben, ada)
    messages = [send(as_ben, chat) for _ in range(30)]
    apis = [client(ada) for _ in range(30)]

    together(30, lambda n: apis[n].post(f"{CHATS}{chat['id']}/read/", {"message_id": messages[n]["id"]}))

    mine = Participant.objects.get(user=ada)
    assert mine.read_id == messages[-1]["id"]
    # Each row of updates tells of a move forward.
    moves = list(Update.objects.filter(kind="read").order_by("pk").values_list("message_id", flat=True))
    assert moves == sorted(set(moves))
    assert mine.own_update_id == Update.objects.order_by("-pk").first().pk


def test_thirty_messages_at_once_have_places_without_gaps_in_the_order_of_their_numbers(together, as_ada, ada, ben):
    chat = begin(as_ada, ben)
    apis = [client((ada, ben)[number % 2]) for number in range(30)]

    together(30, lambda number: send(apis[number], chat, str(number)))

    places = list(Message.objects.order_by("pk").values_list("place", flat=True))
    assert places == list(range(1, 31))
    found = shown(as_ada, chat)
    assert found["unread_count"] == Message.objects.exclude(sender=ada).count() == 15
    updates = as_ada.get(f"{CHATS}{chat['id']}/updates/", {"page_size": 100}).json()
    assert [row["message_id"] for row in updates["results"] if row["kind"] == "message"] == list(
        Message.objects.order_by("pk").values_list("pk", flat=True)
    )
    assert updates["results"][-1]["id"] == found["last_update_id"]


@pytest.mark.parametrize("size", [1, 12])
def test_reading_takes_two_queries_however_much_there_is(as_ada, as_ben, ada, queries, size):
    for _ in range(size):
        chat = begin(as_ben, ada, UserFactory())
        for _ in range(size):
            message = send(as_ben, chat)
    path = f"{CHATS}{chat['id']}/"
    for one in (CHATS, path, f"{path}messages/", f"{path}messages/{message['id']}/", f"{path}updates/"):
        as_ada.get(one)
        with queries() as asked:
            assert as_ada.get(one).status_code == 200
        assert len(asked) == 2, one
