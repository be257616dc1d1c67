"""Notifications. Section 8 of the document."""

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.bodies import refers_to, sent
from onward.apis.filters import ByWord
from onward.apis.paging import Paged
from onward.apis.resource import Verb
from onward.apis.tracker.resource import Resource
from onward.apis.tracker.schemas.notifications import NotificationOut, PreferencesIn, PreferencesOut
from onward.domain.notifications import queries
from onward.domain.notifications.choices import NotificationType
from onward.domain.notifications.services import preferences
from onward.platform.wire import Id, Reading

router = Router(tags=["Notifications"])

PREFERENCES = Reading(PreferencesOut, queries.preferences)
CHANGES: Verb = {"response": PreferencesOut, "openapi_extra": refers_to(PreferencesIn)}
HISTORY = Resource(
    queries.history,
    row=NotificationOut,
    filters={"notification_type": ByWord("notification_type", NotificationType)},
    order="-created_at",
)


@router.get("preferences/", response=PreferencesOut, summary="Get notification preferences")
def get_preferences(request: Request) -> HttpResponse:
    """Read which mails one gets, and when none is to come."""
    return answer(PREFERENCES.required(owner_id=request.auth.user_id))


@router.put("preferences/", **CHANGES, summary="Update notification preferences")
def replace_preferences(request: Request) -> HttpResponse:
    """Choose which mails one gets; what is absent stays as it is."""
    return change_preferences(request)


@router.patch("preferences/", **CHANGES, summary="Update part of the notification preferences")
def change_preferences(request: Request) -> HttpResponse:
    """Choose which mails one gets; what is absent stays as it is."""
    owner_id = request.auth.user_id
    changes = sent(request, PreferencesIn, shown=PREFERENCES.required(owner_id=owner_id))
    preferences.change(owner_id=owner_id, changes=changes, at=request.now)
    return get_preferences(request)


@router.get("history/", response=Paged[NotificationOut], summary="List notifications")
def list_history(request: Request) -> HttpResponse:
    """List the mails that one got, and those that are planned; the latest first."""
    return HISTORY.page(request)


@router.get("history/{notification_id}/", **HISTORY.reads, summary="Get a notification")
def get_notification(request: Request, notification_id: Id) -> HttpResponse:
    """Read one of them."""
    return HISTORY.show(request, notification_id)
