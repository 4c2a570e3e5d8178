"""The tests: nothing is kept, nothing leaves the computer, and both databases are possible.

SIGHTLINE_TEST_DB says which: sqlite (default) or postgres. The server of the latter is started by tests/conftest.py.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

if "SIGHTLINE_DATA" not in os.environ:
    # Kept in a name of this module: the folder goes when the process does.
    _FOLDER = tempfile.TemporaryDirectory(prefix="sightline-test-")
    os.environ["SIGHTLINE_DATA"] = _FOLDER.name
_DATA = Path(os.environ["SIGHTLINE_DATA"]) / os.environ.get("PYTEST_XDIST_WORKER", "")
_DATA.mkdir(parents=True, exist_ok=True)

from sightline.site.settings.base import *  # noqa: E402, F403
from sightline.site.settings.base import INSTALLED_APPS, MIDDLEWARE  # noqa: E402
from sightline.site.settings.environment import sqlite_database  # noqa: E402

SIGHTLINE_MODE = "test"
SECRET_KEY = "not-secret-used-by-tests-alone"  # noqa: S105
JOURNAL_KEY = "0f" * 32
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

INSTALLED_APPS = [*INSTALLED_APPS, "sightline.demo", "tests.restricted", "zeal"]
MIDDLEWARE = [*MIDDLEWARE, "tests.careful.careful_middleware"]
DEMO_SIGN_IN = True
# Tests ask faster than anybody reads.
PACE = False
# A loop that asks the database again for every row is an error.
ZEAL_RAISE = True

ON_POSTGRES: dict[str, Any] = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": "sightline",
    "USER": "sightline",
    "HOST": os.environ.get("SIGHTLINE_TEST_PG_SOCKET", ""),
    "TEST": {"MIGRATE": False},
}
# A file, as in real life: a database in memory has one connection for all threads and never locks.
ON_SQLITE = {
    **sqlite_database(_DATA / "sightline.sqlite3"),
    "TEST": {"NAME": str(_DATA / "test.sqlite3"), "MIGRATE": False},
}
DATABASES = {"default": ON_POSTGRES if os.environ.get("SIGHTLINE_TEST_DB") == "postgres" else ON_SQLITE}

# Argon2 is slow on purpose; the tests sign people in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATA = _DATA
MEDIA_ROOT = _DATA / "files"
EMAIL_BACKEND = "sightline.messages.folder.FolderBackend"
EMAIL_FILE_PATH = str(_DATA / "mail")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
