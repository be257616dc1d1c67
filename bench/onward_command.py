"""How Onward is served while it is measured."""

import sys
from pathlib import Path


def command(port: int) -> list[str]:
    """Give the command that `onward serve` keeps running for the web: one process."""
    return [
        *(str(Path(sys.executable).parent / "granian"), "onward.config.asgi:application", "--interface", "asgi"),
        *("--workers", "1", "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"),
    ]
