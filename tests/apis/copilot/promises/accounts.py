"""Who comes in."""

from urllib.parse import parse_qs, urlsplit

from tests.apis.copilot.promises import Documented, promises
from tests.client import Api
from tests.factories import PASSWORD


@promises("POST /api/v1/auth/register")
def _(cast):
    said = cast.nobody.does(
        201, "post", "auth/register", {"username": "grace", "email": "grace@example.org", "password": "a quiet river"}
    )
    assert (said["token_type"], said["user"]["username"]) == ("bearer", "grace")
    assert Documented(Api(access=said["access_token"])).does(200, "get", "auth/me") == said["user"]


@promises("POST /api/v1/auth/login")
def _(cast):
    for name in ({"username": "ada"}, {"email": "ada@example.org"}):
        said = cast.nobody.does(200, "post", "auth/login", {**name, "password": PASSWORD})
        assert said["user"]["id"] == cast.owner.pk
    assert cast.nobody.does(401, "post", "auth/login", {"username": "ada", "password": "another river"})["detail"]


@promises("POST /api/v1/auth/logout")
def _(cast):
    assert set(cast.ada.does(200, "post", "auth/logout")) == {"message"}
    cast.ada.does(401, "get", "auth/me")


@promises("GET /api/v1/auth/me")
def _(cast):
    assert cast.ada.does(200, "get", "auth/me")["email"] == "ada@example.org"


@promises("GET /api/v1/auth/oauth/google/login")
def _(cast):
    cast.nobody.does(503, "get", "auth/oauth/google/login")
    cast.settings.GOOGLE_CLIENT_ID, cast.settings.GOOGLE_CLIENT_SECRET = "ours", "secret"
    sent = cast.nobody.does(302, "get", "auth/oauth/google/login")
    assert urlsplit(sent["Location"]).netloc == "accounts.google.com"


@promises("GET /api/v1/auth/oauth/google/callback")
def _(cast):
    # The two providers differ in their addresses alone; the one that is asked here stands on this machine.
    provider = cast.request.getfixturevalue("provider")
    sent = cast.nobody.does(302, "get", "auth/oauth/oidc/login")
    said = cast.nobody.does(200, "get", "auth/oauth/oidc/callback", provider.consent(sent["Location"]))
    assert Documented(Api(access=said["access_token"])).does(200, "get", "auth/me") == said["user"]
    cast.settings.GOOGLE_CLIENT_ID, cast.settings.GOOGLE_CLIENT_SECRET = "ours", "secret"
    sent = cast.nobody.does(302, "get", "auth/oauth/google/login")
    (state,) = parse_qs(urlsplit(sent["Location"]).query)["state"]
    cast.nobody.does(400, "get", "auth/oauth/google/callback", {"state": "another", "code": "c"})
    cast.nobody.does(400, "get", "auth/oauth/google/callback", {"state": state, "error": "access_denied"})
