"""What staff do goes the way of everybody's changes: through the services, so that history and timeline tell of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onward.domain.accounts import codes
from onward.domain.accounts.models import Role, SecondFactor, User
from onward.domain.activity.models import Activity
from onward.domain.applications.models import Application, Note
from onward.domain.companies.models import Company
from onward.domain.interviews.models import Interview
from onward.domain.resumes.models import Resume
from onward.platform.events.models import EventRecord
from onward.platform.jobs.models import Job, State
from onward.platform.tokens.models import Session
from tests.factories import PASSWORD, ApplicationFactory, CompanyFactory, InterviewFactory, ResumeFactory, UserFactory

# The services are tried with every kind of database by their own tests.
pytestmark = pytest.mark.once
NOTHING = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}


@pytest.fixture
def staff(root) -> Client:
    """Root's browser."""
    browser = Client()
    browser.force_login(root)
    return browser


def page(row, what="change") -> str:
    meta = row._meta
    arguments = [] if isinstance(row, type) else [row.pk]
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{what}", args=arguments)


def form_of(browser: Client, address: str, **changes) -> dict[str, object]:
    """Give what a browser would send back from a form, with some changes."""
    context = browser.get(address).context
    forms = [
        context["adminform"].form,
        *(inline.formset.management_form for inline in context["inline_admin_formsets"]),
    ]
    sent: dict[str, Any] = {}
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            sent[form.add_prefix(name)] = "" if value is None else value
    for name in [name for name, value in sent.items() if hasattr(value, "strftime")]:
        moment = sent.pop(name)
        if hasattr(moment, "hour"):
            sent[f"{name}_0"], sent[f"{name}_1"] = moment.strftime("%Y-%m-%d"), moment.strftime("%H:%M:%S")
        else:
            sent[name] = moment.isoformat()
    return {name: value for name, value in {**sent, **changes}.items() if value is not False}


def send(browser: Client, address: str, **changes):
    return browser.post(address, form_of(browser, address, **changes), follow=True)


def lines(owner) -> list[str]:
    return [line.action for line in Activity.objects.filter(owner=owner).order_by("id")]


def test_a_status_changed_by_staff_is_history(staff, ada):
    application = ApplicationFactory(owner=ada)

    answer = send(staff, page(application), status="offer")

    application.refresh_from_db()
    assert "was changed successfully" in answer.text
    assert application.status == "offer"
    assert [(c.before, c.after) for c in application.status_changes.all()] == [("applied", "offer")]
    assert lines(ada) == ["status_changed"]


def test_an_application_is_added_for_somebody(staff, ada):
    company = CompanyFactory(owner=ada)

    send(staff, page(Application, "add"), owner=ada.pk, company=company.pk, job_title="Chemist")

    application = Application.objects.get()
    assert (application.owner, application.company, application.job_title) == (ada, company, "Chemist")
    assert lines(ada) == ["application_created"]


def test_nothing_of_somebody_else_can_be_named(staff, ada, ben):
    application = ApplicationFactory(owner=ada)

    answer = send(staff, page(application), company=CompanyFactory(owner=ben).pk, resume=ResumeFactory(owner=ben).pk)

    application.refresh_from_db()
    assert answer.text.count("This belongs to somebody else.") == 2
    assert application.company.owner == ada
    assert application.resume is None


def test_a_salary_that_contradicts_itself_is_refused(staff, ada):
    application = ApplicationFactory(owner=ada)

    answer = send(staff, page(application), salary_min=90_000, salary_max=50_000)

    application.refresh_from_db()
    assert "errornote" in answer.text
    assert application.salary_min is None


def test_an_answer_from_before_the_application_is_refused(staff, ada):
    application = ApplicationFactory(owner=ada, applied_date="2026-03-02", response_date="2026-03-09")

    answer = send(staff, page(application), applied_date="2026-03-10")

    application.refresh_from_db()
    assert "must not be before applied_date." in answer.text
    assert str(application.applied_date) == "2026-03-02"


def test_a_note_is_added_and_none_is_changed(staff, ada):
    application = ApplicationFactory(owner=ada)
    note = {"notes-TOTAL_FORMS": "1", "notes-0-content": "Called back", "notes-0-note_type": "feedback"}

    answer = send(staff, page(application), **note)

    assert "was changed successfully" in answer.text
    assert [(n.content, n.note_type) for n in Note.objects.all()] == [("Called back", "feedback")]
    assert lines(ada) == ["note_added"]
    assert 'name="notes-0-content"' not in staff.get(page(application)).text


def test_an_application_is_deleted_with_all_that_belongs_to_it(staff, ada):
    application = ApplicationFactory(owner=ada)
    InterviewFactory(application=application)
    send(staff, page(application), status="offer")

    staff.post(page(application, "delete"), {"post": "yes"})

    assert not Application.objects.exists()
    assert lines(ada) == ["application_deleted"]


def test_several_are_deleted_the_same_way(staff, ada):
    made = [ApplicationFactory(owner=ada) for _ in range(3)]

    staff.post(
        page(Application, "changelist"),
        {"action": "delete_selected", "_selected_action": [a.pk for a in made], "post": "yes"},
    )

    assert not Application.objects.exists()
    assert lines(ada) == ["application_deleted"] * 3


def test_a_company_is_added_renamed_and_deleted(staff, ada):
    send(staff, page(Company, "add"), owner=ada.pk, name="Acme", glassdoor_rating="4.5")
    company = Company.objects.get()
    send(staff, page(company), name="Acme Labs")
    company.refresh_from_db()
    assert (company.name, company.name_key, str(company.glassdoor_rating)) == ("Acme Labs", "acme labs", "4.5")

    ApplicationFactory(owner=ada, company=company)
    staff.post(page(company, "delete"), {"post": "yes"})

    assert not Company.objects.exists()
    assert list(EventRecord.objects.order_by("id").values_list("name", flat=True)) == [
        "company.created",
        "company.updated",
        "company.deleted",
        "application.deleted",
    ]


def test_two_companies_of_one_name_are_refused(staff, ada):
    CompanyFactory(owner=ada, name="Acme")

    answer = send(staff, page(Company, "add"), owner=ada.pk, name=" ACME ")

    assert "already has a company with this name" in answer.text
    assert Company.objects.count() == 1


def test_an_interview_is_added_moved_and_deleted(staff, ada):
    application = ApplicationFactory(owner=ada)
    when = timezone.now() + timedelta(days=2)
    moment = {"scheduled_at_0": when.strftime("%Y-%m-%d"), "scheduled_at_1": "09:30:00"}
    send(staff, page(Interview, "add"), application=application.pk, **moment)
    interview = Interview.objects.get()
    assert interview.owner == ada

    send(staff, page(interview), scheduled_at_1="11:00:00")
    interview.refresh_from_db()
    assert interview.scheduled_at.hour == 11
    staff.post(page(interview, "delete"), {"post": "yes"})

    assert not Interview.objects.exists()
    assert lines(ada) == ["interview_scheduled", "interview_updated"]


def test_a_deleted_resume_leaves_a_default_behind(staff, ada):
    first = ResumeFactory(owner=ada, file_key="", is_default=True)
    second = ResumeFactory(owner=ada, file_key="")

    staff.post(page(first, "delete"), {"post": "yes"})

    assert [(r.pk, r.is_default) for r in Resume.objects.all()] == [(second.pk, True)]


def test_dead_jobs_run_again_and_waiting_ones_are_given_up(staff):
    dead = Job.objects.create(kind="x.y", state=State.DEAD, attempts=8, error="x")
    waiting = Job.objects.create(kind="x.y")

    staff.post(page(Job, "changelist"), {"action": "cancel", "_selected_action": [waiting.pk]})
    staff.post(page(Job, "changelist"), {"action": "retry", "_selected_action": [dead.pk]})

    dead.refresh_from_db()
    waiting.refresh_from_db()
    assert (dead.state, dead.attempts, waiting.state) == ("waiting", 0, "cancelled")


def test_sessions_are_ended_by_staff(staff, as_ada):
    staff.post(page(Session, "changelist"), {"action": "end", "_selected_action": [str(Session.objects.get().pk)]})

    assert Session.objects.get().end_reason == "ended by staff"


def test_an_account_is_added_with_its_address_in_small_letters(staff):
    send(
        staff,
        page(User, "add"),
        email="Dora@Example.org",
        username="dora",
        usable_password="true",
        password1=PASSWORD,
        password2=PASSWORD,
    )

    dora = User.objects.get(username="dora")
    assert dora.email == "dora@example.org"
    assert dora.check_password(PASSWORD)


@pytest.mark.parametrize(("field", "value"), [("email", "ADA@example.org"), ("username", "AdA")])
def test_nobody_gets_an_address_or_a_name_that_is_taken(staff, ada, field, value):
    given = {"email": "dora@example.org", "username": "dora", field: value}

    answer = send(staff, page(User, "add"), **given, usable_password="true", password1=PASSWORD, password2=PASSWORD)

    assert "already exists" in answer.text
    assert not User.objects.filter(username="dora").exists()


def test_a_changed_password_ends_every_session(staff, ada, as_ada):
    other = "another quiet river 8"

    staff.post(
        f"/admin/accounts/user/{ada.pk}/password/",
        {"usable_password": "true", "password1": other, "password2": other},
    )

    ada.refresh_from_db()
    assert ada.check_password(other)
    assert Session.objects.get().end_reason == "password changed by staff"


def test_a_disabled_account_is_signed_out(staff, ada, as_ada):
    send(staff, page(ada), is_active=False)

    ada.refresh_from_db()
    assert not ada.is_active
    assert Session.objects.get().end_reason == "account disabled"


def test_accounts_are_not_deleted_here(staff, ada):
    assert staff.post(page(ada, "delete"), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=ada.pk).exists()


def test_staff_without_all_powers_gets_none_by_itself(ada, root):
    helper = UserFactory(username="helper", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename__in=["change_user", "view_user"]))
    browser = Client()
    browser.force_login(helper)

    send(browser, page(helper), is_superuser="on", first_name="Hal")

    helper.refresh_from_db()
    assert (helper.first_name, helper.is_superuser) == ("Hal", False)
    assert browser.get(f"/admin/accounts/user/{root.pk}/password/").status_code == 403


def test_a_lost_second_factor_is_removed_and_announced(staff, ada):
    factor = SecondFactor.objects.create(user=ada, secret="JBSWY3DPEHPK3PXP", confirmed_at=timezone.now())

    staff.post(page(factor, "delete"), {"post": "yes"})

    assert not SecondFactor.objects.exists()
    assert EventRecord.objects.get().name == "account.second_factor_disabled"


def sign_in(**sent):
    return Client().post("/admin/login/?next=/admin/", {"username": "root@example.org", "password": PASSWORD, **sent})


def test_staff_signs_in_by_address_and_password(root):
    assert sign_in(username="ROOT@example.org").status_code == 302
    assert "Please enter the correct email and password" in sign_in(password="wrong").text


def test_members_do_not_sign_in_here(ada):
    assert "Please enter the correct email and password" in sign_in(username="ada@example.org").text


def test_staff_with_a_second_factor_needs_it_here_too(root):
    factor = SecondFactor.objects.create(user=root, secret=codes.new_secret(), confirmed_at=timezone.now())

    assert sign_in().status_code == 200
    assert sign_in(code="000000").status_code == 200
    assert sign_in(code=code_of(factor)).status_code == 302


def code_of(factor: SecondFactor) -> str:
    import pyotp

    return pyotp.TOTP(factor.secret).now()


def test_guessing_a_staff_password_is_limited(root):
    answers = [sign_in(password=f"guess {number}") for number in range(25)]

    assert "Expected available in" in answers[-1].text
    assert sign_in().status_code == 200


def test_staff_without_all_powers_does_not_touch_the_accounts_of_other_staff(db):
    helper, other = UserFactory(username="helper", is_staff=True), UserFactory(username="other", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename__in=["change_user", "view_user"]))
    browser = Client()
    browser.force_login(helper)

    new = {"usable_password": "true", "password1": "another quiet river 8", "password2": "another quiet river 8"}
    assert browser.post(f"/admin/accounts/user/{other.pk}/password/", new).status_code == 403
    assert browser.post(page(other), {"email": "mine@example.org"}).status_code == 403
    other.refresh_from_db()
    assert other.check_password(PASSWORD)


def test_an_address_that_staff_has_changed_is_not_verified(staff, ada):
    send(staff, page(ada), email="new@example.org")

    ada.refresh_from_db()
    assert (ada.email, ada.is_email_verified) == ("new@example.org", False)


def test_no_time_zone_that_does_not_exist_gets_into_an_account(staff, ada, as_ada):
    answer = send(staff, page(ada), timezone="Foo/Bar")

    assert "There is no such time zone" in answer.text
    assert as_ada.get("/tracker/api/v1/applications/").status_code == 200


def test_one_place_may_not_guess_at_every_account(root, settings, monkeypatch):
    monkeypatch.setattr("onward.domain.accounts.guards.LOGIN_BY_ADDRESS.limit", 5)

    answers = [sign_in(username=f"person{number}@example.org") for number in range(7)]

    assert "Expected available in" not in answers[4].text
    assert "Expected available in" in answers[6].text


def test_a_role_is_given_changed_and_taken_away(staff, ada, ben, root):
    send(staff, page(Role, "add"), user=ada.pk, area="outreach", role="admin")
    send(staff, page(Role, "add"), user=ben.pk, area="outreach", role="member")
    role = ben.roles.get()
    send(staff, page(role), role="admin")
    staff.post(page(role, "delete"), {"post": "yes"})

    assert [(role.user, role.role) for role in Role.objects.all()] == [(ada, "admin")]
    events = EventRecord.objects.filter(name__startswith="role.").order_by("id")
    assert [(event.name, event.owner_id, event.payload["by_id"]) for event in events] == [
        ("role.granted", ada.pk, root.pk),
        ("role.granted", ben.pk, root.pk),
        ("role.granted", ben.pk, root.pk),
        ("role.revoked", ben.pk, root.pk),
    ]


def test_somebody_may_be_several_things_on_campus_and_one_at_the_desk(staff, ada):
    for role in ("instructor", "moderator"):
        send(staff, page(Role, "add"), user=ada.pk, area="campus", role=role)
    send(staff, page(Role, "add"), user=ada.pk, area="outreach", role="member")
    refused = send(staff, page(Role, "add"), user=ada.pk, area="outreach", role="admin")
    staff.post(page(ada.roles.get(role="instructor"), "delete"), {"post": "yes"})

    assert "They have a role in this area already" in refused.text
    assert set(ada.roles.values_list("area", "role")) == {("campus", "moderator"), ("outreach", "member")}


def test_a_role_of_another_area_and_the_last_admins_leave_are_refused(staff, ada):
    unfit = send(staff, page(Role, "add"), user=ada.pk, area="campus", role="admin")
    send(staff, page(Role, "add"), user=ada.pk, area="outreach", role="admin")
    last = staff.post(page(ada.roles.get(), "delete"), {"post": "yes"}, follow=True)

    assert "There is no such role in this area" in unfit.text
    assert "This is the last admin." in last.text
    assert [(role.user, role.role) for role in Role.objects.all()] == [(ada, "admin")]
