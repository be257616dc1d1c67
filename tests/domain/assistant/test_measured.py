"""What docs/assistant.md promises of letters and matches, on résumés whose facts were written before they were laid out."""

import re

import pytest

from bench import assistant as bench
from onward.domain.assistant.choices import Tone
from onward.domain.assistant.quoting import QuotingWriter
from onward.domain.resumes.facts.reader import read

CORPUS = bench.corpus()
BACKEND = CORPUS["postings"][0]


def letter(resume, posting=BACKEND, tone="professional"):
    return QuotingWriter().cover_letter(
        resume=read(resume["text"]),
        posting=posting["text"],
        company_name=posting["company"],
        job_title=posting["title"],
        tone=tone,
    )


def test_no_letter_says_anything_false_and_few_gaps_are_wrong():
    problems = []

    found = bench.measure(bench.quoting, problems.append)

    assert len(CORPUS["resumes"]) >= 30
    assert len({resume["layout"] for resume in CORPUS["resumes"]}) >= 10
    assert found["false statements"] == 0, problems
    assert found["matches with wrong gaps"] <= 0.05 * found["matches"], problems
    # And it does say something.
    assert found["quoting"] > 0.8 * found["letters"]
    assert found["signed"] > 0.8 * found["letters"]


@pytest.mark.parametrize("resume", CORPUS["resumes"], ids=lambda resume: f"{resume['person']}-{resume['layout']}")
def test_every_claim_stands_in_the_letter_and_its_fact_in_the_resume(resume):
    written = letter(resume)

    own = re.sub(r"\W+", " ", resume["text"].lower())
    quoted = {row[2:] for row in written.text.splitlines() if row.startswith("• ")}
    assert {source["claim"] for source in written.sources} >= quoted
    for source in written.sources:
        assert source["claim"] in written.text
        for part in source["fact"].lower().split(" · "):
            assert re.sub(r"\W+", " ", part).strip() in own


def test_tones_differ_in_the_frame_only():
    said = {
        tone: sorted(source["claim"] for source in letter(CORPUS["resumes"][0], tone=tone).sources) for tone in Tone
    }
    texts = {letter(CORPUS["resumes"][0], tone=tone).text for tone in Tone}

    assert len(texts) == len(Tone)
    assert len({tuple(claims) for claims in said.values()}) == 1
