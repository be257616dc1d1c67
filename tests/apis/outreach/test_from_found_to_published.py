"""A placement team's year in small: people, a fetch, an internship from found to published, and what comes of it."""

import pytest
from django.utils import timezone

from onward.domain.applications.services import apply_to
from onward.domain.board.models import Posting
from onward.domain.ingestion.models import Reading
from onward.platform.jobs import run_due
from onward.platform.jobs.running import Attempt
from onward.platform.jobs.services import claim_one
from onward.platform.jobs.worker import LEASE, holder_name
from tests.client import Api
from tests.domain.ingestion.servers.posts import posts

pytestmark = pytest.mark.django_db

PASSWORD = "nine small boats at dawn"
OURS = {"title": "Data internship", "description": "Learn with us.", "deadline": "2199-05-01", "seats": 2}


def said(answered, status=200):
    assert answered.status_code == status, answered.content
    return answered.json()


def joined(admin, **fields):
    """Make a member by the API, and sign them in by it."""
    made = said(admin.post("/outreach/users", {"role": "member", "password": PASSWORD, **fields}), 201)
    entered = said(Api().post("/outreach/auth/login", {"email": fields["email"], "password": PASSWORD}))
    assert entered["user"]["role"] == "member"
    return made["id"], Api(access=entered["access_token"])


def read_one(session):
    """Let a worker read the first source of a fetch that waits."""
    waiting = Reading.objects.filter(run__uid=session, state="queued").earliest("pk")
    Attempt(claim_one(waiting.job_id, holder=holder_name(), at=timezone.now(), lease=LEASE)).run()


def test_an_internship_goes_from_found_to_published_and_applications_to_it_come_back(
    as_dora, as_ada, ada, local, settings
):
    local.add("greenhouse", posts(8))
    local.add("lever", posts(4, company="Fabrikam Example"))
    settings.SOURCES = local.entries

    # An admin makes a team.
    mia_id, as_mia = joined(as_dora, email="mia@example.org", name="Mia Moreno")
    noa_id, as_noa = joined(as_dora, email="noa@example.org", name="Noa Novak")
    assert [row["name"] for row in said(as_dora.get("/outreach/users", {"role": "member"}))["results"]] == [
        "Mia Moreno",
        "Noa Novak",
    ]

    # A run is watched: as each source ends it moves, and the leads are there.
    run = said(as_mia.post("/outreach/fetch/run", {"mode": "default"}), 202)
    status = f"/outreach/fetch/status/{run['session_id']}"
    assert said(as_mia.get(status))["status"] == "queued"
    read_one(run["session_id"])
    midway = said(as_mia.get(status))
    assert (midway["status"], midway["found"], midway["saved"]) == ("running", 8, 8)
    assert 0 < midway["progress"] < 100
    assert [one["status"] for one in midway["sources"]] == ["completed", "queued"]
    found = said(as_mia.get("/outreach/internships", {"status": "new"}))
    assert found["count"] == midway["leads"] > 0
    run_due()
    ended = said(as_mia.get(status))
    assert (ended["status"], ended["progress"], ended["found"]) == ("completed", 100, 12)

    # Another is cancelled: what was read stays.
    run = said(as_noa.post("/outreach/fetch/run", {"mode": "custom", "sources": ["lever", "greenhouse"]}), 202)
    read_one(run["session_id"])
    cancelled = f"/outreach/fetch/cancel/{run['session_id']}"
    assert said(as_mia.post(cancelled))["status"] == "cancelled"
    assert as_mia.post(cancelled).status_code == 409
    run_due()
    over = said(as_mia.get(f"/outreach/fetch/status/{run['session_id']}"))
    assert (over["status"], over["saved"]) == ("cancelled", 0)
    assert over["duplicates"] in {4, 8}

    # A lead is given to somebody, who is told, and works on it.
    lead = found["results"][0]
    path = f"/outreach/internships/{lead['id']}"
    given = said(as_dora.patch(path, {"assigned_to": mia_id, "contact": {"name": "Sam Okafor"}}))
    assert given["assigned_to"] == mia_id
    told = said(as_mia.get("/outreach/notifications", {"type": "lead_assigned"}))["results"]
    assert [one["internship_id"] for one in told] == [lead["id"]]
    said(as_mia.patch(f"{path}/status", {"new_status": "researching", "remark": "Has a team in Lyon."}))
    about = {"internship_id": lead["id"], "message_type": "email", "tone": "friendly"}
    written = said(as_mia.post("/outreach/ai/outreach/generate", about))
    assert "Sam Okafor" in written["message"]
    saved = said(as_mia.post("/outreach/ai/outreach/save", {**about, **written, "sent": True}), 201)
    followup = said(as_mia.post(f"{path}/followups", saved["proposed_followup"]), 201)
    assert said(as_mia.get(path))["status"] == "contacted"
    said(as_mia.patch(f"{path}/status", {"new_status": "replied"}))
    said(as_mia.patch(f"/outreach/followups/{followup['id']}/complete"))
    said(as_mia.post("/outreach/internships/bulk/status", {"internship_ids": [lead["id"]], "new_status": "meeting"}))

    # It is published in the desk's words, which no later reading changes.
    published = said(as_mia.post(f"{path}/convert", OURS))
    assert (published["status"], published["title"], published["seats"]) == ("converted", "Data internship", 2)
    said(as_mia.post("/outreach/fetch/run", {}), 202)
    run_due()
    now = said(as_mia.get(path))
    assert {name: now[name] for name in OURS} == OURS
    assert now["last_seen"] > published["last_seen"]

    # Somebody applies, and what comes of it is counted back.
    posting = Posting.objects.get(lead=lead["id"])
    application = apply_to(owner_id=ada.pk, posting_id=posting.pk, at=timezone.now())
    assert said(as_mia.get(path))["outcomes"]["applied"] == 1
    said(as_ada.patch(f"/tracker/api/v1/applications/{application.pk}/status/", {"status": "offer"}))

    counted = said(as_mia.get(path))
    assert (counted["applications"], counted["outcomes"]["applied"], counted["outcomes"]["offer"]) == (1, 0, 1)
    funnels = said(as_noa.get("/outreach/analytics/dashboard"))
    assert [funnels["funnels"][name] for name in ("published", "applications", "offers")] == [1, 1, 1]
    assert (funnels["companies_contacted"], funnels["conversions"]["rate"]) == (1, 100.0)
    assert funnels["leaderboards"]["conversions"] == [{"user_id": mia_id, "name": "Mia Moreno", "count": 1}]
    happened = [line["type"] for line in said(as_mia.get(f"{path}/activity", {"page_size": 100}))["results"]]
    assert happened[-1] == "found"
    assert {"assigned", "status_changed", "message_sent", "followup_completed", "published"} <= set(happened)
    assert noa_id not in {line["actor"] and line["actor"]["id"] for line in counted["activity"]}
