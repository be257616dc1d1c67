"""Videos, and comments on them."""

from datetime import timedelta

from django.utils import timezone

from onward.domain.video.models import Caption, Upload
from tests.apis.campus.table import Cast, Pair, Row
from tests.factories import CommentFactory, VideoFactory

VIDEO = {"title": "A lecture", "url": "https://videos.example.org/1"}
WORDS = {"title": "A lecture"}
COMMENT = {"content": "Thank you"}
ONE = "/api/videos/{video_id}/"
COMMENTS = ONE + "comments/"
ONE_COMMENT = COMMENTS + "{comment_id}/"
TUS = {"Tus-Resumable": "1.0.0"}
BEGINS = {**TUS, "Upload-Length": "2"}
SENDS = {**TUS, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
CAPTIONS = ONE + "captions/{lang}/"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"
SAID = {"content": VTT}
UPLOADS = "/api/videos/uploads/"
UPLOAD = UPLOADS + "{upload_id}/"

OPERATIONS = {
    #                                    nobody member owner instr. moder. team admin
    "GET /api/videos/":              Row("401    200    200   200    200    200  200"),
    "POST /api/videos/":             Row("401    201    201   201    201    201  201", VIDEO),
    f"GET {ONE}":                    Row("401    200    200   200    200    200  200"),
    f"PUT {ONE}":                    Row("401    403    200   403    403    403  200", WORDS),
    f"DELETE {ONE}":                 Row("401    403    204   403    204    403  204"),
    f"GET {ONE}history/":            Row("401    403    200   403    200    403  200"),
    f"POST {ONE}like/":              Row("401    200    200   200    200    200  200"),
    f"DELETE {ONE}like/":            Row("401    200    200   200    200    200  200"),
    # The file of this one is elsewhere; of one that is here, whoever may see the video has it.
    f"GET {ONE}file/":               Row("401    404    404   404    404    404  404"),
    f"GET {ONE}poster/":             Row("401    404    404   404    404    404  404"),
    f"GET {CAPTIONS}":               Row("401    200    200   200    200    200  200"),
    f"PUT {CAPTIONS}":               Row("401    403    200   403    403    403  200", SAID),
    f"DELETE {CAPTIONS}":            Row("401    403    204   403    403    403  204"),
    f"OPTIONS {UPLOADS}":            Row("204    204    204   204    204    204  204"),
    f"POST {UPLOADS}":               Row("401    201    201   201    201    201  201", headers=BEGINS),
    f"GET {UPLOAD}":                 Row("401    404    200   404    404    404  404", headers=TUS),
    f"PATCH {UPLOAD}":               Row("401    404    204   404    404    404  404", headers=SENDS),
    f"DELETE {UPLOAD}":              Row("401    404    204   404    404    404  404", headers=TUS),
    f"GET {COMMENTS}":               Row("401    200    200   200    200    200  200"),
    f"POST {COMMENTS}":              Row("401    201    201   201    201    201  201", COMMENT,
                                         (lambda ids: {**COMMENT, "reply_to_id": ids["comment_id"].elsewhere},)),
    f"GET {ONE_COMMENT}":            Row("401    200    200   200    200    200  200"),
    f"PUT {ONE_COMMENT}":            Row("401    403    200   403    200    403  200", COMMENT),
    f"DELETE {ONE_COMMENT}":         Row("401    403    204   403    204    403  204"),
    f"GET {ONE_COMMENT}history/":    Row("401    403    200   403    200    403  200"),
    f"POST {ONE_COMMENT}like/":      Row("401    200    200   200    200    200  200"),
    f"DELETE {ONE_COMMENT}like/":    Row("401    200    200   200    200    200  200"),
}  # fmt: skip


def make(cast: Cast) -> dict[str, Pair]:
    video, elsewhere = VideoFactory(author=cast.owner), VideoFactory(author=cast.another)
    comments = [CommentFactory(author=one.author, parent=one) for one in (video, elsewhere)]
    later = timezone.now() + timedelta(days=7)
    uploads = [
        Upload.objects.create(owner=one, file_key=f"videos/{one.username}", length=2, expires_at=later)
        for one in (cast.owner, cast.another)
    ]
    Caption.objects.create(video=video.video, language="de", content=VTT)
    Caption.objects.create(video=elsewhere.video, language="fr", content=VTT)
    return {
        "lang": Pair("de", "fr"),
        "upload_id": Pair(*(upload.pk for upload in uploads)),
        "video_id": Pair(video.pk, elsewhere.pk),
        "comment_id": Pair(*(comment.pk for comment in comments)),
    }
