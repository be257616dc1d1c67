"""What is read and put back unchanged changes nothing in the record, whatever the record holds."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import models, transaction
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from onward.domain.accounts.choices import Visibility
from onward.domain.accounts.choices import WorkType as PreferredWorkType
from onward.domain.applications.choices import (
    DocumentType,
    JobType,
    OutcomeStatus,
    Priority,
    SavedJobStatus,
    Source,
    Status,
    WorkType,
)
from onward.domain.community.choices import PostType
from onward.domain.community.models import Membership
from onward.domain.companies.choices import Size
from onward.domain.contacts.choices import ContactType
from onward.domain.interviews.choices import InterviewStatus, InterviewType, Outcome
from onward.domain.reminders.choices import ReminderType
from tests.databases import with_rows
from tests.factories import (
    ApplicationFactory,
    CompanyFactory,
    ContactFactory,
    DocumentFactory,
    GroupFactory,
    InterviewFactory,
    NoteFactory,
    OutcomeFactory,
    PostFactory,
    ReflectionFactory,
    ReminderFactory,
    ResumeFactory,
    SavedJobFactory,
    TagFactory,
)

OFFERS = "/offers/api/v1"
TRACKER = "/tracker/api/v1"
COPILOT = "/copilot/api/v1"

letters = st.characters(exclude_categories=("C", "Z")) | st.just(" ")


def text(most: int, least: int = 0) -> st.SearchStrategy[str]:
    # As the record keeps it: without white space around it.
    return st.text(letters, max_size=min(most, 60)).map(str.strip).filter(lambda t: len(t) >= least)


def word(choices: type[models.TextChoices], *more: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*choices.values, *more])


def address(longest: int) -> st.SearchStrategy[str]:
    # Longer than one API takes, as another may have written it.
    return st.sampled_from(["", "https://example.org/", "https://example.org/" + "x" * (longest - 20)])


number = st.none() | st.integers(0, 2**31 - 1)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
day = st.none() | days
instants = st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(lambda d: datetime.combine(d, time(9, 30, 0, 120000), UTC))
feedback = st.fixed_dictionaries(
    {"questions": st.lists(text(50, 1), max_size=2), "skill_areas": st.just(["SQL"]), "notes": text(50)}
)
skills = st.none() | st.dictionaries(text(20), text(20) | st.integers(0, 9) | st.none(), max_size=3)


@st.composite
def salaries(draw: Any) -> dict[str, Any]:
    low, high = draw(number), draw(number)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return {"salary_min": low, "salary_max": high, "salary_currency": draw(st.sampled_from(["USD", "EUR", "chf"]))}


@st.composite
def application(draw: Any) -> dict[str, Any]:
    return {
        **draw(salaries()),
        "job_title": draw(text(255, 1)),
        "job_url": draw(address(2000)),
        "job_description": draw(text(500)),
        "status": draw(word(Status)),
        "priority": draw(word(Priority, "")),
        "job_type": draw(word(JobType, "")),
        "work_type": draw(word(WorkType, "")),
        "source": draw(word(Source, "")),
        "location": draw(text(255)),
        "referrer_name": draw(text(255)),
        "applied_date": draw(day),
        "next_action": draw(text(255)),
        "next_action_date": draw(day),
        "interview_date": draw(st.none() | instants),
        "offer_date": draw(day),
        "interview_feedback": draw(st.none() | feedback),
    }


@st.composite
def interview(draw: Any) -> dict[str, Any]:
    has_time, kept = draw(st.booleans()), draw(days)
    asked = draw(st.lists(text(50, 1), max_size=3))
    at = datetime.combine(kept, draw(st.times()) if has_time else time.min, tzinfo=ZoneInfo("Asia/Kolkata"))
    return {
        "name": draw(text(100)),
        "interview_type": draw(word(InterviewType, "")),
        "scheduled_at": at.astimezone(UTC),
        "day": kept,
        "has_time": has_time,
        "duration_minutes": draw(st.none() | st.integers(1, 600)),
        "interviewer_names": draw(text(500) | st.just("Cleo " * 200).map(str.strip)),
        "status": draw(word(InterviewStatus)),
        "outcome": draw(word(Outcome)),
        "preparation_notes": draw(text(500)),
        "post_interview_notes": draw(text(500)),
        "questions": draw(st.sampled_from([None, [], asked])),
        "questions_asked": draw(st.just("\n".join(asked)) | st.just("one\n\n two")),
        "meeting_link": draw(address(2000)),
        "round_number": draw(st.integers(1, 9)),
    }


def made(factory: Any, fields: dict[str, st.SearchStrategy[Any]]) -> Callable[[Any, Any], Any]:
    return lambda data, owner: factory(**owner, **{name: data.draw(strategy) for name, strategy in fields.items()})


def tried(test: Any) -> Any:
    """Run a test with some records, each undone before the next: they would pile up."""

    @hypothesis(max_examples=hypothesis.get_profile("suite").max_examples // 2)
    @given(data=st.data())
    @wraps(test)
    def wrapped(data: Any, **fixtures: Any) -> None:
        with transaction.atomic():
            test(data=data, **fixtures)
            transaction.set_rollback(True)

    return wrapped


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of the record, but what only counts who was there and when."""
    passing = {"tokens", "jobs", "sessions", "contenttypes", "auth", "admin"}
    filled = with_rows(model._meta.db_table for model in apps.get_models())
    return {
        model._meta.label: sorted(model._default_manager.values(), key=str)
        for model in apps.get_models()
        if model._meta.db_table in filled - {"community_progress"} and model._meta.app_label not in passing
    }


@pytest.fixture
def ada(ada):
    ada.timezone = "Asia/Kolkata"
    ada.save()
    return ada


def unchanged(client: Any, path: str, shown: dict[str, Any], method: str = "put") -> None:
    before = everything()

    answered = getattr(client, method)(path, shown)

    assert answered.status_code == 200, answered.content
    assert everything() == before
    assert {name: value for name, value in answered.json().items() if name != "file_url"} == {
        name: value for name, value in shown.items() if name != "file_url"
    }


@tried
def test_an_application_through_both_apis(data, as_ada, ada):
    row = ApplicationFactory(owner=ada, company__owner=ada, **data.draw(application()))
    if main := data.draw(text(200)):
        NoteFactory(application=row, content=main, is_main=True)

    path = f"{OFFERS}/applications/{row.uid}"
    unchanged(as_ada, path, as_ada.get(path).json())
    path = f"{TRACKER}/applications/{row.pk}/"
    unchanged(as_ada, path, as_ada.get(path).json())
    (shown,) = as_ada.get(f"{COPILOT}/applications").json()["items"]
    unchanged(as_ada, f"{COPILOT}/applications/{row.pk}", shown, "patch")


@tried
def test_a_job_of_which_an_application_came(data, as_ada, ada):
    pursuit = data.draw(st.none() | st.builds(lambda: ApplicationFactory(owner=ada, company__owner=ada)))
    if pursuit:
        pursuit.status = data.draw(word(Status))
        pursuit.save()
    row = SavedJobFactory(
        owner=ada,
        application=pursuit,
        company_name=data.draw(text(255, 1)),
        job_title=data.draw(text(255)),
        job_url=data.draw(address(2000)),
        description=data.draw(text(500)),
        requirements=data.draw(text(500)),
        responsibilities=data.draw(text(500)),
        tech_stack=data.draw(st.lists(text(50, 1), max_size=3)),
        documents_required=data.draw(st.none() | text(50) | st.lists(text(50), max_size=2)),
        job_type=data.draw(word(JobType, "")),
        work_type=data.draw(word(WorkType, "")),
        source=data.draw(st.sampled_from(["", "LinkedIn", "linked in", "A poster", "REMOTE OK", "ｌinkedin"])),
        notes=data.draw(text(200)),
        **data.draw(salaries()),
    )

    path = f"{COPILOT}/jobs/{row.pk}"
    unchanged(as_ada, path, as_ada.get(path).json(), "patch")
    path = f"{OFFERS}/saved-jobs/{row.uid}"
    unchanged(as_ada, path, as_ada.get(path).json())


@tried
def test_an_interview_through_both_apis(data, as_ada, ada):
    row = InterviewFactory(owner=ada, application__owner=ada, **data.draw(interview()))

    (stage,) = as_ada.get(f"{OFFERS}/applications/{row.application.uid}").json()["stages"]
    unchanged(as_ada, f"{OFFERS}/applications/{row.application.uid}/stages/{row.uid}", stage)
    path = f"{TRACKER}/interviews/{row.pk}/"
    unchanged(as_ada, path, as_ada.get(path).json())


@tried
def test_an_outcome_and_a_reflection(data, as_ada, ada):
    row = ApplicationFactory(owner=ada, company__owner=ada)
    texts = {name: data.draw(text(200)) for name in ("bonus", "equity", "benefits", "negotiation_notes", "notes")}
    OutcomeFactory(
        application=row,
        status=data.draw(word(OutcomeStatus, "")),
        salary=data.draw(number),
        start_date=data.draw(day),
        deadline=data.draw(day),
        **texts,
    )
    ReflectionFactory(
        application=row,
        what_worked=data.draw(text(200)),
        what_failed=data.draw(text(200)),
        improvement_plan=data.draw(text(200)),
        skill_gaps=data.draw(skills),
    )

    shown = as_ada.get(f"{OFFERS}/applications/{row.uid}").json()
    for name in ("outcome", "reflection"):
        unchanged(as_ada, f"{OFFERS}/applications/{row.uid}/{name}/{shown[name]['id']}", shown[name])


THINGS: dict[str, Callable[[Any, Any], Any]] = {
    "contacts": made(
        ContactFactory,
        {
            "name": text(255, 1),
            "email": st.sampled_from(["", "cleo@example.org"]),
            "phone": text(50),
            "job_title": text(255),
            "company_name": text(255),
            "contact_type": word(ContactType),
            "linkedin_url": address(500),
            "notes": text(200),
            "last_contacted": day,
        },
    ),
    "reminders": made(
        ReminderFactory,
        {
            "title": text(255, 1),
            "description": text(200),
            "remind_at": instants,
            "reminder_type": word(ReminderType),
            "completed_at": st.none() | instants,
        },
    ),
    "resumes": made(
        ResumeFactory,
        {
            # The tracker takes longer names than this document.
            "version_name": text(255, 1) | st.just("x" * 200),
            "notes": text(200),
            "external_url": address(500),
            "file_key": st.sampled_from(["", "resumes/1.pdf"]),
        },
    ),
    "saved-jobs": made(
        SavedJobFactory,
        {
            "company_name": text(255, 1),
            "company_website": address(500),
            "job_title": text(255),
            "job_url": address(2000),
            "location": text(255),
            "job_type": word(JobType, ""),
            "work_type": word(WorkType, ""),
            "salary_currency": st.sampled_from(["USD", "EUR"]),
            "priority": word(Priority),
            "source": text(255),
            "notes": text(200),
            "deadline": day,
            "excitement": st.none() | st.integers(1, 5),
            "status": word(SavedJobStatus),
        },
    ),
}


@pytest.mark.parametrize("name", THINGS)
@tried
def test_what_has_an_address_of_its_own(name, data, as_ada, ada):
    row = THINGS[name](data, {"owner": ada})

    path = f"{OFFERS}/{name}/{row.uid}"
    unchanged(as_ada, path, as_ada.get(path).json())


@tried
def test_what_is_found_in_lists(data, as_ada, ada):
    row = ApplicationFactory(owner=ada, company__owner=ada)
    DocumentFactory(
        application=row,
        name=data.draw(text(255, 1)),
        doc_type=data.draw(word(DocumentType)),
        file_url=data.draw(address(500)),
        notes=data.draw(text(200)),
    )
    tag = TagFactory(owner=ada, color=data.draw(st.sampled_from(["#6366f1", "#fff", "#ABCDEF"])))
    group = GroupFactory(creator=ada, description=data.draw(text(200)), is_public=data.draw(st.booleans()))
    Membership.objects.create(group=group, user=ada)
    post = PostFactory(
        author=ada,
        title=data.draw(text(255)),
        post_type=data.draw(word(PostType)),
        is_public=data.draw(st.booleans()),
        group=data.draw(st.sampled_from([None, group])),
    )

    (document,) = as_ada.get(f"{OFFERS}/documents/{row.uid}").json()
    unchanged(as_ada, f"{OFFERS}/documents/{document['id']}", document)
    (shown,) = (found for found in as_ada.get(f"{OFFERS}/tags/").json() if found["id"] == str(tag.uid))
    unchanged(as_ada, f"{OFFERS}/tags/{tag.uid}", shown)
    unchanged(as_ada, f"{OFFERS}/social/groups/{group.uid}", as_ada.get(f"{OFFERS}/social/groups/{group.uid}").json())
    (shown,) = (found for found in as_ada.get(f"{OFFERS}/social/posts/mine").json() if found["id"] == str(post.uid))
    unchanged(as_ada, f"{OFFERS}/social/posts/{post.uid}", shown)


@tried
def test_ones_own_profile_through_both_apis(data, as_ada, ada):
    ada.display_name = data.draw(st.none() | text(100))
    ada.bio = data.draw(text(200))
    ada.profile_visibility = data.draw(word(Visibility))
    ada.preferred_work_type = data.draw(word(PreferredWorkType))
    ada.save()

    unchanged(as_ada, f"{OFFERS}/users/me", as_ada.get(f"{OFFERS}/users/me").json())
    shown = as_ada.get(f"{TRACKER}/auth/profile/").json()
    unchanged(as_ada, f"{TRACKER}/auth/profile/", shown)


@tried
def test_a_company(data, as_ada, ada):
    row = CompanyFactory(
        owner=ada, website=data.draw(address(500)), size=data.draw(word(Size, "")), notes=data.draw(text(200))
    )

    path = f"{TRACKER}/companies/{row.pk}/"
    unchanged(as_ada, path, as_ada.get(path).json())


def test_everything_looks_at_every_table_that_a_put_could_touch(as_ada, ada):
    row = ApplicationFactory(owner=ada, company__owner=ada)
    before = everything()

    as_ada.put(f"{OFFERS}/applications/{row.uid}", {"location": "Bonn"})

    assert {name for name, rows in everything().items() if rows != before.get(name)} == {
        "applications.Application",
        "activity.Activity",
        "events.EventRecord",
    }
    assert timedelta(0) <= datetime.now(UTC) - max(r["created_at"] for r in everything()["activity.Activity"])
