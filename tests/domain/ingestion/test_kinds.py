"""Every kind of source, read from a server that answers as it does."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from onward.domain.ingestion.fetching import Broken
from onward.domain.ingestion.found import Found, Pay, Place, Rejected
from onward.domain.ingestion.sources import KINDS
from tests.domain.ingestion.servers import Answer, behaviour, posts
from tests.domain.ingestion.servers.hosts import as_json
from tests.domain.ingestion.servers.shapes import SHAPES

BOARDS = ("greenhouse", "lever", "ashby", "workable", "smartrecruiters", "recruitee", "jsonld", "csv", "simplify")
FEEDS = ("remotive", "arbeitnow", "remoteok", "themuse", "landingjobs", "hackernews", "adzuna", "jobspy")


def test_every_kind_has_a_server_here_and_is_a_board_or_a_feed():
    assert set(SHAPES) | {"jobspy"} == set(KINDS) == {*BOARDS, *FEEDS}
    assert {kind for kind, adapter in KINDS.items() if adapter.windowed} == set(FEEDS)


@pytest.mark.parametrize("kind", SHAPES)
def test_a_source_of_every_kind_is_read_whole(kind, local, read):
    served = posts(250)

    found = read(local.add(kind, served))

    assert len(found) == 250
    assert all(isinstance(one, Found) for one in found)
    assert [one.title for one in found] == [one.title for one in served]
    assert len({one.external_id for one in found}) == 250
    assert all(one.url.startswith("https://") for one in found)


@pytest.mark.parametrize("kind", SHAPES)
def test_a_source_without_postings_is_no_failure(kind, local, read):
    assert read(local.add(kind, [])) == []


AUSTIN = Place("Austin, United States", "Austin", "", "US")
YEARLY = Pay(Decimal("9000.00"), Decimal("13500.00"), "EUR", "year")
# Of an opening in Austin for an intern who works remotely, what each kind tells.
TOLD = {
    "greenhouse": {
        "places": (Place("Austin, United States (Remote)", "Austin", "", "US"),),
        "work_mode": "remote",
        "internship": True,
        "pay": YEARLY,
        "department": "Engineering",
        "language": "en",
    },
    "lever": {
        "company": "",
        "places": (AUSTIN,),
        "work_mode": "remote",
        "internship": True,
        "employment_type": "Internship",
        "pay": YEARLY,
        "apply_url": "https://jobs.example.org/northwind/9/apply",
    },
    "ashby": {
        "company": "",
        "places": (Place("Austin", "Austin", "Texas", "US"),),
        "work_mode": "remote",
        "internship": True,
        "employment_type": "Intern",
        "pay": YEARLY,
        "apply_url": "https://jobs.example.org/northwind/9/application",
    },
    "workable": {
        "places": (Place("Austin, Texas, United States", "Austin", "Texas", "US"),),
        "work_mode": "remote",
        "internship": True,
        "posted_at": datetime(2026, 1, 5, tzinfo=UTC),
    },
    "smartrecruiters": {
        "places": (Place("Austin, Texas, US", "Austin", "Texas", "US"),),
        "work_mode": "remote",
        "internship": True,
        "level": "Entry Level",
        "url": "https://jobs.example.org/northwind/9",
        "apply_url": "https://jobs.example.org/northwind/9/apply",
    },
    "recruitee": {
        "places": (Place("Austin, US", "Austin", "", "US"),),
        "work_mode": "remote",
        "internship": True,
        "pay": YEARLY,
        "apply_url": "https://northwind.example.org/o/9/c/new",
    },
    "remotive": {
        "places": (Place("United States", "", "", "US"),),
        "work_mode": "remote",
        "internship": True,
        "pay": YEARLY,
        "skills": ("python", "sql"),
    },
    "arbeitnow": {
        "places": (Place("Austin", "Austin"),),
        "work_mode": "remote",
        "internship": True,
        "skills": ("python", "sql"),
    },
    "remoteok": {
        "places": (Place("United States", "", "", "US"),),
        "work_mode": "remote",
        "internship": True,
        "pay": replace(YEARLY, currency="USD"),
        "skills": ("python", "sql", "internship"),
    },
    "themuse": {
        "places": (Place("Flexible / Remote"),),
        "work_mode": "remote",
        "internship": True,
        "level": "Internship",
    },
    "landingjobs": {
        "places": (Place("Austin, US", "Austin", "", "US"),),
        "work_mode": "remote",
        "internship": True,
        "pay": YEARLY,
        "skills": ("python", "sql"),
    },
    "hackernews": {
        "places": (AUSTIN,),
        "work_mode": "remote",
        "internship": None,
        "url": "https://news.ycombinator.com/item?id=1009",
    },
    "adzuna": {"places": (AUSTIN,), "internship": None, "pay": replace(YEARLY, currency="")},
    "simplify": {
        "places": (AUSTIN, Place("Remote")),
        "work_mode": "remote",
        "internship": True,
        "company_url": "https://northwind.example.org",
        "description_html": "",
    },
    "jsonld": {
        "external_id": "J-9",
        "places": (Place("Austin, Texas, US", "Austin", "Texas", "US"),),
        "work_mode": "remote",
        "internship": True,
        "company_url": "https://northwind.example.org",
        "pay": YEARLY,
        "language": "en",
        "posted_at": datetime(2026, 1, 5, tzinfo=UTC),
        "closes_on": date(2027, 12, 31),
    },
    "csv": {
        "external_id": "9",
        "places": (AUSTIN,),
        "internship": True,
        "pay": YEARLY,
        "posted_at": datetime(2026, 1, 5, tzinfo=UTC),
    },
}


@pytest.mark.parametrize("kind", SHAPES)
def test_what_a_kind_tells_is_told(kind, local, read):
    (post,) = posts(1, first=9)
    local.add(kind, [replace(post, internship=True)])

    (found,) = read(local[kind].entry)

    told = {"company": "Northwind Example", "title": "Data Analyst 9", "posted_at": post.posted_at, **TOLD[kind]}
    assert {name: getattr(found, name) for name in told} == told
    if kind not in ("simplify", "adzuna"):
        assert "<p>Build <strong>things</strong> &amp; learn.</p>" in found.description_html.replace("\n", "")
        assert "Build things & learn.\n- Python\n- SQL" in found.description


@pytest.mark.parametrize("kind", ["ashby", "smartrecruiters", "recruitee", "remotive", "themuse"])
def test_where_a_source_knows_internships_the_others_are_none(kind, local, read):
    (post,) = posts(1)
    assert read(local.add(kind, [replace(post, internship=False)]))[0].internship is False


@pytest.mark.parametrize("kind", ["greenhouse", "lever", "workable", "arbeitnow", "remoteok", "jsonld", "csv"])
def test_that_an_opening_is_full_time_says_nothing_of_whether_it_is_an_internship(kind, local, read):
    (post,) = posts(1)
    assert read(local.add(kind, [replace(post, internship=False)]))[0].internship is None


@pytest.mark.parametrize("kind", ["lever", "smartrecruiters", "arbeitnow", "themuse", "adzuna"])
def test_pages_are_asked_for_until_there_are_no_more(kind, local, read):
    size = {"lever": 100, "smartrecruiters": 100, "arbeitnow": 100, "themuse": 20, "adzuna": 50}[kind]
    for count in (size - 1, size, size + 1):
        name = f"{kind}-{count}"
        assert len(read(local.add(kind, posts(count), name=name))) == count
        pages = [one for one in local[name].requests if "/postings/sr-" not in one.path]
        assert len(pages) <= 2


@pytest.mark.parametrize("kind", ["lever", "arbeitnow"])
def test_a_server_that_knows_no_pages_is_not_asked_for_ever(kind, local, read):
    entry = local.add(kind, posts(100))
    well = local[kind].site.respond
    always = well(type("Asked", (), {"query": {}, "path": SHAPES[kind][0], "origin": "http://example.org"}))
    local[kind].site.respond = lambda request: always

    assert len(read(entry)) == 100
    assert len(local[kind].requests) <= 2


def test_the_feed_of_the_muse_is_read_for_a_hundred_pages(local, read, monkeypatch):
    monkeypatch.setattr("onward.domain.ingestion.sources.themuse.PAGES", 3)

    assert len(read(local.add("themuse", posts(100)))) == 60


def test_a_page_that_fails_midway_is_a_failure(local, read):
    entry = local.add("lever", posts(250))
    local["lever"].behave(behaviour.at_first(2, behaviour.well, behaviour.saying(404)))

    with pytest.raises(Broken, match="404"):
        read(entry)


def test_unlisted_openings_of_ashby_are_none(local, read):
    assert {one.external_id for one in read(local.add("ashby", posts(3)))} == {"a-1", "a-2", "a-3"}


def test_the_text_of_a_posting_that_has_gone_meanwhile_is_left_out(local, read):
    entry = local.add("smartrecruiters", posts(2))
    well = local["smartrecruiters"].site.respond
    local["smartrecruiters"].site.respond = lambda request: (
        Answer(404) if request.path.endswith("/sr-1") else well(request)
    )

    first, second = read(entry)

    assert (first.description, first.url) == ("", "https://jobs.smartrecruiters.com/northwind/sr-1")
    assert second.description


def test_hacker_news_is_asked_for_who_is_hiring_this_month(local, read):
    read(local.add("hackernews", posts(1)))

    assert [one.path for one in local["hackernews"].requests] == ["/api/v1/search_by_date", "/api/v1/items/42"]
    local["hackernews"].site.respond = lambda request: as_json(
        {"hits": [{"objectID": "1", "title": "Show HN: Something"}]}
    )
    assert read(local["hackernews"].entry) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Acme (https://acme.example) | Data Intern | Remote (EU) | €20k<p>More",
            ("Acme", "Data Intern", "remote", ("",)),
        ),
        ("Acme | ONSITE | Rust Engineer | Zürich, Switzerland", ("Acme", "Rust Engineer", "onsite", ("Zürich",))),
        ("Acme &amp; Co | <b>Founding&nbsp;Engineer</b>", ("Acme & Co", "Founding Engineer", "", ())),
        ("Acme | 2027 Summer Intern | Lyon, France | 40 hours", ("Acme", "2027 Summer Intern", "", ("Lyon",))),
        ("Acme | 0.5% | 3D Artist | 20 people | 30.000 – 40.000 EUR", ("Acme", "3D Artist", "", ())),
        ("We are hiring!", None),
        ("", None),
        ("|", None),
    ],
)
def test_a_comment_on_hacker_news_begins_with_company_role_and_place(text, told, local, read):
    entry = local.add("hackernews", posts(1))
    well = local["hackernews"].site.respond
    local["hackernews"].site.respond = lambda request: (
        well(request) if "search" in request.path else as_json({"children": [{"id": 7, "text": text}]})
    )

    (found,) = read(entry)

    if told is None:
        assert found == Rejected("text: must begin with a company and a role.", "7")
    else:
        assert (found.company, found.title, found.work_mode) == told[:3]
        assert tuple(place.city for place in found.places) == told[3]


def test_adzuna_is_asked_with_the_operators_key(local, read, settings):
    settings.ADZUNA_APP_ID, settings.ADZUNA_APP_KEY = "our-id", "our-key"

    assert len(read(local.add("adzuna", posts(60)))) == 60

    first, second = local["adzuna"].requests
    assert first.path == "/v1/api/jobs/northwind/search/1"
    assert second.path.endswith("/2")
    assert (first.query["app_id"], first.query["app_key"]) == ("our-id", "our-key")


def test_adzuna_is_not_asked_without_a_key_and_no_failure_tells_it(local, read, settings):
    settings.ADZUNA_APP_ID, settings.ADZUNA_APP_KEY = "", ""
    with pytest.raises(Broken, match="ONWARD_ADZUNA_APP_KEY"):
        read(replace(local.add("adzuna", []), base_url=""))

    settings.ADZUNA_APP_ID, settings.ADZUNA_APP_KEY = "our-id", "our-key"
    local["adzuna"].behave(behaviour.saying(403))
    with pytest.raises(Broken) as broken:
        read(local["adzuna"].entry)
    assert "our-key" not in broken.value.reason


def test_pay_that_adzuna_has_guessed_is_not_told(local, read):
    entry = local.add("adzuna", posts(1))
    answer = local["adzuna"].site.respond
    local["adzuna"].site.respond = lambda request: Answer(
        200, {}, answer(request).body.replace(b'"salary_is_predicted": "0"', b'"salary_is_predicted": "1"')
    )

    assert read(entry)[0].pay is None


def test_the_list_of_internships_is_read_without_what_is_over(local, read):
    assert [one.external_id for one in read(local.add("simplify", posts(4)))] == [f"5b0e-{n}" for n in range(1, 5)]
