"""Searching the messages of a chat by their words."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from onward.domain.messaging.index import MESSAGES, NAME, VERSION, WATCHED
from onward.domain.messaging.models import Message
from onward.domain.messaging.queries import search
from onward.domain.messaging.services.index import catch_up
from onward.domain.messaging.services.sweeping import forget_ended
from onward.platform.search.watching import watch
from tests import poison
from tests.apis.campus.errors import error
from tests.apis.campus.test_chats import CHATS, begin, send
from tests.conftest import client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _watched(db):
    watch(NAME, WATCHED, version=VERSION)


@pytest.fixture(params=[True, False], ids=["indexed", "just written"])
def settled(request):
    """Bring the index up to date, or leave it behind."""
    return catch_up if request.param else lambda: None


def path(chat):
    return f"{CHATS}{chat['id']}/messages/"


def found(api, chat, words, **asked):
    answered = api.get(path(chat), {"search": words, **asked})
    assert answered.status_code == 200, answered.content
    return answered.json()


def ids(api, chat, words, **asked):
    page = found(api, chat, words, **asked)
    return [row["id"] for row in page["results"]]


def test_messages_are_found_by_every_word_with_any_ending_the_latest_first(as_ada, as_ben, ben, settled):
    chat = begin(as_ada, ben)
    first = send(as_ada, chat, "Walking along the RÍVER")
    send(as_ada, chat, "Along the sea")
    last = send(as_ben, chat, "Rivers? I walk there, too")
    settled()

    assert found(as_ben, chat, "river walks") == {"count": 2, "next": None, "previous": None, "results": [last, first]}
    assert ids(as_ada, chat, "river sea") == []
    assert ids(as_ada, chat, "東京") == []
    # Nothing is looked for.
    assert len(ids(as_ada, chat, "  ")) == 3


def test_nothing_is_found_of_other_chats_and_nothing_by_others(as_ada, as_cleo, ben, cleo, root, settled):
    chat, other = begin(as_ada, ben), begin(as_ada, cleo)
    here, there = send(as_ada, chat, "river"), send(as_ada, other, "river")
    send(as_ada, other, f"chat:{chat['id']} river")
    settled()

    assert ids(as_ada, chat, "river") == [here["id"]]
    assert there["id"] in ids(as_cleo, other, "river")
    for api in (as_cleo, client(root)):
        error(api.get(path(chat), {"search": "river"}), 404, "not_found")
    error(as_ada.get(f"{CHATS}99999999/messages/", {"search": "river"}), 404, "not_found")


def test_who_has_left_or_deleted_a_chat_finds_nothing_in_it(as_ada, as_ben, ben, cleo, settled):
    for people in ([ben], [ben, cleo]):
        chat = begin(as_ada, *people)
        send(as_ada, chat, "river")
        settled()
        assert as_ben.delete(f"{CHATS}{chat['id']}/").status_code == 204

        error(as_ben.get(path(chat), {"search": "river"}), 404, "not_found")


def test_a_newcomer_finds_what_was_said_since_they_came(as_ada, ben, cleo, root, settled):
    as_root = client(root)
    chat = begin(as_ada, ben, cleo)
    before = send(as_ada, chat, "river")["id"]
    people = [ben.pk, cleo.pk, root.pk]
    assert as_ada.put(f"{CHATS}{chat['id']}/", {"participants": people, "title": "x"}).status_code == 200
    after = send(as_ada, chat, "river")["id"]
    settled()

    assert (ids(as_ada, chat, "river"), ids(as_root, chat, "river")) == ([after, before], [after])
    assert found(as_root, chat, "river")["count"] == 1
    assert ids(as_root, chat, "river", since_id=0) == [after]


def test_a_deleted_message_is_never_found(as_ada, as_ben, ben, settled):
    chat = begin(as_ada, ben)
    kept, gone = (send(as_ada, chat, "river")["id"] for _ in range(2))
    settled()
    assert as_ada.delete(f"{path(chat)}{gone}/").status_code == 204

    for _ in range(2):
        page = found(as_ben, chat, "river")
        assert ([row["id"] for row in page["results"]], page["count"]) == ([kept], 1)
        catch_up()
    # Not in the index, either.
    assert MESSAGES.find([["river"]], most=10) == [kept]


def test_a_changed_message_is_found_by_what_it_says_now(as_ada, as_ben, ben, settled):
    chat = begin(as_ada, ben)
    message = send(as_ada, chat, "river")["id"]
    settled()
    assert as_ada.put(f"{path(chat)}{message}/", {"content": "Lakes"}).status_code == 200

    for _ in range(2):
        assert (ids(as_ben, chat, "river"), ids(as_ben, chat, "lake")) == ([], [message])
        catch_up()


def test_the_words_of_a_chat_that_has_ended_leave_the_index(as_ada, ben, cleo):
    chat = begin(as_ada, ben, cleo)
    message = send(as_ada, chat, "river")["id"]
    catch_up()
    assert MESSAGES.find([["river"]], most=10) == [message]
    assert as_ada.delete(f"{CHATS}{chat['id']}/").status_code == 204

    forget_ended(at=timezone.now() + timedelta(days=31))
    catch_up()

    assert MESSAGES.find([["river"]], most=10) == []


def test_what_is_found_is_read_on_page_by_page(as_ada, ben, settled):
    chat = begin(as_ada, ben)
    sent = [send(as_ada, chat, ("river", "sea")[number % 2])["id"] for number in range(10)]
    settled()
    seen, address = [], f"{path(chat)}?search=river&page_size=2"
    while address:
        page = as_ada.get(address).json()
        assert (len(page["results"]) <= 2, page["count"]) == (True, 5)
        seen += [row["id"] for row in page["results"]]
        address = page["next"]

    assert seen == sent[::2][::-1]
    assert ids(as_ada, chat, "river", since_id=sent[2]) == [sent[8], sent[6], sent[4]]
    assert ids(as_ada, chat, "river", since_id=sent[2], before_id=sent[6]) == [sent[4]]
    error(as_ada.get(path(chat), {"search": "river", "since_id": "x"}), 400, "validation_error", "since_id")


def test_the_latest_are_found_where_there_are_too_many(as_ada, ben, settled, monkeypatch):
    monkeypatch.setattr(search, "MOST", 3)
    chat = begin(as_ada, ben)
    sent = [send(as_ada, chat, "river")["id"] for _ in range(5)]
    settled()

    page = found(as_ada, chat, "river")

    assert ([row["id"] for row in page["results"]], page["count"]) == (sent[:1:-1], 3)


@pytest.mark.parametrize("words", ["the", "?!", "'", "\\", "' & !", '"', "*", "chat:1", "=0:0"])
def test_where_no_word_tells_anything_nothing_is_found(as_ada, ben, words, settled):
    chat = begin(as_ada, ben)
    send(as_ada, chat, "the river")
    settled()

    assert found(as_ada, chat, words)["count"] == 0


def test_reading_and_reacting_make_nothing_stale(as_ada, as_ben, ben):
    chat = begin(as_ada, ben)
    message = send(as_ada, chat, "river")["id"]
    catch_up()
    as_ben.post(f"{path(chat)}{message}/react/", {"emoji": "👍"})
    as_ben.post(f"{CHATS}{chat['id']}/read/", {"message_id": message})

    assert catch_up() == 0


@pytest.mark.parametrize("size", [1, 12])
def test_a_search_takes_as_many_statements_however_much_is_found(as_ada, ben, queries, size):
    chat = begin(as_ada, ben)
    for _ in range(size):
        send(as_ada, chat, "river")
    as_ada.get(path(chat), {"search": "river"})
    with queries() as asked:
        assert found(as_ada, chat, "river")["count"] == size
    # Who asks, the index and what it does not know yet, the rows.
    assert len(asked) == 3
    catch_up()
    with queries() as asked:
        assert found(as_ada, chat, "river")["count"] == size
    assert len(asked) == 3


def test_no_value_makes_an_error_of_ours(as_ada, ben):
    chat = begin(as_ada, ben)
    send(as_ada, chat, "river")
    for known in (False, True):
        if known:
            catch_up()
        for value in poison.values():
            said = quote(str(value).encode("utf-8", "surrogatepass"))
            for address in (f"?search={said}", f"?search=river&before_id={said}", f"?search=river&since_id={said}"):
                answered = as_ada.get(f"{path(chat)}{address}")
                assert answered.status_code in (200, 400), (address, answered.content)


def test_whatever_a_message_says_it_can_be_indexed(as_ada, ben):
    chat = begin(as_ada, ben)
    taken = 0
    for value in poison.values():
        taken += as_ada.post(path(chat), {"content": f"river {value}"}).status_code == 201
    catch_up()

    assert taken > 10
    assert MESSAGES.count() == Message.objects.count() == taken
    assert found(as_ada, chat, "river", page_size=100)["count"] > 10


def test_as_many_are_chosen_as_the_longest_page_has_and_one_more(as_ada, ben):
    chat = begin(as_ada, ben)
    for number in range(103):
        send(as_ada, chat, f"walnut {number}")

    page = as_ada.get(f"{CHATS}{chat['id']}/messages/", {"search": "walnut", "page_size": 100}).json()

    assert (page["count"], len(page["results"])) == (103, 100)
    assert page["next"]
