"""The story of one job, told through three APIs, with two tabs open: what happens in any of them is seen in both."""

from typing import Any

import pytest

from onward.apis.copilot.live import Copilot
from onward.config.mouths import sessions_over
from onward.platform.live.switchboard import Switchboard
from tests.platform.live.exchange import Client, here, play

pytestmark = pytest.mark.django_db

COPILOT, TRACKER, OFFERS = "/copilot/api/v1", "/tracker/api/v1", "/offers/api/v1"
FEED = f"{COPILOT}/notifications"


def ok(answered: Any, status: int = 200) -> Any:
    assert answered.status_code == status, answered.content
    return answered.json() if answered.content else None


async def told_in(tabs: list[Client]) -> tuple[Any, Any]:
    """Return the card and the notification that a move makes, which every tab is told alike, by the same numbers."""
    told = [[await tab.receive(), await tab.receive()] for tab in tabs]
    assert all(each == told[0] for each in told)
    said = {message["type"]: message for message in told[0]}
    assert set(said) == {"application_status_update", "notification"}
    numbers = [message["seq"] for message in told[0]]
    assert numbers == sorted(set(numbers))
    return said["application_status_update"]["application"], said["notification"]["notification"]


def test_one_job_through_three_apis_is_seen_in_two_tabs(as_ada, as_ben, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    mouth = Copilot()
    board = Switchboard([mouth], here, here, sessions_over)

    async def tab(api: Any) -> Client:
        return await Client(board, mouth).connect(f"token={ok(api.get(f'{FEED}/socket-token'))['token']}")

    def board_of_ada() -> dict[str, int]:
        columns = ok(as_ada.get(f"{COPILOT}/applications"))["kanban"]["columns"]
        return {column["status"]: column["count"] for column in columns if column["count"]}

    async def scene() -> None:
        first, second, elsewhere = await tab(as_ada), await tab(as_ada), await tab(as_ben)
        both = [first, second]

        # Ada tracks a job in the copilot. It is a saved job of the journal; nothing is told, as nothing has moved.
        job = ok(as_ada.post(f"{COPILOT}/jobs", {"company": "Acme", "title": "Engineer", "salary_min": 70_000}), 201)
        (saved,) = ok(as_ada.get(f"{OFFERS}/saved-jobs/"))
        assert (saved["role_title"], saved["salary_range_min"], saved["status"]) == ("Engineer", 70_000, "Active")

        # She applies for it: the job says so, the card is on the tracker's board, and both tabs are told of it.
        ok(as_ada.patch(f"{COPILOT}/jobs/{job['id']}", {"status": "applied"}))
        (card,) = ok(as_ada.get(f"{TRACKER}/applications/"))["results"]
        assert (card["company_name"], card["status"]) == ("Acme", "applied")
        for each in both:
            new = await each.receive()
            assert (new["type"], new["application"]["id"]) == ("application_status_update", card["id"])
        application = ok(as_ada.post(f"{COPILOT}/applications", {"job_id": job["id"]}), 201)
        assert application["id"] == card["id"]

        # The tracker moves it to screening, which is an interview here: both tabs are told, as the lists have it.
        ok(as_ada.patch(f"{TRACKER}/applications/{card['id']}/status/", {"status": "screening"}))
        shown, called = await told_in(both)
        assert shown == ok(as_ada.get(f"{COPILOT}/applications"))["items"][0]
        assert (shown["id"], shown["job_id"], shown["status"]) == (card["id"], job["id"], "interview")
        assert (called["type"], called["is_read"]) == ("application_update", False)
        assert ok(as_ada.get(f"{COPILOT}/jobs/{job['id']}"))["status"] == "interviewing"

        # The journal moves it to an offer.
        (journal,) = ok(as_ada.get(f"{OFFERS}/applications/"))
        ok(as_ada.put(f"{OFFERS}/applications/{journal['id']}", {"status": "Offer"}))
        shown, offered = await told_in(both)
        assert (shown["status"], bool(shown["offer_date"])) == ("offer", True)
        assert ok(as_ada.get(f"{COPILOT}/jobs/{job['id']}"))["status"] == "offer"
        assert board_of_ada() == {"offer": 1}

        # She reads the one in the first tab and the other through HTTP: each is read in both tabs, and in the feed.
        assert ok(as_ada.get(FEED))["unread_count"] == 2
        await first.send({"type": "mark_read", "notification_id": called["id"]})
        for each in both:
            assert (await each.receive())["notification_ids"] == [called["id"]]
        ok(as_ada.post(f"{FEED}/mark-read", {"notification_ids": [offered["id"]]}))
        for each in both:
            assert (await each.receive())["notification_ids"] == [offered["id"]]
        assert ok(as_ada.get(FEED))["unread_count"] == 0

        # The second tab loses its line; what is accepted meanwhile is told there when it comes back, and once.
        since = board.position
        second.ours.close()
        ok(as_ada.post(f"{COPILOT}/applications/{card['id']}/status", {"status": "accepted", "notes": "From May"}))
        shown, accepted = await told_in([first])
        second = await tab(as_ada)
        await second.send({"type": "catch_up", "since": since})
        again = await second.until("caught_up")
        assert [message["type"] for message in again[:-1]] == ["application_status_update", "notification"]
        assert [again[0]["application"], again[1]["notification"]] == [shown, accepted]
        assert shown["notes"] == "From May"

        # Untracking the job leaves the application, in every API; deleting that is told to nobody as a move.
        assert as_ada.delete(f"{COPILOT}/jobs/{job['id']}").status_code == 204
        assert ok(as_ada.get(f"{OFFERS}/saved-jobs/")) == []
        assert board_of_ada() == {"accepted": 1}
        ok(as_ada.get(f"{OFFERS}/applications/{journal['id']}"))

        # Nothing of all that was Ben's, and nothing else waits in her tabs.
        for each in (first, second, elsewhere):
            assert (await each.ask({"type": "ping"}))["type"] == "pong"

    play(scene)
