"""What the palette finds: applications, companies and people, pages and actions."""

from typing import Any, NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from onward.domain.insight.queries.found import found
from onward.platform.search import folded
from onward.web.areas import AREAS
from onward.web.frame.pages import page
from onward.web.frame.sessions import signed_in

MOST = 8
# Pages that are no areas, and what can be done from anywhere.
_PLACES = (
    (_("New application"), "plus", "applications:new"),
    (_("Start: a posting, a spreadsheet, two fields"), "link", "start:start"),
    (_("Import a spreadsheet"), "upload", "imports:list"),
    (_("Recently deleted"), "trash-2", "undo:deleted"),
    (_("Settings"), "settings", "settings:settings"),
    (_("Columns of the board and the table"), "columns-3", "settings:columns"),
)


class Entry(NamedTuple):
    """Something to go to. :ivar beside: what tells it from others"""

    title: str
    beside: str
    icon: str
    address: str


@require_safe
@signed_in
def palette(request: Any) -> HttpResponse:
    """Show what is found; without a word, what was touched last and where one can go."""
    q = request.GET.get("q", "").strip()[:100]
    entries = [
        *(_application(each) for each in found(owner_id=request.actor.user_id, search=q, limit=MOST)),
        *(entry for entry in _places() if all(word in folded(entry.title) for word in folded(q).split())),
    ]
    return page(request, "palette/_found.jinja", {"entries": entries[: 2 * MOST], "q": q})


def _application(row: Any) -> Entry:
    return Entry(row.title, row.beside, row.icon, reverse("applications:application", args=[row.application_id]))


def _places() -> list[Entry]:
    areas = [Entry(str(area.title), "", area.icon, reverse(area.address)) for area in AREAS]
    return [*areas, *(Entry(str(title), "", icon, reverse(address)) for title, icon, address in _PLACES)]
