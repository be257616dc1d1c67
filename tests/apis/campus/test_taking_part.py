"""Section 5 of the campus document: who takes part in courses, completes them, and gets certificates."""

import csv
import io

import pypdfium2
import pytest
from django.utils import timezone

from onward.domain.accounts import tasks
from onward.domain.accounts.services import leaving
from onward.domain.learning.models import Certificate, Course, Enrolment, Lesson, LessonDone
from onward.platform.events.models import EventRecord
from tests.apis.campus.errors import error
from tests.apis.campus.learning import completed_by, made, of, rows, shown
from tests.conftest import client
from tests.factories import CourseFactory, EnrolmentFactory, LessonFactory, UserFactory

pytestmark = pytest.mark.django_db

ENROLMENT = "course_id course user_id progress enrolled_at completed_at certificate_url".split()


def pages_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def text_of(pdf):
    return "\n".join(pages_of(pdf))


# Taking part


def test_whoever_enrols_takes_part_once(as_ada, ada, path, course):
    first = made(as_ada.post(f"{path}enroll/"))
    again = shown(as_ada.post(f"{path}enroll/"))

    assert list(first) == ENROLMENT
    assert again == first
    assert (first["course_id"], first["user_id"], first["progress"]) == (course.pk, ada.pk, 0)
    assert first["course"]["title"] == "Bread"
    assert (first["completed_at"], first["certificate_url"]) == (None, None)
    assert shown(as_ada.post(of(ada), {"course_id": course.pk})) == first
    assert rows(as_ada, of(ada)) == [first]
    assert shown(as_ada.get(f"{of(ada)}{course.pk}/")) == first
    found = shown(as_ada.get(path))
    assert (found["enrolled"], found["student_count"]) == (True, 1)


def test_a_course_is_named_by_its_id_and_must_be_there(as_ada, ada):
    courses = CourseFactory.create_batch(2)

    for number, said in enumerate(({"course_id": courses[0].pk}, {"course": {"id": courses[1].pk, "title": "x"}})):
        assert made(as_ada.post(of(ada), said))["course_id"] == courses[number].pk
    error(as_ada.post(of(ada), {}), 400, "validation_error", "course_id")
    error(as_ada.post(of(ada), {"course_id": 99999999}), 404, "not_found")


def test_progress_is_the_part_of_the_lessons_that_is_done(as_ada, path, course):
    lessons = LessonFactory.create_batch(3, course=course)
    LessonFactory()
    as_ada.post(f"{path}enroll/")

    for done, percent in zip(lessons, (33, 66, 100), strict=True):
        for _ in range(2):
            assert shown(as_ada.post(f"{path}lessons/{done.pk}/done/"))["done"]
        assert shown(as_ada.post(f"{path}enroll/"))["progress"] == percent
    assert not shown(as_ada.delete(f"{path}lessons/{lessons[0].pk}/done/"))["done"]
    assert shown(as_ada.post(f"{path}enroll/"))["progress"] == 66


def test_done_is_ones_own(as_ada, as_ben, path, course):
    lesson = LessonFactory(course=course)
    for api in (as_ada, as_ben):
        api.post(f"{path}enroll/")

    as_ada.post(f"{path}lessons/{lesson.pk}/done/")

    assert not shown(as_ben.get(f"{path}lessons/{lesson.pk}/"))["done"]
    assert shown(as_ben.post(f"{path}enroll/"))["progress"] == 0


def test_who_has_left_is_off_both_lists_and_goes_on_when_they_come_back(as_ada, ada, path, course):
    lesson = LessonFactory(course=course)
    as_ada.post(f"{path}enroll/")
    as_ada.post(f"{path}lessons/{lesson.pk}/done/")
    before = shown(as_ada.post(f"{path}completion/"))

    assert as_ada.delete(f"{of(ada)}{course.pk}/").status_code == 204

    error(as_ada.get(f"{of(ada)}{course.pk}/"), 404, "not_found")
    error(as_ada.delete(f"{of(ada)}{course.pk}/"), 404, "not_found")
    error(as_ada.post(f"{path}completion/"), 403, "forbidden")
    error(as_ada.post(f"{path}lessons/{lesson.pk}/done/"), 403, "forbidden")
    assert rows(as_ada, of(ada)) == rows(as_ada, completed_by(ada)) == []
    found = shown(as_ada.get(path))
    assert (found["enrolled"], found["student_count"]) == (False, 0)
    assert not shown(as_ada.get(f"{path}lessons/{lesson.pk}/"))["done"]
    assert made(as_ada.post(f"{path}enroll/")) == {**before, "course": {**before["course"], "student_count": 1}}
    assert rows(as_ada, completed_by(ada))[0]["course_id"] == course.pk


def test_admins_enrol_and_remove_others_and_members_do_not(as_ada, ada, as_ben, root, course):
    admin = client(root)

    assert made(admin.post(of(ada), {"course_id": course.pk}))["user_id"] == ada.pk

    assert shown(admin.get(of(ada)))["count"] == 1
    for answered in (
        as_ben.get(of(ada)),
        as_ben.post(of(ada), {"course_id": course.pk}),
        as_ben.get(completed_by(ada)),
        as_ben.delete(f"{of(ada)}{course.pk}/"),
        as_ben.get("/campus/api/users/99999999/courses/"),
    ):
        error(answered, 403, "forbidden")
    error(admin.get("/campus/api/users/99999999/courses/"), 404, "not_found")
    assert admin.delete(f"{of(ada)}{course.pk}/").status_code == 204
    assert rows(as_ada, of(ada)) == []


# Completion and certificates


def test_completing_names_what_is_missing(as_ada, path, course):
    error(as_ada.post(f"{path}completion/"), 403, "forbidden")
    lessons = [LessonFactory(course=course, title=title) for title in ("Flour", "Ovens", "Salt")]
    as_ada.post(f"{path}enroll/")
    as_ada.post(f"{path}lessons/{lessons[1].pk}/done/")

    refused = as_ada.post(f"{path}completion/")

    error(refused, 409, "conflict", "lessons")
    assert refused.json()["error"]["fields"] == {"lessons": ["Flour", "Salt"]}
    assert not Certificate.objects.exists()
    for lesson in (lessons[0], lessons[2]):
        as_ada.post(f"{path}lessons/{lesson.pk}/done/")
    done = shown(as_ada.post(f"{path}completion/"))
    assert (done["progress"], bool(done["completed_at"])) == (100, True)


def test_without_lessons_a_course_is_completed_at_once(as_ada, ada, path):
    as_ada.post(f"{path}enroll/")

    done = shown(as_ada.post(f"{path}completion/"))

    assert done["progress"] == 100
    assert shown(as_ada.post(f"{path}completion/")) == done
    assert rows(as_ada, completed_by(ada)) == [done]


def test_what_is_added_later_takes_no_completion_back(as_ada, path, course):
    as_ada.post(f"{path}enroll/")
    done = shown(as_ada.post(f"{path}completion/"))
    LessonFactory(course=course)

    again = shown(as_ada.post(f"{path}completion/"))

    assert (again["progress"], again["completed_at"]) == (100, done["completed_at"])


def test_a_certificate_is_a_pdf_that_says_who_has_completed_what(as_ada, ada, path, course, anonymous):
    ada.first_name, ada.last_name = "Ada", "Ähmed"
    ada.save()
    error(as_ada.get(f"{of(ada)}{course.pk}/certificate/"), 404, "not_found")
    as_ada.post(f"{path}enroll/")
    error(as_ada.get(f"{of(ada)}{course.pk}/certificate/"), 404, "not_found")
    done = shown(as_ada.post(f"{path}completion/"))

    assert done["certificate_url"] == f"http://testserver{of(ada)}{course.pk}/certificate/"
    answered = as_ada.get(done["certificate_url"].removeprefix("http://testserver"))

    assert (answered.status_code, answered["Content-Type"]) == (200, "application/pdf")
    page = f"http://testserver/certificates/{Certificate.objects.get().uid}"
    assert answered["Link"] == f'<{page}>; rel="describedby"'
    text = text_of(answered.content)
    for words in ("Ada Ähmed", "Bread", "taught by Ines Ito", page):
        assert words in text
    shows = anonymous.get(page.removeprefix("http://testserver")).content.decode()
    for words in ("Ada Ähmed", "Bread", "Ines Ito", '<meta name="robots" content="noindex">'):
        assert words in shows


def test_a_certificate_says_what_was_so_on_that_day(as_ada, ada, as_instructor, path, course, anonymous):
    as_ada.post(f"{path}enroll/")
    as_ada.post(f"{path}completion/")
    as_instructor.put(path, {"title": "Another course"})
    ada.first_name = "Eve"
    ada.save()

    text = text_of(as_ada.get(f"{of(ada)}{course.pk}/certificate/").content)

    assert "Bread" in text
    assert "Another course" not in text
    assert "Eve" not in text


def test_a_certificate_carries_long_and_foreign_words_on_one_page(as_ada, ada, course, path):
    course.title, ada.first_name, ada.last_name = (
        "#set text(red) \\ $x$ 焼きたてパン " + "W" * 220,
        "م" * 150,
        "W" * 150,
    )
    course.save()
    ada.save()
    as_ada.post(f"{path}enroll/")
    as_ada.post(f"{path}completion/")

    answered = as_ada.get(f"{of(ada)}{course.pk}/certificate/")

    assert answered.status_code == 200
    assert len(pages_of(answered.content)) == 1


def test_no_page_confirms_what_is_not_there(anonymous, as_ada, ada, path):
    as_ada.post(f"{path}enroll/")
    as_ada.post(f"{path}completion/")
    page = f"/certificates/{Certificate.objects.get().uid}"
    assert anonymous.get(page).status_code == anonymous.get(f"{page}/").status_code == 200

    for uid in ("00000000-0000-4000-8000-000000000000", "x", "-" * 36, "1"):
        assert anonymous.get(f"/certificates/{uid}").status_code == 404
    # With the account goes what says who it was.
    ada.delete()
    assert anonymous.get(page).status_code == 404


def test_a_teacher_who_leaves_is_named_in_no_certificate(as_ada, path, instructor, anonymous):
    as_ada.post(f"{path}enroll/")
    as_ada.post(f"{path}completion/")
    page = f"/certificates/{Certificate.objects.get().uid}"
    assert "Ines Ito" in anonymous.get(page).text

    leaving.close(user_id=instructor.pk, at=timezone.now())
    tasks.erase(user_id=instructor.pk)

    assert "Ines Ito" not in anonymous.get(page).text
    assert Certificate.objects.get().instructor_name == ""


# Who teaches sees who takes part


def test_whoever_teaches_sees_who_takes_part_and_how_far_they_are(as_instructor, as_ada, ada, ben, path, course):
    lesson = LessonFactory(course=course)
    LessonFactory(course=course)
    EnrolmentFactory(course=course, left_at=timezone.now())
    for user in (ada, ben):
        client(user).post(f"{path}enroll/")
    as_ada.post(f"{path}lessons/{lesson.pk}/done/")

    found = rows(as_instructor, f"{path}students/")

    assert [(row["user_id"], row["progress"]) for row in found] == [(ben.pk, 0), (ada.pk, 50)]
    assert list(found[0]) == ["user_id", "user", "progress", "enrolled_at", "completed_at"]
    assert [row["user_id"] for row in rows(as_instructor, f"{path}students/", search=ada.username)] == [ada.pk]
    error(as_ada.get(f"{path}students/"), 403, "forbidden")


def test_the_sheet_of_students_runs_no_formula(as_instructor, path, course):
    EnrolmentFactory(course=course, user=UserFactory(display_name="=1+1"))

    answered = as_instructor.get(f"{path}students/", {"format": "csv"})

    assert answered["Content-Type"].startswith("text/csv")
    head, row = csv.reader(io.StringIO(answered.content.decode()))
    assert head == ["username", "display_name", "progress", "enrolled_at", "completed_at"]
    assert row[1] == "'=1+1"


# Races


def test_thirty_who_enrol_at_once_are_one_student_and_told_of_once(together, course, path, ada):
    apis = [client(ada) for _ in range(30)]

    answers = together(30, lambda number: apis[number].post(f"{path}enroll/"))

    assert sorted({answered.status_code for answered in answers}) == [200, 201]
    assert [answered.status_code for answered in answers].count(201) == 1
    assert Enrolment.objects.count() == 1
    assert EventRecord.objects.filter(name="learning.enrolled").count() == 1


def test_thirty_students_at_once_are_counted_as_thirty(together, course, path):
    apis = [client(UserFactory()) for _ in range(30)]

    answers = together(30, lambda number: apis[number].post(f"{path}enroll/"))

    assert {answered.status_code for answered in answers} == {201}
    assert shown(apis[0].get(path))["student_count"] == Enrolment.objects.count() == 30


def test_thirty_who_complete_at_once_get_one_certificate(together, course, path, ada):
    LessonFactory.create_batch(2, course=course)
    apis = [client(ada) for _ in range(30)]
    apis[0].post(f"{path}enroll/")
    for lesson in Lesson.objects.all():
        answers = together(30, lambda number, pk=lesson.pk: apis[number].post(f"{path}lessons/{pk}/done/"))
        assert {answered.status_code for answered in answers} == {200}
    assert LessonDone.objects.count() == 2

    answers = together(30, lambda number: apis[number].post(f"{path}completion/"))

    assert {answered.status_code for answered in answers} == {200}
    assert len({answered.json()["completed_at"] for answered in answers}) == 1
    assert Certificate.objects.count() == 1
    assert EventRecord.objects.filter(name="learning.completed").count() == 1


def test_a_course_that_is_deleted_while_thirty_learn_leaves_nothing_half_done(together, course, path, root):
    lesson = LessonFactory(course=course)
    apis = [client(UserFactory()) for _ in range(30)]
    for api in apis[:15]:
        api.post(f"{path}enroll/")
    admin = client(root)

    def act(number):
        if number == 29:
            return admin.delete(path)
        return apis[number].post(f"{path}lessons/{lesson.pk}/done/" if number < 15 else f"{path}enroll/")

    answers = together(30, act)

    assert {answered.status_code for answered in answers} <= {200, 201, 204, 403, 404}
    assert answers[29].status_code == 204
    assert (Course.objects.count(), Enrolment.objects.count(), LessonDone.objects.count()) == (0, 0, 0)


def test_what_happens_in_a_course_is_told_by_ids_alone(as_ada, ada, path, course):
    as_ada.post(f"{path}enroll/")
    as_ada.post(f"{path}completion/")
    as_ada.delete(f"{of(ada)}{course.pk}/")

    told = EventRecord.objects.filter(name__startswith="learning.").order_by("pk")

    assert [one.name for one in told] == ["learning.enrolled", "learning.completed", "learning.left"]
    for one in told:
        assert all(isinstance(value, int) for value in one.payload.values()), one.payload
    assert told.filter(owner=ada).count() == 3
