"""A certificate stays its student's; it says no more who taught the course."""

from datetime import datetime

from onward.domain.learning.services import certificates


def leave(*, user_id: int, at: datetime) -> None:
    """Take somebody's name out of the certificates of those whom they have taught."""
    certificates.forget_instructor(user_id=user_id, at=at)
