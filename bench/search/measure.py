"""How long the reads take with the postings that are there: ``… measure`` prints p50 and p95 in ms, as JSON."""

import json
import random
import statistics
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import django

ROUNDS = 40
API = "/copilot/api/v1"
WORDS = (
    *("software engineer", "python", "nurse", "data scientist", "kubernetes", "java developer", "sales", "accountant"),
    *("machine learning", "c++", "devops", "project manager", "senior backend engineer", "welder", "react", "sql"),
    *("product manager", "security", "electrician", "cloud architect", "excel", "teacher", "embedded software", "go"),
    *("docker postgresql", "baker", "remote customer support", "pharmacist", "lead data engineer", "k8s terraform"),
)
FILTERS = (
    {"remote_only": "true"},
    {"seniority": "senior"},
    {"job_type": "full-time", "remote_option": "hybrid"},
    {"seniority": "senior", "remote_only": "true", "job_type": "full-time"},
    {"min_salary": "80000"},
    {"min_salary": "60000", "remote_only": "true"},
    {"posted_within": "30"},
    {"location": "germany"},
    {"location": "norwesburg", "seniority": "junior"},
    {"tech_stack": "Python", "posted_within": "90"},
)


def paths(chance: random.Random) -> dict[str, list[str]]:
    """Return what is asked, by kind."""

    def feed(**asked: str) -> str:
        return f"{API}/jobs/feed?{urlencode(asked)}"

    words = [feed(query=words) for words in WORDS]
    filtered = [feed(query=text, **chance.choice(FILTERS)) for text in WORDS]
    return {
        "feed: words": words,
        "feed: words and filters": filtered,
        "feed: engineer": [feed(query="engineer"), feed(query="engineer", sort="newest")],
        "feed: engineer and filters": [feed(query="engineer", **filters) for filters in FILTERS],
        "feed: no words": [feed(), feed(remote_only="true"), feed(sort="newest", limit="100")],
        "feed: misspelled": [feed(query=text) for text in ("enginere pyhton", "kuberntes", "acountant")],
        "recommendations": [f"{API}/recommendations/jobs"],
        "market": [f"{API}/market?{urlencode({'time_range': days})}" for days in (7, 30, 90, 365)],
        "market/trends": [
            f"{API}/market/trends?{urlencode({'time_range': days, 'location': place, 'job_type': kind})}"
            for days in (30, 365)
            for place in ("", "Germany")
            for kind in ("", "full-time")
        ],
        "market/salary-insights": [f"{API}/market/salary-insights", f"{API}/market/salary-insights?location=US"],
    }


def measured(client: Any, asked: list[str]) -> dict[str, Any]:
    """Ask each several times, in turns; returns milliseconds, the slowest path, and this process's processor time.

    On SQLite that is all that an answer costs. What PostgreSQL's process takes comes on top.
    """
    times: list[tuple[float, str]] = []
    worked: list[float] = []
    for path in asked:
        client.get(path)
    for _ in range(max(1, ROUNDS // len(asked) + 1)):
        for path in asked:
            begun, had = time.perf_counter(), time.process_time()
            answer = client.get(path)
            worked.append((time.process_time() - had) * 1000)
            times.append(((time.perf_counter() - begun) * 1000, path))
            assert answer.status_code == 200, (path, answer.content[:300])
    taken = sorted(ms for ms, _ in times)
    return {
        "p50": round(statistics.median(taken), 1),
        "p95": _p95(taken),
        "cpu": _p95(sorted(worked)),
        "most": round(taken[-1], 1),
        "slowest": max(times)[1].removeprefix(API),
    }


def _p95(ordered: list[float]) -> float:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1)


def indexing(count: int = 300) -> float:
    """Return the milliseconds in which a posting is read and indexed, as the job does it."""
    from onward.domain.board.models import Posting
    from onward.domain.feed.services import catch_up
    from onward.platform.search.models import Stale

    catch_up()
    ids = list(Posting.objects.order_by("-pk").values_list("pk", flat=True)[:count])
    Stale.objects.bulk_create(Stale(index="feed", row_id=pk) for pk in ids)
    begun = time.perf_counter()
    catch_up()
    return round((time.perf_counter() - begun) * 1000 / count, 2)


def somebody() -> Any:
    """Return a client signed in as a person with skills and a wish."""
    from django.test import Client

    from onward.domain.accounts.models import User
    from onward.platform import tokens

    user, _ = User.objects.get_or_create(
        username="bench", email="bench@example.org", defaults={"desired_role": "Backend Engineer"}
    )
    user.skills = ["Python", "PostgreSQL", "Docker", "Kubernetes", "Java", "SQL", "Git", "Linux", "AWS", "REST"]
    user.save()
    opened = tokens.open_session(
        user=user, api="copilot", address="127.0.0.1", user_agent="bench", awaits_second_factor=False,
        at=datetime.now(UTC),
    )  # fmt: skip
    return Client(SERVER_NAME="localhost", HTTP_AUTHORIZATION=f"Bearer {opened.access}")


def main() -> None:
    """Measure in this process, through the whole stack, without a network."""
    django.setup()
    client = somebody()
    found: dict[str, Any] = {name: measured(client, asked) for name, asked in paths(random.Random(1)).items()}
    found["indexing, ms a posting"] = indexing()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
