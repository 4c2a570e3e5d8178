"""Reading the environment."""

import stat
from pathlib import Path

import pytest

from sightline.site.settings.environment import (
    SQLITE_OPTIONS,
    UnreadableSetting,
    database,
    email,
    is_yes,
    kept_key,
    secret,
    words,
)


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        ("yes", False, True),
        (" TRUE ", False, True),
        ("1", False, True),
        ("no", True, False),
        ("0", True, False),
        ("", True, True),
        ("", False, False),
    ],
)
def test_yes_and_no(value: str, default: bool, expected: bool) -> None:
    assert is_yes({"X": value}, "X", default) is expected


def test_words_between_commas() -> None:
    assert words({"X": " a.example, ,b.example "}, "X") == ["a.example", "b.example"]
    assert words({}, "X") == []


def test_a_secret_from_the_variable_or_its_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from the file\n")
    assert secret({"X": "said", "X_FILE": str(file)}, "X") == "said"
    assert secret({"X_FILE": str(file)}, "X") == "from the file"
    assert secret({}, "X") == ""


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_secret_file_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UnreadableSetting, match=r"^The file that X_FILE points at cannot be read\.$"):
        secret({"X_FILE": str(file)}, "X")


def test_a_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "journal.key"
    first = kept_key(path)
    assert len(first) == 64
    assert kept_key(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_keys_differ(tmp_path: Path) -> None:
    assert kept_key(tmp_path / "one") != kept_key(tmp_path / "two")


def test_a_postgresql_address() -> None:
    assert database("postgresql://me:p%40ss@db.example:5433/sight%20line?sslmode=require") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "sight line",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_postgresql_on_a_socket() -> None:
    settings = database("postgres:///sightline?host=/run/postgresql")
    assert (settings["HOST"], settings["PORT"], settings["USER"], settings["OPTIONS"]) == (
        "/run/postgresql",
        "",
        "",
        {},
    )


@pytest.mark.parametrize("url", ["sqlite:/srv/sightline.sqlite3", "sqlite:///srv/sightline.sqlite3"])
def test_an_sqlite_address(url: str) -> None:
    settings = database(url)
    assert settings == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "/srv/sightline.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
    }
    assert SQLITE_OPTIONS["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://db/x", "DATABASE_URL must begin with postgresql: or sqlite:."),
        ("postgresql://db.example/", "DATABASE_URL names no database."),
        ("postgresql://db.example:many/x", "The port in DATABASE_URL is not a number."),
        ("sqlite:", "DATABASE_URL names no SQLite file."),
        ("sqlite://", "DATABASE_URL names no SQLite file."),
    ],
)
def test_an_address_that_is_not_understood(url: str, sentence: str) -> None:
    with pytest.raises(UnreadableSetting) as refused:
        database(url)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp+starttls://mail.example", 587, True, False),
        ("smtps://mail.example", 465, False, True),
        ("smtps://mail.example:2465", 2465, False, True),
    ],
)
def test_a_mail_server(url: str, port: int, tls: bool, ssl: bool) -> None:
    settings = email(url)
    assert (settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (port, tls, ssl)
    assert settings["EMAIL_HOST"] == "mail.example"


def test_the_mail_servers_account() -> None:
    settings = email("smtps://me%40example.org:p%2Fss@mail.example")
    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_HOST_PASSWORD"]) == ("me@example.org", "p/ss")


def test_mail_written_to_a_folder() -> None:
    assert email("folder:/srv/mail") == {
        "EMAIL_BACKEND": "sightline.messages.folder.FolderBackend",
        "EMAIL_FILE_PATH": "/srv/mail",
    }


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mail.example", "SIGHTLINE_EMAIL_URL must begin with smtp:, smtp+starttls:, smtps: or folder:."),
        ("smtp://", "SIGHTLINE_EMAIL_URL names no mail server."),
    ],
)
def test_a_mail_server_that_is_not_understood(url: str, sentence: str) -> None:
    with pytest.raises(UnreadableSetting) as refused:
        email(url)
    assert str(refused.value) == sentence
