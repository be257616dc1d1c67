import io
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from onward.demo import PASSWORD
from onward.demo.building import resume_pdf
from onward.demo.story import tell
from onward.demo.vocabulary import FIRMS
from onward.domain.accounts.models import User
from onward.domain.activity.models import Activity
from onward.domain.applications.choices import STAGES, Status
from onward.domain.applications.models import Application, Note, StatusChange
from onward.domain.companies.models import Company
from onward.domain.interviews.models import Interview
from onward.domain.learning.models import Certificate
from onward.domain.notifications.models import Notification
from onward.domain.resumes.formats import PDF, recognise
from onward.domain.resumes.models import Resume
from onward.platform.jobs import run_due
from tests.client import Api
from tests.factories import UserFactory

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
# Around a new year, a leap day, a weekend and midnight.
MOMENTS = (
    NOON,
    datetime(2027, 1, 1, 0, 0, 1, tzinfo=UTC),
    datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC),
    datetime(2026, 3, 7, 18, tzinfo=UTC),
    datetime(2026, 3, 8, 22, 30, tzinfo=UTC),
)


def demo(*options: str) -> str:
    out = io.StringIO()
    call_command("demo", *options, stdout=out)
    return out.getvalue()


def outline(at: datetime) -> list[object]:
    return [
        (pursuit.firm.name, pursuit.title, [(move.to, (at.date() - move.at.date()).days) for move in pursuit.moves])
        for pursuit in tell(at=at)
    ]


def test_the_story_is_the_same_on_every_day():
    assert outline(NOON) == outline(NOON)
    assert outline(NOON) == outline(NOON + timedelta(days=100))


@pytest.mark.parametrize("at", MOMENTS)
def test_nothing_in_the_story_has_happened_later_than_now(at):
    for pursuit in tell(at=at):
        moments = [move.at for move in pursuit.moves]
        assert moments == sorted(moments)
        assert moments[-1] <= at
        assert all(remark.at <= at for remark in pursuit.remarks)
        for meeting in pursuit.meetings:
            assert meeting.arranged_at < meeting.scheduled_at
            if meeting.status == "completed":
                assert meeting.scheduled_at + timedelta(minutes=meeting.minutes) <= at


@pytest.mark.parametrize("at", MOMENTS)
def test_one_interview_is_today_and_some_are_to_come(at):
    coming = [m for p in tell(at=at) for m in p.meetings if m.status == "scheduled"]

    assert [m.scheduled_at.date() for m in coming].count(at.date()) >= 1
    assert sum(m.scheduled_at > at for m in coming) >= 5


def test_the_story_is_worth_looking_at():
    pursuits = tell(at=NOON)

    assert len(pursuits) >= 60
    assert len({pursuit.firm.name for pursuit in pursuits}) >= 25
    assert {pursuit.status for pursuit in pursuits} == set(Status)
    assert (NOON - pursuits[0].moves[0].at).days > 150
    assert Counter(move.to for pursuit in pursuits for move in pursuit.moves)[Status.INTERVIEWING] > 10


def test_companies_are_given_under_names_kept_for_examples():
    assert len({firm.name for firm in FIRMS}) == len(FIRMS)
    assert all(firm.address.endswith(".example") for firm in FIRMS)


def test_a_resume_is_a_real_pdf_and_the_same_each_time():
    made = resume_pdf("Backend Focus")

    assert recognise(ContentFile(made)) == PDF
    assert made == resume_pdf("Backend Focus")
    assert made != resume_pdf("Data & Platform")


def test_the_demo_fills_an_account_through_the_services(db):
    printed = demo()

    owner = User.objects.get(email="demo@onward.local")
    applications = Application.objects.filter(owner=owner)
    assert applications.count() >= 60
    assert Company.objects.filter(owner=owner).count() >= 25
    assert Interview.objects.filter(owner=owner).count() >= 40
    assert Interview.objects.filter(owner=owner, scheduled_at__date=timezone.now().date()).exists()
    assert Note.objects.filter(application__owner=owner).count() >= 40
    assert Resume.objects.filter(owner=owner, content_type="application/pdf").count() == 2
    assert Resume.objects.get(owner=owner, is_default=True).version_name == "Backend Focus"
    assert not applications.filter(next_action="", status__in=["applied", "offer"]).exists()
    for email in ("demo@onward.local", "member@onward.local", "admin@onward.local"):
        assert email in printed
    assert PASSWORD in printed


def test_the_history_tells_how_each_application_came_where_it_stands(db):
    demo()

    for application in Application.objects.prefetch_related("status_changes"):
        history = sorted(application.status_changes.all(), key=lambda change: (change.changed_at, change.pk))
        assert history[-1].after == application.status
        assert history[0].before == ""
        assert [change.before for change in history[1:]] == [change.after for change in history[:-1]]
        if application.applied_date:
            assert StatusChange.objects.filter(application=application, after=Status.APPLIED).exists()
            assert application.created_at.date() <= application.applied_date
        answered = {change.after for change in history} & {*STAGES[1:4], Status.REJECTED}
        assert bool(application.response_date) == bool(answered)


def test_the_demo_has_something_for_the_offers_api_too(db, signed_in):
    demo()
    as_demo = signed_in(User.objects.get(email="demo@onward.local"))

    def read(path: str, **query: str):
        answer = as_demo.get(f"/offers/api/v1/{path}", query)
        assert answer.status_code == 200, (path, answer.content)
        return answer.json()

    applications = read("applications/")
    offers = [application for application in applications if application["outcome"]]
    assert {offer["status"] for offer in offers} == {"Offer", "Accepted", "Withdrawn"}
    assert {offer["outcome"]["status"] for offer in offers} == {"Offer", "Withdrawn"}
    assert all(offer["outcome"]["salary"] and offer["outcome"]["deadline"] for offer in offers)
    assert sum(application["reflection"] is not None for application in applications) >= 5
    assert {job["status"] for job in read("saved-jobs/")} == {"Active", "Archived"}
    assert len(read("contacts/")) >= 10
    today = timezone.now().date().isoformat()
    upcoming = [reminder["remind_at"][:10] for reminder in read("reminders/upcoming")]
    assert upcoming[0] < today < upcoming[-1]
    assert len(read("reminders/", is_completed="true")) == 1
    assert len(read("tags/")) == 3
    assert any(read(f"tags/application/{application['id']}") for application in applications)
    public, private = sorted(read("social/groups/mine"), key=lambda group: not group["is_public"])
    assert (public["member_count"], private["member_count"]) == (2, 2)
    assert len(read("social/posts/feed")) == 5
    assert len(read("social/posts/feed", group_id=public["id"])) == 2
    assert any(post["reaction_count"] for post in read("social/posts/feed"))
    assert {person["username"] for person in read("progress/community")} == {"demo", "member"}
    reached = {award["milestone"]["key"] for award in read("progress/milestones/mine")}
    assert reached >= {"in_the_zone", "self_reflective", "part_of_a_circle", "sharing_insights", "offer_received"}
    assert Activity.objects.filter(created_at__gt=timezone.now()).count() == 0


def test_the_demo_has_a_board_that_can_be_applied_on(db, signed_in):
    call_command("demo")
    demo = signed_in(User.objects.get(username="demo"))

    internships, jobs = (demo.get(f"/campus/api/{kind}/").json()["results"] for kind in ("internships", "jobs"))

    assert (len(internships), len(jobs)) == (2, 1)
    assert all(one["eligible"] for one in (*internships, *jobs))
    assert any(one["reasons"] for one in internships)
    mine = f"/campus/api/users/{demo.user.pk}/jobs/"
    assert demo.post(mine, {"job_id": jobs[0]["id"]}).status_code == 201


def test_the_demo_has_courses_one_of_which_is_completed(db, signed_in, anonymous):
    call_command("demo")
    demo = signed_in(User.objects.get(username="demo"))
    mine = f"/campus/api/users/{demo.user.pk}/"

    found = demo.get("/campus/api/courses/").json()["results"]

    assert [(one["lesson_count"], one["student_count"], one["enrolled"]) for one in found] == [
        (4, 2, True),
        (3, 2, True),
    ]
    assert [one["progress"] for one in demo.get(f"{mine}courses/").json()["results"]] == [50, 100]
    (completed,) = demo.get(f"{mine}completed-courses/").json()["results"]
    assert demo.get(f"{mine}courses/{completed['course_id']}/certificate/").content.startswith(b"%PDF-")
    certificate = Certificate.objects.get()
    assert "Interviews, calmly" in anonymous.get(f"/certificates/{certificate.uid}").text
    assert certificate.completed_at < timezone.now()


def test_the_demo_has_a_quiz_that_is_passed_and_a_chat_with_something_to_read(db, signed_in):
    call_command("demo")
    demo = signed_in(User.objects.get(username="demo"))

    (quiz,) = demo.get("/campus/api/quizzes/").json()["results"]
    (attempt,) = demo.get(f"/campus/api/quizzes/{quiz['id']}/attempts/").json()["results"]
    (chat,) = demo.get("/campus/api/chats/").json()["results"]
    said = demo.get(f"/campus/api/chats/{chat['id']}/messages/").json()["results"]

    assert (quiz["question_count"], attempt["passed"]) == (3, True)
    assert 50 <= attempt["percentage"] < 100
    assert (len(said), chat["unread_count"]) == (4, 1)
    assert [one["emoji"] for message in said for one in message["reactions"]] == ["👍"]


def test_the_demo_has_a_lecture_that_plays_with_captions(db, signed_in, anonymous):
    demo()
    as_demo = signed_in(User.objects.get(email="demo@onward.local"))
    run_due()

    [lecture] = as_demo.get("/campus/api/videos/").json()["results"]
    part = anonymous.get(lecture["stream_url"], headers={"Range": "bytes=0-3"})
    [written] = lecture["captions"]

    # As every WebM begins.
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"\x1a\x45\xdf\xa3")
    assert part["Content-Type"] == "video/webm"
    assert anonymous.get(written["url"]).content.startswith(b"WEBVTT")
    assert (lecture["duration"], lecture["like_count"], lecture["comment_count"]) == (
        12.0 if shutil.which("ffmpeg") else None,
        1,
        1,
    )


def test_people_of_the_demo_sign_in_and_see_their_own(db, anonymous):
    demo()
    seen = {}

    for name in ("demo", "member", "admin"):
        signed_in = anonymous.post(
            "/tracker/api/v1/auth/login/", {"email": f"{name}@onward.local", "password": PASSWORD}
        )
        assert signed_in.status_code == 200, signed_in.json()
        client = Api(access=signed_in.json()["access"])
        seen[name] = [
            client.get(f"/tracker/api/v1/{what}/").json()["count"] for what in ("applications", "applications/resumes")
        ]
        if name == "demo":
            resume = client.get("/tracker/api/v1/applications/resumes/").json()["results"][0]
            answer = client.get(f"/tracker/api/v1/applications/resumes/{resume['id']}/file/")
            assert b"".join(answer.streaming_content).startswith(b"%PDF-")

    assert seen["demo"][0] >= 60
    assert seen == {"demo": [seen["demo"][0], 2], "member": [5, 0], "admin": [0, 0]}
    assert [user.username for user in User.objects.filter(is_staff=True)] == ["admin"]


def test_a_second_demo_is_refused(db):
    UserFactory(username="demo", email="demo@onward.local")

    with pytest.raises(CommandError, match="there already"):
        demo("--force")
    assert demo("--if-empty") == ""
    assert User.objects.count() == 1


def test_a_database_with_people_is_left_alone_unless_forced(ada, monkeypatch):
    built = []
    monkeypatch.setattr("onward.commands.management.commands.demo.build", lambda at: built.append(at) or [])

    with pytest.raises(CommandError, match="--force"):
        demo()
    assert demo("--if-empty") == ""
    assert not built

    demo("--force")

    assert len(built) == 1


@pytest.mark.parametrize(
    "address", ["https://careers.example.org", "http://10.0.0.5:8000", "http://localhost.evil.example"]
)
def test_a_server_that_others_can_reach_gets_no_demo(db, settings, address):
    settings.PUBLIC_URL = address

    with pytest.raises(CommandError, match="not this machine"):
        demo("--force")
    assert demo("--if-empty") == ""
    assert not User.objects.exists()


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"])
def test_ones_own_machine_may_have_a_demo(db, settings, address, monkeypatch):
    monkeypatch.setattr("onward.commands.management.commands.demo.build", lambda at: [])
    settings.PUBLIC_URL = address

    assert "Demo accounts" in demo()


@pytest.mark.django_db(transaction=True)
def test_a_demo_that_fails_leaves_nothing(monkeypatch, settings, tmp_path):
    def fail(**fields) -> None:
        raise RuntimeError

    monkeypatch.setattr("onward.domain.interviews.services.create", fail)

    with pytest.raises(RuntimeError):
        demo()

    assert not User.objects.exists()
    assert not Application.objects.exists()


def test_the_demo_sends_nothing(db):
    demo("--if-empty")

    assert not Notification.objects.exists()
    assert run_due() > 0
    assert mail.outbox == []


def test_the_demo_has_a_forum_to_answer_in_and_a_blog_that_was_read(db, signed_in):
    call_command("demo")
    demo = signed_in(User.objects.get(username="demo"))

    (forum,) = demo.get("/campus/api/forums/").json()["results"]
    threads = demo.get(f"/campus/api/forums/{forum['id']}/threads/").json()
    (blog,) = demo.get("/campus/api/blogs/").json()["results"]

    assert forum["thread_count"] == threads["count"] == 2
    assert [(one["post_count"], one["bookmarked"]) for one in threads["results"]] == [(1, True), (2, False)]
    assert (blog["reader_count"], blog["tags"]) == (1, ["first job", "advice"])
