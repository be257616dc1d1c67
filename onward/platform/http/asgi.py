"""Our ASGI application for Django: the whole synchronous chain in one hop to a thread.

Django's own handler hops between threads at each synchronous middleware and writes bodies of any size to disk before
it looks at them.
"""

import asyncio
import io
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.core import signals
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from onward.platform.http.awaiting import Awaited, Room
from onward.platform.http.bodies import JSON_LIMIT, Bodies, Gone, Receive, Unread
from onward.platform.http.ranges import Files, PartOfFile
from onward.platform.http.receiving import Receiving, Sink
from onward.platform.http.streams import Send, Streams, disconnected
from onward.platform.http.threads import Threads

T = TypeVar("T")
Headers = list[tuple[bytes, bytes]]
BAD_QUERY = Unread(400, "The address is not valid UTF-8.")
NO_DATABASE = Unread(503, "The database does not answer. Try again in a moment.")
TOO_MANY_STREAMS = Unread(503, "Too many downloads are running. Try again in a moment.")
# When the server stops its requests have ended; how long a thread may take to end too.
GRACE = 2.0

# The server adds its name to every answer that has none, and has no setting for it.
NAMELESS = (b"server", b"")

# Of the threads that run requests: how many run at a time, and how many there are for when those wait.
STEADY = 4
MOST = 16
# Beside them, for what waits for the disk: parts of files that go out, and large bodies that come in.
AT_THE_DISK = 4


def _none(scope: Mapping[str, Any]) -> bool:
    return False


def _nowhere(request: HttpRequest) -> None:
    return None


class Handler(BaseHandler):
    """Serves HTTP with Django.

    :param refuse: makes the answer to a request whose body was not read
    :param account_of: tells whose request it is, before a large body is read; nothing when nobody is signed in
    :param json_limit: how many bytes of JSON a path takes
    :param ended: tells which of the jobs that answers wait for have ended
    :param is_large: tells, by its scope, whether a request's body goes to the disk as it comes
    :param sink_of: tells where it goes, or why nowhere; None: it is not read, and the endpoint says why
    """

    def __init__(
        self,
        refuse: Callable[[HttpRequest, int, str], HttpResponseBase],
        account_of: Callable[[HttpRequest], int | None],
        json_limit: Callable[[str], int] = lambda path: JSON_LIMIT,
        ended: Callable[[Collection[int]], Collection[int]] = lambda job_ids: job_ids,
        is_large: Callable[[Mapping[str, Any]], bool] = _none,
        sink_of: Callable[[HttpRequest], Sink | Unread | None] = _nowhere,
    ) -> None:
        super().__init__()
        self.load_middleware()
        self._refuse = refuse
        self._account_of = account_of
        self._json_limit = json_limit
        self._is_large = is_large
        self._sink_of = sink_of
        disk = ThreadPoolExecutor(AT_THE_DISK, thread_name_prefix="disk")
        self._receiving = Receiving(disk)
        self._files = Files(disk)
        self._bodies = Bodies()
        self._streams = Streams()
        self._threads = Threads(STEADY, MOST)
        self._room = Room(self._threads.run, lambda job_ids: _with_fresh_connection(ended, job_ids))

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one ASGI scope."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)

    async def _http(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        body: bytes | Unread = b""
        sink: Sink | None = None
        if _has_body(scope):
            try:
                if self._is_large(scope):
                    body, sink = await self._large(scope, receive)
                else:
                    body = await self._bodies.read(
                        scope["headers"],
                        receive,
                        account=lambda: self._threads.run(self._account, scope),
                        json_limit=self._json_limit(scope["path"]),
                    )
            except Gone:
                # Mostly nobody is there to read it; but a body that makes no sense comes to an end in the same way.
                headers = [(b"content-length", b"0"), (b"connection", b"close"), NAMELESS]
                await send({"type": "http.response.start", "status": 400, "headers": headers})
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                return
            except (DatabaseError, InterfaceError):
                body = NO_DATABASE
        status, headers, content = await self._threads.run(self._answer, scope, body, sink)
        if isinstance(content, Awaited):
            if not await self._is_awaited(content, receive):
                return
            status, headers, content = await self._threads.run(self._complete, content)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if isinstance(content, bytes):
            await send({"type": "http.response.body", "body": content, "more_body": False})
        elif isinstance(content, PartOfFile):
            await self._files.send(content, content.stream_owner, receive, send)
        else:
            await self._streams.send(content, content.stream_owner, receive, send)

    async def _large(self, scope: dict[str, Any], receive: Receive) -> tuple[bytes | Unread, Sink | None]:
        """Have a large body written where it goes; return what the request holds instead, and where it went.

        :raises Gone: when the client leaves before its end; what came before is written
        """
        sink = await self._threads.run(self._sink, scope)
        # Who asks before sending hears the refusal without sending anything.
        listens_first = any(name == b"expect" for name, _ in scope["headers"])
        if sink is None or isinstance(sink, Unread):
            if not listens_first:
                await self._bodies.let_pass(receive)
            return sink or b"", None
        try:
            refused = await self._receiving.receive(sink, receive)
        except BaseException:
            await self._threads.run(_with_fresh_connection, sink.release)
            raise
        if refused is not None:
            await self._threads.run(_with_fresh_connection, sink.release)
            await self._bodies.let_pass(receive)
            return refused, None
        return b"", sink

    def _sink(self, scope: dict[str, Any]) -> Sink | Unread | None:
        """Ask where a large body goes, in a thread of the pool."""
        return _with_fresh_connection(self._sink_of, _request(scope, b""))

    async def _is_awaited(self, answer: Awaited, receive: Receive) -> bool:
        """Wait until an answer can be made; return False when the client has disconnected before."""
        ready = asyncio.ensure_future(self._room.wait(answer.job_id, answer.seconds))
        gone = asyncio.ensure_future(disconnected(receive))
        try:
            await asyncio.wait({ready, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiting in (ready, gone):
                waiting.cancel()
        if ready.done() and not ready.cancelled():
            return True
        await self._threads.run(answer.give_up)
        return False

    def _complete(self, answer: Awaited) -> tuple[int, Headers, bytes]:
        """Make an answer that was waited for, in a thread of the pool."""
        _with_fresh_connection(answer.complete)
        return _whole(answer)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._threads.stop(GRACE)
        await send({"type": "lifespan.shutdown.complete"})

    def _account(self, scope: dict[str, Any]) -> int | None:
        """Authenticate a request, in a thread of the pool."""
        return _with_fresh_connection(self._account_of, _request(scope, b""))

    def _answer(
        self, scope: dict[str, Any], body: bytes | Unread, sink: Sink | None = None
    ) -> tuple[int, Headers, bytes | HttpResponseBase]:
        """Run the chain, in a thread of the pool. An answer that streams comes back open, any other closed."""
        signals.request_started.send(sender=self.__class__, scope=scope)
        try:
            request = _request(scope, body)
            if sink is not None:
                sink.give(request)
            response = self.get_response(request)
        finally:
            if sink is not None:
                sink.release()
        if response.streaming and scope["method"] != "HEAD" and self._is_full(request, response):
            response.close()
            response = self.get_response(_request(scope, TOO_MANY_STREAMS))
        response._handler_class = self.__class__  # type: ignore[attr-defined]
        if isinstance(response, Awaited):
            return response.status_code, [], response
        if response.streaming:
            headers = _headers(response)
            if scope["method"] != "HEAD":
                response.stream_owner = _owner(request)  # type: ignore[attr-defined]
                return response.status_code, headers, response
            response.close()
            return response.status_code, headers, b""
        status, headers, content = _whole(response)
        return status, headers, b"" if scope["method"] == "HEAD" else content

    def _is_full(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        running = self._files if isinstance(response, PartOfFile) else self._streams
        return running.is_full(_owner(request))

    def _get_response(self, request: HttpRequest) -> HttpResponseBase:
        # Innermost, so that a refused body is answered with the same headers and counts as every other request.
        unread: Unread | None = request.unread  # type: ignore[attr-defined]
        if unread is not None:
            return self._refuse(request, unread.status, unread.sentence)
        return super()._get_response(request)  # type: ignore[misc, no-any-return]


def _owner(request: HttpRequest) -> str:
    """Return whose stream an answer is: the account of the token, who holds a signed link, or nobody's."""
    claims = getattr(request, "claims", None)
    return str(claims.user_id) if claims else request.GET.get("signature", "")


def _with_fresh_connection(function: Callable[..., T], *arguments: Any) -> T:
    """Call what a thread does outside of a request, which would have looked whether its connection still is one."""
    close_old_connections()
    return function(*arguments)


def _has_body(scope: dict[str, Any]) -> bool:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return bool(value != b"0")
        if name == b"transfer-encoding":
            return True
    return bool(scope.get("http_version", "1.1")[0] == "2")


def _request(scope: dict[str, Any], body: bytes | Unread) -> ASGIRequest:
    unread = None
    if isinstance(body, Unread):
        unread, body = body, b""
    try:
        request = ASGIRequest(scope, io.BytesIO(body))
    except UnicodeDecodeError:
        unread = BAD_QUERY
        request = ASGIRequest({**scope, "query_string": b""}, io.BytesIO(b""))
    # The body is in memory and was measured already.
    request._body = body
    request.unread = unread  # type: ignore[attr-defined]
    return request


def _whole(response: HttpResponseBase) -> tuple[int, Headers, bytes]:
    """Return what goes out of an answer that does not stream, and close it."""
    content: bytes = response.content  # type: ignore[attr-defined]
    if "Content-Length" not in response.headers and response.status_code not in (204, 304):
        response.headers["Content-Length"] = str(len(content))
    headers = _headers(response)
    response.close()
    return response.status_code, headers, content


def _headers(response: HttpResponseBase) -> Headers:
    headers = [(name.lower().encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    headers.append(NAMELESS)
    headers += [(b"set-cookie", morsel.OutputString().encode("ascii")) for morsel in response.cookies.values()]
    return headers
