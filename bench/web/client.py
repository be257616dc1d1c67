"""A browser without a window: cookies, and a connection that stays open."""

import gzip
import http.client
import re
import time
from dataclasses import dataclass
from functools import cached_property
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came. :ivar took: milliseconds until the first byte; :ivar size: bytes as they were sent"""

    status: int
    kind: str
    location: str
    took: float
    size: int
    body: bytes

    @property
    def is_page(self) -> bool:
        """Return whether this is a whole page, no file and no part."""
        return self.kind.startswith("text/html") and b"<html" in self.body

    @cached_property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()


class Client:
    """One person's, or with no account nobody's. :param account: address and password"""

    def __init__(self, url: str, account: tuple[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._cookies: dict[str, str] = {}
        self._url = url
        if account:
            done = self.send("/app/sign-in/", "/app/sign-in/", email=account[0], password=account[1], keep="on")
            if done.status != 302:
                msg = f"{account[0]} cannot sign in"
                raise RuntimeError(msg)

    @property
    def cookies(self) -> str:
        """Return the cookies as a header holds them."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def ask(self, path: str, body: str = "") -> Answer:
        """Ask for what is at an address, or send a form there."""
        headers = {
            "Accept": "text/html",
            "Accept-Encoding": "gzip",
            "Cookie": self.cookies,
            **({"Content-Type": "application/x-www-form-urlencoded", "Origin": self._url} if body else {}),
        }
        began = time.perf_counter()
        self._connection.request("POST" if body else "GET", path, body or None, headers)
        answer = self._connection.getresponse()
        took = (time.perf_counter() - began) * 1000
        raw = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self._cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        packed = answer.getheader("Content-Encoding") == "gzip"
        kind, location = answer.getheader("Content-Type", ""), answer.getheader("Location", "")
        return Answer(answer.status, kind, location, took, len(raw), gzip.decompress(raw) if packed else raw)

    def send(self, page: str, to: str, **fields: str) -> Answer:
        """Send a form that stands on a page."""
        token = _TOKEN.search(self.ask(page).text)
        if token is None:
            msg = f"no form on {page}"
            raise RuntimeError(msg)
        return self.ask(to, urlencode({"csrfmiddlewaretoken": token[1], **fields}))
