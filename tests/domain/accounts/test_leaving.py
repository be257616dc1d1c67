"""Leaving: an account is closed at once, and what was kept of it is erased, wherever it stands."""

import base64
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models
from django.utils import timezone

from onward.domain.accounts import tasks
from onward.domain.accounts.models import Departure, Identity, Role, User
from onward.domain.accounts.services import leaving, roles
from onward.domain.community.models import Group, Membership
from onward.domain.exchange.models import Import
from onward.domain.messaging.index import MESSAGES
from onward.domain.messaging.models import Chat
from onward.domain.messaging.services import chats, messages
from onward.domain.messaging.services.index import catch_up as catch_up_with_messages
from onward.domain.outreach.models import LeadActivity
from onward.domain.resumes import services as resumes
from onward.domain.video.models import Upload, Video
from onward.domain.writing.index import ENTRIES
from onward.domain.writing.models import Entry, Version
from onward.domain.writing.services.index import catch_up
from onward.platform import storage
from onward.platform.jobs import enqueue
from onward.platform.jobs.models import Job
from onward.platform.record.erasing import references
from onward.platform.refusals import Conflict
from tests.conftest import client
from tests.databases import own_tables
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    EntryFactory,
    GroupFactory,
    LeadFactory,
    RoleFactory,
    ThreadFactory,
    ThreadPostFactory,
    UserFactory,
)
from tests.rows import rows_of

pytestmark = pytest.mark.django_db

SENTINEL = "qzxsentinelqzx"


# What names somebody and is not theirs, so that it stays and names nobody: reviewed, each with its reason.
NOT_THEIRS = {
    "writing.Entry.removed_by": "the words are their author's",
    "writing.Version.replaced_by": "the words are their author's",
    "accounts.Departure.user": "made by leaving itself",
    "writing.Flag.resolved_by": "the words are another's",
    "help.Feedback.answered_by": "the words are another's",
    "learning.Certificate.instructor": "the student's; the name is taken out of it",
    "learning.Course.instructor": "the school's course, which its admins look after from then on",
    "outreach.Lead.assigned_to": "the team's record",
    "outreach.LeadStatusChange.changed_by": "the team's record",
    "outreach.Remark.author": "the team's record",
    "outreach.FollowUp.assigned_to": "the team's record",
    "outreach.FollowUp.created_by": "the team's record",
    "outreach.FollowUp.completed_by": "the team's record",
    "outreach.Message.author": "the school's letters",
    "outreach.Message.sent_by": "the school's letters",
    "outreach.LeadActivity.actor": "the team's record",
    "outreach.RemovedLead.removed_by": "the team's record",
    "ingestion.Run.asked_by": "what the server has read",
    "notifications.Announcement.by": "what the server's admins have told everybody",
    "assistant.Call.owner": "what a provider has counted; no words",
}


def closed(user):
    leaving.close(user_id=user.pk, at=timezone.now())
    return user.pk


def left(user):
    closed(user)
    tasks.erase(user_id=user.pk)


def where_it_stands(text=SENTINEL):
    """Name every table that holds a text in any of its columns, and every file that does."""
    found = []
    with connection.cursor() as cursor:
        for table in own_tables():
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {quoted}")
            found += [table for row in cursor.fetchall() if any(text in _as_text(value) for value in row)]
    if connection.vendor == "sqlite":
        # The tables that an index is kept in have its words as bytes.
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'")
            for (table,) in cursor.fetchall():
                cursor.execute(f'SELECT * FROM "{table}"')
                found += [table for row in cursor.fetchall() if any(text in _as_text(value) for value in row)]
    found += [path for path in files() if text.encode() in default_storage.open(path).read() or text in path]
    return sorted(set(found))


def _as_text(value):
    return value.decode("utf-8", "replace").lower() if isinstance(value, bytes | memoryview) else str(value).lower()


def files(folder=""):
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    inside = [path for name in folders for path in files(f"{folder}/{name}".lstrip("/"))]
    return [*inside, *(f"{folder}/{name}".lstrip("/") for name in names)]


# Closing


def test_an_account_is_closed_at_once_and_its_name_and_address_are_free(as_ada, ada, anonymous):
    another = client(ada)
    Identity.objects.create(user=ada, issuer="https://id.example", subject="7", email=ada.email)

    assert as_ada.delete("/campus/api/auth/user/").status_code == 204

    for api in (as_ada, another):
        for path in ("/campus/api/auth/user/", "/tracker/api/v1/applications/", "/offers/api/v1/users/me"):
            assert api.get(path).status_code == 401
    assert as_ada.delete("/campus/api/auth/user/").status_code == 401
    gone = User.objects.get(pk=ada.pk)
    assert (gone.is_active, gone.first_name, gone.bio, gone.has_usable_password()) == (False, "", "", False)
    assert not Identity.objects.exists()
    body = {"username": "ada", "email": "ada@example.org", "password": "correct horse battery 9"}
    assert anonymous.post("/campus/api/auth/register/", body).status_code == 201


def test_nothing_that_a_profile_holds_is_kept_when_it_is_closed(ada):
    row = User.objects.filter(pk=ada.pk)
    texts = [
        field.name
        for field in User._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]
    row.update(**dict.fromkeys(texts, SENTINEL))
    row.update(
        **{name: [SENTINEL] for name in ("skills", "preferred_locations", "excluded_companies")},
        social_links={SENTINEL: f"https://{SENTINEL}.example"},
        timezone="UTC",
        picture_key=storage.store(ContentFile(SENTINEL.encode()), folder="pictures", suffix=".png"),
        email=f"{SENTINEL}@example.org",
        gpa=3,
        graduation_year=2030,
    )

    with _committed():
        closed(User.objects.get(pk=ada.pk))

    assert where_it_stands() == ["accounts_departure"]
    gone = User.objects.get(pk=ada.pk)
    assert (gone.gpa, gone.graduation_year) == (None, None)


def _committed():
    from django.test import TestCase

    return TestCase.captureOnCommitCallbacks(execute=True)


def test_closing_twice_is_closing_once(ada):
    closed(ada)
    closed(ada)

    assert Departure.objects.get().email == "ada@example.org"
    assert Job.objects.filter(kind="accounts.erase").count() == 1


def test_the_last_admin_stays(as_root, root, ada):
    answered = as_root.delete("/campus/api/auth/user/")

    assert answered.status_code == 409
    assert answered.json()["error"]["code"] == "conflict"
    assert User.objects.get(pk=root.pk).is_active
    User.objects.filter(pk=ada.pk).update(is_staff=True)
    assert as_root.delete("/campus/api/auth/user/").status_code == 204


def test_an_admin_whose_account_is_switched_off_is_none(as_root):
    UserFactory(is_staff=True, is_active=False)

    assert as_root.delete("/campus/api/auth/user/").status_code == 409


def test_the_last_admin_of_an_area_stays(cleo):
    RoleFactory(user=cleo, role="admin")

    with pytest.raises(Conflict):
        closed(cleo)
    roles.grant(user=UserFactory(), area="outreach", role="admin", by_id=None, at=timezone.now())
    closed(cleo)


def test_leads_of_somebody_who_leaves_are_nobodys(cleo):
    RoleFactory(user=cleo)
    lead = LeadFactory(assigned_to=cleo)

    left(cleo)

    lead.refresh_from_db()
    assert lead.assigned_to_id is None


# Erasing


def test_a_mail_confirms_and_nothing_of_the_account_is_left(ada):
    pk, address = ada.pk, ada.email
    client(ada)

    left(ada)

    assert [(sent.to, sent.subject) for sent in mail.outbox] == [([address], "Your account is closed")]
    assert not User.objects.filter(pk=pk).exists()
    assert not Departure.objects.exists()
    assert leaving.erase(user_id=pk, at=timezone.now()) is None
    tasks.erase(user_id=pk)
    assert len(mail.outbox) == 1


def test_a_mail_that_cannot_be_sent_holds_up_the_address_alone_and_for_three_days(ada, monkeypatch):
    ApplicationFactory(owner=ada)
    closed(ada)

    def fails(**_):
        raise OSError("no mail today")

    monkeypatch.setattr(tasks.mails, "send", fails)
    with pytest.raises(OSError, match="no mail"):
        tasks.erase(user_id=ada.pk)

    assert not apps.get_model("applications", "Application").objects.exists()
    assert Departure.objects.get().email == "ada@example.org"
    Job.objects.all().delete()
    tasks.finish_leaving()
    assert Job.objects.get(kind="accounts.erase").payload == {"user_id": ada.pk}
    Departure.objects.update(closed_at=timezone.now() - timedelta(days=4))
    tasks.erase(user_id=ada.pk)
    assert not User.objects.filter(pk=ada.pk).exists()


def full(ada, ben):
    """Put the sentinel wherever somebody can: into a row of every model that refers to them, and into files."""
    User.objects.filter(pk=ada.pk).update(username=SENTINEL, display_name=SENTINEL, email=f"{SENTINEL}@example.org")
    rows_of(ada, text=SENTINEL, but=NOT_THEIRS)
    for role in Role.objects.filter(user=ada, role="admin"):
        RoleFactory(area=role.area, role="admin")
    thread = ThreadFactory(author=ben)
    mine = ThreadFactory(author=ada, title="How to walk", content=SENTINEL, content_html=f"<p>{SENTINEL}</p>")
    answered = ThreadPostFactory(author=ben, parent=mine, content="Like this")
    post = ThreadPostFactory(author=ada, parent=thread, content=SENTINEL)
    ThreadPostFactory(author=ben, parent=thread, reply_to=post, content="Indeed")
    alone = ThreadFactory(author=ada, title=SENTINEL, content=SENTINEL)
    ThreadPostFactory(author=ada, parent=alone, content=SENTINEL)
    for kind in ("blog", "video"):
        EntryFactory(author=ada, kind=kind, title=SENTINEL, content=SENTINEL, tags=[SENTINEL])
    Version.objects.create(entry=post, content=SENTINEL, replaced_by=ben)
    as_ada = client(User.objects.get(pk=ada.pk))
    said = {"content": f"@{ben.username} {SENTINEL}", "reply_to_id": answered.pk}
    assert as_ada.post(f"/campus/api/forums/{mine.forum_id}/threads/{mine.pk}/posts/", said).status_code == 201
    now = timezone.now()
    chat_id, _ = chats.begin(by_id=ada.pk, people=[ben.pk], at=now)
    messages.send(chat_id=chat_id, sender_id=ada.pk, content=SENTINEL, at=now)
    catch_up()
    catch_up_with_messages()
    for folder in (resumes.folder(ada.pk), f"imports/user_{ada.pk}"):
        storage.store(ContentFile(SENTINEL.encode()), folder=folder, suffix=".txt")
    enqueue("accounts.send_password_reset", email=f"{SENTINEL}@example.org", request="x")
    application = ApplicationFactory(owner=ada, job_title=SENTINEL)
    root = UserFactory(is_staff=True)
    for row in (application, User.objects.get(pk=ada.pk)):
        kind = ContentType.objects.get_for_model(row)
        LogEntry.objects.create(
            user=root, content_type=kind, object_id=row.pk, object_repr=SENTINEL, action_flag=CHANGE, change_message="x"
        )
    return mine, post, thread


def test_a_sentinel_is_nowhere_afterwards(ada, ben):
    full(ada, ben)
    assert {"writing_entry", "notifications_notice", "jobs_job", "django_admin_log"} <= set(where_it_stands())

    left(User.objects.get(pk=ada.pk))

    mail.outbox.clear()
    assert where_it_stands() == []
    assert refers_to(ada.pk) == []


def refers_to(pk):
    """Name the models with rows that name an account, by a key or by a number among their words."""
    found = [
        model._meta.label for model, field in references(User) if model.objects.filter(**{field.name: pk}).exists()
    ]
    named = {"user_id", "owner_id", "account", "account_id", "author_id", "sender_id"}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if (
                not field.is_relation
                and field.name in named
                and model._base_manager.filter(**{field.name: pk}).exists()
            ):
                found.append(model._meta.label)
    return found


def test_what_others_have_answered_stays_without_author_and_words(ada, ben, as_ben):
    mine, post, thread = full(ada, ben)

    left(User.objects.get(pk=ada.pk))

    path = "/campus/api/forums/{}/threads/{}/"
    shown = as_ben.get(path.format(mine.forum_id, mine.pk)).json()
    assert (shown["title"], shown["content"], shown["content_html"]) == ("How to walk", "", "")
    assert (shown["author"], shown["author_id"], shown["is_deleted"]) == (None, None, True)
    first, second = as_ben.get(path.format(thread.forum_id, thread.pk) + "posts/").json()["results"]
    assert (first["id"], first["content"], first["author"], first["is_deleted"]) == (post.pk, "", None, True)
    assert (second["content"], second["reply_to_id"], second["is_deleted"]) == ("Indeed", post.pk, False)
    history = as_ben.get(path.format(thread.forum_id, thread.pk) + f"posts/{post.pk}/history/")
    assert history.status_code == 403
    assert Entry.objects.filter(author=None).count() == 3
    assert not Version.objects.filter(entry=post).exists()


def test_what_nobody_has_answered_goes_whole(ada, ben):
    full(ada, ben)

    left(User.objects.get(pk=ada.pk))

    assert {entry.kind for entry in Entry.objects.filter(title=SENTINEL)} == set()
    assert not Entry.objects.filter(kind__in=["blog", "video"]).exists()


def test_a_search_finds_nothing_of_who_has_left(ada, ben):
    full(ada, ben)
    for index in (ENTRIES, MESSAGES):
        assert index.find([[SENTINEL]], most=10)

    left(User.objects.get(pk=ada.pk))

    for index in (ENTRIES, MESSAGES):
        assert index.find([[SENTINEL]], most=10) == []


class Killed(BaseException):
    """What no code handles, as a process that is ended handles nothing."""


@pytest.mark.parametrize("after", [1, 3, 10, 25, 40, 70, 100, 130, 160, 190])
def test_whatever_ends_the_erasing_it_goes_on_from_there(ada, ben, after):
    full(ada, ben)
    pk = closed(User.objects.get(pk=ada.pk))
    writes = 0

    def ends(execute, sql, parameters, many, context):
        nonlocal writes
        if sql.startswith(("UPDATE", "DELETE", "INSERT")):
            writes += 1
            if writes > after:
                raise Killed
        return execute(sql, parameters, many, context)

    try:
        with connection.execute_wrapper(ends):
            leaving.erase(user_id=pk, at=timezone.now())
    except Killed:
        assert Departure.objects.filter(user_id=pk).exists()
    else:
        assert writes <= after
    tasks.erase(user_id=pk)
    tasks.erase(user_id=pk)

    mail.outbox.clear()
    assert where_it_stands() == []
    assert refers_to(pk) == []


def test_a_request_that_ends_after_the_words_were_erased_leaves_nothing(ada, ben, monkeypatch):
    chat, _ = chats.begin(by_id=ben.pk, people=[ada.pk], at=timezone.now())
    late = iter([True])
    forget_account = leaving.forget_account

    def forgetting(**said):
        forget_account(**said)
        if next(late, False):
            Chat.objects.get(pk=chat).messages.create(sender=ada, content=SENTINEL, place=1)
            EntryFactory(author=ada, content=SENTINEL)

    monkeypatch.setattr(leaving, "forget_account", forgetting)
    left(ada)

    assert where_it_stands() == []
    assert not User.objects.filter(pk=ada.pk).exists()
    assert Chat.objects.get(pk=chat).messages.get().content == ""


@pytest.mark.django_db(transaction=True)
def test_thirty_who_close_an_account_while_it_sends_posts_and_uploads_close_it_once(together, ada, ben):
    as_ada, as_ben = client(ada), client(ben)
    thread = ThreadFactory(author=ben)
    ThreadPostFactory(parent=thread, author=ben)
    chat = as_ben.post("/campus/api/chats/", {"participants": [ada.pk]}).json()["id"]
    metadata = "filename " + base64.b64encode(SENTINEL.encode()).decode()
    length = {"Tus-Resumable": "1.0.0", "Upload-Length": "9", "Upload-Metadata": metadata}
    acts = [
        lambda: as_ada.delete("/campus/api/auth/user/"),
        lambda: as_ada.post(f"/campus/api/chats/{chat}/messages/", {"content": SENTINEL}),
        lambda: as_ada.post(f"/campus/api/forums/{thread.forum_id}/threads/{thread.pk}/posts/", {"content": SENTINEL}),
        lambda: as_ada.post("/campus/api/videos/uploads/", headers=length),
        lambda: as_ada.post("/campus/api/videos/", {"title": SENTINEL, "url": "https://example.org/1"}),
    ]

    answers = together(30, lambda number: acts[number % 5]())

    assert {answer.status_code for answer in answers[::5]} <= {204, 401}
    assert {answer.status_code for answer in answers} <= {201, 204, 401}
    assert Departure.objects.filter(user=ada).count() == 1
    assert Job.objects.filter(kind="accounts.erase").count() == 1
    tasks.erase(user_id=ada.pk)
    assert len(mail.outbox) == 1
    assert where_it_stands() == []
    assert where_it_stands(metadata.split()[1].lower()) == []
    assert not User.objects.filter(pk=ada.pk).exists()


def test_a_group_goes_on_with_whoever_is_in_it_longest(ada, ben, cleo):
    now = timezone.now()
    group, empty = GroupFactory(creator=ada, description=SENTINEL), GroupFactory(creator=ada)
    for days, user in ((3, ada), (1, cleo), (2, ben)):
        Membership.objects.create(group=group, user=user, joined_at=now - timedelta(days=days))

    left(ada)

    group.refresh_from_db()
    assert (group.creator_id, group.description) == (ben.pk, "")
    assert Membership.objects.get(group=group, user=ben).role == "admin"
    assert not Group.objects.filter(pk=empty.pk).exists()


def test_others_lose_nothing(ada, ben):
    theirs = [CompanyFactory(owner=ben), ApplicationFactory(owner=ben), EntryFactory(author=ben)]
    file = storage.store(ContentFile(b"x"), folder=resumes.folder(ben.pk), suffix=".txt")
    job = enqueue("resumes.tidy", owner_id=ben.pk)

    left(ada)

    assert all(type(row).objects.filter(pk=row.pk).exists() for row in theirs)
    assert default_storage.exists(file)
    assert Job.objects.get(pk=job).payload == {"owner_id": ben.pk}


def test_a_line_of_the_desk_names_nobody_who_has_left(cleo):
    RoleFactory(user=cleo)
    lead = LeadFactory()
    line = LeadActivity.objects.create(
        lead=lead, action="assigned", description="Assigned to Cleo Costa.", changes={"assigned_to": [None, cleo.pk]}
    )

    left(cleo)

    line.refresh_from_db()
    assert line.description == "Assigned."


def test_a_video_goes_with_its_files(ada, ben):
    keys = [storage.store(ContentFile(SENTINEL.encode()), folder="videos", suffix="") for _ in range(3)]
    entry = EntryFactory(author=ada, kind="video")
    Video.objects.create(entry=entry, owner=ada, file_key=keys[0], poster_key=keys[1], size=1)
    Upload.objects.create(owner=ada, file_key=keys[2], length=1, expires_at=timezone.now())
    theirs = storage.store(ContentFile(b"x"), folder="videos", suffix="")
    Video.objects.create(entry=EntryFactory(author=ben, kind="video"), owner=ben, file_key=theirs, size=1)

    left(ada)

    assert [default_storage.exists(key) for key in (*keys, theirs)] == [False, False, False, True]
    assert not Entry.objects.filter(pk=entry.pk).exists()


def test_what_others_have_said_in_a_chat_stays(ada, ben, cleo, as_ben):
    now = timezone.now()
    two, _ = chats.begin(by_id=ada.pk, people=[ben.pk], at=now)
    group, _ = chats.begin(by_id=ada.pk, people=[ben.pk, cleo.pk], at=now)
    for chat_id in (two, group):
        mine = messages.send(chat_id=chat_id, sender_id=ada.pk, content=SENTINEL, at=now)
        messages.edit(pk=mine, chat_id=chat_id, by_id=ada.pk, content=f"{SENTINEL}!", at=now)
        messages.send(chat_id=chat_id, sender_id=ben.pk, content="Indeed", reply_to_id=mine, at=now)

    left(ada)

    assert where_it_stands() == []
    for chat_id in (two, group):
        said, shown = as_ben.get(f"/campus/api/chats/{chat_id}/messages/").json()["results"]
        assert (said["content"], said["reply_to_id"]) == ("Indeed", shown["id"])
        assert (shown["content"], shown["sender"], shown["is_deleted"]) == ("", None, True)
        assert as_ben.get(f"/campus/api/chats/{chat_id}/").json()["participants"] != []
    assert (
        as_ben.put(f"/campus/api/chats/{group}/", {"title": "Ours", "participants": [ben.pk, cleo.pk]}).status_code
        == 200
    )
    left(ben)
    left(cleo)
    assert not Chat.objects.exists()


def test_an_import_goes_with_its_file(ada):
    key = storage.store(ContentFile(b"x"), folder=f"imports/user_{ada.pk}", suffix=".csv")
    Import.objects.create(owner=ada, file_name="x", file_key=key, columns={})

    left(ada)

    assert not default_storage.exists(key)
