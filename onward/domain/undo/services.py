"""Doing something to one application or to many, and taking it back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from onward.domain.accounts.services import views
from onward.domain.applications import queries, services
from onward.domain.applications.choices import Priority, Status
from onward.domain.applications.models import Application, Tag
from onward.domain.reminders import queries as reminders_read
from onward.domain.reminders import services as reminders
from onward.domain.reminders.models import Reminder
from onward.domain.undo.models import Undo
from onward.platform.bin import queries as bin_read
from onward.platform.bin import services as bin_services
from onward.platform.jobs import enqueue
from onward.platform.record import locked, name_key
from onward.platform.refusals import Conflict, Invalid, Missing, Refusal

# Applications that are changed at once; the others follow by a job.
AT_ONCE = 200
MOST = 5000
KEPT = timedelta(days=30)

Step = dict[str, Any]


@dataclass(slots=True)
class Done:
    """What was done, row by row.

    :ivar count: to how many
    :ivar refused: which it was not done to, and why
    :ivar later: how many follow by a job
    :ivar uid: of the undo; none where nothing was done
    """

    count: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    later: int = 0
    uid: UUID | None = None


def _move(application: Application, given: Mapping[str, Any], at: datetime) -> list[Step]:
    if application.status == given["to"]:
        return []
    services.change_status(application=application, to=given["to"], at=at)
    move = services.last_move(application_id=application.pk)
    return [{"do": "take_back", "application": application.pk, "move": move}]


def _set(application: Application, given: Mapping[str, Any], at: datetime) -> list[Step]:
    was = {name: _said(application, name) for name in given}
    services.update(application=application, at=at, **{name: _read(name, value) for name, value in given.items()})
    return [] if was == given else [{"do": "set", "application": application.pk, "was": was, "set": dict(given)}]


def _tag(application: Application, given: Mapping[str, Any], at: datetime) -> list[Step]:
    tag = Tag.objects.filter(owner_id=application.owner_id, name_key=name_key(given["tag"])).first()
    if tag is None:
        tag = services.create_tag(owner_id=application.owner_id, name=given["tag"], at=at)
    if tag.taggings.filter(application=application).exists():
        return []
    services.assign_tag(application=application, tag=tag, at=at)
    return [{"do": "untag", "application": application.pk, "tag": tag.pk}]


def _delete(application: Application, given: Mapping[str, Any], at: datetime) -> list[Step]:
    return [{"do": "restore", "kept": services.delete(application=application, at=at)}]


_ACTS: Mapping[str, Callable[[Application, Mapping[str, Any], datetime], list[Step]]] = {
    "move": _move,
    "set": _set,
    "tag": _tag,
    "delete": _delete,
}
# Fields that can be set, of one or of many.
SETTABLE = (
    *("priority", "next_action", "next_action_date", "resume_id", "deadline", "job_title", "location", "applied_date"),
    *("company_name", "job_url", "work_type", "source"),
)
_DAYS = {"next_action_date", "deadline", "applied_date"}


def _said(application: Application, name: str) -> Any:
    value = application.company.name if name == "company_name" else getattr(application, name)
    return value.isoformat() if isinstance(value, date) else value


def _read(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in _DAYS and value else value


@transaction.atomic
def act(*, owner_id: int, pks: Sequence[int], do: str, given: Mapping[str, Any], at: datetime) -> Done:
    """Do something to applications, to each for itself, so that one step takes all of it back.

    :param do: move (``to``), set (`SETTABLE`; days as ISO writes them), tag (``tag``) or delete
    :param at: the time on the owner's clock
    :raises Invalid: when there is no such act, or what is given makes no sense
    :raises Missing: of one alone, when it is not there
    """
    _check(do, given)
    wanted = list(dict.fromkeys(pks))[:MOST]
    done = Done(later=max(0, len(wanted) - AT_ONCE))
    undo = Undo.objects.create(owner_id=owner_id, made_at=at)
    _act(undo, wanted[:AT_ONCE], do, given, at, done)
    if done.later:
        rest = wanted[AT_ONCE:]
        zone = str(at.tzinfo)
        enqueue("undo.go_on", undo_id=undo.pk, pks=rest, do=do, given=dict(given), zone=zone, account=owner_id)
    if not undo.steps and not done.later:
        undo.delete()
        if len(wanted) == 1 and done.refused:
            raise Conflict(done.refused[0][1])
    else:
        done.uid = undo.uid
    return done


def _check(do: str, given: Mapping[str, Any]) -> None:
    if do not in _ACTS:
        raise Invalid("There is no such action.", fields={"do": ["There is no such action."]})
    if do == "move" and given.get("to") not in Status.values:
        raise Invalid(fields={"to": ["Choose one of the statuses."]})
    if do == "set" and not (given and given.keys() <= set(SETTABLE)):
        raise Invalid(fields={"": ["There is nothing to be changed."]})
    if do == "set" and given.get("priority", "") not in {"", *Priority.values}:
        raise Invalid(fields={"priority": ["Choose one of the priorities."]})
    if do == "tag" and not name_key(given.get("tag", "")):
        raise Invalid(fields={"tag": ["Write the tag's name."]})


def _act(undo: Undo, pks: Sequence[int], do: str, given: Mapping[str, Any], at: datetime, done: Done) -> None:
    rows = Application.objects.select_related("company").filter(owner_id=undo.owner_id, pk__in=pks)
    found = {row.pk: row for row in rows}
    if len(pks) == 1 and not found:
        raise Missing()
    # The lower first, as everybody does who holds several.
    for pk in sorted(found):
        application = found[pk]
        try:
            with transaction.atomic():
                undo.steps += _ACTS[do](application, given, at)
                done.count += 1
        except Refusal as refusal:
            why = " ".join(problem for each in refusal.fields.values() for problem in each) or refusal.message
            done.refused.append((f"{application.job_title}, {application.company.name}", why))
    undo.save(update_fields=["steps"])


@transaction.atomic
def go_on(*, undo_id: int, pks: Sequence[int], do: str, given: Mapping[str, Any], at: datetime) -> int:
    """Do the same to the next ones of many. :returns: to how many"""
    undo = Undo.objects.select_for_update(no_key=True).filter(pk=undo_id, used_at=None).first()
    if undo is None:
        return 0
    done = Done()
    _act(undo, pks[:AT_ONCE], do, given, at, done)
    if rest := pks[AT_ONCE:]:
        given, zone = dict(given), str(at.tzinfo)
        enqueue("undo.go_on", undo_id=undo_id, pks=list(rest), do=do, given=given, zone=zone, account=undo.owner_id)
    return done.count


@transaction.atomic
def remember(*, owner_id: int, steps: Sequence[Step], at: datetime) -> UUID:
    """Keep how something is taken back. :returns: the name under which it is"""
    return Undo.objects.create(owner_id=owner_id, steps=list(steps), made_at=at).uid


@transaction.atomic
def complete_reminder(*, reminder: Reminder, at: datetime) -> UUID:
    """Tick a reminder off, so that it can be taken back. :raises Conflict: when it was ticked off before"""
    reminders.complete(reminder=reminder, at=at)
    return remember(owner_id=reminder.owner_id, steps=[{"do": "reopen", "reminder": reminder.pk}], at=at)


@transaction.atomic
def put_off_reminder(*, reminder: Reminder, until: datetime, at: datetime) -> UUID:
    """Put a reminder off, so that it can be taken back."""
    was = reminder.remind_at.isoformat()
    reminders.update(reminder=reminder, at=at, remind_at=until)
    return remember(owner_id=reminder.owner_id, steps=[{"do": "remind", "reminder": reminder.pk, "was": was}], at=at)


@transaction.atomic
def drop_reminder(*, reminder: Reminder, at: datetime) -> UUID:
    """Delete a reminder, so that it can be taken back."""
    kept = reminders.delete(reminder=reminder, at=at)
    return remember(owner_id=reminder.owner_id, steps=[{"do": "restore", "kept": kept}], at=at)


@transaction.atomic
def delete_view(*, user_id: int, view_id: str, at: datetime) -> UUID:
    """Delete a kept view, so that it can be taken back. :raises Missing: when there is none"""
    view = views.delete(user_id=user_id, view_id=view_id, at=at)
    return remember(owner_id=user_id, steps=[{"do": "keep_view", "view": view}], at=at)


@transaction.atomic
def undo(*, owner_id: int, uid: UUID, at: datetime) -> list[str]:
    """Take back what was done. Repeating it is harmless.

    :returns: why something of it could not be taken back
    :raises Missing: when there is no such thing of theirs
    """
    found = Undo.objects.filter(owner_id=owner_id, uid=uid).first()
    if found is None:
        raise Missing()
    found = locked(found)
    if found.used_at is not None:
        return []
    found.used_at = at
    found.save(update_fields=["used_at"])
    problems = []
    for step in reversed(found.steps):
        try:
            with transaction.atomic():
                _UNDOING[step["do"]](owner_id, step, at)
        except Missing:
            problems.append("Something of it is not there any more.")
        except Refusal as refusal:
            problems.append(refusal.message)
    return list(dict.fromkeys(problems))


@transaction.atomic
def date_anew(*, owner_id: int, uid: UUID, day: date, at: datetime) -> None:
    """Date the moves of what was done anew.

    :param at: the time on the owner's clock
    :raises Missing: when there is no such thing of theirs, or it was taken back
    :raises Invalid: when the day is to come, or others happened between
    """
    found = Undo.objects.filter(owner_id=owner_id, uid=uid, used_at=None).first()
    if found is None:
        raise Missing()
    for step in found.steps:
        if step["do"] == "take_back":
            application = queries.application(owner_id=owner_id, pk=step["application"])
            services.date_anew(application=application, move_id=step["move"], day=day, at=at)


def _take_back(owner_id: int, step: Step, at: datetime) -> None:
    application = queries.application(owner_id=owner_id, pk=step["application"])
    services.take_back(application=application, move_id=step["move"], at=at)


def _set_back(owner_id: int, step: Step, at: datetime) -> None:
    application = queries.application(owner_id=owner_id, pk=step["application"])
    # What somebody has changed since then stays.
    unchanged = {
        name: _read(name, was) for name, was in step["was"].items() if _said(application, name) == step["set"][name]
    }
    services.update(application=application, at=at, **unchanged)


def _untag(owner_id: int, step: Step, at: datetime) -> None:
    tag = Tag.objects.filter(owner_id=owner_id, pk=step["tag"]).first()
    if tag is None:
        raise Missing()
    services.remove_tag(application=queries.application(owner_id=owner_id, pk=step["application"]), tag=tag, at=at)


def _restore(owner_id: int, step: Step, at: datetime) -> None:
    bin_services.restore(bin_read.numbered(owner_id=owner_id, pk=step["kept"]), at=at)


def _reopen(owner_id: int, step: Step, at: datetime) -> None:
    reminder = reminders_read.numbered(owner_id=owner_id, pk=step["reminder"])
    reminders.update(reminder=reminder, at=at, completed_at=None)


def _remind(owner_id: int, step: Step, at: datetime) -> None:
    reminder = reminders_read.numbered(owner_id=owner_id, pk=step["reminder"])
    reminders.update(reminder=reminder, at=at, remind_at=datetime.fromisoformat(step["was"]))


def _keep_view(owner_id: int, step: Step, at: datetime) -> None:
    views.put_back(user_id=owner_id, view=step["view"], at=at)


_UNDOING: Mapping[str, Callable[[int, Step, datetime], None]] = {
    "take_back": _take_back,
    "set": _set_back,
    "untag": _untag,
    "restore": _restore,
    "reopen": _reopen,
    "remind": _remind,
    "keep_view": _keep_view,
}


def forget_old(*, at: datetime) -> int:
    """Forget what cannot be taken back any more. :returns: how much"""
    return Undo.objects.filter(made_at__lt=at - KEPT).delete()[0]
