"""The laws of every lens that the APIs look through, in Python and in the database."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.apis.offers import lenses as offers
from onward.apis.offers.schemas.stages import ApplicationStageResponse
from onward.apis.tracker import lenses as tracker
from onward.domain.accounts.models import User
from onward.domain.applications.choices import (
    DocumentType,
    JobType,
    OutcomeStatus,
    Priority,
    SavedJobStatus,
    Source,
    Status,
    WorkType,
)
from onward.domain.community.choices import PostType, ReactionType
from onward.domain.contacts.choices import ContactType
from onward.domain.interviews.choices import InterviewStatus, InterviewType, Outcome
from onward.domain.interviews.models import Interview
from onward.domain.reminders.choices import ReminderType
from onward.platform.lens import Lens, Unset
from onward.platform.wire import Reading
from tests.factories import InterviewFactory

LENSES = {
    f"{api.__name__.split('.')[2]}.{name}": lens
    for api in (offers, tracker)
    for name, lens in vars(api).items()
    if isinstance(lens, Lens)
}
RECORD = {
    "offers.STATUS": Status.values,
    "offers.SOURCE": ["", *Source.values],
    "offers.STAGE_TYPE": ["", *InterviewType.values],
    "offers.STAGE_NAME": ["", *InterviewType.values],
    "offers.RESULT": [f"{status} {outcome}" for status in InterviewStatus.values for outcome in Outcome.values],
    "offers.WORK_MODE": ["", *WorkType.values],
    "offers.JOB_TYPE": ["", *JobType.values],
    "offers.PRIORITY": ["", *Priority.values],
    "offers.OUTCOME_STATUS": ["", *OutcomeStatus.values],
    "offers.DOCUMENT_TYPE": DocumentType.values,
    "offers.SAVED_JOB_PRIORITY": Priority.values,
    "offers.SAVED_JOB_STATUS": SavedJobStatus.values,
    "offers.CONTACT_TYPE": ContactType.values,
    "offers.REMINDER_TYPE": ReminderType.values,
    "offers.POST_TYPE": PostType.values,
    "offers.REACTION": ReactionType.values,
    "tracker.SOURCE": ["", *Source.values],
    "tracker.PRIORITY": ["", *Priority.values],
    "tracker.INTERVIEW_TYPE": ["", *InterviewType.values],
}
# The words of the offers document, as its table of enums has them.
DOCUMENT = {
    "offers.STATUS": "Saved · Applied · Interviewing · Offer · Accepted · Rejected · Withdrawn",
    "offers.STAGE_TYPE": (
        "Recruiter Call · Phone Screen · Technical · Coding Challenge · Take-Home · System Design · "
        "Behavioral · Panel · Onsite · Final Round · Other"
    ),
    "offers.RESULT": "Pending · Passed · Failed · Cancelled",
    "offers.JOB_TYPE": "Full-time · Part-time · Contract · Internship · Freelance",
    "offers.WORK_MODE": "Remote · Hybrid · On-site",
    "offers.PRIORITY": "High · Medium · Low",
    "offers.SAVED_JOB_PRIORITY": "High · Medium · Low",
    "offers.SOURCE": (
        "LinkedIn · Indeed · Glassdoor · Company Website · Referral · Job Board · Recruiter · Networking · "
        "Career Fair · Other"
    ),
    "offers.CONTACT_TYPE": "Recruiter · Hiring Manager · Referral · HR · Peer · Other",
    "offers.DOCUMENT_TYPE": "Resume · Cover Letter · Portfolio · Reference · Other",
    "offers.REMINDER_TYPE": "Follow-up · Deadline · Interview · General",
    "offers.POST_TYPE": "Update · Tip · Milestone · Question · Resource · Celebration",
    "offers.REACTION": "Like · Celebrate · Support · Insightful",
    "offers.SAVED_JOB_STATUS": "Active · Archived · Converted",
    "offers.OUTCOME_STATUS": "Offer · Rejected · Withdrawn",
}
lenses = st.sampled_from(sorted(LENSES))


@given(st.data(), lenses)
def test_writing_back_what_was_read_changes_nothing(data, name):
    lens = LENSES[name]
    value = data.draw(st.sampled_from(lens.values))

    assert lens.read(lens.show(value), value) == value


@given(st.data(), lenses)
def test_what_is_written_is_what_is_read(data, name):
    lens = LENSES[name]
    word, value = data.draw(st.sampled_from(lens.words)), data.draw(st.none() | st.sampled_from(lens.values))

    assert lens.show(lens.read(word, value)) == word


@pytest.mark.parametrize("name", sorted(LENSES))
def test_a_lens_knows_every_word_of_the_record(name):
    assert sorted(LENSES[name].values) == sorted(RECORD[name])


@pytest.mark.parametrize("name", sorted(DOCUMENT))
def test_a_lens_knows_every_word_of_the_document_and_no_other(name):
    assert [word for word in LENSES[name].words if word is not None] == DOCUMENT[name].split(" · ")


@pytest.mark.parametrize("name", sorted(LENSES))
def test_the_database_shows_what_the_lens_shows(name, ada: User):
    lens = LENSES[name]
    for value in lens.values:
        # Any column of text will do; this one has no list of words.
        InterviewFactory(owner=ada, application__owner=ada, preparation_notes=value)

    shown = Interview.objects.annotate(shown=lens.case("preparation_notes")).values_list("preparation_notes", "shown")

    assert sorted(shown, key=str) == sorted(((value, lens.show(value)) for value in lens.values), key=str)


def test_the_database_shows_results_as_the_lens_does(ada: User):
    reading = Reading(ApplicationStageResponse, Interview.objects.all)
    made = {
        str(
            InterviewFactory(owner=ada, application__owner=ada, status=status, outcome=outcome).uid
        ): f"{status} {outcome}"
        for status in InterviewStatus.values
        for outcome in Outcome.values
    }

    shown = {stage["id"]: stage["result"] for stage in json.loads(reading.all())}

    assert shown == {uid: offers.RESULT.show(value) for uid, value in made.items()}


@given(
    st.sampled_from([offers.TEXT, tracker.DURATION]), st.none() | st.just("") | st.just(60) | st.just(45) | st.just("x")
)
def test_what_was_not_said_obeys_the_laws_too(lens: Unset, word):
    for value in (lens.read(None), lens.read(word)):
        assert lens.read(lens.show(value), value) == value
    if word is not None and word != "":
        assert lens.show(lens.read(word)) == word
