"""Reading postings from sources; for the server's admins."""

from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.copilot.access import admins
from onward.apis.copilot.schemas.job_ingestion import LastRun, RunIn, RunOut, SourceStatus, StatusOut
from onward.domain.ingestion import queries
from onward.domain.ingestion.choices import Mode, ReadingState
from onward.domain.ingestion.models import Reading
from onward.domain.ingestion.services import runs

router = Router(tags=["Operations"], auth=admins)


@router.get("status", response=StatusOut, summary="Watch the ingestion of jobs")
def status(request: Request) -> HttpResponse:
    """Tell whether sources are being read, how many still wait, and what came of each the last time."""
    last = queries.last_readings()
    out = StatusOut(
        running=queries.is_any_run_open(),
        queue_depth=queries.waiting(),
        sources=[
            SourceStatus(
                name=source.name,
                kind=source.kind,
                is_enabled=source.is_enabled,
                last_run=_shown(last[source.pk]) if source.pk in last else None,
            )
            for source in queries.named().order_by("name")
        ],
    )
    return answer(out.model_dump_json())


@router.post("run", response={HTTPStatus.ACCEPTED: RunOut}, summary="Read sources")
def run(request: Request, body: RunIn) -> HttpResponse:
    """Begin to read sources. What they tell of is there as soon as it is read, and is nobody's lead."""
    started = runs.start(
        at=request.now,
        asked_by_id=request.auth.user_id,
        mode=Mode.CUSTOM,
        makes_leads=False,
        sources=body.sources or [],
    )
    return answer(RunOut(task_id=started.uid).model_dump_json(), HTTPStatus.ACCEPTED)


def _shown(reading: Reading) -> LastRun:
    return LastRun(
        found=reading.found,
        saved=reading.saved,
        duplicates=reading.duplicates,
        errors=reading.rejected + (reading.state == ReadingState.FAILED),
        finished_at=reading.finished_at,
    )
