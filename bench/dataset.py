"""The data that all servers read: 200 accounts with 200 applications each, in the tables of Onward's migrations.

Run as ``python -m bench.dataset`` with Onward's settings, so that columns and their defaults come from the models.
"""

import json
import random
import sys
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import django
import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from bench import environment

USERS = 200
APPLICATIONS = 200
COMPANIES = 25
# Tracked jobs of each account; of the first half of them an application has come.
JOBS = 50
# Chats that each account has begun, each of two, and messages of each; every account takes part in twice as many.
CHATS = 10
MESSAGES = 30
# Threads, ten of them in a forum, posts in each, and how many like a post at most.
THREADS = 200
THREADS_OF_FORUM = 10
POSTS = 40
MOST_LIKES = 20
# Of the outreach desk; all accounts are on its team.
LEADS = 20_000
SEED = 20260101
CITIES = ("Berlin", "Zürich", "Lyon", "Leeds", "Porto", "Kraków", "Mountain View, CA", "Remote")
INDUSTRIES = ("Technology", "Health", "Energy", "Logistics", "Finance", "Education")
TITLES = ("Backend Engineer", "Data Engineer", "Platform Engineer", "Product Designer", "Site Reliability Engineer")
LEVELS = ("Junior", "Senior", "Staff", "Lead", "Principal")
# How often each status occurs among 100 applications.
STATUSES = {
    "wishlist": 8,
    "applied": 30,
    "screening": 12,
    "interviewing": 12,
    "offer": 4,
    "accepted": 1,
    "rejected": 22,
    "withdrawn": 3,
    "ghosted": 8,
}
ANSWERED = {"screening", "interviewing", "offer", "accepted", "rejected"}
SENTENCES = (
    "We are looking for somebody who enjoys careful work on systems that many people lean on.",
    "You will own a service from the first sketch to the pager, together with four colleagues.",
    "Experience with PostgreSQL, queues and plain, well-tested Python is what helps most here.",
    "Our week has one meeting; the rest of it is writing, reviewing and talking to the people we build for.",
    "We pay for learning time, for a quiet chair and for the train.",
    "Tell us about something that broke, what you did that night and what you changed the week after.",
)
QUESTIONS = (
    "Why do you want to work here?",
    "What broke last, and what did you do?",
    "How would you count the visitors of a site that has a billion a day?",
    "What would your last team say about you?",
)


def make_database(name: str) -> None:
    """Make an empty database, dropping one of the same name that an earlier run left."""
    with psycopg.connect(environment.maintenance_url(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
        connection.execute(made.format(sql.Identifier(name)))


def drop_database(name: str) -> None:
    """Drop a database."""
    with psycopg.connect(environment.maintenance_url(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


class Rows:
    """Makes the rows, always the same ones for the same day.

    :param today: the day on which everything is as it is; dates are counted back from it
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self.now = datetime.combine(today, time(9), UTC)
        self.random = random.Random(SEED)
        # The order in which everything was last touched: no two applications at the same instant.
        self.ages = list(range(USERS * APPLICATIONS))
        self.random.shuffle(self.ages)

    def uid(self) -> uuid.UUID:
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    def text(self, sentences: int) -> str:
        return " ".join(self.random.choices(SENTENCES, k=sentences))

    def users(self) -> Iterator[dict[str, Any]]:
        for user in range(1, USERS + 1):
            yield {
                "id": user,
                "uid": self.uid(),
                "email": f"user{user}@example.org",
                "username": f"user{user}",
                "username_key": f"user{user}",
                "password": "!",
                "is_email_verified": True,
                "created_at": self.now - timedelta(days=400),
                "updated_at": self.now - timedelta(days=400),
            }

    def companies(self) -> Iterator[dict[str, Any]]:
        for company in range(1, USERS * COMPANIES + 1):
            name = f"{self.random.choice(INDUSTRIES)} Works {company}"
            yield {
                "id": company,
                "uid": self.uid(),
                "owner_id": (company - 1) // COMPANIES + 1,
                "name": name,
                "name_key": name.casefold(),
                "website": f"https://works{company}.example.org",
                "industry": self.random.choice(INDUSTRIES),
                "location": self.random.choice(CITIES),
                "size": self.random.choice(("startup", "small", "medium", "large", "enterprise", "")),
                "glassdoor_rating": self.random.choice((None, "3.5", "4.1", "4.8")),
                "created_at": self.now - timedelta(days=300),
                "updated_at": self.now - timedelta(days=300),
            }

    def applications(self) -> Iterator[dict[str, Any]]:
        pick = self.random
        for application in range(1, USERS * APPLICATIONS + 1):
            owner = (application - 1) // APPLICATIONS + 1
            status = pick.choices(tuple(STATUSES), weights=tuple(STATUSES.values()))[0]
            applied = None if status == "wishlist" else self.today - timedelta(days=pick.randint(3, 180))
            answered = applied + timedelta(days=pick.randint(1, 21)) if applied and status in ANSWERED else None
            touched = self.now - timedelta(seconds=60 * self.ages[application - 1] + 1, microseconds=application % 997)
            low = pick.choice((None, 60_000, 90_000, 150_000))
            yield {
                "id": application,
                "uid": self.uid(),
                "owner_id": owner,
                "company_id": (owner - 1) * COMPANIES + pick.randint(1, COMPANIES),
                "job_title": f"{pick.choice(LEVELS)} {pick.choice(TITLES)}",
                "job_url": f"https://jobs.example.org/{application}",
                "job_description": self.text(pick.randint(6, 12)),
                "status": status,
                "priority": pick.choice(("high", "medium", "low")),
                "work_type": pick.choice(("remote", "hybrid", "onsite", "")),
                "location": pick.choice(CITIES),
                "salary_min": low,
                "salary_max": low and low + 30_000,
                "source": pick.choice(("linkedin", "indeed", "company_site", "referral", "recruiter", "other")),
                "cover_letter": self.text(3) if pick.random() < 0.3 else "",
                "applied_date": applied,
                "response_date": answered,
                "next_action": pick.choice(("", "", "Follow up", "Prepare for the interview")),
                "created_at": touched - timedelta(days=10),
                "updated_at": touched,
            }

    def notes(self) -> Iterator[dict[str, Any]]:
        for application in range(1, USERS * APPLICATIONS + 1):
            for number in range(self.random.randint(0, 4)):
                at = self.now - timedelta(days=20, minutes=number, seconds=application)
                yield {
                    "uid": self.uid(),
                    "application_id": application,
                    "content": self.text(self.random.randint(1, 2)),
                    "is_main": number == 0,
                    "note_type": self.random.choice(("general", "follow_up", "feedback", "research", "preparation")),
                    "created_at": at,
                    "updated_at": at,
                }

    def interviews(self) -> Iterator[dict[str, Any]]:
        for application in range(1, USERS * APPLICATIONS + 1):
            for number in range(self.random.choice((0, 0, 1, 1, 2, 3))):
                past = self.random.random() < 0.8
                away = timedelta(days=self.random.randint(2, 90), hours=number)
                at = self.now - away if past else self.now + away
                asked = self.random.sample(QUESTIONS, self.random.randint(0, 3))
                yield {
                    "uid": self.uid(),
                    "owner_id": (application - 1) // APPLICATIONS + 1,
                    "application_id": application,
                    "round_number": number + 1,
                    "interview_type": self.random.choice(("phone", "technical", "coding", "onsite", "hr")),
                    "scheduled_at": at,
                    "day": at.date(),
                    "duration_minutes": self.random.choice((30, 45, 60, 90)),
                    "status": "completed" if past else "scheduled",
                    "outcome": self.random.choice(("passed", "failed")) if past else "pending",
                    "preparation_notes": self.text(1),
                    "questions_asked": "\n".join(asked),
                    "questions": Jsonb(asked),
                    "created_at": self.now - timedelta(days=100),
                    "updated_at": self.now - timedelta(days=100),
                }

    def outcomes(self, applications: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for application in applications:
            if application["status"] in {"offer", "accepted"} or application["id"] % 10 == 0:
                yield {
                    "uid": self.uid(),
                    "application_id": application["id"],
                    "salary": self.random.choice((None, 80_000, 120_000)),
                    "bonus": self.random.choice(("", "10 %")),
                    "benefits": self.text(1),
                    "deadline": self.today + timedelta(days=self.random.randint(1, 30)),
                    "created_at": application["created_at"],
                    "updated_at": application["created_at"],
                }

    def reflections(self) -> Iterator[dict[str, Any]]:
        for application in range(1, USERS * APPLICATIONS + 1, 4):
            yield {
                "uid": self.uid(),
                "application_id": application,
                "what_worked": self.text(1),
                "what_failed": self.text(1),
                "skill_gaps": Jsonb({"System Design": "beginner", "SQL": "good"}),
                "created_at": self.now - timedelta(days=5),
                "updated_at": self.now - timedelta(days=5),
            }

    def chats(self) -> Iterator[dict[str, Any]]:
        for chat in range(1, USERS * CHATS + 1):
            one, other = self.pair(chat)
            yield {
                "id": chat,
                "uid": self.uid(),
                "created_by_id": one,
                "low_id": min(one, other),
                "high_id": max(one, other),
                "last_place": MESSAGES,
                "active_at": self.now - timedelta(minutes=chat),
                "created_at": self.now - timedelta(days=40),
                "updated_at": self.now - timedelta(minutes=chat),
            }

    def pair(self, chat: int) -> tuple[int, int]:
        """Return who takes part in a chat: who has begun it, and one of those who follow."""
        one = (chat - 1) // CHATS + 1
        return one, (one + (chat - 1) % CHATS) % USERS + 1

    def participants(self) -> Iterator[dict[str, Any]]:
        for chat in range(1, USERS * CHATS + 1):
            for user in self.pair(chat):
                read = chat * MESSAGES - self.random.randint(0, 10)
                yield {"chat_id": chat, "user_id": user, "joined_at": self.now, "read_id": read}

    def messages(self) -> Iterator[dict[str, Any]]:
        for chat in range(1, USERS * CHATS + 1):
            people = self.pair(chat)
            for place in range(1, MESSAGES + 1):
                yield {
                    "id": (chat - 1) * MESSAGES + place,
                    "chat_id": chat,
                    "sender_id": people[self.random.randint(0, 1)],
                    "content": self.text(1),
                    "place": place,
                    "created_at": self.now - timedelta(minutes=chat, seconds=MESSAGES - place),
                }

    def forums(self) -> Iterator[dict[str, Any]]:
        for forum in range(1, THREADS // THREADS_OF_FORUM + 1):
            at = self.now - timedelta(days=300)
            yield {"id": forum, "uid": self.uid(), "title": f"Forum {forum}", "created_at": at, "updated_at": at}

    def entries(self) -> Iterator[dict[str, Any]]:
        """Return the threads, and after them their posts."""
        for thread in range(1, THREADS + 1):
            entry = self.entry(thread, thread, hours=POSTS)
            yield {**entry, "kind": "thread", "title": f"Question {thread}", "parent_id": None, "reply_to_id": None}
        for post in range(THREADS * POSTS):
            thread, number = post // POSTS + 1, post % POSTS
            entry = self.entry(THREADS + 1 + post, thread, hours=POSTS - number - 1)
            # Every fifth answers the one before.
            answered = entry["id"] - 1 if number % 5 == 4 else None
            yield {**entry, "kind": "post", "title": "", "parent_id": thread, "reply_to_id": answered}

    def entry(self, pk: int, thread: int, *, hours: int) -> dict[str, Any]:
        """Return what threads and posts have in common. :param hours: before the day's beginning, it was written"""
        said = self.text(3)
        at = self.now - timedelta(hours=hours)
        return {
            "id": pk,
            "uid": self.uid(),
            "author_id": self.random.randint(1, USERS),
            "content": said,
            "content_html": f"<p>{said}</p>\n",
            "forum_id": (thread - 1) // THREADS_OF_FORUM + 1,
            "created_at": at,
            "updated_at": at,
        }

    def likes(self) -> Iterator[dict[str, Any]]:
        for entry in range(1, THREADS * (POSTS + 1) + 1):
            for user in self.random.sample(range(1, USERS + 1), self.random.randint(0, MOST_LIKES)):
                yield {"entry_id": entry, "user_id": user, "created_at": self.now}

    def saved_jobs(self, applications: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for job in range(1, USERS * JOBS + 1):
            owner, number = (job - 1) // JOBS + 1, (job - 1) % JOBS
            made = self.now - timedelta(days=60, minutes=job)
            low = self.random.choice((None, 60_000, 90_000, 150_000))
            came_of_it = applications[(owner - 1) * APPLICATIONS + number]["id"] if number < JOBS // 2 else None
            yield {
                "id": job,
                "uid": self.uid(),
                "owner_id": owner,
                "company_name": f"{self.random.choice(INDUSTRIES)} Works {job}",
                "job_title": f"{self.random.choice(LEVELS)} {self.random.choice(TITLES)}",
                "job_url": f"https://jobs.example.org/{job}",
                "location": self.random.choice(CITIES),
                "description": self.text(8),
                "requirements": self.text(2),
                "responsibilities": self.text(2),
                "tech_stack": Jsonb(["Python", "PostgreSQL", "Kubernetes"]),
                "work_type": self.random.choice(("remote", "hybrid", "onsite", "")),
                "job_type": "full_time",
                "salary_min": low,
                "salary_max": low and low + 30_000,
                "source": self.random.choice(("LinkedIn", "Indeed", "", "A friend")),
                "status": "converted" if came_of_it else "active",
                "application_id": came_of_it,
                "created_at": made,
                "updated_at": made,
            }

    def status_changes(self, applications: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for application in applications:
            first = "wishlist" if application["status"] == "wishlist" else "applied"
            sent = application["applied_date"] or self.today - timedelta(days=10)
            moves = [("", first, sent)]
            if application["status"] != first:
                moves.append((first, application["status"], application["response_date"] or sent + timedelta(days=30)))
            for before, after, day in moves:
                at = datetime.combine(day, time(12), UTC)
                yield {
                    "application_id": application["id"],
                    "before": before,
                    "after": after,
                    "changed_at": at,
                    "recorded_at": at,
                }


def _copy(connection: Any, model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows with COPY; a column that a row does not name takes the default of its field."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    rows = iter(rows)
    first = next(rows)
    if "id" not in first:
        fields = [field for field in fields if not field.primary_key]
    columns = [field.column for field in fields]
    unknown = set(first) - set(columns)
    if unknown:
        raise ValueError(f"{model.__name__} has no columns {sorted(unknown)}")
    table = model._meta.db_table
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in (first, *rows):
            copy.write_row([row[f.column] if f.column in row else _default(f) for f in fields])
    if "id" in first:
        connection.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                sql.Literal(table), sql.Identifier(table)
            )
        )


def _default(field: Any) -> Any:
    value = field.get_default()
    return Jsonb(value) if field.get_internal_type() == "JSONField" else value


def load() -> None:
    """Fill the empty tables and have PostgreSQL measure them."""
    from bench.desk import rows as desk
    from onward.domain.accounts.models import Role, User
    from onward.domain.applications.models import Application, Note, Outcome, Reflection, SavedJob, StatusChange
    from onward.domain.companies.models import Company
    from onward.domain.interviews.models import Interview
    from onward.domain.messaging.models import Chat, Message, Participant
    from onward.domain.writing.models import Entry, Forum, Like

    rows = Rows(datetime.now(UTC).date())
    with psycopg.connect(environment.DATABASE_URL) as connection:
        _copy(connection, User, rows.users())
        _copy(connection, Company, rows.companies())
        applications = list(rows.applications())
        _copy(connection, Application, applications)
        _copy(connection, Note, rows.notes())
        _copy(connection, Interview, rows.interviews())
        _copy(connection, StatusChange, rows.status_changes(applications))
        _copy(connection, Outcome, rows.outcomes(applications))
        _copy(connection, Reflection, rows.reflections())
        _copy(connection, SavedJob, rows.saved_jobs(applications))
        _copy(connection, Chat, rows.chats())
        _copy(connection, Participant, rows.participants())
        _copy(connection, Message, rows.messages())
        _copy(connection, Forum, rows.forums())
        _copy(connection, Entry, rows.entries())
        _copy(connection, Like, rows.likes())
    Role.objects.bulk_create(Role(user_id=user, area="outreach", role="member") for user in range(1, USERS + 1))
    desk.fill(LEADS, member_ids=list(range(1, USERS + 1)), at=rows.now)
    with psycopg.connect(environment.DATABASE_URL, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def sign_in() -> dict[int, str]:
    """Open a real session of the tracker's for every account and give their access tokens by account."""
    from django.contrib.auth import get_user_model

    from onward.platform import tokens

    at = datetime.now(UTC)
    return {
        user.pk: tokens.open_session(
            user=user, api="tracker", address="127.0.0.1", user_agent="bench", awaits_second_factor=False, at=at
        ).access
        for user in get_user_model().objects.order_by("pk")
    }


def main() -> None:
    """``migrate`` and fill the tables, or ``sign-in`` everybody and print the tokens as JSON."""
    django.setup()
    from django.core.management import call_command

    if sys.argv[1:] == ["sign-in"]:
        print(json.dumps(sign_in()))
    else:
        call_command("migrate", verbosity=0, skip_checks=True)
        load()


if __name__ == "__main__":
    main()
