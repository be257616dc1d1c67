"""Writing what the feed keeps, by noun."""

from onward.domain.feed.services.briefs import catch_up
from onward.domain.feed.services.mine import delete_search, dismiss, note_told, save_search, take_back, update_search

__all__ = ["catch_up", "delete_search", "dismiss", "note_told", "save_search", "take_back", "update_search"]
