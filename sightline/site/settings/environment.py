"""What the settings take from the environment, as plain functions that a test can call."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE_WORDS = frozenset({"1", "yes", "true", "on"})

SQLITE_OPTIONS: dict[str, Any] = {
    # DEFERRED transactions that turn into writers fail at once with "database is locked"; IMMEDIATE ones wait.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


class UnreadableSetting(ValueError):
    """A value in the environment that cannot be understood; the text is a sentence fit to show."""


def is_yes(environment: Mapping[str, str], name: str, default: bool = False) -> bool:
    """Whether the variable says yes; the default where it is absent or empty."""
    value = environment.get(name, "").strip().lower()
    return value in TRUE_WORDS if value else default


def words(environment: Mapping[str, str], name: str) -> list[str]:
    """The comma-separated words of a variable, without blanks."""
    return [word.strip() for word in environment.get(name, "").split(",") if word.strip()]


def secret(environment: Mapping[str, str], name: str) -> str:
    """A secret from NAME, or from the file that NAME_FILE points at; empty where neither is set.

    Raises UnreadableSetting where the file cannot be read.
    """
    if environment.get(name):
        return environment[name]
    path = environment.get(f"{name}_FILE", "")
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSetting(f"The file that {name}_FILE points at cannot be read.") from error


def kept_key(path: Path) -> str:
    """The key kept in a file, made at the first call and readable by its owner alone (development only)."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with open(path, "x", encoding="ascii", opener=_private) as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii").strip()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def sqlite_database(path: Path | str) -> dict[str, Any]:
    """Django's settings for an SQLite database that several processes may write."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": dict(SQLITE_OPTIONS)}


def database(url: str) -> dict[str, Any]:
    """Django's settings for a database address: postgresql://user:password@host:port/name?option=value or sqlite:path.

    A PostgreSQL on a unix socket is written postgresql:///name?host=/folder/of/the/socket. Raises UnreadableSetting.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(url.removeprefix("sqlite:").removeprefix("//"))
        if not path:
            raise UnreadableSetting("DATABASE_URL names no SQLite file.")
        return sqlite_database(path)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise UnreadableSetting("DATABASE_URL must begin with postgresql: or sqlite:.")
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise UnreadableSetting("DATABASE_URL names no database.")
    try:
        port = parts.port
    except ValueError as error:
        raise UnreadableSetting("The port in DATABASE_URL is not a number.") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def single_sign_on(environment: Mapping[str, str]) -> dict[str, Any]:
    """The OpenID Connect provider whose people may sign in; empty where none is named. Raises UnreadableSetting."""
    issuer = environment.get("SIGHTLINE_OIDC_ISSUER", "").strip()
    if not issuer:
        return {}
    return {
        "issuer": issuer,
        "client_id": environment.get("SIGHTLINE_OIDC_CLIENT_ID", ""),
        "client_secret": secret(environment, "SIGHTLINE_OIDC_CLIENT_SECRET"),
        "name": environment.get("SIGHTLINE_OIDC_NAME", "").strip() or "single sign-on",
        "second_step": words(environment, "SIGHTLINE_OIDC_SECOND_STEP"),
        "addresses_verified": is_yes(environment, "SIGHTLINE_OIDC_ADDRESSES_VERIFIED"),
    }


def email(url: str) -> dict[str, Any]:
    """Django's EMAIL_… settings for smtp://, smtp+starttls:// or smtps:// addresses, or folder:path.

    Raises UnreadableSetting.
    """
    parts = urlsplit(url)
    if parts.scheme == "folder":
        folder = url.removeprefix("folder:")
        return {
            "EMAIL_BACKEND": "sightline.messages.folder.FolderBackend",
            "EMAIL_FILE_PATH": folder,
        }
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if parts.scheme not in ports:
        raise UnreadableSetting(
            "SIGHTLINE_EMAIL_URL must begin with smtp:, smtp+starttls:, smtps: or folder:."
        )
    if not parts.hostname:
        raise UnreadableSetting("SIGHTLINE_EMAIL_URL names no mail server.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
