"""What chats forget, and when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onward.domain.messaging.models import Chat, Message, MessageVersion, Participant, Reaction, Update
from onward.domain.messaging.services import sweeping
from onward.domain.messaging.tasks import forget
from tests.apis.campus.errors import error
from tests.apis.campus.test_chats import CHATS, begin, send, shown

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=31)


def test_updates_are_forgotten_after_thirty_days_and_who_asks_for_them_is_told_so(as_ada, ben, monkeypatch):
    monkeypatch.setattr(sweeping, "STEP", 2)
    chat = begin(as_ada, ben)
    for _ in range(4):
        send(as_ada, chat)
    path = f"{CHATS}{chat['id']}/updates/"
    old = list(Update.objects.order_by("pk"))
    Update.objects.update(created_at=timezone.now() - LONG_AGO)

    assert sweeping.forget_updates(at=timezone.now()) == 5
    assert sweeping.forget_updates(at=timezone.now()) == 0

    for since in (0, old[3].pk):
        error(as_ada.get(path, {"since_id": since}), 410, "gone")
    assert shown(as_ada, chat)["last_update_id"] == old[-1].pk
    assert as_ada.get(path, {"since_id": old[-1].pk}).json()["results"] == []
    send(as_ada, chat)
    assert len(as_ada.get(path, {"since_id": old[-1].pk}).json()["results"]) == 1


def test_young_updates_stay(as_ada, ben):
    send(as_ada, begin(as_ada, ben))

    assert sweeping.forget_updates(at=timezone.now()) == 0
    assert Update.objects.count() == 2


def test_what_was_deleted_says_nothing_any_more_after_thirty_days_and_keeps_its_place(as_ada, as_ben, ben):
    chat = begin(as_ada, ben)
    path = f"{CHATS}{chat['id']}/messages/"
    gone, kept = send(as_ada, chat, "gone"), send(as_ada, chat, "kept")
    as_ada.put(f"{path}{gone['id']}/", {"content": "changed"})
    as_ben.post(f"{path}{gone['id']}/react/", {"emoji": "👍"})
    as_ada.delete(f"{path}{gone['id']}/")
    Message.objects.filter(pk=gone["id"]).update(removed_at=timezone.now() - LONG_AGO)

    forget()

    assert list(Message.objects.order_by("pk").values_list("content", flat=True)) == ["", "kept"]
    assert not MessageVersion.objects.exists()
    assert not Reaction.objects.exists()
    assert as_ada.get(path).json()["count"] == 1
    assert kept["id"] == shown(as_ada, chat)["last_message"]["id"]


def test_a_group_that_has_ended_is_gone_after_thirty_days(as_ada, ben, cleo, monkeypatch):
    monkeypatch.setattr(sweeping, "STEP", 2)
    chat = begin(as_ada, ben, cleo)
    for _ in range(3):
        send(as_ada, chat)
    as_ada.delete(f"{CHATS}{chat['id']}/")
    assert sweeping.forget_ended(at=timezone.now()) == 0

    assert sweeping.forget_ended(at=timezone.now() + LONG_AGO) == 3

    assert not any(model.objects.exists() for model in (Chat, Participant, Message, Update))
