"""What breaks naive programs, in every field of every kind of source."""

import csv
import io
import json
import re
from dataclasses import asdict, replace
from datetime import date, datetime
from decimal import Decimal
from html import escape

import nh3
import pytest

from onward.domain.ingestion.found import Found, Rejected
from tests.domain.ingestion.servers import Answer, posts
from tests.domain.ingestion.servers.shapes import SHAPES
from tests.poison import POISON

VALUES = [
    *POISON["strings"],
    *POISON["integers"],
    *POISON["dates"],
    *POISON["datetimes"],
    *POISON["uuids"],
    None,
    True,
    [],
    {},
    [None],
    [[1]],
    {"name": {"name": "x"}},
    "x" * 3000,
    "http://user:secret@example.org/",
    "http://[::1",
    "//example.org/x",
    "http://example.org:99999/",
    "data:text/html,<script>alert(1)</script>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "<svg/onload=alert(1)>",
]
# Where the list of a kind's items is in its answer.
LISTS = {
    "greenhouse": "jobs",
    "lever": "",
    "ashby": "jobs",
    "workable": "jobs",
    "smartrecruiters": "content",
    "recruitee": "offers",
    "remotive": "jobs",
    "arbeitnow": "data",
    "remoteok": "",
    "themuse": "results",
    "landingjobs": "",
    "hackernews": "children",
    "adzuna": "results",
    "simplify": "",
}
IDS = {"workable": "shortcode", "arbeitnow": "slug"}


def assert_clean(found):
    """Check that what was found can be stored and shown as it is."""
    text = json.dumps(asdict(found), ensure_ascii=False, default=str)
    text.encode()
    assert "\\u0000" not in text
    assert 1 <= len(found.external_id) <= 255
    assert 1 <= len(found.title) <= 255
    for url in (found.url, found.apply_url, found.company_url):
        assert len(url) <= 2000
        assert not url or re.match(r"https?://[^\s@/]+(/|$|\?|#)", url), url
    for line in (found.company, found.department, found.level, found.language, found.employment_type, *found.skills):
        assert len(line) <= 255
        assert "\n" not in line
    for place in found.places:
        assert place.text
        assert max(map(len, (place.text, place.city, place.region))) <= 255
        assert re.fullmatch(r"([A-Z]{2})?", place.country)
    assert found.work_mode in ("", "remote", "hybrid", "onsite")
    assert found.internship in (True, False, None)
    assert len(found.description_html.encode()) <= 102_400
    assert len(found.description.encode()) <= 102_400
    assert not re.search(r"<(script|svg|img|iframe|style)|<[^>]*(javascript:|\son\w+=)", found.description_html, re.I)
    assert nh3.clean(found.description_html, link_rel="nofollow noopener noreferrer") == found.description_html
    if found.pay:
        amounts = [amount for amount in (found.pay.minimum, found.pay.maximum) if amount is not None]
        assert amounts == sorted(amounts)
        assert all(isinstance(amount, Decimal) and 0 < amount <= 10**9 for amount in amounts)
        assert re.fullmatch(r"([A-Z]{3})?", found.pay.currency)
        assert found.pay.period in ("", "hour", "day", "week", "month", "year")
    if found.posted_at is not None:
        assert isinstance(found.posted_at, datetime)
        assert found.posted_at.utcoffset() is not None
        assert 1990 <= found.posted_at.year <= 2100
    if found.closes_on is not None:
        assert isinstance(found.closes_on, date)
        assert 1990 <= found.closes_on.year <= 2100


def assert_all_are_told(found, count):
    """Check that each item was kept clean, or rejected with the field that is wrong."""
    assert len(found) == count
    for one in found:
        if isinstance(one, Rejected):
            assert re.match(r"[\w.]+: must ", one.reason), one.reason
        else:
            assert_clean(one)


def places_in(value, path=()):
    """Give every place in a document that a value may stand at."""
    yield path
    if isinstance(value, dict):
        for name in value:
            yield from places_in(value[name], (*path, name))
    elif isinstance(value, list):
        for number in range(len(value)):
            yield from places_in(value[number], (*path, number))


def with_value(item, path, value):
    """Return a copy of an item with another value at a place."""
    copy = json.loads(json.dumps(item))
    where = copy
    for name in path[:-1]:
        where = where[name]
    where[path[-1]] = value
    return copy


def parts_of(kind, local, read):
    """Return what a source answers around its items, and one item."""
    entry = local.add(kind, posts(1, first=3))
    read(entry)
    request = next(one for one in reversed(local[kind].requests) if "/postings/sr-" not in one.path)
    answer = json.loads(local[kind].site.respond(request).body)
    items = answer[LISTS[kind]] if LISTS[kind] else answer
    return entry, answer, next(one for one in items if "legal" not in one and one.get("text", "") is not None)


def serve(source, kind, answer, items):
    """Let a source hold these items; each may be asked for by itself as well."""
    body = items if not LISTS[kind] else {**answer, LISTS[kind]: items}
    well = source.site.respond

    def respond(request):
        if kind == "smartrecruiters" and "/postings/" in request.path:
            return well(request)
        if kind == "hackernews" and "search" in request.path:
            return well(request)
        return Answer(200, {}, body if isinstance(body, bytes) else json.dumps(body).encode())

    source.site.respond = respond


@pytest.mark.parametrize("kind", LISTS)
def test_poison_in_any_field_is_kept_clean_or_rejected(kind, local, read):
    entry, answer, item = parts_of(kind, local, read)
    items = [with_value(item, path, value) for path in places_in(item) if path for value in VALUES]
    # What says that it is no opening any more, or never was one.
    told = [
        one
        for one in items
        if not (kind == "simplify" and (one["active"] is not True or one["is_visible"] is not True))
        and not (kind == "ashby" and one["isListed"] is False)
        and not (kind == "hackernews" and one["text"] is None)
    ]
    answer = {**answer, "links": None, "page_count": 1} if isinstance(answer, dict) else answer
    serve(local[kind], kind, answer, items)
    found = read(entry)

    assert_all_are_told(found, len(told))
    assert sum(isinstance(one, Found) for one in found) > len(told) * 0.7


@pytest.mark.parametrize("kind", LISTS)
def test_numbers_that_are_none_stop_nothing(kind, local, read):
    entry, answer, item = parts_of(kind, local, read)
    marked = [with_value(item, path, "@@number@@") for path in places_in(item) if path and isinstance(path[-1], str)]
    body = json.dumps(marked if not LISTS[kind] else {**answer, LISTS[kind]: marked, "links": None, "page_count": 1})
    for number in [*POISON["raw_json_numbers"], "9" * 5000, "1e99999999999999", "-", "+1", ".5", "1.", "undefined"]:
        raw = body.replace('"@@number@@"', number).encode()
        well = local[kind].site.respond
        local[kind].site.respond = lambda request, raw=raw, well=well: (
            well(request)
            if (kind == "smartrecruiters" and "/sr-" in request.path) or "search_by_date" in request.path
            else Answer(200, {}, raw)
        )

        found = read(entry)

        local[kind].site.respond = well
        skipped = {"simplify": 2, "hackernews": 1 if number in ("NaN", "Infinity", "undefined") else 0}.get(kind, 0)
        assert_all_are_told(found, len(marked) - skipped)


@pytest.mark.parametrize("kind", LISTS)
def test_items_that_are_no_objects_are_rejected(kind, local, read):
    entry, answer, item = parts_of(kind, local, read)
    answer = {**answer, "links": None, "page_count": 1} if isinstance(answer, dict) else answer
    serve(local[kind], kind, answer, [item, None, 1, "x", [item], True, item])

    found = read(entry)

    assert [type(one) for one in found] == [Found, *[Rejected] * 5, Found]
    assert found[1].reason == "The posting must be an object."


def test_poison_in_any_field_of_a_page_is_kept_clean_or_rejected(local, read):
    entry = local.add("jsonld", posts(1, first=3))
    page = local["jsonld"].site.respond
    served = []

    def respond(request):
        if request.path != "/careers":
            return page(request)
        scripts = "".join(f'<script type="application/ld+json">{one}</script>' for one in served)
        return Answer(200, {"Content-Type": "text/html"}, f"<html><body>{scripts}</body></html>".encode())

    text = page_data(page, local)
    item = json.loads(text)["@graph"][1]
    item["hiringOrganization"]["@type"] = item["@type"] = "JobPosting"
    item["hiringOrganization"]["@type"] = "Organization"
    local["jsonld"].site.respond = respond
    paths = [path for path in places_in(item) if path and path != ("@type",)]
    for path in paths:
        # A closing tag ends the script, wherever it stands.
        served[:] = [json.dumps(with_value(item, path, value)).replace("</", "<\\/") for value in VALUES]
        for one in read(entry):
            if isinstance(one, Rejected):
                assert "title" in path
                assert one.reason == "title: must hold text."
            else:
                assert_clean(one)


def page_data(respond, local):
    """Return the data of a career page."""
    read_request = type("Asked", (), {"path": "/careers", "query": {}})
    html = respond(read_request).body.decode()
    data = re.search(r"/\* openings \*/(.*?)</script>", html, re.DOTALL)[1]
    return data.replace("\n", "")


def test_poison_in_any_cell_of_a_list_is_kept_clean_or_rejected(local, read):
    entry = local.add("csv", [])
    names = ["id", "title", "company", "location", "url", "type", "salary", "description", "posted", "closes", "skills"]
    good = [
        "1",
        "Data Intern",
        "Northwind",
        "Berlin, Germany",
        "https://example.org/1",
        "Internship",
        "€10",
        "",
        "",
        "",
        "a, b",
    ]
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(names)
    count = 0
    for column in range(len(names)):
        for value in VALUES:
            row = [
                str(value).encode("utf-8", "replace").decode() if n == column else cell for n, cell in enumerate(good)
            ]
            rows.writerow(row)
            count += 1
    local["csv"].site.respond = lambda request: Answer(200, {}, text.getvalue().encode())

    assert_all_are_told(read(entry), count)


@pytest.mark.parametrize("kind", ["greenhouse", "lever", "jsonld", "csv"])
def test_a_description_of_ten_megabytes_is_cut(kind, local, read):
    (post,) = posts(1)
    # Greenhouse encodes it; of a page, eight megabytes are read.
    times = {"greenhouse": 340_000, "jsonld": 400_000}.get(kind, 640_000)
    local.add(kind, [replace(post, html="<p>" + "word <b>bold</b> " * times + "</p>")])

    (found,) = read(local[kind].entry)

    assert_clean(found)
    assert 90_000 < len(found.description_html.encode()) <= 102_400
    assert found.description.startswith("word bold word bold")


@pytest.mark.parametrize("kind", [kind for kind in SHAPES if kind != "simplify"])  # which has no descriptions
def test_markup_that_is_encoded_twice_is_markup(kind, local, read):
    (post,) = posts(1)
    evil = "<p>Build <b>it</b></p><script>alert(1)</script><a href='javascript:alert(1)'>here</a>"
    (found,) = read(local.add(kind, [replace(post, html=escape(escape(evil)))]))

    assert_clean(found)
    if kind != "adzuna":
        assert "<p>Build <b>it</b></p>" in found.description_html
        assert "Build it" in found.description
        assert "alert" not in found.description
        assert "&lt;" not in found.description_html
