"""The pages that show an API's document: Swagger UI to try it, ReDoc to read it."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from onward.apis.catalogue import APIS

# These pages belong to an API, where the pages' policy is not sent; theirs is as narrow as the two tools allow. Their
# style elements are allowed by a nonce (see static/onward/docs/strict.js), their scripts by our own host.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:"
)
# ReDoc's search runs in a worker that it makes from its own text.
WORKERS = "; worker-src blob:"


def swagger(request: HttpRequest, *, title: str, schema_url: str) -> HttpResponse:
    """Show an OpenAPI document in Swagger UI, where people sign in and try every operation."""
    return _page(request, "docs/swagger.html", POLICY, title, schema_url)


def redoc(request: HttpRequest, *, title: str, schema_url: str) -> HttpResponse:
    """Show an OpenAPI document in ReDoc."""
    return _page(request, "docs/redoc.html", POLICY + WORKERS, title, schema_url)


def _page(request: HttpRequest, template: str, policy: str, title: str, schema_url: str) -> HttpResponse:
    nonce = secrets.token_urlsafe(18)
    shown = {
        "title": title,
        "schema_url": schema_url,
        "nonce": nonce,
        "apis": [api for api in APIS if api.documentation],
        "here": request.path,
    }
    response = HttpResponse(render_to_string(template, shown))
    response["Content-Security-Policy"] = policy.format(nonce=nonce)
    response["X-Frame-Options"] = "DENY"
    return response
