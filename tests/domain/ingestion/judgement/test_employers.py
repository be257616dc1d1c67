"""What can be told of an employer."""

import json
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.ingestion.judgement import employers
from onward.domain.ingestion.judgement.employers import domain, readable
from onward.domain.ingestion.judgement.industries import INDUSTRIES, guess_industry
from onward.domain.ingestion.judgement.pages import Profile, read_profile
from tests.poison import POISON


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://www.larkspur.co.uk/about?x=1", "larkspur.co.uk"),
        ("http://careers.larkspur.de:8080/", "larkspur.de"),
        ("https://LARKSPUR.com.", "larkspur.com"),
        ("larkspur.com", "larkspur.com"),
        ("https://jobs.larkspur.example/7", "larkspur.example"),
        ("https://münzkraut.de", "xn--mnzkraut-65a.de"),
        ("https://larkspur.github.io/site", "larkspur.github.io"),
    ],
)
def test_a_website_has_a_domain(url, own):
    assert domain(url) == own


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://boards.greenhouse.io/larkspur/jobs/7",
        "https://job-boards.eu.greenhouse.io/larkspur",
        "https://jobs.lever.co/larkspur",
        "https://jobs.ashbyhq.com/larkspur",
        "https://larkspur.recruitee.com/o/intern",
        "https://apply.workable.com/larkspur",
        "https://careers.smartrecruiters.com/Larkspur",
        "https://larkspur.wd3.myworkdayjobs.com/en-US/jobs",
        "https://larkspur.jobs.personio.de",
        "https://www.linkedin.com/company/larkspur",
        "https://www.indeed.fr/cmp/larkspur",
        "https://uk.indeed.com/viewjob?jk=1",
        "https://www.themuse.com/profiles/larkspur",
        "https://remotive.com/remote-jobs/larkspur",
        "https://www.arbeitnow.com/companies/larkspur",
        "https://landing.jobs/at/larkspur",
        "https://larkspur.wordpress.com",
        "https://sites.google.com/view/larkspur",
        "https://facebook.com/larkspur",
        "http://127.0.0.1:8000/larkspur",
        "http://[::1]/larkspur",
        "http://localhost/larkspur",
        "ftp://larkspur.com",
        "mailto:jobs@larkspur.com",
        "javascript:alert(1)",
    ],
)
def test_where_an_employer_is_a_guest_there_is_no_domain(url):
    assert domain(url) == ""


def test_nobody_is_asked_for_the_list_of_suffixes(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    employers._suffixes.cache_clear()
    employers.domain.cache_clear()

    assert domain("https://www.larkspur.co.uk") == "larkspur.co.uk"


@pytest.mark.parametrize(
    ("board", "name"),
    [
        ("larkspur-robotics", "Larkspur Robotics"),
        ("larkspur_robotics", "Larkspur Robotics"),
        ("larkspurRobotics", "Larkspur Robotics"),
        ("LarkSpur", "Lark Spur"),
        ("larkspur", "Larkspur"),
        ("larkspur%20foods", "Larkspur Foods"),
        ("larkspur-careers", "Larkspur"),
        ("krst-group-jobs", "KRST Group"),
        ("larkspur/External_Careers", "Larkspur"),
        ("jobs", "Jobs"),
        ("larkspur.io", "Larkspur.io"),
    ],
)
def test_the_name_of_a_board_is_made_readable(board, name):
    assert readable(board) == name


@given(st.text() | st.sampled_from(POISON["strings"]))
def test_any_text_has_a_domain_and_a_readable_name_or_none(text):
    assert domain(text) == domain(text).lower()
    assert len(readable(text)) <= 255
    assert bool(readable(text)) or not text.strip()


def test_an_industry_is_guessed_where_the_words_say_one_plainly():
    assert guess_industry(name="Larkspur Bank") == "Finance"
    assert (
        guess_industry(name="Larkspur", description="Our software runs in the cloud. Software, SaaS, hosting.")
        == "Technology"
    )
    assert guess_industry(name="Larkspur", description="We like software.") == ""
    assert guess_industry(name="Larkspur Health Foods") == ""
    assert guess_industry(name="Larkspur") == ""


@given(st.text(), st.text())
def test_a_guess_is_one_of_the_industries_or_none(name, description):
    assert guess_industry(name=name, description=description) in {"", *INDUSTRIES}


def page(*things):
    # As pages write it: the end of a script ends it wherever it stands.
    scripts = "".join(
        f'<script type="application/ld+json">{thing if isinstance(thing, str) else json.dumps(thing)}'.replace(
            "</", "<\\/"
        )
        + "</script>"
        for thing in things
    )
    return f"<html><head>{scripts}</head><body>Hello</body></html>"


LARKSPUR = {
    "@context": "https://schema.org",
    "@type": "Organization",
    "name": "Larkspur <b>Robotics</b>",
    "url": "/",
    "logo": {"@type": "ImageObject", "url": "/logo.svg"},
    "description": "<p>We build arms.</p><script>alert(1)</script>",
    "numberOfEmployees": {"@type": "QuantitativeValue", "minValue": 51, "maxValue": 200},
    "address": {"addressLocality": "Oslo", "addressCountry": {"@type": "Country", "name": "Norway"}},
    "industry": "Robotics",
}
READ = Profile(
    name="Larkspur Robotics",
    website="https://larkspur.example/",
    industry="Robotics",
    size="small",
    location="Oslo, Norway",
    description="We build arms.",
    logo_url="https://larkspur.example/logo.svg",
)


def read(*things):
    return read_profile(page(*things), url="https://larkspur.example/about")


def test_an_employer_s_own_page_says_what_it_is():
    assert read(LARKSPUR) == READ
    assert read(LARKSPUR).told()["size"] == "small"


@pytest.mark.parametrize(
    "wrapped",
    [
        [LARKSPUR],
        {"@graph": [{"@type": "WebSite", "name": "Site"}, LARKSPUR]},
        {"@type": "WebPage", "publisher": LARKSPUR},
        LARKSPUR | {"@type": ["Thing", "https://schema.org/Corporation"]},
        "<!-- /* a comment */" + json.dumps(LARKSPUR | {"description": "Arms"})[:-1] + ",} -->",
        json.dumps(LARKSPUR).replace("We build arms.", "We\nbuild\tarms."),
    ],
)
def test_it_is_found_wherever_it_stands_and_however_it_is_written(wrapped):
    found = read(wrapped)

    assert found.name == READ.name
    assert found.logo_url == READ.logo_url


def test_of_several_organisations_the_one_of_the_page_is_meant():
    partner = {"@type": "Organization", "name": "Fennel", "url": "https://fennel.example/"}

    assert read(partner, LARKSPUR).name == "Larkspur Robotics"


def test_links_that_nobody_may_open_are_left_out():
    found = read(LARKSPUR | {"url": "javascript:alert(1)", "logo": "data:image/png;base64,x"})

    assert found.website == ""
    assert found.logo_url == ""


@pytest.mark.parametrize("thing", ["{", "null", "[]", '"x"', "{}", "[" * 5000, {"@type": "JobPosting"}, {"@type": 7}])
def test_a_page_without_an_employer_says_nothing(thing):
    assert read(thing) == Profile()
    assert read().told() == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5) | st.sampled_from(POISON["strings"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["@type", "name", "url", "@value", "value", "addressLocality"]), inner)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(LARKSPUR)), JSON))
def test_whatever_a_page_says_is_read_or_left_out(told):
    found = read(LARKSPUR | told)

    assert all(isinstance(value, str) for value in found.told().values())
    assert all("\0" not in value for value in found.told().values())
    "".join(found.told().values()).encode()


@given(st.text() | st.sampled_from(POISON["strings"]))
def test_any_page_is_read(text):
    assert isinstance(read_profile(text, url=text), Profile)
