"""Why a production installation refuses to start: each reason is one sentence that says what to do."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sightline.site.settings.environment import is_yes, secret, words

Environment = Mapping[str, str]
SECRET_LENGTH = 50
JOURNAL_KEY_LENGTH = 32
JOURNAL_KEYS = ("SIGHTLINE_JOURNAL_KEY", "SIGHTLINE_JOURNAL_OLD_KEYS")


def secret_key_reason(environment: Environment) -> str:
    """The secret key signs sessions and links: it must exist, be long, and not come from an example."""
    key = secret(environment, "SIGHTLINE_SECRET_KEY")
    if not key:
        return (
            "No secret key is set: put 50 or more random characters in SIGHTLINE_SECRET_KEY "
            "or in a file named by SIGHTLINE_SECRET_KEY_FILE."
        )
    if len(key) < SECRET_LENGTH or len(set(key)) < 5:
        return "The secret key is too easy to guess: use 50 or more random characters."
    return ""


def debug_reason(environment: Environment) -> str:
    """Debug pages show settings and records to anybody."""
    if is_yes(environment, "SIGHTLINE_DEBUG"):
        return "SIGHTLINE_DEBUG is on: debug pages would show settings and records to anybody; remove it."
    return ""


def hosts_reason(environment: Environment) -> str:
    """Without the names it answers to, a server can be made to write links to somebody else's."""
    hosts = words(environment, "SIGHTLINE_ALLOWED_HOSTS")
    if not hosts:
        return "No host name is allowed: put the site's name or names in SIGHTLINE_ALLOWED_HOSTS."
    if "*" in hosts:
        return "SIGHTLINE_ALLOWED_HOSTS allows every name: list the site's own names instead of *."
    return ""


def database_reason(environment: Environment) -> str:
    """PostgreSQL unless somebody says that one file on one server is what they want."""
    url = environment.get("DATABASE_URL", "")
    if not url and not is_yes(environment, "SIGHTLINE_ALLOW_SQLITE"):
        return (
            "No database is set: put a PostgreSQL address in DATABASE_URL, "
            "or say SIGHTLINE_ALLOW_SQLITE=yes for one file on one server."
        )
    if url.startswith("sqlite") and not is_yes(environment, "SIGHTLINE_ALLOW_SQLITE"):
        return (
            "DATABASE_URL names an SQLite file: use PostgreSQL, "
            "or say SIGHTLINE_ALLOW_SQLITE=yes for one file on one server."
        )
    return ""


def journal_key_reason(environment: Environment) -> str:
    """The journal's seals prove nothing when the key is missing or short."""
    key = secret(environment, "SIGHTLINE_JOURNAL_KEY")
    if not key:
        return (
            "No journal key is set: put 32 or more random characters in SIGHTLINE_JOURNAL_KEY "
            "or in a file named by SIGHTLINE_JOURNAL_KEY_FILE."
        )
    if len(key) < JOURNAL_KEY_LENGTH or len(set(key)) < 5:
        return "The journal key is too easy to guess: use 32 or more random characters."
    if key == secret(environment, "SIGHTLINE_SECRET_KEY"):
        return "The journal key and the secret key are the same: make two."
    return ""


def journal_key_place_reason(environment: Environment) -> str:
    """A key that lies beside the database travels in its backups, and whoever has both can forge the journal."""
    names = [name for name in JOURNAL_KEYS if not environment.get(name)]
    keys = [Path(named).resolve() for name in names if (named := environment.get(f"{name}_FILE", ""))]
    folders = [Path(environment.get("SIGHTLINE_DATA") or "var").resolve()]
    url = environment.get("DATABASE_URL", "")
    if url.startswith("sqlite:"):
        folders.append(Path(url.removeprefix("sqlite:").removeprefix("//")).resolve().parent)
    if any(key.is_relative_to(folder) for key in keys for folder in folders):
        return (
            "The journal key lies inside the database's or the data folder, "
            "so that their backups carry it: move it elsewhere."
        )
    return ""


def cookies_reason(environment: Environment) -> str:
    """A cookie sent over plain http can be read and used by anybody on the way."""
    if not is_yes(environment, "SIGHTLINE_SECURE_COOKIES", default=True):
        return (
            "SIGHTLINE_SECURE_COOKIES is off: sign-in cookies would travel in the clear; "
            "serve the site by https and remove it."
        )
    return ""


def email_reason(environment: Environment) -> str:
    """Messages that go nowhere look sent to those who wait for an answer."""
    if not environment.get("SIGHTLINE_EMAIL_URL"):
        return (
            "No mail server is set: put its address in SIGHTLINE_EMAIL_URL, "
            "or folder:PATH to write messages to a folder."
        )
    if "@" not in environment.get("SIGHTLINE_EMAIL_FROM", ""):
        return "No sender is set: put the address that messages come from in SIGHTLINE_EMAIL_FROM."
    return ""


def demo_reason(environment: Environment) -> str:
    """Invented people can be signed in as without a password."""
    if is_yes(environment, "SIGHTLINE_DEMO"):
        return "SIGHTLINE_DEMO is on: anybody could sign in as one of the invented people; remove it."
    return ""


def journal_years_reason(environment: Environment) -> str:
    """Entries whose keeping time is nought could be removed as soon as they are sealed."""
    years = environment.get("SIGHTLINE_JOURNAL_YEARS") or "7"
    if not (years.isascii() and years.isdecimal() and int(years) >= 1):
        return "SIGHTLINE_JOURNAL_YEARS is no whole number of years: give 1 or more, or leave it out for 7."
    return ""


def breached_passwords_reason(environment: Environment) -> str:
    """What is asked of the service says something about a password, so nobody on the way may read it."""
    url = environment.get("SIGHTLINE_BREACHED_PASSWORDS_URL", "")
    if url and not url.startswith("https://"):
        return "SIGHTLINE_BREACHED_PASSWORDS_URL must begin with https://, or be left out to ask nobody."
    return ""


def single_sign_on_reason(environment: Environment) -> str:
    """Whoever can stand between us and the provider can be anybody here."""
    issuer = environment.get("SIGHTLINE_OIDC_ISSUER", "")
    others = ("SIGHTLINE_OIDC_CLIENT_ID", "SIGHTLINE_OIDC_NAME", "SIGHTLINE_OIDC_SECOND_STEP")
    client_secret = secret(environment, "SIGHTLINE_OIDC_CLIENT_SECRET")
    if not issuer:
        named = client_secret or any(environment.get(name) for name in others)
        return "Single sign-on has no provider: put its address in SIGHTLINE_OIDC_ISSUER." if named else ""
    if not issuer.startswith("https://"):
        return "SIGHTLINE_OIDC_ISSUER must begin with https://."
    if not environment.get("SIGHTLINE_OIDC_CLIENT_ID") or not client_secret:
        return (
            "Single sign-on lacks what the provider knows us by: SIGHTLINE_OIDC_CLIENT_ID and "
            "SIGHTLINE_OIDC_CLIENT_SECRET, or a file named by SIGHTLINE_OIDC_CLIENT_SECRET_FILE."
        )
    return ""


CHECKS: tuple[Callable[[Environment], str], ...] = (
    secret_key_reason,
    debug_reason,
    hosts_reason,
    database_reason,
    journal_key_reason,
    journal_key_place_reason,
    cookies_reason,
    email_reason,
    demo_reason,
    journal_years_reason,
    breached_passwords_reason,
    single_sign_on_reason,
)


def reasons_to_refuse(environment: Environment) -> list[str]:
    """Every reason why this environment is not safe to serve people from; empty when it is."""
    return [reason for check in CHECKS if (reason := check(environment))]
