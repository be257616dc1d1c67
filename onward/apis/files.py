"""Private files over HTTP: to their owner by token, to whoever holds a signed link without one."""

from typing import Any

from django.http import HttpRequest

from onward.apis.base import Request
from onward.platform import storage
from onward.platform.refusals import Forbidden
from onward.platform.tokens.bearer import bearer_token, signed_in

# How an endpoint that gives a résumé's file out describes it.
FILE: dict[str, Any] = {
    "security": [{"Bearer": []}],
    "responses": {
        200: {
            "description": "The file, to be saved",
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"}}
                for kind in (
                    "application/pdf",
                    "application/msword",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                )
            },
        }
    },
}


def token_or_link(request: HttpRequest) -> object:
    """Ask for the token, except where there is a link: the endpoint checks that against the file that it is for."""
    return "link" if "signature" in request.GET else signed_in(request)


def link(request: Request, path: str, *, key: str) -> str:
    """Make the whole address of a file, with the signature that opens it for a while.

    :param path: of the endpoint that gives the file out, without the prefix that was asked
    """
    expires = int((request.now + storage.LIFETIME).timestamp())
    signature = storage.sign(key, expires=expires)
    return request.build_absolute_uri(f"{request.api_prefix}{path}?expires={expires}&signature={signature}")


def opens(request: Request, key: str, *, expires: str, signature: str) -> bool:
    """Return whether the link that was asked opens a file; if not, the token decides.

    :param key: empty when there is no file
    :raises Forbidden: when there is no token either. The same for every id: a link tells nothing of what it does not
        open.
    """
    if key and storage.is_good(key, expires=expires, signature=signature, at=request.now):
        return True
    if bearer_token(request) is None:
        raise Forbidden("This link is not valid, or not any more.")
    return False
