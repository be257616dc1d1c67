import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.applications.choices import Priority, Source, Status, WorkType
from onward.domain.exchange.importing import salaries, statuses, words
from onward.domain.exchange.importing.headers import Meanings

STATUSES = {
    "rejected": "Declined|Absage|Rejected after 2nd round|No offer|Hired internal candidate|Position closed|Screened out|"
    "Failed phone screen|Unsuccessful|Not successful|Refusé|Declined by company|I was rejected|Ich wurde abgelehnt|"
    "Not moving forward|didn't get an offer|Offer rescinded|Went with another candidate|Kein Angebot|Non retenu|"
    "No seleccionado|Rechazado|Stelle besetzt|Did not pass phone screen|No longer under consideration|Offer withdrawn|"
    "They passed|Rejected (no feedback)|Refus après entretien",
    "withdrawn": "Offer declined|Zurückgezogen|Turned down the offer|Offer accepted elsewhere|Rejected the offer|"
    "I declined|declined by me|Angebot abgelehnt|Accepted another offer|No longer interested|Offre refusée|"
    "Oferta rechazada|Took another job|Offer not accepted|Withdrew after offer|Candidature retirée|von mir abgelehnt|Cancelled by me",
    "interviewing": "Interview|Onsite|2. Interview|Interview - round 2|Entretien|Entrevista|Final round|"
    "Vorstellungsgespräch|Interviewed, waiting|Accepted interview",
    "screening": "Phone screen|Take-home test|Phone interview|Telefoninterview|Entretien téléphonique|"
    "Passed phone screen",
    "wishlist": "To apply|Saved|BOOKMARKED|Not submitted|haven't applied|À postuler|Noch nicht beworben|Not started|"
    "Need to apply|No enviado|not applied for by me yet at all|Failed to submit",
    "applied": "✅ Applied|Waiting for feedback|Candidature envoyée|Under review|No response yet|Noch keine Antwort|"
    "Pas encore de réponse|Postulado|Waiting to hear back",
    "offer": "Offer Received|Offer pending|Angebot erhalten|Offre reçue|Verbal offer",
    "accepted": "Hired|Accepted!!|Offer accepted|Signed offer letter|Offre acceptée|Angebot angenommen",
    "ghosted": "No response|no-response!|Never heard back|Sans réponse|Sin respuesta|Closed - no response|"
    "No reply after interview",
}


@pytest.mark.parametrize(
    ("text", "status"), [(text, status) for status, texts in STATUSES.items() for text in texts.split("|")]
)
def test_a_status_is_read_from_what_is_denied_who_acts_and_on_what(text, status):
    assert statuses.read(text).value == status


@pytest.mark.parametrize(
    "text",
    [
        *("Phase 7", "???", "", "x" * 10_000, "Background check", "Needs cover letter", "Interview cancelled"),
        *("Rejected?", "maybe rejected", "No offer yet", "on hold", "Not rejected", "Interview offer", "In progress"),
        *(
            "No interview",
            "Waiting for offer",
            "Rejected then offer accepted",
            "Offer or rejection",
            "Passed",
            "No",
            "I didn't get an interview",
            "Didn’t make it past the interview",
            "Zum Gespräch nicht eingeladen",
            "Absage nicht erhalten",
            "Withdrew, no offer",
            "Application not viewed yet",
            "Recruiter reached out",
        ),
        "I applied through the portal that a friend who got an offer there showed me",
    ],
)
def test_a_status_that_is_not_sure_stays_unknown(text):
    assert statuses.read(text) is None


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        *((text, True) for text in ("Rejected", "Turned down the offer", "Withdrew after interview")),
        *((text, False) for text in ("Withdrew", "Offer accepted elsewhere", "Failed to submit")),
        *((text, False) for text in ("Ghosted, didn't get an interview", "Need to apply")),
    ],
)
def test_a_status_says_whether_the_company_has_answered(text, answered):
    assert statuses.read(text).answered is answered


@given(st.text() | st.lists(st.sampled_from("no not offer rejected by me they hired yet applied interview".split())))
def test_no_text_breaks_the_reading_of_a_status(words):
    statuses.read(words if isinstance(words, str) else " ".join(words))


@pytest.mark.parametrize("choices", [Status, Priority, WorkType, Source])
def test_each_label_and_code_of_ours_says_exactly_its_code(choices):
    read = {
        Status: statuses.read,
        Priority: lambda text: words.priority(text, words.Scale(0, 0)),
        WorkType: lambda text: words.work_type(text, asks_remote=False),
        Source: words.source,
    }[choices]
    for code, label in choices.choices:
        for word in (read(label), read(code)):
            assert (word.value, word.exact) == (code, True)


@pytest.mark.parametrize(
    ("header", "cells", "priorities"),
    [
        ("Priority", ["High", "1", "3"], ["high", "high", "low"]),
        ("Priority", ["5", "3", "1"], ["high", "medium", "low"]),
        ("Rating", ["5", "1", "2"], ["high", "low", "medium"]),
        ("Excitement (1-10)", ["9", "5", "1"], ["high", "medium", "low"]),
        ("Stars", ["★★★", "⭐⭐", "★"], ["high", "medium", "low"]),
        ("Favorite", ["★", ""], ["high", None]),
        ("Excitement", ["★★☆☆☆", "4/5", "80%", "2 of 6"], ["medium", "high", "high", "low"]),
        ("Rating", ["7 of 5", "3.5"], [None, "high"]),
    ],
)
def test_a_priority_is_a_word_stars_or_a_number_on_its_columns_scale(header, cells, priorities):
    scale = words.scale(header, cells)
    assert [word and word.value for word in (words.priority(cell, scale) for cell in cells)] == priorities


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
        ("100k-80k", 100_000, 80_000),
        ("1.234,50", 1234, 1234),
        ("up to 90k", None, 90_000),
        ("85k+", 85_000, None),
        ("ab 65.000", 65_000, None),
        ("100k + 20% bonus", 100_000, None),
        ("12-15 lakhs", 1_200_000, 1_500_000),
        ("$1.2m", 1_200_000, 1_200_000),
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
        "50000 USD - 60000 EUR",
    ],
)
def test_what_is_no_yearly_salary_is_left_to_the_notes(text):
    assert salaries.read(text) is None


@pytest.mark.parametrize(
    ("header", "text", "currency"),
    [
        *(("Salary", text, "EUR") for text in ("€60.000", "60k EUR", "60.000 Euro", "60-70k€")),
        *(("Salary", text, "CHF") for text in ("CHF 95'000", "95'000 Fr.")),
        *(("Salary", text, "CAD") for text in ("C$130000", "130000 CAD")),
        *((header, "60.000", "EUR") for header in ("Gehalt (€)", "Salary EUR", "Salary in euros")),
        ("Salary (€)", "$60,000", "USD"),
        ("$$ range", "60-70k", "USD"),
        *(("Salary", text, "") for text in ("60000", "450 000 kr")),
    ],
)
def test_a_currency_is_named_by_sign_code_or_header_or_unknown(header, text, currency):
    assert salaries.read(text, salaries.unit(header)).currency == currency


def test_a_header_says_what_a_sum_counts_in():
    assert salaries.read("70-85", salaries.unit("Salary (k€)")).high == 85_000
    assert salaries.read("4500", salaries.unit("Monthly salary")) is None


@given(st.text() | st.text(st.sampled_from("0123456789.,'k -–€$+/ to")))
def test_no_text_breaks_the_reading_of_salaries(text):
    for salary in filter(None, (salaries.read_bound(text), salaries.read(text))):
        assert all(number is None or 0 <= number <= salaries.LARGEST for number in (salary.low, salary.high))


def meanings(*headers: str) -> dict[str, str]:
    return {column.header: column.field for column in Meanings().columns(headers)}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *((name, "company") for name in ("Company", "EMPLOYER", "Organisation:", "company_name", "companyName")),
        *((name, "job_title") for name in ("Position", "Role", "Job Title", "job-title", "Title", "jobTitle")),
        *((name, "status") for name in ("Stage", "Status", "Application Status", "List")),
        *((name, "applied_date") for name in ("Applied", "Date Applied", "Applied On", "Application Date", "Applied?")),
        *((name, "job_url") for name in ("Link", "URL", "Job URL", "Posting", "JobURL", "Link to JD")),
        *((name, "location") for name in ("Location", "City", "Standort")),
        *((name, "source") for name in ("Source", "Found via", "Quelle")),
        *((name, "priority") for name in ("Rating", "Bewertung")),
        *((name, "work_type") for name in ("Work Type", "Remote", "Remote?")),
        *((name, "notes") for name in ("Notes", "Comments", "Bemerkungen")),
        *((name, "salary") for name in ("Salary", "Salary ($)", "Salary Range", "$$ range", "💰")),
        *((name, "next_action_date") for name in ("Follow up by", "Next step date")),
        *((name, "") for name in ("Deadline", "", "x" * 9999, "\x1b[2J")),
    ],
)
def test_a_column_is_known_by_its_names(header, field):
    assert meanings(header)[header.strip()] == field


def test_a_column_called_name_is_what_the_others_are_not():
    assert meanings("Name", "Role")["Name"] == "company"
    assert meanings("Name", "Company")["Name"] == "job_title"
    assert meanings("Name", "Company", "Role")["Name"] == ""


def test_of_two_columns_for_one_field_the_surer_name_is_read():
    assert meanings("Date", "Date Applied") == {"Date": "", "Date Applied": "applied_date"}
    assert meanings("Job URL", "Link") == {"Job URL": "job_url", "Link": ""}
