"""Signing in at somebody else's door: OpenID Connect, by authorisation code with PKCE (decision 0024).

Nothing here knows accounts. `begin` sends a browser to the provider, `finish` takes what it comes back with and answers
who it is, or raises why that is not believed. The exchange and the checks of tokens are Authlib's.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from authlib.integrations.base_client import MismatchingStateError, OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from joserfc.errors import JoseError
from requests import RequestException

# Signatures with a public key alone: a secret that both sides know proves nothing to either.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
PENDING = "single_sign_on"
PENDING_SECONDS = 600
SECONDS = 5.0
CLOCKS_DIFFER_SECONDS = 60
WELL_KNOWN = "/.well-known/openid-configuration"
MOST_OF_A_SUBJECT = 255
BASIC = "client_secret_basic"
# What asks the provider for a sign-in that is new, and to say when it was.
ANEW = {"prompt": "login", "max_age": "0"}
NOT_ANEW = "{name} did not ask you again who you are, so nothing is proved. Try again."
# The registered codes of errors (RFC 6749, OpenID Connect Core). Any browser can bring another: that is not repeated.
CODES = frozenset(
    {
        "invalid_request",
        "unauthorized_client",
        "access_denied",
        "unsupported_response_type",
        "invalid_scope",
        "server_error",
        "temporarily_unavailable",
        "invalid_client",
        "invalid_grant",
        "unsupported_grant_type",
        "interaction_required",
        "login_required",
        "account_selection_required",
        "consent_required",
        "invalid_request_uri",
        "invalid_request_object",
        "request_not_supported",
        "request_uri_not_supported",
        "registration_not_supported",
    }
)


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


def begin(request: HttpRequest, to: Provider, back: str, *, again: bool = False) -> str:
    """Where to send the browser; what it must come back with is kept in its session. Raises NotBelieved.

    `again`: the provider is told to ask anew who it is, also of somebody whom it has signed in already.
    """
    with _believed(to):
        here = request.build_absolute_uri(reverse("access:provider_back"))
        answer = _client(to).authorize_redirect(request, here, **(ANEW if again else {}))
    request.session[PENDING] = {"began": time.time(), "back": back, "again": again}
    return str(answer.url)


def is_asked_again(request: HttpRequest) -> bool:
    """Whether this browser was sent to the provider to prove again who its person is."""
    return bool((request.session.get(PENDING) or {}).get("again"))


def finish(request: HttpRequest, to: Provider) -> Told:
    """Who came back. What was kept for it is used up, whatever becomes of it. Raises NotBelieved."""
    pending = request.session.pop(PENDING, None) or {"began": time.time(), "back": ""}
    if time.time() - pending["began"] > PENDING_SECONDS:
        raise NotBelieved("it took too long", "That took too long. Begin again.")
    if request.GET.get("iss", to.issuer) != to.issuer:
        raise _wrong(to, "the answer came from another issuer")
    with _believed(to):
        options = {name: {"essential": True, "values": [value]} for name, value in _expected(to)}
        client = _client(to)
        token = client.authorize_access_token(request, claims_options=options, leeway=CLOCKS_DIFFER_SECONDS)
        claims = token.get("userinfo") or {}
        if not 0 < len(str(claims.get("sub", ""))) <= MOST_OF_A_SUBJECT:
            raise _wrong(to, "the token names nobody")
        if (
            pending.get("again")
            and claims.get("auth_time", pending["began"]) < pending["began"] - CLOCKS_DIFFER_SECONDS
        ):
            raise NotBelieved("nobody was asked anew", NOT_ANEW.format(name=to.name))
        return _told(to, claims, _with_address(to, client, token, claims), str(pending["back"]))


def _expected(to: Provider) -> tuple[tuple[str, str], ...]:
    """Claims of the token with the one value that each must have."""
    return ("iss", to.issuer), ("aud", to.client_id)


@lru_cache(maxsize=4)
def _client(to: Provider) -> Any:
    """What speaks with the provider. What that says about itself is asked for once, when somebody first signs in."""
    made = OAuth().register(
        "provider",
        client_id=to.client_id,
        client_secret=to.client_secret,
        server_metadata_url=to.issuer.rstrip("/") + WELL_KNOWN,
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": SECONDS},
    )
    says = made.load_server_metadata()
    if says.get("issuer") != to.issuer:
        raise _wrong(to, "its configuration names another issuer")
    says["id_token_signing_alg_values_supported"] = ALGORITHMS
    ways = says.get("token_endpoint_auth_methods_supported", [BASIC])
    if BASIC not in ways:
        made.client_kwargs["token_endpoint_auth_method"] = ways[0]
    return made


@contextmanager
def _believed(to: Provider) -> Iterator[None]:
    """Whatever goes wrong with the provider is told as not believed."""
    try:
        yield
    except MismatchingStateError:
        sentence = "This sign-in was not begun in this browser. Begin it again."
        raise NotBelieved("the state was not ours", sentence) from None
    except RequestException as fault:
        sentence = f"{to.name} does not answer. Try again in a few minutes, or sign in with a password."
        raise NotBelieved(f"no answer: {type(fault).__name__}", sentence) from None
    except OAuthError as fault:
        said = fault.error if fault.error in CODES else "another error"
        raise NotBelieved(f"the provider refused: {said}", f"{to.name} did not sign you in.") from None
    except (JoseError, ValueError, LookupError, RuntimeError, TypeError) as fault:
        raise _wrong(to, f"the token is not right: {type(fault).__name__}, {fault}"[:200]) from None


def _with_address(
    to: Provider, client: Any, token: Mapping[str, Any], claims: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Where the person's e-mail address stands: in the token, or where the provider tells of people."""
    if claims.get("email") or not client.server_metadata.get("userinfo_endpoint"):
        return claims
    said: Mapping[str, Any] = client.userinfo(token=token)
    if said.get("sub") != claims["sub"]:
        raise _wrong(to, "it told of another person")
    return said


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


def _wrong(to: Provider, why: str) -> NotBelieved:
    """Why what came back is not believed; the person can only try again or tell somebody."""
    return NotBelieved(
        why,
        f"What {to.name} sent back could not be checked. Try again; if it stays so, tell the business unit.",
    )
