"""Feedback: what people tell the operators, who answer it in the admin's inbox."""

from django.http import HttpResponse
from ninja import Router

from onward.apis.base import Request
from onward.apis.copilot.resource import Resource
from onward.apis.copilot.schemas.help import FeedbackIn, FeedbackOut
from onward.domain.help import queries, services

router = Router(tags=["Help"])

FEEDBACK = Resource(queries.feedback, row=FeedbackOut, body=FeedbackIn, order="-created_at")


@router.post("", **FEEDBACK.creates, summary="Give feedback")
def give(request: Request, body: FeedbackIn) -> HttpResponse:
    """Tell the operators something. The answer is a notification."""
    said = {name: value for name, value in body.model_dump().items() if value is not None}
    made = services.give(owner_id=request.auth.user_id, type_=said.pop("type"), at=request.now, **said)
    return FEEDBACK.made(request, made)


@router.get("", **FEEDBACK.lists, summary="List one's own feedback")
def list_feedback(request: Request) -> HttpResponse:
    """List what one has told, the latest first, with the answers."""
    return FEEDBACK.page(request)
