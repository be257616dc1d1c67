"""The tracker's words for the record's, where the record knows more of them."""

from onward.domain.applications.choices import Priority, Source
from onward.domain.interviews.choices import InterviewType
from onward.platform.lens import Lens, Unset

SOURCE = Lens.coarser(Source, {Source.JOB_BOARD: Source.OTHER, Source.NETWORKING: Source.OTHER, "": Source.OTHER})
PRIORITY = Lens.coarser(Priority, {"": Priority.MEDIUM})
# In minutes.
DURATION = Unset(stored=None, shown=60)
INTERVIEW_TYPE = Lens.coarser(
    InterviewType,
    {
        InterviewType.RECRUITER: InterviewType.PHONE,
        InterviewType.TAKE_HOME: InterviewType.CODING,
        InterviewType.PANEL: InterviewType.OTHER,
        "": InterviewType.OTHER,
    },
)
