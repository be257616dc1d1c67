"""The public pages of the board."""

import html
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from onward.domain.board import services
from tests.factories import EmployerFactory, PostingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["jobs", "internships"])
def kind(request):
    return request.param


@pytest.fixture
def published(kind):
    def make(**said):
        return PostingFactory(is_internship=kind == "internships", published_at=timezone.now(), **said)

    return make


def page(kind, posting):
    return Client().get(f"/board/{kind}/{posting.pk}")


def document(answered):
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answered.text, re.DOTALL)
    return json.loads(found)


def test_a_board_lists_what_is_open(kind, published):
    there, closed = published(title="Baker & <b>"), published(title="Gone", closes_on="2020-01-01")

    shown = Client().get(f"/board/{kind}/")

    assert shown.status_code == 200
    assert html.escape(there.title) in shown.text
    assert closed.title not in shown.text
    assert "unsafe" not in shown["Content-Security-Policy"]


def test_a_posting_is_shown_with_what_search_engines_read(kind, published):
    employer = EmployerFactory(name="Globex", website="https://globex.example")
    there = published(
        employer=employer,
        company_name="Globex Ltd",
        title="Baker",
        description="Warm ovens.\n\n<script>alert(1)</script>",
        pay_min=10,
        pay_max="20.50",
        pay_currency="EUR",
        pay_period="hour",
        job_type="part_time",
        work_mode="remote",
        closes_at=datetime(2199, 3, 1, 12, tzinfo=UTC),
        closes_on="2199-03-01",
        location="Lyon",
    )

    shown = page(kind, there)

    assert (shown.status_code, "Globex Ltd" in shown.text) == (200, True)
    assert "<script>alert" not in shown.text
    assert document(shown) == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Baker",
        "description": "<p>Warm ovens.</p>\n\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "datePosted": str(there.published_at.date()),
        "hiringOrganization": {"@type": "Organization", "name": "Globex Ltd", "sameAs": "https://globex.example"},
        "identifier": {"@type": "PropertyValue", "name": "Globex Ltd", "value": str(there.uid)},
        "url": f"http://testserver/board/{kind}/{there.pk}",
        "directApply": False,
        "validThrough": "2199-03-01T12:00:00+00:00",
        "employmentType": "INTERN" if kind == "internships" else "PART_TIME",
        "jobLocation": [
            {
                "@type": "Place",
                "address": {"@type": "PostalAddress", "addressLocality": "Lyon", "addressCountry": "FR"},
            }
        ],
        "jobLocationType": "TELECOMMUTE",
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "EUR",
            "value": {"@type": "QuantitativeValue", "minValue": 10.0, "maxValue": 20.5, "unitText": "HOUR"},
        },
    }


@pytest.mark.parametrize("nasty", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028&amp;"])
def test_nothing_that_a_posting_says_ends_the_document(kind, published, nasty):
    shown = page(kind, published(title=nasty, company_name=nasty, location=nasty, description=nasty, places=[]))

    assert shown.text.count("<script") == 1
    assert document(shown)["title"] == nasty
    assert document(shown)["jobLocation"][0]["address"]["addressLocality"] == nasty


@pytest.mark.parametrize("how", ["day", "moment", "state", "removed"])
def test_what_is_closed_is_gone(kind, published, how):
    yesterday = timezone.now() - timedelta(days=1)
    there = published(**{"day": {"closes_on": yesterday.date()}, "moment": {"closes_at": yesterday}}.get(how, {}))
    if how == "state":
        services.close(posting=there, reason="filled", by_id=None, at=timezone.now())
    if how == "removed":
        services.remove(posting=there, by_id=None, at=timezone.now())

    shown = page(kind, there)

    assert shown.status_code == 410
    assert "ld+json" not in shown.text


def test_what_was_never_published_is_not_there(kind, published):
    found = PostingFactory(is_internship=kind == "internships")
    other = {"jobs": "internships", "internships": "jobs"}[kind]

    assert page(kind, found).status_code == 404
    assert page(other, published()).status_code == 404
    for path in ("0", "999999", "x", "9" * 18, "9" * 19):
        assert Client().get(f"/board/{kind}/{path}").status_code == 404
    assert Client().get("/board/dogs/").status_code == 404


def test_what_the_team_posts_is_there_at_once(signed_in, cleo, kind):
    from tests.factories import RoleFactory

    RoleFactory(user=cleo)
    made = signed_in(cleo).post(f"/campus/api/{kind}/", {"title": "Baker", "company": "Globex"}).json()

    assert document(Client().get(f"/board/{kind}/{made['id']}/"))["title"] == "Baker"
