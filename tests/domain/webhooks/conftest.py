"""Endpoints whose receivers are servers of this process."""

import pytest


@pytest.fixture(autouse=True)
def _at_home(settings):
    """Let webhooks go to this machine."""
    settings.WEBHOOK_ALLOW_PRIVATE = True
