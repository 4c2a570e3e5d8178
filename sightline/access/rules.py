"""What is true of signing in and of memberships. Plain values only."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sightline import definitions
from sightline.jobs.rules import wait_in_words

FAILURES_BEFORE_WAITING = 5
WINDOW = timedelta(minutes=15)
WAIT = timedelta(minutes=5)
NOTHING_LOST = "What was saved is kept."


def wait_left(failures: Sequence[datetime], now: datetime) -> timedelta:
    """How long this account must wait at this address; zero where it need not.

    Failures count per account and address together, so that nobody can lock somebody else out from elsewhere.
    """
    recent = [moment for moment in failures if now - moment < WINDOW]
    if len(recent) < FAILURES_BEFORE_WAITING:
        return timedelta(0)
    return max(max(recent) + WAIT - now, timedelta(0))


# Shorter words are initials and particles: half of all that is looked for holds one.
SHORTEST_NAME = 3
_WORD = re.compile(r"[^\W\d_]+")


def is_own_name(asked: str, name: str) -> bool:
    """Whether somebody looked for their own family name, alone or among other words: that of their family, too."""
    own = [word.lower() for word in _WORD.findall(name)]
    looked_for = {word.lower() for word in _WORD.findall(asked)}
    return bool(own) and len(own[-1]) >= SHORTEST_NAME and own[-1] in looked_for


def normal_email(email: str) -> str:
    """The one form in which an e-mail address is kept and compared."""
    return email.strip().lower()


@cache
def first_tries() -> tuple[tuple[str, ...], int]:
    """Words that anybody would try first here, the longest first, and how many letters are needed besides them."""
    said = definitions.load("access")["passwords"]
    return tuple(sorted(said["words"], key=len, reverse=True)), int(said["others"])


def is_first_try(password: str) -> bool:
    """Whether a password says hardly more than such words, with figures and marks around them."""
    words, others = first_tries()
    left = re.sub("|".join(words), "", password.lower())
    return left != password.lower() and sum(letter.isalpha() for letter in left) < others


@dataclass(frozen=True)
class SessionLimits:
    """How long a session lasts: `idle` while nothing is done, `whole` in any case."""

    idle: timedelta
    whole: timedelta

    @property
    def idle_sentence(self) -> str:
        """What somebody is told whose session ended because nothing was done."""
        return f"You were signed out because nothing was done for {wait_in_words(self.idle)}. {NOTHING_LOST}"

    @property
    def whole_sentence(self) -> str:
        """What somebody is told who was signed in for as long as anybody may be."""
        return f"You were signed out because you signed in {wait_in_words(self.whole)} ago. {NOTHING_LOST}"


@dataclass(frozen=True)
class LinkNumbers:
    """How long a link may be used that sets a password, and how many one account is sent in an hour."""

    invitation: timedelta
    password: timedelta
    most_an_hour: int


@dataclass(frozen=True)
class Pace:
    """How many pages a web process gives in a minute to one account, and to one address without an account; as many
    again to the programs of an address.
    """

    account: int
    address: int


@cache
def pace() -> Pace:
    """The numbers of the pace (sightline/definitions/access.yaml)."""
    return Pace(**definitions.load("access")["pages_a_minute"])


@cache
def session_limits() -> Mapping[str, SessionLimits]:
    """The limits by the most sensitive tier a person may open (sightline/definitions/access.yaml)."""
    rows = definitions.load("access")["sessions"]
    return {
        row["tier"]: SessionLimits(
            timedelta(minutes=row["idle_minutes"]), timedelta(hours=row["whole_hours"])
        )
        for row in rows
    }


@cache
def most_days_lent() -> int:
    """For how many days at most a role is handed to a deputy (sightline/definitions/access.yaml)."""
    return int(definitions.load("access")["lending"]["most_days"])


def why_not_lent(starts_on: date, ends_on: date, own_end: date | None, today: date) -> dict[str, str]:
    """What is wrong with the days of handing a role to a deputy, by field, in sentences; nothing where all is well."""
    if starts_on < today:
        return {"starts_on": "The first day must be today or later"}
    if ends_on < starts_on:
        return {"ends_on": "The last day must not lie before the first"}
    if (ends_on - starts_on).days >= most_days_lent():
        return {
            "ends_on": f"A role is handed on for {most_days_lent()} days at most, first and last day counted"
        }
    if own_end is not None and ends_on > own_end:
        return {
            "ends_on": f"Your own role ends on {own_end.day} {own_end:%B %Y}: the last day cannot be later"
        }
    return {}


@cache
def link_numbers() -> LinkNumbers:
    """The numbers of links that set a password (sightline/definitions/access.yaml)."""
    said = definitions.load("access")["links"]
    return LinkNumbers(
        timedelta(hours=said["invitation_hours"]),
        timedelta(hours=said["password_hours"]),
        said["most_an_hour"],
    )


@dataclass(frozen=True)
class ReturnNumbers:
    """How long a link to a return, its codes and what they open last, and how many codes may be sent and tried."""

    link: timedelta
    code: timedelta
    open: timedelta
    tries: int
    codes_an_hour: int
    codes_an_hour_anywhere: int
    wrong_a_day: int


@cache
def return_numbers() -> ReturnNumbers:
    """The numbers of returns by link (sightline/definitions/access.yaml)."""
    said = definitions.load("access")["returns"]
    return ReturnNumbers(
        timedelta(days=said["days"]),
        timedelta(minutes=said["code_minutes"]),
        timedelta(minutes=said["open_minutes"]),
        said["tries"],
        said["codes_an_hour"],
        said["codes_an_hour_anywhere"],
        said["wrong_a_day"],
    )


def may_send_code(own: int, all_of_them: int, wrong_today: int, numbers: ReturnNumbers) -> str:
    """Why no code is sent now, in a sentence; empty where one is.

    `own`: how many were sent in the last hour to this address's browsers, `all_of_them` to anybody's. Wrong ones count
    for the link, so that whoever has it but not the mailbox cannot guess for long; the unit sends another link.
    """
    if own >= numbers.codes_an_hour or all_of_them >= numbers.codes_an_hour_anywhere:
        return "Many codes were sent already. Use the newest one, or try again in an hour."
    if wrong_today >= numbers.wrong_a_day:
        return "Many wrong codes were entered today. Try again tomorrow, or ask for another link."
    return ""


@dataclass(frozen=True)
class TokenNumbers:
    """How long a personal token lasts, how many somebody holds, and how often one is answered."""

    most_days: int
    most_held: int
    requests_a_minute: int
    at_once: int
    wrong_from_one_address: int


@cache
def token_numbers() -> TokenNumbers:
    """The numbers of personal tokens (sightline/definitions/access.yaml)."""
    return TokenNumbers(**definitions.load("access")["tokens"])


def why_no_token(name: str, scopes: Sequence[str], last: date, today: date, held: int) -> dict[str, str]:
    """What stands against a token, by field, in sentences; nothing where it can be made."""
    numbers, found = token_numbers(), {}
    if not name.strip():
        found["name"] = "Enter a name, so that you know later what it is for"
    if not scopes:
        found["scopes"] = "Choose at least one thing that it may be used for"
    if last < today or (last - today).days > numbers.most_days:
        found["expires_on"] = f"The last day must lie between today and {numbers.most_days} days from now"
    if held >= numbers.most_held:
        found[""] = f"You hold {held} tokens already. End one that you no longer need first."
    return found


def half_hidden(email: str) -> str:
    """An address that its own person knows again and nobody else learns: "h•••@school.example"."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"


def why_over(began: datetime, seen: datetime, now: datetime, limits: SessionLimits) -> str:
    """Why a session is over, in a sentence fit to show; empty while it lasts."""
    if now - began >= limits.whole:
        return limits.whole_sentence
    return limits.idle_sentence if now - seen >= limits.idle else ""


# Ways of signing in, as the journal and the list of sessions call them.
PASSWORD, CODE, PASSKEY = "password", "password and code", "passkey"
PROVIDER, PROVIDER_CODE = "single sign-on", "single sign-on and code"
PROVIDER_STRONG = "single sign-on with a second step"
STRONG = frozenset({CODE, PASSKEY, PROVIDER_CODE, PROVIDER_STRONG})


def how_signed_in(steps: Sequence[Mapping[str, Any]]) -> str:
    """How somebody proved who they are, from the steps they took as the library notes them."""
    taken = [step for step in steps if not step.get("reauthenticated")]
    if any(step.get("passwordless") for step in taken):
        return PASSKEY
    has_code = any(step.get("method") == "mfa" for step in taken)
    if any(step.get("method") == PROVIDER for step in taken):
        return PROVIDER_CODE if has_code else PROVIDER
    return CODE if has_code else PASSWORD


def how_without_steps(how: str) -> str:
    """How somebody counts as signed in who has taken their own second steps away in this session."""
    return {PROVIDER_CODE: PROVIDER}.get(how, how if how in {PROVIDER, PROVIDER_STRONG} else PASSWORD)


def session_mark(session_key: str) -> str:
    """What a session is called by on a page: it tells sessions of one person apart, and opens none."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:16]


def browser_of(agent: str) -> str:
    """A browser and system in words people know, from what the browser calls itself: "Firefox on Windows"."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "A browser")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return f"{browser} on {system}" if system else browser


# In this order: most browsers also call themselves by the name of others.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
