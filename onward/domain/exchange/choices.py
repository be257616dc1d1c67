"""The words of an import."""

from django.db.models import TextChoices


class ImportState(TextChoices):
    """How far an import is."""

    # Read and shown to its owner, who has not said yes.
    PLANNED = "planned", "Planned"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    TAKEN_BACK = "taken_back", "Taken back"


class DateOrder(TextChoices):
    """What the first number of 03/04/2026 is. Empty: the column tells."""

    DAY_FIRST = "day first", "Day first"
    MONTH_FIRST = "month first", "Month first"
