"""A real server around our handler, with a few views of its own: ``python -m tests.platform.http.server SOCKET GRACE``."""

import asyncio
import socket
import sys

import django
import uvloop
from django.conf import settings


def main() -> None:
    listener = socket.socket(fileno=int(sys.argv[1]))
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        LOGGING_CONFIG=None,
        MIDDLEWARE=["onward.platform.http.middleware.Edge"],
        API_PATHS=(),
        PUBLIC_URL="http://127.0.0.1",
        TRUSTED_PROXIES=(),
        ROOT_URLCONF="tests.platform.http.views",
        SECRET_KEY="for a test",
        USE_TZ=True,
    )
    django.setup()

    from django.http import JsonResponse

    from onward.config.serving import web
    from onward.config.serving.web import SocketServer, run
    from onward.platform.http.asgi import Handler
    from onward.platform.http.connections import Connections
    from tests.platform.http.views import ended

    web.GRACE = float(sys.argv[2])

    def account_of(request):
        return int(request.headers.get("X-Account", "1")) or None

    handler = Handler(
        lambda request, status, sentence: JsonResponse({"error": sentence}, status=status),
        account_of,
        lambda path: 2_000_000 if path == "/size" else 256 * 1024,
        ended,
    )
    application = Connections(handler)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(SocketServer(application, listener), application.watch(listener)))


if __name__ == "__main__":
    main()
