"""Writing the team's timeline."""

from collections.abc import Sequence
from typing import Any

from onward.domain.outreach.models import LeadActivity
from onward.platform.record import append_all


def add_lines(rows: Sequence[dict[str, Any]]) -> None:
    """Write lines, many with a statement. :param rows: the columns of each"""
    append_all(LeadActivity, rows)
