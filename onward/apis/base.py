"""What the five APIs have in common: strict JSON in, ready JSON out, a bearer token, and no promise beyond that."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache, wraps
from http import HTTPStatus
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationErrorContext
from ninja.parser import Parser
from pydantic import BaseModel, ValidationError, create_model

from onward.apis.openapi import as_version_3_0
from onward.platform.tokens.actor import Actor
from onward.platform.tokens.bearer import signed_in
from onward.platform.wire.body import DEEPEST, Body


class Request(HttpRequest):
    """A request as the edge and the bearer token have completed it."""

    auth: Actor
    api: str
    api_prefix: str
    client_address: str
    id: str
    now: datetime


def local_time(request: Request) -> datetime:
    """Give the time of a request on the clock of the person who asks: its date is their today, its zone has a name."""
    return request.now.astimezone(ZoneInfo(request.auth.zone))


def answer(document: str | bytes, status: int = 200) -> HttpResponse:
    """Send JSON that is ready."""
    return HttpResponse(document, status=status, content_type="application/json")


class StrictParser(Parser):
    """JSON as the standard has it: no NaN, no infinities, no bottomless nesting, and no other content type."""

    def parse_body(self, request: HttpRequest) -> Any:
        kind = (request.content_type or "").lower()
        if kind != "application/json" and not kind.endswith("+json"):
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
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError) as problem:
        raise HttpError(400, f"JSON parse error - {problem}") from None


def _depth(text: str) -> int:
    """Count how deep brackets nest; brackets inside of strings count for nothing."""
    depth = deepest = 0
    inside = escaped = False
    for letter in text:
        if inside:
            if escaped:
                escaped = False
            elif letter == "\\":
                escaped = True
            elif letter == '"':
                inside = False
        elif letter == '"':
            inside = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                break
        elif letter in "]}":
            depth -= 1
    return deepest


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _whole(digits: str) -> int:
    if len(digits) > 40:
        raise ValueError("a number is too long")
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{digits[:20]} is too large a number")
    return number


_DECODER = json.JSONDecoder(parse_constant=_refused, parse_int=_whole, parse_float=_fraction)


class UnreadableRequest(Exception):
    """A request whose parts do not validate. :ivar contexts: what Pydantic says, with the models that said it"""

    def __init__(self, contexts: list[ValidationErrorContext[Any]]) -> None:
        self.contexts = contexts
        super().__init__("the request does not validate")


def sent(request: HttpRequest, body: type[Body], *, shown: str | None = None) -> dict[str, Any]:
    """Read what a client sends, field by field; what it does not send is not in it.

    :param shown: the object as this client saw it, a JSON document. What comes back as it was shown is left out
        before anything is checked: it changes nothing, even where the record holds more than this API takes.
    :raises UnreadableRequest: when it does not validate
    """
    given = StrictParser().parse_body(request) if request.body else {}
    if shown is not None and isinstance(given, dict):
        before = json.loads(shown)
        given = {name: value for name, value in given.items() if name not in before or not _same(before[name], value)}
    envelope = _envelope(body)
    try:
        checked = envelope.model_validate({"body": given})
    except ValidationError as problem:
        raise UnreadableRequest([ValidationErrorContext(pydantic_validation_error=problem, model=envelope)]) from None
    values: dict[str, Any] = checked.body.model_dump(exclude_unset=True)  # type: ignore[attr-defined]
    return values


def _same(one: Any, other: Any) -> bool:
    # As JSON: to Python, true is 1.
    return one == other and json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@cache
def _envelope(body: type[Body]) -> type[BaseModel]:
    # As Ninja wraps a body, so that a problem is located alike.
    envelope = create_model("Sent", body=(body, ...))
    envelope.__ninja_param_source__ = "body"  # type: ignore[attr-defined]
    return envelope


def takes(body: type[Body]) -> dict[str, Any]:
    """Describe, for OpenAPI (``openapi_extra=``), the body of an endpoint that reads it with `sent`."""
    return {"requestBody": {"content": {"application/json": {"schema": body.model_json_schema()}}, "required": True}}


def _empty_is_an_empty_object(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(run)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # A form is left to its own parser: Django refuses to hold one with a file as a plain body.
        if request.method != "GET" and request.content_type != "multipart/form-data" and not request.body:
            request._body = b"{}"
            request.content_type = "application/json"
        return run(request, *args, **kwargs)

    return wrapped


REFUSED = {
    "description": "A refusal, in the words of this API",
    "content": {"application/json": {"schema": {"type": "object"}}},
}


class Api(NinjaAPI):
    """One documented API."""

    def __init__(self, *, title: str, description: str, name: str) -> None:
        super().__init__(
            title=title,
            description=description,
            version="1.0.0",
            urls_namespace=name,
            auth=signed_in,
            parser=StrictParser(),
            # Each API serves its documents where its contract says.
            docs_url=None,
            openapi_url=None,
        )
        self.name = name
        self.add_decorator(_empty_is_an_empty_object, mode="view")

    def _get_urls(self) -> list[Any]:
        patterns = super()._get_urls()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = self._saying_which_methods(pattern.callback)
        return patterns

    def _saying_which_methods(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and isinstance(response, HttpResponse):
                # Ninja says it in plain text.
                response["Content-Type"] = "application/json"
                response.content = json.dumps({"detail": f'Method "{request.method}" not allowed.'}).encode()
            return response

        return wrapped

    def validation_error_from_error_contexts(self, error_contexts: list[ValidationErrorContext[Any]]) -> Any:
        return UnreadableRequest(error_contexts)

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        return f"/{self.name}/"

    def get_openapi_operation_id(self, operation: Any) -> str:
        return f"{operation.view_func.__module__.rsplit('.', 1)[-1]}_{operation.view_func.__name__}"

    def document(self, prefix: str) -> dict[str, Any]:
        """Give the OpenAPI document with its paths as they are asked for under a prefix."""
        document = self.get_openapi_schema(path_prefix=f"{prefix}/")
        for operations in document["paths"].values():
            for operation in operations.values():
                # Every operation may be refused, whatever it is: nobody is signed in, it is not there, too often.
                operation["responses"].setdefault("default", REFUSED)
        return as_version_3_0(document)
