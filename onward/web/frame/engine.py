"""The templates of the app: Jinja2, which knows macros with arguments and lets no misspelt name pass."""

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from onward.web import refusals, words
from onward.web.areas import AREAS
from onward.web.kit import dates, markdown, monogram, sentences, trail
from onward.web.languages import spoken_now


def vendored(name: str) -> str:
    """Return the address of a vendored file as style sheets name it: its version stands in it, and it never changes."""
    return f"{settings.STATIC_URL}vendor/{name}"


def environment(**options: Any) -> Environment:
    """Return the environment of all templates under `onward/web` that end in ``.jinja``."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**{**options, "autoescape": True, "extensions": ["jinja2.ext.i18n"]})  # noqa: S701 - it is on
    # A sentence over several lines is one: its breaks are not the translator's.
    made.policies["ext.i18n.trimmed"] = True
    # New style: a sentence takes its parts by their names.
    made.newstyle_gettext = True  # type: ignore[attr-defined]
    made.globals |= {"_": sentences.gettext, "gettext": sentences.gettext, "ngettext": sentences.ngettext}
    made.globals |= {
        # A page names its icons some hundred times; the names of files do not change while the server runs.
        "static": static if settings.DEBUG else cache(static),
        "vendored": vendored,
        "url": reverse,
        "areas": AREAS,
        "language": spoken_now,
        "words": words,
        "said": refusals.said,
        "draw_trail": trail.draw,
        "tell_trail": trail.told,
        "messages_of": get_messages,
    }
    made.filters["markdown"] = markdown.render
    made.filters |= {"hue": monogram.hue, "initials": monogram.initials}
    made.filters |= {"day": dates.day, "moment": dates.moment, "weekday": dates.weekday, "clock": dates.clock}
    made.filters |= {"date_of_year": dates.date_of_year, "whole_date": dates.whole_date}
    return made
