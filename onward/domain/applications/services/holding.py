"""Holding applications for a change of what hangs on them."""

from onward.domain.applications.models import Application
from onward.platform.record import missing


def hold(*pks: int | None) -> None:
    """Hold applications until the transaction ends, before anything that hangs on them; of several, the lower first.

    Who removes an application holds it before its interviews, contacts and reminders. Who held one of those first
    would wait for the application while that waits for them.

    :param pks: None is none
    :raises Missing: when one is gone by now
    """
    wanted = {pk for pk in pks if pk is not None}
    if not wanted:
        return
    rows = Application.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    if len(rows.values_list("pk")) < len(wanted):
        raise missing("application")
