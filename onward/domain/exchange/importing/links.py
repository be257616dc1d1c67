"""Links in cells: how people write them, and which posting they name."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from onward.domain.applications.choices import Source

# "acme.example/jobs/7": what people copy without its beginning.
_HOST_FIRST = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:[:/?#]\S*)?")
_MARKDOWN = re.compile(r"\[([^\]]*)\]\((https?://[^\s)]+)\)", re.IGNORECASE)
_FORMULA = re.compile(r'=HYPERLINK\(\s*"([^"]+)"\s*(?:[,;]\s*"([^"]*)"\s*)?\)', re.IGNORECASE)
_WITHIN = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
# What Notion and Airtable put behind the name of a linked page.
_NAMED = re.compile(r"(.+?)\s*\((https?://[^\s()]+)\)", re.IGNORECASE | re.DOTALL)
# Words on a link that say no more than that it is one.
_LABELS = {
    "link",
    "url",
    "here",
    "job",
    "posting",
    "apply",
    "view",
    "open",
    "website",
    "apply here",
    "job link",
    "hier",
}
_HOSTS = {"linkedin.com": Source.LINKEDIN, "indeed.com": Source.INDEED, "glassdoor.com": Source.GLASSDOOR}


def read(text: str, *, longest: int) -> tuple[str, str]:
    """Find the link in a cell. Return the address, and what else stands in the cell and says something."""
    text = text.strip()
    if whole := address(text, longest=longest):
        return whole, ""
    for pattern, link, label in ((_MARKDOWN, 2, 1), (_FORMULA, 1, 2)):
        if (found := pattern.fullmatch(text)) and (whole := address(found[link], longest=longest)):
            return whole, meaningful(found[label] or "")
    if (found := _WITHIN.search(text)) and (whole := address(found[0].rstrip(".,;)"), longest=longest)):
        return whole, text
    return "", text


def meaningful(label: str) -> str:
    """Return the words on a link, unless they say no more than that it is one."""
    return "" if label.strip().casefold() in _LABELS else label.strip()


def parted(text: str) -> tuple[str, str]:
    """Part ``Acme (https://notion.example/acme)`` into the name and its link."""
    found = _NAMED.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")


def address(text: str, *, longest: int) -> str:
    """Complete and check an address; empty when it is none."""
    text = text.strip()
    if len(text) > longest or not text.isprintable() or " " in text:
        return ""
    whole = f"https://{text}" if _HOST_FIRST.fullmatch(text) else text
    try:
        parts = urlsplit(whole)
        known = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    return whole if known and len(whole) <= longest else ""


def source_of(url: str) -> str:
    """Return where a job was found, by the host of its posting."""
    host = urlsplit(url).hostname or ""
    return next(
        (s.value for name, s in _HOSTS.items() if host == name or host.endswith(f".{name}")), Source.OTHER.value
    )


# What a link carries about the reader's way to it, not about the posting.
_TRACKING = re.compile(r"utm_.*|ref|refid|trk|trackingid|gclid|fbclid|src|source")
# The last word of an address that many postings share.
_SHARED = {"", "jobs", "job", "careers", "career", "karriere", "stellenangebote", "openings", "vacancies", "positions"}


def posting(url: str) -> str:
    """Reduce a link to the posting that it names; empty when it names none, as the address of a careers page does."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    query = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name.casefold())]
    tail = f"{'?' if query else ''}{urlencode(query)}{'#' if parts.fragment else ''}{parts.fragment}"
    steps = path.split("/")[1:]
    particular = re.search(r"\d", path + tail) or (len(steps) > 1 and steps[-1].casefold() not in _SHARED)
    return f"{host}{path}{tail}" if host and particular else ""
