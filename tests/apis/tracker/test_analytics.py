"""Section 6 of the tracker's document: analytics and the dashboard."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from onward.domain.applications.choices import Status
from tests.factories import ApplicationFactory, CompanyFactory, InterviewFactory, StatusChangeFactory

PATH = "/tracker/api/v1/analytics/"
APPLICATIONS = "/tracker/api/v1/applications/"


def add(ada, number, **fields):
    return ApplicationFactory.create_batch(number, owner=ada, **fields)


def test_shows_zeros_to_somebody_who_has_just_begun(as_ada):
    assert as_ada.get(f"{PATH}dashboard/").json() == {
        "total_applications": 0,
        "active_applications": 0,
        "offers_received": 0,
        "interviews_scheduled": 0,
        "response_rate": 0.0,
        "avg_response_days": None,
        "status_breakdown": {},
    }
    assert as_ada.get(f"{PATH}response-rate/").json() == {"by_source": []}
    assert as_ada.get(f"{PATH}funnel/").json() == {
        "funnel": [
            {"stage": stage, "count": 0, "percentage": 0.0}
            for stage in ("applied", "screening", "interviewing", "offer", "accepted")
        ],
        "total_applications": 0,
    }
    assert as_ada.get(f"{PATH}weekly/").json() == {"weekly_applications": [], "period_weeks": 12}
    assert as_ada.get(f"{PATH}top-companies/").json() == {"top_companies": []}


def test_adds_up_the_dashboard_by_the_rules(as_ada, ada, ben):
    add(ada, 2, status="wishlist")
    add(ada, 3, status="applied")
    add(ada, 1, status="screening", applied_date=date(2026, 1, 1), response_date=date(2026, 1, 11))
    add(ada, 1, status="offer", applied_date=date(2026, 1, 1), response_date=date(2026, 1, 6))
    add(ada, 1, status="accepted", applied_date=None, response_date=date(2026, 1, 6))
    add(ada, 1, status="ghosted")
    (application,) = add(ada, 1, status="interviewing")
    InterviewFactory(application=application)
    InterviewFactory(application=application, status="cancelled")
    InterviewFactory(application=application, scheduled_at=timezone.now() - timedelta(hours=1))
    add(ben, 5)

    assert as_ada.get(f"{PATH}dashboard/").json() == {
        "total_applications": 10,
        "active_applications": 6,
        "offers_received": 2,
        "interviews_scheduled": 1,
        # Three of eight; the wishes are no applications yet.
        "response_rate": 37.5,
        # Ten and five days.
        "avg_response_days": 7.5,
        "status_breakdown": {
            "wishlist": 2,
            "applied": 3,
            "screening": 1,
            "interviewing": 1,
            "offer": 1,
            "accepted": 1,
            "ghosted": 1,
        },
    }


def test_says_how_each_source_answers_the_largest_first(as_ada, ada):
    add(ada, 3, source="linkedin")
    add(ada, 1, source="linkedin", response_date=date(2026, 3, 3))
    add(ada, 2, source="referral", response_date=date(2026, 3, 3))
    add(ada, 4, source="indeed", status="wishlist")

    assert as_ada.get(f"{PATH}response-rate/").json() == {
        "by_source": [
            {"source": "linkedin", "total": 4, "with_response": 1, "response_rate": 25.0},
            {"source": "referral", "total": 2, "with_response": 2, "response_rate": 100.0},
        ]
    }


def test_counts_in_the_funnel_how_far_each_application_ever_came(as_ada, ada):
    company = CompanyFactory(owner=ada)
    for journey in (
        ["applied"],
        ["applied", "rejected"],
        ["applied", "interviewing", "rejected"],
        ["wishlist", "applied", "screening", "interviewing", "offer", "accepted"],
        ["wishlist"],
        ["ghosted"],
    ):
        first, *rest = journey
        made = as_ada.post(APPLICATIONS, {"company": company.pk, "job_title": "x", "status": first}).json()
        for status in rest:
            as_ada.patch(f"{APPLICATIONS}{made['id']}/status/", {"status": status})

    assert as_ada.get(f"{PATH}funnel/").json() == {
        "funnel": [
            {"stage": "applied", "count": 5, "percentage": 100.0},
            {"stage": "screening", "count": 2, "percentage": 40.0},
            {"stage": "interviewing", "count": 2, "percentage": 40.0},
            {"stage": "offer", "count": 1, "percentage": 20.0},
            {"stage": "accepted", "count": 1, "percentage": 20.0},
        ],
        "total_applications": 6,
    }


def test_counts_only_ones_own_in_the_funnel(as_ada, ben):
    StatusChangeFactory(application=ApplicationFactory(owner=ben), after=Status.OFFER)

    assert as_ada.get(f"{PATH}funnel/").json()["total_applications"] == 0


def test_counts_the_applications_of_the_last_weeks_by_their_mondays(as_ada, ada):
    today = timezone.now().date()
    monday = today - timedelta(days=today.weekday())
    add(ada, 2, applied_date=monday)
    add(ada, 1, applied_date=monday - timedelta(days=1))
    add(ada, 1, applied_date=monday - timedelta(weeks=11))
    add(ada, 1, applied_date=monday - timedelta(weeks=11, days=1))
    add(ada, 1, applied_date=None)

    def week(ago, count):
        return {"week": f"{monday - timedelta(weeks=ago)}T00:00:00Z", "count": count}

    assert as_ada.get(f"{PATH}weekly/").json() == {
        "weekly_applications": [week(11, 1), week(1, 1), week(0, 2)],
        "period_weeks": 12,
    }
    assert as_ada.get(f"{PATH}weekly/", {"weeks": 1}).json() == {"weekly_applications": [week(0, 2)], "period_weeks": 1}


@pytest.mark.parametrize("value", ["abc", "0", "-1", "1.5", "99999999999999999999", "1e9", "\x00"])
@pytest.mark.parametrize(("rest", "name"), [("weekly/", "weeks"), ("top-companies/", "limit")])
def test_names_a_number_that_cannot_be_meant(as_ada, rest, name, value):
    answer = as_ada.get(PATH + rest, {name: value})

    assert answer.status_code == 400
    assert list(answer.json()) == [name]


def test_lists_the_top_companies_without_counting_anything_twice(as_ada, ada):
    google = CompanyFactory(owner=ada, name="Google")
    acme = CompanyFactory(owner=ada, name="Acme")
    CompanyFactory(owner=ada, name="Never")
    first, _ = ApplicationFactory.create_batch(2, owner=ada, company=google)
    ApplicationFactory(owner=ada, company=acme)
    InterviewFactory.create_batch(3, application=first)

    top = [
        {"company__id": google.pk, "company__name": "Google", "application_count": 2, "interview_count": 3},
        {"company__id": acme.pk, "company__name": "Acme", "application_count": 1, "interview_count": 0},
    ]
    assert as_ada.get(f"{PATH}top-companies/").json() == {"top_companies": top}
    assert as_ada.get(f"{PATH}top-companies/", {"limit": 1}).json() == {"top_companies": top[:1]}


@pytest.mark.parametrize("rest", ["dashboard/", "response-rate/", "funnel/", "weekly/", "top-companies/"])
def test_asks_twice_for_every_number(as_ada, ada, queries, rest):
    add(ada, 5)
    as_ada.get(PATH + rest)

    with queries() as asked:
        assert as_ada.get(PATH + rest).status_code == 200
    assert len(asked) == 2


@pytest.mark.parametrize("rest", ["dashboard/", "response-rate/", "funnel/", "weekly/", "top-companies/"])
def test_tells_nobody_who_is_not_signed_in(anonymous, rest):
    assert anonymous.get(PATH + rest).status_code == 401
