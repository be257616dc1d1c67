"""Writing what the feed keeps, by noun."""

from onward.domain.feed.services.briefs import catch_up

__all__ = ["catch_up"]
