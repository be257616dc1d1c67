from datetime import timedelta
from uuid import uuid4

import pytest

from onward.platform import tokens
from onward.platform.events.models import EventRecord
from onward.platform.refusals import Forbidden
from onward.platform.tokens import BadToken, signing
from onward.platform.tokens.models import Session
from tests.factories import RoleFactory
from tests.platform.tokens.conftest import open_for

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def actor(access, at):
    return tokens.authenticate(claims=signing.read_access(access, at=at), at=at)


def refresh(token, at):
    return tokens.refresh_session(token=token, at=at)


def test_a_session_remembers_where_it_was_opened_from(ada, now):
    opened = open_for(ada, at=now, api="offers", address="2001:db8::7", user_agent="Client/1.0")
    session = Session.objects.get(pk=opened.session_id)
    assert (session.user, session.api, session.address) == (ada, "offers", "2001:db8::7")
    assert (session.user_agent, session.created_at, session.expires_at) == ("Client/1.0", now, now + 7 * DAY)


@pytest.mark.parametrize("address", [None, "", "fe80::1%eth0", "unix:/run/socket", "\0"])
def test_a_strange_address_does_not_keep_anybody_out(ada, now, address):
    opened = open_for(ada, at=now, address=address, user_agent="a\0b" + "x" * 500)
    session = Session.objects.get(pk=opened.session_id)
    assert session.address == ("fe80::1" if address == "fe80::1%eth0" else None)
    assert session.user_agent == ("ab" + "x" * 253)


@pytest.mark.parametrize(
    ("api", "lifetime"),
    [
        ("tracker", timedelta(minutes=60)),
        ("campus", timedelta(minutes=60)),
        ("outreach", timedelta(hours=24)),
        ("copilot", timedelta(hours=24)),
        ("offers", timedelta(days=7)),
    ],
)
def test_an_access_token_lives_as_long_as_its_api_promises(ada, now, api, lifetime):
    opened = open_for(ada, at=now, api=api)
    actor(opened.access, now + lifetime - 2 * SECOND)
    with pytest.raises(BadToken):
        actor(opened.access, now + lifetime)


def test_an_actor_is_what_endpoints_need_to_know_of_a_person(root, now):
    root.timezone = "Europe/Paris"
    root.save()
    opened = open_for(root, at=now)
    assert actor(opened.access, now) == tokens.Actor(
        user_id=root.pk,
        session_id=opened.session_id,
        zone="Europe/Paris",
        awaits_second_factor=False,
        is_staff=True,
        email="root@example.org",
        is_superuser=True,
        roles={},
    )


def test_an_actor_has_the_roles_that_they_have_at_this_moment(ada, ben, now, queries):
    opened = open_for(ada, at=now)
    RoleFactory(user=ada, area="outreach", role="admin")
    for role in ("moderator", "instructor"):
        RoleFactory(user=ada, area="campus", role=role)
    RoleFactory(user=ben)

    with queries() as asked:
        both = actor(opened.access, now)
    ada.roles.filter(area="outreach").delete()
    one = actor(opened.access, now)

    campus = {"campus": {"moderator", "instructor"}}
    assert (both.roles, one.roles) == ({"outreach": {"admin"}, **campus}, campus)
    assert len(asked) == 1


def test_authentication_is_one_query(opened, now, queries):
    actor(opened.access, now)
    with queries() as asked:
        actor(opened.access, now)
    assert len(asked) == 1


def test_a_session_that_is_ended_is_dead_at_once_with_all_its_tokens(opened, now):
    tokens.end_session(session_id=opened.session_id, reason="logout", at=now)
    with pytest.raises(BadToken):
        actor(opened.access, now)
    with pytest.raises(BadToken):
        refresh(opened.refresh, now)


def test_a_session_stays_as_it_ended(opened, now):
    tokens.end_session(session_id=opened.session_id, reason="logout", at=now)
    tokens.end_session(session_id=opened.session_id, reason="password changed", at=now + DAY)
    session = Session.objects.get()
    assert (session.end_reason, session.ended_at) == ("logout", now)


def test_a_disabled_account_is_out_at_once(opened, ada, now):
    ada.is_active = False
    ada.save()
    with pytest.raises(BadToken):
        actor(opened.access, now)
    with pytest.raises(BadToken):
        refresh(opened.refresh, now)
    ada.is_active = True
    ada.save()
    assert refresh(opened.refresh, now).access


def test_a_deleted_account_is_out_at_once(opened, ada, now):
    ada.delete()
    with pytest.raises(BadToken):
        actor(opened.access, now)
    with pytest.raises(BadToken):
        refresh(opened.refresh, now)


def test_a_token_that_names_another_persons_session_is_refused(opened, ada, ben, now):
    forged = signing.sign(
        "access", user_id=ben.pk, session_id=opened.session_id, token_id=uuid4(), at=now, lifetime=DAY
    )
    with pytest.raises(BadToken):
        actor(forged, now)
    row = Session.objects.get()
    forged = signing.sign("refresh", user_id=ben.pk, session_id=row.pk, token_id=row.refresh_id, at=now, lifetime=DAY)
    with pytest.raises(BadToken):
        refresh(forged, now)
    assert actor(opened.access, now).user_id == ada.pk


def test_ending_somebodys_sessions_spares_the_one_at_hand_and_everybody_elses(ada, ben, now):
    here, there, bens = (open_for(user, at=now) for user in (ada, ada, ben))
    ended = tokens.end_sessions(user_id=ada.pk, except_id=here.session_id, reason="password changed", at=now)
    assert ended == 1
    assert actor(here.access, now)
    assert actor(bens.access, now)
    with pytest.raises(BadToken):
        actor(there.access, now)
    assert tokens.end_sessions(user_id=ada.pk, except_id=None, reason="password reset", at=now) == 1
    with pytest.raises(BadToken):
        actor(here.access, now)


def test_the_list_of_sessions_shows_the_open_ones_the_last_used_first(ada, ben, now):
    first, second, over, gone = (open_for(ada, at=at) for at in (now - DAY, now - 2 * DAY, now, now - 8 * DAY))
    open_for(ben, at=now)
    tokens.end_session(session_id=over.session_id, reason="logout", at=now)
    refresh(second.refresh, now)
    assert [session.pk for session in tokens.sessions(ada.pk)] == [second.session_id, first.session_id]
    assert gone.session_id in set(Session.objects.values_list("pk", flat=True))


def test_use_is_noted_once_in_some_minutes_and_reading_writes_nothing_in_between(opened, now, queries):
    later = now + timedelta(minutes=6)
    actor(opened.access, now + timedelta(minutes=4))
    assert Session.objects.get().last_used_at == now
    actor(opened.access, later)
    assert Session.objects.get().last_used_at == later
    with queries() as asked:
        actor(opened.access, later + timedelta(minutes=4))
    assert [query["sql"].split()[0] for query in asked] == ["SELECT"]


def test_refreshing_gives_new_tokens_of_the_same_session(opened, now):
    later = now + timedelta(minutes=50)
    renewed = refresh(opened.refresh, later)
    assert renewed.session_id == opened.session_id
    assert renewed.refresh != opened.refresh
    assert actor(renewed.access, later + timedelta(minutes=59))


def test_every_rotation_lets_the_session_live_for_another_seven_days(opened, now):
    token, at = opened.refresh, now
    for _ in range(4):
        at += 6 * DAY
        token = refresh(token, at).refresh
    with pytest.raises(BadToken):
        refresh(token, at + 7 * DAY)
    assert Session.objects.get().expires_at == at + 7 * DAY
    assert Session.objects.get().ended_at is None


def test_the_token_just_replaced_gives_the_same_successor_for_ten_seconds(opened, now):
    renewed = refresh(opened.refresh, now)
    again = refresh(opened.refresh, now + 10 * SECOND)
    assert again.refresh == renewed.refresh
    assert again.access != renewed.access
    assert actor(again.access, now + 11 * SECOND)
    assert refresh(again.refresh, now + 12 * SECOND).refresh != renewed.refresh


def test_the_successor_is_the_same_whatever_the_fraction_of_the_second(opened, now):
    at = now.replace(microsecond=999_999)
    renewed = refresh(opened.refresh, at)
    assert refresh(opened.refresh, at + SECOND).refresh == renewed.refresh


def test_a_replaced_token_that_returns_later_ends_the_session_and_is_announced(opened, ada, now):
    renewed = refresh(opened.refresh, now)
    at = now + 11 * SECOND
    with pytest.raises(BadToken):
        refresh(opened.refresh, at)
    session = Session.objects.get()
    assert (session.ended_at, session.end_reason) == (at, "refresh token reused")
    record = EventRecord.objects.get(name="session.refresh_reused")
    assert (record.owner_id, record.happened_at) == (ada.pk, at)
    assert record.payload == {"session_id": str(session.pk), "api": "tracker"}
    for token in (opened.access, renewed.access):
        with pytest.raises(BadToken):
            actor(token, at)
    for token in (opened.refresh, renewed.refresh):
        with pytest.raises(BadToken):
            refresh(token, at)
    assert EventRecord.objects.filter(name="session.refresh_reused").count() == 1


def test_a_token_from_before_the_last_one_is_not_forgiven_even_within_the_ten_seconds(opened, now):
    second = refresh(opened.refresh, now)
    refresh(second.refresh, now + SECOND)
    with pytest.raises(BadToken):
        refresh(opened.refresh, now + 2 * SECOND)
    assert Session.objects.get().end_reason == "refresh token reused"


def test_reuse_ends_no_other_session(ada, opened, now):
    other = open_for(ada, at=now)
    refresh(opened.refresh, now)
    with pytest.raises(BadToken):
        refresh(opened.refresh, now + DAY)
    assert actor(other.access, now)


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
def test_nonsense_refreshes_nothing(token, now):
    with pytest.raises(BadToken):
        refresh(token, now)


def test_a_session_that_owes_its_second_factor_cannot_be_refreshed_until_it_is_given(ada, now):
    opened = open_for(ada, at=now, awaits_second_factor=True)
    with pytest.raises(Forbidden, match="Two-factor verification required"):
        refresh(opened.refresh, now)
    tokens.complete_second_factor(session_id=opened.session_id, at=now)
    assert refresh(opened.refresh, now + SECOND).access
    assert Session.objects.get().expires_at == now + SECOND + 7 * DAY


def test_a_second_factor_that_is_never_given_leaves_nothing_open(ada, now):
    opened = open_for(ada, at=now, api="offers", awaits_second_factor=True)
    assert actor(opened.access, now + timedelta(minutes=59)).awaits_second_factor
    with pytest.raises(BadToken):
        actor(opened.access, now + timedelta(minutes=61))


def test_the_tokens_of_a_session_are_good_once_its_second_factor_is_given(ada, now):
    opened = open_for(ada, at=now, api="offers", awaits_second_factor=True)
    tokens.complete_second_factor(session_id=opened.session_id, at=now)
    assert not actor(opened.access, now + 6 * DAY).awaits_second_factor


def test_an_ended_session_is_not_revived_by_a_second_factor(ada, now):
    opened = open_for(ada, at=now, awaits_second_factor=True)
    tokens.end_session(session_id=opened.session_id, reason="logout", at=now)
    tokens.complete_second_factor(session_id=opened.session_id, at=now)
    with pytest.raises(BadToken):
        actor(opened.access, now)
