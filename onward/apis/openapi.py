"""OpenAPI documents in version 3.0, which the contracts promise; Ninja writes 3.1."""

from typing import Any

from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

VERSION = "3.0.3"
# Where an endpoint that reads its address or body by itself says (``openapi_extra=``) by which model it does.
ADDRESS = "x-address"
BODY = "x-body"


class Document(OpenAPISchema):
    """The document of an API. What endpoints read by themselves is described as if Ninja read it for them."""

    def operation_parameters(self, operation: Operation) -> list[dict[str, Any]]:
        found = super().operation_parameters(operation)
        address = (operation.openapi_extra or {}).get(ADDRESS)
        return found if address is None else [*found, *self._extract_parameters(address)]

    def request_body(self, operation: Operation) -> dict[str, Any]:
        body = (operation.openapi_extra or {}).get(BODY)
        if body is None:
            return super().request_body(operation)
        schema, _ = self._create_schema_from_model(body)
        return {"content": {"application/json": {"schema": schema}}, "required": True}

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        details = super().operation_details(operation)
        return {name: value for name, value in details.items() if name not in {ADDRESS, BODY}}


def as_version_3_0(document: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI 3.1 document in the words of 3.0.

    What differs in the schemas that Pydantic makes: null is a type of its own there and a property here, and constants
    and exclusive bounds are written in another way.
    """
    converted: dict[str, Any] = _converted(document)
    return {**converted, "openapi": VERSION}


def _converted(part: Any) -> Any:
    if isinstance(part, list):
        return [_converted(item) for item in part]
    if not isinstance(part, dict):
        return part
    part = {name: _converted(value) for name, value in part.items()}
    choices = part.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        part = _nullable({name: value for name, value in part.items() if name != "anyOf"}, choices)
    if "const" in part:
        part["enum"] = [part.pop("const")]
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(part.get(exclusive), int | float) and not isinstance(part[exclusive], bool):
            part[bound], part[exclusive] = part[exclusive], True
    return part


def _nullable(rest: dict[str, Any], choices: list[Any]) -> dict[str, Any]:
    others = [choice for choice in choices if choice != {"type": "null"}]
    if len(others) > 1:
        return {**rest, "anyOf": others, "nullable": True}
    (other,) = others
    # Beside a reference nothing counts in 3.0, so it is wrapped.
    shape = {"allOf": [other]} if "$ref" in other else other
    return {**shape, **rest, "nullable": True}
