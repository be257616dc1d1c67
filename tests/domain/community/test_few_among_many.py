"""What is shown to others is found without reading all that is not."""

import pytest
from django.db import connection

from onward.domain.accounts.choices import Visibility
from onward.domain.accounts.models import User
from onward.domain.community.models import Post, Progress
from onward.platform.database.postgresql.prepared import _numbered
from tests.factories import PostFactory, UserFactory

pytestmark = pytest.mark.django_db

API = "/offers/api/v1"


@pytest.fixture
def crowd():
    """Many who show themselves to nobody, and one who has done nothing for a while and does."""
    shown = UserFactory(username="shown", display_name="Ada", profile_visibility=Visibility.PUBLIC)
    User.objects.bulk_create(
        User(username=f"hidden{number}", username_key=f"hidden{number}", email=f"{number}@example.org")
        for number in range(500)
    )
    Progress.objects.bulk_create(
        Progress(user=person, last_active_at=person.created_at) for person in User.objects.order_by("pk")
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return shown


def plan(statement):
    """Say how the database would go about a statement, whatever its values are."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            rows = connection.connection.execute(f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?"))
            return str(rows.fetchall())
        count = statement.count("%s")
        cursor.execute(f"PREPARE question AS {_numbered(statement).decode()}")
        cursor.execute(f"EXPLAIN EXECUTE question({', '.join(['NULL'] * count)})")
        found = str(cursor.fetchall())
        cursor.execute("DEALLOCATE question")
        return found


@pytest.mark.parametrize("path", ["/progress/community", "/users/search?q=a"])
def test_looking_for_people_passes_over_those_who_show_themselves_to_nobody(path, crowd, as_ben, queries):
    with queries() as asked:
        found = as_ben.get(API + path).json()

    assert [person["username"] for person in found] == ["shown"]
    assert "user_shown" in plan(asked[-1]["sql"])


def test_the_feed_passes_over_posts_that_are_not_for_everybody(crowd, as_ben, queries):
    PostFactory(author=crowd, content="For all to read.")
    Post.objects.bulk_create(Post(author=crowd, content="A draft.", is_public=False) for _ in range(500))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    with queries() as asked:
        found = as_ben.get(f"{API}/social/posts/feed").json()

    assert [post["content"] for post in found] == ["For all to read."]
    assert "post_feed" in plan(asked[-1]["sql"])
