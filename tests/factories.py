"""Rows for tests, made without the services: quick, valid and plain.

A factory writes no history and publishes no event. A test about what follows from a change makes the change through
an endpoint or a service.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from onward.domain.accounts.models import Role, User
from onward.domain.applications.models import (
    Application,
    Document,
    Note,
    Outcome,
    Reflection,
    SavedJob,
    StatusChange,
    Tag,
    Tagging,
)
from onward.domain.board.models import Posting
from onward.domain.community.models import Award, Follow, Group, Membership, Milestone, Post, Progress, Reaction
from onward.domain.companies.models import Company, Employer, EmployerName
from onward.domain.contacts.models import Contact
from onward.domain.ingestion.models import Reading, Run, Sighting, Source
from onward.domain.interviews.models import Interview
from onward.domain.learning.models import Attempt, Certificate, Course, Enrolment, Lesson, Question, Quiz
from onward.domain.messaging.models import Chat, Participant
from onward.domain.messaging.models import Message as ChatMessage
from onward.domain.outreach.models import FollowUp, Lead, LeadActivity, LeadStatusChange, Message, Remark, RemovedLead
from onward.domain.reminders.models import Reminder
from onward.domain.resumes.models import Resume, Upload
from onward.domain.video.models import Video
from onward.domain.webhooks.choices import WebhookEvent
from onward.domain.webhooks.models import Delivery, Endpoint
from onward.domain.writing.models import Entry, Forum
from onward.platform.markdown import html_of
from onward.platform.record import name_key

PASSWORD = "a quiet river at dusk 7"


class UserFactory(DjangoModelFactory[User]):
    """Somebody who has registered and verified their address; the password is `PASSWORD` unless one is given."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    is_email_verified = True

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        kwargs["password"] = make_password(kwargs.pop("password", PASSWORD))
        return super()._create(model_class, *args, **kwargs)


class CompanyFactory(DjangoModelFactory[Company]):
    class Meta:
        model = Company

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Company {n}")
    name_key = factory.LazyAttribute(lambda company: name_key(company.name))


class RoleFactory(DjangoModelFactory[Role]):
    """Somebody on the outreach desk."""

    class Meta:
        model = Role

    user = factory.SubFactory(UserFactory)
    area = "outreach"
    role = "member"


class EmployerFactory(DjangoModelFactory[Employer]):
    """An employer that is found by its name; its domain is not known."""

    class Meta:
        model = Employer

    name = factory.Sequence(lambda n: f"Employer {n}")
    name_key = factory.LazyAttribute(lambda employer: name_key(employer.name))

    @classmethod
    def _create(cls, model_class: type[Employer], *args: Any, **kwargs: Any) -> Employer:
        made = super()._create(model_class, *args, **kwargs)
        EmployerName.objects.create(employer=made, name_key=made.name_key, domain=made.domain)
        return made


class PostingFactory(DjangoModelFactory[Posting]):
    """An internship of an employer, live and not published."""

    class Meta:
        model = Posting

    employer = factory.SubFactory(EmployerFactory)
    company_name = factory.SelfAttribute("employer.name")
    title = factory.Sequence(lambda n: f"Intern {n}")
    is_internship = True
    internship_type = "internship"
    location = "Lyon"
    places = factory.LazyFunction(lambda: [{"text": "Lyon", "city": "Lyon", "region": "", "country": "FR"}])


class SourceFactory(DjangoModelFactory[Source]):
    """A source that is asked, and was not yet."""

    class Meta:
        model = Source

    name = factory.Sequence(lambda n: f"source {n}")
    kind = "greenhouse"
    board = factory.Sequence(lambda n: f"board{n}")
    is_enabled = True


class RunFactory(DjangoModelFactory[Run]):
    class Meta:
        model = Run


class ReadingFactory(DjangoModelFactory[Reading]):
    class Meta:
        model = Reading

    run = factory.SubFactory(RunFactory)
    source = factory.SubFactory(SourceFactory)


class SightingFactory(DjangoModelFactory[Sighting]):
    """A posting that a source lists."""

    class Meta:
        model = Sighting

    posting = factory.SubFactory(PostingFactory)
    reading = factory.SubFactory(ReadingFactory)
    source = factory.SelfAttribute("reading.source")
    external_id = factory.Sequence(str)


class LeadFactory(DjangoModelFactory[Lead]):
    """A lead of nobody's."""

    class Meta:
        model = Lead

    posting = factory.SubFactory(PostingFactory)


class LeadStatusChangeFactory(DjangoModelFactory[LeadStatusChange]):
    class Meta:
        model = LeadStatusChange

    lead = factory.SubFactory(LeadFactory)
    before = "new"
    after = "contacted"


class RemarkFactory(DjangoModelFactory[Remark]):
    class Meta:
        model = Remark

    lead = factory.SubFactory(LeadFactory)
    author = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda n: f"Remark {n}")


class FollowUpFactory(DjangoModelFactory[FollowUp]):
    """A follow-up that is open."""

    class Meta:
        model = FollowUp

    lead = factory.SubFactory(LeadFactory)
    assigned_to = factory.SubFactory(UserFactory)
    due_date = date(2026, 3, 2)


class MessageFactory(DjangoModelFactory[Message]):
    class Meta:
        model = Message

    lead = factory.SubFactory(LeadFactory)
    employer = factory.SelfAttribute("lead.posting.employer")
    author = factory.SubFactory(UserFactory)
    message_type = "email"
    text = factory.Sequence(lambda n: f"Message {n}")


class LeadActivityFactory(DjangoModelFactory[LeadActivity]):
    class Meta:
        model = LeadActivity

    lead = factory.SubFactory(LeadFactory)
    employer = factory.SelfAttribute("lead.posting.employer")
    actor = factory.SubFactory(UserFactory)
    action = "changed"


class RemovedLeadFactory(DjangoModelFactory[RemovedLead]):
    class Meta:
        model = RemovedLead

    posting = factory.SubFactory(PostingFactory)
    removed_by = factory.SubFactory(UserFactory)


class ResumeFactory(DjangoModelFactory[Resume]):
    """A résumé's row. Its file is not there: a test about files uploads one."""

    class Meta:
        model = Resume

    owner = factory.SubFactory(UserFactory)
    version_name = factory.Sequence(lambda n: f"Version {n}")
    file_key = factory.Sequence(lambda n: f"resumes/{n}.pdf")
    file_name = "resume.pdf"
    file_size = 1024
    content_type = "application/pdf"


class UploadFactory(DjangoModelFactory[Upload]):
    """An upload that has been read, of a file that is not there."""

    class Meta:
        model = Upload

    resume = factory.SubFactory(ResumeFactory)
    status = "completed"
    progress = 100
    created_at = factory.LazyFunction(timezone.now)
    updated_at = factory.LazyFunction(timezone.now)


class ApplicationFactory(DjangoModelFactory[Application]):
    class Meta:
        model = Application

    owner = factory.SubFactory(UserFactory)
    company = factory.SubFactory(CompanyFactory, owner=factory.SelfAttribute("..owner"))
    job_title = factory.Sequence(lambda n: f"Engineer {n}")
    applied_date = date(2026, 3, 2)


class StatusChangeFactory(DjangoModelFactory[StatusChange]):
    class Meta:
        model = StatusChange

    application = factory.SubFactory(ApplicationFactory)
    after = factory.SelfAttribute("application.status")
    changed_at = datetime(2026, 3, 2, 9, tzinfo=UTC)


class NoteFactory(DjangoModelFactory[Note]):
    class Meta:
        model = Note

    application = factory.SubFactory(ApplicationFactory)
    content = factory.Sequence(lambda n: f"Note {n}")


class InterviewFactory(DjangoModelFactory[Interview]):
    """An interview of three days ahead; it belongs to the application's owner."""

    class Meta:
        model = Interview

    application = factory.SubFactory(ApplicationFactory)
    owner = factory.SelfAttribute("application.owner")
    scheduled_at = factory.LazyFunction(lambda: datetime.now(UTC) + timedelta(days=3))
    day = factory.LazyAttribute(lambda interview: interview.scheduled_at.date())


class EndpointFactory(DjangoModelFactory[Endpoint]):
    """A webhook endpoint that is told of everything."""

    class Meta:
        model = Endpoint

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Program {n}")
    url = "https://receiver.example.org/hook"
    events = factory.LazyFunction(lambda: list(WebhookEvent.values))


class DeliveryFactory(DjangoModelFactory[Delivery]):
    """A delivery that waits to be sent; it belongs to the endpoint's owner."""

    class Meta:
        model = Delivery

    endpoint = factory.SubFactory(EndpointFactory)
    owner = factory.SelfAttribute("endpoint.owner")
    event = WebhookEvent.COMPANY_CREATED
    body = '{"event":"company.created","timestamp":"2026-03-02T09:00:00Z","data":{"id":1,"name":"Acme"}}'
    max_attempts = 3


class FollowFactory(DjangoModelFactory[Follow]):
    class Meta:
        model = Follow

    follower = factory.SubFactory(UserFactory)
    following = factory.SubFactory(UserFactory)


class GroupFactory(DjangoModelFactory[Group]):
    """A group that is there for everybody, with nobody in it."""

    class Meta:
        model = Group

    creator = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Group {n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    group = factory.SubFactory(GroupFactory)
    user = factory.SubFactory(UserFactory)


class PostFactory(DjangoModelFactory[Post]):
    """A post for everybody, in no group."""

    class Meta:
        model = Post

    author = factory.SubFactory(UserFactory)
    content = factory.Sequence(lambda n: f"Post {n}")


class ReactionFactory(DjangoModelFactory[Reaction]):
    class Meta:
        model = Reaction

    post = factory.SubFactory(PostFactory)
    user = factory.SubFactory(UserFactory)


class OutcomeFactory(DjangoModelFactory[Outcome]):
    class Meta:
        model = Outcome

    application = factory.SubFactory(ApplicationFactory)


class ReflectionFactory(DjangoModelFactory[Reflection]):
    class Meta:
        model = Reflection

    application = factory.SubFactory(ApplicationFactory)


class DocumentFactory(DjangoModelFactory[Document]):
    class Meta:
        model = Document

    application = factory.SubFactory(ApplicationFactory)
    name = factory.Sequence(lambda n: f"Document {n}")


class TagFactory(DjangoModelFactory[Tag]):
    class Meta:
        model = Tag

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Tag {n}")
    name_key = factory.LazyAttribute(lambda tag: name_key(tag.name))


class TaggingFactory(DjangoModelFactory[Tagging]):
    """A tag on an application of the same person."""

    class Meta:
        model = Tagging

    application = factory.SubFactory(ApplicationFactory)
    tag = factory.SubFactory(TagFactory, owner=factory.SelfAttribute("..application.owner"))


class SavedJobFactory(DjangoModelFactory[SavedJob]):
    class Meta:
        model = SavedJob

    owner = factory.SubFactory(UserFactory)
    company_name = factory.Sequence(lambda n: f"Company {n}")


class ContactFactory(DjangoModelFactory[Contact]):
    """A contact without an application."""

    class Meta:
        model = Contact

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Contact {n}")


class ReminderFactory(DjangoModelFactory[Reminder]):
    """A reminder of three days ahead, without an application; no mail is planned."""

    class Meta:
        model = Reminder

    owner = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Reminder {n}")
    remind_at = factory.LazyFunction(lambda: datetime.now(UTC) + timedelta(days=3))


class MilestoneFactory(DjangoModelFactory[Milestone]):
    """A milestone beside the twelve that are there already."""

    class Meta:
        model = Milestone

    key = factory.Sequence(lambda n: f"milestone_{n}")
    name = factory.Sequence(lambda n: f"Milestone {n}")


class AwardFactory(DjangoModelFactory[Award]):
    class Meta:
        model = Award

    user = factory.SubFactory(UserFactory)
    milestone = factory.SubFactory(MilestoneFactory)


class ProgressFactory(DjangoModelFactory[Progress]):
    """Somebody who has done nothing yet."""

    class Meta:
        model = Progress

    user = factory.SubFactory(UserFactory)


class ForumFactory(DjangoModelFactory[Forum]):
    class Meta:
        model = Forum

    title = factory.Sequence(lambda n: f"Forum {n}")


class EntryFactory(DjangoModelFactory[Entry]):
    """A blog, published."""

    class Meta:
        model = Entry

    kind = "blog"
    author = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Title {n}")
    content = "Something to say"
    content_html = factory.LazyAttribute(lambda entry: html_of(entry.content))


class ThreadFactory(EntryFactory):
    kind = "thread"
    forum = factory.SubFactory(ForumFactory)


class ThreadPostFactory(EntryFactory):
    """A post in a thread."""

    kind = "post"
    title = ""
    parent = factory.SubFactory(ThreadFactory)
    forum = factory.SelfAttribute("parent.forum")


class CourseFactory(DjangoModelFactory[Course]):
    """A published course without lessons."""

    class Meta:
        model = Course

    instructor = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Course {n}")


class LessonFactory(DjangoModelFactory[Lesson]):
    class Meta:
        model = Lesson

    course = factory.SubFactory(CourseFactory)
    title = factory.Sequence(lambda n: f"Lesson {n}")
    position = factory.Sequence(lambda n: n)


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    """Somebody who takes part in a course and has done nothing there yet."""

    class Meta:
        model = Enrolment

    course = factory.SubFactory(CourseFactory)
    user = factory.SubFactory(UserFactory)


class CertificateFactory(DjangoModelFactory[Certificate]):
    class Meta:
        model = Certificate

    user = factory.SubFactory(UserFactory)
    course = factory.SubFactory(CourseFactory)
    name = factory.LazyAttribute(lambda one: one.user.username)
    course_title = factory.LazyAttribute(lambda one: one.course.title)
    completed_at = factory.LazyFunction(lambda: datetime.now(UTC))


class VideoFactory(EntryFactory):
    """A video that is elsewhere, for all to see."""

    class Meta:
        skip_postgeneration_save = True

    kind = "video"

    @factory.post_generation
    def beside(entry, create, extracted, **values):
        """Make what it has beside its words: ``VideoFactory(beside__address=…)``."""
        Video.objects.create(entry=entry, **{"address": f"https://videos.example.org/{entry.pk}", **values})


class CommentFactory(EntryFactory):
    """A comment on a video."""

    kind = "comment"
    title = ""
    parent = factory.SubFactory(VideoFactory)


class ChatFactory(DjangoModelFactory[Chat]):
    """A group of people, the first of whom has begun it: ``ChatFactory(people=[ada, ben])``."""

    class Meta:
        model = Chat
        skip_postgeneration_save = True

    @factory.post_generation
    def people(self, create, extracted, **kwargs):
        for user in extracted or UserFactory.create_batch(2):
            Participant.objects.create(chat=self, user=user)
        self.created_by = (extracted or [None])[0]
        self.save()


class ChatMessageFactory(DjangoModelFactory[ChatMessage]):
    """A message, the last one of its chat."""

    class Meta:
        model = ChatMessage

    chat = factory.SubFactory(ChatFactory)
    sender = factory.SubFactory(UserFactory)
    content = "Along the river"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        chat = kwargs["chat"]
        chat.last_place += 1
        chat.save()
        return super()._create(model_class, *args, place=chat.last_place, **kwargs)


class QuizFactory(DjangoModelFactory[Quiz]):
    """A quiz that is open, without a limit and without questions."""

    class Meta:
        model = Quiz

    course = factory.SubFactory(CourseFactory)
    title = factory.Sequence(lambda n: f"Quiz {n}")


class QuestionFactory(DjangoModelFactory[Question]):
    """Answered by a text."""

    class Meta:
        model = Question

    quiz = factory.SubFactory(QuizFactory)
    content = factory.Sequence(lambda n: f"Question {n}?")
    kind = "text"
    correct_answer = "river"


class AttemptFactory(DjangoModelFactory[Attempt]):
    """Running, without questions."""

    class Meta:
        model = Attempt

    quiz = factory.SubFactory(QuizFactory)
    user = factory.SubFactory(UserFactory)
    number = 1
    started_at = factory.LazyFunction(lambda: datetime.now(UTC))
    max_score = 0
