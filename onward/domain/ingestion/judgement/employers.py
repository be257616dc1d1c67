"""What a link and the name of a board tell of an employer."""

import re
from functools import cache, lru_cache
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from tldextract import TLDExtract

from onward.domain.ingestion.judgement.hosts import ANYWHERE, EXACTLY

_SEPARATORS = re.compile(r"[\s_+-]+")
_BARE = re.compile(r"[\w.-]+(?::\d+)?(?:[/?#]|$)")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# What boards are called besides their company.
_BOARD_WORDS = {"career", "careers", "job", "jobs", "hiring", "recruiting", "talent", "karriere", "external"}
_VOWELS = set("aeiouy")


@cache
def _suffixes() -> TLDExtract:
    # Without addresses it asks nobody for a newer list, and without a folder it writes none.
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@lru_cache(maxsize=4_000)
def domain(url: str) -> str:
    """Return the domain of an employer's own pages, in small letters: "acme.example" of "https://jobs.acme.example/7".

    Empty when it is no link on the web, or leads to an applicant tracking system, a job board, a social network, an
    address without a name.
    """
    try:
        parts = urlsplit(f"//{url.strip()}" if _BARE.match(url.strip()) else url.strip(), scheme="https")
        host = (parts.hostname or "").rstrip(".").encode("idna").decode()
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or _is_address(host) or len(host) > 253:
        return ""
    found = _suffixes()(host)
    own = found.top_domain_under_public_suffix or ".".join(host.split(".")[-2:])
    is_guest = found.domain in ANYWHERE or own in EXACTLY or ".".join(host.split(".")[-2:]) in EXACTLY
    return "" if is_guest or "." not in own else own


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return not host


def readable(board: str) -> str:
    """Return the name of a company from that of its board: "acme-robotics" is "Acme Robotics". Never raises."""
    path = unquote(board, errors="replace").strip().strip("/").split("/")[0]
    parts = [part for part in _SEPARATORS.split(_HUMP.sub(" ", path)) if part]
    while len(parts) > 1 and parts[-1].lower() in _BOARD_WORDS:
        parts.pop()
    return " ".join(map(_capital, parts))[:255] or board.strip()[:255]


def _capital(part: str) -> str:
    if not part.islower():
        return part
    # "krst" is no word.
    return part.upper() if 2 <= len(part) <= 4 and part.isalpha() and not _VOWELS & set(part) else part.capitalize()
