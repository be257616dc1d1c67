"""A whole account, taken out and brought in again."""

import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from onward.domain.accounts.models import Identity
from onward.domain.activity.models import Activity
from onward.domain.applications.models import Application
from onward.domain.assistant.models import Generation, Task
from onward.domain.community.models import Progress
from onward.domain.companies.models import Company
from onward.domain.exchange import exporting
from onward.domain.exchange.account import LEFT_OUT, TABLES, restore
from onward.domain.feed.models import SavedSearch
from onward.domain.help.models import Feedback
from onward.domain.learning.models import LessonDone
from onward.domain.matching.models import Ranking
from onward.domain.notifications.models import Notice, Notification, Preferences
from onward.domain.resumes import services as resumes
from onward.domain.resumes.choices import Standing
from onward.domain.resumes.models import Fact, Resume
from onward.domain.webhooks.models import Endpoint
from onward.domain.writing.models import Bookmark, Flag, Like
from onward.platform.refusals import Invalid
from tests import factories as make
from tests.domain.resumes.papers import pdf_saying

User = get_user_model()
AT = datetime(2026, 3, 2, 9, 30, 5, 123456, tzinfo=UTC)
DOCS = Path(__file__).parents[3] / "docs" / "taking-it-along.md"


def lived(owner, other):
    """Somebody's record with something in every table."""
    company = make.CompanyFactory(owner=owner, name="Ärzte & Co", glassdoor_rating="4.5", notes="=not a formula")
    application = make.ApplicationFactory(owner=owner, company=company, job_title="Cook 👩‍🍳", salary_min=50_000)
    second = make.ApplicationFactory(owner=owner, status="wishlist", applied_date=None)
    resume = resumes.upload(
        owner_id=owner.pk,
        file=ContentFile(pdf_saying("Ada Ahmed"), "cv.pdf"),
        file_name="My CV.pdf",
        version_name="Kitchen",
        standing=Standing.DEFAULT,
        at=AT,
    )
    Fact.objects.create(resume=resume, kind="skill", text="Cooking", lines=["Cooking"], origin="reader")
    make.ResumeFactory(owner=owner, file_key="", file_name="", file_size=0, external_url="https://cv.example/1")
    Application.objects.filter(pk=application.pk).update(resume=resume)
    for change in (("", "applied"), ("applied", "offer")):
        make.StatusChangeFactory(application=application, before=change[0], after=change[1], changed_at=AT)
    make.NoteFactory(application=application, is_main=True, content="two\nlines")
    make.NoteFactory.create_batch(2, application=application)
    make.TaggingFactory(application=application)
    make.DocumentFactory(application=application)
    make.OutcomeFactory(application=application, salary=60_000, deadline=date(2026, 5, 1))
    make.ReflectionFactory(application=second, skill_gaps={"Knives": ["sharp", 1.5, None]})
    make.SavedJobFactory(owner=owner, application=second)
    SavedSearch.objects.create(owner=owner, name="Kitchens", wanted={"words": ["cook"]}, often="weekly")
    make.InterviewFactory(application=application, questions=["Why?"])
    make.ContactFactory(owner=owner, application=application)
    make.ContactFactory(owner=owner)
    make.ReminderFactory(owner=owner, application=application)
    Generation.objects.create(owner=owner, application=application, kind="cover_letter", content="Dear …", model="m")
    Activity.objects.create(owner=owner, application=application, action="made", metadata={"a": 1})
    group = make.GroupFactory(creator=owner)
    make.MembershipFactory(group=group, user=owner)
    post = make.PostFactory(author=owner, group=group, is_public=False)
    make.ReactionFactory(post=post, user=owner)
    make.AwardFactory(user=owner)
    Progress.objects.update_or_create(user=owner, defaults={"streak_days": 3, "last_active_on": date(2026, 3, 2)})
    Preferences.objects.create(owner=owner, quiet_hours_start=time(22), quiet_hours_end=time(7))
    endpoint = make.EndpointFactory(owner=owner, is_active=False)
    make.DeliveryFactory(endpoint=endpoint)
    make.FollowFactory(follower=owner, following=other)
    Identity.objects.create(user=owner, issuer="https://id.example.org", subject="7", email=owner.email)
    Feedback.objects.create(owner=owner, type="general", title="Thanks", description="It helps.", metadata={"a": 1})
    entry = make.ThreadFactory(author=owner)
    for mark in (Like, Bookmark):
        mark.objects.create(entry=entry, user=owner)
    Flag.objects.create(entry=make.EntryFactory(), user=owner, reason="spam")
    video = make.VideoFactory(author=owner)
    video.video.captions.create(language="en", content="WEBVTT")
    enrolment = make.EnrolmentFactory(user=owner, course__instructor=owner)
    LessonDone.objects.create(enrolment=enrolment, lesson=make.LessonFactory(course=enrolment.course))
    make.CertificateFactory(user=owner, course=enrolment.course)
    message = make.ChatMessageFactory(chat=make.ChatFactory(people=[owner, make.UserFactory()]), sender=owner)
    message.reactions.create(user=owner, emoji="👍")
    question = make.QuestionFactory(quiz__course=enrolment.course)
    make.AttemptFactory(quiz=question.quiz, user=owner)
    Task.objects.create(owner=owner, kind="cover_letter")
    Ranking.objects.create(owner=owner)
    Notification.objects.create(owner=owner, notification_type="custom", subject="Hello", due_at=AT)
    Notice.objects.create(owner=owner, type="run_ended", title="Hello", data={"a": 1})


def zipped(owner):
    return b"".join(exporting.full_report(owner_id=owner.pk, at=AT))


def tables_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {table.name: json.loads(archive.read(f"account/{table.name}.json")) for table in TABLES}


def brought_in(content, owner):
    return restore(io.BytesIO(content), owner=owner, at=AT)


BACK = [table.name for table in TABLES if table.comes_back]


# Out


def test_a_model_of_somebodys_goes_out_or_somebody_has_said_why_not():
    owned = {User}
    while True:
        found = {
            model
            for model in apps.get_models(include_auto_created=True)
            if any(field.related_model in owned for field in model._meta.concrete_fields if field.is_relation)
        }
        if found <= owned:
            break
        owned |= found
    # Rows that only look at somebody's, such as Django's sessions, have no owner to find.
    listed = {table.model for table in TABLES}

    assert {model._meta.label for model in owned - listed} == LEFT_OUT.keys()
    assert all(LEFT_OUT.values())


def test_what_goes_out_is_what_the_documentation_says():
    rows = re.findall(r"^\| `account/(\w+)\.json` \|[^|]*\|([^|]*)\|", DOCS.read_text(), flags=re.MULTILINE)
    documented = {name: re.findall(r"`(\w+)`", columns) for name, columns in rows}

    assert documented == {table.name: [column.name for column in table.columns] for table in TABLES}


def test_no_secret_goes_out():
    names = {f"{table.name}.{column.name}" for table in TABLES for column in table.columns}

    assert not [
        name for name in names if re.search(r"password|secret|token$|digest|refresh|file_key|_key$|is_staff", name)
    ]


def test_every_table_has_its_rows(ada, ben, as_ada):
    lived(ada, ben)

    content = b"".join(as_ada.get("/tracker/api/v1/exports/full-report/").streaming_content)

    found = tables_of(content)
    assert [name for name, rows in found.items() if not rows] == []
    assert found["applications"][0]["company"] == str(Company.objects.get(name="Ärzte & Co").uid)
    assert found["follows"] == [{**found["follows"][0], "following": "ben"}]
    assert found["milestones"][0]["milestone"].startswith("milestone_")
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names[:4] == ["applications.csv", "companies.csv", "interviews.csv", "summary.txt"]
    assert re.fullmatch(r"files/[0-9a-f-]{36}/My CV\.pdf", names[-1])
    assert zipfile.ZipFile(io.BytesIO(content)).read(names[-1]) == pdf_saying("Ada Ahmed")


def test_rows_of_others_never_go_out(ada, ben):
    lived(ben, ada)
    make.ReactionFactory(post__author=ada, user=ben)

    found = tables_of(zipped(ada))

    assert {name for name, rows in found.items() if rows} == {"profile", "posts"}


def test_what_goes_out_takes_as_many_questions_however_many_rows_there_are(ada, ben, queries):
    lived(ada, ben)
    with queries() as few:
        zipped(ada)
    make.NoteFactory.create_batch(50, application=Application.objects.first())

    with queries() as many:
        zipped(ada)

    assert len(many) == len(few) <= 2 * (len(TABLES) + 3) + 1


# In again


def test_an_account_that_moves_to_another_server_is_the_same_there(ada, ben):
    lived(ada, ben)
    content = zipped(ada)
    before = tables_of(content)
    ada.delete()
    moved = make.UserFactory(username="ada", email="ada@new.example.org")

    restored = brought_in(content, moved)

    after = tables_of(zipped(moved))
    assert {name: after[name] for name in BACK} == {name: before[name] for name in BACK}
    assert restored.made == {**{name: len(before[name]) for name in BACK}, "files": 1}
    assert not restored.left
    resume = Resume.objects.get(owner=moved, is_default=True)
    assert resumes.reading_of(resume=resume, at=AT).text == "Ada Ahmed"


def test_bringing_it_in_twice_makes_nothing_twice(ada, ben, cleo):
    lived(ada, ben)
    content = zipped(ada)
    brought_in(content, cleo)
    before = tables_of(zipped(cleo))

    again = brought_in(content, cleo)
    at_home = brought_in(content, ada)

    assert tables_of(zipped(cleo)) == before
    assert (again.made, at_home.made) == ({}, {})
    assert again.there.total() == at_home.there.total() == sum(len(before[name]) for name in BACK)


def test_the_archive_is_read_before_the_first_row_is_written(ada, ben, queries):
    lived(ada, ben)
    content = zipped(ada)

    with queries() as asked:
        brought_in(content, ben)

    begun = next(number for number, query in enumerate(asked) if query["sql"].startswith(("SAVEPOINT", "BEGIN")))
    known = [number for number, query in enumerate(asked) if '"uid" IN' in query["sql"]]
    written = [number for number, query in enumerate(asked) if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert max(known) < begun < min(written)


def test_the_account_says_of_its_owner_what_it_did_not_say_yet(ada, ben):
    said = {"bio": "I cook.", "desired_role": "Chef", "timezone": "Europe/Berlin", "skills": ["Cooking", "cooking"]}
    for field, value in said.items():
        setattr(ada, field, value)
    ada.save()
    ben.desired_role = "Baker"
    ben.save()

    brought_in(zipped(ada), ben)

    ben.refresh_from_db()
    assert (ben.username, ben.email, ben.first_name) == ("ben", "ben@example.org", "Ben")
    assert (ben.bio, ben.desired_role, ben.timezone) == ("I cook.", "Baker", "Europe/Berlin")
    assert ben.skills == ["Cooking"]


def test_what_ties_one_to_other_people_stays_with_them(ada, ben):
    make.ReactionFactory(post=make.PostFactory(author=make.UserFactory()), user=ada)
    make.MembershipFactory(user=ada)

    restored = brought_in(zipped(ada), ben)

    assert restored.left == {"reactions": 1, "memberships": 1}
    assert not restored.refused


def test_what_was_told_a_group_that_is_not_here_is_told_nobody(ada, ben):
    make.PostFactory(author=ada, group=make.GroupFactory(), is_public=True)

    brought_in(zipped(ada), ben)

    assert [(post.group, post.is_public) for post in ben.posts.all()] == [(None, False)]


def test_what_is_there_stays_as_it_is(ada, ben):
    lived(ada, make.UserFactory())
    content = zipped(ada)
    company = make.CompanyFactory(owner=ben, name="ÄRZTE  & co", notes="mine")
    resume = make.ResumeFactory(owner=ben, is_default=True)
    Preferences.objects.create(owner=ben, weekly_summary=False)

    restored = brought_in(content, ben)

    company.refresh_from_db()
    assert (company.name, company.notes) == ("ÄRZTE  & co", "mine")
    assert company.applications.get().job_title == "Cook 👩‍🍳"
    assert [found.pk for found in Resume.objects.filter(owner=ben, is_default=True)] == [resume.pk]
    assert Preferences.objects.get(owner=ben).weekly_summary is False
    assert (restored.there["companies"], restored.there["preferences"]) == (1, 1)


def test_what_is_to_come_is_reminded_of_and_nothing_is_sent_before_its_owner_says_so(ada, ben):
    lived(ada, make.UserFactory())
    Endpoint.objects.update(is_active=True)

    brought_in(zipped(ada), ben)

    planned = Notification.objects.filter(owner=ben)
    assert sorted(row.notification_type for row in planned) == ["custom", "interview_reminder"]
    endpoint = Endpoint.objects.get(owner=ben)
    assert (endpoint.is_active, endpoint.secret) == (False, endpoint.secret)
    assert endpoint.secret != Endpoint.objects.get(owner=ada).secret


@pytest.mark.parametrize(
    ("days", "last", "streak"),
    [(1, "2026-03-03", 4), (3, "2026-03-04", 5), (0, None, 3), (1, "2026-03-04", 1), (1, "2026-02-01", 3)],
)
def test_progress_is_joined_with_that_of_the_account(ada, ben, days, last, streak):
    Progress.objects.create(
        user=ada, streak_days=3, last_active_on=date(2026, 3, 2), last_active_at=AT, applications=7, posts=1
    )
    Progress.objects.create(
        user=ben, streak_days=days, last_active_on=last and date.fromisoformat(last), applications=2, posts=5
    )
    content = zipped(ada)

    made = [brought_in(content, ben).made["progress"] for _ in range(2)]

    joined = Progress.objects.get(user=ben)
    assert made == [1, 0]
    assert (joined.streak_days, joined.applications, joined.posts) == (streak, 7, 5)
    assert joined.last_active_on == max(date(2026, 3, 2), date.fromisoformat(last or "2026-03-02"))


def changed(content, name, change):
    """The archive with another content of one file; without it when there is none."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            data = old.read(each) if each != name else change(old.read(each))
            if data is not None:
                new.writestr(each, data)
    return out.getvalue()


def test_a_row_that_cannot_be_costs_itself_only(ada, ben):
    make.NoteFactory.create_batch(3, application=make.ApplicationFactory(owner=ada))

    def spoil(data):
        rows = json.loads(data)
        rows[0]["content"] = "\x00"
        rows[1]["application"] = "no such"
        rows.append({**rows[2], "uid": "x", "note_type": "unheard of"})
        rows.append({**rows[2], "uid": "y", "created_at": "yesterday"})
        rows += [{**rows[2], "uid": f"z{number}", "created_at": odd} for number, odd in enumerate([5, [], {"a": 1}])]
        return ("[\n" + ",\n".join(map(json.dumps, rows)) + ",\nnonsense\n]\n").encode()

    restored = brought_in(changed(zipped(ada), "account/notes.json", spoil), ben)

    assert (restored.made["notes"], restored.left["notes"]) == (1, 8)
    assert "notes: Its application is not in this account." in restored.refused


def test_nothing_of_somebody_elses_can_be_referred_to(ada, ben):
    theirs = make.ApplicationFactory(owner=ben)
    make.NoteFactory(application=make.ApplicationFactory(owner=ada))

    def point(data):
        return re.sub(rb'"application": "[^"]+"', b'"application": "%s"' % str(theirs.uid).encode(), data)

    ada_again = make.UserFactory()
    restored = brought_in(changed(zipped(ada), "account/notes.json", point), ada_again)

    assert restored.made["notes"] == 0
    assert theirs.notes.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        lambda whole: b"",
        lambda whole: b"PK\x03\x04" + b"\0" * 100,
        lambda whole: whole[:-200],
        lambda whole: changed(whole, "account/about.json", lambda data: None),
        lambda whole: changed(whole, "account/about.json", lambda data: b'{"format": 99}'),
        lambda whole: changed(whole, "account/about.json", lambda data: b"[]"),
    ],
    ids=["empty", "zeros", "cut", "no account", "of a later release", "of no release"],
)
def test_what_is_no_account_is_refused_before_anything_is_made(ada, ben, content):
    make.CompanyFactory(owner=ada)

    with pytest.raises(Invalid):
        brought_in(content(zipped(ada)), ben)

    assert Company.objects.filter(owner=ben).count() == 0


def test_the_operator_brings_an_account_in(ada, ben, tmp_path, capsys):
    make.NoteFactory(application=make.ApplicationFactory(owner=ada))
    file = tmp_path / "account.zip"
    file.write_bytes(zipped(ada))

    call_command("import-account", str(file), user="ben@example.org")

    printed = capsys.readouterr().out
    assert re.search(r"applications\s+│\s+1", printed)
    assert ben.applications.get().notes.count() == 1
    with pytest.raises(CommandError, match=r"no account with the address nobody@example\.org"):
        call_command("import-account", str(file), user="nobody@example.org")
    with pytest.raises(CommandError, match=r"test_account\.py: This file is damaged, or no ZIP"):
        call_command("import-account", __file__, user="ben@example.org")
