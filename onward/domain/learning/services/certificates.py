"""What becomes of certificates."""

from datetime import datetime

from onward.domain.learning.models import Certificate


def forget_instructor(*, user_id: int, at: datetime) -> None:
    """Take the name of who has taught out of certificates. Repeating it is harmless."""
    Certificate.objects.filter(instructor_id=user_id).update(instructor_name="", instructor_id=None, updated_at=at)
