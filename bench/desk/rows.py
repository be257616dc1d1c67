"""The desk's rows: leads with postings, sightings, follow-ups, remarks, messages, moves and lines of the timeline.

``… rows COUNT`` makes leads until there are so many, and a team of ten where there is none.
"""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import django

SEED = 20260102
CITIES = ("Berlin", "Zürich", "Lyon", "Leeds", "Porto", "Kraków", "Austin, TX", "Remote")
INDUSTRIES = ("Technology", "Health", "Energy", "Logistics", "Finance", "Education", "")
ROLES = ("Software", "Data", "Design", "Accounting", "Chemistry", "Hardware", "Marketing", "Translation")
STATUSES = ("new", "new", "new", "researching", "contacted", "contacted", "replied", "meeting", "converted",
            "declined", "dormant")  # fmt: skip
REACHED = ("contacted", "replied", "meeting", "converted")
TEXT = "You will build careful tools with people who like to learn and to explain what they have found each week. "
BATCH = 2000


def fill(count: int, *, member_ids: list[int], at: datetime, begin: int = 0) -> None:
    """Make leads, always the same ones for the same moment, until there are so many.

    :param member_ids: whose they are, in turn
    :param begin: how many there are
    """
    from onward.domain.companies.models import Employer
    from onward.domain.ingestion.models import Reading, Run, Source

    chance = random.Random(SEED + begin)
    employers = Employer.objects.bulk_create(
        [
            Employer(name=f"Works {n}", name_key=f"works {n}", industry=chance.choice(INDUSTRIES))
            for n in range(begin // 20, max(count // 20, 1))
        ],
        batch_size=BATCH,
    )
    run = Run.objects.create(state="completed")
    readings = [
        Reading.objects.create(
            run=run, state="completed", source=Source.objects.get_or_create(name=f"Board {n}", kind="greenhouse")[0]
        )
        for n in range(5)
    ]
    for first in range(begin, count, BATCH):
        _batch(range(first, min(first + BATCH, count)), employers, readings, member_ids, at, chance)


def _batch(
    numbers: range, employers: Any, readings: Any, members: list[int], at: datetime, chance: random.Random
) -> None:
    from onward.domain.board.models import Posting
    from onward.domain.ingestion.models import Sighting
    from onward.domain.outreach.models import FollowUp, Lead, LeadActivity, LeadStatusChange, Message, Remark

    postings = Posting.objects.bulk_create(_posting(Posting, number, employers, at, chance) for number in numbers)
    Sighting.objects.bulk_create(
        Sighting(
            posting=posting, source=reading.source, reading=reading, external_id=str(posting.pk), url=posting.url,
            first_seen_at=at, last_seen_at=at,
        )
        for posting in postings
        if posting.pk % 10
        for reading in (readings[posting.pk % len(readings)],)
    )  # fmt: skip
    leads = Lead.objects.bulk_create(
        Lead(
            posting=posting,
            status=STATUSES[number * 7 % len(STATUSES)],
            assigned_to_id=members[number % len(members)] if number % 3 else None,
            touched_at=at - timedelta(days=number % 40),
            created_at=at - timedelta(minutes=number),
        )
        for number, posting in zip(numbers, postings, strict=True)
    )
    LeadStatusChange.objects.bulk_create(_moves(LeadStatusChange, leads, members, at))
    LeadActivity.objects.bulk_create(_lines(LeadActivity, leads, members, at))
    FollowUp.objects.bulk_create(
        FollowUp(
            lead=lead, due_date=(at + timedelta(days=lead.pk % 60 - 5)).date(), assigned_to_id=lead.assigned_to_id,
            completed_at=at if lead.pk % 3 == 0 else None,
            completed_by_id=members[lead.pk % len(members)] if lead.pk % 3 == 0 else None,
        )
        for lead in leads
        if lead.pk % 4 == 0
    )  # fmt: skip
    Remark.objects.bulk_create(
        Remark(lead=lead, author_id=members[lead.pk % len(members)], text=TEXT) for lead in leads if lead.pk % 4 == 1
    )
    Message.objects.bulk_create(
        Message(lead=lead, employer_id=lead.posting.employer_id, author_id=members[0], message_type="email", text=TEXT)
        for lead in leads
        if lead.status in REACHED
    )


def _posting(kind: Any, number: int, employers: Any, at: datetime, chance: random.Random) -> Any:
    employer = employers[number % len(employers)]
    return kind(
        employer=employer,
        company_name=employer.name,
        title=f"{ROLES[number % len(ROLES)]} Intern {number}",
        description=TEXT * 15,
        is_internship=True,
        internship_type=("internship", "summer", "thesis", "trainee")[number % 4],
        location=chance.choice(CITIES),
        skills=["Python", "SQL"],
        url=f"https://boards.example.org/jobs/{number}",
        posted_on=(at - timedelta(days=number % 90)).date(),
        first_seen_at=at - timedelta(minutes=number),
        last_seen_at=at,
        published_at=at if number % 50 == 0 else None,
        score=number % 101,
        score_parts={"title": 40, "kind": 30},
    )


def _moves(kind: Any, leads: Any, members: list[int], at: datetime) -> Iterator[Any]:
    for lead in leads:
        before = "new"
        for status in dict.fromkeys(["contacted", lead.status] if lead.status in REACHED else [lead.status]):
            if status != before:
                yield kind(
                    lead=lead, before=before, after=status, changed_by_id=members[lead.pk % len(members)], changed_at=at
                )
            before = status


def _lines(kind: Any, leads: Any, members: list[int], at: datetime) -> Iterator[Any]:
    for lead in leads:
        for action in ("found", "assigned", "status_changed")[: 1 + lead.pk % 3]:
            yield kind(
                lead=lead,
                employer_id=lead.posting.employer_id,
                actor_id=None if action == "found" else members[0],
                action=action,
                description="Found at a source.",
                created_at=at,
            )


def team(size: int) -> list[Any]:
    """Make so many members of the desk."""
    from onward.domain.accounts.models import Role, User

    users = [
        User.objects.create(email=f"m{n}@example.org", username=f"m{n}", password="!", is_email_verified=True)
        for n in range(size)
    ]
    Role.objects.bulk_create(Role(user=user, area="outreach", role="member") for user in users)
    return users


def members() -> list[Any]:
    """Return the team."""
    from onward.domain.accounts.models import User

    return list(User.objects.filter(roles__area="outreach").order_by("pk"))


def measure_tables() -> None:
    """Let the database measure its tables and clean up behind us, as it does by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def token(user: Any) -> str:
    """Open a session; returns what is borne."""
    from onward.platform import tokens

    at = datetime.now(UTC)
    return tokens.open_session(
        user=user, api="outreach", address="127.0.0.1", user_agent="bench", awaits_second_factor=False, at=at
    ).access


def client(user: Any) -> Any:
    """Return a client of the whole stack in this process, signed in."""
    from django.test import Client

    return Client(SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {token(user)}"})


def main() -> None:
    """Make what is not there yet."""
    django.setup()
    from onward.domain.outreach.models import Lead

    people = members() or team(10)
    at = datetime.now(UTC).replace(microsecond=0)
    fill(int(sys.argv[1]), member_ids=[user.pk for user in people], at=at, begin=Lead.objects.count())
    measure_tables()


if __name__ == "__main__":
    main()
