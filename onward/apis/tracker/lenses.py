"""The tracker's words for the record's, where the record knows more of them."""

from onward.domain.applications.choices import Priority, Source
from onward.domain.interviews.choices import InterviewType
from onward.platform.lens import Lens, Unset

_SOURCES = (
    Source.LINKEDIN,
    Source.INDEED,
    Source.GLASSDOOR,
    Source.COMPANY_SITE,
    Source.REFERRAL,
    Source.RECRUITER,
    Source.JOB_FAIR,
    Source.OTHER,
)

SOURCE = Lens(
    shown={
        **{word: word for word in _SOURCES},
        Source.JOB_BOARD: Source.OTHER,
        Source.NETWORKING: Source.OTHER,
        "": Source.OTHER,
    },
    written={word: word for word in _SOURCES},
)
PRIORITY = Lens(
    shown={**{word: word for word in Priority}, "": Priority.MEDIUM}, written={word: word for word in Priority}
)
# In minutes.
DURATION = Unset(stored=None, shown=60)
_INTERVIEW_TYPES = (
    InterviewType.PHONE,
    InterviewType.TECHNICAL,
    InterviewType.BEHAVIORAL,
    InterviewType.CODING,
    InterviewType.SYSTEM_DESIGN,
    InterviewType.ONSITE,
    InterviewType.HR,
    InterviewType.OTHER,
)

INTERVIEW_TYPE = Lens(
    shown={
        **{word: word for word in _INTERVIEW_TYPES},
        InterviewType.RECRUITER: InterviewType.PHONE,
        InterviewType.TAKE_HOME: InterviewType.CODING,
        InterviewType.PANEL: InterviewType.OTHER,
        "": InterviewType.OTHER,
    },
    written={word: word for word in _INTERVIEW_TYPES},
)
