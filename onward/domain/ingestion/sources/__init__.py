"""The kinds of sources, and what is read from each."""

from onward.domain.ingestion.entry import Entry
from onward.domain.ingestion.sources.registry import KINDS, Adapter, Credit

__all__ = ["KINDS", "Adapter", "Credit", "Entry"]
