"""The market in numbers through the copilot API."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.board.choices import PostingState
from onward.domain.board.models import Posting
from onward.domain.feed.market import FANOUT, SIZES, quartiles, spans
from onward.domain.feed.services import catch_up
from onward.domain.feed.services.markets import count_anew
from tests.factories import LeadFactory, PostingFactory, SightingFactory, SourceFactory

MARKET = "/copilot/api/v1/market"
LINKEDIN = "/copilot/api/v1/linkedin-jobs"
BERLIN = [{"text": "Berlin", "city": "Berlin", "region": "", "country": "DE"}]


def posting(*, days=0, **values):
    day = timezone.now().date() - timedelta(days=days)
    return PostingFactory(**{"title": "Engineer", "is_internship": False, **values}, posted_on=day)


def counted():
    catch_up()
    count_anew()


def seen(client, path="", **asked):
    counted()
    answered = client.get(MARKET + path, asked)
    assert answered.status_code == 200, answered.content
    return answered.json()


@pytest.mark.django_db
def test_the_market_grows_against_the_span_before(as_ada):
    for days in (0, 3, 29, 30, 59, 60):
        posting(days=days, skills=["Rust"] if days < 30 else ["Perl"])

    market = seen(as_ada, time_range="30d")

    assert (market["total_postings"], market["previous_total"], market["growth_percentage"]) == (3, 2, 50.0)
    assert market["top_skills"] == [{"skill": "Rust", "count": 3, "previous_count": 0, "growth_percentage": None}]
    assert seen(as_ada)["total_postings"] == seen(as_ada, time_range="30")["total_postings"] == 3


@pytest.mark.django_db
def test_postings_that_are_closed_by_now_are_still_counted_and_the_teams_never_are(as_ada):
    posting(state=PostingState.CLOSED)
    LeadFactory(posting=posting())

    assert seen(as_ada)["total_postings"] == 1


@pytest.mark.django_db
def test_what_has_changed_is_counted_anew(as_ada):
    row = posting(skills=["Rust"])
    assert [one["skill"] for one in seen(as_ada)["top_skills"]] == ["Rust"]

    Posting.objects.filter(pk=row.pk).update(skills=["Perl"], posted_on=timezone.now().date() - timedelta(days=3))
    assert [one["skill"] for one in seen(as_ada)["top_skills"]] == ["Perl"]

    row.delete()
    assert seen(as_ada)["total_postings"] == 0


@pytest.mark.django_db
def test_a_year_is_counted_anew_where_one_day_of_it_has_changed(as_ada):
    rows = [posting(days=days, skills=["Rust"]) for days in (0, 5, 20, 70, 150, 300)]
    assert seen(as_ada, time_range="365")["total_postings"] == 6

    Posting.objects.filter(pk=rows[4].pk).update(skills=["Perl"])
    rows[5].delete()

    market = seen(as_ada, time_range="365")
    assert (market["total_postings"], seen(as_ada, time_range="100")["total_postings"]) == (5, 4)
    assert [(one["skill"], one["count"]) for one in market["top_skills"]] == [("Rust", 4), ("Perl", 1)]


@pytest.mark.django_db
def test_trends_are_those_of_a_place_and_a_type(as_ada):
    for n in range(6):
        posting(days=n, places=BERLIN, job_type="full_time", skills=["Rust", "SQL"])
        posting(days=30 + n, places=BERLIN, job_type="full_time", skills=["Perl"])
    for _ in range(12):
        posting(days=1, places=BERLIN, job_type="contract", skills=["SQL"])
    posting(days=40, places=BERLIN, job_type="full_time", skills=["SQL"])
    posting(days=1, skills=["COBOL"])

    trends = seen(as_ada, "/trends", location="berlin, Germany", job_type="full-time")

    assert trends["total_postings"] == 6
    assert [one["skill"] for one in trends["rising_skills"]] == ["SQL"]
    assert [(one["skill"], one["growth_percentage"]) for one in trends["falling_skills"]] == [("Perl", -100.0)]
    assert sum(day["count"] for day in trends["daily"]) == 6
    assert len(trends["daily"]) == 30
    assert seen(as_ada, "/trends", location="DE")["total_postings"] == 18
    assert seen(as_ada, "/trends", location="Germany", job_type="contract")["total_postings"] == 12
    assert seen(as_ada, "/trends", location="Nowhere")["total_postings"] == 0


@pytest.mark.django_db
def test_pay_is_told_by_year_and_currency_and_not_of_fewer_than_five(as_ada):
    for amount in (40_000, 50_000, 60_000, 70_000, 80_000):
        posting(
            days=200, title="Senior engineer", pay_min=amount, pay_max=amount, pay_currency="EUR", pay_period="year"
        )
    posting(title="Junior engineer", pay_min=5_000, pay_currency="EUR", pay_period="month")
    for _ in range(4):
        posting(pay_min=50, pay_max=70, pay_currency="USD", pay_period="hour")

    pay = seen(as_ada, "/salary-insights")

    assert pay["salaries"] == [
        {"currency": "EUR", "seniority": None, "n": 6, "p25": 50_000, "median": 60_000, "p75": 70_000}
    ]
    assert [(one["seniority"], one["n"], one["median"]) for one in pay["by_seniority"]] == [("senior", 5, 60_000)]

    posting(pay_min=50, pay_max=70, pay_currency="USD", pay_period="hour")
    (dollars,) = [one for one in seen(as_ada, "/salary-insights")["salaries"] if one["currency"] == "USD"]
    assert (dollars["n"], dollars["median"]) == (5, 60 * 2080)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "/trends", "/salary-insights"])
@pytest.mark.parametrize("value", ["6", "366", "soon", "30days", "-30", "３０", "1e2"])
def test_a_span_is_seven_to_365_days(as_ada, path, value):
    refused = as_ada.get(MARKET + path, {"time_range": value})

    assert refused.status_code == 422
    assert "time_range" in refused.json()["detail"][0]["loc"]


@pytest.mark.django_db
def test_the_market_costs_the_same_however_much_there_is(as_ada, queries):
    def asked():
        seen(as_ada, time_range="365")
        with queries() as statements:
            as_ada.get(MARKET, {"time_range": "365"})
        return len(statements)

    posting()
    few = asked()
    for days in range(60):
        posting(days=days)

    assert asked() == few <= 6


@pytest.mark.django_db
def test_linkedins_feed_is_empty_where_nobody_reads_it(as_ada):
    source = SourceFactory(kind="jobspy", base_url="https://www.linkedin.com", is_enabled=False)
    SightingFactory(posting=posting(title="Welder"), source=source)
    posting(title="Baker")
    counted()

    off = as_ada.get(LINKEDIN).json()
    assert (off["configured"], off["items"], off["total"]) == (False, [], 0)

    source.is_enabled = True
    source.save()
    on = as_ada.get(LINKEDIN).json()
    assert (on["configured"], [item["title"] for item in on["items"]]) == (True, ["Welder"])
    assert on["items"][0]["source"] == "linkedin"
    assert as_ada.get(LINKEDIN, {"query": "baker"}).json()["items"] == []


@given(begin=st.integers(0, 2000), days=st.integers(0, 400))
def test_a_span_is_made_of_blocks_that_do_not_overlap(begin, days):
    found = spans(begin, begin + days)

    covered = [day + n for size, begins in found.items() for day in begins for n in range(size)]
    assert sorted(covered) == list(range(begin, begin + days))
    assert all(day % size == 0 for size, begins in found.items() for day in begins)
    assert all(len(found[size]) <= 2 * (FANOUT - 1) for size in SIZES[:-1])


@given(amounts=st.lists(st.integers(0, 50), min_size=1))
def test_quartiles_are_the_nearest_ranks(amounts):
    counts = {amount: amounts.count(amount) for amount in amounts}
    ordered = sorted(amounts)

    assert list(quartiles(counts)) == [ordered[-(-len(ordered) * quarter // 4) - 1] for quarter in (1, 2, 3)]
