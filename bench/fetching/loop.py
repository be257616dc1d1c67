"""What is usual: a loop that gets or makes each row by itself."""

from typing import Any

from django.utils import timezone


def take_in(source: Any) -> int:
    """Read a source and take in what it tells, one posting after the other; returns how many those were.

    What comes of it is the same: it reads by the same adapter, judges by the same rules, looks for the same posting
    at other sources, and makes leads with a line in their timeline. It counts in memory, and tells nobody anything.
    """
    from onward.domain.board.models import Posting
    from onward.domain.companies.models import Employer
    from onward.domain.companies.names import name_key
    from onward.domain.ingestion.arrival import SAID, arrive
    from onward.domain.ingestion.fetching import Fetch
    from onward.domain.ingestion.matching import Moment, meet
    from onward.domain.ingestion.models import Reading, Run, Sighting
    from onward.domain.ingestion.reading import entry_of
    from onward.domain.ingestion.sources import KINDS
    from onward.domain.outreach.models import Lead, LeadActivity, RemovedLead

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
            posting_id = (
                known.posting_id
                if known
                else meet(source, [arrival], reading=reading, when=Moment.NOBODY_KNOWS).known.get(found.external_id)
            )
            posting, _ = Posting.objects.update_or_create(
                pk=posting_id,
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
            if posting.is_internship and not RemovedLead.objects.filter(posting=posting).exists():
                lead, is_new = Lead.objects.get_or_create(posting=posting, defaults={"touched_at": at})
                if is_new:
                    LeadActivity.objects.create(
                        lead=lead, employer=employer, action="found", description="Found at a source.", created_at=at
                    )
            count += 1
    return count
