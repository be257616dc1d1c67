"""The templates of the app: Jinja2, which knows macros with arguments and lets no misspelt name pass."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from onward.web import words
from onward.web.areas import AREAS
from onward.web.kit import dates, markdown, monogram, trail


def vendored(name: str) -> str:
    """Return the address of a vendored file as style sheets name it: its version stands in it, and it never changes."""
    return f"{settings.STATIC_URL}vendor/{name}"


def environment(**options: Any) -> Environment:
    """Return the environment of all templates under `onward/web` that end in ``.jinja``."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**{**options, "autoescape": True})  # noqa: S701 - it is on
    made.globals |= {
        # A page names its icons some hundred times; the names of files do not change while the server runs.
        "static": static if settings.DEBUG else cache(static),
        "vendored": vendored,
        "url": reverse,
        "areas": AREAS,
        "words": words,
        "draw_trail": trail.draw,
        "messages_of": get_messages,
    }
    made.filters["markdown"] = markdown.render
    made.filters |= {"hue": monogram.hue, "initials": monogram.initials, "day": dates.day, "moment": dates.moment}
    return made
