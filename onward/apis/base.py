"""What the five APIs have in common: strict JSON in, ready JSON out, a bearer token, and no promise beyond that."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.functional import SimpleLazyObject
from ninja import NinjaAPI
from ninja.errors import ValidationErrorContext

from onward import __version__
from onward.apis.bodies import StrictParser, UnreadableRequest
from onward.apis.catalogue import APIS
from onward.apis.docs import pages
from onward.apis.docs.examples import with_examples
from onward.apis.openapi import Document, as_version_3_0
from onward.domain.accounts.visits import Visit
from onward.platform.http.awaiting import Awaited
from onward.platform.http.log import REQUEST_ID
from onward.platform.jobs import answers
from onward.platform.tokens.actor import Actor
from onward.platform.tokens.bearer import signed_in


class Request(HttpRequest):
    """A request as the edge and the bearer token have completed it."""

    auth: Actor
    api: str
    api_prefix: str
    client_address: str
    id: str
    now: datetime


def local_time(request: Request) -> datetime:
    """Return the time of a request on its reader's clock: the date is their today, the zone has a name."""
    return request.now.astimezone(ZoneInfo(request.auth.zone))


def context(request: Request) -> dict[str, Any]:
    """Return what statements may take of a request: who asks, and when."""
    user_id = request.auth.user_id
    return {
        "owner_id": user_id,
        "asker_id": user_id,
        "user_id": user_id,
        "now": request.now,
        "today": local_time(request).date(),
    }


def visit(request: HttpRequest) -> Visit:
    """Return what is remembered of somebody who comes in."""
    return Visit(request.api, request.client_address, request.headers.get("user-agent", ""))  # type: ignore[attr-defined]


def answer(document: str | bytes, status: int = 200) -> HttpResponse:
    """Send JSON that is ready."""
    return HttpResponse(document, status=status, content_type="application/json")


def awaited(request: Request, *, job_id: int, seconds: float, make: Callable[[], HttpResponse]) -> Awaited:
    """Answer when a job has ended, or when it is too late, and hold no thread until then.

    :param make: takes the job's answer; what it raises is said as an endpoint's would be
    """

    def made() -> HttpResponse:
        REQUEST_ID.set(request.id)
        try:
            return make()
        except Exception as problem:
            return Api.known[request.api].on_exception(request, problem)

    return Awaited(job_id=job_id, seconds=seconds, make=made, give_up=lambda: answers.give_up(job_id))


def _empty_is_an_empty_object(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(run)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # A form is left to its own parser: Django refuses to hold one with a file as a plain body.
        if request.method != "GET" and request.content_type != "multipart/form-data" and not request.body:
            request.had_no_body = True  # type: ignore[attr-defined]
            request._body = b"{}"
            request.content_type = "application/json"
        return run(request, *args, **kwargs)

    return wrapped


REFUSED = {
    "description": "A refusal, in the words of this API",
    "content": {"application/json": {"schema": {"type": "object"}}},
}


class Api(NinjaAPI):
    """One documented API. :cvar known: all there are, by name"""

    known: ClassVar[dict[str, "Api"]] = {}

    def __init__(self, *, title: str, description: str, name: str) -> None:
        super().__init__(
            title=title,
            description=description,
            version=__version__,
            urls_namespace=name,
            auth=signed_in,
            parser=StrictParser(),
            # Each API serves its documents where its contract says.
            docs_url=None,
            openapi_url=None,
        )
        self.name = name
        self.known[name] = self
        # How a method is refused that a path does not have.
        self.say_method: Callable[[str], HttpResponse] = lambda message: JsonResponse({"detail": message})
        self.add_decorator(_empty_is_an_empty_object, mode="view")

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        # Ninja has one ready for each request, which costs more than finding the route; endpoints mostly bring their
        # own.
        return SimpleLazyObject(lambda: super(Api, self).create_temporal_response(request))  # type: ignore[return-value]

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
                response.content = self.say_method(f'Method "{request.method}" not allowed.').content
            return response

        return wrapped

    def validation_error_from_error_contexts(self, error_contexts: list[ValidationErrorContext[Any]]) -> Any:
        return UnreadableRequest(error_contexts)

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        return f"/{self.name}/"

    def get_openapi_operation_id(self, operation: Any) -> str:
        return f"{operation.view_func.__module__.rsplit('.', 1)[-1]}_{operation.view_func.__name__}"

    def serve_document(self, refusals: Mapping[str, Any]) -> None:
        """Serve the OpenAPI document and the pages that show it, each where the catalogue says.

        :param refusals: bodies that this API refuses with, by what has happened: examples for people
        """
        served = next(api for api in APIS if api.name.lower() == self.name)
        own = f"/{self.name}/"

        def document(request: Request) -> HttpResponse:
            return JsonResponse(with_examples(self.document(request.api_prefix), refusals))

        def page_of(show: Callable[..., HttpResponse]) -> Callable[[Request], HttpResponse]:
            return lambda request: show(
                request, title=self.title, schema_url=f"{request.api_prefix}/{served.schema.removeprefix(own)}"
            )

        views = {
            served.schema: document,
            served.documentation: page_of(pages.swagger),
            served.reference: page_of(pages.redoc),
        }
        for path, view in views.items():
            if path:
                self.get(path.removeprefix(own), auth=None, include_in_schema=False)(view)

    def document(self, prefix: str) -> dict[str, Any]:
        """Return the OpenAPI document with its paths as they are asked for under a prefix."""
        document = Document(self, f"{prefix}/")
        for operations in document["paths"].values():
            for operation in operations.values():
                # Every operation may be refused, whatever it is: nobody is signed in, it is not there, too often.
                operation["responses"].setdefault("default", REFUSED)
        return as_version_3_0(document)
