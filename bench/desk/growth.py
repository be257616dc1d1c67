"""How long the desk's reads take with the leads that are there: ``… growth`` prints ms and statements, as JSON."""

import json
import statistics
import time
from typing import Any

import django

RUNS = 40
COLD = 5
LIST = "/outreach/internships"
DASHBOARD = "/outreach/analytics/dashboard"


def reads(lead_id: int) -> dict[str, str]:
    """Return what is asked, by name."""
    return {
        "list of 20": LIST,
        "page 50": f"{LIST}?page=50",
        "list of one status": f"{LIST}?status=meeting",
        "list of one member": f"{LIST}?assigned_to=me",
        "list by score": f"{LIST}?ordering=-score",
        "search": f"{LIST}?search=chemistry",
        "detail": f"{LIST}/{lead_id}",
        "dashboard, warm": DASHBOARD,
    }


def asked(client: Any, path: str) -> tuple[float, int]:
    """Ask once; returns ms and the number of statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        begun = time.perf_counter()
        answer = client.get(path)
        taken = (time.perf_counter() - begun) * 1000
    assert answer.status_code == 200, (path, answer.content[:300])
    return taken, len(queries)


def measure(client: Any, lead_id: int) -> dict[str, list[float]]:
    """Ask everything; returns by name the median in ms, and the statements, the session's included."""
    from onward.domain.outreach.services.revision import revise

    found = {}
    # As after anything that was done at the desk; these rows were made behind its back.
    revise()
    for name, path in reads(lead_id).items():
        for _ in range(3):
            asked(client, path)
        runs = [asked(client, path) for _ in range(RUNS)]
        found[name] = [round(statistics.median(ms for ms, _ in runs), 1), max(number for _, number in runs)]
    cold = []
    for _ in range(COLD):
        revise()
        cold.append(asked(client, DASHBOARD))
    found["dashboard, cold"] = [round(statistics.median(ms for ms, _ in cold), 1), max(number for _, number in cold)]
    return found


def main() -> None:
    """Measure in this process, through the whole stack, without a network."""
    django.setup()
    from bench.desk import rows
    from onward.domain.outreach.models import Lead

    lead = Lead.objects.filter(status="converted").earliest("pk")
    print(json.dumps(measure(rows.client(rows.members()[0]), lead.pk)))


if __name__ == "__main__":
    main()
