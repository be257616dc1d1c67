"""Locking applications for a change of what hangs on them."""

from onward.domain.applications.models import Application, SavedJob
from onward.platform.record import missing


def lock_applications(*pks: int | None) -> None:
    """Lock applications until the transaction ends, before anything that hangs on them; of several, the lower first.

    Whoever removes an application locks it before its interviews, contacts and reminders. Whoever locked one of those
    first would wait for the application while that waits for them.

    :param pks: None is none
    :raises Missing: when one is gone by now
    """
    wanted = {pk for pk in pks if pk is not None}
    if not wanted:
        return
    rows = Application.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    if len(rows.values_list("pk")) < len(wanted):
        raise missing("application")


def lock_saved_jobs(**of_which: int) -> None:
    """Lock saved jobs until the transaction ends, before the applications that came of them; the lower first.

    :param of_which: which, by their columns: ``application_id=7``
    """
    list(SavedJob.objects.select_for_update(no_key=True).filter(**of_which).order_by("pk").values_list("pk"))
