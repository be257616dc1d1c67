"""Blogs, forums, threads, posts and flags."""

from datetime import timedelta

from django.utils import timezone

from onward.domain.writing.models import Flag
from tests.apis.campus.table import Cast, Pair, Row
from tests.factories import EntryFactory, ForumFactory, ThreadFactory, ThreadPostFactory

BLOG = {"title": "A walk", "content": "Along the river"}
FORUM = {"title": "Walks"}
POST = {"content": "Along the river"}
THREADS = "/api/forums/{forum_id}/threads/"
THREAD = THREADS + "{thread_id}/"
POSTS = THREAD + "posts/"
ONE_POST = POSTS + "{post_id}/"


def _flag(ids):
    return {"entry_id": ids["blog_id"].here, "reason": "spam"}


def _reads(ids):
    return {"post_id": ids["post_id"].here}


OPERATIONS = {
    #                                    nobody member owner instr. moder. team admin
    "GET /api/blogs/":               Row("200    200    200   200    200    200  200"),
    "POST /api/blogs/":              Row("401    201    201   201    201    201  201", BLOG),
    "GET /api/blogs/popular/":       Row("200    200    200   200    200    200  200"),
    "GET /api/blogs/feed/":          Row("200    200    200   200    200    200  200"),
    "GET /api/blogs/{blog_id}/":     Row("200    200    200   200    200    200  200"),
    "PUT /api/blogs/{blog_id}/":     Row("401    403    200   403    403    403  200", BLOG),
    "DELETE /api/blogs/{blog_id}/":  Row("401    403    204   403    204    403  204"),
    "GET /api/blogs/{blog_id}/history/": Row("401 403   200   403    200    403  200"),
    "GET /api/forums/":              Row("401    200    200   200    200    200  200"),
    "POST /api/forums/":             Row("401    403    403   403    403    403  201", FORUM),
    "GET /api/forums/bookmarks/":    Row("401    200    200   200    200    200  200"),
    "GET /api/forums/search/":       Row("401    200    200   200    200    200  200"),
    "GET /api/forums/{forum_id}/":   Row("401    200    200   200    200    200  200"),
    "PUT /api/forums/{forum_id}/":   Row("401    403    403   403    403    403  200", FORUM),
    "DELETE /api/forums/{forum_id}/": Row("401   403    403   403    403    403  204"),
    f"GET {THREADS}":                Row("401    200    200   200    200    200  200"),
    f"POST {THREADS}":               Row("401    201    201   201    201    201  201", BLOG),
    f"GET {THREAD}":                 Row("401    200    200   200    200    200  200"),
    f"PUT {THREAD}":                 Row("401    403    200   403    200    403  200", BLOG),
    f"DELETE {THREAD}":              Row("401    403    204   403    204    403  204"),
    f"GET {THREAD}history/":         Row("401    403    200   403    200    403  200"),
    f"POST {THREAD}like/":           Row("401    200    200   200    200    200  200"),
    f"DELETE {THREAD}like/":         Row("401    200    200   200    200    200  200"),
    f"POST {THREAD}bookmark/":       Row("401    200    200   200    200    200  200"),
    f"DELETE {THREAD}bookmark/":     Row("401    200    200   200    200    200  200"),
    f"POST {THREAD}read/":           Row("401    200    200   200    200    200  200", _reads,
                                         (lambda ids: {"post_id": ids["post_id"].elsewhere},)),
    f"GET {POSTS}":                  Row("401    200    200   200    200    200  200"),
    f"POST {POSTS}":                 Row("401    201    201   201    201    201  201", POST,
                                         (lambda ids: {**POST, "reply_to_id": ids["post_id"].elsewhere},)),
    f"GET {ONE_POST}":               Row("401    200    200   200    200    200  200"),
    f"PUT {ONE_POST}":               Row("401    403    200   403    200    403  200", POST),
    f"DELETE {ONE_POST}":            Row("401    403    204   403    204    403  204"),
    f"GET {ONE_POST}history/":       Row("401    403    200   403    200    403  200"),
    f"POST {ONE_POST}like/":         Row("401    200    200   200    200    200  200"),
    f"DELETE {ONE_POST}like/":       Row("401    200    200   200    200    200  200"),
    "POST /api/flags/":              Row("401    201    400   201    201    201  201", _flag,
                                         (lambda ids: {"entry_id": ids["draft_id"].elsewhere, "reason": "x"},
                                          lambda ids: {"message_id": ids["message_id"].elsewhere, "reason": "x"})),
    "GET /api/flags/":               Row("401    403    403   403    200    403  200"),
    "POST /api/flags/restore/":      Row("401    403    403   403    200    403  200",
                                         lambda ids: {"entry_id": ids["removed_id"].here},
                                         (lambda ids: {"entry_id": ids["removed_id"].elsewhere},)),
    "POST /api/flags/{flag_id}/resolve/": Row("401 403  403   403    200    403  200", {"action": "keep"}),
}  # fmt: skip


def make(cast: Cast) -> dict[str, Pair]:
    blog, other = EntryFactory(author=cast.owner), EntryFactory(author=cast.another)
    thread, elsewhere = ThreadFactory(author=cast.owner), ThreadFactory(author=cast.another)
    post, another = (ThreadPostFactory(author=one.author, parent=one) for one in (thread, elsewhere))
    now = timezone.now()
    removed, long_gone = (EntryFactory(removed_at=now - timedelta(days=days), author=cast.another) for days in (1, 31))
    flags = [Flag.objects.create(entry=one, user=cast.another, reason="spam") for one in (thread, elsewhere)]
    drafts = [EntryFactory(author=one, status="draft") for one in (cast.owner, cast.another)]
    return {
        "blog_id": Pair(blog.pk, other.pk),
        "draft_id": Pair(*(draft.pk for draft in drafts)),
        "forum_id": Pair(thread.forum_id, ForumFactory().pk),
        "thread_id": Pair(thread.pk, elsewhere.pk),
        "post_id": Pair(post.pk, another.pk),
        "removed_id": Pair(removed.pk, long_gone.pk),
        "flag_id": Pair(*(flag.pk for flag in flags)),
    }
