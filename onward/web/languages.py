"""The language of pages: what people read is English in the code, and goes through gettext into the reader's own.

APIs, exports and whatever is stored stay English: outside of `spoken` every sentence is the code's own.
"""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request, override, to_locale, trans_real

# English as it is written outside of the United States: 3 May, 14:00.
_ENGLISH = Locale("en", "GB")


class Language(NamedTuple):
    """A language of pages.

    :ivar locale: how days and numbers are written in it
    :ivar gettext: returns a sentence in it
    :ivar ngettext: returns one of two sentences in it, by a number
    """

    code: str
    locale: Locale
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


def _of_the_code(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


_AS_WRITTEN = Language("en", _ENGLISH, str, _of_the_code)
# A page asks some thousand times; to ask Django each time would cost as much as the rest of it.
_SPOKEN = ContextVar("language", default=_AS_WRITTEN)


@contextmanager
def spoken(request: HttpRequest) -> Iterator[str]:
    """Let sentences be in the language that a browser asks for, as far as there is one. The value is its code."""
    code = get_language_from_request(request)
    token = _SPOKEN.set(learn(code))
    # Threads serve APIs, too: the language ends with the page.
    try:
        with override(code):
            yield code
    finally:
        _SPOKEN.reset(token)


def spoken_now() -> Language:
    """Return the language of this page."""
    return _SPOKEN.get()


@cache
def learn(code: str) -> Language:
    """Return a language; our own sentences in it are added, once, to those that Django brings."""
    own = files(code)
    if code == "en" and not own:
        return _AS_WRITTEN
    known = trans_real.translation(code)
    for file in own:
        with file.open("rb") as opened:
            catalogue = read_po(opened, locale=to_locale(code).partition("_")[0])
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        known.merge(GNUTranslations(compiled))
    return Language(code, _locale(code), known.gettext, known.ngettext)


def files(code: str) -> list[Path]:
    """Return the files with our sentences in a language."""
    wanted = (Path(folder) / to_locale(code) / "LC_MESSAGES" / "onward.po" for folder in settings.LOCALE_PATHS)
    return [file for file in wanted if file.is_file()]


def _locale(code: str) -> Locale:
    for name in (to_locale(code), re.split("[-_]", code)[0]):
        try:
            found = Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
        return _ENGLISH if str(found) == "en" else found
    return _ENGLISH
