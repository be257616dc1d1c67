"""Reading the résumés that come in: by the reader, which is always there, and by a provider where there is one."""

from collections.abc import Callable
from datetime import datetime

import structlog

from onward.domain.assistant import gaps, providers
from onward.domain.assistant.writing import WriterFailed
from onward.domain.resumes.choices import Origin
from onward.domain.resumes.facts import services as facts
from onward.domain.resumes.facts.queries import facts as facts_of
from onward.domain.resumes.facts.reader import beginning
from onward.domain.resumes.models import Upload
from onward.domain.resumes.services import reading_of
from onward.domain.resumes.text import Unreadable
from onward.domain.resumes.uploads import services as uploads

log = structlog.get_logger(__name__)


def read(*, resume_id: int, clock: Callable[[], datetime]) -> None:
    """Read an upload. Twice does no harm: of several runs the last one to begin says how it ended."""
    upload = uploads.begin(resume_id=resume_id, at=clock())
    if upload is None:
        return
    try:
        text = reading_of(resume=upload.resume, at=clock()).text
        uploads.note(upload=upload, progress=70, at=clock())
        _fill_gaps(upload, text, clock)
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


def _fill_gaps(upload: Upload, text: str, clock: Callable[[], datetime]) -> None:
    """Have a provider, where there is one, say what the reader could not, as far as the text bears it out."""
    owner_id = upload.resume.owner_id
    reader = providers.reader(user_id=owner_id)
    if reader is None:
        return
    text, _ = beginning(text)
    try:
        said = reader.resume_facts(resume=text)
    except WriterFailed:
        log.warning("resume_read_without_provider", resume_id=upload.pk)
        return
    known = list(facts_of(owner_id=owner_id, resume_id=upload.pk))
    for fact in known:
        if not fact.details and (guess := gaps.guess(said, fact)):
            facts.take_for(fact_id=fact.pk, guess=guess, at=clock())
    facts.draft(resume=upload.resume, drafts=list(gaps.drafts(said, text, known)), origin=Origin.PROVIDER, at=clock())
