"""The memory of an export of all leads that are there: ``… export FORMAT`` prints MB and seconds as JSON.

A process of its own for each, because what it took at most is only known of a whole process.
"""

import json
import resource
import sys
import time

import django

EXPORT = "/outreach/internships/bulk/export"


def peak() -> float:
    """Return the most memory that this process has ever taken, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Export one, so that all is loaded, and then everything."""
    django.setup()
    from bench.desk import rows
    from onward.domain.outreach.models import Lead

    kind = sys.argv[1]
    client = rows.client(rows.members()[0])
    one = {"internship_ids": [Lead.objects.earliest("pk").pk], "format": kind}
    b"".join(client.post(EXPORT, one, "application/json").streaming_content)
    before, begun, size = peak(), time.perf_counter(), 0
    answer = client.post(EXPORT, {"format": kind}, "application/json")
    assert answer.status_code == 200, answer.content[:300]
    for piece in answer.streaming_content:
        size += len(piece)
    found = {"MB before": before, "MB at most": peak(), "seconds": time.perf_counter() - begun, "file MB": size / 2**20}
    print(json.dumps({name: round(value, 1) for name, value in found.items()}))


if __name__ == "__main__":
    main()
