"""Whatever is pasted is read in bounded time and never fails."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.assistant.offline import OfflineWriter, guard
from tests.domain.assistant.offline import cases
from tests.domain.assistant.offline.cases import CASES

WRITER = OfflineWriter(today=cases.TODAY)
# Far above what any of them takes, so that a busy machine does not turn it red.
SECONDS = 5.0
SIZE = 100_000

dice = random.Random(7)
HOSTILE = {
    "nothing": "",
    "blanks": " \t\n\u00a0\u2003" * (SIZE // 5),
    "one letter": "a" * SIZE,
    "capitals": "A" * SIZE,
    "words": "word " * (SIZE // 5),
    "lines": "x\n" * (SIZE // 2),
    "bytes": "".join(chr(dice.randrange(256)) for _ in range(SIZE)),
    "anything": "".join(chr(dice.randrange(0xD000)) for _ in range(SIZE)),
    "zeros": "\x00" * SIZE,
    "pdf": "%PDF-1.7\n1 0 obj<</Type/Catalog>>stream\n" + "".join(chr(dice.randrange(128, 256)) for _ in range(SIZE)),
    "rtf": "{\\rtf1\\ansi{\\fonttbl\\f0 Arial;}\\f0 Requirements\\par Python \\'e9\\par " + "{\\b " * 20_000,
    "open tags": "<div" * (SIZE // 4),
    "angles": "<" * SIZE,
    "scripts": "<script>" * (SIZE // 8),
    "entities": "&amp;" * (SIZE // 5),
    "emoji": "👩🏽‍💻🎉" * (SIZE // 6),
    "right to left": "\u202e" + "אבג " * (SIZE // 4),
    "surrogates": "\ud800" * 1000,
    "dates": "2019 – 2020 " * (SIZE // 12),
    "dated lines": "Jan 2019 – Present\n" * (SIZE // 19),
    "years": "5 years " * (SIZE // 8),
    "digits": "1" * SIZE,
    "phone": "+1 (555) " * (SIZE // 9),
    "addresses": "a@" * (SIZE // 2),
    "dots": "a." * (SIZE // 2),
    "commas": "Python, " * (SIZE // 8),
    "bullets": "• " * (SIZE // 2),
    "bullet lines": "• Led a team\n" * (SIZE // 13),
    "names": "At Acme " * (SIZE // 8),
    "at": "I worked at " + "Abc " * (SIZE // 4),
    "my": "my " * (SIZE // 3),
    "long I": "I " + "led " * (SIZE // 4),
    "braces": "{0}{job}%s%(a)s" * (SIZE // 15),
    "brackets": "(" * SIZE,
    "ignore": "ignore " * (SIZE // 7),
    "dashes": "- – — " * (SIZE // 6),
    "plus": "C" + "+" * SIZE,
    "slashes": "a/" * (SIZE // 2),
    "spaces and end": "a" + " " * SIZE + "!",
    "date forms": "2022-01 to 01/2022 – between Jan '22 and " * (SIZE // 38),
    "dates that begin": "between 2018 and 2019 - " * (SIZE // 24),
    "columns": "Python              Baker, Bread Inc\n" * (SIZE // 37),
    "wide gaps": ("a" + " " * 40) * (SIZE // 41),
    "headers": "Baker, Bread Inc, 2000-2010\n" * (SIZE // 28),
    "labels": "Employer: Bread Inc\nDates: 2000-2010\n" * (SIZE // 38),
    "tenures": "Bread Inc\n5 years\nBaker\n2000 - 2010 (10 years)\n" * (SIZE // 50),
    "names of skills": "react, excel, go, " * (SIZE // 18),
    "no letters": "(((,,,&&&))) " * (SIZE // 13),
    "stories": "where I led and won " * (SIZE // 20),
    "degrees": "Bachelor of Science in " * (SIZE // 23),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_little_and_breaks_nothing(name):
    hostile = HOSTILE[name]
    started = time.process_time()

    WRITER.cover_letter(resume=hostile, posting=hostile, company_name=hostile, job_title=hostile, tone=hostile[:50])
    WRITER.job_match(resume=hostile, posting=hostile, job_title=hostile)
    WRITER.interview_questions(posting=hostile, company_name=hostile, job_title=hostile, count=20)
    guard.unsupported_claims(hostile, hostile, today=cases.TODAY)

    assert time.process_time() - started < SECONDS


@given(resume=st.text(max_size=600), posting=st.text(max_size=600), tone=st.sampled_from(cases.TONES))
def test_any_text_is_answered(resume, posting, tone):
    written = WRITER.cover_letter(resume=resume, posting=posting, company_name="Acme", job_title="Engineer", tone=tone)
    found = WRITER.job_match(resume=resume, posting=posting)

    assert written.text
    assert 0 <= found.score <= 100
    guard.unsupported_claims(posting, resume, today=cases.TODAY)


@given(data=st.data(), case=st.sampled_from(CASES))
def test_a_resume_with_its_lines_in_disorder_is_answered(data, case):
    lines = data.draw(st.permutations(case.resume.split("\n")))

    written = WRITER.cover_letter(
        resume="\n".join(lines), posting=case.posting, company_name=case.company, job_title=case.job, tone="formal"
    )

    assert guard.unsupported_claims(written.text, case.resume, today=cases.TODAY) == [] or written.warnings


def test_a_long_text_is_read_in_part_and_it_says_so():
    found = WRITER.job_match(resume=cases.ENGINEER + "x " * 50_000, posting=cases.ENGINEER_POSTING)

    assert found.warnings == ["The text was long: its first 30,000 characters were read."]
    assert "Python" in found.matching
