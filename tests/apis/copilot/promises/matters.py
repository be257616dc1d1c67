"""Recommendations, texts, résumés, notifications and people."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onward.config.mouths import sessions_over
from onward.domain.board.models import Posting
from onward.platform.jobs import run_due
from onward.platform.live.switchboard import Switchboard
from tests.apis.copilot.promises import application, job, posting, promises
from tests.apis.copilot.test_live import MOUTH
from tests.domain.resumes.papers import pdf_saying
from tests.factories import SourceFactory
from tests.platform.live.exchange import Client, here, play

RESUME = ("Ada Ahmed", "ada@example.org", "Experience", "Developer, Quartz GmbH, 03/2015 - 05/2024", "Skills", "Python")


# Recommendations, texts and résumés


@promises("GET /api/v1/recommendations/jobs")
def _(cast):
    cast.ada.does(200, "patch", "auth/me", {"skills": ["Python"]})
    new = posting(description="Requirements:\n- Python", work_mode="remote")
    old = posting(description="Requirements:\n- Python", posted_on=timezone.now().date() - timedelta(days=31))
    (found,) = cast.ada.does(200, "get", "recommendations/jobs")
    assert (found["id"], found["kind"], found["remote"]) == (new.pk, "posting", True)
    assert (found["match_score"] >= 70, bool(found["reasons"]), found["tech_stack"]) == (True, True, ["Python"])
    assert Posting.objects.filter(pk=old.pk).exists()


@promises("GET /api/v1/recommendations/skills-gap")
def _(cast):
    cast.ada.does(200, "patch", "auth/me", {"skills": ["Python"]})
    job(cast.ada, description="Requirements:\n- Python\n- Kubernetes")
    said = cast.ada.does(200, "get", "recommendations/skills-gap")
    assert (said["user_skills"], said["missing_skills"]) == (["Python"], ["Kubernetes"])
    assert {one["skill"] for one in said["top_market_skills"]} == {"Python", "Kubernetes"}
    assert said["skill_coverage_percentage"] == 50.0


def upload(client, *lines):
    file = SimpleUploadedFile("cv.pdf", pdf_saying(*lines))
    said = client.upload("/api/v1/resume/upload", {"file": file})
    assert said.status_code == 202, said.content
    return said.json()


@promises("POST /api/v1/resume/upload")
def _(cast):
    said = upload(cast.ada, *RESUME)
    assert (said["filename"], said["file_type"], said["parsing_status"]) == ("cv.pdf", "pdf", "pending")
    refused = cast.ada.upload("/api/v1/resume/upload", {"file": SimpleUploadedFile("cv.pdf", b"MZ")})
    assert refused.status_code == 422


@promises("GET /api/v1/resume/{upload_id}/status")
def _(cast):
    upload_id = upload(cast.ada, *RESUME)["upload_id"]
    run_due()
    said = cast.ada.does(200, "get", f"resume/{upload_id}/status")
    assert (said["parsing_status"], said["progress"], said["extracted_skills"]) == ("completed", 100, ["Python"])
    assert said["suggestions"] == {"skills_to_add": ["Python"], "experience_level": "senior"}
    assert said["parsed_data"]["contact_info"]["email"] == "ada@example.org"
    cast.ben.does(404, "get", f"resume/{upload_id}/status")


@promises("POST /api/v1/content/generate")
def _(cast):
    made = job(cast.ada, description="Requirements:\n- Python")
    for kind in ("cover_letter", "resume_tailoring", "email_template"):
        said = cast.ada.does(201, "post", "content/generate", {"job_id": made["id"], "content_type": kind})
        assert (said["content_type"], said["tone"], bool(said["generated_content"])) == (kind, "professional", True)
    cast.ben.does(404, "post", "content/generate", {"job_id": made["id"], "content_type": "cover_letter"})


@promises("POST /api/v1/enhanced-recommendations/run")
def _(cast):
    cast.ada.does(200, "patch", "auth/me", {"skills": ["Python"]})
    job(cast.ada, description="Requirements:\n- Python")
    task = cast.ada.does(202, "post", "enhanced-recommendations/run")["task_id"]
    run_due()
    said = cast.ada.does(200, "get", f"tasks/{task}")
    assert (said["status"], said["progress"]) == ("completed", 100)
    assert all(0 <= one["semantic_score"] <= 100 for one in said["result"]["recommendations"])
    cast.ben.does(404, "get", f"tasks/{task}")


# Notifications and people


def noticed(cast):
    made = application(cast.ada, status="applied")
    cast.ada.does(200, "post", f"applications/{made['id']}/status", {"status": "offer"})
    return cast.ada.does(200, "get", "notifications")


@promises("GET /api/v1/notifications")
def _(cast):
    said = noticed(cast)
    assert (said["total"], said["unread_count"]) == (1, 1)
    assert (said["notifications"][0]["type"], said["notifications"][0]["is_read"]) == ("application_update", False)
    assert cast.ben.does(200, "get", "notifications")["total"] == 0


@promises("POST /api/v1/notifications/mark-read")
def _(cast):
    (line,) = noticed(cast)["notifications"]
    cast.ben.does(200, "post", "notifications/mark-read", {"notification_ids": [line["id"]]})
    assert cast.ada.does(200, "get", "notifications")["unread_count"] == 1
    said = cast.ada.does(200, "post", "notifications/mark-read", {"notification_ids": [line["id"]]})
    assert (said["success"], said["count"], said["notification_ids"]) == (True, 1, [line["id"]])
    assert cast.ada.does(200, "get", "notifications", {"unread_only": "true"})["total"] == 0


@promises("GET /api/v1/notifications/settings")
def _(cast):
    said = cast.ada.does(200, "get", "notifications/settings")
    assert (said["email_enabled"], said["quiet_hours_start"], said["digest_frequency"]) == (True, None, "weekly")
    assert all(said["categories"].values())


@promises("PATCH /api/v1/notifications/settings")
def _(cast):
    wished = {"quiet_hours_start": "22:00", "quiet_hours_end": "07:00", "digest_frequency": "daily"}
    said = cast.ada.does(
        200, "patch", "notifications/settings", {**wished, "categories": {"application_update": False}}
    )
    assert {name: said[name] for name in wished} == wished
    assert noticed(cast)["total"] == 0
    cast.ada.does(422, "patch", "notifications/settings", {"quiet_hours_end": "25:00"})


@promises("GET /api/v1/notifications/socket-token")
def _(cast):
    first, second = (cast.ada.does(200, "get", "notifications/socket-token") for _ in range(2))
    assert (first["expires_in"], first["token"] != second["token"]) == (60, True)


@promises("WS /api/v1/ws/notifications")
def _(cast):
    cast.request.getfixturevalue("monkeypatch").setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    token = cast.ada.does(200, "get", "notifications/socket-token")["token"]

    async def scene():
        board = Switchboard([MOUTH], here, here, sessions_over)
        client = await Client(board, MOUTH).connect(f"token={token}")
        assert client.first["type"] == "connection_established"
        assert (await client.ask({"type": "ping"}))["type"] == "pong"
        told = noticed(cast)["notifications"][0]
        assert (await client.until("notification"))[-1]["notification"] == told
        await client.ask({"type": "mark_read", "notification_id": told["id"]})
        assert cast.ada.does(200, "get", "notifications")["unread_count"] == 0

    play(scene)


@promises("GET /api/v1/social/activity")
def _(cast):
    assert cast.ada.does(200, "get", "social/activity") == {"activities": [], "leaderboard": []}


@promises("GET /health")
def _(cast):
    said = cast.nobody.get("/health")
    assert (said.status_code, said.json()["database"]["status"]) == (200, "connected")
    assert said.json()["status"] in {"healthy", "degraded"}


@promises("GET /api/v1/job-ingestion/status")
def _(cast):
    assert cast.ada.does(403, "get", "job-ingestion/status") == {"detail": "Admin access required"}
    said = cast.root.does(200, "get", "job-ingestion/status")
    assert (said["running"], said["queue_depth"]) == (False, 0)
    assert all({"name", "kind", "last_run"} <= set(source) for source in said["sources"])


@promises("POST /api/v1/job-ingestion/run")
def _(cast):
    cast.ada.does(403, "post", "job-ingestion/run", {})
    cast.root.does(422, "post", "job-ingestion/run", {"sources": ["no such source"]})
    assert cast.root.does(200, "get", "job-ingestion/status")["running"] is False
    SourceFactory(name="somewhere", is_enabled=True)
    task = cast.root.does(202, "post", "job-ingestion/run", {"sources": ["somewhere"]})["task_id"]
    assert cast.root.does(200, "get", f"tasks/{task}")["kind"] == "job_ingestion"


@promises("POST /api/v1/feedback")
def _(cast):
    body = {"type": "bug_report", "title": "A fault", "description": "It does not do what it says."}
    said = cast.ada.does(201, "post", "feedback", body)
    assert {name: said[name] for name in body} == body
    cast.ada.does(422, "post", "feedback", {**body, "title": "A"})


@promises("GET /api/v1/help-articles")
def _(cast):
    found = cast.ada.does(200, "get", "help-articles")
    assert len(found) >= 12
    one = cast.ada.does(200, "get", f"help-articles/{found[0]['slug']}")
    assert (one["id"], bool(one["content"])) == (found[0]["id"], True)
    assert cast.ada.does(200, "get", "help-articles", {"q": "no article says this word xyzzy"}) == []
