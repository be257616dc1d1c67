"""The story of one job hunt, told through two APIs: what one of them writes is at once there in the other."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from onward.domain.notifications.models import Notification
from tests.client import Api

pytestmark = pytest.mark.django_db

TRACKER = "/tracker/api/v1"
OFFERS = "/offers/api/v1"


def ok(answered: Any, status: int = 200) -> Any:
    assert answered.status_code == status, answered.content
    return answered.json() if answered.content else None


def test_one_job_hunt_through_two_apis():
    today = timezone.now().date()
    ada, ben = Api(), Api()

    # Ada joins through the journal and is known to the tracker: one account, one token for both.
    joined = ok(
        ada.post(
            f"{OFFERS}/auth/register",
            {
                "email": "ada@example.org",
                "username": "ada",
                "password": "a quiet river at dusk 7",
                "turnstileToken": "x",
            },
        ),
        201,
    )
    ada.bear(joined["access_token"])
    assert ok(ada.get(f"{TRACKER}/auth/profile/"))["email"] == "ada@example.org"
    assert ok(ada.get(f"{OFFERS}/users/me"))["display_name"] == "ada"

    # She puts a posting aside, …
    saved = ok(
        ada.post(
            f"{OFFERS}/saved-jobs/",
            {
                "company_name": "Acme",
                "role_title": "Data Engineer",
                "source": "Networking",
                "salary_range_min": 60_000,
                "salary_range_max": 70_000,
                "salary_currency": "EUR",
                "notes": "Cleo works there",
                "excitement_level": 5,
            },
        ),
        201,
    )
    # … decides to apply, and has a card on the tracker's board: a wish at a company of hers.
    application = ok(ada.post(f"{OFFERS}/saved-jobs/{saved['id']}/convert"), 201)
    assert (application["status"], application["applied_source"], application["notes"]) == (
        "Saved",
        "Networking",
        "Cleo works there",
    )
    (card,) = ok(ada.get(f"{TRACKER}/applications/"))["results"]
    assert (card["status"], card["company_name"], card["source"]) == ("wishlist", "Acme", "other")
    assert ok(ada.get(f"{TRACKER}/applications/{card['id']}/"))["notes"][0]["content"] == "Cleo works there"

    # She corrects the company's name in the tracker; the journal says it too.
    ok(ada.patch(f"{TRACKER}/companies/{card['company']}/", {"name": "Acme GmbH"}))
    path = f"{OFFERS}/applications/{application['id']}"
    assert ok(ada.get(path))["company_name"] == "Acme GmbH"

    # She sends it off in the journal; the tracker counts the days.
    assert ok(ada.put(path, {"status": "Applied", "applied_date": None}))["applied_date"] == today.isoformat()
    assert ok(ada.get(f"{TRACKER}/applications/{card['id']}/"))["days_since_applied"] == 0

    # The company calls. In the tracker that is screening, a word that the journal does not have, …
    ok(ada.patch(f"{TRACKER}/applications/{card['id']}/status/", {"status": "screening"}))
    shown = ok(ada.get(path))
    assert shown["status"] == "Interviewing"
    # … and that a change in the journal does not touch.
    ok(ada.put(path, {**shown, "priority": "High"}))
    assert ok(ada.get(f"{TRACKER}/applications/{card['id']}/"))["status"] == "screening"

    # An interview is planned for a day; nobody has named an hour yet.
    day = today + timedelta(days=10)
    stage = ok(
        ada.post(
            f"{path}/stages",
            {
                "stage_name": "With the team",
                "stage_type": "Panel",
                "stage_date": day.isoformat(),
                "questions_asked": [],
            },
        ),
        201,
    )
    (interview,) = ok(ada.get(f"{TRACKER}/interviews/upcoming/"))
    assert (interview["interview_type"], interview["scheduled_at"]) == ("other", f"{day}T00:00:00Z")
    # The hour is agreed on, and written down in the tracker: the day in the journal is the same.
    ok(ada.patch(f"{TRACKER}/interviews/{interview['id']}/", {"scheduled_at": f"{day}T14:00:00Z"}))
    assert ok(ada.get(path))["stages"][0]["stage_date"] == day.isoformat()
    # She is reminded a day ahead.
    assert Notification.objects.filter(interview_id=interview["id"]).count() == 1

    # It went well; what was asked goes into her question bank, whichever way it is written down.
    ok(
        ada.patch(
            f"{TRACKER}/interviews/{interview['id']}/",
            {"status": "completed", "outcome": "passed", "questions_asked": "Why us?\nWhat broke last?"},
        )
    )
    assert ok(ada.get(path))["stages"][0]["result"] == "Passed"
    bank = ok(ada.get(f"{OFFERS}/analytics/questions"))
    assert ([found["question"] for found in bank["questions"]], bank["total"]) == (["Why us?", "What broke last?"], 2)
    assert bank["questions"][0] == {
        "question": "Why us?",
        "stage_type": "Panel",
        "company": "Acme GmbH",
        "role": "Data Engineer",
    }
    assert stage["id"] == ok(ada.get(path))["stages"][0]["id"]

    # An offer comes; the application moves by itself, in both.
    outcome = ok(
        ada.post(f"{path}/outcome", {"salary": 68_000, "salary_currency": "EUR", "deadline": "2027-01-15"}), 201
    )
    assert ada.post(f"{path}/outcome", {}).status_code == 409
    assert ok(ada.get(f"{TRACKER}/analytics/dashboard/"))["offers_received"] == 1
    ok(
        ada.post(f"{OFFERS}/reminders/", {"title": "Answer Acme", "remind_at": f"{today + timedelta(days=3)}T09:00"}),
        201,
    )
    ok(ada.post(f"{path}/reflection", {"what_worked": "Asking first", "skill_gaps": {"Kafka": "beginner"}}), 201)
    ok(ada.put(f"{path}/outcome/{outcome['id']}", {"bonus": "10 %"}))
    ok(ada.put(path, {"status": "Accepted"}))

    # The numbers agree.
    dashboard = ok(ada.get(f"{OFFERS}/analytics/dashboard"))
    assert dashboard["pipeline"] == [{"status": "Accepted", "count": 1}]
    assert (dashboard["response_rate"], dashboard["interview_rate"], dashboard["offer_rate"]) == (1.0, 1.0, 1.0)
    assert (dashboard["salary_insights"]["average_offered"], dashboard["salary_insights"]["currency"]) == (
        68_000.0,
        "EUR",
    )
    funnel = ok(ada.get(f"{TRACKER}/analytics/funnel/"))["funnel"]
    assert {step["stage"]: step["count"] for step in funnel} == {
        "applied": 1,
        "screening": 1,
        "interviewing": 1,
        "offer": 1,
        "accepted": 1,
    }

    # The timeline has told it all, in the journal's words.
    told = [
        (line["action"], line["description"])
        for line in ok(ada.get(f"{OFFERS}/analytics/activity", {"application_id": application["id"]}))[::-1]
    ]
    assert told[0] == ("Application Created", "Created: Acme — Data Engineer")
    assert ("Status Changed", "Status: Saved → Applied") in told
    assert ("Status Changed", "Status: Interviewing → Offer") in told
    assert {"Stage Added", "Offer Added", "Reflection Added", "Status Changed"} <= {action for action, _ in told}

    # She has earned something on the way, and tells others, who may see her now.
    earned = {award["milestone"]["key"] for award in ok(ada.get(f"{OFFERS}/progress/milestones/mine"))}
    assert earned == {"getting_started", "first_application", "self_reflective", "offer_received"}
    ok(ada.put(f"{OFFERS}/users/me", {"profile_visibility": "public"}))
    post = ok(ada.post(f"{OFFERS}/social/posts", {"content": "I signed!", "post_type": "Celebration"}), 201)
    hello = {"email": "ben@example.org", "username": "ben", "password": "a quiet river at dusk 7"}
    ben.bear(
        ok(ben.post(f"{TRACKER}/auth/register/", {**hello, "password_confirm": hello["password"]}), 201)["tokens"][
            "access"
        ]
    )
    ok(ben.post(f"{OFFERS}/social/follow/{joined['user']['id']}"), 201)
    ok(ben.post(f"{OFFERS}/social/posts/{post['id']}/react", {"reaction": "Celebrate"}), 201)
    (seen,) = ok(ben.get(f"{OFFERS}/social/posts/feed"))
    assert (seen["reaction_count"], seen["user_reaction"], seen["author"]["username"]) == (1, "Celebrate", "ada")
    # Her applications stay hers.
    assert ben.get(path).status_code == 403
    assert ben.get(f"{TRACKER}/applications/{card['id']}/").status_code == 404

    # What she deletes is gone in both.
    assert ok(ada.delete(path)) == {"detail": "Application deleted"}
    assert ok(ada.get(f"{TRACKER}/applications/"))["count"] == 0
    assert ok(ada.get(f"{TRACKER}/interviews/"))["count"] == 0
    assert date.fromisoformat(ok(ada.get(f"{OFFERS}/users/me"))["last_active_date"]) == today
