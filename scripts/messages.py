"""Collect the sentences of all pages, and bring the file of each language up to date.

    python scripts/messages.py [LANGUAGE ...]

A language that is named and has no file yet gets one. ``--pseudo FOLDER`` writes the made-up language en_XA there, in
which every sentence is marked and a third longer: what is in plain English on a page in it does not go through gettext.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).resolve().parent.parent
WEB = HOUSE / "onward" / "web"
LOCALE = WEB / "locale"
# Besides the pages: what is said when none answers.
ERRORS = HOUSE / "onward" / "config" / "errors.py"
METHODS = [("**.py", "python"), ("**.jinja", "jinja2")]
OPTIONS = {"**.jinja": {"trimmed": "true", "silent": "false"}}
KEYWORDS = DEFAULT_KEYWORDS | dict.fromkeys(("gettext_lazy", "gettext_noop", "_lazy", "_noop"))
PSEUDO = "en_XA"
# Django's own sentences that pages show: errors of fields, and what is wrong with a password.
DJANGOS = ("conf/locale", "contrib/auth/locale")
_KEPT = re.compile(r"(%\(\w+\)[a-z]|%[sd%]|\{\w+\}|<[^>]*>|&\w+;)")
_TWICE = {"a": "âá", "e": "éè", "i": "îí", "o": "ôó", "u": "ûú", "A": "Âá", "E": "Éè", "I": "Îí", "O": "Ôó", "U": "Ûú"}
_LETTERS = str.maketrans(
    {
        **dict(zip("bcdfghjklmnpqrstvwxyz", "ƀçðƒĝĥĵķļɱñþǫŕšţṽŵẋýž", strict=True)),
        **dict(zip("BCDFGHJKLMNPQRSTVWXYZ", "ƁÇÐƑĜĤĴĶĻṀÑÞǪŔŠŢṼŴẊÝŽ", strict=True)),
        **_TWICE,
    }
)


def collected() -> Catalog:
    """Return every sentence, with the files that it stands in."""
    catalogue = Catalog(header_comment="# The sentences of Onward's pages.", project="Onward", fuzzy=False)
    of_pages = extract_from_dir(WEB, METHODS, OPTIONS, KEYWORDS)
    of_errors = extract_from_file("python", ERRORS, KEYWORDS)
    for file, _, message, comments, context in of_pages:
        where = (WEB / file).relative_to(HOUSE).as_posix()
        catalogue.add(message, locations=[(where, 1)], auto_comments=comments, context=context)
    for _, message, comments, context in of_errors:
        where = ERRORS.relative_to(HOUSE).as_posix()
        catalogue.add(message, locations=[(where, 1)], auto_comments=comments, context=context)
    return catalogue


def file_of(language: str, folder: Path = LOCALE) -> Path:
    """Return where the sentences of a language are."""
    return folder / language / "LC_MESSAGES" / "onward.po"


def write(catalogue: Catalog, file: Path) -> None:
    """Write sentences without the lines that they stand in, which change all the time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        write_po(opened, catalogue, width=120, sort_by_file=True, include_lineno=False)


def pseudo(folder: Path) -> Path:
    """Write the made-up language into a folder of languages, and return its file."""
    made = Catalog(locale=PSEUDO.partition("_")[0], project="Onward")
    for message in (*collected(), *_of_django()):
        if message.id:
            said = tuple(marked(form) for form in _forms(message.id))
            made.add(message.id, said if len(said) > 1 else said[0], context=message.context)
    write(made, file_of(PSEUDO, folder))
    return file_of(PSEUDO, folder)


def marked(sentence: str) -> str:
    """Return a sentence in the made-up language, a third longer: what is put into it stays as it is."""
    parts = _KEPT.split(sentence)
    return f"[{''.join(part if number % 2 else part.translate(_LETTERS) for number, part in enumerate(parts))}]"


def _forms(text: Any) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (text,)


def _of_django() -> Iterator[Message]:
    for place in DJANGOS:
        with (Path(django.__path__[0]) / place / "en" / "LC_MESSAGES" / "django.po").open("rb") as file:
            yield from read_po(file)


def main(arguments: list[str]) -> int:
    """Write all files."""
    if arguments[:1] == ["--pseudo"]:
        print(pseudo(Path(arguments[1])))
        return 0
    template = collected()
    write(template, LOCALE / "onward.pot")
    print(f"{len(template)} sentences in {(LOCALE / 'onward.pot').relative_to(HOUSE)}")
    for language in sorted({*arguments, *(file.parent.parent.name for file in LOCALE.glob("*/*/onward.po"))}):
        file = file_of(language)
        if file.exists():
            with file.open("rb") as opened:
                catalogue = read_po(opened, locale=language)
        else:
            catalogue = Catalog(locale=language, project="Onward", fuzzy=False)
        catalogue.update(template)
        write(catalogue, file)
        missing = sum(message.fuzzy or not all(_forms(message.string)) for message in catalogue if message.id)
        print(f"{missing} of them are still to be said in {language}: {file.relative_to(HOUSE)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
