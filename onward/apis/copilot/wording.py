"""Saying refusals in the words of one chapter of the document, where several chapters call one thing differently."""

from collections.abc import Iterator
from contextlib import contextmanager

from onward.apis.resource import Resource
from onward.platform.refusals import Invalid


@contextmanager
def in_the_words_of(resource: Resource, **places: str) -> Iterator[None]:
    """Raise refusals again by the names that a resource has for its fields.

    :param places: the field at which a problem of several is told, by the refusal's code
    """
    try:
        yield
    except Invalid as refusal:
        fields = {
            resource.names.get(name, name) if name else places.get(refusal.code, ""): problems
            for name, problems in refusal.fields.items()
        }
        raise Invalid(refusal.message, code=refusal.code, fields=fields) from None
