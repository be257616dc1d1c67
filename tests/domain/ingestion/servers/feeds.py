"""What feeds of many companies answer, for openings that are the same everywhere."""

from collections.abc import Sequence

from tests.domain.ingestion.servers.hosts import Answer, Request, as_json
from tests.domain.ingestion.servers.posts import Post


def remotive(request: Request, posts: Sequence[Post]) -> Answer:
    """``/api/remote-jobs``."""
    jobs = [
        {
            "id": int(post.id),
            "url": f"https://remote.example.org/jobs/{post.id}",
            "title": post.title,
            "company_name": post.company,
            "company_logo": None,
            "category": post.department,
            "tags": list(post.tags),
            "job_type": "internship" if post.internship else "full_time",
            "publication_date": post.posted_at.replace(tzinfo=None).isoformat(),
            "candidate_required_location": post.country_name,
            "salary": f"€{post.low:,} - €{post.high:,} per year" if post.low else "",
            "description": post.html,
        }
        for post in posts
    ]
    return as_json({"0-legal-notice": "Link back.", "job-count": len(jobs), "jobs": jobs})


def arbeitnow(request: Request, posts: Sequence[Post]) -> Answer:
    """``/api/job-board-api?page=N``, a hundred a page."""
    page = int(request.query.get("page", 1))
    shown = posts[(page - 1) * 100 : page * 100]
    data = [
        {
            "slug": f"{post.title.lower().replace(' ', '-')}-{post.id}",
            "company_name": post.company,
            "title": post.title,
            "description": post.html,
            "remote": post.remote,
            "url": f"https://feed.example.org/view/{post.id}",
            "tags": list(post.tags),
            "job_types": ["internship"] if post.internship else ["professional / experienced"],
            "location": post.city,
            "created_at": int(post.posted_at.timestamp()),
        }
        for post in shown
    ]
    more = f"{request.origin}/api/job-board-api?page={page + 1}" if page * 100 < len(posts) else None
    return as_json({"data": data, "links": {"first": "", "next": more}, "meta": {"current_page": page}})


def remoteok(request: Request, posts: Sequence[Post]) -> Answer:
    """``/api``, whose first item is no opening."""
    jobs = [
        {
            "id": post.id,
            "slug": f"opening-{post.id}",
            "epoch": int(post.posted_at.timestamp()),
            "date": post.posted_at.isoformat(),
            "company": post.company,
            "position": post.title,
            "tags": [*post.tags, *(["internship"] if post.internship else [])],
            "description": post.html,
            "location": post.country_name,
            "salary_min": post.low,
            "salary_max": post.high,
            "url": f"https://remote.example.org/remote-jobs/{post.id}",
            "apply_url": f"https://remote.example.org/remote-jobs/{post.id}/apply",
        }
        for post in posts
    ]
    return as_json([{"last_updated": 1767600000, "legal": "Link back."}, *jobs])


def themuse(request: Request, posts: Sequence[Post]) -> Answer:
    """``/api/public/jobs?page=N``, twenty a page, the first of which is 0."""
    page = int(request.query.get("page", 0))
    results = [
        {
            "id": int(post.id),
            "name": post.title,
            "contents": post.html,
            "publication_date": post.posted_at.isoformat().replace("+00:00", "Z"),
            "locations": [{"name": "Flexible / Remote" if post.remote else post.place}],
            "categories": [{"name": post.department}],
            "levels": [{"name": "Internship" if post.internship else "Mid Level", "short_name": "x"}],
            "company": {"id": 1, "name": post.company},
            "refs": {"landing_page": f"https://muse.example.org/jobs/northwind/{post.id}"},
        }
        for post in posts[page * 20 : (page + 1) * 20]
    ]
    return as_json({"page": page, "page_count": -(-len(posts) // 20), "results": results})


def landingjobs(request: Request, posts: Sequence[Post]) -> Answer:
    """``/api/v1/jobs``."""
    return as_json(
        [
            {
                "id": int(post.id),
                "title": post.title,
                "url": f"https://landing.example.org/at/northwind-example/{post.id}",
                "locations": [{"city": post.city, "country_code": post.country}],
                "remote": post.remote,
                "published_at": post.posted_at.isoformat(),
                "type": "Internship" if post.internship else "Full-time",
                "tags": list(post.tags),
                "gross_salary_low": post.low,
                "gross_salary_high": post.high,
                "currency_code": "EUR",
                "role_description": post.html,
                "main_requirements": "<p>Curiosity.</p>",
                "nice_to_have": None,
                "perks": "",
            }
            for post in posts
        ]
    )


def hackernews(request: Request, posts: Sequence[Post]) -> Answer:
    """``/api/v1/search_by_date``, and ``/api/v1/items/{id}`` with a comment for each company."""
    if "search" in request.path:
        hits = [
            {"objectID": "43", "title": "Ask HN: Who wants to be hired? (January 2026)", "created_at_i": 1767600001},
            {"objectID": "42", "title": "Ask HN: Who is hiring? (January 2026)", "created_at_i": 1767600000},
            {"objectID": "41", "title": "Ask HN: Who is hiring? (December 2025)", "created_at_i": 1764600000},
        ]
        return as_json({"hits": hits})
    children = [
        {
            "id": 1000 + int(post.id),
            "author": f"founder{post.id}",
            "created_at": post.posted_at.isoformat().replace("+00:00", ".000Z"),
            "text": f"{post.company} | {post.title} | {post.place} | {'Remote' if post.remote else 'Onsite'} | "
            f'<a href="https:&#x2F;&#x2F;northwind.example.org">https:&#x2F;&#x2F;northwind.example.org</a><p>{post.html}',
            "children": [{"id": 9, "author": "x", "text": "Is this still open?", "children": []}],
        }
        for post in posts
    ]
    gone = {"id": 999, "author": None, "created_at": None, "text": None, "children": []}
    return as_json(
        {"id": 42, "title": "Ask HN: Who is hiring? (January 2026)", "children": [gone, *children] if posts else []}
    )


def adzuna(request: Request, posts: Sequence[Post]) -> Answer:
    """``/v1/api/jobs/{cc}/search/{page}``, fifty a page."""
    page = int(request.path.rpartition("/")[2])
    results = [
        {
            "id": post.id,
            "title": f"{post.title}",
            "description": "Build things &amp; learn …",
            "created": post.posted_at.isoformat().replace("+00:00", "Z"),
            "redirect_url": f"https://ads.example.org/land/ad/{post.id}?se=abc",
            "company": {"display_name": post.company},
            "location": {"display_name": post.place, "area": [post.country_name, post.city]},
            "category": {"label": post.department},
            "salary_min": post.low,
            "salary_max": post.high,
            "salary_is_predicted": "0",
            "contract_type": "permanent",
            "contract_time": "full_time",
        }
        for post in posts[(page - 1) * 50 : page * 50]
    ]
    return as_json({"count": len(posts), "results": results})


def simplify(request: Request, posts: Sequence[Post]) -> Answer:
    """A file of all internships."""
    listed = [
        {
            "source": "Simplify",
            "category": post.department,
            "company_name": post.company,
            "id": f"5b0e-{post.id}",
            "title": post.title,
            "active": True,
            "terms": ["Summer 2026"],
            "date_updated": int(post.posted_at.timestamp()),
            "date_posted": int(post.posted_at.timestamp()),
            "url": f"https://jobs.example.org/northwind/{post.id}?utm_source=Simplify",
            "locations": [post.place, "Remote"] if post.remote else [post.place],
            "company_url": "https://northwind.example.org",
            "is_visible": True,
            "sponsorship": "Other",
            "degrees": [],
        }
        for post in posts
    ]
    over = [{**one, "id": f"over-{one['id']}", "active": False} for one in listed[:3]]
    return as_json(listed + over)
