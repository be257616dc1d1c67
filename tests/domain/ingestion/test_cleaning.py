"""Making plain, bounded values of what sources send."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as some

from onward.domain.ingestion import cleaning, markup
from onward.domain.ingestion.cleaning import Unfit, day, identifier, instant, line, link, title, words
from onward.domain.ingestion.found import Pay, Place
from onward.domain.ingestion.markup import LONGEST, MOST_TAGS, description
from onward.domain.ingestion.pay import amount, pay, pay_of_text
from onward.domain.ingestion.places import country_code, place, places
from onward.domain.ingestion.sources.types import is_internship, says_internship, work_mode_of

ANYTHING = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.text(some.characters(), max_size=300)
    | some.decimals()
    | some.floats(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
)


@given(ANYTHING)
def test_nothing_that_a_source_sends_makes_cleaning_fail(value):
    for text in (line(value), link(value), *words(value), *description(value)):
        text.encode()
        assert "\0" not in text
    assert len(line(value)) <= cleaning.LINE
    assert line(line(value)) == line(value) or "&" in line(value)
    instant(value), day(value), amount(value), pay(value, value, value, value)
    found = place(value, city=value, region=value, country=value)
    assert found is None or found.text
    try:
        assert 1 <= len(identifier(value)) <= 255
    except Unfit as problem:
        assert problem.reason.startswith("id: must ")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("  Data \n\t Intern ", "Data Intern"),
        ("R&amp;D Intern", "R&D Intern"),
        ("<b>Data</b> Intern<br>", "Data Intern"),
        ("List<String> & more", "List<String> & more"),
        ("a\0b\u202ec\ud800\ufeff", "abc"),
        ("A\u0300", "À"),
        ("🧑🏽‍🚀", "🧑🏽‍🚀"),
        (7, "7"),
        (Decimal("1.5"), "1.5"),
        (True, ""),
        (None, ""),
        ({"a": 1}, ""),
        ("x" * 300, "x" * 254 + "…"),
    ],
)
def test_a_line_is_plain_and_short(value, shown):
    assert line(value) == shown


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (7, "7"),
        (9223372036854775808, "9223372036854775808"),
        (Decimal("7.0"), "7"),
        (" a-b ", "a-b"),
        ("x" * 255, "x" * 255),
        ("x" * 256, cleaning.digest("x" * 256)),
        (True, None),
        (None, None),
        ("", None),
        ("a\0b", None),
        ("\ud800", None),
        ("\u202eabc", None),
        (Decimal("1.5"), None),
        (Decimal("1e308"), None),
        ([1], None),
    ],
)
def test_what_identifies_a_posting_is_kept_as_it_is_or_not_at_all(value, kept):
    if kept is None:
        with pytest.raises(Unfit):
            identifier(value)
    else:
        assert identifier(value) == kept


def test_a_title_holds_text():
    assert title(" Intern ", "1") == "Intern"
    for nothing in ("", " ", "\u200b", "...", "%", None, 7, True, ["Intern"]):
        with pytest.raises(Unfit, match="title: must hold text") as problem:
            title(nothing, "7")
        assert problem.value.external_id == "7"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (" https://example.org/a b?q=ü#x ", "https://example.org/a%20b?q=%C3%BC#x"),
        ("HTTP://Example.org", "http://example.org"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("https://example.org/#/jobs/7?gh_jid=1", "https://example.org/#/jobs/7?gh_jid=1"),
        ("http://[2a00::1]:8080/x", "http://[2a00::1]:8080/x"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://example.org/", ""),
        ("//example.org/x", ""),
        ("/x", ""),
        ("example.org", ""),
        ("http://user:secret@example.org/", ""),
        ("http://example.org:99999/", ""),
        ("http://exa mple.org/", ""),
        ("http:///x", ""),
        ("http://example.org\\@evil.example/", "http://example.org/@evil.example/"),
        ("https://example.org/" + "x" * 2000, ""),
        (7, ""),
        (None, ""),
    ],
)
def test_a_link_leads_to_the_web_or_nowhere(value, kept):
    assert link(value) == kept


def test_a_link_may_be_told_from_where_it_stands():
    assert link("/jobs/1", "https://example.org/careers") == "https://example.org/jobs/1"
    assert link("?id=1", "https://example.org/careers") == "https://example.org/careers?id=1"
    assert link("javascript:x", "https://example.org/careers") == ""


def test_words_are_kept_once_and_not_without_end():
    assert words(["Python", "python ", "", None, "SQL", {"a": 1}]) == ("Python", "SQL")
    assert words("Python") == ("Python",)
    assert words(None) == ()
    assert len(words([str(number) for number in range(1000)])) == cleaning.MOST_WORDS


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-01-05T09:00:00+01:00", datetime(2026, 1, 5, 8, tzinfo=UTC)),
        ("2026-01-05T09:00:00.123Z", datetime(2026, 1, 5, 9, 0, 0, 123000, tzinfo=UTC)),
        ("2026-01-05 09:00:00 UTC", datetime(2026, 1, 5, 9, tzinfo=UTC)),
        ("2026-01-05T09:00:00", datetime(2026, 1, 5, 9, tzinfo=UTC)),
        ("2026-01-05", datetime(2026, 1, 5, tzinfo=UTC)),
        ("Mon, 05 Jan 2026 09:00:00 GMT", datetime(2026, 1, 5, 9, tzinfo=UTC)),
        (1767600000, datetime(2026, 1, 5, 8, tzinfo=UTC)),
        (1767600000000, datetime(2026, 1, 5, 8, tzinfo=UTC)),
        ("1767600000", datetime(2026, 1, 5, 8, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("1899-12-31", None),
        ("2026-02-30", None),
        ("tomorrow", None),
        ("", None),
        (0, None),
        (-1, None),
        (10**30, None),
        (True, None),
        (None, None),
    ],
)
def test_a_moment_is_read_in_the_forms_that_sources_use(value, moment):
    assert instant(value) == moment


def test_a_day_is_that_of_the_sources_own_clock():
    assert day("2026-12-31T23:59:59-08:00") == date(2026, 12, 31)
    assert day("2026-12-31") == date(2026, 12, 31)
    assert day(1767600000) == date(2026, 1, 5)
    assert day("9999-12-31") is None
    assert day("soon") is None


@pytest.mark.parametrize(
    ("text", "html", "plain"),
    [
        ("One\ntwo\n\nThree & <four", "<p>One<br>two</p><p>Three &amp; &lt;four</p>", "One\ntwo\nThree & <four"),
        ("<p>Hi <b>you</b></p>", "<p>Hi <b>you</b></p>", "Hi you"),
        ("&lt;p&gt;R&amp;amp;D&lt;/p&gt;", "<p>R&amp;D</p>", "R&D"),
        ("&amp;lt;p&amp;gt;Hi&amp;lt;/p&amp;gt;", "<p>Hi</p>", "Hi"),
        ("<div>&lt;p&gt;Hi&lt;/p&gt;</div>", "<div><p>Hi</p></div>", "Hi"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;<p>x</p>", "<p>x</p>", "x"),
        ("<style>p{}</style><p onclick=x()>x</p>", "<p>x</p>", "x"),
        ("<p>a < b and c > d</p>", "<p>a &lt; b and c &gt; d</p>", "a < b and c > d"),
        ("<ul><li>One</li><li>Two</li></ul>", "<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ("You<ul><li>a</li></ul>", "You<ul><li>a</li></ul>", "You\n- a"),
        ("Globex | Baker<p>Bake.", "Globex | Baker<p>Bake.</p>", "Globex | Baker\nBake."),
        ("<ul><li><p>One</p></li></ul>", "<ul><li><p>One</p></li></ul>", "- One"),
        (None, "", ""),
        (7, "", ""),
        ("", "", ""),
        ("\0\ud800", "", ""),
    ],
)
def test_a_description_is_markup_that_may_be_shown_and_text(text, html, plain):
    assert description(text) == (html, plain)


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "&#106;avascript:alert(1)", "java&#10;script:alert(1)", "data:text/html,x", "vbscript:x"],
)
def test_a_link_in_a_description_runs_nothing(href):
    html, plain = description(f'<p><a href="{href}" target="_blank">here</a></p>')

    assert "href" not in html
    assert plain == "here"


def test_a_link_in_a_description_tells_its_page_nothing():
    html, _ = description('<a href="https://example.org/x">here</a>')

    assert html == '<a href="https://example.org/x" rel="nofollow noopener noreferrer">here</a>'


@given(some.text(alphabet="<>/&;lt gt=\"'apbscriptimonerjv:x\n", max_size=200))
def test_what_was_cleaned_is_clean(text):
    html, plain = description(text)

    assert nh3.clean(html, link_rel="nofollow noopener noreferrer") == html
    assert not re.search(r"<[^>]*(script|\son\w+=|javascript:)", html)
    assert json.dumps(plain)


@pytest.mark.parametrize("tags", ["<div>", "<div></x>", "<b><p>", "&lt;div&gt;", '<a href="x">', "<table><td>"])
def test_however_deep_a_description_goes_its_tags_are_few(tags, monkeypatch):
    seen = []

    class Cleaner:
        def clean(self, markup):
            seen.append(len(re.findall(r"<[a-z]", markup)))
            return nh3.clean(markup)

    monkeypatch.setattr(markup, "_CLEANER", Cleaner())
    html, plain = description(f"{tags}word " * 100_000)

    # How long it takes to put tags into one another grows with the square of their number.
    assert max(seen) <= 4 * MOST_TAGS
    assert len(seen) < 20
    assert len(html.encode()) <= LONGEST
    assert plain.startswith("word")


def test_what_follows_too_many_tags_is_told_as_text():
    _, plain = description("<b>x</b>" * MOST_TAGS + "<p>The <i>end</i>.</p>")

    assert " ".join(plain.split()).endswith("The end .")


def test_a_long_description_is_cut_where_it_may_be():
    html, plain = description("<ul>" + "<li>ä<b>ö</b></li>" * 20_000 + "</ul>")

    assert 90_000 < len(html.encode()) <= LONGEST
    assert html.endswith("</ul>")
    assert len(plain.encode()) <= LONGEST


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("€50k – €60k per year", (50000, 60000, "EUR", "year")),
        ("$50,000 - $70,000", (50000, 70000, "USD", "")),
        ("60.000 EUR/Jahr", (60000, 60000, "EUR", "year")),
        ("50-60k EUR", (50000, 60000, "EUR", "")),
        ("£15 per hour", (15, 15, "GBP", "hour")),
        ("CHF 100'000 to 120'000 p.a.", (100000, 120000, "CHF", "year")),
        ("CA$2,500 monthly", (2500, 2500, "CAD", "month")),
        ("USD 20.50/hr", (Decimal("20.50"), Decimal("20.50"), "USD", "hour")),
        ("Competitive", None),
        ("Competitive + 401k", None),
        ("100000", None),
        ("$0", None),
        ("-1", None),
        ("1e999", None),
        ("", None),
    ],
)
def test_pay_is_read_from_text(text, told):
    assert pay_of_text(text) == (told and Pay(*told))


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ((10, 20, "eur", "1 YEAR"), (10, 20, "EUR", "year")),
        (("20", "10", "USD", "per-hour-wage"), (10, 20, "USD", "hour")),
        ((None, 5, "", "MONTH"), (None, 5, "", "month")),
        ((0, 0, "EUR", "year"), None),
        ((-1, -5, "EUR", "year"), None),
        ((10**10, None, "EUR", ""), None),
        ((Decimal("NaN"), Decimal("Infinity"), "", ""), None),
        ((True, [], {}, None), None),
        ((1, 2, "XXXX", "fortnight"), (1, 2, "", "")),
    ],
)
def test_pay_is_read_from_numbers(told, kept):
    assert pay(*told) == (kept and Pay(*kept))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Berlin, Germany", ("Berlin", "", "DE")),
        ("Munich, Bavaria, Germany", ("Munich", "Bavaria", "DE")),
        ("Austin, TX", ("Austin", "TX", "US")),
        ("New York, NY, USA", ("New York", "NY", "US")),
        # A state of the one and a country: neither is told.
        ("San Francisco, CA", ("San Francisco", "CA", "")),
        ("Berlin, DE", ("Berlin", "DE", "")),
        ("Atlanta, Georgia", ("Atlanta", "Georgia", "")),
        ("Paris, FR", ("Paris", "", "FR")),
        ("London, UK", ("London", "", "GB")),
        ("São Paulo, Brasil", ("São Paulo", "", "BR")),
        ("Germany", ("", "", "DE")),
        ("London", ("London", "", "")),
        ("Remote - Canada", ("", "", "CA")),
        ("Remote (US)", ("", "", "US")),
        ("Hybrid / Zürich, Schweiz", ("Zürich", "", "CH")),
        ("Remote", ("", "", "")),
        ("Anywhere", ("", "", "")),
        (",", ("", "", "")),
    ],
)
def test_a_place_is_told_by_its_text_as_far_as_that_goes(text, told):
    assert place(text) == Place(text, *told)


def test_a_place_is_told_by_its_parts():
    assert place("x", city="Lyon", country="fr") == Place("x", "Lyon", "", "FR")
    assert place(city="Lyon", region="ARA", country="France") == Place("Lyon, ARA, France", "Lyon", "ARA", "FR")
    assert place(city="", country="Nowhereland") == Place("Nowhereland", "", "", "")
    assert place() is None
    assert places(place("A"), None, place("A"), place("B")) == (Place("A", "A"), Place("B", "B"))


def test_countries_go_by_many_names():
    assert [country_code(name) for name in ("DE", "deu", "Germany", "Deutschland", "Czech Republic", "Narnia", "")] == [
        "DE",
        "DE",
        "DE",
        "DE",
        "CZ",
        "",
        "",
    ]


def test_the_type_of_an_opening_is_told_by_whole_words():
    for told in ("Intern", "INTERN", "Internship", "internship_fulltime", "Praktikum", "Stage", "Co-op", "Werkstudent"):
        assert says_internship(told) is True, told
    for told in ("International", "Internal", "Full-time", "Permanent", ""):
        assert says_internship(told) is None, told
    assert is_internship("FullTime") is False
    assert is_internship("") is None


def test_how_the_work_is_done_is_told_by_the_first_text_that_says_it():
    assert work_mode_of("unspecified", "Berlin (Hybrid, some remote)") == "hybrid"
    assert work_mode_of("on-site", "Remote") == "onsite"
    assert work_mode_of("Remotely") == "remote"
    assert work_mode_of("Berlin", "") == ""
