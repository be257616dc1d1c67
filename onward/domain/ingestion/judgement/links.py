"""What a link identifies."""

import re
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from w3lib.url import canonicalize_url

# How long a key may be.
LONGEST = 255

# Parameters that say where a visitor comes from or in what language they read, never which posting it is.
_VISIT = re.compile(
    r"(?:utm|mtm|pk|hsa|wt|itm|li|oly|vero|trk|at)_\w+|_ga|_gl|_hs\w+|gh_src|lever-(?:source|origin)\S*|source|src|"
    r"(?:\w*ref(?:errer|erer|erral|id)?)|(?:fb|g|dc|msc|yc|tt|tw|ms)l?clid|gbraid|wbraid|igshid|igsh|mc_[ce]id|"
    r"tracking\w*|trk\w*|campaign\w*|s_kwcid|icid|scid|spm|jobboard|iisn?|lang|language|locale|hl",
    re.IGNORECASE,
)
# The parts of an address that a whole list of openings has.
_LISTING = re.compile(
    r"|[a-z]{2}(?:[-_][a-z]{2})?|about(?:-?us)?|company|team|home|index|default|search|all|list|"
    r"careers?|jobs?|(?:open-?)?(?:positions|roles|jobs)|openings|opportunities|vacanc(?:y|ies)|hiring|"
    r"join(?:-?(?:us|our-?team))?|work(?:-?(?:with|for|at)-?us)?|employment|internships?|"
    r"karriere|stellen(?:angebote|anzeigen)?|jobboerse|bewerbung|emplois?|carrieres?|recrutement|nous-rejoindre|offres|"
    r"empleos?|trabaja-con-nosotros|ofertas|vagas|carreiras|lavora-con-noi|carriere|vacatures|werken-bij|"
    r"jobb|lediga-jobb|kariera|praca|oferty-pracy|kariyer",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
# A fragment that a page's program reads: a path, a parameter, a number. Others say which part of the page to show.
_ROUTE = re.compile(r"^(?!:~:).*[/=\d]", re.DOTALL)

# In its canonical form as it is, as most links are: to bring it there takes ten times as long.
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[A-Za-z0-9/_.~-]*")


def url_key(url: str) -> str:
    """Return what makes two links lead to one posting: http or https, `LONGEST` signs at most.

    Left out are what says who visits (``utm_*``, ``ref``, ``gh_src``), a plain fragment, ``www.``, the scheme and a
    slash at the end. Empty when it is no link on the web, or names no posting: an employer's page of all openings.
    """
    try:
        parts = urlsplit(url if _PLAIN.fullmatch(url) else canonicalize_url(url.strip(), keep_fragments=True))
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    path = parts.path.rstrip("/").removesuffix("/apply")
    query, fragment = _told(parts.query), _route(parts.fragment)
    if not query and not fragment and all(_LISTING.fullmatch(_ENDING.sub("", part)) for part in path.split("/")):
        return ""
    host = parts.hostname.removeprefix("www.") + (f":{port}" if port not in {None, 80, 443} else "")
    return _bounded("https://" + host + path + (query and "?" + query) + (fragment and "#" + fragment))


def _told(query: str) -> str:
    """Return the parameters of a query that say something of the posting."""
    pairs = parse_qsl(query, keep_blank_values=True, encoding="utf-8", errors="surrogateescape")
    kept = [(name, value) for name, value in pairs if value and not _VISIT.fullmatch(name)]
    return urlencode(kept, errors="surrogateescape")


def _route(fragment: str) -> str:
    """Return a fragment if a page's program finds the posting by it."""
    if not _ROUTE.match(fragment):
        return ""
    path, _, query = fragment.partition("?")
    if "=" in path and not query:
        path, query = "", path
    kept = _told(query)
    return path.rstrip("/") + (kept and "?" + kept)


def _bounded(key: str) -> str:
    return key if len(key) <= LONGEST else key[: LONGEST - 65] + "~" + sha256(key.encode()).hexdigest()
