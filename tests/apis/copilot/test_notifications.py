"""The feed, its settings and what opens the line, as the copilot document has them."""

from datetime import UTC, datetime

import pytest

from onward.domain.notifications.choices import CareerNoticeType, DeskNoticeType, NoticePriority
from onward.domain.notifications.models import Notice, Notification, Preferences
from onward.domain.notifications.services import career, notices
from onward.platform.events.models import EventRecord
from onward.platform.tokens import sockets
from onward.platform.tokens.models import SocketToken
from tests.factories import ApplicationFactory

FEED = "/copilot/api/v1/notifications"
SETTINGS = f"{FEED}/settings"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def told(owner, *, kind=CareerNoticeType.APPLICATION_UPDATE, key="", **fields):
    row = notices.notice(owner_id=owner.pk, type_=kind, title="x", at=AT, key=key, **fields)
    return career.tell([row])


def move(as_ada, application, to="offer"):
    return as_ada.patch(f"/tracker/api/v1/applications/{application.pk}/status/", {"status": to})


def test_a_move_through_another_api_stands_in_the_feed(as_ada, as_ben, ada):
    application = ApplicationFactory(owner=ada, job_title="Engineer", company__name="Initech", status="applied")
    move(as_ada, application)

    found = as_ada.get(FEED).json()
    assert (found["total"], found["unread_count"]) == (1, 1)
    (notice,) = found["notifications"]
    assert notice == {
        "id": notice["id"],
        "user_id": ada.pk,
        "type": "application_update",
        "priority": "high",
        "title": "Offer Received: Initech, Engineer",
        "message": "Before: Applied.",
        "data": {"application_id": application.pk, "before": "applied", "after": "offer"},
        "action_url": None,
        "is_read": False,
        "read_at": None,
        "created_at": notice["created_at"],
    }
    assert as_ben.get(FEED).json() == {"notifications": [], "total": 0, "unread_count": 0}


def test_a_feed_is_filtered_and_cut_and_counts_what_is_unread(as_ada, ada, queries):
    told(ada, priority=NoticePriority.LOW)
    told(ada, kind=CareerNoticeType.APPLICATION_DEADLINE)
    told(ada)
    # What the desk tells is in the desk's own feed.
    notices.tell([notices.notice(owner_id=ada.pk, type_=DeskNoticeType.RUN_ENDED, title="x", at=AT)])
    first, second, third = Notice.objects.order_by("pk").values_list("pk", flat=True)[:3]
    notices.mark_read(owner_id=ada.pk, ids=[first], types=CareerNoticeType.values, at=AT)

    def ids(query):
        found = as_ada.get(f"{FEED}?{query}").json()
        assert found["unread_count"] == 2
        return [notice["id"] for notice in found["notifications"]]

    with queries() as asked:
        assert ids("") == [third, second, first]
    assert len(asked) <= 3
    assert ids("unread_only=true") == [third, second]
    assert ids("unread_only=false") == [third, second, first]
    assert ids("notification_type=application_deadline") == [second]
    assert ids("priority=low") == [first]
    assert ids(f"since_id={second}") == [third]
    assert ids("skip=1&limit=1") == [second]
    assert as_ada.get(f"{FEED}?skip=1&limit=1").json()["total"] == 3


@pytest.mark.parametrize("query", ["limit=101", "limit=0", "skip=-1", "since_id=x", "notification_type=run_ended"])
def test_a_bad_filter_is_named(as_ada, query):
    answered = as_ada.get(f"{FEED}?{query}")

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == ["query", query.partition("=")[0]]


def test_marking_read_is_for_ones_own_and_for_once(as_ada, ada, ben):
    told(ada), told(ben)
    mine, theirs = Notice.objects.order_by("pk").values_list("pk", flat=True)

    for _ in range(2):
        answered = as_ada.post(f"{FEED}/mark-read", {"notification_ids": [mine, theirs, 10**15]})
        assert answered.json() == {"success": True, "count": 1, "notification_ids": [mine]}

    assert Notice.objects.get(pk=theirs).read_at is None
    assert EventRecord.objects.filter(name="notice.read").count() == 1


@pytest.mark.parametrize("ids", [[], None, "1", ["x"], [2**63], [True], [1.5]])
def test_what_cannot_be_marked_is_refused(as_ada, ids):
    answered = as_ada.post(f"{FEED}/mark-read", {"notification_ids": ids})

    assert answered.status_code == 422
    assert "notification_ids" in answered.json()["detail"][0]["loc"]


def test_settings_have_defaults_and_merge(as_ada, ada):
    shown = as_ada.get(SETTINGS).json()
    assert shown == {
        "email_enabled": True,
        "push_enabled": True,
        "in_app_enabled": True,
        "categories": dict.fromkeys(CareerNoticeType.values, True),
        "quiet_hours_start": None,
        "quiet_hours_end": None,
        "digest_frequency": "weekly",
    }

    changed = as_ada.patch(SETTINGS, {"categories": {"application_update": False, "new_job_match": False}}).json()
    assert changed["categories"] == shown["categories"] | {"application_update": False, "new_job_match": False}
    again = as_ada.patch(SETTINGS, {"categories": {"new_job_match": True}, "push_enabled": False}).json()
    assert again["categories"] == shown["categories"] | {"application_update": False}
    assert (again["push_enabled"], again["email_enabled"]) == (False, True)
    # The tracker's switch is the same.
    tracker = "/tracker/api/v1/notifications/preferences/"
    assert as_ada.get(tracker).json()["application_updates"] is False


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"weekly_summary": False},
        {"daily_briefings": True, "weekly_summary": False},
        {"daily_briefings": True},
        {"quiet_hours_start": "22:00:30", "quiet_hours_end": "07:15"},
        {"quiet_hours_start": "22:00"},
        {"categories": {"evening_update": False}, "interview_reminders": False},
    ],
)
@pytest.mark.parametrize("digest", ["daily", "weekly", "never"])
def test_what_was_shown_comes_back_without_a_change_and_what_is_written_is_read(as_ada, ada, stored, digest):
    Preferences.objects.create(owner=ada, **stored)
    before = Preferences.objects.values().get()

    assert as_ada.patch(SETTINGS, as_ada.get(SETTINGS).json()).status_code == 200
    assert Preferences.objects.values().get() == before
    for changes in (
        {"digest_frequency": digest},
        {"quiet_hours_start": "23:30", "quiet_hours_end": "06:00"},
        {"quiet_hours_start": None, "quiet_hours_end": None},
    ):
        assert as_ada.patch(SETTINGS, changes).json().items() >= changes.items()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"quiet_hours_start": "22:00"}, "quiet_hours_end"),
        ({"quiet_hours_start": "22:00", "quiet_hours_end": None}, "quiet_hours_end"),
        ({"quiet_hours_start": "22:00", "quiet_hours_end": "22:00"}, "quiet_hours_end"),
        ({"quiet_hours_start": "22:00:00", "quiet_hours_end": "07:00"}, "quiet_hours_start"),
        ({"quiet_hours_start": "24:00", "quiet_hours_end": "07:00"}, "quiet_hours_start"),
        ({"quiet_hours_start": 22, "quiet_hours_end": "07:00"}, "quiet_hours_start"),
        ({"digest_frequency": "hourly"}, "digest_frequency"),
        ({"digest_frequency": None}, "digest_frequency"),
        ({"email_enabled": None}, "email_enabled"),
        ({"email_enabled": "yes"}, "email_enabled"),
        ({"categories": None}, "categories"),
        ({"categories": {"weather": True}}, "categories"),
        ({"categories": {"new_job_match": None}}, "categories"),
    ],
)
def test_settings_that_make_no_sense_change_nothing(as_ada, changes, named):
    answered = as_ada.patch(SETTINGS, {"push_enabled": False, **changes})

    assert answered.status_code == 422
    assert named in [place for problem in answered.json()["detail"] for place in problem["loc"]]
    assert as_ada.get(SETTINGS).json()["push_enabled"] is True


@pytest.mark.parametrize(
    ("off", "rows", "pushes", "mails"),
    [
        ({}, 1, 1, 1),
        ({"in_app_enabled": False}, 0, 0, 1),
        ({"push_enabled": False}, 1, 0, 1),
        ({"categories": {"application_update": False}}, 0, 0, 0),
        ({"categories": {"new_job_match": False}}, 1, 1, 1),
        # They hold mails alone.
        ({"quiet_hours_start": "00:00", "quiet_hours_end": "23:59"}, 1, 1, 1),
    ],
)
def test_what_is_switched_off_makes_no_row_push_or_mail(as_ada, ada, off, rows, pushes, mails):
    application = ApplicationFactory(owner=ada, status="applied")
    assert as_ada.patch(SETTINGS, off).status_code == 200

    move(as_ada, application)

    assert Notice.objects.count() == rows
    assert EventRecord.objects.filter(name="notice.told", payload__is_pushed=True).count() == pushes
    assert Notification.objects.count() == mails


def test_what_is_told_once_is_told_once(ada, ben):
    told(ada, key="a")

    assert told(ada, key="a") == 0
    assert told(ada, key="b") == told(ben, key="a") == 1
    assert EventRecord.objects.filter(name="notice.told").count() == Notice.objects.count() == 3


def test_a_socket_token_is_good_once_and_for_a_minute(as_ada, ada):
    given = as_ada.get(f"{FEED}/socket-token").json()
    token = given["token"]

    assert given["expires_in"] == 60
    assert token.replace("-", "").replace("_", "").isalnum()
    assert len(token) == 43
    row = SocketToken.objects.get()
    assert token not in str(SocketToken.objects.values().get())
    assert sockets.redeem(token=token, at=row.expires_at) is None
    assert sockets.redeem(token=token, at=AT) == (ada.pk, row.session_id)
    assert sockets.redeem(token=token, at=AT) is None


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "ü" * 43, "x" * 5000])
def test_a_token_that_was_never_given_is_good_for_nothing(token):
    assert sockets.redeem(token=token, at=AT) is None


def test_a_token_that_was_made_up_is_known_without_a_look(django_assert_num_queries):
    token = sockets.make()
    assert sockets.is_ours(token)
    assert token != sockets.make()

    with django_assert_num_queries(0):
        for wrong in (token[1:] + token[:1], "A" + token[1:-1] + "A", token.swapcase(), token + "A", token[:-1]):
            assert not sockets.is_ours(wrong)
            assert sockets.redeem(token=wrong, at=AT) is None


def test_of_many_who_show_a_token_at_once_one_is_let_in(transactional_db, signed_in, together):
    from tests.factories import UserFactory

    token = signed_in(UserFactory()).get(f"{FEED}/socket-token").json()["token"]

    found = together(8, lambda _: sockets.redeem(token=token, at=AT))

    assert sorted(type(one).__name__ for one in found) == ["NoneType"] * 7 + ["Opened"]


def test_a_token_dies_with_its_session(as_ada):
    token = as_ada.get(f"{FEED}/socket-token").json()["token"]
    as_ada.post("/copilot/api/v1/auth/logout")

    assert sockets.redeem(token=token, at=AT) is None


def test_a_plain_request_is_told_to_upgrade(anonymous):
    answered = anonymous.get("/copilot/api/v1/ws/notifications?token=x")

    assert (answered.status_code, answered["Upgrade"]) == (426, "websocket")


def test_an_announcement_reaches_everybody_once_who_wants_it(ada, ben, root, client, as_ben):
    from onward.domain.notifications.services import announcements

    as_ben.patch(SETTINGS, {"categories": {"system_announcement": False}})
    client.force_login(root)
    made = client.post(
        "/admin/notifications/announcement/add/",
        {"title": "Down on Sunday", "message": "For an hour.", "priority": "high"},
    )
    assert made.status_code == 302
    (event,) = EventRecord.objects.filter(name="notice.announced")
    for _ in range(2):
        announcements.tell_everybody(announcement_id=event.payload["announcement_id"], at=AT)

    rows = Notice.objects.filter(type="system_announcement").order_by("owner_id")
    assert [(row.owner, row.title) for row in rows] == [(ada, "Down on Sunday"), (root, "Down on Sunday")]
