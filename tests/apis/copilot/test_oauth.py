"""Signing in by an account elsewhere, at a provider that is really asked."""

import socket
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import redis
from django.conf import settings as configured
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from joserfc.jwk import RSAKey

from onward.config import environment
from onward.domain.accounts import openid
from onward.domain.accounts.models import Identity, SecondFactor, SignInRequest, User
from onward.domain.accounts.services import identities, second_factor
from onward.platform.events.models import EventRecord
from tests.apis.copilot import provider as providers
from tests.client import Api

pytestmark = pytest.mark.django_db

OAUTH = "/copilot/api/v1/auth/oauth"
LOGIN, CALLBACK, TOKEN = f"{OAUTH}/oidc/login", f"{OAUTH}/oidc/callback", f"{OAUTH}/token"
PAGE = "http://localhost:3000/signed-in?next=board"


@pytest.fixture(scope="module")
def server():
    with providers.serving() as served:
        yield served


@pytest.fixture
def provider(server, settings):
    """The provider that this server has an arrangement with, as if nothing had happened there yet."""
    issuer, key = server.issuer, server.key
    server.__init__()
    server.issuer, server.key = issuer, key
    cache.clear()
    settings.OIDC_ISSUER = issuer
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = providers.CLIENT, providers.SECRET
    yield server
    cache.clear()


@pytest.fixture
def verified_ada(ada):
    User.objects.filter(pk=ada.pk).update(is_email_verified=True)
    return ada


def depart(browser, **said):
    answered = browser.get(LOGIN, said)
    assert answered.status_code == 302, answered.content
    return answered["Location"]


def come_back(browser, provider, **said):
    """Go to the provider, agree there, and come back."""
    return browser.get(CALLBACK, provider.consent(depart(browser, **said)))


def detail(answered):
    return answered.status_code, answered.json()["detail"]


# There and back


def test_a_newcomer_is_given_an_account(anonymous, provider):
    provider.person |= {"given_name": "Ada", "family_name": "Ahmed", "picture": "https://pictures.example/ada.png"}

    answered = come_back(anonymous, provider)

    said = answered.json()
    assert (answered.status_code, list(said)) == (200, ["access_token", "token_type", "user"])
    user = User.objects.get()
    assert (user.email, user.username, user.first_name, user.is_email_verified) == (
        "ada@example.org",
        "ada",
        "Ada",
        True,
    )
    assert not user.has_usable_password()
    shown = Api(access=said["access_token"]).get("/copilot/api/v1/auth/me").json()
    assert shown == said["user"]
    assert (shown["oauth_provider"], shown["oauth_id"]) == ("oidc", "ada-7")
    assert shown["profile_picture_url"] == "https://pictures.example/ada.png"


def test_a_cache_that_does_not_answer_keeps_nobody_out(anonymous, provider, monkeypatch):
    def away(*args, **more):
        raise redis.ConnectionError("away")

    monkeypatch.setattr(cache, "get", away)
    monkeypatch.setattr(cache, "set", away)

    assert come_back(anonymous, provider).status_code == 200


def test_a_name_that_somebody_has_makes_another(anonymous, provider, ada):
    provider.person |= {"sub": "8", "email": "ada@elsewhere.example"}

    named = come_back(anonymous, provider).json()["user"]["username"]

    assert named != "ada"
    assert named.startswith("ada")


def test_whoever_comes_again_is_the_same_whatever_their_address_is_by_then(anonymous, provider):
    first = come_back(anonymous, provider).json()["user"]["id"]
    provider.person |= {"email": "other@example.org", "email_verified": False}

    assert come_back(Api(), provider).json()["user"]["id"] == first
    assert Identity.objects.count() == 1


def test_an_account_is_linked_by_an_address_that_is_verified_on_both_sides(anonymous, provider, verified_ada):
    assert come_back(anonymous, provider).json()["user"]["id"] == verified_ada.pk
    assert Identity.objects.get().user == verified_ada
    assert EventRecord.objects.filter(name="account.identity_linked").count() == 1


def test_an_address_that_is_not_verified_here_links_nothing(anonymous, provider, ada):
    User.objects.update(is_email_verified=False)

    status, sentence = detail(come_back(anonymous, provider))

    assert status == 403
    assert "not verified here" in sentence
    assert not Identity.objects.exists()


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": None}, {"email": None}])
def test_an_address_that_is_not_verified_there_opens_and_makes_nothing(anonymous, provider, verified_ada, claims):
    provider.person |= claims

    assert come_back(anonymous, provider).status_code == 403
    assert not Identity.objects.exists()
    assert User.objects.count() == 1


def test_a_disabled_account_stays_closed(anonymous, provider, verified_ada):
    assert come_back(anonymous, provider).status_code == 200
    User.objects.update(is_active=False)

    assert detail(come_back(anonymous, provider)) == (403, "This account is disabled.")


def test_an_address_that_is_told_apart_from_the_token_is_asked_for(anonymous, provider, verified_ada):
    provider.told_in_userinfo = {"sub": "ada-7", **{n: provider.person.pop(n) for n in ("email", "email_verified")}}

    assert come_back(anonymous, provider).json()["user"]["id"] == verified_ada.pk

    provider.told_in_userinfo["sub"] = "somebody else"
    provider.person["sub"] = "9"
    assert come_back(anonymous, provider).status_code == 403


def test_a_provider_that_wants_its_secret_in_the_body_gets_it_there(anonymous, provider):
    provider.discovery = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}

    # This one wants it in the header, and says why it refuses.
    assert come_back(anonymous, provider).status_code == 502


# The state


def test_a_state_is_good_once(anonymous, provider):
    brought = provider.consent(depart(anonymous))

    assert anonymous.get(CALLBACK, brought).status_code == 200
    again = anonymous.get(CALLBACK, brought)
    assert detail(again) == (400, identities.BAD_STATE)


def test_a_state_is_good_in_its_browser_only(anonymous, provider):
    brought = provider.consent(depart(anonymous))

    assert Api().get(CALLBACK, brought).status_code == 400
    depart(other := Api())
    assert other.get(CALLBACK, brought).status_code == 400
    assert anonymous.get(CALLBACK, brought).status_code == 200


def test_a_state_is_good_for_ten_minutes(anonymous, provider):
    brought = provider.consent(depart(anonymous))
    SignInRequest.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))

    assert anonymous.get(CALLBACK, brought).status_code == 400


def test_two_tabs_of_a_browser_sign_in(anonymous, provider):
    first, second = provider.consent(depart(anonymous)), provider.consent(depart(anonymous))

    assert [anonymous.get(CALLBACK, brought).status_code for brought in (first, second)] == [200, 200]


def test_the_cookie_is_for_signing_in_only(anonymous, provider):
    answered = anonymous.get(LOGIN)

    (cookie,) = answered.cookies.values()
    assert cookie["path"] == OAUTH
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 600)


@pytest.mark.parametrize(
    "said", [{}, {"state": "x", "code": "y"}, {"state": "\0", "code": "\0"}, {"state": "ü" * 5000, "error": "x"}]
)
def test_a_state_of_nobodys_is_refused(anonymous, provider, said):
    assert detail(anonymous.get(CALLBACK, said)) == (400, identities.BAD_STATE)
    depart(anonymous)
    assert detail(anonymous.get(CALLBACK, said)) == (400, identities.BAD_STATE)


def test_a_state_of_another_provider_is_refused(anonymous, provider, settings):
    settings.GOOGLE_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET = "g", "s"
    brought = provider.consent(depart(anonymous))

    assert anonymous.get(f"{OAUTH}/google/callback", brought).status_code == 400


def test_whoever_does_not_agree_is_told_so(anonymous, provider):
    state = provider.consent(depart(anonymous))["state"]

    status, sentence = detail(anonymous.get(CALLBACK, {"state": state, "error": "access_denied"}))

    assert (status, "not agreed" in sentence) == (400, True)
    assert not User.objects.exists()


# What the provider says


def test_a_code_that_the_provider_does_not_know_is_refused(anonymous, provider):
    state = provider.consent(depart(anonymous))["state"]

    assert anonymous.get(CALLBACK, {"state": state, "code": "made up"}).status_code == 400


def stolen(claims):
    return RSAKey.generate_key(2048, {"kid": "one"})


@pytest.mark.parametrize(
    "forge",
    [
        stolen,
        lambda claims: claims.update(nonce="another"),
        lambda claims: claims.pop("nonce") and None,
        lambda claims: claims.update(aud="somebody else"),
        lambda claims: claims.update(iss="https://evil.example"),
        lambda claims: claims.update(exp=int(time.time()) - 120),
        lambda claims: claims.update(sub=7),
        lambda claims: claims.update(at_hash="bm90IHRoaXM"),
    ],
    ids=["signature", "nonce", "no nonce", "audience", "issuer", "expired", "subject", "access token"],
)
def test_what_is_not_signed_for_this_sign_in_opens_nothing(anonymous, provider, verified_ada, forge):
    provider.forge = forge

    status, sentence = detail(come_back(anonymous, provider))

    assert (status, "could not be verified" in sentence) == (400, True)
    assert not Identity.objects.exists()


def test_a_verifier_of_another_sign_in_does_not_fit(anonymous, provider, monkeypatch):
    brought = provider.consent(depart(anonymous))
    derived = openid._derived
    monkeypatch.setattr(
        openid, "_derived", lambda what, state: derived(what, f"{state}x" if what == "verifier" else state)
    )

    assert anonymous.get(CALLBACK, brought).status_code == 400


def test_new_keys_of_the_provider_are_noticed(anonymous, provider):
    assert come_back(anonymous, provider).status_code == 200
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})

    assert come_back(anonymous, provider).status_code == 200


# Back to a page


def test_a_page_is_given_a_code_and_never_a_token(anonymous, provider, verified_ada):
    answered = come_back(anonymous, provider, return_to=PAGE)

    address = urlsplit(answered["Location"])
    brought = parse_qs(address.query)
    assert (answered.status_code, address.netloc, brought["next"]) == (302, "localhost:3000", ["board"])
    assert set(brought) == {"next", "code"}
    exchanged = Api().post(TOKEN, {"code": brought["code"][0]})
    assert (exchanged.status_code, exchanged.json()["user"]["id"]) == (200, verified_ada.pk)
    assert Api().post(TOKEN, {"code": brought["code"][0]}).status_code == 400


def test_a_code_is_good_for_a_minute(anonymous, provider):
    code = parse_qs(urlsplit(come_back(anonymous, provider, return_to=PAGE)["Location"]).query)["code"][0]
    left = SignInRequest.objects.get().expires_at - datetime.now(UTC)
    assert timedelta(seconds=40) < left <= timedelta(minutes=1)
    SignInRequest.objects.update(expires_at=datetime.now(UTC))

    assert Api().post(TOKEN, {"code": code}).status_code == 400


@pytest.mark.parametrize(
    "address", ["/app/", f"{configured.PUBLIC_URL}.evil.example/", "https://evil.example/", "javascript:alert(1)"]
)
@pytest.mark.parametrize("shape", ["{}", "http://localhost:3000@evil.example/{}"])
def test_no_code_is_brought_to_strangers(anonymous, provider, address, shape):
    answered = anonymous.get(LOGIN, {"return_to": shape.format(address)})

    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == ["query", "return_to"]
    assert not SignInRequest.objects.exists()


def test_our_own_pages_and_allowed_origins_are_no_strangers(anonymous, provider, settings):
    settings.CORS_ALLOWED_ORIGINS, settings.CORS_ALLOWED_ORIGIN_REGEXES = ["https://app.example.org"], []

    for address in (f"{settings.PUBLIC_URL}/app/", "https://app.example.org/in"):
        depart(anonymous, return_to=address)
    assert anonymous.get(LOGIN, {"return_to": PAGE}).status_code == 422


# The second factor


def test_a_second_factor_is_still_asked_for(anonymous, provider, verified_ada):
    made = second_factor.set_up(user_id=verified_ada.pk, at=datetime.now(UTC))
    second_factor.confirm(user_id=verified_ada.pk, code=pyotp.TOTP(made.secret).now(), at=datetime.now(UTC))
    SecondFactor.objects.update(last_step=0)

    stopped = come_back(anonymous, provider)

    assert stopped.status_code == 401
    assert set(stopped.json()) == {"detail", "code"}
    code = stopped.json()["code"]
    for wrong in ({}, {"otp_code": "000000"}):
        assert anonymous.post(TOKEN, {"code": code, **wrong}).status_code == 401
    opened = anonymous.post(TOKEN, {"code": code, "otp_code": pyotp.TOTP(made.secret).now()})
    assert (opened.status_code, opened.json()["user"]["id"]) == (200, verified_ada.pk)


# Out of order


def test_what_is_not_set_up_is_said(anonymous):
    for name in ("google", "oidc"):
        for path in (f"{OAUTH}/{name}/login", f"{OAUTH}/{name}/callback?state=x&code=y"):
            assert anonymous.get(path).status_code == 503
    assert anonymous.get(f"{OAUTH}/github/login").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"), [("/.well-known/openid-configuration", 503), ("/token", 503), ("/keys", 503)]
)
def test_a_provider_that_is_out_of_order_is_said_to_be(anonymous, provider, path, status):
    provider.broken = path
    asked = anonymous.get(LOGIN)
    if path.startswith("/."):
        assert asked.status_code == status
        return

    assert anonymous.get(CALLBACK, provider.consent(asked["Location"])).status_code == status
    assert not User.objects.exists()


def test_a_provider_that_says_it_is_another_is_not_believed(anonymous, provider):
    provider.discovery = {"issuer": "https://evil.example"}

    assert anonymous.get(LOGIN).status_code == 502


def test_a_provider_that_never_answers_is_given_up_in_time(anonymous, provider, settings, monkeypatch):
    assert openid.DEADLINE < 15
    monkeypatch.setattr(openid, "DEADLINE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.OIDC_ISSUER = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert anonymous.get(LOGIN).status_code == 503
    # Nobody listens there any more.
    assert anonymous.get(LOGIN).status_code == 503


def test_what_the_provider_says_of_itself_is_remembered(anonymous, provider):
    for _ in range(2):
        come_back(anonymous, provider)

    assert provider.asked == ["/.well-known/openid-configuration", "/token", "/keys", "/token"]


def test_going_to_google_asks_nobody(anonymous, settings, monkeypatch):
    settings.GOOGLE_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET = "ours.apps.example", "s"
    monkeypatch.setattr("onward.platform.outbound.request", lambda *a, **k: pytest.fail("the network was asked"))

    answered = anonymous.get(f"{OAUTH}/google/login")

    address = urlsplit(answered["Location"])
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert (answered.status_code, address.netloc) == (302, "accounts.google.com")
    assert asked["redirect_uri"] == f"{settings.PUBLIC_URL}{OAUTH}/google/callback"
    assert asked["client_id"] == "ours.apps.example"
    assert {"state", "nonce", "code_challenge"} <= asked.keys()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_bring_one_state_one_comes_in(provider, together):
    browser = Api()
    brought = provider.consent(depart(browser))
    cookies = browser.cookies

    def arrive(number):
        tab = Api()
        tab.cookies = cookies
        return tab.get(CALLBACK, brought).status_code

    assert sorted(together(4, arrive)) == [200, 400, 400, 400]


def test_sign_ins_that_led_nowhere_are_forgotten(anonymous, provider):
    depart(anonymous)
    at = datetime.now(UTC)

    assert identities.forget_old(at=at) == 0
    assert identities.forget_old(at=at + timedelta(minutes=11)) == 1


GOOGLE = {"ONWARD_GOOGLE_CLIENT_ID": "g", "ONWARD_GOOGLE_CLIENT_SECRET": "s"}
OIDC = {
    "ONWARD_OIDC_ISSUER": "https://id.example.org/",
    "ONWARD_OIDC_CLIENT_ID": "o",
    "ONWARD_OIDC_CLIENT_SECRET": "s",
}


def test_a_provider_is_set_up_whole_or_not_at_all():
    assert environment.read({**GOOGLE, **OIDC}).oidc_issuer == "https://id.example.org"
    for whole in (GOOGLE, OIDC):
        for left in whole:
            with pytest.raises(ImproperlyConfigured, match=f"needs .*{left.removeprefix('ONWARD_')}"):
                environment.read({name: value for name, value in whole.items() if name != left})
    with pytest.raises(ImproperlyConfigured, match="ONWARD_OIDC_ISSUER: must be a web address"):
        environment.read({**OIDC, "ONWARD_OIDC_ISSUER": "id.example.org"})
