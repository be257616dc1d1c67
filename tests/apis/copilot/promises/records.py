"""Jobs, the market, applications, imports and exports."""

import csv
import io

import openpyxl
import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apis.copilot.promises import JOB, application, job, posting, promises
from tests.factories import PostingFactory, SightingFactory, SourceFactory


@promises("GET /api/v1/jobs")
def _(cast):
    made = [job(cast.ada, title=f"Developer {n}") for n in range(3)]
    job(cast.ben)
    assert [one["id"] for one in cast.ada.does(200, "get", "jobs")] == [one["id"] for one in reversed(made)]
    part = cast.ada.get("/api/v1/jobs", {"skip": 1, "limit": 1})
    assert (part["X-Total-Count"], [one["id"] for one in part.json()]) == ("3", [made[1]["id"]])


@promises("POST /api/v1/jobs")
def _(cast):
    made = job(cast.ada, source="LinkedIn", remote_option="remote", currency="EUR")
    assert {name: made[name] for name in JOB} == JOB
    assert (made["source"], made["remote_option"], made["status"]) == ("linkedin", "remote", "not_applied")
    cast.ada.does(422, "post", "jobs", {"company": "Acme"})


@promises("GET /api/v1/jobs/{job_id}")
def _(cast):
    made = job(cast.ada, description="x" * 300)
    shown = cast.ada.does(200, "get", f"jobs/{made['id']}")
    assert (shown["description"], len(shown["description_preview"])) == ("x" * 300, 200)
    cast.ben.does(404, "get", f"jobs/{made['id']}")


@promises("PATCH /api/v1/jobs/{job_id}")
def _(cast):
    made = job(cast.ada)
    changed = cast.ada.does(
        200, "patch", f"jobs/{made['id']}", {"status": "applied", "notes": "n", "salary_max": 70_000}
    )
    assert (changed["status"], changed["notes"], changed["salary_max"]) == ("applied", "n", 70_000)
    assert changed["date_applied"] is not None
    cast.ben.does(404, "patch", f"jobs/{made['id']}", {"notes": "mine"})


@promises("DELETE /api/v1/jobs/{job_id}")
def _(cast):
    made = job(cast.ada)
    cast.ben.does(404, "delete", f"jobs/{made['id']}")
    cast.ada.does(204, "delete", f"jobs/{made['id']}")
    cast.ada.does(404, "get", f"jobs/{made['id']}")


@promises("GET /api/v1/jobs/search")
def _(cast):
    found, other = (
        job(cast.ada, location="Berlin"),
        job(cast.ada, title="Baker", tech_stack=["Ovens"], salary_max=55_000),
    )

    def ids(**asked):
        return [one["id"] for one in cast.ada.does(200, "get", "jobs/search", asked)]

    assert ids(query="acme developer", location="berlin", min_salary=60_000, tech_stack=["Python", "Go"]) == [
        found["id"]
    ]
    assert ids(tech_stack="Ovens") == [other["id"]]
    assert ids(remote_only="true") == []
    cast.ada.does(200, "patch", f"jobs/{found['id']}", {"title": "Welder"})
    assert ids(query="developer") == []


@promises("GET /api/v1/jobs/recommendations")
def _(cast):
    cast.ada.does(200, "patch", "auth/me", {"skills": ["Python"]})
    suits = job(cast.ada, description="Requirements:\n- Python")
    job(cast.ada, title="Cook", tech_stack=["Baking", "HACCP"])
    found = cast.ada.does(200, "get", "jobs/recommendations")
    assert [one["id"] for one in found] == [suits["id"]]
    assert found[0]["match_score"] >= 70


@promises("GET /api/v1/jobs/insights")
def _(cast):
    job(cast.ada, remote_option="remote", location="Berlin", source="indeed")
    said = cast.ada.does(200, "get", "jobs/insights")
    assert (said["total_jobs"], said["remote_percentage"], said["source_breakdown"]) == (1, 100.0, {"indeed": 1})
    assert sum(group["count"] for group in said["salary_histogram"]) == 1


@promises("GET /api/v1/market")
def _(cast):
    posting()
    said = cast.ada.does(200, "get", "market")
    assert (said["total_postings"], said["previous_total"]) == (1, 0)
    assert [one["skill"] for one in said["top_skills"]] == ["Python"]


@promises("GET /api/v1/linkedin-jobs")
def _(cast):
    assert cast.ada.does(200, "get", "linkedin-jobs")["configured"] is False
    source = SourceFactory(kind="jobspy", base_url="https://www.linkedin.com", is_enabled=True)
    SightingFactory(source=source, posting=PostingFactory(title="Welder"), is_telling=True)
    posting(title="Baker")
    said = cast.ada.does(200, "get", "linkedin-jobs")
    assert (said["configured"], [one["title"] for one in said["items"]]) == (True, ["Welder"])


# Applications


@promises("GET /api/v1/applications")
def _(cast):
    for status in ("applied", "interview", "applied"):
        application(cast.ada, status=status, title=f"Developer {status}")
    said = cast.ada.does(200, "get", "applications", {"status": "applied", "limit": 1, "sort_by": "status"})
    assert (len(said["items"]), said["total"], said["skip"], said["limit"]) == (1, 2, 0, 1)
    counted = {column["status"]: column["count"] for column in said["kanban"]["columns"]}
    assert (counted["applied"], counted["interview"], counted["offer"]) == (2, 1, 0)


@promises("POST /api/v1/applications")
def _(cast):
    tracked = job(cast.ada)
    made = cast.ada.does(201, "post", "applications", {"job_id": tracked["id"]})
    assert (made["job_id"], made["company"], made["status"]) == (tracked["id"], "Acme", "interested")
    cast.ada.does(400, "post", "applications", {"job_id": tracked["id"]})
    assert application(cast.ada)["job_id"] is None
    cast.ben.does(404, "post", "applications", {"job_id": tracked["id"]})


@promises("PATCH /api/v1/applications/{application_id}")
def _(cast):
    made = application(cast.ada, status="applied")
    said = {
        "interview_feedback": {"questions": ["Why?"], "skill_areas": ["Go"], "notes": "fine"},
        "attachments": [{"name": "CV", "url": "https://example.org/cv"}],
        "follow_up_date": "2030-01-02",
    }
    changed = cast.ada.does(200, "patch", f"applications/{made['id']}", said)
    assert {name: changed[name] for name in said} == said
    cast.ben.does(404, "patch", f"applications/{made['id']}", {"status": "offer"})


@promises("DELETE /api/v1/applications/{application_id}")
def _(cast):
    made = application(cast.ada)
    cast.ben.does(404, "delete", f"applications/{made['id']}")
    cast.ada.does(204, "delete", f"applications/{made['id']}")
    assert cast.ada.does(200, "get", "applications")["total"] == 0


@promises("POST /api/v1/applications/{application_id}/status")
def _(cast):
    made = application(cast.ada)
    moved = cast.ada.does(200, "post", f"applications/{made['id']}/status", {"status": "interview", "notes": "called"})
    assert (moved["status"], moved["notes"]) == ("interview", "called")
    cast.ada.does(422, "post", f"applications/{made['id']}/status", {"status": "dancing"})


@promises("POST /api/v1/bulk_operations/applications/status")
def _(cast):
    mine, theirs = application(cast.ada)["id"], application(cast.ben)["id"]
    said = cast.ada.does(200, "post", "bulk_operations/applications/status", {"ids": [mine, theirs], "status": "offer"})
    assert (said["total"], said["successful"], said["failed"], said["updated_ids"]) == (2, 1, 1, [mine])
    assert [(one["index"], one["id"]) for one in said["errors"]] == [(1, theirs)]


def bring(client, content):
    said = client.upload("/api/v1/import/applications", {"file": SimpleUploadedFile("a.csv", content)})
    assert said.status_code == 200, said.content
    return said.json()


@promises("POST /api/v1/import/applications")
def _(cast):
    content = b"company,title,status\nAcme,Cook,applied\nGlobex,,applied\nAcme,Baker,dancing\n"
    said = bring(cast.ada, content)
    assert (said["total_records"], said["successful"], said["failed"]) == (3, 1, 2)
    assert [(one["row_number"], one["field"]) for one in said["errors"]] == [(3, "title"), (4, "status")]
    assert (bring(cast.ada, content)["successful"], bring(cast.ada, content)["duplicates"]) == (0, 1)


def exported(cast, kind):
    application(cast.ada, company="Acme", status="applied")
    application(cast.ada, company="Globex", status="offer")
    application(cast.ben, company="Initech")
    sent = cast.ada.get(f"/api/v1/export/applications.{kind}", {"status": "applied"})
    assert sent.status_code == 200
    return b"".join(sent.streaming_content) if sent.streaming else sent.content


@promises("GET /api/v1/export/applications.csv")
def _(cast):
    (row,) = csv.DictReader(io.StringIO(exported(cast, "csv").decode("utf-8-sig")))
    assert (row["company"], row["status"]) == ("Acme", "applied")


@promises("GET /api/v1/export/applications.xlsx")
def _(cast):
    rows = list(openpyxl.load_workbook(io.BytesIO(exported(cast, "xlsx"))).active.values)
    assert [dict(zip(rows[0], row, strict=True))["company"] for row in rows[1:]] == ["Acme"]


@promises("GET /api/v1/export/applications.pdf")
def _(cast):
    pages = pypdfium2.PdfDocument(exported(cast, "pdf"))
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    assert ("Acme" in text, "Globex" in text, "Initech" in text) == (True, False, False)
