"""Reading rankings."""

from uuid import UUID

from onward.domain.matching.models import Ranking
from onward.platform.record import missing


def ranking(*, owner_id: int, uid: UUID) -> Ranking:
    """Return one of somebody's rankings.

    :raises Missing: when there is none of that uid, or it is another's
    """
    found = Ranking.objects.filter(owner_id=owner_id, uid=uid).first()
    if found is None:
        raise missing("task")
    return found
