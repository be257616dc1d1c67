"""The language of pages: what people read is English in the code, and goes through gettext into the reader's own.

APIs, exports and whatever is stored stay English: outside of `spoken` every sentence is the code's own.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_from_request, override, to_locale, trans_real

# English as it is written outside of the United States: 3 May, 14:00.
_ENGLISH = Locale("en", "GB")


@contextmanager
def spoken(request: HttpRequest) -> Iterator[str]:
    """Let sentences be in the language that a browser asks for, as far as there is one. The value is its code."""
    language = get_language_from_request(request)
    learn(language)
    # Threads serve APIs, too: the language ends with the page.
    with override(language):
        yield language


@cache
def learn(language: str) -> None:
    """Add our own sentences in a language, once, to those that Django brings."""
    for file in files(language):
        with file.open("rb") as opened:
            catalogue = read_po(opened, locale=to_locale(language).partition("_")[0])
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        trans_real.translation(language).merge(GNUTranslations(compiled))


def files(language: str) -> list[Path]:
    """Return the files with our sentences in a language."""
    wanted = (Path(folder) / to_locale(language) / "LC_MESSAGES" / "onward.po" for folder in settings.LOCALE_PATHS)
    return [file for file in wanted if file.is_file()]


def locale() -> Locale:
    """Return how days and numbers are written in the language of this page."""
    return _locale(get_language() or settings.LANGUAGE_CODE)


@cache
def _locale(language: str) -> Locale:
    for code in (to_locale(language), re.split("[-_]", language)[0]):
        try:
            found = Locale.parse(code)
        except (UnknownLocaleError, ValueError):
            continue
        return _ENGLISH if str(found) == "en" else found
    return _ENGLISH
