"""What is done to 5,000 leads at once: ``… bulk`` prints seconds as JSON, the median and the longest of five."""

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
    ids = list(Lead.objects.order_by("?").values_list("pk", flat=True)[:MOST])
    taken: dict[str, list[float]] = {"assign": [], "status": [], "status with a remark": []}
    for run in range(RUNS):
        # Back and forth, so that each time all of them change.
        for name, path, said in (
            ("assign", "assign", {"user_id": team[run % 2 + 1].pk}),
            ("status", "status", {"new_status": ("replied", "meeting")[run % 2]}),
            ("status with a remark", "status", {"new_status": ("new", "dormant")[run % 2], "remark": "Spring"}),
        ):
            begun = time.perf_counter()
            answer = client.post(f"{BULK}/{path}", {"internship_ids": ids, **said}, "application/json")
            taken[name].append(time.perf_counter() - begun)
            assert answer.status_code == 200, answer.content[:300]
            assert answer.json()["updated"] > MOST / 2, answer.content[:300]
    print(
        json.dumps({name: [round(statistics.median(times), 2), round(max(times), 2)] for name, times in taken.items()})
    )


if __name__ == "__main__":
    main()
