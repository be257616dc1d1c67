"""What is known of a source before it is asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A source, as the operator's file, an admin or the built-in table names it.

    :param kind: a key of :data:`onward.domain.ingestion.sources.KINDS`
    :param base_url: replaces scheme and host of the kind's public address; for ``jsonld`` and ``csv`` it is the page
        or the file itself
    :param board: whose board, in the source's own spelling; empty where a kind has none
    :param company: the employer, where the source does not say
    :param daily_limit: the most requests in a day; None: as many as it takes
    """

    name: str
    kind: str
    base_url: str = ""
    board: str = ""
    company: str = ""
    daily_limit: int | None = None
