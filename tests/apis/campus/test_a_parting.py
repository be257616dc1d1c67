"""A student's last days: a chat that was cut and is caught up, a lecture that is watched, an account that leaves nothing."""

import pytest
from django.core import mail

from onward.domain.messaging.services.index import catch_up
from onward.platform.jobs.worker import run_due
from tests.apis.campus.test_video_uploads import CONTENT, TUS, VIDEOS, begin, come, piece
from tests.client import Api
from tests.domain.accounts.test_leaving import SENTINEL, refers_to, where_it_stands
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

CHATS = "/campus/api/chats/"
EVE = {"username": SENTINEL, "email": f"{SENTINEL}@example.org", "password": PASSWORD}


def test_a_chat_is_caught_up_a_lecture_watched_and_of_who_leaves_nothing_is_found(anonymous, as_ben, ben, as_cleo):
    signed_in = anonymous.post("/campus/api/auth/register/", EVE).json()
    as_eve, eve = Api(access=signed_in["access"]), signed_in["user"]["id"]
    as_eve.put("/campus/api/auth/user/", {"display_name": f"Eve {SENTINEL}"})

    # They write to one another; then her train goes into a tunnel.
    chat = as_eve.post(CHATS, {"participants": [ben.pk]}).json()["id"]
    messages, updates = f"{CHATS}{chat}/messages/", f"{CHATS}{chat}/updates/"
    asked = as_eve.post(messages, {"content": f"Is the lecture there, {SENTINEL}?"}).json()
    seen = as_eve.get(updates, {"since_id": 0}).json()["results"][-1]["id"]
    written = [as_ben.post(messages, {"content": said}).json()["id"] for said in ("No.", "Wait.", "Send it")]
    as_ben.delete(f"{messages}{written[1]}/")
    as_ben.put(f"{messages}{written[2]}/", {"content": "Send it, please."})

    # Out of it she is told what has happened since, in its order and nothing twice.
    told = as_eve.get(updates, {"since_id": seen}).json()["results"]
    assert [(one["kind"], one["message_id"]) for one in told] == [
        *(("message", number) for number in written),
        ("deletion", written[1]),
        ("edit", written[2]),
    ]
    assert [one["message"]["content"] for one in told if one["message"]] == [
        "No.",
        "Send it, please.",
        "Send it, please.",
    ]
    assert as_eve.get(f"{CHATS}{chat}/").json()["unread_count"] == 2
    as_eve.post(f"{CHATS}{chat}/read/", {"message_id": written[2]})
    assert as_eve.get(f"{CHATS}{chat}/").json()["unread_count"] == 0

    # She sends the lecture in pieces; the second is cut, and goes on from what has come.
    place = begin(as_eve)["Location"]
    piece(as_eve, place, 0, CONTENT[:400])
    assert piece(as_eve, place, 0, CONTENT[:700]).status_code == 409
    at = come(as_eve, place)
    assert (at, piece(as_eve, place, at, CONTENT[at:], **TUS)["Upload-Offset"]) == (400, "1000")
    upload = int(place.rstrip("/").rpartition("/")[2])
    lecture = as_eve.post(VIDEOS, {"title": f"Trees, {SENTINEL}", "upload": upload}).json()

    # Others watch it in ranges.
    watched = b""
    for begins in range(0, 1000, 300):
        part = as_cleo.get(lecture["stream_url"], headers={"Range": f"bytes={begins}-{min(begins + 299, 999)}"})
        assert part.status_code == 206
        watched += b"".join(part.streaming_content)
    assert watched == CONTENT
    as_ben.post(f"{VIDEOS}{lecture['id']}/comments/", {"content": "Thank you."})
    run_due()
    catch_up()
    assert {"messaging_message", "writing_entry", "accounts_user"} <= set(where_it_stands())

    # She leaves. What Ben wrote stays; of her there is nothing, not in the database, not in a file, not in the search.
    assert as_eve.delete("/campus/api/auth/user/").status_code == 204
    assert as_eve.get(CHATS).status_code == 401
    run_due()
    run_due()

    assert [sent.subject for sent in mail.outbox if sent.to == [EVE["email"]]][-1] == "Your account is closed"
    mail.outbox.clear()
    left = as_ben.get(messages).json()["results"]
    assert [(one["id"], one["content"], one["sender"]) for one in left if one["sender"] is None] == [
        (asked["id"], "", None)
    ]
    assert [one["content"] for one in left if one["sender"]] == ["Send it, please.", "No."]
    assert as_ben.get(messages, {"search": SENTINEL}).json()["count"] == 0
    assert as_cleo.get(f"{VIDEOS}{lecture['id']}/").status_code == 404
    assert where_it_stands() == []
    assert refers_to(eve) == []
