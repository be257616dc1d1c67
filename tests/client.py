"""A client that speaks JSON and signs in by token, as the clients of the five APIs do."""

from typing import Any

from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from onward.domain.accounts.models import User
from onward.platform.http.awaiting import Awaited
from onward.platform.jobs.running import Attempt
from onward.platform.jobs.services import claim_one
from onward.platform.jobs.worker import LEASE, holder_name

JSON = "application/json"


class Api(Client):
    """Sends and accepts JSON. Tests write whole paths: ``as_ada.get("/tracker/api/v1/applications/")``.

    A dict or list is sent as JSON; text and bytes are sent as they are; a dict given to `get` is the query.
    """

    def __init__(self, user: User | None = None, access: str = "", refresh: str = "") -> None:
        super().__init__(headers={"accept": JSON})
        self.user = user
        self.refresh = refresh
        self.bear(access)

    def bear(self, access: str) -> None:
        """Carry this access token from now on; none when it is empty."""
        self.access = access
        if access:
            self.defaults["HTTP_AUTHORIZATION"] = f"Bearer {access}"
        else:
            self.defaults.pop("HTTP_AUTHORIZATION", None)

    def request(self, **request: Any) -> Any:
        """Send a request; an answer that waits for a job waits for this one, which is run here and now."""
        answer = super().request(**request)
        if isinstance(answer, Awaited):
            claim = claim_one(answer.job_id, holder=holder_name(), at=timezone.now(), lease=LEASE)
            if claim is not None:
                Attempt(claim).run()
            answer.complete()
        return answer

    def post(self, path: str, data: Any = "", content_type: str = JSON, **extra: Any) -> Any:
        return super().post(path, data, content_type, **extra)

    def put(self, path: str, data: Any = "", content_type: str = JSON, **extra: Any) -> Any:
        return super().put(path, data, content_type, **extra)

    def patch(self, path: str, data: Any = "", content_type: str = JSON, **extra: Any) -> Any:
        return super().patch(path, data, content_type, **extra)

    def delete(self, path: str, data: Any = "", content_type: str = JSON, **extra: Any) -> Any:
        return super().delete(path, data, content_type, **extra)

    def upload(self, path: str, data: dict[str, Any], method: str = "POST", **extra: Any) -> Any:
        """Send a form with files (``SimpleUploadedFile`` or an open file) as multipart."""
        return self.generic(method, path, encode_multipart(BOUNDARY, data), MULTIPART_CONTENT, **extra)
