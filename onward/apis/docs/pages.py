"""The pages that show an API's document: Swagger UI to try it, ReDoc to read it."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

# These pages belong to an API, where the pages' policy is not sent; theirs is as narrow as the two tools allow. Both
# set styles from their scripts, which only 'unsafe-inline' permits; no script may run but ours from our own host.
_SHARED = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; img-src 'self' data:"
)
SWAGGER_POLICY = _SHARED
# ReDoc's search runs in a worker that it makes from its own text.
REDOC_POLICY = f"{_SHARED}; worker-src blob:"


def swagger(request: HttpRequest, *, title: str, schema_url: str) -> HttpResponse:
    """Show an OpenAPI document in Swagger UI, where a bearer token can be given and every request tried."""
    return _page("docs/swagger.html", SWAGGER_POLICY, title, schema_url)


def redoc(request: HttpRequest, *, title: str, schema_url: str) -> HttpResponse:
    """Show an OpenAPI document in ReDoc."""
    return _page("docs/redoc.html", REDOC_POLICY, title, schema_url)


def _page(template: str, policy: str, title: str, schema_url: str) -> HttpResponse:
    response = HttpResponse(render_to_string(template, {"title": title, "schema_url": schema_url}))
    response["Content-Security-Policy"] = policy
    response["X-Frame-Options"] = "DENY"
    return response
