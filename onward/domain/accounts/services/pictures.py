"""The picture of somebody's profile, where it is kept here."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Any, NamedTuple

from django.core.files.base import ContentFile

from onward.domain.accounts.demands import Demands
from onward.domain.accounts.drawing.bounds import FORMATS, LARGEST, LARGEST_DRAWN
from onward.domain.accounts.events import ProfileChanged
from onward.domain.accounts.models import User
from onward.domain.accounts.services import profiles
from onward.platform import storage
from onward.platform.confined.running import run
from onward.platform.events import publish
from onward.platform.record import locked
from onward.platform.refusals import Invalid

FOLDER = "pictures"
PROGRAM = "onward.domain.accounts.drawing"
SECONDS = 10
# Each may take 256 MB, so that few run at a time; the others wait for their turn.
_turns = BoundedSemaphore(2)
# By then a file has its row, or will never have one.
LONGEST_UPLOAD = timedelta(hours=1)


class Drawn(NamedTuple):
    """A picture that was drawn anew. :ivar suffix: of its format, with the dot"""

    content: bytes
    suffix: str


def change(
    *, user_id: int, picture: storage.Content, changes: Mapping[str, Any], demands: Demands, at: datetime
) -> None:
    """Set the picture of a profile from a file, with what else changes about it: all of it, or nothing.

    :param changes: as `profiles.change` takes them
    :raises Invalid: naming ``profile_picture_url`` where it is no picture that is taken, or what else is wrong
    """
    drawn = draw(picture)
    with storage.stored(ContentFile(drawn.content), folder=FOLDER, suffix=drawn.suffix) as key:
        profiles.change(user_id=user_id, changes=changes, demands=demands, at=at)
        user = locked(User(pk=user_id))
        if user.picture_key:
            storage.delete_file(user.picture_key)
        user.picture_key, user.profile_picture_url, user.updated_at = key, "", at
        user.save(update_fields=["picture_key", "profile_picture_url", "updated_at"])
        publish(ProfileChanged(owner_id=user_id, at=at, fields=("picture_key",)))


def draw(picture: storage.Content) -> Drawn:
    """Read a picture by what is in it, whatever its name says, and draw it anew, 1024 pixels a side at most.

    :raises Invalid: naming ``profile_picture_url``, when it is none, or too large
    """
    if picture.size > LARGEST:
        raise _refused("The picture is larger than 5 MB.")
    picture.seek(0)
    with _turns:
        written = run(PROGRAM, str(SECONDS), content=picture.read(), seconds=SECONDS, longest=LARGEST_DRAWN)
    kind, _, content = (written or b"").partition(b"\n")
    if kind.decode() not in FORMATS or not content:
        raise _refused("Upload a PNG, JPEG, WebP or GIF picture. This file is none, or it cannot be read.")
    return Drawn(content, FORMATS[kind.decode()][0])


def sweep(*, at: datetime) -> int:
    """Remove pictures that a crash has left without a profile; returns how many."""
    keep = set(User.objects.exclude(picture_key="").values_list("picture_key", flat=True))
    return storage.sweep(folder=FOLDER, keep=keep, before=at - LONGEST_UPLOAD)


def _refused(sentence: str) -> Invalid:
    return Invalid(fields={"profile_picture_url": [sentence]})
