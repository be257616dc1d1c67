"""The words in which programs are told: those of the tracker's document, which knows fewer than the record."""

from onward.domain.interviews.choices import InterviewType
from onward.platform.lens import Lens

_OWN = (
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
        **{word: word for word in _OWN},
        InterviewType.RECRUITER: InterviewType.PHONE,
        InterviewType.TAKE_HOME: InterviewType.CODING,
        InterviewType.PANEL: InterviewType.OTHER,
        "": InterviewType.OTHER,
    },
    written={word: word for word in _OWN},
)
