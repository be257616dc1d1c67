"""Every operation of every API, as its document describes it, and rows that its paths can name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.db import models
from django.utils import timezone

from onward.domain.accounts.models import User
from onward.domain.assistant.models import Generation, Task
from onward.domain.community.models import Membership
from onward.domain.feed.models import SavedSearch
from onward.domain.help.models import Article
from onward.domain.matching.models import Ranking
from onward.domain.notifications.models import Notice, Notification
from onward.domain.outreach.services.writing import ask_for_drafts
from onward.platform.jobs.models import Job
from tests import factories as make
from tests.apis.campus import table
from tests.client import Api
from tests.databases import with_rows

APIS = ("tracker", "offers", "outreach", "copilot", "campus")

# Where one of several fields must be sent, one of them.
ONE_OF_SEVERAL = {
    "POST /outreach/users": {"name": "Eve Ek"},
    "POST /outreach/internships": {"company": "Globex"},
    "POST /copilot/api/v1/jobs": {"company": "Globex", "title": "Baker"},
    "POST /copilot/api/v1/applications": {"company": "Globex", "title": "Baker"},
}


@dataclass(frozen=True)
class Operation:
    """One method at one path. :ivar body: the schema of its JSON body, with nothing to look up; none without one"""

    api: str
    method: str
    path: str
    body: Any = None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def has_id(self) -> bool:
        return "{" in self.path

    @property
    def row(self) -> table.Row:
        """What the campus table says of it; of another API's operation, nothing."""
        known = self.api == "campus"
        return table.OPERATIONS[f"{self.method} {self.path.removeprefix('/campus')}"] if known else table.Row("")


@cache
def operations(api: str) -> tuple[Operation, ...]:
    """Return the operations of an API, in the order of its document."""
    document = import_module(f"onward.apis.{api}.api").api.document(f"/{api}")

    def whole(schema: Any) -> Any:
        while "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return schema

    found = []
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            body = whole(content["application/json"]["schema"]) if "application/json" in content else None
            if body is not None:
                body = {**body, "properties": {n: whole(s) for n, s in body.get("properties", {}).items()}}
            found.append(Operation(api, method.upper(), path, body))
    return tuple(found)


def every(*, having: str = "") -> list[Operation]:
    """Return the operations of all APIs. :param having: "id" or "body": only those that have one"""
    found = [one for api in APIS for one in operations(api)]
    return [one for one in found if having != "id" or one.has_id if having != "body" or one.body]


class World:
    """One of everything that a person can have, and the answer to what a path's parameter may name."""

    def __init__(self, owner: User) -> None:
        self.owner = owner
        application = make.ApplicationFactory(owner=owner)
        tag = make.TaggingFactory(application=application).tag
        endpoint = make.EndpointFactory(owner=owner, url="http://127.0.0.1:9/hook")
        group = make.GroupFactory(creator=owner)
        Membership.objects.create(group=group, user=owner, role="admin", joined_at=timezone.now())
        self.other_application = make.ApplicationFactory(owner=owner)
        self.rows: dict[str, models.Model] = {
            "applications": application,
            "application": application,
            "companies": application.company,
            "interviews": make.InterviewFactory(application=application),
            "outcome": make.OutcomeFactory(application=application),
            "reflection": make.ReflectionFactory(application=application),
            "documents": make.DocumentFactory(application=application),
            "notes": make.NoteFactory(application=application),
            "contacts": make.ContactFactory(owner=owner, application=application),
            "reminders": make.ReminderFactory(owner=owner),
            "tags": tag,
            "assign": make.TagFactory(owner=owner),
            "remove": tag,
            "saved-jobs": make.SavedJobFactory(owner=owner),
            "resumes": make.ResumeFactory(owner=owner),
            "users": owner,
            "follow": make.UserFactory(),
            "followers": owner,
            "following": owner,
            "follow-stats": owner,
            "groups": group,
            "posts": make.PostFactory(author=owner, is_public=False),
            "endpoints": endpoint,
            "deliveries": make.DeliveryFactory(endpoint=endpoint, status="failed"),
            "tasks": Task.objects.create(owner=owner, kind="cover_letter"),
            "history": Generation.objects.create(owner=owner, kind="cover_letter", content="Dear", model="offline"),
        }
        self.rows["jobs"] = self.rows["saved-jobs"]
        self.rows["content"] = self.rows["history"]
        self.rows["feed"] = make.PostingFactory()
        self.rows["saved-searches"] = SavedSearch.objects.create(owner=owner, name="Bread", wanted={"words": "baker"})
        self.rows["resume"] = make.UploadFactory(resume__owner=owner)
        self.rows["help-articles"] = Article.objects.create(
            slug="a-walk", title="A walk", excerpt="x", category="Walks", content="*x*"
        )
        self.rows["stages"] = self.rows["interviews"]
        self.notification = Notification.objects.create(
            owner=owner, notification_type="custom", subject="A move", due_at=timezone.now()
        )

        self.ranking = Ranking.objects.create(owner=owner)
        self.desk = _desk(owner)
        self.campus = _campus(owner)

    def path(self, operation: Operation, instead: str = "") -> str:
        """Return the path with the ids of these rows. :param instead: what stands for the last id"""
        path = operation.path
        if operation.method == "GET":
            # The same place holds an application's id when one reads and a document's when one writes.
            path = path.replace("/documents/{uid}", f"/documents/{instead or self.rows['application'].uid}")
        names = re.findall(r"([\w-]+)/({\w+})", path)
        for number, (segment, place) in enumerate(names):
            if operation.api == "campus":
                pair = self.campus.get(f"{segment}/{place[1:-1]}") or self.campus[place[1:-1]]
                path = path.replace(place, instead if instead and number == len(names) - 1 else str(pair.here))
                continue
            if operation.api == "outreach":
                row = self.desk[segment]
            else:
                row = self.notification if "notifications/" in path else self.rows[segment]
            if (operation.api, segment) == ("copilot", "tasks"):
                row = self.ranking
            by_uid = operation.api == "offers" or "webhooks/" in path or "session_id" in place or row is self.ranking
            key = str(row.uid if by_uid else row.slug if place == "{slug}" else row.pk)
            path = path.replace(place, instead if instead and number == len(names) - 1 else key)
        return path

    def body(self, operation: Operation) -> dict[str, Any]:
        """Return the least that the operation takes."""
        if operation.api == "campus":
            return {**operation.row.sent(self.campus)}
        schema = operation.body or {}
        least = {name: self._example(operation, name) for name in schema.get("required", [])}
        if "/ai/outreach/" in operation.path and operation.body:
            least["internship_id"] = self.desk["internships"].pk
        return {**ONE_OF_SEVERAL.get(str(operation), {}), **least}

    def _example(self, operation: Operation, name: str) -> Any:
        schema = operation.body["properties"][name]
        known = {
            "company": self.rows["companies"].pk,
            "application": self.rows["applications"].pk,
            "application_id": str(self.rows["applications"].uid),
            "url": "https://receiver.example.org/hook",
            "events": ["company.created"],
            "ids": [self.rows["applications"].pk],
            "job_id": self.rows["jobs"].pk,
            "job_description": "A baker who keeps our ovens warm, every day from four in the morning on.",
        }
        if operation.api == "outreach":
            known = {"internship_ids": [self.desk["internships"].pk], "user_id": self.desk["users"].pk}
            known["email"] = "someone@example.org"
        if name in known:
            return known[name]
        if "enum" in schema:
            return schema["enum"][0]
        if schema.get("type") == "boolean":
            return True
        return {"date-time": "2026-03-02T09:00:00Z", "date": "2026-03-02"}.get(schema.get("format"), "Something to say")


def _campus(owner: User) -> dict[str, table.Pair]:
    """Return what the campus table makes, of which somebody is the owner and teaches, too."""
    cast = table.Cast()
    vars(cast).update(owner=owner, instructor=owner)
    return table.make(cast)


def _desk(owner: User) -> dict[str, models.Model]:
    """Return one of everything that the outreach desk has, whose admin somebody is from now on."""
    make.RoleFactory(user=owner, role="admin")
    lead = make.LeadFactory()
    job_id, _ = ask_for_drafts(
        member_id=owner.pk, lead_ids=[lead.pk], message_type="email", tone="formal", at=timezone.now()
    )
    reading = make.ReadingFactory()
    return {
        "users": owner,
        "internships": lead,
        "companies": lead.posting.employer,
        "followups": make.FollowUpFactory(lead=lead, assigned_to=owner),
        "messages": make.MessageFactory(lead=lead),
        "notifications": Notice.objects.create(owner=owner, type="run_ended", title="Done"),
        "outreach": Job.objects.get(pk=job_id),
        "status": reading.run,
        "cancel": reading.run,
        "sources": reading.source,
    }


def wrong(schema: Any) -> Iterator[Any]:
    """Return values that a field's schema does not allow."""
    kind = schema.get("type")
    if kind is None:
        return
    yield {"string": 7, "integer": "seven", "number": "seven", "boolean": "perhaps", "array": "x", "object": "x"}[kind]
    yield {"an": "object"} if kind != "object" else []
    if kind == "integer":
        yield from (True, 1.5, 2**63)
    if "enum" in schema:
        yield "no such word"
    elif "maxLength" in schema and schema["maxLength"] <= 2000:
        yield "x" * (schema["maxLength"] + 1)
    if schema.get("minLength", 0) > 0:
        yield " " * schema["minLength"]
    if schema.get("format") in {"date", "date-time", "uuid", "time"}:
        yield "neither"
        if schema["format"].startswith("date"):
            yield from ("2026-02-30", "1899-12-31T00:00:00Z", 0)
    if "maximum" in schema:
        yield schema["maximum"] + 1
    if "minimum" in schema:
        yield schema["minimum"] - 1


def everything_of(user: User) -> dict[str, list[Any]]:
    """Return all rows that lead to a person, to see whether anything of theirs changes."""
    from django.apps import apps

    found = {}
    filled = with_rows(model._meta.db_table for model in apps.get_models())
    for model in apps.get_models():
        owner = next((f.name for f in model._meta.fields if f.name in {"owner", "author", "creator"}), None)
        if owner and model._meta.db_table in filled and model.__module__.startswith("onward.domain"):
            found[model.__name__] = list(model._default_manager.filter(**{owner: user}).order_by("pk").values())
            for row in found[model.__name__]:
                # Moves with those who read it.
                row.pop("popularity", None)
    return {name: rows for name, rows in found.items() if rows}


def send(client: Api, operation: Operation, path: str, body: Any = None) -> Any:
    """Ask for an operation."""
    headers = dict(operation.row.headers)
    if operation.method == "GET":
        return client.get(path, headers=headers)
    kind = headers.pop("Content-Type", "application/json")
    return client.generic(operation.method, path, b"" if body is None else _json(body), kind, headers=headers)


def _json(body: Any) -> bytes:
    import json

    return body if isinstance(body, bytes) else json.dumps(body).encode("utf-8", "surrogatepass")
