"""Starting Django for the commands that need the database, and who acts on the command line."""

from __future__ import annotations

import datetime
import os
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sightline.events.choices import Actor

DEFAULT_SETTINGS = "sightline.site.settings.development"


def start() -> None:
    """Make Django ready. Raises click.ClickException with a sentence where the settings refuse."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEFAULT_SETTINGS)
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as refused:
        raise click.ClickException(str(refused)) from None


def migrate() -> None:
    """Bring the database up to the tables of this version. Refuses with a sentence in the middle of a restore."""
    from django.core.management import call_command

    _refuse_half_restored()
    call_command("migrate", interactive=False, verbosity=0)


def _refuse_half_restored() -> None:
    from sightline.keeping.services import HALF, half_restored

    if half_restored():
        raise click.ClickException(HALF)


def need_database() -> None:
    """Refuse with a sentence where the database has not been made, or lacks tables of this version."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    start()
    try:
        _refuse_half_restored()
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as fault:
        raise click.ClickException(f"The database cannot be opened: {fault}") from None
    if behind:
        raise click.ClickException(
            "The database has not been set up for this version. Run `sightline init`, `sightline demo` or "
            "`sightline serve` first: each brings it up to date."
        )


def acting(email: str | None) -> tuple[Any, Actor]:
    """Who acts: the account named with --as, else the account of the command line. Gives (user, actor).

    Raises click.BadParameter where no such account can sign in.
    """
    from sightline.access.selectors import command_line_user, user_by_email

    user = command_line_user() if email is None else user_by_email(email)
    if user is None:
        raise click.BadParameter(f"Nobody signs in as {email}.", param_hint="--as")
    return user, user.actor


class Day(click.ParamType[datetime.date]):
    """A day written 2026-03-31 or 31/03/2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """The day. Fails with a sentence on anything else."""
        found = value if isinstance(value, datetime.date) else _day(value)
        if found is None:
            self.fail(f"“{value}” is not a day. Write it as 2026-03-31 or 31/03/2026.", param, ctx)
        return found


def _day(words: str) -> datetime.date | None:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(words, pattern).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    return None


as_option = click.option(
    "--as", "as_email", metavar="EMAIL", help="Act as this account and with its permissions."
)
as_at_option = click.option(
    "--as-at", "as_at", type=Day(), help="The day it speaks of (2026-03-31 or 31/03/2026)."
)
