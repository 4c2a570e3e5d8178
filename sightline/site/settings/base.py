"""What every way of running Sightline shares. Never used alone: development, production and test complete it."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from sightline.site.headers import add_to_file
from sightline.site.settings.environment import words

PACKAGE = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("SIGHTLINE_DATA") or "var").resolve()

INSTALLED_APPS = [
    "sightline.events",
    "sightline.jobs",
    "sightline.messages",
    "sightline.access",
    "sightline.knowing",
    "sightline.retention",
    "sightline.search",
    "sightline.partners",
    "sightline.oversight",
    "sightline.documents",
    "sightline.saved",
    "sightline.challenges",
    "sightline.governance",
    "sightline.requests",
    "sightline.plans",
    "sightline.meetings",
    "sightline.rhythm",
    "sightline.dashboards",
    "sightline.sight",
    "sightline.statutory",
    "sightline.keeping",
    "sightline.carrying",
    "sightline.api",
    "sightline.screens",
    "sightline.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sightline.site.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "sightline.site.marking.MarkedFilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "sightline.access.sessions.AccountMiddleware",
    "sightline.access.pace.PaceMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sightline.access.guard.GuardMiddleware",
    "sightline.oversight.middleware.SupportMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sightline.site.errors.NotAllowedMiddleware",
]

ROOT_URLCONF = "sightline.site.urls"
WSGI_APPLICATION = "sightline.site.wsgi.application"
DEBUG = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "sightline.site.navigation.shell",
            ],
        },
    }
]

FORM_RENDERER = "sightline.screens.renderer.Renderer"
CSRF_FAILURE_VIEW = "sightline.site.errors.form_expired"

# People
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["sightline.access.sessions.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "sightline.access.passwords.NotFirstTryValidator"},
]
# A service that knows passwords from breaches, asked with five characters of a digest; empty: nobody is asked.
BREACHED_PASSWORDS_URL = os.environ.get("SIGHTLINE_BREACHED_PASSWORDS_URL", "")
# An OpenID Connect provider (environment.single_sign_on): development and production read it, tests set their own.
SINGLE_SIGN_ON: dict[str, Any] = {}
# A password alone is too little for whoever opens others' confidential records: production asks for a second step.
SECOND_STEP_REQUIRED = False
ACCOUNT_ADAPTER = "sightline.access.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Our own throttle counts failures by account and address together, so that nobody locks out somebody else.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {"reauthenticate": "sightline.access.forms.PasswordAgainForm"}
MFA_ADAPTER = "sightline.access.adapters.FactorAdapter"
MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "sightline.access.forms.CodeForm",
    "reauthenticate": "sightline.access.forms.CodeAgainForm",
    "activate_totp": "sightline.access.forms.AppForm",
    "add_webauthn": "sightline.access.forms.PasskeyForm",
    "edit_webauthn": "sightline.access.forms.PasskeyNameForm",
}
# Whether whoever asks too fast is told to wait (access/pace.py).
PACE = True
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
SESSION_ENGINE = "sightline.access.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# What the browser may do: nothing but our own files, and pictures that we write into the page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Words, days and numbers
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# Files
STATIC_URL = "/static/"
WHITENOISE_ADD_HEADERS_FUNCTION = add_to_file
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = DATA / "files"
# A document of 20 MB is let through to the upload form, which says in a sentence what is too large.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_PERMISSIONS = 0o600
# Who looks for viruses in what is uploaded (files.scanner): development and production read it, tests set their own.
FILE_SCANNER: dict[str, Any] = {}
# The program (soffice) that makes Word papers PDF for the pack of a meeting; without one they are attached as they are.
LIBREOFFICE = os.environ.get("SIGHTLINE_LIBREOFFICE", "").strip()

# The journal: how many years an entry is kept at least; what is older may be removed behind a signed checkpoint.
_YEARS = os.environ.get("SIGHTLINE_JOURNAL_YEARS", "")
JOURNAL_YEARS = max(1, int(_YEARS)) if _YEARS.isdecimal() else 7

# Backups: the public keys they are encrypted to, and after how many days without a whole one the unit is told.
BACKUP_RECIPIENTS = words(os.environ, "SIGHTLINE_BACKUP_RECIPIENTS")
_DAYS = os.environ.get("SIGHTLINE_BACKUP_DAYS", "")
BACKUP_DAYS = max(1, int(_DAYS)) if _DAYS.isdecimal() else 2

# Messages and printed papers: where their links lead.
SITE_ADDRESS = (os.environ.get("SIGHTLINE_ADDRESS") or "http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = "sightline@localhost"
SERVER_EMAIL = "sightline@localhost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "sightline": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
