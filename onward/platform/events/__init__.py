"""What happened, written down in the transaction of the change, and who reacts to it."""

from typing import TYPE_CHECKING, Any

from django.utils.module_loading import import_string

from onward.platform.events.event import Event

if TYPE_CHECKING:
    from onward.platform.events.publishing import OutsideTransaction, publish, publish_all
    from onward.platform.events.reactions import Reaction, later, now

__all__ = ["Event", "OutsideTransaction", "Reaction", "later", "now", "publish", "publish_all"]

_HOMES = {
    "OutsideTransaction": "publishing",
    "publish": "publishing",
    "publish_all": "publishing",
    "Reaction": "reactions",
    "later": "reactions",
    "now": "reactions",
}


def __getattr__(name: str) -> Any:
    # Models cannot be imported while Django loads its apps, and this package is one of them.
    if name not in _HOMES:
        raise AttributeError(name)
    return import_string(f"{__name__}.{_HOMES[name]}.{name}")
