"""Work of the feed that is done by jobs."""

from datetime import timedelta

from onward.domain.feed.services import briefs, markets
from onward.platform.jobs import job, periodic, progress

# Seconds. A server that has just been given a million postings goes on with the next job.
LONGEST = 1200


# The period is for what nobody has asked for.
@periodic(every=timedelta(minutes=1))
@job(max_attempts=1, time_limit=LONGEST)
def index() -> int:
    """Bring the index of postings up to date, and count the days of the market that have changed."""
    return briefs.catch_up(wanted=lambda: progress(0)) + markets.count_anew(wanted=lambda: progress(0))
