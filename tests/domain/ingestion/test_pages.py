"""Career pages: what they say of their openings, and what their owners allow."""

import json

import pytest
from selectolax import lexbor as selectolax

from onward.domain.ingestion import webpage
from onward.domain.ingestion.fetching import Broken
from onward.domain.ingestion.found import Pay, Place, Rejected
from onward.domain.ingestion.webpage import WebPage
from tests.domain.ingestion.servers import Answer, posts


@pytest.fixture
def career_page(local):
    """Serve this HTML as a career page; gives its entry. Further pages by their paths."""

    def serve(html, robots=None, **pages):
        entry = local.add("jsonld", posts(1))

        def respond(request):
            if request.path == "/robots.txt":
                return (
                    robots
                    if isinstance(robots, Answer)
                    else Answer(200 if robots else 404, {}, (robots or "").encode())
                )
            found = pages.get(request.path.strip("/"), html if request.path == "/careers" else None)
            return Answer(404) if found is None else Answer(200, {"Content-Type": "text/html"}, found.encode())

        local["jsonld"].site.respond = respond
        return entry

    return serve


def script(data, kind="application/ld+json"):
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<html><head><script type="{kind}">{text}</script></head></html>'


JOB = {"@context": "https://schema.org", "@type": "JobPosting", "title": "Data Intern", "description": "<p>Count.</p>"}


@pytest.mark.parametrize(
    "data",
    [
        JOB,
        [JOB],
        [{"@type": "Organization"}, JOB],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, JOB]},
        {"@graph": [{"@graph": [JOB]}]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": JOB}]},
        {**JOB, "@type": ["JobPosting", "Thing"]},
        {**JOB, "@type": "http://schema.org/JobPosting"},
        "/* one */ " + json.dumps(JOB) + " // the end",
        "<!-- " + json.dumps(JOB) + " -->",
        "//<![CDATA[\n" + json.dumps(JOB) + "\n//]]>",
        "//<![CDATA[ " + json.dumps(JOB) + " //]]>",
        "//<!-- " + json.dumps(JOB) + " //-->",
        "<!-- what we look for -->" + json.dumps(JOB),
        "<!--//--><![CDATA[//><!--\n" + json.dumps(JOB) + "\n//--><!]]>",
        json.dumps(JOB).replace("Count.", "Count\nand\tcount."),
        json.dumps(JOB)[:-1] + ",}",
        json.dumps(JOB) + ";",
        json.dumps(JOB).replace('"Data Intern"', '"Data Intern", "note": "it\\\'s"'),
    ],
)
def test_an_opening_is_found_wherever_and_however_it_is_written(data, career_page, read):
    (found,) = read(career_page(script(data)))

    assert found.title == "Data Intern"
    assert found.description.startswith("Count")


def test_a_page_without_openings_is_no_failure(career_page, read):
    for html in (
        "<html><body>Nothing now.</body></html>",
        script({"@type": "Organization"}),
        script(JOB, "text/plain"),
    ):
        assert read(career_page(html)) == []


def test_what_is_no_page_is_a_failure(career_page, read):
    with pytest.raises(Broken, match="not HTML"):
        read(career_page("hello"))


def test_data_that_cannot_be_read_is_counted_and_the_rest_is_read(career_page, read):
    first, second = read(career_page(script("{broken") + script(JOB)))

    assert first == Rejected("The JSON-LD of the page cannot be read.", hides=True)
    assert second.title == "Data Intern"


def test_where_no_data_can_be_read_the_reading_has_failed(career_page, read):
    with pytest.raises(Broken, match=r"JSON-LD of the page cannot be read"):
        read(career_page(script(json.dumps([JOB])[:-9])))


def test_data_may_be_marked_with_parameters_and_in_capitals(career_page, read):
    kinds = ("application/ld+json; charset=utf-8", "APPLICATION/LD+JSON")

    found = read(career_page("".join(script({**JOB, "url": f"/{number}"}, kind) for number, kind in enumerate(kinds))))

    assert len(found) == 2


def test_data_in_a_remark_of_the_page_is_none(career_page, read):
    assert read(career_page(f"<!-- {script(JOB)} -->")) == []


@pytest.mark.parametrize("tags", ["<div>", "<a rel=next>", '<a "', "<script", "<!--", "<html a='"])
def test_of_a_deep_page_only_what_matters_is_parsed(tags, monkeypatch):
    parsed = []
    monkeypatch.setattr(
        webpage, "LexborHTMLParser", lambda html: parsed.append(len(html)) or selectolax.LexborHTMLParser(html)
    )
    page = WebPage(script(JOB) + tags * 200_000)

    assert [json.loads(text) for text in page.documents()] == [JOB]
    assert parsed[0] < 1000


def test_pay_place_and_company_may_be_said_in_several_ways(career_page, read):
    told = [
        {
            "hiringOrganization": "Northwind",
            "jobLocation": [{"address": "Berlin, Germany"}, {"address": {"addressCountry": {"name": "France"}}}],
            "baseSalary": {"currency": "EUR", "value": {"value": 20, "unitText": "HOUR"}},
        },
        {
            "hiringOrganization": {"name": "Southwind", "url": "https://southwind.example.org"},
            "jobLocation": "Lyon, France",
            "jobLocationType": "TELECOMMUTE",
            "baseSalary": {"currency": "USD", "value": "50000", "unitText": "YEAR"},
        },
        {
            "jobLocationType": ["TELECOMMUTE"],
            "applicantLocationRequirements": [
                {"@type": "Country", "name": "US"},
                {"@type": "Country", "name": "Canada"},
            ],
            "baseSalary": {"currency": "GBP", "minValue": 1000, "maxValue": 2000, "unitText": "MONTH"},
            "employmentType": "INTERN",
        },
    ]
    first, second, third = read(career_page(script([{**JOB, **one, "url": f"/{n}"} for n, one in enumerate(told)])))

    assert (first.company, first.places) == (
        "Northwind",
        (Place("Berlin, Germany", "Berlin", "", "DE"), Place("France", "", "", "FR")),
    )
    assert first.pay == Pay(20, 20, "EUR", "hour")
    assert (second.company, second.company_url, second.work_mode) == (
        "Southwind",
        "https://southwind.example.org",
        "remote",
    )
    assert second.places == (Place("Lyon, France", "Lyon", "", "FR"),)
    assert second.pay == Pay(50000, 50000, "USD", "year")
    assert [place.country for place in third.places] == ["US", "CA"]
    assert third.pay == Pay(1000, 2000, "GBP", "month")
    assert third.internship


def test_openings_are_told_apart_though_the_page_gives_them_one_name(career_page, read):
    same = {**JOB, "identifier": {"name": "Northwind", "value": "northwind"}}
    titles = ("One", "Two", "Two", "One")
    page = career_page(script([{**same, "title": title} for title in titles]))

    first, again = read(page), read(page)

    assert [one.title for one in first] == ["One", "Two"]
    assert len({one.external_id for one in first}) == 2
    assert [one.external_id for one in first] == [one.external_id for one in again]


def test_an_opening_without_a_name_or_address_is_known_by_its_words(career_page, read):
    before = read(career_page(script([JOB, {**JOB, "title": "Another"}])))
    after = read(career_page(script([{**JOB, "title": "Another", "description": "Changed."}])))

    assert len(before[0].external_id) == 64
    assert after[0].external_id == before[1].external_id
    assert before[0].url.endswith("/careers")


def test_the_next_page_is_read_on_the_same_host_only(career_page, read, local):
    onward = '<link rel="next" href="{}">'
    other = local.add("jsonld", posts(3), name="other")
    page = career_page(
        script(JOB) + onward.format("/careers-2"),
        **{
            "careers-2": script({**JOB, "title": "Second"}) + '<a rel="next" href="careers-3">more</a>',
            "careers-3": script({**JOB, "title": "Third"}) + onward.format("/careers"),
        },
    )
    assert [one.title for one in read(page)] == ["Data Intern", "Second", "Third"]

    with pytest.raises(Broken, match="address"):
        read(career_page(script(JOB) + onward.format(other.base_url)))
    assert not local["other"].requests


def test_robots_txt_is_obeyed(career_page, read, local):
    for robots in ("User-agent: *\nDisallow: /careers", "User-agent: Onward\nDisallow: /\n\nUser-agent: *\nAllow: /"):
        with pytest.raises(Broken, match="robots"):
            read(career_page(script(JOB), robots=robots))
        assert [one.path for one in local["jsonld"].requests] == ["/robots.txt"]
    for robots in ("User-agent: *\nDisallow: /careers/private", "User-agent: other\nDisallow: /", "\0\xff <html>"):
        assert len(read(career_page(script(JOB), robots=robots))) == 1


def test_a_page_that_follows_and_is_closed_to_programs_is_not_read(career_page, read):
    page = career_page(
        script(JOB) + '<link rel="next" href="/closed">', robots="User-agent: *\nDisallow: /closed", closed=script(JOB)
    )

    with pytest.raises(Broken, match="robots"):
        read(page)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_a_robots_txt_allows_everything(status, career_page, read):
    assert len(read(career_page(script(JOB), robots=Answer(status)))) == 1


def test_a_host_whose_robots_txt_cannot_be_had_allows_nothing(career_page, read, waits):
    with pytest.raises(Broken, match=r"robots\.txt cannot be had"):
        read(career_page(script(JOB), robots=Answer(503)))
