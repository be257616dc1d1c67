"""The ASGI application that `onward serve` runs."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onward.config.settings")
django.setup()

from onward.config.bodies import account_of, json_limit  # noqa: E402
from onward.config.errors import refuse  # noqa: E402
from onward.config.mouths import MOUTHS, sessions_over  # noqa: E402
from onward.config.receiving import is_large, sink_of  # noqa: E402
from onward.platform.http.asgi import Handler  # noqa: E402
from onward.platform.http.connections import Connections  # noqa: E402
from onward.platform.http.static import static_files  # noqa: E402
from onward.platform.jobs.answers import ended  # noqa: E402
from onward.platform.live.asgi import Live  # noqa: E402

handler = Handler(refuse, account_of, json_limit, ended, is_large, sink_of)
live = Live(static_files(handler), MOUTHS, sessions_over)
application = Connections(live, apart=live.peers)
