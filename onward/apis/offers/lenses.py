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
SOURCE = Lens(
    shown={
        "": None,
        Source.LINKEDIN: "LinkedIn",
        Source.INDEED: "Indeed",
        Source.GLASSDOOR: "Glassdoor",
        Source.COMPANY_SITE: "Company Website",
        Source.REFERRAL: "Referral",
        Source.JOB_BOARD: "Job Board",
        Source.RECRUITER: "Recruiter",
        Source.NETWORKING: "Networking",
        Source.JOB_FAIR: "Career Fair",
        Source.OTHER: "Other",
    },
    written={
        None: "",
        "LinkedIn": Source.LINKEDIN,
        "Indeed": Source.INDEED,
        "Glassdoor": Source.GLASSDOOR,
        "Company Website": Source.COMPANY_SITE,
        "Referral": Source.REFERRAL,
        "Job Board": Source.JOB_BOARD,
        "Recruiter": Source.RECRUITER,
        "Networking": Source.NETWORKING,
        "Career Fair": Source.JOB_FAIR,
        "Other": Source.OTHER,
    },
)
STAGE_TYPE = Lens(
    shown={
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
    },
    written={
        None: "",
        "Recruiter Call": InterviewType.RECRUITER,
        "Phone Screen": InterviewType.PHONE,
        "Technical": InterviewType.TECHNICAL,
        "Coding Challenge": InterviewType.CODING,
        "Take-Home": InterviewType.TAKE_HOME,
        "System Design": InterviewType.SYSTEM_DESIGN,
        "Behavioral": InterviewType.BEHAVIORAL,
        "Panel": InterviewType.PANEL,
        "Onsite": InterviewType.ONSITE,
        "Final Round": InterviewType.HR,
        "Other": InterviewType.OTHER,
    },
)
# A stage without a name of its own is called by its type.
STAGE_NAME = Lens(
    shown={value: STAGE_TYPE.show(value) or "Interview" for value in STAGE_TYPE.values},
    written={STAGE_TYPE.show(value) or "Interview": value for value in STAGE_TYPE.values},
)
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


def _labels(words: type[JobType | WorkType | Priority | OutcomeStatus]) -> Lens:
    """Show the labels, and null where nothing was said."""
    labels = {str(word): str(word.label) for word in words}
    return Lens(shown={"": None, **labels}, written={None: "", **{label: word for word, label in labels.items()}})


def _all_labels(
    words: type[DocumentType | SavedJobStatus | ContactType | ReminderType | PostType | ReactionType | Priority],
) -> Lens:
    labels = {str(word): str(word.label) for word in words}
    return Lens(shown=labels, written={label: word for word, label in labels.items()})


WORK_MODE = _labels(WorkType)
JOB_TYPE = _labels(JobType)
PRIORITY = _labels(Priority)
OUTCOME_STATUS = _labels(OutcomeStatus)
DOCUMENT_TYPE = _all_labels(DocumentType)
SAVED_JOB_PRIORITY = _all_labels(Priority)
SAVED_JOB_STATUS = _all_labels(SavedJobStatus)
CONTACT_TYPE = _all_labels(ContactType)
REMINDER_TYPE = _all_labels(ReminderType)
POST_TYPE = _all_labels(PostType)
REACTION = _all_labels(ReactionType)

# Text that was left out is null here and empty in the record.
TEXT = Unset(stored="", shown=None)
