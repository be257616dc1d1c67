"""The record's timeline in the words of the offers document."""

from typing import Any

from django.db.models import Case, F, Func, JSONField, Q, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Concat
from django.db.models.lookups import Exact

from onward.apis.offers.lenses import STATUS
from onward.domain.activity.choices import Action
from onward.platform.lens import Lens
from onward.platform.wire.encoders import Document, EncodedBoolean
from onward.platform.wire.fields import Path

# What this document tells of. A job that is saved is an application to be.
_KNOWN = (
    Action.APPLICATION_CREATED,
    Action.APPLICATION_UPDATED,
    Action.STATUS_CHANGED,
    Action.INTERVIEW_SCHEDULED,
    Action.OUTCOME_RECORDED,
    Action.REFLECTION_WRITTEN,
    Action.CONTACT_ADDED,
    Action.DOCUMENT_ADDED,
    Action.REMINDER_CREATED,
    Action.REMINDER_COMPLETED,
    Action.TAG_ASSIGNED,
)
ACTION = Lens(
    shown={**{action: str(action.label) for action in _KNOWN}, Action.JOB_SAVED: str(Action.APPLICATION_CREATED.label)},
    written={str(action.label): action for action in _KNOWN},
)


class _AsJson(Func):
    """JSON of one type, so that a CASE may choose: PostgreSQL has two."""

    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s)::json", **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="%(expressions)s", **context)


def _before() -> Combinable:
    return STATUS.case(KT("metadata__old_status"))


def _after() -> Combinable:
    return STATUS.case(KT("metadata__new_status"))


def visible_actions() -> Q:
    """Leave out what this document has no word for, and moves between statuses that look the same in it."""
    return Q(action__in=ACTION.values) & (~Q(action=Action.STATUS_CHANGED) | ~Q(Exact(_before(), _after())))


def description(at: Path) -> Combinable:
    """Return the sentence of a line; it names statuses by this document's words."""
    moved = Concat(Value("Status: "), _before(), Value(" → "), _after(), output_field=TextField())
    return Case(When(action=Action.STATUS_CHANGED, then=moved), default=F("description"))


def metadata(at: Path) -> Combinable:
    """Return what is known besides: the statuses of a move, and the saved job that an application was.

    What else the record notes are its own names and numbers, which say nothing here.
    """
    move = (("old_status", _before()), ("new_status", _after()))
    automatic = ("auto", EncodedBoolean(Value(True)))
    return Case(
        When(action=Action.STATUS_CHANGED, metadata__auto=True, then=_AsJson(Document(*move, automatic))),
        When(action=Action.STATUS_CHANGED, then=_AsJson(Document(*move))),
        When(action__in=(Action.APPLICATION_CREATED, Action.JOB_SAVED), then=_AsJson(F("metadata"))),
        default=_AsJson(Value({}, JSONField())),
        output_field=JSONField(),
    )
