"""Reading a wire class backwards: what its fields are called where they are written."""

from typing import Any, NamedTuple

from onward.platform.lens import FreeText, Lens, Unset
from onward.platform.wire.fields import From
from onward.platform.wire.wire import Wire, optional


class Written(NamedTuple):
    """How a field that a client sends is written.

    :ivar name: the record's name for it
    :ivar lens: reads the contract's words back
    :ivar stored: the attribute of the row that holds it now; none where it is no column
    :ivar related: the relation whose row it names by its uid: "application"
    :ivar nullable: whether null is one of its values; where it is not, null says nothing
    """

    name: str
    lens: Lens | FreeText | Unset | None = None
    stored: str | None = None
    related: str | None = None
    nullable: bool = True


def written(wire: type[Wire]) -> dict[str, Written]:
    """Return how each field of a wire class is written, by its name."""
    return {name: _written(name, info.annotation, info.metadata) for name, info in wire.model_fields.items()}


def _written(name: str, annotation: Any, metadata: list[Any]) -> Written:
    source = next((m for m in metadata if isinstance(m, From)), None)
    nullable = optional(annotation)
    if source is None:
        return Written(name, stored=name, nullable=nullable)
    path = source.source
    if source.writes or not isinstance(path, str):
        return Written(source.writes or name, source.lens, nullable=nullable)
    relation, _, column = path.partition("__")
    if column == "uid":
        return Written(f"{relation}_id", related=relation, nullable=nullable)
    if column:
        return Written(name, source.lens, nullable=nullable)
    return Written(path, source.lens, stored=path, nullable=nullable)
