"""Serving a real partnership. Everything comes from the environment; what is unsafe is refused (docs/production.md)."""

import os

from django.core.exceptions import ImproperlyConfigured

from sightline.site.settings.base import *  # noqa: F403
from sightline.site.settings.base import DATA, LOGGING
from sightline.site.settings.environment import (
    UnreadableSetting,
    database,
    email,
    is_yes,
    secret,
    single_sign_on,
    sqlite_database,
    words,
)
from sightline.site.settings.files import file_store, scanner
from sightline.site.settings.safety import reasons_to_refuse

SIGHTLINE_MODE = "production"
DEBUG = False
DEMO_SIGN_IN = False

try:
    if _REASONS := reasons_to_refuse(os.environ):
        raise ImproperlyConfigured("Sightline does not start: " + " ".join(_REASONS))
    SECRET_KEY = secret(os.environ, "SIGHTLINE_SECRET_KEY")
    JOURNAL_KEY = secret(os.environ, "SIGHTLINE_JOURNAL_KEY")
    # Keys of before: what they sealed still verifies, and what they signed or encrypted is still read.
    JOURNAL_OLD_KEYS = secret(os.environ, "SIGHTLINE_JOURNAL_OLD_KEYS").split()
    SECRET_KEY_FALLBACKS = secret(os.environ, "SIGHTLINE_OLD_SECRET_KEYS").split()
    _URL = os.environ.get("DATABASE_URL", "")
    DATABASES = {"default": database(_URL) if _URL else sqlite_database(DATA / "sightline.sqlite3")}
    SINGLE_SIGN_ON = single_sign_on(os.environ)
    FILE_SCANNER = scanner(os.environ)
    _FILES = file_store(os.environ)
    globals().update(email(os.environ["SIGHTLINE_EMAIL_URL"]))
except UnreadableSetting as error:
    raise ImproperlyConfigured(f"Sightline does not start: {error}") from None

DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ["SIGHTLINE_EMAIL_FROM"]
ALLOWED_HOSTS = words(os.environ, "SIGHTLINE_ALLOWED_HOSTS")
SITE_ADDRESS = (
    os.environ.get("SIGHTLINE_ADDRESS") or f"https://{ALLOWED_HOSTS[0].removeprefix('.')}"
).rstrip("/")
CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in ALLOWED_HOSTS]

SECOND_STEP_REQUIRED = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/(ready/)?$"]
SECURE_HSTS_SECONDS = int(os.environ.get("SIGHTLINE_HSTS_SECONDS") or 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = is_yes(os.environ, "SIGHTLINE_HSTS_SUBDOMAINS", default=True)
# Other names below the site's own (once it was said so), and lists kept by browsers, are for whoever runs the domain to
# decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if is_yes(os.environ, "SIGHTLINE_BEHIND_PROXY"):
    # Only where a proxy of one's own sets this header itself; otherwise anybody could claim to come by https.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The sign-in throttle counts by address: take the one that our own proxy saw.
    TRUSTED_PROXIES = 1

# Whoever looks after the server reads these lines, and may not read the records.
LOGGING = {**LOGGING, "formatters": {"line": {"()": "sightline.site.logs.JsonLines"}}}

# Where collectstatic puts the files that are served: docs/production.md.
STATIC_ROOT = os.environ.get("SIGHTLINE_STATIC") or DATA / "static"
STORAGES = {
    "default": _FILES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
