"""Production refuses to start when something is unsafe, and says what in a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sightline.site.settings.safety import CHECKS, reasons_to_refuse

ROOT = Path(__file__).resolve().parents[3]
SECRET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
JOURNAL = "fedcba9876543210fedcba9876543210"


def sound(**changes: str) -> dict[str, str]:
    """An environment that production accepts, with changes; an empty value takes a variable away."""
    environment = {
        "SIGHTLINE_SECRET_KEY": SECRET,
        "SIGHTLINE_JOURNAL_KEY": JOURNAL,
        "SIGHTLINE_ALLOWED_HOSTS": "partnership.example",
        "DATABASE_URL": "postgresql://sightline@db.example/sightline",
        "SIGHTLINE_EMAIL_URL": "smtp+starttls://user:word@mail.example",
        "SIGHTLINE_EMAIL_FROM": "partnership@example.org",
        "SIGHTLINE_DATA": "/srv/sightline/data",
        **changes,
    }
    return {name: value for name, value in environment.items() if value}


def test_a_sound_environment_is_accepted() -> None:
    assert reasons_to_refuse(sound()) == []


REFUSED = [
    ({"SIGHTLINE_SECRET_KEY": ""}, "No secret key is set"),
    ({"SIGHTLINE_SECRET_KEY": "short"}, "The secret key is too easy to guess"),
    ({"SIGHTLINE_SECRET_KEY": "ab" * 40}, "The secret key is too easy to guess"),
    ({"SIGHTLINE_DEBUG": "1"}, "SIGHTLINE_DEBUG is on"),
    ({"SIGHTLINE_ALLOWED_HOSTS": ""}, "No host name is allowed"),
    ({"SIGHTLINE_ALLOWED_HOSTS": " , "}, "No host name is allowed"),
    ({"SIGHTLINE_ALLOWED_HOSTS": "partnership.example,*"}, "SIGHTLINE_ALLOWED_HOSTS allows every name"),
    ({"DATABASE_URL": ""}, "No database is set"),
    ({"DATABASE_URL": "sqlite:/srv/sightline.sqlite3"}, "DATABASE_URL names an SQLite file"),
    ({"SIGHTLINE_JOURNAL_KEY": ""}, "No journal key is set"),
    ({"SIGHTLINE_JOURNAL_KEY": "0f0f0f"}, "The journal key is too easy to guess"),
    ({"SIGHTLINE_JOURNAL_KEY": "0" * 64}, "The journal key is too easy to guess"),
    ({"SIGHTLINE_JOURNAL_KEY": SECRET}, "The journal key and the secret key are the same"),
    ({"SIGHTLINE_SECURE_COOKIES": "no"}, "SIGHTLINE_SECURE_COOKIES is off"),
    ({"SIGHTLINE_EMAIL_URL": ""}, "No mail server is set"),
    ({"SIGHTLINE_EMAIL_FROM": ""}, "No sender is set"),
    ({"SIGHTLINE_EMAIL_FROM": "the partnership"}, "No sender is set"),
    *(
        ({"SIGHTLINE_JOURNAL_YEARS": years}, "SIGHTLINE_JOURNAL_YEARS is no")
        for years in ("0", "-1", "ten", "1.5")
    ),
    (
        {"SIGHTLINE_BREACHED_PASSWORDS_URL": "http://breaches.example/"},
        "SIGHTLINE_BREACHED_PASSWORDS_URL must begin",
    ),
    ({"SIGHTLINE_OIDC_NAME": "Wealdshire"}, "Single sign-on has no provider"),
    ({"SIGHTLINE_OIDC_CLIENT_SECRET": "word"}, "Single sign-on has no provider"),
    ({"SIGHTLINE_OIDC_ISSUER": "http://sign-in.example"}, "SIGHTLINE_OIDC_ISSUER must begin with https"),
    ({"SIGHTLINE_OIDC_ISSUER": "https://sign-in.example"}, "Single sign-on lacks what the provider"),
    ({"SIGHTLINE_DEMO": "yes"}, "SIGHTLINE_DEMO is on"),
]


@pytest.mark.parametrize(("changes", "begins"), REFUSED)
def test_each_unsafe_environment_is_refused_for_one_reason(changes: dict[str, str], begins: str) -> None:
    reasons = reasons_to_refuse(sound(**changes))
    assert [reason[: len(begins)] for reason in reasons] == [begins]
    assert reasons[0].endswith(".")


@pytest.mark.parametrize("url", ["", "sqlite:/srv/sightline.sqlite3"])
def test_sqlite_is_accepted_when_somebody_says_so(url: str) -> None:
    assert reasons_to_refuse(sound(DATABASE_URL=url, SIGHTLINE_ALLOW_SQLITE="yes")) == []


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("data/keys/journal.key", "postgresql://db.example/sightline"),
        ("data/journal.key", ""),
        ("database/journal.key", "sqlite:{}/database/sightline.sqlite3"),
        ("database/keys/journal.key", "sqlite://{}/database/sightline.sqlite3"),
    ],
)
def test_a_journal_key_beside_the_database_is_refused(tmp_path: Path, key: str, url: str) -> None:
    environment = _with_key_file(tmp_path, key, url)
    assert [reason[:30] for reason in reasons_to_refuse(environment)] == ["The journal key lies inside th"]


@pytest.mark.parametrize("url", ["postgresql://db.example/sightline", "sqlite:{}/database/sightline.sqlite3"])
def test_a_journal_key_elsewhere_is_accepted(tmp_path: Path, url: str) -> None:
    assert reasons_to_refuse(_with_key_file(tmp_path, "keys/journal.key", url)) == []


def test_a_key_file_that_is_not_used_may_lie_anywhere(tmp_path: Path) -> None:
    environment = {**_with_key_file(tmp_path, "data/journal.key", ""), "SIGHTLINE_JOURNAL_KEY": JOURNAL}
    assert reasons_to_refuse(environment) == []


def _with_key_file(folder: Path, key: str, url: str) -> dict[str, str]:
    path = folder / key
    path.parent.mkdir(parents=True)
    path.write_text(JOURNAL)
    return sound(
        SIGHTLINE_JOURNAL_KEY="",
        SIGHTLINE_JOURNAL_KEY_FILE=str(path),
        SIGHTLINE_DATA=str(folder / "data"),
        DATABASE_URL=url.format(folder),
        SIGHTLINE_ALLOW_SQLITE="yes",
    )


def test_an_empty_environment_hears_every_reason_at_once() -> None:
    assert len(reasons_to_refuse({})) == 5


def test_every_check_can_refuse() -> None:
    checks = {check for check in CHECKS for changes, _ in REFUSED if check(sound(**changes))}
    assert [check.__name__ for check in CHECKS if check not in checks] == ["journal_key_place_reason"]


def _start(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    script = (
        "import sightline.site.settings.production as it; "
        "print(it.DATABASES['default']['HOST'], it.SESSION_COOKIE_SECURE, it.CSRF_TRUSTED_ORIGINS, it.EMAIL_PORT)"
    )
    whole = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-c", script], env=whole, capture_output=True, text=True, check=False
    )


def test_production_settings_load_from_a_sound_environment() -> None:
    done = _start(sound())
    assert done.stderr == ""
    assert done.stdout == "db.example True ['https://partnership.example'] 587\n"


def test_production_settings_do_not_load_from_an_unsafe_one() -> None:
    done = _start(sound(SIGHTLINE_ALLOWED_HOSTS="", SIGHTLINE_DEBUG="yes"))
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last == (
        "django.core.exceptions.ImproperlyConfigured: Sightline does not start: SIGHTLINE_DEBUG is on: debug pages "
        "would show settings and records to anybody; remove it. No host name is allowed: put the site's name or "
        "names in SIGHTLINE_ALLOWED_HOSTS."
    )


def test_a_key_file_that_cannot_be_read_is_named() -> None:
    done = _start(sound(SIGHTLINE_SECRET_KEY="", SIGHTLINE_SECRET_KEY_FILE="/nowhere/secret.key"))
    assert done.returncode == 1
    assert "The file that SIGHTLINE_SECRET_KEY_FILE points at cannot be read." in done.stderr
