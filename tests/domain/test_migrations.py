"""What migrations write into rows that were there before them; run again, over rows that are there now."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from onward.domain.accounts.models import User
from onward.domain.activity.models import Activity
from onward.domain.applications.models import Tag
from onward.domain.interviews.models import Interview
from tests.factories import ApplicationFactory, InterviewFactory, TagFactory, TaggingFactory, UserFactory

pytestmark = pytest.mark.django_db


def fill(app, name):
    import_module(f"onward.domain.{app}.migrations.{name}").fill(apps, SimpleNamespace(connection=connection))


def test_every_line_of_a_timeline_gets_a_uid_of_its_own(ada):
    Activity.objects.bulk_create(Activity(owner=ada, action="note_added") for _ in range(2100))
    before = set(Activity.objects.values_list("uid", flat=True))

    fill("activity", "0002_uid")

    after = set(Activity.objects.values_list("uid", flat=True))
    assert len(after) == 2100
    assert not after & before


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("Ada", "Ahmed", "Ada Ahmed"),
        ("Ada", "", "Ada"),
        ("", "Ahmed", "Ahmed"),
        ("", "", "countess"),
        (" ", " ", "countess"),
        ("Ada", "Ä" * 150, "Ada " + "Ä" * 96),
    ],
)
def test_people_are_shown_by_the_names_that_they_had_given(first, last, shown):
    person = UserFactory(username="countess", first_name=first, last_name=last, display_name=None)

    fill("accounts", "0004_offers")

    assert User.objects.get(pk=person.pk).display_name == shown


def test_questions_become_a_list_as_those_do_that_are_written_today():
    asked = "  Why us?\n\n \tWhere in five years?  \r\n"
    interview = InterviewFactory(questions_asked=asked, questions=[])

    fill("interviews", "0003_offers")

    assert Interview.objects.get(pk=interview.pk).questions == ["Why us?", "Where in five years?"]


def test_of_tags_that_differ_in_their_case_the_first_stays_and_is_on_all_that_they_were_on(ada):
    first, second = (TagFactory(owner=ada, name=name, name_key=name) for name in ("Urgent", "URGENT"))
    other = TagFactory(owner=ada, name="later", name_key="x")
    both, one = ApplicationFactory(owner=ada), ApplicationFactory(owner=ada)
    for application, tag in ((both, first), (both, second), (one, second), (one, other)):
        TaggingFactory(application=application, tag=tag)

    fill("applications", "0006_tags_in_any_case")

    assert list(Tag.objects.order_by("pk").values_list("name", "name_key")) == [
        ("Urgent", "urgent"),
        ("later", "later"),
    ]
    assert [sorted(tag.name for tag in item.tags.all()) for item in (both, one)] == [["Urgent"], ["Urgent", "later"]]
