"""Reading the résumés that come in: by the reader, which is always there, and by a provider where there is one."""

from collections.abc import Callable
from datetime import datetime

from onward.domain.resumes.services import reading_of
from onward.domain.resumes.text import Unreadable
from onward.domain.resumes.uploads import services as uploads


def read(*, resume_id: int, clock: Callable[[], datetime]) -> None:
    """Read an upload. Twice does no harm: of several runs the last one to begin says how it ended."""
    upload = uploads.begin(resume_id=resume_id, at=clock())
    if upload is None:
        return
    try:
        reading_of(resume=upload.resume, at=clock())
        uploads.note(upload=upload, progress=70, at=clock())
    except Unreadable as problem:
        uploads.fail(upload=upload, problem=problem.message, at=clock())
    except BaseException:
        # Being out of time is no Exception.
        if upload.attempts >= uploads.MOST_ATTEMPTS:
            uploads.fail(upload=upload, problem=uploads.BROKEN, at=clock())
        else:
            uploads.put_back(upload=upload, at=clock())
        raise
    else:
        uploads.complete(upload=upload, at=clock())
