"""Every address: the APIs under their own prefixes and by their bare paths, the pages, the admin."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from onward.apis.campus.api import api as campus
from onward.apis.catalogue import APIS as CATALOGUE
from onward.apis.copilot.api import api as copilot
from onward.apis.offers.api import api as offers
from onward.apis.outreach.api import api as outreach
from onward.apis.tracker.api import api as tracker
from onward.demo import DOMAIN, PASSWORD
from onward.platform.http.slashes import Mount
from onward.platform.metrics.page import metrics
from onward.web.pages.views import welcome

handler400 = "onward.config.errors.bad_request"
handler403 = "onward.config.errors.forbidden"
handler404 = "onward.config.errors.not_found"
handler500 = "onward.config.errors.failed"

# Asked once: Ninja counts each asking as another mounting of the same API.
APIS = {
    "tracker": tracker.urls,
    "copilot": copilot.urls,
    "offers": offers.urls,
    "outreach": outreach.urls,
    "campus": campus.urls,
}
# By its bare paths campus has no pages: these are the pages of who owns `/api/v1/`.
_DOCUMENTS = {"api/docs/", "api/schema/"}
_ROUTES, *_NAMES = APIS["campus"]
BARE_CAMPUS = ([route for route in _ROUTES if str(route.pattern) not in _DOCUMENTS], _NAMES[0], _NAMES[1])

# What signing in offers where that account is: only where nobody else comes in.
DEMO = (f"demo@{DOMAIN}", PASSWORD) if settings.ON_LOOPBACK else None

urlpatterns = [
    path("", welcome, {"apis": CATALOGUE}, name="welcome"),
    # Before the pages, because most requests are an API's; who owns the bare paths has none of theirs but the first.
    *(Mount(f"{name}/", urls) for name, urls in APIS.items()),
    Mount("", APIS[settings.V1_API], namespace="bare"),
    Mount("", BARE_CAMPUS, namespace="bare_campus"),
    path("metrics", metrics),
    path("admin/", admin.site.urls),
    path("", include("onward.web.pages.urls")),
    path("", include("onward.web.board.urls")),
    path("", include("onward.web.certificates.urls")),
    path("app/", include("onward.web.sign_in.urls"), {"demo": DEMO}),
    path("app/", include("onward.web.today.urls")),
    path("app/applications/", include("onward.web.applications.urls")),
    path("app/applications/<int:pk>/assistant/", include("onward.web.assistant.urls")),
    path("app/", include("onward.web.interviews.urls")),
    path("app/", include("onward.web.undo.urls")),
    path("app/", include("onward.web.palette.urls")),
    path("app/settings/", include("onward.web.settings.urls")),
    path("app/saved/", include("onward.web.saved.urls")),
    path("app/start/", include("onward.web.start.urls")),
    path("app/import/", include("onward.web.imports.urls")),
    path("", include("onward.web.accounts.urls")),
    path("", include("onward.web.notifications.urls")),
    path("", include("onward.web.outreach.urls")),
    # Last, because it begins at the root: what has no other owner.
    Mount("", APIS["outreach"], namespace="root"),
]
