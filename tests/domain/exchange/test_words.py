import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.applications.choices import Priority, Source, Status, WorkType
from onward.domain.exchange.importing import salaries, words
from onward.domain.exchange.importing.headers import columns


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Phone screen", "screening"),
        ("Interview", "interviewing"),
        ("Onsite", "interviewing"),
        ("Offer Received", "offer"),
        ("No response", "ghosted"),
        ("no-response!", "ghosted"),
        ("Declined", "rejected"),
        ("Offer declined", "withdrawn"),
        ("To apply", "wishlist"),
        ("Saved", "wishlist"),
        ("BOOKMARKED", "wishlist"),
        ("Hired", "accepted"),
        ("Absage", "rejected"),
        ("Zurückgezogen", "withdrawn"),
        ("✅ Applied", "applied"),
        ("2. Interview", "interviewing"),
        ("Rejected after 2nd round", "rejected"),
        ("Interview - round 2", "interviewing"),
        ("Waiting for feedback", "applied"),
    ],
)
def test_a_status_is_known_by_its_synonyms(text, status):
    assert words.status(text).value == status


@pytest.mark.parametrize("text", ["Phase 7", "???", "", "not applied for by me yet at all", "x" * 10_000])
def test_an_unknown_status_stays_unknown(text):
    assert words.status(text) is None


@pytest.mark.parametrize("choices", [Status, Priority, WorkType, Source])
def test_each_label_and_code_of_ours_says_exactly_its_code(choices):
    read = {
        Status: words.status,
        Priority: lambda text: words.priority(text, stars=0),
        WorkType: lambda text: words.work_type(text, asks_remote=False),
        Source: words.source,
    }[choices]
    for code, label in choices.choices:
        assert read(label) == read(code) == words.Word(code, exact=True)


@pytest.mark.parametrize(
    ("text", "stars", "priority"),
    [
        ("High", 0, "high"),
        ("1", 0, "high"),
        ("★", 1, "high"),
        ("★", 3, "low"),
        ("★★★", 3, "high"),
        ("⭐⭐", 3, "medium"),
    ],
)
def test_a_priority_is_a_word_a_number_or_stars(text, stars, priority):
    assert words.priority(text, stars=stars).value == priority


def test_a_remote_column_may_be_a_question():
    assert words.work_type("Yes", asks_remote=True).value == "remote"
    assert words.work_type("Yes", asks_remote=False) is None
    assert words.work_type("No", asks_remote=True) is None
    assert words.work_type("Hybrid (2 days)", asks_remote=False) == words.Word("hybrid", exact=False)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("80k-100k", 80_000, 100_000),
        ("80-100k", 80_000, 100_000),
        ("$120,000 – $150,000", 120_000, 150_000),
        ("€60.000", 60_000, 60_000),
        ("60.000 € – 70.000 €", 60_000, 70_000),
        ("CHF 95'000", 95_000, 95_000),
        ("60 000", 60_000, 60_000),
        ("82.5K", 82_500, 82_500),
        ("£45,000.00 per annum", 45_000, 45_000),
        ("12,00,000 INR", 1_200_000, 1_200_000),
        ("100k-80k", 80_000, 100_000),
        ("up to 90k", None, 90_000),
        ("85k+", 85_000, None),
        ("ab 65.000", 65_000, None),
        ("100k + 20% bonus", 100_000, None),
    ],
)
def test_a_salary_is_read_as_a_range(text, low, high):
    salary = salaries.read(text)
    assert (salary.low, salary.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "competitive",
        "$60/hr",
        "4.500 € / Monat",
        "85",
        "-5",
        "1e308",
        "99999999999",
        "",
        "DOE",
        "1.2.3.4",
        "²",
        "9" * 99,
    ],
)
def test_what_is_no_yearly_salary_is_left_to_the_notes(text):
    assert salaries.read(text) is None


@given(st.text() | st.text(st.sampled_from("0123456789.,'k -–€$+/ to")))
def test_no_text_breaks_the_reading_of_salaries(text):
    for number in (salaries.read_bound(text), *(((s := salaries.read(text)) and (s.low, s.high)) or ())):
        assert number is None or 0 <= number <= salaries.LARGEST


def meanings(*headers: str) -> dict[str, str]:
    return {column.header: column.field for column in columns(headers)}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *((name, "company") for name in ("Company", "EMPLOYER", "Organisation:", "company_name", "companyName")),
        *((name, "job_title") for name in ("Position", "Role", "Job Title", "job-title", "Title", "jobTitle")),
        *((name, "status") for name in ("Stage", "Status", "Application Status", "List")),
        *((name, "applied_date") for name in ("Applied", "Date Applied", "Applied On", "Application Date", "Applied?")),
        *((name, "job_url") for name in ("Link", "URL", "Job URL", "Posting", "JobURL")),
        *((name, "location") for name in ("Location", "City", "Standort")),
        *((name, "source") for name in ("Source", "Found via", "Quelle")),
        *((name, "work_type") for name in ("Work Type", "Remote", "Remote?")),
        *((name, "notes") for name in ("Notes", "Comments", "Bemerkungen")),
        *((name, "salary") for name in ("Salary", "Salary ($)", "Salary Range")),
        *((name, "") for name in ("Contact", "Deadline", "", "x" * 9999, "\x1b[2J")),
    ],
)
def test_a_column_is_known_by_its_names(header, field):
    assert meanings(header)[header.strip()] == field


def test_of_two_columns_for_one_field_the_surer_name_is_read():
    assert meanings("Date", "Date Applied") == {"Date": "", "Date Applied": "applied_date"}
    assert meanings("Job URL", "Link") == {"Job URL": "job_url", "Link": ""}
