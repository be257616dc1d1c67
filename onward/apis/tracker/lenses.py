"""The tracker's words for the record's, where the record knows more of them."""

from onward.domain.applications.choices import Priority, Source
from onward.domain.webhooks.words import INTERVIEW_TYPE
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

__all__ = ["DURATION", "INTERVIEW_TYPE", "PRIORITY", "SOURCE"]
