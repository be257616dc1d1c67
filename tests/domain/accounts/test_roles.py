"""Who is what in an area, and what an area's admins do with accounts."""

import uuid
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from onward.domain.accounts import queries
from onward.domain.accounts.choices import ROLES, Area, RoleName
from onward.domain.accounts.models import Role, User
from onward.domain.accounts.services import members, passwords, roles, staff
from onward.platform.events.models import EventRecord
from onward.platform.jobs import run_due
from onward.platform.refusals import Conflict, Forbidden, Invalid
from onward.platform.tokens import Actor
from onward.platform.tokens.models import Session
from tests.factories import PASSWORD, RoleFactory, UserFactory

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DESK = Area.OUTREACH


def acting(user):
    """Who is asking, when they ask."""
    return Actor(
        user_id=user.pk,
        session_id=uuid.uuid4(),
        zone="UTC",
        awaits_second_factor=False,
        is_staff=user.is_staff,
        email=user.email,
        is_superuser=user.is_superuser,
        roles={area: frozenset({role}) for area, role in user.roles.values_list("area", "role")},
    )


@pytest.fixture
def admin(cleo):
    """The one admin of the desk."""
    RoleFactory(user=cleo, role="admin")
    return cleo


def grant(user, role, area="outreach"):
    return roles.grant(user=user, area=area, role=role, by_id=None, at=AT)


def add(admin, **fields):
    given = {"email": "dora@example.org", "role": "member", "demands": {}, "at": AT, **fields}
    return members.add(by=acting(admin), area=DESK, **given)


def change(admin, user, **changes):
    members.change(by=acting(admin), area=DESK, user=user, changes=changes, demands={}, at=AT)


# Roles


def test_a_role_at_the_desk_is_one_and_repeating_it_is_no_change(ada):
    grant(ada, "member")
    grant(ada, "admin")
    grant(ada, "admin")
    grant(ada, "moderator", area="campus")

    assert set(ada.roles.values_list("area", "role")) == {("outreach", "admin"), ("campus", "moderator")}
    assert EventRecord.objects.filter(name="role.granted").count() == 3


def test_on_campus_somebody_may_be_both_and_loses_one_or_all(ada):
    for role in ("instructor", "moderator", "instructor"):
        grant(ada, role, area="campus")
    assert sorted(ada.roles.values_list("role", flat=True)) == ["instructor", "moderator"]

    for _ in range(2):
        roles.revoke(user=ada, area="campus", role="instructor", by_id=None, at=AT)
    assert ada.roles.get().role == "moderator"
    grant(ada, "instructor", area="campus")
    roles.revoke(user=ada, area="campus", by_id=None, at=AT)

    assert not ada.roles.exists()
    told = EventRecord.objects.filter(name__startswith="role.").order_by("pk")
    assert [(one.name, one.payload["before"]) for one in told] == [
        ("role.granted", ""),
        ("role.granted", ""),
        ("role.revoked", "instructor"),
        ("role.granted", ""),
        *[("role.revoked", role) for role in ("moderator", "instructor")],
    ]


def test_two_roles_at_the_desk_are_refused_by_the_database(ada):
    RoleFactory(user=ada, role="admin")

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleFactory(user=ada, role="member")
    RoleFactory(user=ada, area="campus", role="moderator")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleFactory(user=ada, area="campus", role="moderator")


@pytest.mark.parametrize(("area", "role", "field"), [("kitchen", "admin", "area"), ("campus", "admin", "role")])
def test_a_role_that_its_area_does_not_know_is_refused(ada, area, role, field):
    with pytest.raises(Invalid) as refused:
        grant(ada, role, area=area)

    assert list(refused.value.fields) == [field]
    assert not Role.objects.exists()


def test_the_last_admin_stays(admin, ada, root):
    with pytest.raises(Conflict, match="last admin"):
        grant(admin, "member")
    with pytest.raises(Conflict, match="last admin"):
        roles.revoke(user=admin, area="outreach", by_id=root.pk, at=AT)
    grant(ada, "admin")
    roles.revoke(user=admin, area="outreach", by_id=ada.pk, at=AT)
    roles.revoke(user=admin, area="outreach", by_id=ada.pk, at=AT)

    assert list(Role.objects.values_list("user", "role")) == [(ada.pk, "admin")]
    assert EventRecord.objects.filter(name="role.revoked").count() == 1


def test_an_admin_whose_account_is_disabled_is_none_to_stay(admin, ada):
    grant(ada, "admin")
    User.objects.filter(pk=ada.pk).update(is_active=False)

    with pytest.raises(Conflict, match="last admin"):
        grant(admin, "member")


def test_of_admins_who_leave_at_once_one_stays(together):
    admins = [RoleFactory(role="admin").user for _ in range(4)]

    results = together(4, lambda number: roles.revoke(user=admins[number], area="outreach", by_id=None, at=AT))

    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert sum(result is None for result in results) == 3
    assert Role.objects.filter(role="admin").count() == 1


def test_a_role_that_is_granted_by_many_at_once_is_one(together):
    ada = UserFactory()

    results = together(8, lambda number: grant(ada, "member"))

    assert not [result for result in results if isinstance(result, Exception)]
    assert Role.objects.count() == EventRecord.objects.filter(name="role.granted").count() == 1


def test_people_are_listed_with_what_they_are_in_an_area(admin, ada, ben, root):
    RoleFactory(user=ada)
    RoleFactory(user=ben, area="campus", role="moderator")
    RoleFactory(user=root, role="member")

    assert list(queries.accounts(DESK).order_by("username").values_list("username", "area_role")) == [
        ("ada", "member"),
        ("ben", None),
        ("cleo", "admin"),
        ("root", "admin"),
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ((), {"ada", "cleo", "root"}),
        ((RoleName.MEMBER,), {"ada"}),
        ((RoleName.ADMIN,), {"cleo", "root"}),
        ((RoleName.ADMIN, RoleName.MEMBER), {"ada", "cleo", "root"}),
    ],
)
def test_people_are_found_by_what_they_are_in_an_area(admin, ada, ben, root, wanted, found):
    RoleFactory(user=ada)
    RoleFactory(user=ben, area="campus", role="moderator")
    RoleFactory(user=root, role="member")

    rows = queries.accounts(DESK).filter(queries.in_area(DESK, *wanted))
    others = queries.accounts(DESK).exclude(queries.in_area(DESK, *wanted))

    assert {user.username for user in rows} == found
    assert {user.username for user in others} == {"ada", "ben", "cleo", "root"} - found


def test_a_team_is_whose_accounts_are_open(admin, ada):
    RoleFactory(user=ada)
    User.objects.filter(pk=ada.pk).update(is_active=False)

    assert list(queries.team(DESK)) == [admin]


# By the operator


def told(*words):
    out = StringIO()
    call_command("grant", *words, stdout=out)
    return out.getvalue().strip()


def test_the_operator_grants_and_takes_away(ada, ben):
    assert told("ADA@example.org", "outreach", "admin") == "ada@example.org is admin in outreach."
    assert told("ben@example.org", "outreach", "member") == "ben@example.org is member in outreach."
    assert told("ben@example.org", "outreach", "none") == "ben@example.org is nothing in outreach."

    assert list(Role.objects.values_list("user", "role")) == [(ada.pk, "admin")]


def test_the_operator_grants_several_roles_on_campus_and_takes_one_away(ada):
    told("ada@example.org", "campus", "moderator")
    assert told("ada@example.org", "campus", "instructor") == "ada@example.org is instructor and moderator in campus."
    assert told("ada@example.org", "campus", "moderator", "--revoke") == "ada@example.org is instructor in campus."
    assert told("ada@example.org", "campus", "none") == "ada@example.org is nothing in campus."


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("nobody@example.org", "outreach", "admin"), "no account with the address nobody@example.org"),
        (("ada@example.org", "outreach", "instructor"), "no such role in outreach; there are admin, member"),
        (("ada@example.org", "kitchen", "cook"), "invalid choice: 'kitchen'"),
        (("cleo@example.org", "outreach", "none"), "last admin"),
    ],
)
def test_the_operator_hears_what_is_wrong(admin, ada, words, why):
    with pytest.raises(CommandError, match=why):
        told(*words)


# By an area's admins


def test_who_is_added_with_a_password_comes_in_by_it(admin):
    dora = add(admin, password=PASSWORD, username="dora", first_name="Dora", last_name="Diaz")
    run_due()

    dora.refresh_from_db()
    assert (dora.email, dora.username, dora.display_name, dora.made_in) == (
        "dora@example.org",
        "dora",
        "Dora Diaz",
        "outreach",
    )
    assert check_password(PASSWORD, dora.password)
    assert list(dora.roles.values_list("area", "role")) == [("outreach", "member")]
    assert [sent.subject for sent in mail.outbox] == ["Verify your email address"]
    assert not any([dora.is_staff, dora.is_superuser, dora.is_email_verified])


def test_who_is_invited_chooses_a_password_by_a_mail_which_proves_the_address(admin):
    dora = add(admin, display_name="Dora D.")
    run_due()
    run_due()

    (sent,) = mail.outbox
    token = sent.body.split("token=")[1].split()[0]
    assert (sent.subject, sent.to) == ("You have an account at Onward", ["dora@example.org"])
    assert not dora.has_usable_password()
    passwords.reset(token=token, new=PASSWORD, at=datetime.now(UTC) + timedelta(days=6))
    dora.refresh_from_db()
    assert dora.check_password(PASSWORD)
    assert dora.is_email_verified
    assert "Dora" not in sent.body


def test_an_invitation_is_good_for_a_week(admin):
    add(admin)
    run_due()
    token = mail.outbox[0].body.split("token=")[1].split()[0]

    with pytest.raises(Invalid, match="expired"):
        passwords.reset(token=token, new=PASSWORD, at=datetime.now(UTC) + timedelta(days=8))


def test_an_account_can_be_made_for_somebody_outside_the_team(admin):
    assert not add(admin, role=None).roles.exists()


def test_a_taken_address_or_name_is_a_conflict_that_names_it(admin, ada):
    with pytest.raises(Conflict) as address:
        add(admin, email=" ADA@Example.org ")
    with pytest.raises(Conflict) as name:
        add(admin, username="Ada")

    assert (list(address.value.fields), list(name.value.fields)) == (["email"], ["username"])
    assert User.objects.count() == 2


def test_a_name_that_is_made_of_the_address_gives_way_to_one_that_is_taken(admin, ada):
    made = add(admin, email="ada@elsewhere.example")

    assert made.username.startswith("ada")
    assert made.username != "ada"


def test_accounts_of_one_address_that_are_added_at_once_are_one(together):
    cleo = RoleFactory(role="admin").user

    results = together(6, lambda number: add(cleo, email="dora@example.org"))

    assert sum(isinstance(result, User) for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 5
    assert User.objects.filter(email="dora@example.org").count() == 1


def test_what_the_desk_has_made_it_may_change(admin):
    dora = add(admin)
    change(admin, dora, first_name="Dora", username="dora2", email="Dora2@Example.org", role="admin")

    dora.refresh_from_db()
    assert (dora.first_name, dora.username, dora.email) == ("Dora", "dora2", "dora2@example.org")
    assert not dora.is_email_verified
    assert dora.roles.get().role == "admin"


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "mine@example.org"},
        {"username": "x"},
        {"first_name": "X"},
        {"display_name": "X"},
        {"is_active": False},
    ],
)
@pytest.mark.parametrize("whose", ["registered", "staff", "superuser"])
def test_of_others_accounts_nothing_but_the_role_changes(admin, ada, changes, whose):
    if whose != "registered":
        # Even where the desk has made the account.
        User.objects.filter(pk=ada.pk).update(
            made_in="outreach", is_staff=True, is_superuser=whose == "superuser", last_login=None
        )
    before = User.objects.filter(pk=ada.pk).values().get()

    with pytest.raises(Forbidden):
        change(admin, ada, role="member", **changes)
    assert User.objects.filter(pk=ada.pk).values().get() == before
    assert not ada.roles.exists()

    change(admin, ada, role="member")
    assert ada.roles.get().role == "member"


def test_what_is_as_it_was_is_no_change_of_anybodys_account(admin, ada):
    change(admin, ada, email="ada@example.org", username="ada", first_name="Ada", is_active=True)

    assert not EventRecord.objects.exists()


def test_an_address_is_its_owners_once_they_have_come_in(admin):
    dora = add(admin)
    User.objects.filter(pk=dora.pk).update(last_login=AT)

    with pytest.raises(Forbidden):
        change(admin, dora, email="mine@example.org")
    change(admin, dora, first_name="Dora")


def test_a_superuser_may_disable_what_others_have_made(root, ada, as_ada):
    change(root, ada, is_active=False)

    assert not User.objects.get(pk=ada.pk).is_active
    assert Session.objects.get().end_reason == "account disabled"


def test_who_is_disabled_is_signed_out_and_may_come_back(admin, signed_in):
    dora = add(admin)
    client = signed_in(dora)
    change(admin, dora, is_active=False)

    assert client.get("/tracker/api/v1/auth/profile/").status_code == 401
    assert Session.objects.get().end_reason == "account disabled"
    change(admin, dora, is_active=True)
    assert User.objects.get(pk=dora.pk).is_active
    assert EventRecord.objects.filter(name="account.disabled").count() == 1


def test_the_last_admin_is_not_disabled_by_the_desk(admin):
    dora = add(admin, role="admin")
    change(admin, admin, role="member")

    with pytest.raises(Conflict, match="last admin"):
        change(admin, dora, is_active=False)
    assert User.objects.get(pk=dora.pk).is_active


def test_admins_who_disable_each_other_at_once_leave_one(together):
    cleo = RoleFactory(role="admin").user
    made = [add(cleo, email=f"admin{number}@example.org", role="admin") for number in range(3)]
    roles.revoke(user=cleo, area="outreach", by_id=None, at=AT)

    together(3, lambda number: change(made[number - 1], made[number], is_active=False))

    assert User.objects.filter(pk__in=[user.pk for user in made], is_active=True).count() == 1


def test_a_taken_name_undoes_the_whole_change(admin, ada):
    dora = add(admin)

    with pytest.raises(Conflict):
        change(admin, dora, first_name="Dora", username="ada", role="admin")

    dora.refresh_from_db()
    assert (dora.first_name, dora.roles.get().role) == ("", "member")


def test_who_is_disabled_by_staff_is_announced_as_well(ada):
    ada.is_active = False
    staff.change_account(user=ada, changed=["is_active"], at=AT)

    assert EventRecord.objects.filter(name="account.disabled", owner=ada).exists()


@pytest.mark.parametrize(
    ("area", "role"), [(area, role) for area, named in ROLES.items() for role in RoleName if role not in named]
)
def test_no_role_of_another_area_is_known_to_the_database(ada, area, role):
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(user=ada, area=area, role=role)
