"""Notifications. Section 8 of the document."""

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request, answer
from onward.apis.tracker.filters import ByWord, Filters
from onward.apis.tracker.paging import Paged, paged
from onward.apis.tracker.schemas.notifications import NotificationOut, PreferencesIn, PreferencesOut
from onward.domain.notifications import queries
from onward.domain.notifications.choices import NotificationType
from onward.domain.notifications.services import preferences
from onward.platform.refusals import Missing
from onward.platform.wire import Id, Listing, Reading

router = Router(tags=["Notifications"])

PREFERENCES = Reading(PreferencesOut, queries.preferences)
FILTERS = Filters(notification_type=ByWord("notification_type", NotificationType))
HISTORY = Listing(
    NotificationOut, queries.history, filters=FILTERS.conditions, values=FILTERS.values, order=("-created_at",)
)
READING = Reading(NotificationOut, lambda: queries.history().filter(pk=queries.KEY))


def _preferences(request: Request) -> HttpResponse:
    document = PREFERENCES.one(owner_id=request.auth.user_id)
    if document is None:
        raise Missing()
    return answer(document)


@router.get("preferences/", response=PreferencesOut, summary="Get notification preferences")
def get_preferences(request: Request) -> HttpResponse:
    """Read which mails one gets, and when none is to come."""
    return _preferences(request)


@router.put("preferences/", response=PreferencesOut, summary="Update notification preferences")
def replace_preferences(request: Request, body: PreferencesIn) -> HttpResponse:
    """Choose which mails one gets; what is absent stays as it is."""
    preferences.change(owner_id=request.auth.user_id, changes=body.model_dump(exclude_unset=True), at=request.now)
    return _preferences(request)


@router.patch("preferences/", response=PreferencesOut, summary="Update part of the notification preferences")
def change_preferences(request: Request, body: PreferencesIn) -> HttpResponse:
    """Choose which mails one gets; what is absent stays as it is."""
    return replace_preferences(request, body)


@router.get("history/", response=Paged[NotificationOut], summary="List notifications")
def list_history(request: Request) -> HttpResponse:
    """List the mails that one got, and those that are planned; the latest first."""
    return paged(request, HISTORY, filters=FILTERS.read(request), owner_id=request.auth.user_id)


@router.get("history/{notification_id}/", response=NotificationOut, summary="Get a notification")
def get_notification(request: Request, notification_id: Id) -> HttpResponse:
    """Read one of them."""
    document = READING.one(owner_id=request.auth.user_id, pk=notification_id)
    if document is None:
        raise Missing()
    return answer(document)
