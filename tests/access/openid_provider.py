"""An OpenID Connect provider of the tests' own, built on Authlib: a program that runs in a process of its own.

    python -m tests.access.openid_provider            prints the address it listens at, and runs until it is stopped

It speaks discovery, the authorisation code flow with PKCE (required), signing keys, and ID tokens signed with RS256.
It asks no password: whoever sends the form of its sign-in page is the person written there. `POST /told` changes what
it tells of people, and spoils its tokens (`spoil`).
"""

from __future__ import annotations

import base64
import hmac
import json
import sys
import time
from types import SimpleNamespace
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from flask import Flask, Response, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "sightline", "only for tests: a secret + more"
SPOILT = (
    "signature",
    "audience",
    "issuer",
    "expired",
    "nonce",
    "unsigned",
    "shared secret",
    "azp",
    "no subject",
)
PAGE = """<!doctype html><html lang="en"><title>Wealdshire sign-in</title><main><h1>Wealdshire sign-in</h1>
<form method="post"><label>Who are you? <input name="subject"></label><button>Go on</button></form></main></html>"""


class Code(SimpleNamespace, AuthorizationCodeMixin):
    """A code, and what was asked with it."""

    def get_redirect_uri(self) -> str:
        return str(self.redirect_uri)

    def get_scope(self) -> str:
        return str(self.scope)

    def get_nonce(self) -> str | None:
        return self.nonce  # type: ignore[no-any-return]

    def get_auth_time(self) -> int:
        return int(self.auth_time)

    def get_acr(self) -> str | None:
        return TOLD["acr"]  # type: ignore[no-any-return]

    def get_amr(self) -> list[str] | None:
        return TOLD["amr"]  # type: ignore[no-any-return]


class Client(ClientMixin):
    """The one client: Sightline, at whatever port of this computer the tests run it."""

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri.endswith("/sign-in/provider/back/")

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == TOLD["method"]

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


CODES: dict[str, Code] = {}
KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}) for _ in range(2))
AS_IT_WAS: dict[str, Any] = {
    "spoilt": "",
    "verified": True,
    "amr": ["pwd"],
    "acr": "",
    "emails": {},
    "method": "client_secret_basic",
    "in_token": True,
    "other_person": False,
    "kid": True,
    "auth_time": None,
}
TOLD: dict[str, Any] = dict(AS_IT_WAS)


def person(subject: str) -> dict[str, Any]:
    return {"email": TOLD["emails"].get(subject, subject), "email_verified": TOLD["verified"]}


class CodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]  # Authlib has no types
    """Codes kept in memory, each good for one exchange."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")

    def save_authorization_code(self, code: str, request: Any) -> None:
        asked = request.payload.data
        CODES[code] = Code(
            code=code,
            subject=request.user.subject,
            redirect_uri=request.payload.redirect_uri,
            scope=request.payload.scope,
            nonce=asked.get("nonce"),
            auth_time=time.time(),
            code_challenge=asked.get("code_challenge"),
            code_challenge_method=asked.get("code_challenge_method"),
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return CODES.get(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        del CODES[authorization_code.code]

    def authenticate_user(self, authorization_code: Code) -> SimpleNamespace:
        return SimpleNamespace(subject=authorization_code.subject)


class IdToken(OpenIDCode):  # type: ignore[misc]  # Authlib has no types
    """ID tokens, right ones and spoilt ones."""

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return any(code.nonce == nonce for code in CODES.values())

    def get_jwt_config(self, grant: Any, client: Any = None) -> dict[str, Any]:
        return {"key": KEY, "alg": "RS256", "iss": issuer(), "exp": 300}

    def generate_user_info(self, user: Any, scope: str) -> UserInfo:
        told = person(user.subject) if TOLD["in_token"] else {}
        return UserInfo(sub=user.subject, **told)


def spoil(token: str) -> str:
    """The same token, wrong in the way that was asked for."""
    how, claims = TOLD["spoilt"], dict(jwt.decode(token, KEY).claims)
    header = {"alg": "RS256", **({"kid": "two" if how == "unknown key" else "one"} if TOLD["kid"] else {})}
    past = int(time.time()) - 900
    claims |= {
        "audience": {"aud": "somebody else"},
        "issuer": {"iss": "https://elsewhere.example"},
        "expired": {"iat": past, "exp": past + 300},
        "nonce": {"nonce": "another"},
        "azp": {"azp": "somebody else"},
        "no subject": {"sub": ""},
    }.get(how, {})
    claims |= {"auth_time": TOLD["auth_time"]} if TOLD["auth_time"] else {}
    if how == "unsigned":
        return f"{_part({'alg': 'none'})}.{_part(claims)}."
    if how == "shared secret":
        signed = f"{_part({'alg': 'HS256', 'kid': 'one'})}.{_part(claims)}"
        mac = hmac.digest(KEY.as_pem(private=False), signed.encode(), "sha256")
        return f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    return jwt.encode(header, claims, OTHER_KEY if how == "signature" else KEY)


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


app = Flask(__name__)
server = AuthorizationServer(app, query_client=lambda name: Client() if name == CLIENT else None)
TOKENS: dict[str, str] = {}


def keep_token(token: dict[str, Any], request: Any) -> None:
    TOKENS[token["access_token"]] = request.user.subject


server.save_token = keep_token
server.register_grant(CodeGrant, [IdToken(require_nonce=True), CodeChallenge(required=True)])


def issuer() -> str:
    return str(request.host_url.rstrip("/"))


@app.get("/.well-known/openid-configuration")
def configuration() -> Response:
    here = issuer()
    named = {
        "issuer": "https://elsewhere.example" if TOLD["spoilt"] == "configuration" else here,
        "authorization_endpoint": f"{here}/authorize",
        "token_endpoint": f"{here}/token",
        "userinfo_endpoint": f"{here}/userinfo",
        "jwks_uri": f"{here}/keys",
        "token_endpoint_auth_methods_supported": [TOLD["method"]],
        "response_types_supported": ["code"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }
    return jsonify(named)


@app.get("/favicon.ico")
def icon() -> Response:
    return Response(status=204)


@app.get("/keys")
def keys() -> Response:
    return jsonify(KeySet([KEY]).as_dict(private=False))


@app.route("/authorize", methods=["GET", "POST"])
def authorize() -> Any:
    if request.method == "GET":
        return PAGE
    who = SimpleNamespace(subject=request.form["subject"])
    grant = server.get_consent_grant(end_user=who)
    return server.create_authorization_response(grant_user=who, grant=grant)


@app.post("/token")
def token() -> Response:
    answer: Response = server.create_token_response()
    said = answer.get_json()
    if "id_token" in said:
        answer.set_data(jsonify({**said, "id_token": spoil(said["id_token"])}).get_data())
    return answer


@app.get("/userinfo")
def userinfo() -> Any:
    subject = TOKENS.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
    if subject is None:
        return Response(status=401)
    return jsonify({**person(subject), "sub": "somebody else" if TOLD["other_person"] else subject})


@app.post("/told")
def told() -> str:
    TOLD.clear()
    TOLD.update({**AS_IT_WAS, **(request.get_json() or {})})
    return ""


if __name__ == "__main__":
    from werkzeug.serving import make_server

    listening = make_server("127.0.0.1", 0, app, threaded=True)
    sys.stdout.write(f"http://127.0.0.1:{listening.server_port}\n")
    sys.stdout.flush()
    sys.exit(listening.serve_forever())
