"""How many statements each read takes, who asks included: two, and a third where it must be said why there is nothing."""

import pytest
from django.db import transaction

from tests.apis.campus.table import OPERATIONS
from tests.apis.campus.test_access import whole

pytestmark = pytest.mark.django_db

READS = [name for name in OPERATIONS if name.startswith("GET ")]
# What is for some only asks first whose it is, so that those are refused to whom it is not; the others as they say.
MORE = {
    "GET /api/jobs/{posting_id}/applicants/": 3,
    "GET /api/internships/{posting_id}/applicants/": 3,
    "GET /api/courses/{course_id}/students/": 3,
    "GET /api/blogs/{blog_id}/history/": 3,
    "GET /api/forums/{forum_id}/threads/{thread_id}/history/": 3,
    "GET /api/forums/{forum_id}/threads/{thread_id}/posts/{post_id}/history/": 3,
    "GET /api/videos/{video_id}/history/": 3,
    "GET /api/videos/{video_id}/comments/{comment_id}/history/": 3,
    "GET /api/chats/{chat_id}/messages/{message_id}/history/": 3,
    # The video, which says whether they may be read, and they.
    "GET /api/videos/{video_id}/captions/{lang}/": 3,
}
# Where nothing is found: the quiz, and whether one takes part in its course.
MORE_OF_NOTHING = {"GET /api/quizzes/{quiz_id}/questions/": 4}


@pytest.mark.parametrize("name", READS)
def test_a_read_takes_two_statements(clients, ids, queries, name):
    row = OPERATIONS[name]
    who = "owner" if row.statuses()["owner"] == 200 else "admin"
    _, path = whole(name, ids)

    def statements(**asked):
        with queries() as counted:
            answered = clients[who].get(path, asked, headers=dict(row.headers))
        assert answered.status_code in {row.statuses()[who], 404}, answered.content
        return len(counted)

    with transaction.atomic():
        # The first one compiles, and a first reading of a day is counted.
        statements()
        assert statements() <= MORE.get(name, 2)
        assert statements(search="nowhere") <= MORE_OF_NOTHING.get(name, 3)
        transaction.set_rollback(True)


def test_what_takes_more_is_in_the_table():
    assert {*MORE, *MORE_OF_NOTHING} <= {*READS}
