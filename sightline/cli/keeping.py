"""Commands that keep the house in order: the journal's verification, the index of search, the installation's checks."""

from __future__ import annotations

import io
import sys

import click

from sightline.cli.starting import need_database, start


@click.group()
def journal() -> None:
    """The journal: who did what to which record, and why."""


@journal.command()
@click.option(
    "--head", metavar="H", help="A head printed earlier, in minutes or an e-mail: tells of a rollback."
)
def verify(head: str | None) -> None:
    """Verify every sealed entry and say where a break is. Exit status 1 where anything is broken."""
    need_database()
    from sightline.events.services import verify as verify_journal

    try:
        result = verify_journal(head=head, progress=lambda done: click.echo(f"{done:,} entries …", err=True))
    except ValueError as odd:
        raise click.BadParameter(str(odd), param_hint="--head") from None
    click.echo(f"Sealed and whole: {result.sealed:,}. Not yet sealed: {result.unsealed:,}.")
    click.echo(f"Head: {result.head or 'no seal yet'}")
    for broken in result.broken:
        click.echo(f"BROKEN: {broken}", err=True)
    if result.rolled_back:
        click.echo("ROLLED BACK: the head you gave is not in this journal.", err=True)
    sys.exit(1 if result.broken or result.rolled_back else 0)


@click.group()
def search() -> None:
    """The index that search reads. Services keep it; it can be made anew from the records at any time."""


@search.command(name="rebuild")
def rebuild_search() -> None:
    """Make the whole index anew. People can go on working meanwhile."""
    need_database()
    from sightline.search.services import rebuild

    number = rebuild(progress=lambda kind, done: click.echo(f"{kind}: {done:,} …", err=True))
    click.echo("1 record can be found." if number == 1 else f"{number:,} records can be found.")


@click.command()
def check() -> None:
    """Check this installation: settings, templates, definitions, static files, and the database if there is one."""
    start()
    _check_system()
    _check_static_files()
    click.echo("Settings, definitions and tables are in order.")
    click.echo(_database_sentence())


def _check_system(databases: tuple[str, ...] = ()) -> None:
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", stdout=io.StringIO(), databases=list(databases) or None)
    except SystemCheckError as found:
        raise click.ClickException(" ".join(str(found).split())) from None


def _check_static_files() -> None:
    from django.contrib.staticfiles import finders

    if finders.find("compiled/site.css") is None:
        raise click.ClickException("The stylesheet is missing: run `make setup`, or install the built wheel.")


def _database_sentence() -> str:
    try:
        need_database()
    except click.ClickException as refused:
        return refused.message
    # Now that there is a database, whether the journal's triggers stand in it.
    _check_system(("default",))
    return "The database is up to date."
