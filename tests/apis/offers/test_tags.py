"""Tags, as the offers document promises them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from onward.domain.activity.models import Activity
from onward.domain.applications.models import Tag, Tagging
from onward.platform.events.models import EventRecord
from tests.factories import ApplicationFactory, CompanyFactory, TagFactory, TaggingFactory

pytestmark = pytest.mark.django_db

PATH = "/offers/api/v1/tags/"
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
EXISTS = {"detail": "Tag with this name already exists"}
ASSIGNED = {"detail": "Tag already assigned to this application"}
NOT_ASSIGNED = {"detail": "Tag not assigned to this application"}


@pytest.fixture
def application(ada):
    company = CompanyFactory(owner=ada, name="Acme")
    return ApplicationFactory(owner=ada, company=company, job_title="Cook", updated_at=LONG_AGO)


@pytest.fixture
def tag(ada):
    return TagFactory(owner=ada, name="urgent", color="#ff0000", created_at=LONG_AGO, updated_at=LONG_AGO)


def row(tag):
    return Tag.objects.filter(pk=tag.pk).values().get()


def said(answered):
    return answered.status_code, answered.json()


def names(answered):
    assert answered.status_code == 200, answered.content
    return [shown["name"] for shown in answered.json()]


def places(answered):
    assert answered.status_code == 422, answered.content
    return [problem["loc"] for problem in answered.json()["detail"]]


def assign(application, tag):
    return f"{PATH}application/{application.uid}/assign/{tag.uid}"


def remove(application, tag):
    return f"{PATH}application/{application.uid}/remove/{tag.uid}"


def of(application):
    return f"{PATH}application/{application.uid}"


# The library.


def test_makes_a_tag_with_a_name_alone(as_ada, ada):
    answered = as_ada.post(PATH, {"name": "urgent"})

    made = answered.json()
    assert (answered.status_code, made) == (
        201,
        {
            "id": str(Tag.objects.get().uid),
            "user_id": str(ada.uid),
            "name": "urgent",
            "color": "#6366f1",
            "created_at": made["created_at"],
        },
    )


@pytest.mark.parametrize("color", ["#000", "#FfAa00", "#6366f1"])
def test_keeps_its_colour_as_it_is_written(as_ada, color):
    assert as_ada.post(PATH, {"name": "urgent", "color": color}).json()["color"] == color


def test_a_name_is_one_in_its_owners_library(as_ada, as_ben, tag):
    assert said(as_ada.post(PATH, {"name": "urgent"})) == (400, EXISTS)
    assert said(as_ada.post(PATH, {"name": " urgent "})) == (400, EXISTS)
    assert as_ben.post(PATH, {"name": "urgent"}).status_code == 201


def test_of_many_who_make_one_name_at_once_one_does(together, as_ada):
    answers = together(6, lambda number: as_ada.post(PATH, {"name": "urgent"}))

    assert sorted(answered.status_code for answered in answers) == [201, *[400] * 5]
    assert [a.json() for a in answers if a.status_code == 400] == [EXISTS] * 5
    assert EventRecord.objects.filter(name="tag.created").count() == 1


def test_of_many_who_take_one_name_at_once_one_does(together, as_ada, ada):
    uids = [TagFactory(owner=ada).uid for _ in range(4)]

    answers = together(4, lambda number: as_ada.put(f"{PATH}{uids[number]}", {"name": "urgent"}))

    assert sorted(answered.status_code for answered in answers) == [200, 400, 400, 400]
    assert Tag.objects.filter(name="urgent").count() == 1


@pytest.mark.parametrize("name", ["URGENT", "Urgent", "ｕｒｇｅｎｔ"])
def test_a_tag_is_one_whatever_its_case_and_width(as_ada, ada, tag, name):
    other = TagFactory(owner=ada)

    assert said(as_ada.post(PATH, {"name": name})) == (400, EXISTS)
    assert said(as_ada.put(f"{PATH}{other.uid}", {"name": name})) == (400, EXISTS)
    assert as_ada.put(f"{PATH}{tag.uid}", {"name": name}).json()["name"] == name


def test_lists_ones_own_by_name(as_ada, ada):
    for name in ("beta", "Gamma", "alpha"):
        TagFactory(owner=ada, name=name)
    TagFactory(name="another's")

    assert names(as_ada.get(PATH)) == ["alpha", "beta", "Gamma"]


@pytest.mark.parametrize("count", [1, 20])
def test_the_library_is_one_statement_however_long_it_is(as_ada, ada, queries, count):
    for _ in range(count):
        TagFactory(owner=ada)
    as_ada.get(PATH)

    with queries() as asked:
        assert len(as_ada.get(PATH).json()) == count

    # Who asks, and what they asked for.
    assert len(asked) == 2


BAD = [
    ("name", " \t"),
    ("name", "a\x00b"),
    ("color", "red"),
    ("color", "6366f1"),
    ("color", "#12"),
    ("color", "#12345"),
    ("color", "#6366f1f"),
    ("color", "#6366fg"),
    ("color", "#６３６"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_is_not_valid_is_refused_by_the_name_of_its_field(as_ada, tag, name, value):
    before = row(tag)

    assert places(as_ada.post(PATH, {"name": "x", name: value})) == [["body", name]]
    assert places(as_ada.put(f"{PATH}{tag.uid}", {name: value})) == [["body", name]]
    assert row(tag) == before
    assert Tag.objects.count() == 1


@pytest.mark.parametrize("name", ["name", "color"])
def test_null_is_neither_a_name_nor_a_colour_and_leaves_both(as_ada, tag, name):
    before = row(tag)

    assert as_ada.put(f"{PATH}{tag.uid}", {name: None}).status_code == 200
    assert row(tag) == before


def test_the_name_must_be_given_and_the_longest_fits(as_ada):
    assert places(as_ada.post(PATH, {"color": "#000"})) == [["body", "name"]]
    assert places(as_ada.post(PATH, {"name": None})) == [["body", "name"]]
    assert places(as_ada.post(PATH)) == [["body", "name"]]
    assert as_ada.post(PATH, {"name": "n" * 50}).json()["name"] == "n" * 50


def test_changes_what_is_sent_and_leaves_the_rest(as_ada, tag):
    renamed = as_ada.put(f"{PATH}{tag.uid}", {"name": "later"}).json()
    painted = as_ada.put(f"{PATH}{tag.uid}", {"color": "#000"}).json()

    assert (renamed["name"], renamed["color"]) == ("later", "#ff0000")
    assert (painted["name"], painted["color"]) == ("later", "#000")


def test_a_tag_cannot_take_the_name_of_another(as_ada, ada, tag):
    TagFactory(owner=ada, name="later")
    before = row(tag)

    assert said(as_ada.put(f"{PATH}{tag.uid}", {"name": "later", "color": "#000"})) == (400, EXISTS)
    assert row(tag) == before


def test_what_is_read_and_written_back_changes_nothing(as_ada, ada):
    # None of this would be taken.
    tag = TagFactory(owner=ada, name="", color="red", updated_at=LONG_AGO)
    before = row(tag)
    (shown,) = as_ada.get(PATH).json()

    assert said(as_ada.put(f"{PATH}{tag.uid}", shown)) == (200, shown)
    assert as_ada.put(f"{PATH}{tag.uid}", {}).status_code == 200
    assert row(tag) == before
    assert not EventRecord.objects.exists()


def test_deletes_a_tag_from_every_application(as_ada, ada, tag, application):
    TaggingFactory(application=application, tag=tag)
    TaggingFactory(application=ApplicationFactory(owner=ada), tag=tag)
    other = TaggingFactory(application=application)

    assert said(as_ada.delete(f"{PATH}{tag.uid}")) == (200, {"detail": "Tag deleted"})
    assert [shown["tag_id"] for shown in as_ada.get(of(application)).json()] == [str(other.tag.uid)]
    assert list(Tagging.objects.all()) == [other]


def test_another_persons_tag_is_refused(as_ben, tag):
    before = row(tag)

    answers = [as_ben.put(f"{PATH}{tag.uid}", {"name": "Mine"}), as_ben.delete(f"{PATH}{tag.uid}")]

    assert [said(answered) for answered in answers] == [(403, {"detail": "Not your tag"})] * 2
    assert row(tag) == before


def test_a_tag_that_is_not_there_is_not_found(as_ada, application):
    for uid in (uuid4(), application.uid):
        answers = [as_ada.put(f"{PATH}{uid}", {"name": "x"}), as_ada.delete(f"{PATH}{uid}")]
        assert [said(answered) for answered in answers] == [(404, {"detail": "Tag not found"})] * 2


# On applications.


def test_assigns_a_tag(as_ada, tag, application):
    answered = as_ada.post(assign(application, tag))

    assigned = answered.json()
    (shown,) = as_ada.get(PATH).json()
    assert (answered.status_code, assigned) == (
        201,
        {
            "id": str(Tagging.objects.get().uid),
            "application_id": str(application.uid),
            "tag_id": str(tag.uid),
            "created_at": assigned["created_at"],
            "tag": shown,
        },
    )
    assert as_ada.get(of(application)).json() == [assigned]


def test_the_timeline_tells_of_it_and_the_application_is_not_touched(as_ada, tag, application):
    as_ada.post(assign(application, tag))

    line = Activity.objects.get()
    assert (line.action, line.description, line.application_id, line.metadata) == (
        "tag_assigned",
        "Tag: urgent (Acme — Cook)",
        application.pk,
        {"tag_id": tag.pk},
    )
    application.refresh_from_db()
    assert application.updated_at == LONG_AGO


def test_a_tag_is_on_an_application_once(as_ada, tag, application):
    as_ada.post(assign(application, tag))

    assert said(as_ada.post(assign(application, tag))) == (400, ASSIGNED)
    assert Activity.objects.count() == 1


def test_of_many_who_assign_one_tag_at_once_one_does(together, as_ada, tag, application):
    answers = together(6, lambda number: as_ada.post(assign(application, tag)))

    assert sorted(answered.status_code for answered in answers) == [201, *[400] * 5]
    assert [a.json() for a in answers if a.status_code == 400] == [ASSIGNED] * 5
    assert (Tagging.objects.count(), Activity.objects.count()) == (1, 1)


def test_assigning_a_tag_that_goes_leaves_nothing_behind(together, as_ada, ada, application):
    for _ in range(5):
        tag = TagFactory(owner=ada)
        acts = [
            lambda tag=tag: as_ada.post(assign(application, tag)),
            lambda tag=tag: as_ada.delete(f"{PATH}{tag.uid}"),
        ]

        assigned, deleted = together(2, lambda number, acts=acts: acts[number]())

        assert (assigned.status_code, deleted.status_code) in {(201, 200), (404, 200)}
    assert not Tagging.objects.exists()


def test_lists_tags_in_the_order_of_assignment(as_ada, ada, application):
    for days, name in ((2, "b"), (1, "c"), (3, "a")):
        TaggingFactory(
            application=application, tag=TagFactory(owner=ada, name=name), created_at=LONG_AGO + timedelta(days=days)
        )
    TaggingFactory(application=ApplicationFactory(owner=ada))

    assert [shown["tag"]["name"] for shown in as_ada.get(of(application)).json()] == ["c", "b", "a"]


@pytest.mark.parametrize("count", [1, 20])
def test_the_tags_of_an_application_are_one_statement(as_ada, application, queries, count):
    for _ in range(count):
        TaggingFactory(application=application)
    as_ada.get(of(application))

    with queries() as asked:
        assert len(as_ada.get(of(application)).json()) == count

    assert len(asked) == 2


def test_an_application_may_have_no_tags(as_ada, application):
    assert said(as_ada.get(of(application))) == (200, [])


def test_removes_a_tag_and_leaves_it_in_the_library(as_ada, tag, application):
    as_ada.post(assign(application, tag))

    removed = as_ada.delete(remove(application, tag))

    assert said(removed) == (200, {"detail": "Tag removed from application"})
    assert as_ada.get(of(application)).json() == []
    assert names(as_ada.get(PATH)) == ["urgent"]
    assert as_ada.post(assign(application, tag)).status_code == 201


def test_what_is_not_on_it_cannot_be_removed(as_ada, ada, ben, tag, application):
    TaggingFactory(application=ApplicationFactory(owner=ada), tag=tag)
    others = [tag, TagFactory(owner=ben), Tag(uid=uuid4())]

    assert [said(as_ada.delete(remove(application, other))) for other in others] == [(404, NOT_ASSIGNED)] * 3


def test_a_tag_is_removed_once(together, as_ada, tag, application):
    TaggingFactory(application=application, tag=tag)

    answers = together(4, lambda number: as_ada.delete(remove(application, tag)))

    assert sorted(answered.status_code for answered in answers) == [200, 404, 404, 404]
    assert EventRecord.objects.filter(name="tag.removed").count() == 1


def test_somebody_elses_tag_does_not_exist_for_an_application(as_ada, ben, application):
    for tag in (TagFactory(owner=ben), Tag(uid=uuid4())):
        assert said(as_ada.post(assign(application, tag))) == (404, {"detail": "Tag not found"})
    assert not Tagging.objects.exists()


def test_another_persons_application_has_no_tags_for_anybody_else(as_ben, ben, tag, application):
    TaggingFactory(application=application, tag=tag)
    mine = TagFactory(owner=ben)

    answers = [
        as_ben.get(of(application)),
        as_ben.post(assign(application, mine)),
        as_ben.post(assign(application, tag)),
        as_ben.delete(remove(application, tag)),
    ]

    assert [said(answered) for answered in answers] == [(403, {"detail": "Not your application"})] * 4
    assert Tagging.objects.count() == 1


def test_an_application_that_is_not_there_has_no_tags(as_ada, tag):
    nowhere = type(tag)(uid=uuid4())

    answers = [
        as_ada.get(of(nowhere)),
        as_ada.post(assign(nowhere, tag)),
        as_ada.delete(remove(nowhere, tag)),
    ]

    assert [said(answered) for answered in answers] == [(404, {"detail": "Application not found"})] * 3


def test_tags_of_an_application_go_with_it_and_stay_in_the_library(as_ada, tag, application):
    as_ada.post(assign(application, tag))

    as_ada.delete(f"/offers/api/v1/applications/{application.uid}")

    assert not Tagging.objects.exists()
    assert names(as_ada.get(PATH)) == ["urgent"]


# All of it.
