"""The words of the engine that brings postings in."""

from django.db import models


class Origin(models.TextChoices):
    """Who named a source: the operator's file, this program, or an admin."""

    FILE = "file"
    BUILT_IN = "builtin", "built in"
    ADMIN = "admin"


class Health(models.TextChoices):
    """How a source is."""

    OFF = "off"
    NEVER_READ = "never_read", "never read"
    WELL = "well"
    FAILING = "failing"
    # Left alone for a while, because it failed too often.
    RESTING = "resting"


class Mode(models.TextChoices):
    """Whether a run was asked for as it is usual, or with wishes of somebody's own."""

    DEFAULT = "default"
    CUSTOM = "custom"


class RunState(models.TextChoices):
    """Where a run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    # Nothing more is saved; somebody may still wait for an answer.
    CANCELLING = "cancelling"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ReadingState(models.TextChoices):
    """Where a source stands in a run."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    # Not asked, because it failed too often of late.
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


OPEN_RUNS = (RunState.QUEUED, RunState.RUNNING, RunState.CANCELLING)
# A source that was skipped was not read.
ENDED_READINGS = (ReadingState.COMPLETED, ReadingState.FAILED, ReadingState.CANCELLED)
OPEN_READINGS = (ReadingState.QUEUED, ReadingState.RUNNING)
