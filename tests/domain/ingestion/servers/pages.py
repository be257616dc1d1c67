"""A career page, and a list that somebody keeps."""

import csv
import io
import json
from collections.abc import Sequence

from tests.domain.ingestion.servers.hosts import Answer, Request
from tests.domain.ingestion.servers.posts import Post


def jsonld(request: Request, posts: Sequence[Post]) -> Answer:
    """A career page, with its openings in a graph, and comments and raw line breaks in it."""
    if request.path == "/robots.txt":
        return Answer(200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private\n")
    graph = [
        {
            "@type": "JobPosting",
            "title": post.title,
            "description": post.html,
            "datePosted": post.posted_at.date().isoformat(),
            "validThrough": "2027-12-31T23:59:59+01:00",
            "employmentType": ["FULL_TIME", "INTERN"] if post.internship else "FULL_TIME",
            "hiringOrganization": {
                "@type": "Organization",
                "name": post.company,
                "sameAs": "https://northwind.example.org",
            },
            "jobLocation": {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": post.city,
                    "addressRegion": post.region,
                    "addressCountry": post.country,
                },
            },
            "baseSalary": {
                "@type": "MonetaryAmount",
                "currency": "EUR",
                "value": {
                    "@type": "QuantitativeValue",
                    "minValue": post.low,
                    "maxValue": post.high,
                    "unitText": "YEAR",
                },
            },
            "identifier": {"@type": "PropertyValue", "name": post.company, "value": f"J-{post.id}"},
            "url": f"https://northwind.example.org/careers/{post.id}",
        }
        | ({"jobLocationType": "TELECOMMUTE"} if post.remote else {})
        for post in posts
    ]
    data = json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "Organization"}, *graph]})
    page = f"""<!doctype html><html lang="en"><head><title>Careers</title>
        <script type="application/ld+json">/* openings */
        {data.replace("</p>", "</p>" + chr(10))}
        </script></head><body><h1>Careers</h1></body></html>"""
    return Answer(200, {"Content-Type": "text/html; charset=utf-8"}, page.encode())


def csv_list(request: Request, posts: Sequence[Post]) -> Answer:
    """A list as people keep it."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(
        ["Job ID", "Position", "Company Name", "Location", "Link", "Job Type", "Salary", "Description", "Date Posted"]
    )
    for post in posts:
        rows.writerow(
            [
                post.id,
                post.title,
                post.company,
                post.place,
                f"https://jobs.example.org/northwind/{post.id}",
                "Internship" if post.internship else "Full-time",
                f"€{post.low} - €{post.high} per year" if post.low else "",
                post.html,
                post.posted_at.date().isoformat(),
            ]
        )
    return Answer(200, {"Content-Type": "text/csv; charset=utf-8"}, text.getvalue().encode())
