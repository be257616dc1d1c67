"""How pages look in this browser: a cookie that is nobody's secret, and that no statement has to be run for."""

from typing import Any, NamedTuple

from django.http import HttpRequest

COOKIE = "onward_look"
YEAR = 365 * 24 * 60 * 60
_THEMES, _DENSITIES = ("", "light", "dark"), ("", "compact")


class Look(NamedTuple):
    """What was chosen; what is empty is as it comes.

    :ivar settled: the lines of Today's beginning that were dismissed
    """

    theme: str = ""
    density: str = ""
    settled: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Look":
        """Return what a browser has kept; nonsense counts as nothing."""
        parts: list[Any] = [*request.COOKIES.get(COOKIE, "").split("."), "", "", ""]
        theme, density, settled = parts[:3]
        return cls(
            theme if theme in _THEMES else "",
            density if density in _DENSITIES else "",
            "1" if settled == "1" else "",
        )

    def kept(self) -> str:
        """Return it as the cookie has it."""
        return ".".join(self)
