"""What the campus API says of all its things: numbers name them, and lists come in pages of 20."""

from typing import Any

from onward.apis import resource
from onward.apis.paging import Pages
from onward.platform.refusals import Missing, Refusal

PAGES = Pages(usual=20, most=100)


class Resource(resource.Resource):
    """A thing of the campus API."""

    paging = PAGES

    def missing(self, key: Any) -> Refusal:
        return missing(self.called)


def missing(called: str) -> Missing:
    """Return what is said where there is no such thing, or none that may be seen."""
    return Missing(f"{called[:1].upper()}{called[1:]} not found")
