"""A computer of one's own: everything in one folder, keys made at the first start, invented people allowed."""

import os

from sightline.site.settings.base import *  # noqa: F403
from sightline.site.settings.base import DATA, INSTALLED_APPS
from sightline.site.settings.environment import (
    database,
    is_yes,
    kept_key,
    secret,
    single_sign_on,
    sqlite_database,
)
from sightline.site.settings.files import scanner

DATA.mkdir(parents=True, exist_ok=True)

SIGHTLINE_MODE = "development"
DEBUG = is_yes(os.environ, "SIGHTLINE_DEBUG")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECRET_KEY = secret(os.environ, "SIGHTLINE_SECRET_KEY") or kept_key(DATA / "keys" / "secret.key")
JOURNAL_KEY = secret(os.environ, "SIGHTLINE_JOURNAL_KEY") or kept_key(DATA / "keys" / "journal.key")
# Keys of before: what they sealed still verifies, and what they signed or encrypted is still read.
JOURNAL_OLD_KEYS = secret(os.environ, "SIGHTLINE_JOURNAL_OLD_KEYS").split()
SECRET_KEY_FALLBACKS = secret(os.environ, "SIGHTLINE_OLD_SECRET_KEYS").split()

FILE_SCANNER = scanner(os.environ)
SINGLE_SIGN_ON = single_sign_on(os.environ)

# The invented county, and signing in with one click as one of its people: never in production.
INSTALLED_APPS = [*INSTALLED_APPS, "sightline.demo"]
DEMO_SIGN_IN = True

_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": database(_URL) if _URL else sqlite_database(DATA / "sightline.sqlite3")}

# Static files straight from the package: no collecting step on a computer of one's own.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

EMAIL_BACKEND = "sightline.messages.folder.FolderBackend"
EMAIL_FILE_PATH = DATA / "mail"
