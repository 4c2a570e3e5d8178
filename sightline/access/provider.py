"""Signing in at somebody else's door: OpenID Connect, by authorisation code with PKCE (decision 0024).

Nothing here knows accounts. `begin` sends a browser to the provider, `finish` takes what it comes back with and answers
who it is, or raises why that is not believed. Every token's signature is checked, whatever way it came.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse

from sightline.access.asking import NoAnswer, ask

# Signatures with a public key alone: a secret that both sides know proves nothing to either.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
PENDING = "single_sign_on"
PENDING_SECONDS = 600
DISCOVERY_SECONDS = 600
SECONDS = 5.0
CLOCKS_DIFFER_SECONDS = 60
WELL_KNOWN = "/.well-known/openid-configuration"


class NotBelieved(Exception):
    """What came back is not believed. `why` is for the journal, `sentence` for the person."""

    def __init__(self, why: str, sentence: str) -> None:
        super().__init__(why)
        self.why = why
        self.sentence = sentence


@dataclass(frozen=True)
class Provider:
    """The provider of this installation. `second_step`: values of amr or acr that count as a second step."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    second_step: frozenset[str]
    addresses_verified: bool


@dataclass(frozen=True)
class Told:
    """Who somebody is, as the provider says. `is_strong`: they took a second step there that counts here."""

    issuer: str
    subject: str
    email: str
    email_verified: bool
    is_strong: bool
    back: str


def provider() -> Provider | None:
    """The provider that the settings name; None where there is none."""
    said = settings.SINGLE_SIGN_ON
    return Provider(**{**said, "second_step": frozenset(said["second_step"])}) if said else None


def begin(request: HttpRequest, to: Provider, back: str) -> str:
    """Where to send the browser; what it must come back with is kept in its session. Raises NotBelieved."""
    told = _discovered(to)
    pending = {name: secrets.token_urlsafe(48) for name in ("state", "nonce", "verifier")}
    request.session[PENDING] = {**pending, "began": time.time(), "back": back}
    challenge = hashlib.sha256(pending["verifier"].encode()).digest()
    query = {
        "response_type": "code",
        "client_id": to.client_id,
        "redirect_uri": _own_address(request),
        "scope": "openid email",
        "state": pending["state"],
        "nonce": pending["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    door = str(told["authorization_endpoint"])
    return f"{door}{'&' if '?' in door else '?'}{urlencode(query)}"


def finish(request: HttpRequest, to: Provider) -> Told:
    """Who came back. What was kept for it is used up, whatever becomes of it. Raises NotBelieved."""
    pending = request.session.pop(PENDING, None) or {}
    state = str(pending.get("state", ""))
    if not state or not secrets.compare_digest(state.encode(), request.GET.get("state", "").encode()):
        raise NotBelieved(
            "the state was not ours", "This sign-in was not begun in this browser. Begin it again."
        )
    if time.time() - pending["began"] > PENDING_SECONDS:
        raise NotBelieved("it took too long", "That took too long. Begin again.")
    if request.GET.get("error") or not request.GET.get("code"):
        raise NotBelieved("the provider refused", f"{to.name} did not sign you in.")
    told = _discovered(to)
    if request.GET.get("iss", to.issuer) != to.issuer:
        raise _wrong(to, "the answer came from another issuer")
    answer = _exchange(request, to, told, pending["verifier"])
    claims = _verified(to, str(answer.get("id_token", "")), _asked(to, str(told.get("jwks_uri", ""))))
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), str(pending["nonce"]).encode()):
        raise _wrong(to, "the nonce was not ours")
    person = _with_address(to, told, claims, str(answer.get("access_token", "")))
    return _told(to, claims, person, str(pending["back"]))


def _told(to: Provider, claims: Mapping[str, Any], person: Mapping[str, Any], back: str) -> Told:
    ways = claims.get("amr")
    taken = {str(way) for way in ways} if isinstance(ways, list) else set()
    return Told(
        issuer=to.issuer,
        subject=str(claims["sub"]),
        email=str(person.get("email") or ""),
        email_verified=person.get("email_verified") is True or to.addresses_verified,
        is_strong=bool(to.second_step & (taken | {str(claims.get("acr", ""))})),
        back=back,
    )


def _own_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("access:provider_back"))


def _discovered(to: Provider) -> dict[str, Any]:
    """What the provider says about itself, kept for some minutes: whoever opens the door asks us, not them."""
    kept = f"openid-{hashlib.sha256(to.issuer.encode()).hexdigest()}"
    told: dict[str, Any] | None = cache.get(kept)
    if told is None:
        told = _asked(to, to.issuer.rstrip("/") + WELL_KNOWN)
        if told.get("issuer") != to.issuer:
            raise _wrong(to, "its configuration names another issuer")
        if not all(isinstance(told.get(f"{each}_endpoint"), str) for each in ("authorization", "token")):
            raise _wrong(to, "its configuration names no endpoints")
        cache.set(kept, told, DISCOVERY_SECONDS)
    return told


def _exchange(request: HttpRequest, to: Provider, told: Mapping[str, Any], verifier: str) -> dict[str, Any]:
    """The tokens for the code, which only the browser's own verifier opens."""
    sent = {
        "grant_type": "authorization_code",
        "code": request.GET["code"],
        "redirect_uri": _own_address(request),
        "code_verifier": verifier,
    }
    ways = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    headers = {}
    if "client_secret_basic" in ways:
        pair = f"{quote(to.client_id, safe='')}:{quote(to.client_secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        sent |= {"client_id": to.client_id, "client_secret": to.client_secret}
    return _asked(to, str(told["token_endpoint"]), headers, urlencode(sent).encode())


def _asked(
    to: Provider, url: str, headers: Mapping[str, str] | None = None, data: bytes | None = None
) -> dict[str, Any]:
    """What the provider answers, as JSON."""
    try:
        said = json.loads(
            ask(url, seconds=SECONDS, headers={"Accept": "application/json", **(headers or {})}, data=data)
        )
    except NoAnswer as fault:
        sentence = f"{to.name} does not answer. Try again in a few minutes, or sign in with a password."
        raise NotBelieved(f"no answer: {fault}", sentence) from None
    except ValueError:
        raise _wrong(to, "its answer was no JSON") from None
    if not isinstance(said, dict):
        raise _wrong(to, "its answer was no object")
    return said


def _verified(to: Provider, token: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    """What the token says, once its signature, issuer, audience and time are found right."""
    import jwt  # only where single sign-on is set up: others need not load it

    try:
        key = _key_of(jwt.get_unverified_header(token), jwt.PyJWKSet.from_dict(dict(keys)).keys)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=to.client_id,
            issuer=to.issuer,
            leeway=CLOCKS_DIFFER_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, LookupError, TypeError) as fault:
        raise _wrong(to, f"the token is not right: {type(fault).__name__}") from None
    if claims.get("azp", to.client_id) != to.client_id:
        raise _wrong(to, "the token was made for somebody else")
    if not 0 < len(str(claims["sub"])) <= 255:
        raise _wrong(to, "the token names nobody")
    return claims


def _key_of(header: Mapping[str, Any], keys: list[Any]) -> Any:
    """The key the token says it was signed with; the only one where it says none. Raises LookupError."""
    named = header.get("kid")
    fitting = keys if named is None else [key for key in keys if key.key_id == named]
    if len(fitting) != 1:
        raise LookupError("no such key")
    return fitting[0]


def _with_address(
    to: Provider, told: Mapping[str, Any], claims: Mapping[str, Any], token: str
) -> Mapping[str, Any]:
    """Where the person's e-mail address stands: in the token, or where the provider tells of people."""
    door = told.get("userinfo_endpoint")
    if claims.get("email") or not door:
        return claims
    said = _asked(to, str(door), {"Authorization": f"Bearer {token}"})
    if said.get("sub") != claims["sub"]:
        raise _wrong(to, "it told of another person")
    return said


def _wrong(to: Provider, why: str) -> NotBelieved:
    """Why what came back is not believed; the person can only try again or tell somebody."""
    return NotBelieved(
        why,
        f"What {to.name} sent back could not be checked. Try again; if it stays so, tell the business unit.",
    )
