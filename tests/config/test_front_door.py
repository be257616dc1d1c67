import json
import os
import re
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import resolve

HTML = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def browser(db: None) -> Client:
    """A browser that nobody has signed in with."""
    return Client(headers=HTML)


def test_a_browser_is_greeted_with_a_page(browser):
    answer = browser.get("/")

    assert answer.status_code == 200
    assert "One record of a career" in answer.text
    assert 'href="/tracker/api/docs/"' in answer.text
    assert 'href="/offers/docs"' in answer.text
    assert 'href="/outreach/docs"' in answer.text
    assert 'href="/copilot/docs"' in answer.text
    assert 'href="/campus/api/docs/"' in answer.text
    assert "Not served yet" not in answer.text


def test_a_program_is_greeted_with_the_words_of_the_offers_document(client):
    assert client.get("/").json() == {"message": "Welcome to OfferTracker API"}


def test_the_two_greetings_are_not_mixed_up_by_a_cache(browser, client):
    assert "Accept" in browser.get("/")["Vary"]
    assert "Accept" in client.get("/")["Vary"]


@pytest.mark.parametrize("page", ["/", "/nowhere", "/admin/login/"])
def test_a_page_runs_no_script_and_takes_no_style_but_ours(browser, page):
    answer = browser.get(page)
    policy = answer["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", answer.text)


@pytest.mark.parametrize(
    "page", ["/tracker/api/docs/", "/tracker/api/redoc/", "/api/docs/", "/api/redoc", "/offers/docs"]
)
def test_a_documentation_page_runs_only_our_scripts(browser, page):
    answer = browser.get(page)
    policy = answer["Content-Security-Policy"]

    assert answer.status_code == 200
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=", answer.text)
    schema = re.search(r'data-schema="([^"]+)"', answer.text)
    assert schema
    assert browser.get(schema[1]).json()["openapi"].startswith("3.")


def test_robots_stay_at_the_front_door(client):
    assert client.get("/robots.txt").text == "User-agent: *\nAllow: /$\nAllow: /board/\nDisallow: /\n"


def test_the_icon_is_found_by_its_old_name(client):
    assert client.get("/favicon.ico")["Location"].startswith("/static/onward/icon.")


@pytest.mark.parametrize("path", ["/tracker/nowhere", "/tracker/api/v1/nowhere/", "/api/v1/nowhere", "/tracker"])
def test_an_unknown_path_of_an_api_is_said_in_json_to_everybody(browser, path):
    answer = browser.get(path)

    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not found."}
    assert answer["X-Request-ID"]


def test_an_unknown_page_is_said_in_a_page(browser):
    answer = browser.get("/nowhere")

    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert answer["Cache-Control"] == "no-store"


def test_an_unknown_page_is_said_to_a_program_in_json(client):
    assert client.get("/nowhere").json() == {"detail": "Not found."}


def test_an_unknown_host_is_refused_in_the_words_of_who_was_asked(browser):
    assert browser.get("/tracker/x", headers={"Host": "evil.example"}).json() == {"error": "The request is not valid."}
    page = browser.get("/", headers={"Host": "evil.example"})
    assert (page.status_code, "evil.example" in page.text) == (400, False)


def test_what_breaks_is_said_without_what_broke(browser, monkeypatch):
    def broken(*anything):
        raise RuntimeError("the secret word")

    monkeypatch.setattr("onward.web.pages.views.page", broken)
    browser.raise_request_exception = False

    answer = browser.get("/")

    assert answer.status_code == 500
    assert "the secret word" not in answer.text
    assert answer["X-Request-ID"] in answer.text


def test_a_database_that_does_not_answer_is_a_passing_trouble(browser, monkeypatch):
    from django.db import OperationalError

    def broken(*anything):
        raise OperationalError("connection refused")

    monkeypatch.setattr("onward.web.pages.views.page", broken)
    browser.raise_request_exception = False

    answer = browser.get("/")

    assert answer.status_code == 503
    assert answer["Retry-After"]


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/tracker/api/v1/companies", "/api/v1/companies", "/tracker/api/v1/companies/1"])
def test_both_slashes_are_the_same_to_every_method(as_ada, method, path):
    bare = getattr(as_ada, method)(path)
    slashed = getattr(as_ada, method)(f"{path}/")

    assert bare.status_code == slashed.status_code
    assert bare.status_code not in {301, 302, 307, 308}


def test_fixed_paths_win_over_open_ones():
    assert resolve("/api/v1/applications/resumes").route != resolve("/api/v1/applications/7").route


def test_pages_of_a_list_keep_the_prefix_that_was_asked(as_ada):
    for name in ("A", "B"):
        as_ada.post("/api/v1/companies/", {"name": name})

    assert "/tracker/api/v1/companies" in as_ada.get("/tracker/api/v1/companies/?page_size=1").json()["next"]
    assert "/tracker/" not in as_ada.get("/api/v1/companies/?page_size=1").json()["next"]


LOCAL = "http://localhost:3000"


def test_a_page_of_an_allowed_origin_may_call_an_api(client):
    answer = client.options(
        "/tracker/api/v1/companies/",
        headers={
            "Origin": LOCAL,
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "authorization, content-type, x-request-id",
        },
    )

    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == LOCAL
    assert "PATCH" in answer["Access-Control-Allow-Methods"]
    assert {"authorization", "content-type", "x-request-id"} <= set(answer["Access-Control-Allow-Headers"].split(", "))
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.django_db
def test_it_may_read_the_headers_that_are_ours(client):
    exposed = client.get("/api/v1/companies/", headers={"Origin": LOCAL})["Access-Control-Expose-Headers"]

    assert {"X-Request-ID", "X-RateLimit-Remaining", "Retry-After", "Content-Disposition"} <= set(exposed.split(", "))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "origin"),
    [
        ("/tracker/api/v1/companies/", "https://evil.example"),
        ("/tracker/api/v1/companies/", "http://localhost.evil.example"),
        ("/tracker/api/v1/companies/", "null"),
        ("/", LOCAL),
        ("/admin/login/", LOCAL),
        ("/trackers", LOCAL),
    ],
)
def test_nobody_else_may_and_nothing_else(client, path, origin):
    assert "Access-Control-Allow-Origin" not in client.get(path, headers={"Origin": origin})


def test_the_admin_opens_under_the_policy(root, browser):
    browser.force_login(root)

    answer = browser.get("/admin/")

    assert answer.status_code == 200
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=", answer.text)


def test_an_api_sets_no_cookie(as_ada):
    answer = as_ada.get("/api/v1/companies/")

    assert answer.status_code == 200, json.dumps(answer.json())
    assert not answer.cookies


@pytest.mark.parametrize(
    ("owner", "paths"),
    [
        ("tracker", ["/api/v1/companies/", "/api/docs/", "/api/schema/"]),
        ("copilot", ["/api/v1/auth/me", "/health", "/docs", "/openapi.json"]),
        ("offers", ["/api/v1/saved-jobs/", "/api/v1/social/groups", "/docs", "/openapi.json"]),
    ],
)
def test_the_operator_says_whose_the_bare_paths_are(owner, paths, tmp_path):
    asked = (
        "import django; django.setup()\n"
        "from django.urls import resolve\n"
        "from django.conf import settings\n"
        "from onward.platform.http.middleware import api_paths\n"
        "whose = api_paths(settings.API_PATHS)\n"
        f"print([(resolve(path).namespace, whose(path)) for path in {paths!r}])"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ONWARD_")}
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": "onward.config.settings",
            "ONWARD_V1_API": owner,
            "ONWARD_DATA_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == repr([("bare", (owner, ""))] * len(paths))
