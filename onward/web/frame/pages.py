"""How a view answers with a page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.cache import patch_cache_control

from onward.web.frame.look import Look


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a template of the app. Nobody but the reader's own browser may keep the answer."""
    actor = getattr(request, "actor", None)
    shown = {"actor": actor, "area": template.partition("/")[0], "chosen_look": Look.of(request), **(context or {})}
    response = HttpResponse(get_template(template, using="app").render(shown, request), status=status)
    patch_cache_control(response, private=True, no_cache=True)
    return response
