"""The story of a search that begins with a résumé and ends with an offer, told through the copilot and the tracker."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onward.domain.feed.services import catch_up
from onward.domain.feed.services.markets import count_anew
from onward.platform.jobs import run_due
from tests.domain.resumes.papers import pdf_saying
from tests.factories import EmployerFactory, PostingFactory

pytestmark = pytest.mark.django_db

COPILOT, TRACKER = "/copilot/api/v1", "/tracker/api/v1"
RESUME = (
    "Ada Ahmed",
    "ada@example.org | Leeds, England",
    "Experience",
    "Backend Developer, Quartz GmbH, 03/2018 - 05/2024",
    "- Built services in Python that answer a million requests a day",
    "- Moved the ledger to PostgreSQL without a minute of downtime",
    "Skills",
    "Python, PostgreSQL, Docker",
)


def ok(answered: Any, status: int = 200) -> Any:
    assert answered.status_code == status, answered.content
    return answered.json() if answered.content else None


def posted(title: str, company: str, *asked: str) -> int:
    made = PostingFactory(
        title=title,
        employer=EmployerFactory(name=company),
        company_name=company,
        company_key=company.lower(),
        description="Requirements:\n" + "".join(f"- {skill}\n" for skill in asked),
        places=[],
        location="",
        posted_on=timezone.now().date(),
    )
    return int(made.pk)


def test_a_search_from_resume_to_offer(as_ada, as_ben):
    suits = posted("Backend Developer", "Acme", "Python", "PostgreSQL")
    reach = posted("Backend Engineer", "Globex", "Python", "Kubernetes", "Terraform")
    baker = posted("Baker", "Crumbs", "Baking", "HACCP")
    unloved = posted("Backend Developer", "Initech", "Python", "PHP")
    catch_up()
    count_anew()

    # She uploads her résumé; the job reads it, and it is the default in the tracker under the same number.
    file = SimpleUploadedFile("ada.pdf", pdf_saying(*RESUME))
    upload_id = ok(as_ada.upload(f"{COPILOT}/resume/upload", {"file": file}), 202)["upload_id"]
    run_due()
    read = ok(as_ada.get(f"{COPILOT}/resume/{upload_id}/status"))
    assert read["parsing_status"] == "completed"
    assert {"Python", "PostgreSQL", "Docker"} <= set(read["extracted_skills"])
    (version,) = ok(as_ada.get(f"{TRACKER}/applications/resumes/"))["results"]
    assert (version["id"], version["is_default"]) == (upload_id, True)

    # Nothing of it is in her profile, and still it tells which postings suit, and why.
    assert ok(as_ada.get(f"{COPILOT}/auth/me"))["skills"] == []
    found = {one["id"]: one for one in ok(as_ada.get(f"{COPILOT}/recommendations/jobs"))}
    assert (found[suits]["match_score"] >= 70, baker in found) == (True, False)
    assert found[suits]["match_score"] > found[reach]["match_score"]
    assert {"Python", "PostgreSQL"} <= set(found[suits]["matched_skills"])
    assert any("Python" in reason for reason in found[suits]["reasons"])
    assert set(found[reach]["missing_skills"]) == {"Kubernetes", "Terraform"}
    assert ok(as_ben.get(f"{COPILOT}/recommendations/jobs")) == []

    # What is missing is named; what the résumé says she takes into her profile.
    gap = ok(as_ada.get(f"{COPILOT}/recommendations/skills-gap"))
    assert {"Kubernetes", "Terraform"} <= set(gap["missing_skills"])
    ok(
        as_ada.post(
            f"{COPILOT}/resume/{upload_id}/apply-suggestions", {"skills": ["Python", "PostgreSQL"], "skip": ["Docker"]}
        )
    )
    assert ok(as_ada.get(f"{COPILOT}/auth/me"))["skills"] == ["Python", "PostgreSQL"]
    assert ok(as_ada.get(f"{COPILOT}/resume/{upload_id}/status"))["suggestions"]["skills_to_add"] == [
        "Back-end development"
    ]

    # She finds the posting in the feed, keeps it, and does not want to see another one again.
    (item,) = ok(as_ada.get(f"{COPILOT}/jobs/feed", {"query": "backend developer acme"}))["items"]
    assert item["id"] == suits
    ok(as_ada.post(f"{COPILOT}/jobs/feed/{unloved}/dismiss"))
    job = ok(as_ada.post(f"{COPILOT}/jobs", {"posting_id": suits}), 201)
    assert (job["company"], job["status"], job["posting_id"]) == ("Acme", "not_applied", suits)
    (best, *others) = ok(as_ada.get(f"{COPILOT}/recommendations/jobs"))
    assert (best["kind"], best["id"], {one["id"] for one in others}) == ("job", job["id"], {reach})

    # A first text names the job and quotes her own lines, and the tracker lists it.
    body = {"job_id": job["id"], "content_type": "cover_letter", "tone": "confident"}
    letter = ok(as_ada.post(f"{COPILOT}/content/generate", body), 201)["generated_content"]
    assert all(words in letter for words in ("Acme", "Backend Developer", "PostgreSQL"))
    assert len(letter.split()) >= 40
    assert ok(as_ada.get(f"{TRACKER}/ai/history/"))["count"] == 1

    # She applies: the card is on the tracker's board, and the job is recommended no more.
    ok(as_ada.patch(f"{COPILOT}/jobs/{job['id']}", {"status": "applied"}))
    (card,) = ok(as_ada.get(f"{TRACKER}/applications/"))["results"]
    assert (card["company_name"], card["job_title"], card["status"]) == ("Acme", "Backend Developer", "applied")
    assert {one["id"] for one in ok(as_ada.get(f"{COPILOT}/recommendations/jobs"))} == {reach}

    # The tracker moves it on, to the offer; the copilot tells each step, and shows it in its own words.
    for status in ("screening", "interviewing", "offer"):
        ok(as_ada.patch(f"{TRACKER}/applications/{card['id']}/status/", {"status": status}))
    moves = [line["data"]["after"] for line in ok(as_ada.get(f"{COPILOT}/notifications"))["notifications"]]
    assert moves == ["offer", "interviewing", "screening"]
    assert ok(as_ada.get(f"{COPILOT}/jobs/{job['id']}"))["status"] == "offer"
    (shown,) = ok(as_ada.get(f"{COPILOT}/applications"))["items"]
    assert (shown["status"], shown["job_id"], shown["offer_date"] is not None) == ("offer", job["id"], True)
    insights = ok(as_ada.get(f"{COPILOT}/jobs/insights"))
    assert insights["status_breakdown"]["offer"] == insights["total_jobs"] == 1
