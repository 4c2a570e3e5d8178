"""Commands that begin a partnership, a real, empty one or the invented county, and that let its people in again."""

from __future__ import annotations

import datetime
import secrets
from pathlib import Path

import click
from django.utils import timezone

from sightline.cli.starting import migrate, need_database, start


@click.command()
@click.option("--name", prompt="Name of the partnership", help="Wealdshire Safeguarding Children Partnership")
@click.option("--short-name", prompt="Short name", help="WSCP")
@click.option(
    "--area", "areas", multiple=True, required=True, help="An area it serves; give it again for each."
)
@click.option("--colour", default="#1d70b8", show_default=True, help="Brand colour, as #rrggbb.")
@click.option("--manager-name", prompt="Name of the first manager")
@click.option("--manager-email", prompt="E-mail address of the first manager")
@click.option(
    "--partners",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Spreadsheet with sheets Agencies, Groups and People (docs/starting.md).",
)
def init(
    name: str,
    short_name: str,
    areas: tuple[str, ...],
    colour: str,
    manager_name: str,
    manager_email: str,
    partners: Path | None,
) -> None:
    """Start a real, empty partnership: its name, areas, colour, first manager, and its agencies, groups and people.

    All or nothing. The manager's first password is printed once; it is not kept anywhere else.
    """
    start()
    migrate()
    from django.db import transaction

    from sightline.access.services import create_user, grant
    from sightline.events.choices import COMMAND_LINE
    from sightline.partners.services import found_partnership

    today, password = timezone.localdate(), secrets.token_urlsafe(16)
    with transaction.atomic():
        found_partnership(
            name, short_name=short_name, areas=list(areas), brand_colour=colour, by=COMMAND_LINE
        )
        manager = create_user(manager_email, name=manager_name, password=password, by=COMMAND_LINE)
        grant(manager, role="unit", scope_kind="partnership", scope_key="", starts_on=today, by=COMMAND_LINE)
        loaded = _load_partners(partners, today) if partners else ""
    click.echo(f"{name} is ready. {loaded}".strip())
    click.echo(f"{manager_name} signs in as {manager_email} with this password, to be changed: {password}")


def _load_partners(path: Path, today: datetime.date) -> str:
    from sightline.events.choices import COMMAND_LINE
    from sightline.partners.services import load_spreadsheet

    loaded = load_spreadsheet(path, by=COMMAND_LINE)
    if loaded.problems:
        raise click.ClickException(
            "Nothing was loaded, because some rows cannot be used:\n  " + "\n  ".join(loaded.problems)
        )
    return f"Loaded {loaded.agencies} agencies, {loaded.groups} groups and {loaded.people} people."


@click.command()
@click.option(
    "--fresh", is_flag=True, help="Load it again where it was loaded before, into an empty database only."
)
def demo(fresh: bool) -> None:
    """Load Wealdshire, an invented county with two years of history, and its sample papers."""
    start()
    from django.conf import settings

    if settings.SIGHTLINE_MODE == "production":
        raise click.ClickException(
            "Invented people do not belong in a real installation: use `sightline init`."
        )
    migrate()
    from sightline.demo.services import AlreadyLoaded, load

    try:
        load(on=timezone.localdate(), progress=lambda sentence: click.echo(sentence))
    except AlreadyLoaded as loaded:
        if fresh:
            raise click.ClickException(str(loaded)) from None
        click.echo(str(loaded))


@click.command(name="take-away-second-step")
@click.argument("email")
def take_away_second_step(email: str) -> None:
    """Take away the second step of signing in of the account EMAIL, whose person has lost theirs.

    For whoever looks after the server, where nobody of the business unit can sign in any more. It is journalled, and
    the person is told by e-mail. They sign in with their password, and set a second step up anew.
    """
    need_database()
    from sightline.access.selectors import user_by_email
    from sightline.access.services import forget_factors
    from sightline.events.choices import COMMAND_LINE

    user = user_by_email(email)
    if user is None:
        raise click.BadParameter(f"Nobody signs in as {email}.", param_hint="EMAIL")
    number = forget_factors(user, by=COMMAND_LINE)
    click.echo("It was taken away." if number else f"{email} has no second step.")
