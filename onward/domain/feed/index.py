"""The index of open postings, and of what it is made."""

from onward.domain.feed.keys import DAY
from onward.domain.feed.reading import COLUMNS
from onward.platform.search.index import Index
from onward.platform.search.watching import Watched

NAME = "feed"
# Counted up when postings are read otherwise, so that all are read again.
VERSION = "2"
# A stretch is eight days. Another one needs a migration (`NameStretches`), as the terms hold its name.
POSTINGS = Index("feed_terms", stretch=DAY + 3)
WATCHED = (
    Watched("board_posting", columns=[*(column for column in COLUMNS if column != "id"), "published_at"]),
    Watched("outreach_lead", key="posting_id", columns=["posting_id"]),
    Watched("outreach_removedlead", key="posting_id", columns=["posting_id"]),
    Watched("ingestion_sighting", key="posting_id", columns=["posting_id", "is_telling", "source_id"]),
)
