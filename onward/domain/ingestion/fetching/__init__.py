"""Asking sources: politely, within limits, and stopping at once when nobody wants the answer any more."""

from onward.domain.ingestion.fetching.body import Body
from onward.domain.ingestion.fetching.failures import Broken, NotModified, Spent
from onward.domain.ingestion.fetching.fetch import Fetch

__all__ = ["Body", "Broken", "Fetch", "NotModified", "Spent"]
