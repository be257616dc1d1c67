"""What people read when no view answers, or when what they asked for is over."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _

from onward.web.frame.look import Look

# With these the request itself is sound, and may be asked whose it is and how pages shall look.
_SOUND = {403, 404, 410}


def error_page(
    request: HttpRequest, *, status: int, title: str, sentence: str, back: str = "", label: str = ""
) -> HttpResponse:
    """Return a page that says what went wrong: in the app's frame for who is signed in there.

    :param title: and the sentence, in the language of the page
    :param back: where the way on leads: usually to Today, or to the front door
    """
    sound = status in _SOUND
    actor: Any = getattr(request, "actor", None) if sound else None
    context = {
        "layout": "frame/plain.jinja" if actor is None else "frame/shell.jinja",
        "actor": actor,
        "area": "",
        "chosen_look": Look.of(request) if sound else Look(),
        "status": status,
        "title": title,
        "sentence": sentence,
        "back": back or (reverse("today:today") if actor else "/"),
        "label": label or (_("To Today") if actor else _("To the start")),
        "id": getattr(request, "id", ""),
    }
    # Of a request that is not sound nothing is asked, not even for a form's token.
    template = get_template("frame/error.jinja", using="app")
    return HttpResponse(template.render(context, request if sound else None), status=status)
