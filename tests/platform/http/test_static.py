import asyncio
import re

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from onward.platform.http.static import static_files


@pytest.fixture(scope="module")
def application():
    async def ours(scope, receive, send):
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return static_files(ours)


def ask(application, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": path, "method": method, "headers": [], "query_string": b""}
    asyncio.run(application(scope, None, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


def test_pages_link_to_a_name_that_changes_with_the_file():
    assert re.fullmatch(r"/static/onward/app/base\.[0-9a-f]{12}\.css", static("onward/app/base.css"))


def test_a_file_is_kept_for_good_under_the_name_with_its_hash(application):
    status, headers, body = ask(application, static("onward/app/base.css"))

    assert status == 200
    assert headers["cache-control"].endswith("immutable")
    assert headers["content-type"].startswith("text/css")
    assert headers["x-content-type-options"] == "nosniff"
    with open(finders.find("onward/app/base.css"), "rb") as file:
        assert body == file.read()


def test_a_file_is_kept_shortly_under_its_plain_name(application):
    status, headers, _ = ask(application, "/static/admin/css/base.css")

    assert status == 200
    assert headers["cache-control"] == "max-age=60, public"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/onward/../../settings.py",
        "/static/nothing.css",
        "/static/",
        "/static/onward",
        "/static/\x00",
        "/",
        "/staticfile",
    ],
)
def test_nothing_else_is_served_from_there(application, path):
    assert ask(application, path)[0] == 418


def test_head_has_no_body(application):
    status, headers, body = ask(application, "/static/onward/icon.svg", "HEAD")

    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 0


def test_while_debugging_the_plain_names_are_linked(settings):
    settings.DEBUG = True

    assert static("onward/app/base.css") == "/static/onward/app/base.css"
