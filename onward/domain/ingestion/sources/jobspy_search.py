"""``python -m onward.domain.ingestion.sources.jobspy_search SITE WORDS RESULTS``: prints what is found, as JSON."""

import sys
from typing import Any


def main(site: str, words: str, results: str) -> None:
    """Search one site and print a list."""
    from jobspy import scrape_jobs  # type: ignore[import-not-found, unused-ignore]

    found: Any = scrape_jobs(
        site_name=[site],
        search_term=words,
        google_search_term=words,
        results_wanted=int(results),
        description_format="html",
        verbose=0,
    )
    # Dates as ISO 8601, and what is missing as null.
    sys.stdout.write(found.to_json(orient="records", date_format="iso"))


if __name__ == "__main__":
    main(*sys.argv[1:])
