from datetime import date

import pytest

from onward.domain.assistant.offline import OfflineWriter, resumes
from onward.domain.assistant.offline.resumes import dates

TODAY = date(2026, 3, 15)


def months(text):
    found = dates.span(text, TODAY)
    return (found.end - found.start, found.current) if found and found.possible else None


@pytest.mark.parametrize(
    "written",
    [
        "2022-01 to 2022-06",
        "2022/01 – 2022/06",
        "2022-01-10 – 2022-06-30",
        "01/2022 – 06/2022",
        "01/2022-06/2022",
        "1/2022 until 6/2022",
        "01.2022 bis 06.2022",
        "01.01.2022 – 30.06.2022",
        "01/15/2022 - 06/30/2022",
        "Jan 2022 – Jun 2022",
        "Jan. 2022 through June 2022",
        "January 2022 to June 2022",
        "JANUARY 2022 — JUNE 2022",
        "January, 2022 till June, 2022",
        "1 January 2022 – 30 June 2022",
        "Jan '22 – Jun '22",
        "01/22 – 06/22",
        "Januar 2022 – Juni 2022",
        "Q1 2022 – Q2 2022",
        "from Jan 2022 to Jun 2022",
        "between Jan 2022 and Jun 2022",
    ],
)
def test_half_a_year_is_half_a_year_however_it_is_written(written):
    assert months(f"Baker, Bread Inc, {written}") == (6, False)


@pytest.mark.parametrize(
    "written",
    [
        "Jan 2022 until now",
        "Jan 2022 – present",
        "01/2022 - Today",
        "2022-01 to date",
        "since January 2022",
        "seit 01.2022",
        "January 2022 onwards",
        "Jan 2022 –",
        "01/2022 bis heute",
        "Jan 2022 – Dec 2027",
    ],
)
def test_what_goes_on_goes_on_until_today(written):
    assert months(f"Baker, Bread Inc, {written}") == (50, True)


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("2019 – 2021", 24),
        ("2019-21", 24),
        ("2019/2020", 12),
        ("'19 – '21", 24),
        ("2019 – 2019", 11),
        ("Summer 2021 – Fall 2021", 6),
    ],
)
def test_years_and_seasons_count_as_people_count_them(written, count):
    assert months(f"Baker, Bread Inc, {written}") == (count, False)


@pytest.mark.parametrize("written", ["2015-2010", "2030-2040", "Jan 2027 – present", "06/2022 – 01/2022", "1910 – 2020", "2010 – 2050"])  # fmt: skip
def test_what_cannot_be_is_neither_counted_nor_claimed(written):
    resume = f"Ben Oak\n\nExperience\nBaker, Bread Inc, {written}\n- Baked 300 loaves of bread a day"
    posting = "We are looking for a baker. You must have 5 years of experience in baking and care for detail."

    read = resumes.read(resume, today=TODAY)
    letter = OfflineWriter(today=TODAY).cover_letter(
        resume=resume, posting=posting, company_name="Litware", job_title="Baker", tone="formal"
    )
    match = OfflineWriter(today=TODAY).job_match(resume=resume, posting=posting)

    assert (read.years, read.positions) == (0.0, ())
    assert "Bread Inc" not in letter.text
    assert "years" not in letter.text
    for answered in (letter, match):
        assert any("These dates cannot be" in warning and written in warning for warning in answered.warnings)


@pytest.mark.parametrize(
    "line", ["Call 555-2010-2012-00", "Sold 2,000 units", "Room 2019", "Version 2.2019", "Paid $2019"]
)
def test_numbers_that_are_no_dates_are_none(line):
    assert dates.span(line, TODAY) is None
