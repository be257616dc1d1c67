"""Staff see every table, and nobody else does."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onward.domain.accounts.choices import LinkPurpose
from onward.domain.accounts.models import BackupCode, Departure, Identity, Link, Role, SecondFactor, SignInRequest, User
from onward.domain.activity.models import Activity
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
    TakenBackMove,
)
from onward.domain.assistant.models import Generation, Task
from onward.domain.assistant.providers.models import CachedAnswer, Call, Standing
from onward.domain.board.models import Posting
from onward.domain.community.models import Award, Follow, Membership, Milestone, Post, Progress, Reaction
from onward.domain.community.models import Group as Circle
from onward.domain.companies.models import Company, Employer, EmployerName
from onward.domain.contacts.models import Contact
from onward.domain.exchange.models import Import
from onward.domain.feed.models import Dismissal, SavedSearch
from onward.domain.help.models import Article, Feedback, HelpfulVote
from onward.domain.ingestion.models import Reading, Run, Sighting, Source
from onward.domain.interviews.models import Interview
from onward.domain.learning.models import Attempt, Certificate, Course, Enrolment, Lesson, LessonDone, Question, Quiz
from onward.domain.matching.models import Ranking
from onward.domain.notifications.models import Announcement, Notice, Notification, Preferences
from onward.domain.outreach.models import (
    CalendarLink,
    FollowUp,
    Lead,
    LeadActivity,
    LeadStatusChange,
    Message,
    Remark,
    RemovedLead,
)
from onward.domain.reminders.models import Reminder
from onward.domain.resumes.models import Fact, Resume, ResumeText, Upload
from onward.domain.undo.models import Undo
from onward.domain.video.models import Caption, Video
from onward.domain.video.models import Upload as VideoUpload
from onward.domain.webhooks.models import Delivery, Endpoint
from onward.domain.writing.models import (
    Bookmark,
    Entry,
    Flag,
    Like,
    Mention,
    ReadPosition,
    Version,
    Visit,
)
from onward.platform import tokens
from onward.platform.bin.models import Binned
from onward.platform.events.models import EventRecord
from onward.platform.jobs.models import Job, State, Tally
from onward.platform.tokens.models import Session
from tests.factories import (
    ApplicationFactory,
    AttemptFactory,
    AwardFactory,
    CertificateFactory,
    CompanyFactory,
    ContactFactory,
    CourseFactory,
    DeliveryFactory,
    DocumentFactory,
    EmployerFactory,
    EndpointFactory,
    EnrolmentFactory,
    EntryFactory,
    FollowFactory,
    FollowUpFactory,
    GroupFactory,
    InterviewFactory,
    LeadActivityFactory,
    LeadFactory,
    LeadStatusChangeFactory,
    LessonFactory,
    MembershipFactory,
    MessageFactory,
    MilestoneFactory,
    NoteFactory,
    OutcomeFactory,
    PostFactory,
    PostingFactory,
    ProgressFactory,
    QuestionFactory,
    QuizFactory,
    ReactionFactory,
    ReadingFactory,
    ReflectionFactory,
    RemarkFactory,
    ReminderFactory,
    RemovedLeadFactory,
    ResumeFactory,
    RoleFactory,
    RunFactory,
    SavedJobFactory,
    SightingFactory,
    SourceFactory,
    StatusChangeFactory,
    TagFactory,
    TaggingFactory,
    ThreadFactory,
    UploadFactory,
    UserFactory,
    VideoFactory,
)

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label_lower)

# How to make a row whose list shows something of other tables, or could.
MAKERS: dict[type[Any], Callable[[], Any]] = {
    User: UserFactory,
    Company: CompanyFactory,
    Resume: ResumeFactory,
    Application: lambda: ApplicationFactory(owner=UserFactory()),
    Interview: InterviewFactory,
    Note: NoteFactory,
    Outcome: OutcomeFactory,
    Reflection: ReflectionFactory,
    Document: DocumentFactory,
    Tag: TagFactory,
    Tagging: TaggingFactory,
    SavedJob: SavedJobFactory,
    Contact: ContactFactory,
    Reminder: ReminderFactory,
    StatusChange: StatusChangeFactory,
    EventRecord: lambda: EventRecord.objects.create(name="x", owner=UserFactory()),
    Activity: lambda: Activity.objects.create(owner=UserFactory(), application=ApplicationFactory(), action="x"),
    Preferences: lambda: Preferences.objects.create(owner=UserFactory()),
    Notification: lambda: Notification.objects.create(
        owner=UserFactory(), notification_type="custom", subject="x", due_at=timezone.now()
    ),
    SecondFactor: lambda: SecondFactor.objects.create(user=UserFactory(), secret="JBSWY3DPEHPK3PXP"),
    Generation: lambda: Generation.objects.create(owner=UserFactory(), kind="job_match", content="{}", model="x"),
    Task: lambda: Task.objects.create(owner=UserFactory(), kind="job_match"),
    Ranking: lambda: Ranking.objects.create(owner=UserFactory()),
    Call: lambda: Call.objects.create(owner=UserFactory(), provider="x", counted=1, at=timezone.now()),
    CachedAnswer: lambda: CachedAnswer.objects.create(owner=UserFactory(), key="x", expires_at=timezone.now()),
    ResumeText: lambda: ResumeText.objects.create(resume=ResumeFactory(), file_key="x", read_at=timezone.now()),
    Upload: UploadFactory,
    Fact: lambda: Fact.objects.create(resume=ResumeFactory(), kind="skill", text="x", origin="reader"),
    Endpoint: EndpointFactory,
    Delivery: DeliveryFactory,
    Session: lambda: Session.objects.create(user=UserFactory(), api="tracker", expires_at=timezone.now()),
    Identity: lambda: Identity.objects.create(user=UserFactory(), issuer="https://id.example.org", subject=uuid4().hex),
    SignInRequest: lambda: SignInRequest.objects.create(
        provider="oidc", state=uuid4().hex, browser=uuid4().hex, expires_at=timezone.now(), user=UserFactory()
    ),
    HelpfulVote: lambda: HelpfulVote.objects.create(
        owner=UserFactory(),
        article=Article.objects.create(slug=uuid4().hex, title="x", excerpt="x", category="x", content="x"),
    ),
    Feedback: lambda: Feedback.objects.create(owner=UserFactory(), type="general", title="A walk", description="Long."),
    Link: lambda: Link.objects.create(user=UserFactory(), purpose="verify_email", expires_at=timezone.now()),
    Follow: FollowFactory,
    Circle: GroupFactory,
    Membership: MembershipFactory,
    Post: lambda: PostFactory(group=GroupFactory()),
    Reaction: ReactionFactory,
    Milestone: MilestoneFactory,
    Award: AwardFactory,
    Progress: ProgressFactory,
    Role: RoleFactory,
    Employer: EmployerFactory,
    EmployerName: lambda: EmployerFactory().names.get(),
    Posting: PostingFactory,
    Source: SourceFactory,
    Run: lambda: RunFactory(asked_by=UserFactory()),
    Reading: ReadingFactory,
    Sighting: SightingFactory,
    Lead: lambda: LeadFactory(assigned_to=UserFactory()),
    LeadStatusChange: lambda: LeadStatusChangeFactory(changed_by=UserFactory()),
    Remark: RemarkFactory,
    FollowUp: FollowUpFactory,
    Message: MessageFactory,
    LeadActivity: LeadActivityFactory,
    RemovedLead: RemovedLeadFactory,
    CalendarLink: lambda: CalendarLink.objects.create(owner=UserFactory()),
    Notice: lambda: Notice.objects.create(owner=UserFactory(), type="run_ended", title="x"),
    Entry: EntryFactory,
    Version: lambda: Version.objects.create(entry=EntryFactory(), replaced_by=UserFactory()),
    Like: lambda: Like.objects.create(entry=EntryFactory(), user=UserFactory()),
    Bookmark: lambda: Bookmark.objects.create(entry=EntryFactory(), user=UserFactory()),
    Mention: lambda: Mention.objects.create(entry=EntryFactory(), user=UserFactory()),
    Visit: lambda: Visit.objects.create(entry=EntryFactory(), user=UserFactory(), last_on=timezone.now()),
    ReadPosition: lambda: ReadPosition.objects.create(entry=EntryFactory(), user=UserFactory(), post_number=1),
    Flag: lambda: Flag.objects.create(entry=EntryFactory(), user=UserFactory(), reason="x"),
    Course: CourseFactory,
    Lesson: LessonFactory,
    Enrolment: EnrolmentFactory,
    LessonDone: lambda: LessonDone.objects.create(enrolment=EnrolmentFactory(), lesson=LessonFactory()),
    Certificate: CertificateFactory,
    Quiz: QuizFactory,
    Question: QuestionFactory,
    Attempt: AttemptFactory,
    Video: lambda: VideoFactory(author=UserFactory()).video,
    Caption: lambda: VideoFactory().video.captions.create(language="en", content="WEBVTT"),
    VideoUpload: lambda: _uploading(UserFactory()),
    Departure: lambda: Departure.objects.create(user=UserFactory(), email="gone@example.org"),
}


def _uploading(owner: User) -> VideoUpload:
    key = f"videos/{uuid4().hex}"
    return VideoUpload.objects.create(owner=owner, file_key=key, length=7, expires_at=timezone.now())


@pytest.fixture
def staff(root) -> Client:
    """Root's browser."""
    browser = Client()
    browser.force_login(root)
    return browser


@pytest.fixture
def rows(ada) -> dict[type, object]:
    """One row of everything, all of them Ada's."""
    application = ApplicationFactory(owner=ada, company=CompanyFactory(owner=ada), resume=ResumeFactory(owner=ada))
    factor = SecondFactor.objects.create(user=ada, secret="JBSWY3DPEHPK3PXP", confirmed_at=timezone.now())
    BackupCode.objects.create(second_factor=factor, digest="d1ge57" * 10)
    opened = tokens.open_session(
        user=ada,
        api="tracker",
        address="127.0.0.1",
        user_agent="tests",
        awaits_second_factor=False,
        at=timezone.now(),
    )
    made = [
        ada,
        application,
        application.company,
        application.resume,
        factor,
        InterviewFactory(application=application),
        NoteFactory(application=application),
        OutcomeFactory(application=application),
        ReflectionFactory(application=application),
        DocumentFactory(application=application),
        (tagging := TaggingFactory(application=application)),
        tagging.tag,
        SavedJobFactory(owner=ada),
        ContactFactory(owner=ada),
        ReminderFactory(owner=ada),
        StatusChangeFactory(application=application),
        Identity.objects.create(user=ada, issuer="https://id.example.org", subject="7", email=ada.email),
        SignInRequest.objects.create(provider="oidc", state="7", browser="7", expires_at=timezone.now(), user=ada),
        Link.objects.create(user=ada, purpose=LinkPurpose.VERIFY_EMAIL, email=ada.email, expires_at=timezone.now()),
        Session.objects.get(pk=opened.session_id),
        EventRecord.objects.create(name="test.happened", owner=ada, payload={"a": 1}),
        Job.objects.create(kind="test.fail", state=State.DEAD, error="Traceback\nLookupError: no mail server"),
        Tally.objects.create(kind="test.fail", state=State.DONE, jobs=3, seconds=0.5),
        Activity.objects.create(owner=ada, application=application, action="note_added", description="Note: Acme"),
        Generation.objects.create(owner=ada, application=application, kind="cover_letter", content="x", model="x"),
        Task.objects.create(owner=ada, kind="cover_letter"),
        Ranking.objects.create(owner=ada),
        Call.objects.create(owner=ada, provider="x", model="x", category="analysis", counted=1, at=timezone.now()),
        CachedAnswer.objects.create(owner=ada, key="x", text="a text", model="x", expires_at=timezone.now()),
        Standing.objects.create(name="x"),
        ResumeText.objects.create(
            resume=application.resume, file_key="resumes/a.pdf", text="x", read_at=timezone.now()
        ),
        Fact.objects.create(resume=application.resume, kind="skill", text="x", origin="reader"),
        UploadFactory(resume=application.resume),
        Preferences.objects.create(owner=ada),
        Notification.objects.create(owner=ada, notification_type="custom", subject="a note", due_at=timezone.now()),
        (endpoint := EndpointFactory(owner=ada)),
        DeliveryFactory(endpoint=endpoint),
        Group.objects.create(name="Placement team"),
        FollowFactory(follower=ada),
        (circle := GroupFactory(creator=ada, name="Evening walks")),
        MembershipFactory(group=circle, user=ada),
        (post := PostFactory(author=ada, group=circle, title="A walk")),
        ReactionFactory(post=post, user=ada),
        (award := AwardFactory(user=ada, milestone__name="A walk a day")),
        award.milestone,
        ProgressFactory(user=ada, last_active_at=timezone.now()),
        RoleFactory(user=ada),
        (lead := LeadFactory(assigned_to=ada)),
        lead.posting,
        (reading := ReadingFactory(run__asked_by=ada)),
        reading.run,
        reading.source,
        SightingFactory(reading=reading, posting=lead.posting),
        lead.posting.employer,
        lead.posting.employer.names.get(),
        LeadStatusChangeFactory(lead=lead, changed_by=ada),
        RemarkFactory(lead=lead, author=ada),
        FollowUpFactory(lead=lead, assigned_to=ada),
        MessageFactory(lead=lead, author=ada),
        LeadActivityFactory(lead=lead, actor=ada),
        RemovedLeadFactory(removed_by=ada),
        CalendarLink.objects.create(owner=ada),
        (article := Article.objects.create(slug="walks", title="Walks", excerpt="x", category="x", content="x")),
        HelpfulVote.objects.create(article=article, owner=ada),
        Feedback.objects.create(owner=ada, type="general", title="A walk", description="It was long."),
        TakenBackMove.objects.create(
            pk=1,
            application=application,
            after="offer",
            changed_at=timezone.now(),
            recorded_at=timezone.now(),
            taken_back_at=timezone.now(),
        ),
        Import.objects.create(owner=ada, file_name="a walk.csv"),
        Undo.objects.create(owner=ada),
        Binned.objects.create(owner=ada, kind="applications.tag", row_id=1, title="A walk", rows=[]),
        Announcement.objects.create(title="A walk", message="On Sunday.", by=ada),
        Notice.objects.create(owner=ada, type="run_ended", title="The run has ended"),
        (thread := ThreadFactory(author=ada, title="A walk")),
        thread.forum,
        Version.objects.create(entry=thread, title="A talk", replaced_by=ada),
        *(mark.objects.create(entry=thread, user=ada) for mark in (Like, Bookmark, Mention)),
        Visit.objects.create(entry=thread, user=ada, last_on=timezone.now()),
        ReadPosition.objects.create(entry=thread, user=ada, post_number=1),
        Flag.objects.create(entry=thread, user=ada, reason="spam"),
        (enrolment := EnrolmentFactory(user=ada, course__instructor=ada, course__title="Walking")),
        enrolment.course,
        (lesson := LessonFactory(course=enrolment.course)),
        LessonDone.objects.create(enrolment=enrolment, lesson=lesson),
        CertificateFactory(user=ada, course=enrolment.course),
        (question := QuestionFactory(quiz__course=enrolment.course)),
        question.quiz,
        AttemptFactory(quiz=question.quiz, user=ada),
        SavedSearch.objects.create(owner=ada, name="Walks"),
        Dismissal.objects.create(owner=ada, posting=lead.posting),
        (video := VideoFactory(author=ada, title="A walk").video),
        video.captions.create(language="en", content="WEBVTT"),
        _uploading(ada),
        Departure.objects.create(user=ada, email=ada.email),
    ]
    return {type(row): row for row in made}


def test_every_table_of_the_record_has_a_page():
    ours = {model for model in apps.get_models() if model.__module__.startswith("onward.")}
    # What people say to each other in chats is nothing for staff to read; what was flagged is in the campus API.
    ours = {model for model in ours if model._meta.app_label != "messaging"}

    # Backup codes are shown with their second factor; the files of a bin are its owner's; whose turn it is, which
    # revision, what opens a line for a minute, what is made of postings for the feed and the market, and how many entries
    # there are, is nothing to look at.
    bookkeeping = {"Turn", "Host", "Revision", "SocketToken", "Stale", "Word", "Brief", "MarketBlock", "BinnedFile"}
    bookkeeping.add("EntryCount")
    assert {model for model in ours - {BackupCode} if model.__name__ not in bookkeeping} <= set(admin.site._registry)


def page(model, kind, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}", args=args)


def test_every_list_can_be_read_searched_and_filtered(staff, rows):
    for model in MODELS:
        assert model in rows
        whole, searched = staff.get(page(model, "changelist")), staff.get(page(model, "changelist"), {"q": "a"})
        assert (whole.status_code, searched.status_code) == (200, 200), model
        assert "field-" in whole.text, model
        assert "search" in searched.text, model
        # One choice of each filter.
        choices = {query.split("=")[0]: query for query in re.findall(r'<a href="(\?[^"]+)"', whole.text)}
        for query in choices.values():
            assert staff.get(page(model, "changelist") + query.replace("&amp;", "&")).status_code == 200, query


@pytest.mark.once
def test_every_row_can_be_looked_at(staff, rows):
    answers = {model: staff.get(page(model, "change", rows[model].pk)).status_code for model in MODELS}

    assert {model: status for model, status in answers.items() if status != 200} == {}


@pytest.mark.once
def test_a_row_can_be_added_where_that_makes_sense(staff, rows):
    answers = {model: staff.get(page(model, "add")).status_code for model in MODELS}

    by_hand = {User, Role, Group, Company, Application, Interview, Article, Announcement}
    assert answers == {model: 200 if model in by_hand else 403 for model in MODELS}


@pytest.mark.once
@pytest.mark.parametrize("model", MAKERS, ids=[model._meta.label_lower for model in MAKERS])
def test_a_list_asks_as_much_for_many_rows_as_for_few(staff, queries, model):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    MAKERS[model]()
    with queries() as few:
        staff.get(address)
    for _ in range(5):
        MAKERS[model]()

    with queries() as many:
        staff.get(address)

    assert len(many) == len(few)


@pytest.mark.once
def test_no_secret_is_shown(staff, rows, ada):
    factor, session = rows[SecondFactor], rows[Session]
    secrets = [
        factor.secret,
        factor.backup_codes.get().digest,
        str(session.refresh_id),
        rows[Endpoint].secret,
        ada.password.rsplit("$", 1)[-1],
    ]

    for model, row in rows.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        shown = staff.get(reverse(f"{name}_changelist")).text + staff.get(reverse(f"{name}_change", args=[row.pk])).text
        for secret in secrets:
            assert secret not in shown, model


@pytest.mark.once
def test_members_see_nothing(ada):
    browser = Client()
    browser.force_login(ada)

    for model in MODELS:
        answer = browser.get(page(model, "changelist"))
        assert answer.status_code == 302
        assert "/admin/login/" in answer["Location"]


def test_the_front_page_and_every_autocompletion_answer(staff, rows):
    assert staff.get("/admin/").status_code == 200
    for app, model, field in [
        ("applications", "application", "owner"),
        ("applications", "application", "company"),
        ("applications", "application", "resume"),
        ("companies", "company", "owner"),
        ("interviews", "interview", "application"),
    ]:
        answer = staff.get(
            "/admin/autocomplete/", {"app_label": app, "model_name": model, "field_name": field, "term": "a"}
        )
        assert answer.status_code == 200, field
        assert answer.json()["results"], field
