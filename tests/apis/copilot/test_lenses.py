"""The laws of the copilot's lenses, in Python and in the database."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.apis.copilot import lenses
from onward.apis.copilot.schemas.jobs import JobRow
from onward.domain.applications.choices import JobType, Status, WorkType
from onward.domain.applications.models import Application, SavedJob
from onward.domain.assistant.choices import Template, Tone
from onward.platform.lens import FreeText
from onward.platform.wire import Reading
from tests.factories import ApplicationFactory, SavedJobFactory

RECORD = {
    "STATUS": Status.values,
    "JOB_STATUS": ["", *Status.values],
    "JOB_TYPE": ["", *JobType.values],
    "REMOTE_OPTION": ["", *WorkType.values],
    "TONE": ["", *Tone.values],
    "TEMPLATE": ["", *Template.values],
}
DOCUMENT = {
    "STATUS": "interested · applied · interview · offer · accepted · rejected · declined",
    "JOB_STATUS": "not_applied · applied · interviewing · offer · rejected",
    "SOURCE": "manual · scraped · api · linkedin · indeed · glassdoor · adzuna · usajobs · github_jobs · remoteok",
}
TEXTS = [
    "",
    "LinkedIn",
    "linked IN",
    "ＬｉｎｋｅｄＩｎ",
    "Remote OK",
    "remoteok",
    "A poster",
    "líñkedin",
    "'; --",
    "%",
    "ß",
]
texts = st.sampled_from(TEXTS) | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@given(st.data(), st.sampled_from(sorted(RECORD)))
def test_the_laws_of_lists_of_words(data, name):
    lens = getattr(lenses, name)
    value, word = data.draw(st.sampled_from(lens.values)), data.draw(st.sampled_from(lens.words))

    assert lens.read(lens.show(value), value) == value
    assert lens.show(lens.read(word, value)) == word
    assert lens.show(lens.read(word)) == word


@given(texts, st.sampled_from(lenses.SOURCE.words))
def test_the_laws_of_free_text(value, word):
    lens = lenses.SOURCE

    assert lens.read(lens.show(value), value) == value
    assert lens.show(lens.read(word, value)) == word
    assert lens.show(lens.read(word)) == word


@pytest.mark.parametrize("name", sorted(RECORD))
def test_a_lens_knows_every_word_of_the_record(name):
    assert sorted(getattr(lenses, name).values) == sorted(RECORD[name])


@pytest.mark.parametrize("name", sorted(DOCUMENT))
def test_a_lens_knows_every_word_of_the_document_and_no_other(name):
    assert list(getattr(lenses, name).words) == DOCUMENT[name].split(" · ")


def test_the_database_shows_what_the_lenses_show(ada):
    for status in Status.values:
        SavedJobFactory(owner=ada, application=ApplicationFactory(owner=ada, status=status), source=status)
    for text in TEXTS:
        SavedJobFactory(owner=ada, source=text, description=text)

    shown = json.loads(Reading(JobRow, SavedJob.objects.all).all())
    stored = {job.pk: job for job in SavedJob.objects.select_related("application")}

    for row in shown:
        job = stored[row["id"]]
        assert row["status"] == lenses.JOB_STATUS.show(job.application.status if job.application else "")
        assert row["source"] == lenses.SOURCE.show(job.source)
        assert row["description"] == lenses.TEXT.show(job.description)
    moved = Application.objects.annotate(shown=lenses.STATUS.case("status")).values_list("status", "shown")
    assert all(lenses.STATUS.show(status) == word for status, word in moved)


@pytest.mark.parametrize(
    ("written", "spelled"),
    [({"api": "API"}, {}), ({"other": "api", "api": "API"}, {}), ({"other": ""}, {"a p i": "api"})],
)
def test_a_lens_over_free_text_that_would_break_a_law_cannot_be_made(written, spelled):
    with pytest.raises(ValueError, match=r"is stored as|no way to write"):
        FreeText(written, otherwise="other", spelled=spelled)
