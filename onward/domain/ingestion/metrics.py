"""What `/metrics` says of sources and runs."""

from collections.abc import Iterator
from typing import Any

from onward.domain.ingestion import queries
from onward.domain.ingestion.choices import OPEN_READINGS, ReadingState

COUNTS = ("found", "saved", "duplicates", "rejected", "leads")


def families() -> Iterator[Any]:
    """Return every family of numbers."""
    yield from _health()
    yield from _totals()


def _health() -> Iterator[Any]:
    from prometheus_client.core import GaugeMetricFamily

    def gauge(name: str, documentation: str) -> Any:
        return GaugeMetricFamily(f"onward_source_{name}", documentation, labels=["source", "kind"])

    enabled = gauge("enabled", "Whether the source is asked at all.")
    success = gauge("last_success_timestamp_seconds", "When a reading last came to its end; 0: never.")
    found = gauge("last_found", "Postings found by that reading.")
    new = gauge("last_new", "Postings of it that were not known.")
    failures = gauge("failures", "Readings in a row that have failed since.")
    resting = gauge("resting_until_timestamp_seconds", "Until when it is left alone for its failures; 0: it is not.")
    for source in queries.named().order_by("name"):
        labels = [source.name, source.kind]
        enabled.add_metric(labels, source.is_enabled)
        success.add_metric(labels, source.last_success_at.timestamp() if source.last_success_at else 0)
        found.add_metric(labels, source.last_found)
        new.add_metric(labels, source.last_new)
        failures.add_metric(labels, source.failures)
        resting.add_metric(labels, source.resting_until.timestamp() if source.resting_until else 0)
    yield from (enabled, success, found, new, failures, resting)


def _totals() -> Iterator[Any]:
    from prometheus_client.core import CounterMetricFamily

    postings = CounterMetricFamily(
        "onward_postings", "Postings by what became of them, since the beginning.", labels=["source", "fate"]
    )
    readings = CounterMetricFamily("onward_readings", "Readings that have ended, by how.", labels=["source", "state"])
    for total in queries.totals():
        for count in COUNTS:
            postings.add_metric([total["source__name"], count], total[count])
        for state in ReadingState:
            if state not in OPEN_READINGS:
                readings.add_metric([total["source__name"], state.value], total[state.value])
    yield from (postings, readings)
