"""OpenID providers at which somebody may have an account that opens the one here."""

from dataclasses import dataclass

from django.conf import settings

from onward.domain.accounts.choices import ProviderName
from onward.platform.outbound import Reach

GOOGLE_ISSUER = "https://accounts.google.com"


@dataclass(frozen=True)
class Places:
    """Where a provider is asked for what.

    :ivar issuers: what its tokens may call it, the name that identities are kept by first
    :ivar userinfo: empty where it has none
    """

    issuers: tuple[str, ...]
    authorization: str
    token: str
    keys: str
    userinfo: str = ""
    token_auth: str = "client_secret_basic"  # noqa: S105 - how, not what


@dataclass(frozen=True)
class Provider:
    """A provider that the operator has an arrangement with.

    :ivar places: where it is asked, where that is known beforehand; otherwise it is looked up under ``issuer``
    :ivar reach: one that the operator names may stand in their own network
    """

    name: ProviderName
    issuer: str
    client_id: str
    client_secret: str
    places: Places | None = None
    reach: Reach = Reach.PUBLIC


_GOOGLE = Places(
    issuers=(GOOGLE_ISSUER, "accounts.google.com"),
    authorization="https://accounts.google.com/o/oauth2/v2/auth",
    token="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
    keys="https://www.googleapis.com/oauth2/v3/certs",
    userinfo="https://openidconnect.googleapis.com/v1/userinfo",
)


def configured(name: ProviderName) -> Provider | None:
    """Return a provider, if the operator has set it up."""
    if name == ProviderName.GOOGLE:
        found = Provider(name, GOOGLE_ISSUER, settings.GOOGLE_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET, _GOOGLE)
    else:
        found = Provider(
            name,
            settings.OIDC_ISSUER,
            settings.OIDC_CLIENT_ID,
            settings.OIDC_CLIENT_SECRET,
            reach=Reach.PRIVATE_TOO,
        )
    return found if found.client_id else None


class ProviderProblem(Exception):
    """A provider is of no use at the moment. :ivar sentence: for people"""

    sentence = "The sign-in provider does not answer. Please try again later."


class NotConfigured(ProviderProblem):
    """The operator has no arrangement with this provider."""

    sentence = "Signing in with this provider is not set up on this server."


class Unreachable(ProviderProblem):
    """A provider does not answer, or answers that it is out of order."""


class Unusable(ProviderProblem):
    """What a provider answers is not what the protocol asks for."""

    sentence = "The sign-in provider gave an answer that cannot be used."


@dataclass(frozen=True)
class Person:
    """Who somebody is, as a provider has said and signed it.

    :ivar email: in small letters; empty where it tells none
    """

    issuer: str
    subject: str
    email: str
    is_email_verified: bool
    given_name: str
    family_name: str
    picture: str
