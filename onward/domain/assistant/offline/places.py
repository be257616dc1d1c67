"""Names of countries, states and towns, so that none is taken for an employer."""

import re
from functools import cache
from pathlib import Path

# `IL`, `IL 62701`, `10115`, `remote`.
_CODE = re.compile(r"[A-Z]{2}(?: \d{4,5})?|\d{4,5}(?: \w+)?|remote|hybrid|on-?site|home office|greater .+ area", re.I)


@cache
def _known() -> frozenset[str]:
    text = Path(__file__).with_name("places.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(name.strip().lower() for line in lines for name in line.split(","))


def is_place(name: str) -> bool:
    """Tell whether a name is that of a place and of nothing else that we know."""
    bare = name.strip(" .").lower()
    return bare in _known() or name.lower() in _known() or _CODE.fullmatch(name) is not None
