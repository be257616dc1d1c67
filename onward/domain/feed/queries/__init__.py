"""Reading the feed, by noun."""

from onward.domain.feed.queries.candidates import Candidate, candidates
from onward.domain.feed.queries.mine import dismissed_ids, saved_search, saved_searches

__all__ = ["Candidate", "candidates", "dismissed_ids", "saved_search", "saved_searches"]
