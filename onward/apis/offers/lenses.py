"""The offers document's words for the record's (`docs/apis/offers.md` has the table)."""

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
from onward.domain.reminders.choices import ReminderType
from onward.platform.lens import Lens, Unset

STATUS = Lens(
    shown={
        Status.WISHLIST: "Saved",
        Status.APPLIED: "Applied",
        Status.SCREENING: "Interviewing",
        Status.INTERVIEWING: "Interviewing",
        Status.OFFER: "Offer",
        Status.ACCEPTED: "Accepted",
        Status.REJECTED: "Rejected",
        Status.WITHDRAWN: "Withdrawn",
        # Sent, and nobody has answered.
        Status.GHOSTED: "Applied",
    },
    written={
        "Saved": Status.WISHLIST,
        "Applied": Status.APPLIED,
        "Interviewing": Status.INTERVIEWING,
        "Offer": Status.OFFER,
        "Accepted": Status.ACCEPTED,
        "Rejected": Status.REJECTED,
        "Withdrawn": Status.WITHDRAWN,
    },
)
# Where nothing was said.
_NOTHING = {"": None}
SOURCE = Lens.one_to_one(_NOTHING | dict(Source.choices) | {Source.JOB_FAIR: "Career Fair"})
STAGE_TYPE = Lens.one_to_one(
    {
        "": None,
        InterviewType.RECRUITER: "Recruiter Call",
        InterviewType.PHONE: "Phone Screen",
        InterviewType.TECHNICAL: "Technical",
        InterviewType.CODING: "Coding Challenge",
        InterviewType.TAKE_HOME: "Take-Home",
        InterviewType.SYSTEM_DESIGN: "System Design",
        InterviewType.BEHAVIORAL: "Behavioral",
        InterviewType.PANEL: "Panel",
        InterviewType.ONSITE: "Onsite",
        # The last conversation, with those who hire.
        InterviewType.HR: "Final Round",
        InterviewType.OTHER: "Other",
    }
)
# A stage without a name of its own is called by its type.
STAGE_NAME = Lens.one_to_one({value: STAGE_TYPE.show(value) or "Interview" for value in STAGE_TYPE.values})
# A result is two things in the record: whether an interview has taken place, and how it ended ("completed passed").
RESULT = Lens(
    shown={
        f"{status.value} {outcome.value}": "Cancelled" if status == InterviewStatus.CANCELLED else str(outcome.label)
        for status in InterviewStatus
        for outcome in Outcome
    },
    written={
        "Pending": f"{InterviewStatus.SCHEDULED.value} {Outcome.PENDING.value}",
        "Passed": f"{InterviewStatus.COMPLETED.value} {Outcome.PASSED.value}",
        "Failed": f"{InterviewStatus.COMPLETED.value} {Outcome.FAILED.value}",
        "Cancelled": f"{InterviewStatus.CANCELLED.value} {Outcome.PENDING.value}",
    },
)

WORK_MODE = Lens.one_to_one(_NOTHING | dict(WorkType.choices))
JOB_TYPE = Lens.one_to_one(_NOTHING | dict(JobType.choices))
PRIORITY = Lens.one_to_one(_NOTHING | dict(Priority.choices))
OUTCOME_STATUS = Lens.one_to_one(_NOTHING | dict(OutcomeStatus.choices))
DOCUMENT_TYPE = Lens.one_to_one(dict(DocumentType.choices))
SAVED_JOB_PRIORITY = Lens.one_to_one(dict(Priority.choices))
SAVED_JOB_STATUS = Lens.one_to_one(dict(SavedJobStatus.choices))
CONTACT_TYPE = Lens.one_to_one(dict(ContactType.choices))
REMINDER_TYPE = Lens.one_to_one(dict(ReminderType.choices))
POST_TYPE = Lens.one_to_one(dict(PostType.choices))
REACTION = Lens.one_to_one(dict(ReactionType.choices))

# Text that was left out is null here and empty in the record.
TEXT = Unset(stored="", shown=None)
