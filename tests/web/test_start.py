"""The first five minutes."""

import json
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from onward.domain.applications.models import Application
from onward.domain.exchange import capture
from onward.platform.outbound import Reach
from onward.platform.refusals import Throttled
from tests.factories import ApplicationFactory, CompanyFactory
from tests.poison import POISON

START = "/app/start/"
TEXT = "Data Engineer at Nordwind\nLocation: Kiel\n\n" + "We look for somebody who likes the sea. " * 20
POSTING = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Data Engineer",
    "hiringOrganization": {"@type": "Organization", "name": "Nordwind"},
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Kiel", "addressCountry": "DE"}},
    "validThrough": "2026-12-24",
    "description": "<p>Build <b>pipelines</b>.</p><script>alert(1)</script>",
    "baseSalary": {"currency": "EUR", "value": {"minValue": 60000, "maxValue": 70000, "unitText": "YEAR"}},
}


def text(answer):
    return answer.content.decode()


def test_company_and_title_are_enough(adas, ada):
    adas.open(START)

    answer = adas.send(f"{START}quick/", company_name="Nordwind", job_title="Engineer", status="applied")

    assert answer.headers["Location"] == "/app/applications/"
    assert Application.objects.get(owner=ada).company.name == "Nordwind"


def test_the_text_of_a_posting_becomes_a_draft_that_says_where_it_was_read(adas):
    adas.open(START)

    page = text(adas.send(f"{START}capture/", posting=TEXT))

    assert 'value="Data Engineer"' in page
    assert 'value="Nordwind"' in page
    assert 'value="Kiel"' in page
    assert page.count("From the text") == 4
    assert not Application.objects.exists()


def test_the_draft_says_when_one_has_applied_there(adas, ada):
    ApplicationFactory(
        owner=ada, company=CompanyFactory(owner=ada, name="NORDWIND"), applied_date=date(2026, 5, 3), job_title="Cook"
    )
    adas.open(START)

    page = text(adas.send(f"{START}capture/", posting=TEXT))

    assert "You applied here on 3 May" in page


def test_a_site_that_cannot_be_read_asks_for_the_text_and_keeps_the_link(adas):
    adas.open(START)

    # Not on the public internet: nobody is connected to.
    answer = adas.send(f"{START}capture/", posting="http://127.0.0.1:1/jobs/7")

    assert answer.status_code == 422
    assert "could not be read" in text(answer)
    assert 'name="link" value="http://127.0.0.1:1/jobs/7"' in text(answer)
    page = text(adas.send(f"{START}capture/", posting=TEXT, link="http://127.0.0.1:1/jobs/7"))
    assert 'value="http://127.0.0.1:1/jobs/7"' in page


@pytest.fixture
def site():
    """Serve pages on this machine, by their paths."""
    pages = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield pages, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def html(body):
    return 200, {"Content-Type": "text/html; charset=utf-8"}, body.encode()


def test_a_link_is_read_by_the_postings_own_data(site, ada):
    pages, host = site
    pages["/jobs/7"] = html(
        '<title>Jobs</title><script type="application/ld+json">'
        + json.dumps(POSTING).replace("</", "<\\/")
        + "</script><p>x</p>"
    )
    pages["/moved"] = (302, {"Location": "/jobs/7"}, b"")

    draft = capture.capture(f"{host}/moved", owner_id=ada.pk, reach=Reach.PRIVATE_TOO)

    assert draft.values["job_title"] == "Data Engineer"
    assert draft.values["company_name"] == "Nordwind"
    assert draft.values["deadline"] == date(2026, 12, 24)
    assert (draft.values["salary_min"], draft.values["salary_currency"]) == (60000, "EUR")
    assert "alert" not in draft.values["job_description"]
    assert draft.sources["job_title"] == capture.POSTING
    assert draft.values["job_url"] == f"{host}/moved"


def test_a_link_without_data_is_read_by_its_page(site, ada):
    pages, host = site
    pages["/a"] = html(
        '<meta property="og:title" content="Cook at Südwind"><body><main>' + "Come and cook with us. " * 30 + "</main>"
    )

    draft = capture.capture(f"{host}/a", owner_id=ada.pk, reach=Reach.PRIVATE_TOO)

    assert (draft.values["job_title"], draft.values["company_name"]) == ("Cook", "Südwind")
    assert draft.sources["job_title"] == capture.PAGE


@pytest.mark.parametrize("path", ["/missing", "/large", "/empty"])
def test_a_page_that_says_nothing_is_refused_with_the_link(site, ada, path):
    pages, host = site
    pages["/large"] = html("<p>" + "x" * capture.LARGEST)
    pages["/empty"] = html("<body></body>")

    with pytest.raises(capture.Unread) as refused:
        capture.capture(f"{host}{path}", owner_id=ada.pk, reach=Reach.PRIVATE_TOO)

    assert refused.value.link == f"{host}{path}"


def test_no_more_pages_are_read_for_one_person_than_thirty_an_hour(site, ada):
    pages, host = site
    pages["/a"] = html("<title>Cook at Südwind</title>")
    for _ in range(30):
        capture.capture(f"{host}/a", owner_id=ada.pk, reach=Reach.PRIVATE_TOO)

    with pytest.raises(Throttled):
        capture.capture(f"{host}/a", owner_id=ada.pk, reach=Reach.PRIVATE_TOO)


def test_no_value_breaks_a_capture(adas):
    adas.open(START)
    for value in POISON:
        assert adas.send(f"{START}capture/", posting=str(value), link=str(value)).status_code < 500
        assert adas.send(f"{START}quick/", company_name=str(value), job_title=str(value)).status_code < 500
