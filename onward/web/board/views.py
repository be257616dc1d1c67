"""The list of a board, and the page of a posting. Closed, it is gone."""

from datetime import UTC, datetime

from django.core.paginator import Paginator
from django.db.models import Q, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from onward.domain.board import queries
from onward.web.board import jobposting
from onward.web.frame.errors import error_page
from onward.web.frame.pages import page

TITLES = {"jobs": _lazy("Jobs"), "internships": _lazy("Internships")}
OPEN = {"jobs": _lazy("Jobs that are open"), "internships": _lazy("Internships that are open")}
LATEST = {
    "jobs": _lazy("Jobs that are open, the latest first."),
    "internships": _lazy("Internships that are open, the latest first."),
}
ON_A_PAGE = 50


@require_safe
def postings(request: HttpRequest, *, kind: str) -> HttpResponse:
    """List what can be applied for, the latest first."""
    rows = queries.published().filter(is_internship=kind == "internships").exclude(_closed(request))
    pages = Paginator(rows.order_by("-published_at", "-pk"), ON_A_PAGE)
    context = {"kind": kind, "titles": TITLES, "latest": LATEST[kind], "today": _now(request).date()}
    return page(request, "board/postings.jinja", {**context, "page": pages.get_page(request.GET.get("page"))})


@require_safe
def posting(request: HttpRequest, *, kind: str, pk: str) -> HttpResponse:
    """Show a posting, to search engines too. :raises Http404: when it was never on this board"""
    rows = queries.on_board_or_removed().select_related("employer").annotate(is_closed=_closed(request))
    found = rows.filter(is_internship=kind == "internships", pk=int(pk)).first()
    if found is None:
        raise Http404
    if found.is_closed:
        said = {"title": _("This is closed"), "sentence": _("Nobody can apply for it any more.")}
        back, label = reverse("board:postings", kwargs={"kind": kind}), str(OPEN[kind])
        return error_page(request, status=410, back=back, label=label, **said)
    address = request.build_absolute_uri(reverse("board:posting", kwargs={"kind": kind, "pk": pk}))
    context = {
        "kind": kind,
        "titles": TITLES,
        "now": _now(request),
        "posting": found,
        "text": jobposting.text_of(found),
        "closes_at": jobposting.closes_at(found),
        "document": jobposting.embedded(jobposting.described(found, address=address)),
    }
    return page(request, "board/posting.jinja", context)


def _closed(request: HttpRequest) -> Q:
    now = _now(request)
    return queries.is_closed(Value(now), Value(now.date()))


def _now(request: HttpRequest) -> datetime:
    return request.now.astimezone(UTC)  # type: ignore[attr-defined, no-any-return]
