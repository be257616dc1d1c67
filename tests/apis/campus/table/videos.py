"""Videos, and comments on them."""

from tests.apis.campus.table import Cast, Pair, Row
from tests.factories import CommentFactory, VideoFactory

VIDEO = {"title": "A lecture", "url": "https://videos.example.org/1"}
WORDS = {"title": "A lecture"}
COMMENT = {"content": "Thank you"}
ONE = "/api/videos/{video_id}/"
COMMENTS = ONE + "comments/"
ONE_COMMENT = COMMENTS + "{comment_id}/"

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
    return {
        "video_id": Pair(video.pk, elsewhere.pk),
        "comment_id": Pair(*(comment.pk for comment in comments)),
    }
