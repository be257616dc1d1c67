"""Work to do later: a job is a row, created in the transaction that asks for it, and run by a worker."""

from typing import TYPE_CHECKING, Any

from django.utils.module_loading import import_string

from onward.platform.deadlines import OutOfTime
from onward.platform.jobs.registry import Kind, job, periodic

if TYPE_CHECKING:
    from onward.platform.jobs.running import Cancelled, cancelled, is_last_attempt, own_id, progress
    from onward.platform.jobs.services import cancel, enqueue
    from onward.platform.jobs.worker import run_due

__all__ = [
    "Cancelled",
    "Kind",
    "OutOfTime",
    "cancel",
    "cancelled",
    "enqueue",
    "is_last_attempt",
    "job",
    "own_id",
    "periodic",
    "progress",
    "run_due",
]

_HOMES = {
    "Cancelled": "running",
    "cancel": "services",
    "cancelled": "running",
    "enqueue": "services",
    "is_last_attempt": "running",
    "own_id": "running",
    "progress": "running",
    "run_due": "worker",
}


def __getattr__(name: str) -> Any:
    # Models cannot be imported while Django loads its apps, and this package is one of them.
    if name not in _HOMES:
        raise AttributeError(name)
    return import_string(f"{__name__}.{_HOMES[name]}.{name}")
