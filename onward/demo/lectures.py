"""A lecture for the demo: twelve seconds that play, with captions, and what a student says to them.

`lecture.webm` was drawn by FFmpeg alone (`color`, `drawbox` and `drawtext`, VP9, twelve pictures a second).
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile

from onward.domain.video.services import captions, videos
from onward.domain.writing.choices import EntryKind
from onward.domain.writing.services import entries, marks

HERE = Path(__file__).parent
TITLE = "How a first interview goes"
DESCRIPTION = """What is asked, and why:

1. *Tell us about yourself* – two minutes, no more.
2. A piece of work that you did, and what **you** did of it.
3. Your own questions. Bring three.
"""


def show(*, by_id: int, student_id: int, at: datetime) -> None:
    """Put the lecture among the videos, with a like and a comment."""
    made_at = at - timedelta(days=9)
    lecture = videos.add_file(
        author_id=by_id,
        file=ContentFile((HERE / "lecture.webm").read_bytes()),
        at=made_at,
        title=TITLE,
        content=DESCRIPTION,
    )
    captions.put(entry=lecture, language="en", content=(HERE / "lecture.vtt").read_bytes(), at=made_at)
    marks.like(entry=lecture, user_id=student_id, at=made_at + timedelta(days=1))
    entries.write_below(
        kind=EntryKind.COMMENT,
        parent=lecture,
        author_id=student_id,
        content="The third one helped me most: I had only ever prepared answers.",
        at=made_at + timedelta(days=1, minutes=20),
    )
