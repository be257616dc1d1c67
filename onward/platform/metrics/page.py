"""`/metrics`, as Prometheus reads it."""

from collections.abc import Iterator
from secrets import compare_digest
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from onward.platform import disk
from onward.platform.http import addresses
from onward.platform.jobs import queries as jobs
from onward.platform.metrics.middleware import LINES, PUSHES, counter
from onward.platform.metrics.requests import BOUNDS


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the numbers to whoever bears the token; without one, to this machine and the trusted networks."""
    if settings.METRICS_TOKEN:
        if not _bears_token(request):
            return HttpResponse("The token is missing or wrong.\n", status=401, headers={"WWW-Authenticate": "Bearer"})
    elif not _is_on_this_machine(request):
        return HttpResponse("Only for this machine and the trusted networks.\n", status=403)
    # Loaded by the first who asks: many servers are never asked.
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

    registry = CollectorRegistry()
    registry.register(Numbers())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _bears_token(request: HttpRequest) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and compare_digest(given.strip().encode(), settings.METRICS_TOKEN.encode())


def _is_on_this_machine(request: HttpRequest) -> bool:
    peer = addresses.read(request.META.get("REMOTE_ADDR", ""))
    client = addresses.read(request.client_address)  # type: ignore[attr-defined]
    if addresses.trusted(client, settings.TRUSTED_PROXIES):
        return True
    if client is None or not client.is_loopback:
        return False
    # A proxy on this machine that nobody has named: whom it speaks for cannot be told.
    return not request.forwarded or addresses.trusted(peer, settings.TRUSTED_PROXIES)  # type: ignore[attr-defined]


class Numbers:
    """Collects when it is asked: from the shared counts, from the table of jobs, and from whom ``METRICS`` names."""

    def describe(self) -> list[Any]:
        """Say nothing in advance: the registry would collect to find out."""
        return []

    def collect(self) -> Iterator[Any]:
        """Return every family of numbers."""
        yield _requests()
        yield _room()
        yield from _lines()
        yield from _jobs()
        for path in settings.METRICS:
            yield from import_string(path)()


def _requests() -> Any:
    from prometheus_client.core import HistogramMetricFamily

    family = HistogramMetricFamily(
        "onward_request_duration_seconds", "Requests by API, status and time.", labels=["api", "status"]
    )
    names = [*(str(bound) for bound in BOUNDS), "+Inf"]
    for found in counter().read():
        reached, buckets = 0, []
        for name, count in zip(names, found.counts, strict=True):
            reached += count
            buckets.append((name, reached))
        family.add_metric([found.api, str(found.status)], buckets, found.seconds)
    return family


def _room() -> Any:
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily("onward_disk_free_bytes", "Room on the disks of data and files.", labels=["folder"])
    for room in disk.rooms():
        family.add_metric([str(room.folder)], room.free)
    return family


def _lines() -> Iterator[Any]:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    yield GaugeMetricFamily("onward_live_lines", "WebSockets that are open.", counter().now(LINES))
    yield CounterMetricFamily(
        "onward_live_pushes", "Messages of what has happened that were sent on WebSockets.", counter().ever(PUSHES)
    )


def _jobs() -> Iterator[Any]:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, SummaryMetricFamily

    depth = GaugeMetricFamily("onward_jobs", "Rows in the table of jobs.", labels=["kind", "state"])
    for kind, state, number in jobs.depth():
        depth.add_metric([kind, state], number)
    yield depth
    age = GaugeMetricFamily(
        "onward_jobs_oldest_due_seconds", "How long the job that has been due for longest waits.", labels=["queue"]
    )
    for queue, seconds in jobs.oldest_due(at=timezone.now()).items():
        age.add_metric([queue], seconds)
    yield age
    outcomes = CounterMetricFamily(
        "onward_jobs_ended", "Jobs that have ended, by what became of them.", labels=["kind", "outcome"]
    )
    times = SummaryMetricFamily("onward_job_duration_seconds", "Time of last attempts.", labels=["kind", "outcome"])
    for ended in jobs.ended():
        outcomes.add_metric([ended.kind, ended.state], ended.jobs)
        times.add_metric([ended.kind, ended.state], ended.jobs, ended.seconds)
    yield outcomes
    yield times
