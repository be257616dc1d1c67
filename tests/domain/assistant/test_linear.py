"""No text makes the assistant slow: twice as much of anything takes about twice as long."""

from time import thread_time

from onward.domain.assistant.quoting import QuotingWriter
from onward.domain.assistant.truth import unsupported
from onward.domain.resumes.facts.reader import MOST_CHARACTERS, read
from tests.domain.assistant.patterns import PATTERNS

ATTEMPTS = 8
SIZE = 1_500


def work(text):
    writer, resume = QuotingWriter(), read(text)
    writer.cover_letter(resume=resume, posting=text, company_name=text[:255], job_title=text[:255], tone="formal")
    writer.job_match(resume=resume, posting=text)
    unsupported(text, resume, posting=text)


def taken(text):
    begin = thread_time()
    work(text)
    return thread_time() - begin


def test_twice_the_text_takes_at_most_two_and_a_half_times_the_work():
    # Compared with itself, in processor time of this thread: what is quadratic takes four times as long at every attempt.
    slow = [
        pattern
        for pattern in PATTERNS
        if not any(taken((pattern * SIZE)[: 2 * SIZE]) <= 2.5 * taken((pattern * SIZE)[:SIZE]) for _ in range(ATTEMPTS))
    ]

    assert len(PATTERNS) >= 200
    assert slow == []


def test_only_the_beginning_of_a_long_text_is_read_and_that_is_said():
    writer = QuotingWriter()
    resume = read("Built a thing in Python. " * MOST_CHARACTERS)

    written = writer.cover_letter(
        resume=resume, posting="Python " * MOST_CHARACTERS, company_name="", job_title="", tone="formal"
    )

    assert len(resume.text) <= MOST_CHARACTERS
    assert [warning for warning in written.warnings if "long" in warning] == [
        "The résumé is long; only a part of it was read.",
        "The posting is long; only its beginning was read.",
    ]
