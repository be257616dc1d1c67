from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, connections

from onward.platform.events.event import Event
from onward.platform.events.models import EventRecord
from onward.platform.events.reactions import table
from onward.platform.record.append import append, append_all


class OutsideTransaction(RuntimeError):
    """An event was published where a crash could part it from the change that it tells of."""


def publish(event: Event) -> int:
    """Write an event down and let its reactions follow, all in the transaction of the change that it tells of.

    :returns: its number
    :raises OutsideTransaction: when there is no such transaction
    """
    _need_transaction(event)
    number: int = append(
        EventRecord, name=event.name, owner_id=event.owner_id, payload=event.payload(), happened_at=event.at
    )
    for reaction in table().get(type(event), ()):
        reaction.react(event)
    return number


def publish_all(events: Sequence[Event]) -> None:
    """Write down events of one kind, as `publish` does each, in few statements.

    :raises OutsideTransaction: when there is no transaction around it and the changes
    """
    if not events:
        return
    _need_transaction(events[0])
    append_all(
        EventRecord,
        [
            {"name": event.name, "owner_id": event.owner_id, "payload": event.payload(), "happened_at": event.at}
            for event in events
        ],
    )
    for reaction in table().get(type(events[0]), ()):
        reaction.react_to_all(events)


def _need_transaction(event: Event) -> None:
    if not connections[DEFAULT_DB_ALIAS].in_atomic_block:
        raise OutsideTransaction(f"publish({type(event).__name__}) needs transaction.atomic around it and the change")
