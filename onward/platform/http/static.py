"""Static files, served straight from where they lie: nothing is collected and nothing goes through the chain.

Pages link to a name that holds the file's hash (``/static/onward.1f2e3d4c5b6a.css``), which browsers keep for good; the
plain name works too and is kept for a minute.
"""

import gzip
import hashlib
import re
import tempfile
from collections.abc import Awaitable, Callable
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from servestatic import ServeStaticASGI  # type: ignore[import-untyped]
from servestatic.responders import StaticFile  # type: ignore[import-untyped]

_TEXT = {".css", ".js", ".svg", ".html", ".json"}
# Bytes.
_WORTH_IT = 1024
_FINGERPRINTED = re.compile(r"\.[0-9a-f]{12}\.\w+$")

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


@lru_cache(maxsize=1024)
def _fingerprint(path: str) -> str:
    return hashlib.blake2b(Path(path).read_bytes(), digest_size=6).hexdigest()


def _fingerprinted(name: str, path: str) -> str:
    pure = PurePosixPath(name)
    return str(pure.with_name(f"{pure.stem}.{_fingerprint(path)}{pure.suffix}"))


class FingerprintedStorage(StaticFilesStorage):
    """Gives `{% static %}` the names that hold hashes; while debugging, the plain ones."""

    def url(self, name: str | None) -> str:
        """Return the address of a file."""
        path = None if settings.DEBUG or not name else finders.find(name)
        return super().url(_fingerprinted(name, path) if name and isinstance(path, str) else name)


def static_files(application: Application) -> Application:
    """Put the static files in front of an application."""
    prefix = f"/{settings.STATIC_URL.strip('/')}/"
    files = _Packed(application, add_headers_function=_safe, immutable_file_test=_never_changes)
    for finder in finders.get_finders():
        for name, storage in finder.list(["*.map"]):
            path = storage.path(name)
            # The finder that comes first wins, as it does for `{% static %}`.
            if prefix + name not in files.files:
                files.add_file_to_dictionary(prefix + name, path)
                files.add_file_to_dictionary(prefix + _fingerprinted(name, path), path)

    def serve(scope: dict[str, Any], receive: Any, send: Any) -> Awaitable[None]:
        if scope["type"] == "http" and scope["path"].startswith(prefix):
            return files(scope, receive, send)  # type: ignore[no-any-return]
        return application(scope, receive, send)

    return serve


class _Packed(ServeStaticASGI):  # type: ignore[misc]
    """Serves text packed, from copies beside the data."""

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> Any:
        file = super().get_static_file(path, url, stat_cache)
        packed = _packed(path)
        if packed is None:
            return file
        return StaticFile(path, self._headers(path, url), encodings={"gzip": packed})

    def _headers(self, path: str, url: str) -> Any:
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        _safe(headers, path, url)
        return headers.items()


def _packed(path: str) -> str | None:
    """Return where the packed copy of a file is, made where there is none; none, for what packing does not help."""
    source = Path(path)
    if source.suffix not in _TEXT or source.stat().st_size < _WORTH_IT:
        return None
    copy = settings.DATA_DIR / "packed" / f"{_fingerprint(path)}{source.suffix}.gz"
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=copy.parent, delete=False) as made:
            made.write(gzip.compress(source.read_bytes(), mtime=0))
        # Appears at once and whole, whoever else makes it.
        Path(made.name).replace(copy)
    return str(copy)


def _never_changes(path: str, url: str) -> bool:
    """Whether an address means the same file for good: it holds its hash, or the version of a package."""
    return bool(_FINGERPRINTED.search(url)) or "/vendor/" in url


def _safe(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Server"] = ""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
