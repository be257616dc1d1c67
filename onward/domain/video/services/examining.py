"""Writing down what a video says of itself."""

from django.core.files.base import ContentFile

from onward.domain.video.examining import duration_of, poster_of
from onward.domain.video.formats import READERS
from onward.domain.video.models import Video
from onward.domain.video.services.uploads import POSTERS
from onward.platform import storage


def examine(*, video_id: int) -> None:
    """Find out how long a video is, and take a picture of it; what cannot be read stays without."""
    video = Video.objects.filter(pk=video_id).exclude(file_key="").first()
    if video is None:
        return
    reader = READERS[video.content_type]
    with storage.open_file(video.file_key) as file:
        duration = duration_of(file, reader=reader)
    if duration is None:
        return
    with storage.open_file(video.file_key) as file:
        poster = poster_of(file, reader=reader, duration=duration)
    Video.objects.filter(pk=video_id).update(duration=duration)
    if poster and not video.poster_key:
        with storage.stored(ContentFile(poster), folder=POSTERS, suffix=".jpg") as key:
            Video.objects.filter(pk=video_id, poster_key="").update(poster_key=key)
