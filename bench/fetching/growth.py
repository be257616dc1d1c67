"""What reading costs when few and when many postings are in the record: ``… growth ADDRESS COUNT SIZE…``."""

import json
import sys
import uuid
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import django

# How many postings are judged as those that are read, and then told again under other names by the database.
JUDGED = 1000
TIMES = 3


def main() -> None:
    """Fill the record to each size, read so many new ones and the same again; print seconds by size."""
    django.setup()
    from bench.fetching import house
    from bench.fetching.speed import timed

    address, count, *sizes = sys.argv[1:]
    found: dict[str, Any] = {}
    filler = house.source("filler", address=address, company="filler", openings="1")
    warm = house.source("warm", address=address, company="warm", openings="100")
    house.let_private(warm)
    house.read("warm")
    there = 0
    for size in map(int, sizes):
        _fill(filler, there, size)
        there = size
        taken = []
        for number in range(TIMES):
            name = f"of {size} {number}"
            source = house.source(name, address=address, company=f"works-{size}-{number}", openings=count)
            house.let_private(source)
            taken.append((timed(lambda name=name: house.read(name)), timed(lambda name=name: house.read(name))))
        found[str(size)] = {
            "new": [median(one[0][kind] for one in taken) for kind in (0, 1)],
            "again": [median(one[1][kind] for one in taken) for kind in (0, 1)],
        }
    print(json.dumps(found))


def _fill(source: Any, first: int, size: int) -> None:
    """Store postings, each seen at a source, until there are so many."""
    from django.db import connection, transaction

    from bench.fetching.board import opening
    from onward.domain.board.models import Posting
    from onward.domain.ingestion.arrival import arrive
    from onward.domain.ingestion.models import Reading, Run, Sighting
    from onward.domain.ingestion.reading import entry_of
    from onward.domain.ingestion.sources.greenhouse import _found
    from onward.domain.ingestion.sources.item import Item
    from onward.platform.record import append_all

    at = datetime.now(UTC) - timedelta(days=1)
    entry = entry_of(source)
    reading = Reading.objects.create(run=Run.objects.create(state="completed"), source=source, state="completed")
    arrivals = [arrive(_found(Item(opening(n, "filler", 300))), entry, at=at) for n in range(1, JUDGED + 1)]
    while first < size:
        told = arrivals[: size - first]
        rows = []
        for place, arrival in enumerate(told):
            number = first + place
            values = arrival.values
            rows.append(
                {
                    **values,
                    "uid": uuid.uuid4(),
                    # Everywhere in the indexes, as they are of others' words.
                    "title": f"{values['title']} {number}",
                    "title_key": f"{values['title_key']} {number}",
                    "company_key": f"works {number % 5000}",
                    "heads": _scattered(number, 1),
                    "tails": _scattered(number, 2),
                    "state_changed_at": at,
                    "first_seen_at": at,
                    "last_seen_at": at,
                }
            )
        with transaction.atomic():
            keys = append_all(Posting, rows)
            append_all(
                Sighting,
                [
                    {
                        "posting_id": pk,
                        "source_id": source.pk,
                        "external_id": str(first + place),
                        "url": f"https://boards.example.org/filler/jobs/{first + place}",
                        "url_key": f"{_scattered(first + place, 3) % 2**64:032x}",
                        "reading_id": reading.pk,
                    }
                    for place, pk in enumerate(keys)
                ],
            )
        first += len(told)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _scattered(number: int, salt: int) -> int:
    """Return a number of 64 bits, signed, that looks like any other."""
    return (number * 0x9E3779B97F4A7C15 + salt * 0xC2B2AE3D27D4EB4F) % 2**64 - 2**63


if __name__ == "__main__":
    main()
