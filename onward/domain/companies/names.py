"""Names of employers, as the whole server compares them."""

import re
from functools import lru_cache

from cleanco import prepare_default_terms

from onward.platform.search import folded
from onward.platform.words import words

# How long a key may be: as long as a name.
LONGEST = 255

# cleanco's terms that are places or words before they are legal forms: "Acme UK" is not "Acme".
_NO_FORMS = {"ca", "da", "et", "eu", "nl", "ok", "pc", "pp", "private", "scoop", "sf", "ud", "uk", "vat"}
# Legal forms that cleanco does not list, as `words` writes them.
_MORE_FORMS = """
    aktiebolag · aktiengesellschaft · aktieselskab · and cia · and cie · anonim sirketi · asbl · b v · berhad · bsc ·
    cia · cie · d o o · dmcc · e k · e v · eireli · ek · eood · et cie · fz llc · fzco · fze · gesellschaft mbh ·
    ggmbh · haftungsbeschrankt · jsc · ltd sti · mbb · mbh · n v · ojsc · osakeyhtio · pbc · pjsc · pty · pvt · qsc ·
    s a · s a rl · s p a · s r l · s r o · sapi de cv · sau · slu · spolka akcyjna · sti · tbk · ug · unip · wll ·
    y cia ·
    ад · ао · еад · еоод · зао · оао · ооо · оод · пао · прат · тов · тоо · αε · επε · ικε · οε
"""
# Legal forms that stand before a name; most that may follow one are words there ("SAS", "SC Johnson").
_PREFIXES = {"ooo", "oao", "zao", "pao", "tov", "uab", "sia", "ооо", "оао", "зао", "пао", "ао", "тоо", "тов", "pt"}
# Chinese, Japanese and Korean forms are written without a space, before or behind.
_CJK = re.compile(
    r"^(?:株式会社|有限会社|合同会社|주식회사|유한회사)\s*|"
    r"\s*(?:株式会社|有限会社|合同会社|주식회사|유한회사|股份有限公司|有限责任公司|有限責任公司|有限公司)$"
)
# The same in brackets, as one sign (㈱) or as three.
_BRACKETED = re.compile(r"[(（](?:株|有|合|주|유)[)）]|[㈱㈲㈜]")
_SLASHED = re.compile(r"(?<!\w)([^\W\d_])/([^\W\d_])(?!\w)")


def _known_forms() -> frozenset[tuple[str, ...]]:
    listed = {tuple(words(_SLASHED.sub(r"\1\2", " ".join(parts)))) for _, parts in prepare_default_terms()}
    listed |= {tuple(words(form)) for form in _MORE_FORMS.split("·")}
    return frozenset(form for form in listed if form and " ".join(form) not in _NO_FORMS)


_FORMS = _known_forms()
_LONGEST_FORM = max(map(len, _FORMS))


@lru_cache(maxsize=4_000)
def name_key(name: str) -> str:
    """Reduce an employer's name to what makes it the same name: no regard to legal form, case, accents, punctuation.

    Never empty for a name that shows anything, at most `LONGEST` signs, and the key of a key is itself.
    """
    key = " ".join(core_words(name)) or _of_signs(name)
    # What is cut off may leave a legal form at the end.
    return key if len(key) <= LONGEST else name_key(key[:LONGEST])


def core_words(name: str) -> list[str]:
    """Return the words of a name without its legal form; with it, where there is nothing else."""
    return list(_core_words(name))


@lru_cache(maxsize=4_000)
def _core_words(name: str) -> tuple[str, ...]:
    bare = _CJK.sub("", _BRACKETED.sub(" ", name).strip()) if not name.isascii() else name
    found = words(_SLASHED.sub(r"\1\2", bare)) or words(name)
    while (shorter := _without_a_form(found)) != found:
        found = shorter
    return tuple(found)


def _without_a_form(found: list[str]) -> list[str]:
    for length in range(min(_LONGEST_FORM, len(found) - 1), 0, -1):
        if tuple(found[-length:]) in _FORMS:
            return found[:-length]
    return found[1:] if len(found) > 1 and found[0] in _PREFIXES else found


def _of_signs(name: str) -> str:
    """Return a key of a name without letters and digits; what no database keeps is left out."""
    kept = "".join(sign for sign in name if sign != "\0" and not "\ud800" <= sign <= "\udfff")
    return " ".join(folded(kept).split())
