"""What companies' own boards answer, for openings that are the same everywhere."""

import html
from collections.abc import Sequence

from tests.domain.ingestion.servers.hosts import Answer, Request, as_json
from tests.domain.ingestion.servers.posts import Post


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


def ashby(request: Request, posts: Sequence[Post]) -> Answer:
    """``/posting-api/job-board/{board}``."""
    jobs = [
        {
            "id": f"a-{post.id}",
            "title": post.title,
            "department": post.department,
            "team": "Platform",
            "employmentType": "Intern" if post.internship else "FullTime",
            "location": post.city,
            "secondaryLocations": [],
            "address": {
                "postalAddress": {
                    "addressLocality": post.city,
                    "addressRegion": post.region,
                    "addressCountry": post.country_name,
                }
            },
            "isRemote": post.remote,
            "workplaceType": "Remote" if post.remote else "OnSite",
            "publishedAt": post.posted_at.isoformat(),
            "isListed": True,
            "jobUrl": f"https://jobs.example.org/northwind/{post.id}",
            "applyUrl": f"https://jobs.example.org/northwind/{post.id}/application",
            "descriptionHtml": post.html,
            "descriptionPlain": "Build things & learn.",
            "compensation": {
                "compensationTierSummary": None,
                "summaryComponents": [
                    {
                        "compensationType": "Salary",
                        "interval": "1 YEAR",
                        "currencyCode": "EUR",
                        "minValue": post.low,
                        "maxValue": post.high,
                    }
                ],
            },
        }
        for post in posts
    ]
    hidden = {**jobs[0], "id": "hidden", "isListed": False} if jobs else None
    return as_json({"apiVersion": "1", "jobs": jobs + [hidden] * bool(hidden)})


def workable(request: Request, posts: Sequence[Post]) -> Answer:
    """``/api/v1/widget/accounts/{slug}``."""
    jobs = [
        {
            "title": post.title,
            "shortcode": f"W{post.id}",
            "employment_type": "Internship" if post.internship else "Full-time",
            "telecommuting": post.remote,
            "department": post.department,
            "url": f"https://apply.example.org/j/W{post.id}",
            "application_url": f"https://apply.example.org/j/W{post.id}/apply",
            "published_on": post.posted_at.date().isoformat(),
            "created_at": "2025-12-31",
            "country": post.country_name,
            "city": post.city,
            "state": post.region,
            "locations": [{"country": post.country_name, "city": post.city, "region": post.region}],
            "description": post.html,
        }
        for post in posts
    ]
    return as_json({"name": posts[0].company if posts else "", "description": None, "jobs": jobs})


def smartrecruiters(request: Request, posts: Sequence[Post]) -> Answer:
    """``/v1/companies/{id}/postings`` and, for the text, ``/postings/{id}``."""
    asked = request.path.partition("/postings/")[2]
    if asked:
        post = next((post for post in posts if f"sr-{post.id}" == asked), None)
        if post is None:
            return Answer(404)
        sections = {
            "jobDescription": {"title": "Job", "text": post.html},
            "qualifications": {"title": "You", "text": None},
        }
        return as_json(
            {
                "id": asked,
                "jobAd": {"sections": sections},
                "applyUrl": f"https://jobs.example.org/northwind/{post.id}/apply",
                "postingUrl": f"https://jobs.example.org/northwind/{post.id}",
            }
        )
    content = [
        {
            "id": f"sr-{post.id}",
            "name": post.title,
            "refNumber": f"REF{post.id}",
            "company": {"identifier": "northwind", "name": post.company},
            "releasedDate": post.posted_at.isoformat().replace("+00:00", ".000Z"),
            "location": {
                "city": post.city,
                "region": post.region,
                "country": post.country.lower(),
                "remote": post.remote,
            },
            "typeOfEmployment": {"label": "Intern" if post.internship else "Full-time"},
            "experienceLevel": {"id": "entry_level", "label": "Entry Level"},
            "department": {"label": post.department},
        }
        for post in _part(posts, request, "offset", "limit", 100)
    ]
    offset = int(request.query.get("offset", 0))
    return as_json({"limit": 100, "offset": offset, "totalFound": len(posts), "content": content})


def recruitee(request: Request, posts: Sequence[Post]) -> Answer:
    """``/api/offers/``."""
    offers = [
        {
            "id": int(post.id),
            "slug": f"opening-{post.id}",
            "title": post.title,
            "company_name": post.company,
            "description": post.html,
            "requirements": "<p>Curiosity.</p>",
            "department": post.department,
            "city": post.city,
            "country_code": post.country,
            "remote": post.remote,
            "hybrid": False,
            "on_site": not post.remote,
            "employment_type_code": "internship" if post.internship else "fulltime_permanent",
            "salary": {"min": str(post.low), "max": str(post.high), "period": "year", "currency": "EUR"},
            "careers_url": f"https://northwind.example.org/o/{post.id}",
            "careers_apply_url": f"https://northwind.example.org/o/{post.id}/c/new",
            "published_at": post.posted_at.strftime("%Y-%m-%d %H:%M:%S UTC"),
        }
        for post in posts
    ]
    return as_json({"offers": offers})
