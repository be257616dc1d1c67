"""Dashboard and questions, as the offers document promises them."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from onward.apis.offers.lenses import SOURCE, STATUS
from onward.domain.applications.choices import OutcomeStatus, Source, Status
from onward.domain.applications.models import Application
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    InterviewFactory,
    OutcomeFactory,
)

pytestmark = pytest.mark.django_db

API = "/offers/api/v1"
PATH = f"{API}/analytics"


def dashboard(client):
    answered = client.get(f"{PATH}/dashboard")
    assert answered.status_code == 200
    return answered.json()


def today(zone="UTC"):
    return timezone.now().astimezone(ZoneInfo(zone)).date()


def week_of(day):
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def apply(client, **fields):
    answered = client.post(f"{API}/applications/", {"company_name": "Acme", "role_title": "Engineer", **fields})
    assert answered.status_code == 201
    return answered.json()["id"]


def test_nobody_sees_numbers_without_signing_in(anonymous):
    for path in ("dashboard", "activity", "questions"):
        answered = anonymous.get(f"{PATH}/{path}")
        assert (answered.status_code, answered.json()) == (401, {"detail": "Not authenticated"})


# --- The dashboard


def test_the_dashboard_of_a_newcomer_is_empty_and_whole(as_ada):
    found = dashboard(as_ada)

    assert list(found) == [
        "pipeline",
        "response_rate",
        "interview_rate",
        "offer_rate",
        "source_breakdown",
        "weekly_trend",
        "salary_insights",
        "top_companies",
    ]
    assert (found["pipeline"], found["source_breakdown"], found["top_companies"]) == ([], [], [])
    assert [found[rate] for rate in ("response_rate", "interview_rate", "offer_rate")] == [0.0, 0.0, 0.0]
    assert len(found["weekly_trend"]) == 12
    assert {(row["applications"], row["stages"]) for row in found["weekly_trend"]} == {(0, 0)}
    assert found["salary_insights"] == {
        "applications_with_salary": 0,
        "average_expected_min": None,
        "average_expected_max": None,
        "offers_with_salary": 0,
        "average_offered": None,
        "highest_offer": None,
        "currency": "USD",
        "by_currency": [],
    }


def test_the_pipeline_has_the_statuses_that_any_stand_at_the_most_frequent_first(as_ada, ada):
    for status in ("wishlist", "rejected", "screening", "interviewing", "ghosted", "applied", "applied"):
        ApplicationFactory(owner=ada, status=status)

    assert dashboard(as_ada)["pipeline"] == [
        {"status": "Applied", "count": 3},
        {"status": "Interviewing", "count": 2},
        # Equals stand in the order of the document.
        {"status": "Saved", "count": 1},
        {"status": "Rejected", "count": 1},
    ]


def test_the_rates_are_of_what_was_sent(as_ada, ada):
    for status in ("wishlist", "applied", "ghosted", "interviewing", "offer", "accepted", "rejected", "withdrawn"):
        ApplicationFactory(owner=ada, status=status)

    found = dashboard(as_ada)

    assert (found["response_rate"], found["interview_rate"], found["offer_rate"]) == (0.5714, 0.4286, 0.2857)


def test_an_interview_counts_whatever_became_of_it(as_ada, ada):
    InterviewFactory.create_batch(2, application=ApplicationFactory(owner=ada, status="rejected"))
    ApplicationFactory(owner=ada, status="rejected")
    # What is merely saved was not sent, and is no part of the fraction.
    InterviewFactory(application=ApplicationFactory(owner=ada, status="wishlist"))

    assert dashboard(as_ada)["interview_rate"] == 0.5


def test_a_source_says_what_came_of_it(as_ada, ada):
    for source, status in (("indeed", "wishlist"), ("indeed", "applied"), ("", "applied"), ("job_fair", "applied")):
        application = ApplicationFactory(owner=ada, source=source, status=status)
    InterviewFactory.create_batch(2, application=application)
    OutcomeFactory(application=application)
    OutcomeFactory(application__owner=ada, application__source="indeed", status="rejected")

    assert dashboard(as_ada)["source_breakdown"] == [
        {"source": "Indeed", "applied": 3, "interviews": 0, "offers": 0},
        {"source": "Career Fair", "applied": 1, "interviews": 1, "offers": 1},
        {"source": "Unknown", "applied": 1, "interviews": 0, "offers": 0},
    ]


def test_the_trend_is_the_last_twelve_weeks_this_one_last(as_ada):
    found = [row["week"] for row in dashboard(as_ada)["weekly_trend"]]

    assert found == [week_of(today() - timedelta(weeks=ago)) for ago in reversed(range(12))]


def test_an_application_belongs_to_the_week_in_which_it_was_sent(as_ada, ada):
    monday = today() - timedelta(days=today().weekday())
    for day in (monday, monday + timedelta(days=6), monday - timedelta(days=1), monday - timedelta(weeks=11)):
        ApplicationFactory(owner=ada, applied_date=day)
    # Neither before the first week nor after this one.
    ApplicationFactory(owner=ada, applied_date=monday - timedelta(weeks=11, days=1))
    ApplicationFactory(owner=ada, applied_date=monday + timedelta(weeks=1))

    assert [row["applications"] for row in dashboard(as_ada)["weekly_trend"]] == [1] + [0] * 9 + [1, 2]


def test_one_of_which_that_is_not_known_belongs_to_the_week_in_which_it_was_written_down(as_ada, ada):
    ada.timezone = "Pacific/Auckland"
    ada.save()
    there = today("Pacific/Auckland")
    monday = datetime.combine(there - timedelta(days=there.weekday()), time.min, ZoneInfo("Pacific/Auckland"))
    ApplicationFactory(owner=ada, applied_date=None, created_at=monday)
    ApplicationFactory(owner=ada, applied_date=None, created_at=monday - timedelta(seconds=1))

    found = dashboard(as_ada)["weekly_trend"]

    assert [row["applications"] for row in found[-2:]] == [1, 1]
    assert found[-1]["week"] == week_of(there)


def test_a_stage_belongs_to_the_week_of_its_day(as_ada, ada):
    application = ApplicationFactory(owner=ada, applied_date=date(2020, 1, 1))
    monday = today() - timedelta(days=today().weekday())
    for day in (monday + timedelta(days=6), monday - timedelta(days=1), monday - timedelta(days=7)):
        InterviewFactory(application=application, day=day)
    InterviewFactory(application=application, day=monday + timedelta(weeks=1))
    InterviewFactory(application=application, day=None, has_time=False)

    found = dashboard(as_ada)["weekly_trend"]

    assert [row["stages"] for row in found[-3:]] == [0, 2, 1]
    assert sum(row["stages"] for row in found) == 3


def test_salaries_are_averaged_over_what_is_there(as_ada, ada):
    ApplicationFactory(owner=ada, salary_min=100, salary_max=200)
    ApplicationFactory(owner=ada, salary_min=101)
    ApplicationFactory(owner=ada, salary_min=101)
    ApplicationFactory(owner=ada)
    OutcomeFactory(application__owner=ada, salary=300)
    OutcomeFactory(application__owner=ada, salary=501)
    OutcomeFactory(application__owner=ada)
    OutcomeFactory(application__owner=ada, salary=9999, status="rejected")

    dollars = {
        "applications_with_salary": 3,
        "average_expected_min": 100.67,
        "average_expected_max": 200.0,
        "offers_with_salary": 2,
        "average_offered": 400.5,
        "highest_offer": 501,
        "currency": "USD",
    }
    assert dashboard(as_ada)["salary_insights"] == {**dollars, "by_currency": [dollars]}


def test_only_what_is_in_the_currency_of_most_is_averaged(as_ada, ada):
    ApplicationFactory(owner=ada, salary_min=100, salary_currency="EUR")
    ApplicationFactory(owner=ada, salary_min=200, salary_currency="eur")
    ApplicationFactory(owner=ada, salary_min=900, salary_currency="USD")
    # Without a salary a currency says nothing.
    ApplicationFactory.create_batch(5, owner=ada, salary_currency="USD")
    OutcomeFactory(application__owner=ada, salary=777, salary_currency="CHF")

    found = dashboard(as_ada)["salary_insights"]

    assert (found["currency"], found["average_expected_min"]) == ("EUR", 150.0)
    assert (found["applications_with_salary"], found["offers_with_salary"]) == (3, 1)
    assert (found["average_offered"], found["highest_offer"]) == (None, None)
    each = [(one["currency"], one["average_expected_min"], one["highest_offer"]) for one in found["by_currency"]]
    assert each == [("EUR", 150.0, None), ("CHF", None, 777), ("USD", 900.0, None)]


def test_of_equally_frequent_currencies_the_first_by_the_alphabet_is_taken(as_ada, ada):
    for currency in ("USD", "CHF", "EUR"):
        ApplicationFactory(owner=ada, salary_min=100, salary_currency=currency)

    assert dashboard(as_ada)["salary_insights"]["currency"] == "CHF"


def test_an_offer_of_nothing_is_an_offer(as_ada, ada):
    OutcomeFactory(application__owner=ada, salary=0)

    found = dashboard(as_ada)["salary_insights"]

    assert (found["offers_with_salary"], found["average_offered"], found["highest_offer"]) == (1, 0.0, 0)


def test_the_ten_companies_with_the_most_applications_stand_on_the_dashboard(as_ada, ada):
    for number in range(12):
        company = CompanyFactory(owner=ada, name=f"Company {number:02}")
        ApplicationFactory.create_batch(2 if number == 11 else 1, owner=ada, company=company)

    found = dashboard(as_ada)["top_companies"]

    assert found == [
        {"company": "Company 11", "count": 2},
        *({"company": f"Company {number:02}", "count": 1} for number in range(9)),
    ]


def test_the_dashboard_shows_what_is_ones_own(as_ada, as_ben, ben):
    application = ApplicationFactory(owner=ben, salary_min=1, status="offer")
    InterviewFactory(application=application, day=today())
    OutcomeFactory(application=application, salary=5)

    assert dashboard(as_ada) == dashboard(as_ada) | {"pipeline": [], "source_breakdown": [], "top_companies": []}
    assert {row["stages"] for row in dashboard(as_ada)["weekly_trend"]} == {0}
    assert dashboard(as_ben)["pipeline"]


@pytest.mark.parametrize("size", [1, 40])
def test_the_dashboard_is_three_statements_beside_the_token(size, as_ada, ada, queries):
    for _ in range(size):
        InterviewFactory(application__owner=ada)
    dashboard(as_ada)

    with queries() as asked:
        dashboard(as_ada)

    assert len(asked) == 4


SALARIES = st.none() | st.integers(0, 400_000)
CURRENCIES = st.sampled_from(["CHF", "EUR", "USD"])
DAYS = st.integers(-10, 95)


@st.composite
def records(draw):
    low, high = draw(SALARIES), draw(SALARIES)
    if low is not None and high is not None:
        low, high = sorted((low, high))
    return {
        "status": draw(st.sampled_from(Status.values)),
        "source": draw(st.sampled_from(["", *Source.values])),
        "company": draw(st.integers(0, 12)),
        "salary_min": low,
        "salary_max": high,
        "salary_currency": draw(CURRENCIES),
        "applied": draw(st.none() | DAYS),
        "created": draw(DAYS),
        "stages": draw(st.lists(st.none() | DAYS, max_size=3)),
        "outcome": draw(
            st.none()
            | st.fixed_dictionaries(
                {
                    "status": st.sampled_from(["", *OutcomeStatus.values]),
                    "salary": SALARIES,
                    "salary_currency": CURRENCIES,
                }
            )
        ),
    }


def rate(part, whole):
    return round(len(part) / len(whole), 4) if whole else 0.0


def average(values):
    return round(sum(values) / len(values), 2) if values else None


def expected(rows, here):
    """Compute the dashboard from the records themselves, one by one."""
    for row in rows:
        row["word"] = STATUS.show(row["status"])
        row["from"] = SOURCE.show(row["source"]) or "Unknown"
    sent = [row for row in rows if row["word"] != "Saved"]
    offers = [row["outcome"] for row in rows if row["outcome"] and row["outcome"]["status"] == "offer"]
    paid = [row for row in rows if row["salary_min"] is not None or row["salary_max"] is not None]
    offered = [outcome for outcome in offers if outcome["salary"] is not None]
    currencies = Counter(row["salary_currency"] for row in paid) + Counter(o["salary_currency"] for o in offered)
    currency = min(currencies, key=lambda word: (-currencies[word], word), default="USD")
    same = [row for row in paid if row["salary_currency"] == currency]
    salaries = [o["salary"] for o in offered if o["salary_currency"] == currency]
    weeks = [week_of(here - timedelta(weeks=ago)) for ago in reversed(range(12))]
    applied = Counter(
        week_of(here - timedelta(days=row["created"] if row["applied"] is None else row["applied"])) for row in rows
    )
    staged = Counter(week_of(here - timedelta(days=day)) for row in rows for day in row["stages"] if day is not None)
    statuses = Counter(row["word"] for row in rows)
    sources = Counter(row["from"] for row in rows)
    companies = Counter(f"Company {row['company']:02}" for row in rows)
    words = [*STATUS.words]
    places = [word for word in SOURCE.words if word] + ["Unknown"]
    return {
        "pipeline": [
            {"status": word, "count": statuses[word]}
            for word in sorted(statuses, key=lambda word: (-statuses[word], words.index(word)))
        ],
        "response_rate": rate(
            [r for r in sent if r["word"] in {"Interviewing", "Offer", "Accepted", "Rejected"}], sent
        ),
        "interview_rate": rate(
            [r for r in sent if r["word"] in {"Interviewing", "Offer", "Accepted"} or r["stages"]], sent
        ),
        "offer_rate": rate([r for r in sent if r["word"] in {"Offer", "Accepted"}], sent),
        "source_breakdown": [
            {
                "source": word,
                "applied": sources[word],
                "interviews": len([row for row in rows if row["from"] == word and row["stages"]]),
                "offers": len(
                    [r for r in rows if r["from"] == word and r["outcome"] and r["outcome"]["status"] == "offer"]
                ),
            }
            for word in sorted(sources, key=lambda word: (-sources[word], places.index(word)))
        ],
        "weekly_trend": [{"week": week, "applications": applied[week], "stages": staged[week]} for week in weeks],
        "salary_insights": {
            "applications_with_salary": len(paid),
            "average_expected_min": average([r["salary_min"] for r in same if r["salary_min"] is not None]),
            "average_expected_max": average([r["salary_max"] for r in same if r["salary_max"] is not None]),
            "offers_with_salary": len(offered),
            "average_offered": average(salaries),
            "highest_offer": max(salaries, default=None),
            "currency": currency,
        },
        "top_companies": [
            {"company": name, "count": companies[name]}
            for name in sorted(companies, key=lambda name: (-companies[name], name))[:10]
        ],
    }


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/New_York"])
def test_the_dashboard_says_what_the_records_say(zone, as_ada, ada, ben):
    ada.timezone = zone
    ada.save()
    clock = ZoneInfo(zone)
    companies = [CompanyFactory(owner=ada, name=f"Company {number:02}") for number in range(13)]
    InterviewFactory(application=ApplicationFactory(owner=ben, salary_min=1), day=today())

    @hypothesis(max_examples=hypothesis.get_profile("suite").max_examples // 3)
    @given(rows=st.lists(records(), max_size=25))
    def holds(rows):
        Application.objects.filter(owner=ada).delete()
        here = timezone.now().astimezone(clock).date()
        for row in rows:
            # Just after midnight and just before are where a wrong clock would show.
            minute = time(0, 1) if row["created"] % 2 else time(23, 58)
            application = ApplicationFactory(
                owner=ada,
                company=companies[row["company"]],
                status=row["status"],
                source=row["source"],
                salary_min=row["salary_min"],
                salary_max=row["salary_max"],
                salary_currency=row["salary_currency"],
                applied_date=None if row["applied"] is None else here - timedelta(days=row["applied"]),
                created_at=datetime.combine(here - timedelta(days=row["created"]), minute, clock).astimezone(UTC),
            )
            for day in row["stages"]:
                InterviewFactory(
                    application=application,
                    has_time=day is not None,
                    day=None if day is None else here - timedelta(days=day),
                )
            if row["outcome"]:
                OutcomeFactory(application=application, **row["outcome"])

        found = dashboard(as_ada)
        each = found["salary_insights"].pop("by_currency")
        for name in ("applications_with_salary", "offers_with_salary"):
            assert sum(one[name] for one in each) == found["salary_insights"][name]
        assert found == expected(rows, here)

    holds()


# --- The questions


def questions(client):
    answered = client.get(f"{PATH}/questions")
    assert answered.status_code == 200
    return answered.json()


def test_nobody_has_asked_a_newcomer_anything(as_ada):
    assert questions(as_ada) == {"questions": [], "total": 0}


def test_a_question_says_where_it_was_asked(as_ada):
    application = apply(as_ada)
    as_ada.post(
        f"{API}/applications/{application}/stages",
        {"stage_name": "First call", "stage_type": "Behavioral", "questions_asked": ["Tell me about a time."]},
    )

    assert questions(as_ada) == {
        "questions": [
            {
                "question": "Tell me about a time.",
                "stage_type": "Behavioral",
                "company": "Acme",
                "role": "Engineer",
            }
        ],
        "total": 1,
    }


def test_every_question_of_every_stage_is_there_those_of_the_latest_stage_first(as_ada, ada):
    for day, asked in (
        (date(2026, 3, 2), ["a", "b"]),
        (date(2026, 3, 9), ["c"]),
        (None, ["d"]),
        (None, []),
        (None, None),
    ):
        application = ApplicationFactory(owner=ada)
        InterviewFactory(application=application, day=day, has_time=day is not None, questions=asked)

    found = questions(as_ada)

    assert [row["question"] for row in found["questions"]] == ["c", "a", "b", "d"]
    assert found["total"] == 4


def test_a_stage_of_no_type_is_called_by_its_name(as_ada, ada):
    InterviewFactory(application__owner=ada, interview_type="", name="Coffee", questions=["Why?"])
    InterviewFactory(application__owner=ada, interview_type="hr", name="Coffee", questions=["Why?"])

    assert sorted(row["stage_type"] for row in questions(as_ada)["questions"]) == ["Coffee", "Final Round"]


def test_what_the_tracker_has_asked_is_there_too(as_ada, ada):
    application = ApplicationFactory(owner=ada)
    as_ada.post(
        "/tracker/api/v1/interviews/",
        {
            "application": application.pk,
            "interview_type": "technical",
            "scheduled_at": "2026-03-15T09:00:00Z",
            "questions_asked": "Why us?\nWhy now?",
        },
    )

    assert [(row["question"], row["stage_type"]) for row in questions(as_ada)["questions"]] == [
        ("Why us?", "Technical"),
        ("Why now?", "Technical"),
    ]


def test_questions_are_ones_own(as_ada, ben):
    InterviewFactory(application__owner=ben, questions=["Why?"])

    assert questions(as_ada)["total"] == 0


@pytest.mark.parametrize("size", [1, 20])
def test_the_questions_are_two_statements_beside_the_token(size, as_ada, ada, queries):
    InterviewFactory.create_batch(size, application__owner=ada, questions=["Why?"])
    questions(as_ada)

    with queries() as asked:
        questions(as_ada)

    assert len(asked) == 3
