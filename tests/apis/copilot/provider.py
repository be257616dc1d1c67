"""An OpenID provider on loopback, which checks what a careful one checks."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "onward", "a secret that both know"


class Provider:
    """Its state: who signs in next, and what is said of them.

    :ivar person: the claims about them
    :ivar forge: changes the claims of the next id token, and may return another key to sign with
    :ivar asked: the paths that were asked for, in their order
    """

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.person: dict[str, Any] = {"sub": "ada-7", "email": "Ada@example.org", "email_verified": True}
        self.forge: Any = lambda claims: None
        self.discovery: dict[str, Any] = {}
        self.broken: str = ""
        self.asked: list[str] = []
        self.issuer = ""
        self.told_in_userinfo: dict[str, Any] = {}
        self._codes: dict[str, dict[str, str]] = {}

    def consent(self, address: str) -> dict[str, str]:
        """Agree at the address that a browser was sent to; returns what it brings back to the callback."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize?")
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["scope"].split()[0] == "openid"
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, headers: Any, form: dict[str, str]) -> tuple[int, Any]:
        """Return the status and the document for a request."""
        self.asked.append(path)
        if self.broken == path:
            return 500, {"error": "server_error"}
        match path:
            case "/.well-known/openid-configuration":
                return 200, {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "userinfo_endpoint": f"{self.issuer}/userinfo",
                    **self.discovery,
                }
            case "/keys":
                return 200, {"keys": [self.key.as_dict(private=False, use="sig", alg="RS256")]}
            case "/userinfo":
                return 200, self.told_in_userinfo
            case "/token":
                return self._token(headers, form)
        return 404, {}

    def _token(self, headers: Any, form: dict[str, str]) -> tuple[int, Any]:
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if headers["Authorization"] != f"Basic {known}":
            return 401, {"error": "invalid_client"}
        asked = self._codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        if (
            asked is None
            or asked["redirect_uri"] != form["redirect_uri"]
            or asked["code_challenge"] != challenge.decode()
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.person,
        }
        key = self.forge(claims) or self.key
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)
        return 200, {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


@contextmanager
def serving() -> Iterator[Provider]:
    """Serve a provider on a free port."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def _respond(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            status, document = provider.answer(self.path, self.headers, form)
            said = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = _respond

        def log_message(self, *anything: Any) -> None:
            """Write nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
