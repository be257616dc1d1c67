"""What the owner of an account can do about its sessions."""

import pytest
from django.utils import timezone

from onward.domain.accounts.services import signing_in
from onward.platform import tokens
from onward.platform.refusals import Missing
from onward.platform.tokens import signing

PROFILE = "/tracker/api/v1/auth/profile/"


def session_of(client):
    claims = signing.read_access(client.access, at=timezone.now())
    return claims.session_id


def test_open_sessions_are_listed(ada, ben, signed_in):
    phone, laptop = signed_in(ada), signed_in(ada)
    signed_in(ben)

    assert {session.pk for session in tokens.sessions(ada.pk)} == {session_of(phone), session_of(laptop)}


def test_one_session_is_ended(ada, signed_in):
    phone, laptop = signed_in(ada), signed_in(ada)

    signing_in.end_session(user_id=ada.pk, session_id=session_of(phone), at=timezone.now())

    assert phone.get(PROFILE).status_code == 401
    assert laptop.get(PROFILE).status_code == 200


def test_nobody_ends_somebody_elses_session(ada, ben, as_ada):
    with pytest.raises(Missing):
        signing_in.end_session(user_id=ben.pk, session_id=session_of(as_ada), at=timezone.now())

    assert as_ada.get(PROFILE).status_code == 200
