"""A small API behind the real middleware."""

from django.http import HttpResponse
from django.urls import path
from ninja import NinjaAPI

from onward.platform import throttle
from onward.platform.refusals import Throttled

api = NinjaAPI(urls_namespace="throttle-tests", docs_url=None, openapi_url=None)


@api.get("/who")
def who(request):
    return {"who": request.claims and request.claims.user_id}


@api.get("/broken")
def broken(request):
    raise RuntimeError("broken on purpose")


@api.get("/guarded/{limit}/{period}")
def guarded(request, limit: int, period: int):
    throttle.guard("a door in the house", limit, period)
    return {}


@api.exception_handler(Throttled)
def refused(request, refusal):
    return api.create_response(request, {"detail": refusal.message}, status=429)


@api.get("/closed", auth=lambda request: None)
def closed(request):
    return {}


@api.get("/analytics/{kind}/")
def health(request, kind: str):
    return {}


@api.post("/auth/login")
def log_in(request):
    return {}


def page(request):
    return HttpResponse("a page")


urlpatterns = [
    path("tracker/api/v1/", api.urls),
    path("tracker/api/docs/", page),
    path("tracker/openapi.json", page),
]
