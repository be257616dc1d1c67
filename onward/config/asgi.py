"""The ASGI application that `onward serve` runs."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onward.config.settings")
django.setup()

from onward.config.errors import refuse  # noqa: E402
from onward.platform.http.asgi import Handler  # noqa: E402
from onward.platform.http.static import static_files  # noqa: E402

application = static_files(Handler(refuse))
