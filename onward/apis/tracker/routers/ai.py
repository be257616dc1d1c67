"""The assistant. Section 7 of the document."""

from http import HTTPStatus
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from ninja import Router
from pydantic import TypeAdapter, ValidationError

from onward.apis.base import Request, answer, awaited
from onward.apis.filters import ByWord
from onward.apis.paging import Paged
from onward.apis.tracker.resource import Resource
from onward.apis.tracker.schemas.ai import (
    INPUT_PARAMS,
    KINDS,
    Asking,
    Cancelled,
    CoverLetterIn,
    CoverLetterOut,
    Favorite,
    HistoryItem,
    HistoryRow,
    JobMatchIn,
    JobMatchOut,
    Marks,
    PendingTask,
    QuestionsIn,
    QuestionsOut,
    Queued,
    Rated,
    RatingIn,
    TaskOut,
    TaskRow,
    WithResume,
)
from onward.domain.applications.models import Application
from onward.domain.applications.queries import application as find_application
from onward.domain.assistant import queries, services
from onward.domain.assistant.asking import Asked
from onward.domain.assistant.choices import Kind, TaskStatus
from onward.domain.assistant.models import Generation, Task
from onward.domain.resumes.queries import is_owned as resume_is_owned
from onward.domain.resumes.text import Unreadable
from onward.platform import throttle
from onward.platform.jobs import answers
from onward.platform.refusals import Invalid, Missing
from onward.platform.wire import Id, Reading, Whole

router = Router(tags=["AI"])

TASKS = Resource(
    queries.tasks,
    row=TaskRow,
    filters={"status": ByWord("status", TaskStatus), "task_type": ByWord("kind", KINDS)},
    order="-created_at",
)
PENDING = Reading(PendingTask, queries.pending)
HISTORY = Resource(
    lambda: queries.history(KINDS),
    row=HistoryRow,
    whole=HistoryItem,
    body=Marks,
    filters={"content_type": ByWord("kind", KINDS)},
    order="-created_at",
)
FAVORITES = Reading(HistoryRow, lambda: queries.favorites(KINDS))

QUEUED = {
    Kind.COVER_LETTER: "Cover letter generation queued.",
    Kind.JOB_MATCH: "Job match analysis queued.",
    Kind.INTERVIEW_QUESTIONS: "Interview questions generation queued.",
}
RESULTS: dict[Kind, type[CoverLetterOut | JobMatchOut | QuestionsOut]] = {
    Kind.COVER_LETTER: CoverLetterOut,
    Kind.JOB_MATCH: JobMatchOut,
    Kind.INTERVIEW_QUESTIONS: QuestionsOut,
}
STARS: TypeAdapter[int] = TypeAdapter(Annotated[int, Whole(1, 5)])


@router.post(
    "cover-letter/generate/",
    response={HTTPStatus.OK: CoverLetterOut, HTTPStatus.ACCEPTED: Queued},
    summary="Generate a cover letter",
)
def cover_letter(request: Request, body: CoverLetterIn) -> HttpResponse:
    """Write a cover letter from a résumé for a posting, in one of four tones."""
    return _generate(request, Kind.COVER_LETTER, body, tone=str(body.tone), **_names(body))


@router.post(
    "job-match/analyze/",
    response={HTTPStatus.OK: JobMatchOut, HTTPStatus.ACCEPTED: Queued},
    summary="Analyze how a resume matches a job",
)
def job_match(request: Request, body: JobMatchIn) -> HttpResponse:
    """Compare a résumé with a posting."""
    return _generate(request, Kind.JOB_MATCH, body)


@router.post(
    "interview-questions/generate/",
    response={HTTPStatus.OK: QuestionsOut, HTTPStatus.ACCEPTED: Queued},
    summary="Generate interview questions",
)
def interview_questions(request: Request, body: QuestionsIn) -> HttpResponse:
    """Ask what the interviewers of a posting may ask."""
    return _generate(request, Kind.INTERVIEW_QUESTIONS, body, count=body.question_count, **_names(body))


@router.get("tasks/", response=Paged[TaskRow], summary="List AI tasks")
def list_tasks(request: Request) -> HttpResponse:
    """List one's tasks, the latest first."""
    return TASKS.page(request)


@router.get("tasks/pending/", response=list[PendingTask], summary="List AI tasks that are not at an end")
def pending_tasks(request: Request) -> HttpResponse:
    """List the tasks that wait or are being worked on."""
    return answer(PENDING.all(owner_id=request.auth.user_id))


@router.get("tasks/{task_id}/", response=TaskOut, summary="Get an AI task")
def get_task(request: Request, task_id: Id) -> HttpResponse:
    """Read how far a task is, and its result."""
    return answer(_task(queries.task(owner_id=request.auth.user_id, pk=task_id)).model_dump_json())


@router.post("tasks/{task_id}/cancel/", response=Cancelled, summary="Cancel an AI task")
def cancel_task(request: Request, task_id: Id) -> HttpResponse:
    """Cancel a task that has not begun."""
    services.cancel(owner_id=request.auth.user_id, task_id=task_id, at=request.now)
    return JsonResponse({"status": TaskStatus.CANCELLED.value})


@router.delete("tasks/{task_id}/", **TASKS.deletes, summary="Delete an AI task")
def delete_task(request: Request, task_id: Id) -> HttpResponse:
    """Delete a task; what it has written stays in the history."""
    services.delete_task(owner_id=request.auth.user_id, task_id=task_id)
    return TASKS.gone()


@router.get("history/", response=Paged[HistoryRow], summary="List what was generated")
def list_history(request: Request) -> HttpResponse:
    """List what was written for oneself, the latest first."""
    return HISTORY.page(request)


@router.get("history/favorites/", response=list[HistoryRow], summary="List one's favorites")
def favorites(request: Request) -> HttpResponse:
    """List one's favourites, the latest first."""
    return answer(FAVORITES.all(owner_id=request.auth.user_id))


@router.get("history/{item_id}/", **HISTORY.reads, summary="Get what was generated")
def get_item(request: Request, item_id: Id) -> HttpResponse:
    """Read one item in full."""
    return HISTORY.show(request, item_id)


@router.patch("history/{item_id}/", **HISTORY.changes, summary="Mark what was generated")
def update_item(request: Request, item_id: Id) -> HttpResponse:
    """Change whether it is a favourite, and its rating; null takes the rating away."""
    generation = _mine(request, item_id)
    services.mark(generation=generation, at=request.now, **HISTORY.given(request, generation))
    return HISTORY.show(request, item_id)


@router.post("history/{item_id}/toggle_favorite/", response=Favorite, summary="Toggle a favorite")
def toggle_favorite(request: Request, item_id: Id) -> HttpResponse:
    """Make a favourite of what is none, and none of what is one."""
    generation = _mine(request, item_id)
    return JsonResponse({"is_favorite": services.toggle_favorite(generation=generation, at=request.now)})


@router.post("history/{item_id}/rate/", response=Rated, summary="Rate what was generated")
def rate(request: Request, item_id: Id, body: RatingIn) -> HttpResponse:
    """Give one to five stars."""
    generation = _mine(request, item_id)
    try:
        rating = STARS.validate_python(body.rating)
    except ValidationError:
        raise Invalid("Rating must be between 1 and 5") from None
    services.mark(generation=generation, at=request.now, rating=rating)
    return JsonResponse({"rating": rating})


@router.delete("history/{item_id}/", **HISTORY.deletes, summary="Delete what was generated")
def delete_item(request: Request, item_id: Id) -> HttpResponse:
    """Delete one item."""
    services.delete(generation=_mine(request, item_id), at=request.now)
    return HISTORY.gone()


def _mine(request: Request, pk: int) -> Generation:
    return queries.generation(owner_id=request.auth.user_id, pk=pk, kinds=KINDS)


def _generate(request: Request, kind: Kind, body: Asking, **more: Any) -> HttpResponse:
    owner_id = request.auth.user_id
    asked = _asked(request, kind, body, **more)
    if settings.THROTTLE:
        # Counted once it is known that it can be written; before that it costs nobody anything.
        throttle.guard(f"ai:{owner_id}", *settings.THROTTLE_AI)
    if body.async_mode:
        task_id = services.ask(owner_id=owner_id, asked=asked, at=request.now)
        message = f"{QUEUED[kind]} Poll {request.api_prefix}/api/v1/ai/tasks/{task_id}/ for status."
        return JsonResponse({"task_id": task_id, "status": TaskStatus.PENDING.value, "message": message}, status=202)
    job_id = services.ask_and_wait(owner_id=owner_id, asked=asked, save=body.save_to_history, at=request.now)
    return awaited(request, job_id=job_id, seconds=services.ANSWER_WITHIN, make=lambda: _answer(job_id))


def _answer(job_id: int) -> HttpResponse:
    try:
        return JsonResponse(_result(answers.take(job_id)))
    except Unreadable as problem:
        raise Invalid(fields={"resume_version_id": [problem.message]}) from None


def _asked(request: Request, kind: Kind, body: Asking, **more: Any) -> Asked:
    """Bring what was sent together with what it names.

    :raises Invalid: when it names what is not there, or another's
    """
    problems: dict[str, list[str]] = {}
    application = _application(request, body.application_id, problems)
    if isinstance(body, WithResume):
        more |= {"resume": body.resume_text or "", "resume_id": body.resume_version_id}
        if body.resume_version_id is not None and not resume_is_owned(
            owner_id=request.auth.user_id, resume_id=body.resume_version_id
        ):
            problems["resume_version_id"] = ["Resume version not found."]
    if problems:
        raise Invalid(fields=problems)
    if application is not None:
        # What was not said is taken from what it is for.
        more["company_name"] = more.get("company_name") or application.company.name
        more["job_title"] = more.get("job_title") or application.job_title
        more["application_id"] = application.pk
    return Asked(kind=kind, posting=body.job_description, **more)


def _application(request: Request, pk: int | None, problems: dict[str, list[str]]) -> Application | None:
    if pk is None:
        return None
    try:
        return find_application(owner_id=request.auth.user_id, pk=pk)
    except Missing:
        problems["application_id"] = ["Application not found."]
        return None


def _names(body: CoverLetterIn | QuestionsIn) -> dict[str, str]:
    return {"company_name": body.company_name, "job_title": body.job_title}


def _task(task: Task) -> TaskOut:
    begun, ended = task.started_at, task.ended_at
    return TaskOut(
        id=task.pk,
        task_type=task.kind,
        task_type_display=task.get_kind_display(),
        status=task.status,
        status_display=task.get_status_display(),
        input_params={name: task.shown[name] for name in INPUT_PARAMS if name in task.shown},
        result=RESULTS[Kind(task.kind)].model_validate(_result(task.result)) if task.result else None,
        error_message=task.error,
        created_at=task.created_at,
        started_at=begun,
        completed_at=ended,
        duration=round((ended - begun).total_seconds(), 3) if begun and ended else None,
    )


def _result(kept: dict[str, Any]) -> dict[str, Any]:
    """Return what a writer has written, as this document shows it."""
    tokens = kept["tokens"] if "tokens" in kept else kept["tokens_used"]  # as it was kept at first
    # A match has its warnings within; a result that was kept before there were any has none.
    warnings = {} if "analysis" in kept else {"warnings": kept.get("warnings", [])}
    return {
        **{name: kept[name] for name in ("cover_letter", "analysis", "questions") if name in kept},
        "model": kept["model"],
        "tokens_used": tokens,
        "saved_id": kept["saved_id"],
        **warnings,
    }
