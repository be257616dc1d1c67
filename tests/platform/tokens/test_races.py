from datetime import timedelta

import pytest

from onward.platform import tokens
from onward.platform.events.models import EventRecord
from onward.platform.tokens import BadToken, signing
from onward.platform.tokens.models import Session
from tests.factories import UserFactory
from tests.platform.tokens.conftest import open_for

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_thirty_who_refresh_with_the_same_token_one_rotates_and_all_get_its_successor(together, now):
    opened = open_for(UserFactory(), at=now)

    answers = together(30, lambda _: tokens.refresh_session(token=opened.refresh, at=now))

    assert {type(answer) for answer in answers} == {tokens.Tokens}
    assert len({answer.refresh for answer in answers}) == 1
    session = Session.objects.get()
    successor = signing.read_refresh(answers[0].refresh, at=now)
    assert session.refresh_id == successor.token_id
    assert session.previous_refresh_id == signing.read_refresh(opened.refresh, at=now).token_id
    assert session.ended_at is None
    claims = signing.read_access(answers[-1].access, at=now)
    assert tokens.authenticate(claims=claims, at=now).session_id == opened.session_id


def test_of_thirty_who_bring_a_stale_token_at_once_one_is_announced(together, now):
    opened = open_for(UserFactory(), at=now)
    tokens.refresh_session(token=opened.refresh, at=now)

    answers = together(30, lambda _: tokens.refresh_session(token=opened.refresh, at=now + timedelta(minutes=1)))

    assert {type(answer) for answer in answers} == {BadToken}
    assert Session.objects.get().end_reason == "refresh token reused"
    assert EventRecord.objects.filter(name="session.refresh_reused").count() == 1


def test_a_refresh_that_races_with_the_end_of_its_session_revives_nothing(together, now):
    for _ in range(5):
        opened = open_for(UserFactory(), at=now)

        def act(number, opened=opened):
            if number == 0:
                return tokens.end_session(session_id=opened.session_id, reason="logout", at=now)
            return tokens.refresh_session(token=opened.refresh, at=now)

        answers = together(8, act)

        assert Session.objects.get(pk=opened.session_id).end_reason == "logout"
        given = [answer for answer in answers if isinstance(answer, tokens.Tokens)]
        for answer in given:
            with pytest.raises(BadToken):
                tokens.authenticate(claims=signing.read_access(answer.access, at=now), at=now)
        with pytest.raises(BadToken):
            tokens.refresh_session(token=opened.refresh, at=now)


def test_of_many_reads_at_once_one_notes_the_use(together, now):
    opened = open_for(UserFactory(), at=now)
    later = now + timedelta(minutes=30)
    claims = signing.read_access(opened.access, at=later)

    actors = together(20, lambda _: tokens.authenticate(claims=claims, at=later))

    assert {type(actor) for actor in actors} == {tokens.Actor}
    assert Session.objects.get().last_used_at == later
