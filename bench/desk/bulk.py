"""What is done to 5,000 leads at once: ``… bulk`` prints seconds as JSON.

The median and the longest of five, and the median of the processor's time in this process.
"""

import json
import statistics
import time

import django

MOST = 5000
RUNS = 5
BULK = "/outreach/internships/bulk"


def main() -> None:
    """Do everything to 5,000 of the leads that are there, through the whole stack, without a network."""
    django.setup()
    from bench.desk import rows
    from onward.domain.outreach.models import Lead

    team = rows.members()
    client = rows.client(team[0])
    # The first request of a process loads what it needs.
    client.post(f"{BULK}/assign", {"internship_ids": [1], "user_id": None}, "application/json")
    ids = list(Lead.objects.order_by("?").values_list("pk", flat=True)[:MOST])
    taken: dict[str, list[tuple[float, float]]] = {"assign": [], "status": [], "status with a remark": []}
    for run in range(RUNS):
        # Back and forth, so that each time all of them change.
        for name, path, said in (
            ("assign", "assign", {"user_id": team[run % 2 + 1].pk}),
            ("status", "status", {"new_status": ("replied", "meeting")[run % 2]}),
            ("status with a remark", "status", {"new_status": ("new", "dormant")[run % 2], "remark": "Spring"}),
        ):
            begun, worked = time.perf_counter(), time.process_time()
            answer = client.post(f"{BULK}/{path}", {"internship_ids": ids, **said}, "application/json")
            taken[name].append((time.perf_counter() - begun, time.process_time() - worked))
            assert answer.status_code == 200, answer.content[:300]
            assert answer.json()["updated"] > MOST / 2, answer.content[:300]
    found = {}
    for name, times in taken.items():
        whole, ours = zip(*times, strict=True)
        found[name] = [round(seconds, 2) for seconds in (statistics.median(whole), max(whole), statistics.median(ours))]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
