"""The order in a chat: who reads on from a number misses nothing, however slow a transaction is."""

from concurrent.futures import ThreadPoolExecutor, TimeoutError
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from onward.domain.messaging.services import messages
from tests.conftest import client
from tests.factories import ChatFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("path", ["messages", "updates"])
def test_who_reads_on_misses_no_message_of_a_slow_transaction(ada, ben, path):
    chat = ChatFactory(people=[ada, ben])
    as_ben, written, may_commit = client(ben), Event(), Event()

    def slow():
        try:
            with transaction.atomic():
                pk = messages.send(chat_id=chat.pk, sender_id=ada.pk, content="slow", at=timezone.now())
                written.set()
                assert may_commit.wait(20)
            return pk
        finally:
            connection.close()

    def quick():
        try:
            return messages.send(chat_id=chat.pk, sender_id=ben.pk, content="quick", at=timezone.now())
        finally:
            connection.close()

    def read_on(since):
        rows = as_ben.get(f"/campus/api/chats/{chat.pk}/{path}/", {"since_id": since}).json()["results"]
        return [(row["id"], row.get("content") or row["message"]["content"]) for row in rows]

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(slow)
        assert written.wait(20)
        second = pool.submit(quick)
        # It waits for the chat: nothing of it is there to be read and passed over.
        with pytest.raises(TimeoutError):
            second.result(0.4)
        assert read_on(0) == []
        may_commit.set()
        numbers = [first.result(20), second.result(20)]

    assert numbers == sorted(numbers)
    seen = read_on(0)
    assert [content for _, content in seen] == ["slow", "quick"]
    assert read_on(seen[0][0]) == seen[1:]
