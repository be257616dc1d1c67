"""The OpenID protocol: the address that people are sent to, and who they are when they come back.

Authlib speaks the protocol; every request goes the server's one way out. Nothing here writes to the record. It is
imported at its first use: what it stands on takes up memory in every process.
"""

import json
import time
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

import redis
from authlib.oauth2.base import OAuth2Error
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from onward.domain.accounts.providers import Person, Places, Provider, Unreachable, Unusable
from onward.platform import outbound
from onward.platform.refusals import Invalid

# Seconds for all that is asked of a provider while one request waits.
DEADLINE = 12.0
# Seconds that a provider's addresses and keys are believed for.
KEPT = 3600
# Seconds by which its clock may differ.
LEEWAY = 60
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
SCOPE = "openid email profile"


def _kept(key: str) -> Any:
    """Return what the cache has; nothing where it does not answer, since the provider can be asked."""
    try:
        return cache.get(key)
    except (redis.RedisError, OSError):
        return None


def authorization_url(provider: Provider, *, state: str, redirect_uri: str) -> str:
    """Return the address where somebody proves who they are.

    :raises ProviderProblem: when it has to be looked up, and cannot be
    """
    line = _Line(provider)
    client = _client(provider, line, redirect_uri)
    url: str = client.create_authorization_url(
        line.places().authorization,
        state=state,
        code_verifier=_derived("verifier", state),
        nonce=_derived("nonce", state),
    )[0]
    return url


def person_of(provider: Provider, *, code: str, state: str, redirect_uri: str, at: datetime) -> Person:
    """Exchange the code that somebody came back with for who they are.

    :raises Invalid: when the code opens nothing, or what it opens was not signed for this sign-in
    :raises ProviderProblem: when the provider cannot be asked
    """
    line = _Line(provider)
    places = line.places()
    client = _client(provider, line, redirect_uri, auth=places.token_auth)
    try:
        token = client.fetch_token(
            places.token, grant_type="authorization_code", code=code, code_verifier=_derived("verifier", state)
        )
    except OAuth2Error as problem:
        if problem.error in {"invalid_client", "unauthorized_client", "unsupported_grant_type"}:
            raise Unusable() from None
        raise Invalid("The code is invalid or has expired. Please sign in again.", code="invalid_code") from None
    except ValueError:
        raise Unusable() from None
    claims = _claims(provider, line, token, nonce=_derived("nonce", state), at=at)
    if not claims.get("email") and places.userinfo:
        claims = {**line.userinfo(token, subject=claims["sub"]), **claims}
    return _person(places, claims)


def _derived(what: str, state: str) -> str:
    """Return a secret of one sign-in, which is kept nowhere: it is made of the state and the server's key."""
    return salted_hmac(f"onward.accounts.openid.{what}", state, algorithm="sha256").hexdigest()


def _client(provider: Provider, line: "_Line", redirect_uri: str, auth: str = "client_secret_basic") -> Any:
    return OAuth2Client(
        line,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        token_endpoint_auth_method=auth,
        scope=SCOPE,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
    )


def _claims(provider: Provider, line: "_Line", token: Any, *, nonce: str, at: datetime) -> dict[str, Any]:
    """Return what an id token says, its signature, receiver, time and nonce found good."""
    signed = token.get("id_token")
    if not isinstance(signed, str):
        raise Unusable()
    places = line.places()
    try:
        try:
            read = jwt.decode(signed, line.keys(fresh=False), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            # They change their keys now and then.
            read = jwt.decode(signed, line.keys(fresh=True), algorithms=ALGORITHMS)
        options: Any = {
            "iss": {"essential": True, "values": list(places.issuers)},
            "aud": {"essential": True, "value": provider.client_id},
        }
        params = {"nonce": nonce, "client_id": provider.client_id, "access_token": token.get("access_token")}
        CodeIDToken(read.claims, read.header, options, params).validate(int(at.timestamp()), LEEWAY)
    except (JoseError, ValueError, TypeError, AttributeError):
        message = "What the provider says of you could not be verified. Please sign in again."
        raise Invalid(message, code="invalid_id_token") from None
    claims: dict[str, Any] = read.claims
    return claims


def _person(places: Places, claims: dict[str, Any]) -> Person:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject.isprintable() or not 0 < len(subject) <= 255:
        raise Unusable()
    picture = _text(claims.get("picture"), 500)
    return Person(
        issuer=places.issuers[0],
        subject=subject,
        email=_text(claims.get("email"), 254).lower(),
        # Some providers say it in words.
        is_email_verified=claims.get("email_verified") in (True, "true"),
        given_name=_text(claims.get("given_name") or claims.get("name"), 150),
        family_name=_text(claims.get("family_name"), 150),
        picture=picture if urlsplit(picture).scheme == "https" else "",
    )


def _text(value: Any, longest: int) -> str:
    """Return a text as it can be kept; nothing where it is too long or none."""
    text = "".join(letter for letter in value if letter.isprintable()).strip() if isinstance(value, str) else ""
    return text if len(text) <= longest else ""


def _is_of_the_web(address: str) -> bool:
    return address.startswith(("https://", "http://"))


class _Answered:
    """An answer as Authlib reads one."""

    def __init__(self, answer: outbound.Answer) -> None:
        self.status_code = answer.status
        self._answer = answer

    def json(self) -> Any:
        return json.loads(self._answer.body)

    def raise_for_status(self) -> None:
        if self.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unreachable()
        if self.status_code >= HTTPStatus.BAD_REQUEST:
            raise Unusable()


class _Line:
    """The line to a provider, for as long as one request waits."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._ends = time.monotonic() + DEADLINE

    def places(self) -> Places:
        """Return where it is asked for what."""
        return self._provider.places or self._discovered()

    def keys(self, *, fresh: bool) -> KeySet:
        """Return the keys that it signs with. :param fresh: whether those that are remembered will not do"""
        address = self.places().keys
        said: Any = self._remembered(address, fresh=fresh)
        try:
            return KeySet.import_key_set(said)
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            raise Unusable() from None

    def userinfo(self, token: Any, *, subject: str) -> dict[str, Any]:
        """Return what it says of somebody beside the id token; nothing of anybody else."""
        answer = self._ask("GET", self.places().userinfo, {"Authorization": f"Bearer {token.get('access_token')}"})
        try:
            said = json.loads(answer.body)
        except ValueError:
            return {}
        return said if isinstance(said, dict) and said.get("sub") == subject else {}

    def post(self, url: str, *, data: dict[str, str], headers: dict[str, str], auth: Any) -> _Answered:
        """Ask for a token, as Authlib's client does."""
        url, headers, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return _Answered(self._ask("POST", url, headers, body.encode()))

    def _discovered(self) -> Places:
        issuer = self._provider.issuer
        found = self._remembered(f"{issuer}/.well-known/openid-configuration", fresh=False)
        names = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
        said = [one for one in map(found.get, names) if isinstance(one, str) and _is_of_the_web(one)]
        if len(said) < len(names) or said[0].rstrip("/") != issuer:
            raise Unusable()
        methods = found.get("token_endpoint_auth_methods_supported")
        in_header = not isinstance(methods, list) or not methods or "client_secret_basic" in methods
        userinfo = found.get("userinfo_endpoint")
        return Places(
            issuers=(said[0],),
            authorization=said[1],
            token=said[2],
            keys=said[3],
            userinfo=userinfo if isinstance(userinfo, str) else "",
            token_auth="client_secret_basic" if in_header else "client_secret_post",
        )

    def _remembered(self, url: str, *, fresh: bool) -> dict[str, Any]:
        """Return a JSON object of the provider's, as it was an hour ago at most."""
        key = f"openid:{salted_hmac('onward.accounts.openid.cache', url, algorithm='sha256').hexdigest()}"
        found = None if fresh else _kept(key)
        if found is None:
            answer = self._ask("GET", url, {"Accept": "application/json"})
            _Answered(answer).raise_for_status()
            try:
                found = json.loads(answer.body)
            except ValueError:
                raise Unusable() from None
            if not isinstance(found, dict):
                raise Unusable()
            with suppress(redis.RedisError, OSError):
                cache.set(key, found, KEPT)
        return found

    def _ask(self, method: str, url: str, headers: dict[str, str], body: bytes = b"") -> outbound.Answer:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Unreachable()
        try:
            answer = outbound.request(
                method, url, headers=headers, body=body, deadline=left, reach=self._provider.reach
            )
        except outbound.Refused:
            raise Unusable() from None
        except outbound.NoAnswer:
            raise Unreachable() from None
        if answer.is_cut:
            raise Unusable()
        return answer
