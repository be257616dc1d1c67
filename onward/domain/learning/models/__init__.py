from onward.domain.learning.models.courses import Certificate, Course, Enrolment, Lesson, LessonDone
from onward.domain.learning.models.quizzes import Attempt, Question, Quiz

__all__ = ["Attempt", "Certificate", "Course", "Enrolment", "Lesson", "LessonDone", "Question", "Quiz"]
