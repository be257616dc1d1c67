"""How an API says no: one mapping of what goes wrong, which each API puts into words and an envelope of its own."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import HttpError

from onward.apis.base import Api
from onward.apis.bodies import UnreadableRequest
from onward.platform import disk
from onward.platform.refusals import (
    Conflict,
    Forbidden,
    Invalid,
    Missing,
    NoRoom,
    Refusal,
    Throttled,
    Unauthenticated,
)

logger = logging.getLogger(__name__)

# Where something is wrong ("body", "query", "form"), and what Pydantic says of it.
Problem = tuple[str, Any]


class Errors:
    """What an API answers when something goes wrong; each API says in a subclass how that is put."""

    # What a client is asked for that does not say who it is.
    challenge: ClassVar[str] = "Bearer"
    # Of refusals that name no field.
    statuses: ClassVar[Mapping[type[Refusal], int]] = {Invalid: 400, Conflict: 400}

    def say(self, status: int, message: str, *, code: str = "") -> HttpResponse:
        """Put a sentence into the envelope of this API. :param code: a stable word for programs"""
        raise NotImplementedError

    def say_fields(self, refusal: Refusal) -> HttpResponse:
        """Answer a refusal that names fields, by the record's names."""
        raise NotImplementedError

    def say_unreadable(self, problems: list[Problem]) -> HttpResponse:
        """Answer a request whose parts do not validate."""
        raise NotImplementedError

    def say_nobody(self, refusal: Unauthenticated) -> HttpResponse:
        """Answer a request of nobody, or with a token that does not hold."""
        return self.say(401, refusal.message, code=refusal.code)

    def say_clash(self) -> HttpResponse:
        """Answer what breaks a constraint that no service names."""
        return self.say(400, self.short(Conflict.message), code=Conflict.code)

    def short(self, sentence: str) -> str:
        """Return a sentence that is answered by itself."""
        return sentence

    def nothing(self, request: HttpRequest, values: set[str]) -> str:
        """Return what is said where an id cannot be one. :param values: those ids"""
        return self.short(Missing.message)

    def register(self, api: Api) -> None:
        """Make an API answer so."""
        out_of_range = self.short("A value is out of range.")
        handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
            UnreadableRequest: self._unreadable,
            Refusal: self.refused,
            HttpError: self._http_error,
            Http404: lambda request, problem: self.say(404, self.short(Missing.message), code=Missing.code),
            PermissionDenied: lambda request, problem: self.say(403, Forbidden.message, code=Forbidden.code),
            RequestDataTooBig: lambda request, problem: self.say(413, self.short("Request body is too large.")),
            SuspiciousOperation: lambda request, problem: self.say(400, self.short("Bad request.")),
            IntegrityError: self._clash,
            DataError: lambda request, problem: self.say(400, out_of_range),
            OperationalError: self._out_of_order,
            InterfaceError: self._out_of_order,
            OSError: self._no_file,
            Exception: self._failed,
        }
        for problem, handler in handlers.items():
            api.add_exception_handler(problem, handler)

    def refused(self, request: HttpRequest, refusal: Refusal) -> HttpResponse:
        """Answer a refusal."""
        match refusal:
            case Throttled():
                response = self.say(429, refusal.message, code=refusal.code)
                response["Retry-After"] = str(refusal.wait)
            case NoRoom():
                response = self.say(507, refusal.message, code=refusal.code)
            case Unauthenticated():
                response = self.say_nobody(refusal)
                response["WWW-Authenticate"] = self.challenge
            case Missing():
                response = self.say(404, self.short(refusal.message), code=refusal.code)
            case Forbidden():
                response = self.say(403, refusal.message, code=refusal.code)
            case _ if refusal.fields:
                response = self.say_fields(refusal)
            case _:
                response = self.say(self.statuses.get(type(refusal), 400), refusal.message, code=refusal.code)
        return response

    def unread(self, message: str, status: int) -> HttpResponse:
        """Answer a request whose body is no JSON, or of another type."""
        return self.say(status, message)

    def _http_error(self, request: HttpRequest, problem: HttpError) -> HttpResponse:
        # What Ninja says of a body that cannot be read hides the reason, which is the cause.
        cause = problem.__cause__ if isinstance(problem.__cause__, HttpError) else problem
        return self.unread(cause.message, cause.status_code)

    def _unreadable(self, request: HttpRequest, problem: UnreadableRequest) -> HttpResponse:
        found: list[Problem] = []
        for context in problem.contexts:
            source = str(context.model.__ninja_param_source__)
            errors = context.pydantic_validation_error.errors(include_url=False)
            if source == "path":
                # An id that cannot be one names nothing.
                return self.say(404, self.nothing(request, {str(error["input"]) for error in errors}))
            found.extend((source, error) for error in errors)
        return self.say_unreadable(found)

    def _clash(self, request: HttpRequest, problem: Exception) -> HttpResponse:
        # What PostgreSQL says of it quotes the row, which is nobody's but its owner's.
        diagnosis = getattr(problem.__cause__, "diag", None)
        constraint = getattr(diagnosis, "constraint_name", None) or type(problem).__name__
        logger.warning("a constraint that no service names: %s", constraint)
        return self.say_clash()

    def _out_of_order(self, request: HttpRequest, problem: Exception) -> HttpResponse:
        if disk.is_full(problem):
            disk.report(problem)
            response = self.say(503, disk.SENTENCE)
        else:
            logger.error("the database does not answer: %s", type(problem.__cause__ or problem).__name__)
            response = self.say(503, "The service is unavailable for the moment. Please try again.")
        response["Retry-After"] = "5"
        return response

    def _no_file(self, request: HttpRequest, problem: OSError) -> HttpResponse:
        if not disk.is_full(problem):
            return self._failed(request, problem)
        disk.report(problem)
        return self.refused(request, NoRoom())

    def _failed(self, request: HttpRequest, problem: Exception) -> HttpResponse:
        logger.error("a request failed", exc_info=problem)
        return self.say(500, "Something went wrong on our side. Nothing that was saved before is lost.")
