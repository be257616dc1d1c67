"""From a link or a text to the draft of an application: what is read, and where it was read."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser
from w3lib.encoding import html_to_unicode

from onward.domain.exchange.importing.links import source_of
from onward.domain.ingestion.cleaning import line
from onward.domain.ingestion.found import Found
from onward.domain.ingestion.markup import description
from onward.domain.ingestion.sources.jsonld import postings_of
from onward.domain.ingestion.webpage import WebPage
from onward.platform import outbound, throttle
from onward.platform.outbound import NoAnswer, Reach, Stream
from onward.platform.refusals import Invalid

# Bytes of a page, seconds for it, hosts that may be gone through, and pages an hour for one person.
LARGEST = 2 * 1024 * 1024
DEADLINE = 8.0
MOST_HOSTS = 4
MOST_PAGES = 30
HOUR = 60 * 60
LONGEST = 50_000

POSTING, PAGE, TEXT, LINK = "the posting's own data", "the page", "the text", "the link"
_MOVED = {301, 302, 303, 307, 308}
_LINK = re.compile(r"https?://[^\s<>\"')]+", re.IGNORECASE)
# "Engineer at Nordwind", "Engineer - Nordwind", "Engineer | Nordwind".
_AT = re.compile(r"\s+(?:at|bei|@)\s+|\s+[|–—-]\s+", re.IGNORECASE)
_LABELLED = re.compile(
    r"^\s*(?P<label>company|employer|firma|unternehmen|arbeitgeber|job title|title|position|role|stelle|location|ort)"
    r"\s*:\s*(?P<value>\S.{0,200})$",
    re.IGNORECASE | re.MULTILINE,
)
_LABELS = {
    **dict.fromkeys(("company", "employer", "firma", "unternehmen", "arbeitgeber"), "company_name"),
    **dict.fromkeys(("job title", "title", "position", "role", "stelle"), "job_title"),
    **dict.fromkeys(("location", "ort"), "location"),
}
_WHITE = re.compile(r"[^\S\n]+")


class Unread(Invalid):
    """The site cannot be read; the text can be pasted. :ivar link: what was asked for"""

    code = "unread"

    def __init__(self, message: str, *, link: str) -> None:
        super().__init__(message, fields={"": [message]})
        self.link = link


@dataclass(slots=True)
class Draft:
    """What an application would say.

    :ivar values: by the record's fields
    :ivar sources: where each was read
    """

    values: dict[str, object] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def learn(self, where: str, /, **values: object) -> None:
        """Take over what is not known yet."""
        for name, value in values.items():
            if value and name not in self.values:
                self.values[name] = value
                self.sources[name] = where


def capture(text: str, *, owner_id: int, reach: Reach = Reach.PUBLIC) -> Draft:
    """Read a link, or the text of a posting.

    :raises Unread: when the site of a link cannot be read
    :raises Throttled: when somebody has had more pages read than they may in an hour
    """
    text = text.strip().replace("\0", "")[:LONGEST]
    found = _LINK.search(text)
    if found and found[0] == text:
        return _of_link(text, owner_id, reach)
    draft = Draft()
    if found:
        draft.learn(TEXT, job_url=found[0][:2000], source=source_of(found[0]))
    _read_text(draft, text)
    return draft


def _of_link(link: str, owner_id: int, reach: Reach) -> Draft:
    throttle.guard(f"capture:{owner_id}", MOST_PAGES, HOUR)
    try:
        url, page = _page(link, reach)
    except NoAnswer as problem:
        sentence = f"{_host(link)} could not be read: {problem} Paste the posting's text instead; the link is kept."
        raise Unread(sentence, link=link) from None
    draft = Draft()
    draft.learn(LINK, job_url=link[:2000], source=source_of(link))
    tree = LexborHTMLParser(page)
    for one in postings_of(WebPage(page), url):
        if isinstance(one, Found):
            _read_posting(draft, one)
            break
    _read_meta(draft, tree)
    if not draft.values.get("job_title") and not draft.values.get("job_description"):
        sentence = f"{_host(link)} shows programs no posting. Paste its text instead; the link is kept."
        raise Unread(sentence, link=link)
    return draft


def _host(link: str) -> str:
    return urlsplit(link).hostname or "That site"


def _page(url: str, reach: Reach) -> tuple[str, str]:
    """Return a page and where it was in the end. Each host that a redirect names is looked at as the first one is."""
    for _ in range(MOST_HOSTS):
        with outbound.stream(
            url, headers={"Accept": "text/html"}, deadline=DEADLINE, limit=LARGEST, reach=reach
        ) as got:
            moved = got.headers.get("location", "") if got.status in _MOVED else ""
            if not moved:
                return got.url, _text(got)
            url = urljoin(got.url, moved)
    raise outbound.Failed("It leads from one host to another without an end.")


def _text(got: Stream) -> str:
    if got.status != 200:
        raise outbound.Failed(f"It answered with {got.status}.")
    text: str = html_to_unicode(got.headers.get("content-type"), b"".join(got.pieces))[1]
    return text


def _read_posting(draft: Draft, one: Found) -> None:
    salary: dict[str, object] = {}
    if one.pay and one.pay.period in {"", "year"}:
        ends = {"salary_min": one.pay.minimum, "salary_max": one.pay.maximum}
        salary = {name: int(value) for name, value in ends.items() if value and value < 2**31}
        if salary and one.pay.currency:
            salary["salary_currency"] = one.pay.currency
    draft.learn(
        POSTING,
        job_title=one.title,
        company_name=one.company,
        location=", ".join(where.text for where in one.places)[:255],
        work_type=one.work_mode,
        job_description=one.description[:LONGEST],
        deadline=one.closes_on,
        **salary,
    )


def _read_meta(draft: Draft, tree: LexborHTMLParser) -> None:
    def meta(name: str) -> str:
        node = tree.css_first(f'meta[property="{name}"], meta[name="{name}"]')
        return line((node.attributes.get("content") if node else "") or "", 500)

    node = tree.css_first("title")
    title = meta("og:title") or line(node.text() if node else "", 300)
    parts = [part.strip() for part in _AT.split(title) if part.strip()]
    if parts:
        draft.learn(PAGE, job_title=parts[0][:255])
    draft.learn(PAGE, company_name=meta("og:site_name")[:255] or (parts[1][:255] if len(parts) > 1 else ""))
    body = tree.css_first("main, article, body")
    if body is not None and "job_description" not in draft.values:
        _, plain = description(body.html or "")
        draft.learn(PAGE, job_description=plain[:LONGEST] if len(plain) > 200 else "")


def _read_text(draft: Draft, text: str) -> None:
    for found in _LABELLED.finditer(text):
        value = _WHITE.sub(" ", found["value"]).strip()[:255]
        draft.learn(TEXT, **{_LABELS[found["label"].casefold()]: value})
    first = next((_WHITE.sub(" ", each).strip() for each in text.splitlines() if each.strip()), "")
    parts = [part.strip() for part in _AT.split(first) if part.strip()]
    if parts and len(first) < 200 and not _LINK.match(first):
        draft.learn(TEXT, job_title=parts[0][:255])
        if len(parts) > 1:
            draft.learn(TEXT, company_name=parts[1][:255])
    draft.learn(TEXT, job_description=text if len(text) > 200 else "")
