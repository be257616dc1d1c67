"""Values that broke naive servers, by the kind of field they are aimed at (see `poison.json`)."""

import json
from pathlib import Path
from typing import Any

from django.db import connection

POISON: dict[str, Any] = json.loads(Path(__file__).with_name("poison.json").read_text())
_ALL = [value for values in POISON.values() for value in (values if isinstance(values, list) else [values])]
# What a server's database refuses or keeps otherwise than a file does.
_SIGNS = ("\0", "\ud800", "\udfff", "\uffff", "\\", "'", "%", "_")
_YEARS = ("0000", "0001", "9999")


def values() -> list[Any]:
    """Return all of them; on a server's database those alone that may fare otherwise there: the rest were tried before."""
    if connection.vendor == "sqlite":
        return _ALL
    return [value for value in _ALL if not isinstance(value, str) or _is_telling(value)]


def _is_telling(text: str) -> bool:
    return text.startswith(_YEARS) or any(sign in text for sign in _SIGNS)
