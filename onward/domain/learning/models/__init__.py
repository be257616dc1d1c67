from onward.domain.learning.models.courses import Certificate, Course, Enrolment, Lesson, LessonDone

__all__ = ["Certificate", "Course", "Enrolment", "Lesson", "LessonDone"]
