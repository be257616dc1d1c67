"""What a link identifies, and what only says who visits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.ingestion.judgement.links import LONGEST, url_key
from tests.poison import POISON


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://ash.example/jobs/7", "https://ash.example/jobs/7?utm_source=feed&utm_medium=x"),
        (
            "https://ash.example/jobs/7",
            "https://ash.example/jobs/7?ref=board&gh_src=9ab&fbclid=z&gclid=y&lever-source=x",
        ),
        ("https://ash.example/jobs/7", "http://www.ash.example:80/jobs/7/"),
        ("https://ash.example/jobs/7", "https://ASH.example:443/jobs/7#apply"),
        ("https://ash.example/jobs/7", "https://ash.example/jobs/7#:~:text=Intern"),
        ("https://ash.example/jobs/7", "https://ash.example/jobs/7/apply?source=list"),
        ("https://ash.example/jobs?gh_jid=7", "https://ash.example/jobs/?gh_src=a&gh_jid=7"),
        ("https://ash.example/jobs?a=1&id=7", "https://ash.example/jobs?id=7&a=1"),
        ("https://ash.example/careers#/jobs/7", "https://ash.example/careers?utm_medium=mail#/jobs/7/"),
        ("https://ash.example/careers#/jobs/7", "https://ash.example/careers#/jobs/7?utm_source=x"),
        ("https://ash.example/careers#id=7", "https://ash.example/careers/#id=7&utm_source=x"),
        ("https://ash.example/stra%c3%9fe/7", "https://ash.example/straße/7"),
        ("https://ash.example/jobs/7?lang=de", "https://ash.example/jobs/7?lang=en"),
    ],
)
def test_two_links_to_one_posting_have_one_key(one, other):
    assert url_key(one) == url_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://ash.example/jobs?gh_jid=7", "https://ash.example/jobs?gh_jid=8"),
        ("https://ash.example/?id=7", "https://ash.example/?id=8"),
        ("https://ash.example/careers#/jobs/7", "https://ash.example/careers#/jobs/8"),
        ("https://ash.example/careers#!job-7", "https://ash.example/careers#!job-8"),
        ("https://ash.example/jobs/7", "https://birch.example/jobs/7"),
        ("https://ash.example:8000/jobs/7", "https://ash.example:8001/jobs/7"),
        ("https://ash.example/jobs/aBc", "https://ash.example/jobs/abC"),
        ("https://ash.example/" + "x" * 3000 + "1", "https://ash.example/" + "x" * 3000 + "2"),
    ],
)
def test_what_identifies_a_posting_stays_in_the_key(one, other):
    assert url_key(one) != url_key(other)
    assert url_key(one)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ash.example/jobs/7",
        "javascript:alert(7)",
        "ftp://ash.example/jobs/7",
        "mailto:jobs@ash.example",
        "http://[::1/jobs/7",
        "https://ash.example:99999/jobs/7",
        "https:///jobs/7",
        "https://ash.example",
        "https://ash.example/en/careers/?utm_source=x#team",
        "https://ash.example/jobs.html",
        "https://ash.example/karriere/stellenangebote",
    ],
)
def test_no_link_and_a_list_of_openings_have_no_key(url):
    assert url_key(url) == ""


@given(
    st.text() | st.sampled_from(POISON["strings"]),
    st.sampled_from(["", "https://ash.example/", "http://a.example/?x="]),
)
def test_any_text_has_a_key_that_can_be_stored_and_is_its_own_key(text, front):
    key = url_key(front + text)

    assert len(key) <= LONGEST
    assert key.isascii()
    assert "\0" not in key
    assert len(key) == LONGEST or url_key(key) == key
