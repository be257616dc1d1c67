"""A small API that asks for tokens, behind the real middleware."""

from django.urls import path
from ninja import NinjaAPI

from onward.platform import tokens
from onward.platform.refusals import Forbidden, Unauthenticated

api = NinjaAPI(urls_namespace="tokens-tests")


@api.exception_handler(Unauthenticated)
def unauthenticated(request, refusal):
    return api.create_response(request, {"detail": refusal.message, "code": refusal.code}, status=401)


@api.exception_handler(Forbidden)
def forbidden(request, refusal):
    return api.create_response(request, {"detail": refusal.message}, status=403)


@api.get("/me", auth=tokens.signed_in)
def me(request):
    actor = request.auth
    return {"id": actor.user_id, "zone": actor.zone, "email": actor.email, "staff": actor.is_staff}


@api.get("/verify", auth=tokens.signed_in_or_awaiting_second_factor)
def verify(request):
    return {"owes": request.auth.awaits_second_factor}


urlpatterns = [path("tracker/api/v1/", api.urls)]
