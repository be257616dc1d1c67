from datetime import UTC, datetime
from ipaddress import ip_network

import pytest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import path

from onward.platform.http.middleware import api_paths


def seen(request: HttpRequest, rest: str) -> HttpResponse:
    return JsonResponse(
        {
            "id": request.id,
            "api": request.api,
            "prefix": request.api_prefix,
            "client": request.client_address,
            "absolute": request.build_absolute_uri("/x"),
            "method": request.method,
            "now": request.now.isoformat(),
            "forwarded": sorted(name for name in request.META if name.startswith("HTTP_X_FORWARDED")),
        }
    )


urlpatterns = [path("<path:rest>", seen)]


@pytest.fixture
def client(settings) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["onward.platform.http.middleware.Edge"]
    return Client()


@pytest.mark.parametrize(
    ("address", "api", "prefix"),
    [
        ("/tracker/api/v1/companies/", "tracker", "/tracker"),
        ("/tracker", "tracker", "/tracker"),
        ("/trackers", "", ""),
        ("/api/v1/companies", "tracker", ""),
        ("/api/v1", "tracker", ""),
        ("/api/docs", "tracker", ""),
        ("/api/docs/", "tracker", ""),
        ("/api/docsx", "campus", ""),
        ("/api", "campus", ""),
        ("/api/schema", "tracker", ""),
        ("/admin/", "", ""),
        ("/x/tracker/", "", ""),
    ],
)
def test_a_request_knows_its_api_and_how_it_was_asked(client, address, api, prefix):
    answer = client.get(address).json()

    assert (answer["api"], answer["prefix"]) == (api, prefix)


def test_without_apis_everything_is_a_page():
    assert api_paths(())("/tracker/") == ("", "")


@pytest.mark.parametrize("given", ["abc", "A-1_2.3", "x" * 128])
def test_a_client_may_give_its_request_an_id(client, given):
    answer = client.get("/x", headers={"X-Request-ID": given})

    assert answer["X-Request-ID"] == given == answer.json()["id"]


@pytest.mark.parametrize("given", ["", " ", "a b", "x" * 129, "a\n", "<script>", "é", None])
def test_any_other_id_is_replaced(client, given):
    answer = client.get("/x", headers={} if given is None else {"X-Request-ID": given})

    assert answer["X-Request-ID"] == answer.json()["id"]
    assert answer["X-Request-ID"] != given
    assert len(answer["X-Request-ID"]) == 32


def test_a_request_knows_its_time(client):
    before = datetime.now(UTC)
    now = datetime.fromisoformat(client.get("/x").json()["now"])

    assert before <= now <= datetime.now(UTC)


def test_nobody_is_believed_about_the_client_without_a_trusted_proxy(client):
    answer = client.get("/x", headers={"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https"}).json()

    assert answer["client"] == "127.0.0.1"
    assert answer["absolute"] == "http://testserver/x"
    assert answer["forwarded"] == []


def test_a_trusted_proxy_is_believed(client, settings):
    settings.TRUSTED_PROXIES = (ip_network("127.0.0.0/8"),)

    forwarded = {"X-Forwarded-For": "6.6.6.6, 198.51.100.1", "X-Forwarded-Proto": "https", "Host": "testserver"}
    answer = client.get("/x", headers=forwarded).json()

    assert answer["client"] == "198.51.100.1"
    assert answer["absolute"] == "https://testserver/x"


def test_a_host_that_is_not_ours_is_refused_with_the_headers_of_every_answer(client):
    answer = client.get("/tracker/x", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert answer["X-Request-ID"]
    assert b"evil" not in answer.content


def test_answers_of_an_api_are_kept_by_nobody(client):
    headers = client.get("/tracker/x").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_cannot_be_framed(client):
    headers = client.get("/page").headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Cache-Control" not in headers


def test_an_api_answers_head_wherever_it_answers_get(client):
    assert client.get("/tracker/x").json()["method"] == "GET"
    answer = client.head("/tracker/x")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.fixture
def public(settings, client) -> Client:
    settings.PUBLIC_URL = "https://careers.example.org"
    settings.ALLOWED_HOSTS = ["careers.example.org"]
    settings.TRUSTED_PROXIES = (ip_network("127.0.0.1"),)
    return Client(headers={"Host": "careers.example.org"})


def test_a_page_asked_in_the_open_is_led_to_https(public):
    answer = public.get("/page?a=1", headers={"X-Forwarded-Proto": "http"})

    assert answer.status_code == 301
    assert answer["Location"] == "https://careers.example.org/page?a=1"


def test_a_health_check_that_asks_us_directly_is_not_led_anywhere(public):
    assert public.get("/page").status_code == 200


def test_over_https_browsers_are_told_to_stay_there(public):
    assert (
        "max-age=31536000" in public.get("/page", headers={"X-Forwarded-Proto": "https"})["Strict-Transport-Security"]
    )
    assert "Strict-Transport-Security" not in public.get("/page")
