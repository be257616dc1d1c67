"""What a client sends: strict JSON, checked field by field."""

import json
import re
from functools import cache
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.errors import HttpError, ValidationErrorContext
from ninja.parser import Parser
from pydantic import BaseModel, ValidationError, create_model

from onward.apis.openapi import BODY
from onward.platform.record import is_same
from onward.platform.wire.body import DEEPEST, Body


class StrictParser(Parser):
    """JSON as the standard has it: no NaN, no infinities, no bottomless nesting, and no other content type."""

    def parse_body(self, request: HttpRequest) -> Any:
        if (request.content_type or "").lower() != "application/json":
            raise HttpError(415, f'Unsupported media type "{request.content_type}" in request.')
        return strict_json(request.body)


def strict_json(body: bytes) -> Any:
    """Read a JSON document.

    :raises HttpError: 400, when it is none
    """
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise HttpError(400, "JSON parse error - the text is not UTF-8.") from None
    if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
        raise HttpError(400, f"JSON parse error - nested more than {DEEPEST} deep.")
    # Where no number is too long, the decoder need not call us for each of them.
    decoder = _CAREFUL_DECODER if _TOO_LONG.search(text) else _DECODER
    try:
        return decoder.decode(text)
    except (ValueError, RecursionError) as problem:
        raise HttpError(400, f"JSON parse error - {problem}") from None


# A string whole, or up to the end where it has none; or a bracket.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


def _depth(text: str) -> int:
    """Count how deep brackets nest; brackets inside of strings count for nothing."""
    depth = deepest = 0
    for token in _TOKEN.finditer(text):
        letter = token[0]
        if letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                break
        elif letter in "]}":
            depth -= 1
    return deepest


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


_LONGEST_NUMBER = 40
_TOO_LONG = re.compile(rf"\d{{{_LONGEST_NUMBER + 1}}}")


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{digits[:20]} is too large a number")
    return number


_DECODER = json.JSONDecoder(parse_constant=_refused, parse_float=_fraction)
_CAREFUL_DECODER = json.JSONDecoder(parse_constant=_refused, parse_int=_whole, parse_float=_fraction)


class UnreadableRequest(Exception):
    """A request whose parts do not validate. :ivar contexts: what Pydantic says, with the models that said it"""

    def __init__(self, contexts: list[ValidationErrorContext[Any]]) -> None:
        self.contexts = contexts
        super().__init__("the request does not validate")


def read_body(request: HttpRequest) -> Any:
    """Read the JSON that a client sends; nothing at all is an empty object.

    :raises HttpError: 400 or 415, when it is no JSON
    """
    return StrictParser().parse_body(request) if request.body else {}


def sent(
    request: HttpRequest, body: type[Body], *, shown: str | None = None, whole: type[Body] | None = None
) -> dict[str, Any]:
    """Read what a client sends, field by field; what it does not send is not in it.

    :param shown: the object as this client saw it, a JSON document. What comes back as it was shown is left out
        before anything is checked: it changes nothing, even where the record holds more than this API takes.
    :param whole: a body that says what must be sent even so
    :raises UnreadableRequest: when it does not validate
    """
    given = read_body(request)
    if whole is not None and isinstance(given, dict) and _needed(whole) - given.keys():
        # Something is not there that must be; the whole body says what.
        return _checked(whole, given)
    return changed(given, body, shown=shown)


def changed(given: Any, body: type[Body], *, shown: str | None) -> dict[str, Any]:
    """Check what a client gives, as JSON or in a form, field by field; `sent` reads it of JSON.

    :param shown: the object as this client saw it, a JSON document
    :raises UnreadableRequest: when it does not validate
    """
    return _checked(body, given if shown is None else _without(given, json.loads(shown)))


def _without(given: Any, shown: dict[str, Any]) -> Any:
    if not isinstance(given, dict):
        return given
    return {name: value for name, value in given.items() if name not in shown or not is_same(shown[name], value)}


def _checked(body: type[Body], given: Any) -> dict[str, Any]:
    envelope = _envelope(body)
    try:
        found = envelope.model_validate({"body": given})
    except ValidationError as problem:
        raise UnreadableRequest([ValidationErrorContext(pydantic_validation_error=problem, model=envelope)]) from None
    values: dict[str, Any] = found.body.model_dump(exclude_unset=True)  # type: ignore[attr-defined]
    return values


@cache
def _needed(body: type[Body]) -> frozenset[str]:
    return frozenset(name for name, field in body.model_fields.items() if field.is_required())


@cache
def _envelope(body: type[Body]) -> type[BaseModel]:
    # As Ninja wraps a body, so that a problem is located alike.
    envelope = create_model("Sent", body=(body, ...))
    envelope.__ninja_param_source__ = "body"  # type: ignore[attr-defined]
    return envelope


def takes(body: type[Body]) -> dict[str, Any]:
    """Describe, in place (``openapi_extra=``), the body of an endpoint that reads it by itself."""
    return {"requestBody": {"content": {"application/json": {"schema": body.model_json_schema()}}, "required": True}}


def refers_to(body: type[Body]) -> dict[str, Any]:
    """Describe (``openapi_extra=``), among the document's schemas, the body of an endpoint that reads it by itself."""
    return {BODY: _envelope(body)}
