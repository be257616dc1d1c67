"""How templates say something: sentences in the language of the page, with what is put into them escaped."""

from markupsafe import Markup, escape

from onward.web.languages import spoken_now


def gettext(sentence: str, /, **put: object) -> Markup:
    """Return a sentence in the language of the page, its named places filled."""
    return _filled(spoken_now().gettext(sentence), put)


def ngettext(one: str, many: str, num: int, /, **put: object) -> Markup:
    """Return one of two sentences, by a number. :param put: may name the number `num`, too"""
    return _filled(spoken_now().ngettext(one, many, num), {"num": num, **put})


def _filled(sentence: str, put: dict[str, object]) -> Markup:
    # Also of a sentence without places: two per cent signs are one in all of them.
    return Markup(sentence % {name: escape(value) for name, value in put.items()})  # noqa: S704 - ours, and the rest is escaped
