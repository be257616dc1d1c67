"""What the record says about a job hunt: each view of it has a module of its own."""

from onward.domain.insight.queries.overview import (
    Overview,
    by_source,
    funnel,
    overview,
    percentage,
    top_companies,
    weekly,
)

__all__ = ["Overview", "by_source", "funnel", "overview", "percentage", "top_companies", "weekly"]
