"""The envelope that several documents share: ``{"detail": "…"}``, and for what does not validate 422 with a list.

Each entry of the list says where (``["body", "field"]``), what (``msg``) and which kind of problem it is (``type``).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, JsonResponse

from onward.apis import errors
from onward.platform.refusals import Conflict, Refusal, Unauthenticated
from onward.platform.tokens.signing import BadToken


class Errors(errors.Errors):
    """What such an API answers when something goes wrong.

    :cvar names: the document's name for a field, by the record's, where they differ
    :cvar places: the field that a problem of several fields is told at, by its code
    :cvar queried: fields that no body has: they are told in the query
    :cvar nobody: what is said to whoever is not signed in, or bears a token that does not hold; the refusal's own
        words without it
    """

    names: ClassVar[Mapping[str, str]] = {}
    places: ClassVar[Mapping[str, str]] = {}
    queried: ClassVar[Collection[str]] = ()
    nobody: ClassVar[str] = ""

    def say(self, status: int, message: str, *, code: str = "") -> HttpResponse:
        return JsonResponse({"detail": message}, status=status)

    def say_nobody(self, refusal: Unauthenticated) -> HttpResponse:
        known = refusal.code not in {Unauthenticated.code, BadToken.code}
        return self.say(401, refusal.message if known or not self.nobody else self.nobody)

    def say_fields(self, refusal: Refusal) -> HttpResponse:
        if isinstance(refusal, Conflict):
            # With a sentence, whether or not it names a field: what was sent is well-formed.
            return self.say(self.statuses[Conflict], refusal.message, code=refusal.code)
        return _problems(
            {
                "loc": [
                    "query" if name in self.queried else "body",
                    *filter(None, [self.names.get(name, name) or self.places.get(refusal.code)]),
                ],
                "msg": message,
                "type": refusal.code,
            }
            for name, messages in refusal.fields.items()
            for message in messages
        )

    def say_unreadable(self, problems: list[errors.Problem]) -> HttpResponse:
        return _problems(
            {
                "loc": [source, *_place(source, error["loc"])],
                "msg": str(error["msg"]).removeprefix("Value error, "),
                "type": error["type"],
            }
            for source, error in problems
        )

    def short(self, sentence: str) -> str:
        return sentence.removesuffix(".")

    def unread(self, message: str, status: int) -> HttpResponse:
        if status in {400, 415}:
            return _problems([{"loc": ["body"], "msg": message, "type": "json_invalid"}])
        return self.say(status, message)


def _place(source: str, loc: Sequence[Any]) -> Sequence[Any]:
    """Return where a problem is, without the name of the endpoint's parameter that Ninja puts first.

    Of a body it always does so, of a query where its parameters are told by a class.
    """
    is_of_class = len(loc) > 1 and isinstance(loc[1], str)
    return loc[1:] if source == "body" or is_of_class else loc


def unread(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Answer a request whose body was not read, because it is too large, too slow or no sense can be made of it."""
    return JsonResponse({"detail": sentence.removesuffix(".")}, status=status)


def _problems(found: Iterable[dict[str, Any]]) -> HttpResponse:
    return JsonResponse({"detail": list(found)}, status=422)
