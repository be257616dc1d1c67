"""What is done later: how far it is, what came of it, and breaking it off."""

import json
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.copilot.matches import ranked
from onward.apis.copilot.schemas.recommendations import Accepted, RankIn, TaskOut
from onward.domain.ingestion import queries as ingestion
from onward.domain.ingestion.choices import ReadingState, RunState
from onward.domain.ingestion.models import Run
from onward.domain.ingestion.services import runs
from onward.domain.matching import queries, services
from onward.domain.matching.models import Ranking
from onward.platform.refusals import Missing

router = Router(tags=["Tasks"])
enhanced = Router(tags=["Recommendations"])

RUN_STATUS = {
    RunState.QUEUED: "pending",
    RunState.RUNNING: "processing",
    RunState.CANCELLING: "processing",
    RunState.COMPLETED: "completed",
    RunState.FAILED: "failed",
    RunState.CANCELLED: "cancelled",
}


@enhanced.post("/run", response={HTTPStatus.ACCEPTED: Accepted}, summary="Compare openings more closely")
def run(request: Request, body: RankIn) -> HttpResponse:
    """Have what suits best compared with one's résumé as a whole, by a task whose result carries `semantic_score`."""
    uid = services.ask(owner_id=request.auth.user_id, most=body.limit, at=request.now)
    return answer(Accepted(task_id=uid).model_dump_json(), HTTPStatus.ACCEPTED)


@router.get("/{task_id}", response=TaskOut, summary="Get a task")
def read(request: Request, task_id: str) -> HttpResponse:
    """Tell how far a task of one's own is, and what came of it: an enhanced run, or a run over sources."""
    task = _mine(request, task_id)
    shown = _ranking(task) if isinstance(task, Ranking) else _run(task)
    return answer(json.dumps(shown, cls=DjangoJSONEncoder, ensure_ascii=False))


@router.delete("/{task_id}", response={HTTPStatus.NO_CONTENT: None}, summary="Cancel a task")
def cancel(request: Request, task_id: str) -> HttpResponse:
    """Break a task off. What it has not found by then it never will; one that has ended is 409."""
    task = _mine(request, task_id)
    if isinstance(task, Ranking):
        services.cancel(owner_id=request.auth.user_id, uid=task.uid, at=request.now)
    else:
        runs.cancel(run=task, at=request.now)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _mine(request: Request, task_id: str) -> Ranking | Run:
    """Return one of somebody's own tasks. :raises Missing: when there is none of that id, or it is another's"""
    owner_id = request.auth.user_id
    try:
        uid = UUID(task_id)
    except ValueError:
        raise Missing("Task not found") from None
    started = ingestion.started_by(owner_id=owner_id, uid=uid)
    return started if started is not None else queries.ranking(owner_id=owner_id, uid=uid)


def _ranking(task: Ranking) -> dict[str, Any]:
    found = task.result
    result = None if found is None else found | {"recommendations": [ranked(row) for row in found["recommendations"]]}
    return _shown(task, "enhanced_recommendations", task.status) | {
        "progress": task.progress,
        "result": result,
        "error": task.error or None,
        "started_at": task.started_at,
        "ended_at": task.ended_at,
    }


def _run(task: Run) -> dict[str, Any]:
    states = list(task.readings.values_list("state", "error").order_by("pk"))
    ended = sum(state not in {ReadingState.QUEUED, ReadingState.RUNNING} for state, _ in states)
    errors = [error for state, error in states if state == ReadingState.FAILED and error]
    counts = {name: getattr(task, name) for name in ("found", "saved", "duplicates", "rejected")}
    return _shown(task, "job_ingestion", RUN_STATUS[RunState(task.state)]) | {
        "progress": 100 if task.finished_at else 100 * ended // len(states) if states else 0,
        "result": counts if task.finished_at else None,
        "error": " ".join(errors) or None,
        "started_at": task.started_at,
        "ended_at": task.finished_at,
    }


def _shown(task: Ranking | Run, kind: str, status: str) -> dict[str, Any]:
    return {"task_id": task.uid, "kind": kind, "status": status, "created_at": task.created_at}
