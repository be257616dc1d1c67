"""Private files over HTTP: to their owner by token, to whoever holds a signed link without one."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpRequest

from onward.apis.base import Request
from onward.domain.resumes.models import Resume
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


def upload_form(takes: str, **fields: dict[str, Any]) -> dict[str, Any]:
    """Describe a form with a file.

    :param takes: which files
    :param fields: what else it has; what has a least length must be sent
    """
    required = ["file", *(name for name, schema in fields.items() if schema.get("minLength"))]
    properties = {"file": {"type": "string", "format": "binary", "description": takes}, **fields}
    schema = {"type": "object", "required": required, "properties": properties}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


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


def resume_link(request: Request, resume: Resume) -> str:
    """Make the whole address of a résumé's file for those to whom it was sent: it opens for a while.

    Where its file is elsewhere, that address; where there is none, nothing.
    """
    if not resume.file_key:
        return resume.external_url
    expires = int((request.now + storage.LIFETIME).timestamp())
    signature = storage.sign(resume.file_key, expires=expires)
    path = f"/tracker/api/v1/applications/resumes/{resume.pk}/file/"
    return request.build_absolute_uri(f"{path}?expires={expires}&signature={signature}")


def download(
    request: Request, resume: Resume | None, own: Callable[[int], Resume], *, expires: str, signature: str
) -> FileResponse:
    """Send a résumé's file, by a link that opens it or to its owner.

    :param resume: whose file the link is for, whoever owns it; none, where there is no file
    :param own: finds the résumé among those of a person, or refuses
    :raises Forbidden: when there is neither a good link nor a token. The same for every id: a link tells nothing of
        what it does not open.
    """
    is_good = resume and storage.is_good(resume.file_key, expires=expires, signature=signature, at=request.now)
    if resume is None or not is_good:
        if bearer_token(request) is None:
            raise Forbidden("This link is not valid, or not any more.")
        resume = own(signed_in(request).user_id)
    return storage.download(resume.file_key, name=resume.file_name, content_type=resume.content_type)
