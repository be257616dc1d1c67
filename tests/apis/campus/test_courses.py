"""Section 5 of the campus document: courses and their lessons."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from onward.domain.learning.models import Certificate, Course, Lesson
from tests import poison
from tests.apis.campus.errors import error
from tests.apis.campus.learning import COURSES, completed_by, made, of, rows, shown
from tests.conftest import client
from tests.factories import CourseFactory, EnrolmentFactory, EntryFactory, LessonFactory, RoleFactory
from tests.platform.test_markdown import live, payloads

pytestmark = pytest.mark.django_db

COURSE = (
    "id title description instructor_id instructor status lesson_count student_count enrolled created_at updated_at"
).split()
LESSON = "id course_id order title content content_html video_id quiz_id done created_at updated_at".split()


# Courses


def test_an_instructor_makes_a_course_and_members_read_it(as_instructor, instructor, as_ada):
    made_one = made(as_instructor.post(COURSES, {"title": " Bread ", "description": "From flour to loaf"}))

    assert list(made_one) == COURSE
    assert (made_one["title"], made_one["status"], made_one["instructor_id"]) == ("Bread", "published", instructor.pk)
    assert made_one["instructor"]["id"] == instructor.pk
    assert (made_one["lesson_count"], made_one["student_count"], made_one["enrolled"]) == (0, 0, False)
    assert shown(as_ada.get(f"{COURSES}{made_one['id']}/")) == made_one
    assert rows(as_ada, COURSES) == [made_one]


def test_what_get_shows_can_be_put_back_and_changes_nothing(as_instructor, root, path, course):
    for api in (as_instructor, client(root)):
        before = shown(api.get(path))
        assert shown(api.put(path, before)) == before
    assert Course.objects.get().updated_at == course.updated_at


def test_a_change_needs_a_title_and_leaves_what_is_absent(as_instructor, path):
    as_instructor.put(path, {"title": "Bread", "description": "Long"})

    error(as_instructor.put(path, {"description": "x"}), 400, "validation_error", "title")
    error(as_instructor.put(path, {"title": " "}), 400, "validation_error", "title")
    error(as_instructor.put(path, {"title": "Bread", "status": "open"}), 400, "validation_error", "status")
    changed = shown(as_instructor.put(path, {"title": "Rye"}))
    assert (changed["title"], changed["description"], changed["status"]) == ("Rye", "Long", "published")


def test_only_an_admin_says_who_teaches(as_instructor, instructor, root, ben):
    mine = made(as_instructor.post(COURSES, {"title": "Bread", "instructor_id": ben.pk}))
    assert mine["instructor_id"] == instructor.pk
    path = f"{COURSES}{mine['id']}/"
    assert shown(as_instructor.put(path, {"title": "Bread", "instructor_id": "x"}))["instructor_id"] == instructor.pk

    admin = client(root)
    assert made(admin.post(COURSES, {"title": "Rye"}))["instructor_id"] == root.pk
    for name, value in (
        ("instructor_id", instructor.pk),
        ("instructor", instructor.pk),
        ("instructor", {"id": instructor.pk}),
    ):
        assert made(admin.post(COURSES, {"title": "Rye", name: value}))["instructor_id"] == instructor.pk
    assert shown(admin.put(path, {"title": "Bread", "instructor_id": ben.pk}))["instructor_id"] == ben.pk
    for api in (admin.post, lambda _, body: admin.put(path, body)):
        error(api(COURSES, {"title": "Rye", "instructor_id": 99999999}), 400, "validation_error", "instructor_id")
    # Whoever taught it before sees it, as everybody does.
    error(as_instructor.put(path, {"title": "Mine"}), 403, "forbidden")


def test_who_is_instructor_and_moderator_does_what_both_do(as_instructor, instructor):
    error(as_instructor.get("/campus/api/flags/"), 403, "forbidden")

    RoleFactory(user=instructor, area="campus", role="moderator")

    assert shown(as_instructor.get("/campus/api/flags/"))["count"] == 0
    made(as_instructor.post(COURSES, {"title": "Bread"}))
    assert shown(as_instructor.get("/campus/api/auth/user/"))["roles"] == ["instructor", "moderator"]


def test_an_instructor_of_another_course_is_a_member_here(as_instructor, ben):
    other = CourseFactory(instructor=ben)
    hidden = CourseFactory(instructor=ben, status="draft")

    error(as_instructor.put(f"{COURSES}{other.pk}/", {"title": "x"}), 403, "forbidden")
    error(as_instructor.delete(f"{COURSES}{other.pk}/"), 403, "forbidden")
    error(as_instructor.put(f"{COURSES}{hidden.pk}/", {"title": "x"}), 404, "not_found")


def test_courses_are_found_by_who_teaches_them_their_status_and_words(as_instructor, instructor):
    bread = CourseFactory(instructor=instructor, title="Bread", description="Flour")
    draft = CourseFactory(instructor=instructor, title="Cake", status="draft")
    other = CourseFactory(title="Äpfel")

    def found(**asked):
        return [row["id"] for row in rows(as_instructor, COURSES, **asked)]

    assert found() == [other.pk, draft.pk, bread.pk]
    assert found(instructor=instructor.pk) == [draft.pk, bread.pk]
    assert found(status="draft") == [draft.pk]
    assert found(search="flour bread") == [bread.pk]
    assert found(search="apfel") == [other.pk]
    assert found(ordering="title") == [bread.pk, draft.pk, other.pk]


# Draft, archived, deleted


def test_a_draft_is_there_for_who_teaches_it_and_admins_and_hides_from_who_takes_part(
    as_ada, ada, as_instructor, root, path, course
):
    lesson = LessonFactory(course=course)
    EnrolmentFactory(course=course, user=ada)

    shown(as_instructor.put(path, {"title": "Bread", "status": "draft"}))

    for asked in (path, f"{path}lessons/", f"{path}lessons/{lesson.pk}/", f"{of(ada)}{course.pk}/"):
        error(as_ada.get(asked), 404, "not_found")
    error(as_ada.post(f"{path}enroll/"), 404, "not_found")
    error(as_ada.post(f"{path}completion/"), 404, "not_found")
    assert (rows(as_ada, COURSES), rows(as_ada, of(ada))) == ([], [])
    assert shown(as_instructor.get(path))["status"] == shown(client(root).get(path))["status"] == "draft"
    error(as_instructor.post(f"{path}enroll/"), 409, "conflict")
    error(client(root).post(of(ada), {"course_id": CourseFactory(status="draft").pk}), 409, "conflict")
    # Published again, everything is where it was.
    shown(as_instructor.put(path, {"title": "Bread", "status": "published"}))
    assert shown(as_ada.get(path))["enrolled"]


def test_an_archived_course_goes_on_for_who_takes_part_and_takes_nobody_in(
    as_ada, ada, as_ben, as_instructor, path, course
):
    lesson = LessonFactory(course=course)
    EnrolmentFactory(course=course, user=ada)

    shown(as_instructor.put(path, {"title": "Bread", "status": "archived"}))

    assert shown(as_ada.get(path))["status"] == "archived"
    assert shown(as_ada.post(f"{path}enroll/"))["progress"] == 0
    shown(as_ada.post(f"{path}lessons/{lesson.pk}/done/"))
    assert shown(as_ada.post(f"{path}completion/"))["progress"] == 100
    for answered in (as_ben.get(path), as_ben.post(f"{path}enroll/"), as_ben.get(f"{path}lessons/")):
        error(answered, 404, "not_found")
    error(as_instructor.post(f"{path}enroll/"), 409, "conflict")
    # Who leaves does not come back.
    assert as_ada.delete(f"{of(ada)}{course.pk}/").status_code == 204
    error(as_ada.post(f"{path}enroll/"), 404, "not_found")


def test_a_deleted_course_is_gone_and_its_certificates_stay(as_ada, ada, as_instructor, path, course, anonymous):
    as_ada.post(f"{path}enroll/")
    as_ada.post(f"{path}completion/")
    page = f"/certificates/{Certificate.objects.get().uid}"

    assert as_instructor.delete(path).status_code == 204

    for asked in (path, f"{path}lessons/", f"{of(ada)}{course.pk}/", f"{of(ada)}{course.pk}/certificate/"):
        error(as_ada.get(asked), 404, "not_found")
    assert rows(as_ada, of(ada)) == rows(as_ada, completed_by(ada)) == []
    assert "Bread" in anonymous.get(page).content.decode()


# Lessons


def test_lessons_stand_in_their_order(as_instructor, as_ada, path):
    first = made(as_instructor.post(f"{path}lessons/", {"title": "Flour", "content": "It is *white*"}))
    second = made(as_instructor.post(f"{path}lessons/", {"title": "Ovens"}))
    before = made(as_instructor.post(f"{path}lessons/", {"title": "Hello", "order": 0}))

    assert list(first) == LESSON
    assert (first["order"], second["order"], first["done"], first["video_id"]) == (1, 2, False, None)
    assert first["content_html"] == "<p>It is <em>white</em></p>\n"
    assert rows(as_ada, f"{path}lessons/") == [before, first, second]
    assert shown(as_ada.get(f"{path}lessons/{first['id']}/")) == first
    moved = shown(as_instructor.put(f"{path}lessons/{first['id']}/", {**first, "order": 9}))
    assert (moved["order"], moved["content"]) == (9, "It is *white*")
    assert [row["title"] for row in rows(as_ada, f"{path}lessons/")] == ["Hello", "Ovens", "Flour"]
    assert shown(as_ada.get(path))["lesson_count"] == 3
    assert as_instructor.delete(f"{path}lessons/{before['id']}/").status_code == 204
    assert shown(as_ada.get(path))["lesson_count"] == 2


def test_a_lesson_put_back_is_no_change(as_instructor, path):
    lesson = made(as_instructor.post(f"{path}lessons/", {"title": "Flour", "video_id": EntryFactory(kind="video").pk}))
    one = f"{path}lessons/{lesson['id']}/"

    assert shown(as_instructor.put(one, lesson)) == lesson
    error(as_instructor.put(one, {"content": "x"}), 400, "validation_error", "title")


def test_a_lesson_shows_a_video_that_is_there(as_instructor, instructor, path):
    video, gone = EntryFactory(kind="video"), EntryFactory(kind="video", removed_at=timezone.now())
    lesson = made(as_instructor.post(f"{path}lessons/", {"title": "Ovens", "video": video.pk}))
    one = f"{path}lessons/{lesson['id']}/"
    assert lesson["video_id"] == video.pk

    private, own = (
        EntryFactory(kind="video", status="draft"),
        EntryFactory(kind="video", status="draft", author=instructor),
    )
    for pk in (gone.pk, private.pk, EntryFactory().pk, 99999999):
        for call in (as_instructor.post, as_instructor.put):
            target = f"{path}lessons/" if call == as_instructor.post else one
            error(call(target, {"title": "Ovens", "video_id": pk}), 400, "validation_error", "video_id")
    assert shown(as_instructor.put(one, {"title": "Ovens", "video_id": own.pk}))["video_id"] == own.pk
    assert shown(as_instructor.put(one, {"title": "Ovens", "video_id": None}))["video_id"] is None


def test_no_markup_is_alive_in_a_lesson(as_instructor, path):
    for payload in payloads():
        answered = as_instructor.post(f"{path}lessons/", {"title": payload[:255], "content": payload})
        assert answered.status_code in (201, 400)
        if answered.status_code == 201:
            assert not list(live(answered.json()["content_html"]))


def test_thirty_lessons_added_at_once_have_a_place_each(together, course, path, instructor):
    apis = [client(instructor) for _ in range(30)]

    together(30, lambda number: apis[number].post(f"{path}lessons/", {"title": f"Lesson {number}"}))

    assert sorted(Lesson.objects.values_list("position", flat=True)) == list(range(1, 31))


# Statements, and what may break


@pytest.mark.parametrize("size", [1, 12])
def test_lists_and_details_take_two_queries_however_long_they_are(
    as_ada, ada, as_instructor, queries, course, path, size
):
    LessonFactory.create_batch(size, course=course)
    for other in CourseFactory.create_batch(size):
        EnrolmentFactory(course=other, user=ada, completed_at=timezone.now() - timedelta(days=1))
    EnrolmentFactory(course=course, user=ada)
    lesson = course.lessons.first()
    for asked in (
        COURSES,
        path,
        f"{path}lessons/",
        f"{path}lessons/{lesson.pk}/",
        of(ada),
        completed_by(ada),
        f"{of(ada)}{course.pk}/",
    ):
        as_ada.get(asked)
        with queries() as counted:
            shown(as_ada.get(asked))
        assert len(counted) == 2, asked


def test_an_empty_list_of_lessons_asks_for_its_course_too(as_ada, queries, path):
    as_ada.get(f"{path}lessons/")

    with queries() as counted:
        assert shown(as_ada.get(f"{path}lessons/"))["count"] == 0

    assert len(counted) == 3
    error(as_ada.get(f"{COURSES}99999999/lessons/"), 404, "not_found")


FIELDS = ("title", "description", "status", "instructor_id", "instructor", "content", "order", "video_id", "course_id")


@pytest.mark.parametrize("field", FIELDS)
def test_no_value_makes_an_error_of_ours(root, path, field):
    admin = client(root)
    lesson = made(admin.post(f"{path}lessons/", {"title": "A"}))
    for value in poison.values():
        said = {"title": "A", field: value}
        for call, target in (
            (admin.post, COURSES),
            (admin.put, path),
            (admin.post, f"{path}lessons/"),
            (admin.put, f"{path}lessons/{lesson['id']}/"),
            (admin.post, of(root)),
        ):
            answered = call(target, said)
            assert answered.status_code in (200, 201, 400, 404, 409), (field, value, answered.content)


def test_no_parameter_makes_an_error_of_ours(root, path, course):
    admin = client(root)
    for name in ("search", "ordering", "page", "page_size", "instructor", "status", "format"):
        for value in poison.values():
            if not isinstance(value, str | int | float):
                continue
            for asked in (COURSES, f"{path}lessons/", of(root), completed_by(root), f"{path}students/"):
                # Lone surrogates too, which no address can hold as text.
                answered = admin.get(f"{asked}?{name}={quote(str(value), errors='surrogatepass')}")
                assert answered.status_code in (200, 400, 404), (name, value, answered.content)
