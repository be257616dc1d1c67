"""Pages that are looked at once in a while: those of employers, and those of openings that may be gone."""

import json

import pytest
from django.utils import timezone

from onward.domain.board.models import Posting
from onward.domain.companies.models import Employer
from onward.domain.ingestion import tasks
from onward.domain.ingestion.looking import EMPLOYERS_AGAIN, look
from onward.domain.ingestion.models import Sighting, Source
from tests.domain.ingestion.servers import Answer
from tests.domain.ingestion.servers.posts import posts

pytestmark = pytest.mark.django_db

PROFILE = {
    "@context": "https://schema.org",
    "@type": "Organization",
    "name": "Northwind Example",
    "industry": "Robotics",
    "numberOfEmployees": 120,
    "address": {"addressLocality": "Berlin", "addressCountry": "DE"},
}


@pytest.fixture
def served(local, run):
    """Read a board of ten, whose host has further pages; gives what those answer, by their paths."""
    local.add("greenhouse", posts(10))
    source, pages = local["greenhouse"], {}
    board = source.site.respond
    source.site.respond = lambda request: pages.get(request.path) or board(request)
    run()
    pages["/about"] = Answer(
        200,
        {"Content-Type": "text/html"},
        f'<html><script type="application/ld+json">{json.dumps(PROFILE)}</script></html>'.encode(),
    )
    Employer.objects.update(website=f"{source.host.url}/about", domain="northwind.example")
    return pages


def asked(local):
    return [request.path for request in local["greenhouse"].requests if not request.path.startswith("/v1")]


def test_an_employers_own_page_tells_what_nobody_said_and_is_asked_once_in_a_while(local, served):
    employer = Employer.objects.get()
    Employer.objects.update(location="Potsdam", origins={"location": "person"})
    at = timezone.now()

    assert look(at=at) == 1

    employer.refresh_from_db()
    assert (employer.industry, employer.size, employer.location) == ("Robotics", "small", "Potsdam")
    assert employer.origins == {"location": "person", "industry": "page", "size": "page"}
    assert asked(local) == ["/robots.txt", "/about"]
    assert look(at=at) == 0
    assert look(at=at + EMPLOYERS_AGAIN * 2) == 1


@pytest.mark.parametrize(
    "ill",
    [
        {"/robots.txt": Answer(200, {}, b"User-agent: *\nDisallow: /")},
        {"/about": Answer(404)},
        {"/about": Answer(200, {"Content-Type": "text/html"}, b"<script type='application/ld+json'>[{</script>")},
    ],
)
def test_a_page_that_may_not_be_read_or_cannot_says_nothing_and_is_not_asked_again(served, ill):
    served.update(ill)
    at = timezone.now()

    assert look(at=at) == 1

    assert Employer.objects.get().industry == ""
    assert look(at=at) == 0


def test_no_page_in_a_private_network_is_asked_but_where_the_file_says_so(local, served, settings):
    Employer.objects.update(website=f"http://localhost:{local['greenhouse'].host.port}/about")

    assert look(at=timezone.now()) == 1

    assert asked(local) == []
    assert Employer.objects.get().industry == ""


def test_nobody_is_asked_while_no_source_is_enabled(local, served):
    Source.objects.update(is_enabled=False)

    assert tasks.look.function() == 0
    assert look(at=timezone.now()) == 0
    assert asked(local) == []


@pytest.mark.parametrize(
    ("status", "state"), [(410, "closed"), (404, "closed"), (200, "uncertain"), (403, "uncertain")]
)
def test_an_opening_that_is_missing_is_closed_when_its_own_page_is_gone(local, run, served, status, state):
    Employer.objects.update(website="", domain="")
    served["/jobs/1"] = Answer(status)
    Sighting.objects.filter(external_id="1").update(url=f"{local['greenhouse'].host.url}/jobs/1")
    local["greenhouse"].posts = local["greenhouse"].posts[1:]
    run()
    at = timezone.now()

    assert look(at=at) == 1

    posting = Posting.objects.get(sightings__external_id="1")
    assert posting.state == state
    assert asked(local) == ["/robots.txt", "/jobs/1"]
    assert look(at=at) == 0


def test_what_an_employer_does_is_guessed_by_its_name(local, run):
    local.add("greenhouse", posts(2, company="Larkspur Bank"), company="Larkspur Bank")

    run()

    employer = Employer.objects.get()
    assert (employer.industry, employer.origins["industry"]) == ("Finance", "guess")
