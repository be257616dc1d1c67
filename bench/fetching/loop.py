"""What is usual: a loop that gets or makes each row by itself."""

from typing import Any

from django.utils import timezone


def take_in(source: Any) -> int:
    """Read a source and take in what it tells, one posting after the other; returns how many those were.

    It reads by the same adapter, and judges by the same rules, but looks for the same posting at other sources nowhere.
    """
    from onward.domain.board.models import Posting
    from onward.domain.companies.models import Employer
    from onward.domain.companies.names import name_key
    from onward.domain.ingestion.arrival import SAID, arrive
    from onward.domain.ingestion.fetching import Fetch
    from onward.domain.ingestion.models import Reading, Run, Sighting
    from onward.domain.ingestion.reading import entry_of
    from onward.domain.ingestion.sources import KINDS

    entry = entry_of(source)
    reading = Reading.objects.create(run=Run.objects.create(), source=source)
    count = 0
    with Fetch(entry, place=-1) as fetch:
        for found in KINDS[entry.kind].read(entry, fetch):
            at = timezone.now()
            arrival = arrive(found, entry, at=at)
            employer, _ = Employer.objects.get_or_create(
                name_key=name_key(arrival.company), defaults={"name": arrival.company}
            )
            known = Sighting.objects.filter(source=source, external_id=found.external_id).first()
            posting, _ = Posting.objects.update_or_create(
                pk=known and known.posting_id,
                defaults={name: arrival.values[name] for name in SAID} | {"employer": employer, "last_seen_at": at},
            )
            Sighting.objects.update_or_create(
                source=source,
                external_id=found.external_id,
                defaults={
                    "posting": posting,
                    "url": found.url,
                    "url_key": arrival.url_key,
                    "content_key": arrival.content_key,
                    "last_seen_at": at,
                    "reading": reading,
                },
            )
            count += 1
    return count
