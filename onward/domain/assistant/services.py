"""Having something written: now, or later by a task.

Writers work outside of transactions. What they wrote is kept in one of its own, together with the end of the task
that asked for it; a run that was overtaken by another one keeps nothing.
"""

import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from django.contrib.auth import get_user_model
from django.db import transaction

from onward.domain.applications.models import Application, SavedJob
from onward.domain.assistant import providers, queries
from onward.domain.assistant.asking import TONED, Asked, Written
from onward.domain.assistant.choices import OPEN, Kind, TaskStatus
from onward.domain.assistant.events import Generated
from onward.domain.assistant.models import Generation, Task
from onward.domain.assistant.quoting import QuotingWriter
from onward.domain.assistant.writing import Match, Questions, Text, Writer, WriterFailed
from onward.domain.resumes.facts.reader import Reading, read
from onward.domain.resumes.facts.services import reading
from onward.domain.resumes.queries import resume as find_resume
from onward.domain.resumes.services import reading_of
from onward.domain.resumes.text import Unreadable
from onward.platform.bin.services import discard
from onward.platform.events import publish
from onward.platform.jobs import Cancelled, answers, cancelled, enqueue
from onward.platform.record import append, locked, locked_for_removal
from onward.platform.refusals import Conflict, Invalid, Missing

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 3
# Seconds that a request waits for what is written at once: a little more than the providers are given together.
ANSWER_WITHIN = 100.0
LONGEST_NAME = 255

GENERAL = "There is no résumé that can be read, so the text is general and claims nothing of you."
UNSIGNED = "Your account has no name: sign the text yourself."
GONE = "The résumé is not there any more."
LOST = "The work was begun several times and never came to an end. Please try again."
BROKEN = "Something went wrong on our side. Please try again."


def write(*, owner_id: int, asked: Asked, at: datetime) -> Written:
    """Have something written, which takes as long as it takes: not inside a transaction. Nothing is kept.

    :raises WriterFailed: when nobody can write it
    :raises Invalid: when the résumé's file cannot be read
    :raises Missing: when the résumé is gone
    """
    writer = _writer(owner_id)
    about: dict[str, Any] = {
        "posting": asked.posting,
        "company_name": asked.company_name,
        "job_title": asked.job_title,
    }
    if asked.kind in TONED:
        about |= {"tone": asked.tone, "instructions": asked.instructions}
    match asked.kind:
        case Kind.COVER_LETTER:
            resume, unread = _resume(owner_id, asked, at)
            letter = writer.cover_letter(resume=resume, **about)
            return _text(replace(letter, warnings=[*unread, *letter.warnings]), called="cover_letter")
        case Kind.RESUME_TAILORING:
            resume, unread = _resume(owner_id, asked, at)
            advice = writer.tailoring(resume=resume, **about)
            return _text(replace(advice, warnings=[*unread, *advice.warnings]))
        case Kind.EMAIL_TEMPLATE:
            resume, unread = _resume(owner_id, asked, at)
            email = writer.email(resume=resume, template=asked.template, **about)
            return _text(replace(email, warnings=[*unread, *email.warnings]))
        case Kind.JOB_MATCH:
            resume, unread = _resume(owner_id, asked, at)
            found = writer.job_match(resume=resume, posting=asked.posting, job_title=asked.job_title)
            return _match(replace(found, warnings=[*unread, *found.warnings]))
        case Kind.INTERVIEW_QUESTIONS:
            return _questions(writer.interview_questions(count=asked.count, **about))


def _resume(owner_id: int, asked: Asked, at: datetime) -> tuple[Reading, list[str]]:
    """Read the résumé that is meant.

    :return: what it says, and what of its file could not be read
    """
    names = get_user_model().objects.filter(pk=owner_id).values_list("first_name", "last_name").first()
    owner = " ".join(names or ()).strip()
    if asked.resume_id is not None:
        try:
            version = find_resume(owner_id=owner_id, resume_id=asked.resume_id)
            file = reading_of(resume=version, at=at)
        except (Missing, Unreadable) as problem:
            if not asked.is_general_without_resume:
                raise
            return _no_resume(owner), [problem.message, GENERAL] if isinstance(problem, Unreadable) else [GENERAL]
        said = reading(resume=version, text=file.text, owner=owner, at=at)
        return said, [warning for warning in file.warnings if warning not in said.warnings]
    if asked.is_general_without_resume:
        return _no_resume(owner), [GENERAL]
    return read(asked.resume, owner=owner), []


def _no_resume(owner: str) -> Reading:
    return replace(read("", owner=owner), name=owner, warnings=[] if owner else [UNSIGNED])


def _writer(owner_id: int) -> Writer:
    return providers.writer(user_id=owner_id) or QuotingWriter()


def _text(text: Text, *, called: str = "content") -> Written:
    return Written(
        content=text.text,
        body={called: text.text, "warnings": text.warnings},
        analysis=None,
        sources=text.sources,
        warnings=text.warnings,
        model=text.model,
        tokens=text.tokens,
    )


def _match(match: Match) -> Written:
    analysis = {
        "match_score": match.score,
        "matching_skills": match.matching,
        "missing_skills": match.missing,
        "recommendations": match.recommendations,
        "summary": match.summary,
        "parts": match.parts,
        "warnings": match.warnings,
    }
    return Written(
        content=json.dumps(analysis, ensure_ascii=False, indent=2),
        body={"analysis": analysis},
        analysis=analysis,
        sources=match.sources,
        warnings=match.warnings,
        model=match.model,
        tokens=match.tokens,
    )


def _questions(questions: Questions) -> Written:
    return Written(
        content=questions.text,
        body={"questions": questions.text, "warnings": questions.warnings},
        analysis=None,
        sources=[],
        warnings=questions.warnings,
        model=questions.model,
        tokens=questions.tokens,
    )


def ask_and_wait(*, owner_id: int, asked: Asked, save: bool, at: datetime) -> int:
    """Have something written for a request that waits; returns the job whose answer is what :func:`answer` returns."""
    return answers.ask(
        "assistant.answer",
        account=owner_id,
        seconds=ANSWER_WITHIN,
        at=at,
        owner_id=owner_id,
        asked=asked.packed(),
        save=save,
    )


def answer(*, owner_id: int, asked: Asked, save: bool, clock: Callable[[], datetime]) -> dict[str, Any]:
    """Write something, keep it if that is wanted, and return it as it is kept.

    :raises WriterFailed: when nobody can write it
    :raises Refusal: when what it is to be written from cannot be had
    """
    written = write(owner_id=owner_id, asked=asked, at=clock())
    if cancelled():
        # Nobody waits any more; who asks again is not to find it twice.
        raise Cancelled
    saved_id = keep(owner_id=owner_id, asked=asked, written=written, at=clock()) if save else None
    return written.kept_as(saved_id)


@transaction.atomic
def keep(*, owner_id: int, asked: Asked, written: Written, at: datetime) -> int:
    """Keep what was written in the history, tied to its application; gives the number of the item."""
    saved_job_id = _lock(SavedJob, owner_id, asked.saved_job_id)
    application_id = _lock(Application, owner_id, asked.application_id)
    pk: int = append(
        Generation,
        owner_id=owner_id,
        application_id=application_id,
        saved_job_id=saved_job_id,
        kind=asked.kind.value,
        tone=asked.tone if asked.kind in TONED else "",
        template=asked.template if asked.kind is Kind.EMAIL_TEMPLATE else "",
        company_name=asked.company_name,
        job_title=asked.job_title,
        content=written.content,
        analysis=written.analysis,
        sources=written.sources,
        warnings=written.warnings,
        model=written.model[:100],
        tokens=written.tokens,
        uid=uuid.uuid4(),
        created_at=at,
        updated_at=at,
    )
    publish(
        Generated(
            owner_id=owner_id,
            at=at,
            generation_id=pk,
            kind=asked.kind.value,
            application_id=application_id,
            company_name=asked.company_name,
            job_title=asked.job_title,
        )
    )
    return pk


def _lock(model: type[Application | SavedJob], owner_id: int, pk: int | None) -> int | None:
    """Hold what a text is for until the transaction ends; nothing when it was deleted while the writer worked."""
    if pk is None:
        return None
    rows = model.objects.select_for_update(no_key=True).filter(owner_id=owner_id, pk=pk)
    return rows.values_list("pk", flat=True).first()


@transaction.atomic
def ask(*, owner_id: int, asked: Asked, at: datetime) -> int:
    """Have something written later; gives the number of the task."""
    pk: int = append(
        Task,
        owner_id=owner_id,
        kind=asked.kind.value,
        shown=asked.shown,
        request=asked.packed(),
        uid=uuid.uuid4(),
        created_at=at,
        updated_at=at,
    )
    enqueue("assistant.write", account=owner_id, task_id=pk)
    return pk


def begin(*, task_id: int, at: datetime) -> Task | None:
    """Begin a task, or begin it again after a run that died; nothing when there is nothing to do any more."""
    task = Task.objects.filter(pk=task_id, status__in=OPEN).first()
    if task is None:
        return None
    if task.attempts >= MOST_ATTEMPTS:
        fail(task=task, sentence=LOST, at=at)
        return None
    # Of a cancellation and several runs that come at once, the database lets one through.
    began = Task.objects.filter(pk=task_id, status=task.status, attempts=task.attempts).update(
        status=TaskStatus.PROCESSING, attempts=task.attempts + 1, started_at=at, updated_at=at
    )
    if not began:
        return None
    task.status, task.attempts, task.started_at = TaskStatus.PROCESSING, task.attempts + 1, at
    return task


def finish(*, task: Task, asked: Asked, written: Written, at: datetime) -> bool:
    """Keep what a task has written, in the history and as its result; False when the task is another run's by now."""
    with transaction.atomic():
        held = Task.objects.select_for_update().filter(pk=task.pk, status=TaskStatus.PROCESSING, attempts=task.attempts)
        if not held.values_list("pk").first():
            return False
        saved = keep(owner_id=task.owner_id, asked=asked, written=written, at=at)
        Task.objects.filter(pk=task.pk).update(
            status=TaskStatus.COMPLETED, result=written.kept_as(saved), request={}, ended_at=at, updated_at=at
        )
    return True


def fail(*, task: Task, sentence: str, at: datetime) -> bool:
    """Fail a task and say why; False when the task is another run's by now."""
    return bool(
        Task.objects.filter(pk=task.pk, status=task.status, attempts=task.attempts).update(
            status=TaskStatus.FAILED, error=sentence, request=_what_for(task), ended_at=at, updated_at=at
        )
    )


def _what_for(task: Task) -> dict[str, Any]:
    """Return of a request the application that it was for: of a task that failed no more is kept."""
    return {name: task.request[name] for name in ("application_id",) if name in task.request}


def put_back(*, task: Task, at: datetime) -> bool:
    """Put a task back to wait for its next run, as one that can be cancelled; False when it is another run's by now."""
    return bool(
        Task.objects.filter(pk=task.pk, status=TaskStatus.PROCESSING, attempts=task.attempts).update(
            status=TaskStatus.PENDING, started_at=None, updated_at=at
        )
    )


def perform(*, task_id: int, at: datetime, clock: Any) -> None:
    """Run a task once. Twice does no harm: of several runs the last one to begin keeps what it wrote.

    :param clock: tells the time when the writer is done
    """
    task = begin(task_id=task_id, at=at)
    if task is None:
        return
    asked = Asked.unpacked(task.request)
    try:
        written = write(owner_id=task.owner_id, asked=asked, at=at)
    except WriterFailed as problem:
        fail(task=task, sentence=problem.sentence, at=clock())
    except Missing:
        fail(task=task, sentence=GONE, at=clock())
    except Invalid as problem:
        fail(task=task, sentence=problem.message, at=clock())
    except BaseException:
        # Being out of time is no Exception.
        if task.attempts >= MOST_ATTEMPTS:
            fail(task=task, sentence=BROKEN, at=clock())
        else:
            put_back(task=task, at=clock())
        raise
    else:
        finish(task=task, asked=asked, written=written, at=clock())


def cancel(*, owner_id: int, task_id: int, at: datetime) -> None:
    """Cancel a task that has not begun: it never will.

    :raises Conflict: when it has begun or ended
    :raises Missing: when there is none of that number, or it is another's
    """
    cancelled = Task.objects.filter(owner_id=owner_id, pk=task_id, status=TaskStatus.PENDING).update(
        status=TaskStatus.CANCELLED, request={}, ended_at=at, updated_at=at
    )
    if not cancelled:
        status = queries.task(owner_id=owner_id, pk=task_id).status
        raise Conflict(f"Cannot cancel task with status: {status}")


def delete_task(*, owner_id: int, task_id: int) -> None:
    """Delete a task. What it has written stays in the history; what it would have written is not kept.

    :raises Missing: when there is none of that number, or it is another's
    """
    if not Task.objects.filter(owner_id=owner_id, pk=task_id).delete()[0]:
        raise Missing()


@transaction.atomic
def mark(*, generation: Generation, at: datetime, **marks: Any) -> Generation:
    """Change a person's own marks: ``is_favorite`` and ``rating``."""
    if not marks.keys() <= {"is_favorite", "rating"}:
        raise TypeError(f"these are no marks: {sorted(marks)}")
    generation = locked(generation)
    for name, value in marks.items():
        setattr(generation, name, value)
    generation.updated_at = at
    generation.save(update_fields=[*marks, "updated_at"])
    return generation


@transaction.atomic
def toggle_favorite(*, generation: Generation, at: datetime) -> bool:
    """Make a favourite of what is none, and none of what is one; gives what it is then."""
    row = locked(generation)
    return mark(generation=row, at=at, is_favorite=not row.is_favorite).is_favorite


@transaction.atomic
def delete(*, generation: Generation, at: datetime) -> None:
    """Delete something from the history, into its owner's bin."""
    generation = locked_for_removal(generation)
    about = " at ".join(part for part in (generation.job_title, generation.company_name) if part)
    title = ", ".join(part for part in (generation.get_kind_display(), about) if part)
    discard(generation, owner_id=generation.owner_id, title=title, at=at)
