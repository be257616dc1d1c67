"""The words of each kind of source: what it answers for openings that are the same everywhere."""

import html
import json
from collections.abc import Callable, Sequence
from typing import Any

from tests.domain.ingestion.servers.hosts import Answer, Request
from tests.domain.ingestion.servers.posts import Post

Shape = Callable[[Request, Sequence[Post]], Answer]


def as_json(value: Any) -> Answer:
    """Answer in JSON."""
    return Answer(200, {"Content-Type": "application/json; charset=utf-8"}, json.dumps(value).encode())


def _part(posts: Sequence[Post], request: Request, skip: str, limit: str, most: int) -> Sequence[Post]:
    first, size = int(request.query.get(skip, 0)), min(int(request.query.get(limit, most)), most)
    return posts[first : first + size]


def greenhouse(request: Request, posts: Sequence[Post]) -> Answer:
    """``/v1/boards/{token}/jobs``."""
    jobs = [
        {
            "id": int(post.id),
            "internal_job_id": 7000 + int(post.id),
            "title": post.title,
            "updated_at": "2026-03-01T10:00:00-05:00",
            "first_published": post.posted_at.isoformat(),
            "requisition_id": f"R-{post.id}",
            "location": {"name": f"{post.place} (Remote)" if post.remote else post.place},
            "absolute_url": f"https://boards.example.org/northwind/jobs/{post.id}?gh_jid={post.id}",
            "language": "en",
            "company_name": post.company,
            "metadata": [{"id": 1, "name": "Employment Type", "value": "Intern"}] if post.internship else None,
            "content": html.escape(post.html),
            "departments": [{"id": 1, "name": post.department}],
            "offices": [{"id": 1, "name": post.city, "location": post.place}],
            "pay_input_ranges": [
                {"min_cents": post.low * 100, "max_cents": post.high * 100, "currency_type": "EUR", "title": "Yearly"}
            ]
            if post.low
            else [],
        }
        for post in posts
    ]
    return as_json({"jobs": jobs, "meta": {"total": len(jobs)}})


def lever(request: Request, posts: Sequence[Post]) -> Answer:
    """``/v0/postings/{site}``."""
    return as_json(
        [
            {
                "id": f"00000000-0000-4000-8000-{int(post.id):012}",
                "text": post.title,
                "categories": {
                    "location": post.place,
                    "allLocations": [post.place],
                    "commitment": "Internship" if post.internship else "Full-time",
                    "department": post.department,
                },
                "country": post.country,
                "description": post.html,
                "descriptionPlain": "Build things & learn.",
                "lists": [{"text": "You have", "content": "<li>Curiosity</li>"}],
                "additional": "<p>Come as you are.</p>",
                "hostedUrl": f"https://jobs.example.org/northwind/{post.id}",
                "applyUrl": f"https://jobs.example.org/northwind/{post.id}/apply",
                "workplaceType": "remote" if post.remote else "on-site",
                "createdAt": int(post.posted_at.timestamp() * 1000),
            }
            | (
                {"salaryRange": {"currency": "EUR", "interval": "per-year-salary", "min": post.low, "max": post.high}}
                if post.low
                else {}
            )
            for post in _part(posts, request, "skip", "limit", 100)
        ]
    )


# By kind: the path of its answers, with the board in it, and what they look like.
SHAPES: dict[str, tuple[str, Shape]] = {
    "greenhouse": ("/v1/boards/northwind/jobs", greenhouse),
    "lever": ("/v0/postings/northwind", lever),
}
