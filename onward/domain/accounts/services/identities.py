"""Signing in by an account elsewhere: to the provider, back with its word, and in by a code that is good for a minute.

An identity is what a provider calls somebody for good. It is linked to an account by an address that both the provider
and this server have verified, and to no other: whoever could sign in elsewhere under an address that is not theirs, or
had made an account here under one, would come in by it.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from onward.domain.accounts import providers, usernames
from onward.domain.accounts.choices import ProviderName
from onward.domain.accounts.events import IdentityLinked, Registered
from onward.domain.accounts.models import Identity, SignInRequest, User
from onward.domain.accounts.providers import NotConfigured, Person, Provider
from onward.domain.accounts.services import second_factor, signing_in
from onward.domain.accounts.services.registration import LONGEST_DISPLAY_NAME, Taken, insert
from onward.domain.accounts.services.signing_in import CodeNeeded, SignIn
from onward.domain.accounts.visits import Visit
from onward.platform.events import publish
from onward.platform.record import locked
from onward.platform.refusals import Forbidden, Invalid

STATE_LIFETIME = timedelta(minutes=10)
CODE_LIFETIME = timedelta(minutes=1)
BAD_STATE = "This sign-in is not known in this browser, was used already, or has taken too long. Please begin again."


class Departure(NamedTuple):
    """Somebody on their way. :ivar url: where they prove who they are; :ivar browser: what their browser holds"""

    url: str
    browser: str


class Arrival(NamedTuple):
    """Somebody who is back. :ivar code: opens their account, once, for a minute; :ivar return_to: where it is wanted"""

    code: str
    return_to: str


def depart(*, provider: ProviderName, redirect_uri: str, return_to: str, browser: str, at: datetime) -> Departure:
    """Begin a sign-in at a provider.

    :param redirect_uri: where the provider sends people back to
    :param return_to: where to bring the code; empty where the callback answers by itself
    :param browser: what the browser holds of an earlier sign-in; empty for nothing
    :raises ProviderProblem: when it is not set up, or has to be asked and does not answer
    """
    state, browser = secrets.token_urlsafe(32), browser or secrets.token_urlsafe(32)
    url = _protocol().authorization_url(_configured(provider), state=state, redirect_uri=redirect_uri)
    SignInRequest.objects.create(
        provider=provider,
        state=_digest(state),
        browser=_digest(browser),
        return_to=return_to,
        created_at=at,
        expires_at=at + STATE_LIFETIME,
    )
    return Departure(url, browser)


def arrive(
    *, provider: ProviderName, state: str, code: str, error: str, browser: str, redirect_uri: str, at: datetime
) -> Arrival:
    """Take the word of a provider that somebody comes back with, and make a code of ours of it.

    :param code: the provider's; empty where somebody has not agreed
    :param error: why there is none, in the protocol's words
    :param browser: what their browser holds
    :raises Invalid: when the state is not that browser's, was used, or the code opens nothing
    :raises Forbidden: when no account can be theirs
    :raises ProviderProblem: when the provider cannot be asked
    """
    there = _configured(provider)
    asked = SignInRequest.objects.filter(provider=provider, state=_digest(state), browser=_digest(browser)).first()
    if asked is None or not _use(asked, at=at):
        raise Invalid(BAD_STATE, code="invalid_state")
    if error or not code:
        said = "You have not agreed to sign in with it." if error == "access_denied" else "The provider sent no code."
        raise Invalid(f"{said} Please sign in again.", code="no_consent")
    person = _protocol().person_of(there, code=code, state=state, redirect_uri=redirect_uri, at=at)
    user = _account_of(person, at=at)
    ours = secrets.token_urlsafe(32)
    SignInRequest.objects.filter(pk=asked.pk).update(user=user, code=_digest(ours), expires_at=at + CODE_LIFETIME)
    return Arrival(ours, asked.return_to)


def redeem(*, code: str, otp_code: str, visit: Visit, at: datetime) -> SignIn:
    """Open a session for whoever brings a code of ours and, where there is a second factor, the code of that.

    :raises Invalid: when the code is not known, was used, or is older than a minute
    :raises CodeNeeded: when there is a second factor, and its code did not come along; the code stays good
    :raises WrongCode: when it does not fit, or was used before
    :raises Throttled: after too many wrong ones
    """
    found = SignInRequest.objects.select_related("user").filter(code=_digest(code), expires_at__gt=at).first()
    if found is None or found.user is None:
        raise _used_up()
    known = None
    if signing_in.has_second_factor(found.user):
        if not otp_code:
            raise CodeNeeded()
        # Before the account is locked: an answer may have to wait for others that are being compared.
        known = second_factor.recognise(user_id=found.user.pk, code=otp_code, at=at)
    with transaction.atomic():
        user = locked(found.user)
        if not SignInRequest.objects.filter(pk=found.pk, expires_at__gt=at).delete()[0]:
            raise _used_up()
        _check_open(user)
        if known is not None:
            second_factor.spend(known, at=at)
        elif signing_in.has_second_factor(user):
            raise CodeNeeded()
        opened = signing_in.open_session(user, visit=visit, awaits_second_factor=False, at=at)
    return SignIn(user.pk, opened, awaits_second_factor=False)


def forget_old(*, at: datetime) -> int:
    """Remove sign-ins that have led nowhere; returns how many."""
    return SignInRequest.objects.filter(expires_at__lt=at).delete()[0]


def _use(asked: SignInRequest, *, at: datetime) -> bool:
    """Use a state up. Once, whatever comes of it: of many who bring it at the same moment the database takes one."""
    waiting = SignInRequest.objects.filter(pk=asked.pk, returned_at=None, expires_at__gt=at)
    return bool(waiting.update(returned_at=at))


def _configured(name: ProviderName) -> Provider:
    provider = providers.configured(name)
    if provider is None:
        raise NotConfigured()
    return provider


def _protocol() -> Any:
    # At first use: most servers have no provider, and a process without the protocol is smaller.
    return import_module("onward.domain.accounts.openid")


def _account_of(person: Person, *, at: datetime) -> User:
    try:
        return _known_or_new(person, at=at)
    except (IntegrityError, Taken):
        # They came in twice at the same moment, and are known by now.
        return _known_or_new(person, at=at)


@transaction.atomic
def _known_or_new(person: Person, *, at: datetime) -> User:
    identity = Identity.objects.select_related("user").filter(issuer=person.issuer, subject=person.subject).first()
    if identity is not None:
        _check_open(identity.user)
        Identity.objects.filter(pk=identity.pk).update(last_used_at=at)
        return identity.user
    if not person.email or not person.is_email_verified:
        raise Forbidden("The provider has not verified your email address, so it cannot tell which account is yours.")
    user = User.objects.filter(email=person.email).first()
    if user is None:
        user = _register(person, at=at)
        publish(Registered(owner_id=user.pk, at=at))
    else:
        user = locked(user)
        if user.email != person.email or not user.is_email_verified:
            raise Forbidden(
                "There is an account with your email address, which is not verified here yet. "
                "Sign in to it with its password and verify the address first."
            )
        _check_open(user)
        publish(IdentityLinked(owner_id=user.pk, at=at, issuer=person.issuer))
    Identity.objects.create(
        user=user, issuer=person.issuer, subject=person.subject, email=person.email, created_at=at, last_used_at=at
    )
    return user


def _register(person: Person, *, at: datetime) -> User:
    name = f"{person.given_name} {person.family_name}".strip()
    user = User(
        email=person.email,
        display_name=name[:LONGEST_DISPLAY_NAME] or None,
        first_name=person.given_name,
        last_name=person.family_name,
        profile_picture_url=person.picture,
        is_email_verified=True,
        # None that anybody knows: they choose one by a mail, should they want one.
        password=make_password(None),
        created_at=at,
        updated_at=at,
    )
    insert(user, names=usernames.of_address(user.email))
    return user


def _check_open(user: User) -> None:
    if not user.is_active:
        raise Forbidden("This account is disabled.", code="account_disabled")


def _used_up() -> Invalid:
    return Invalid("This code is invalid or has expired. Please sign in again.", code="invalid_code")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
