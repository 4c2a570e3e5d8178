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
    if result.removed:
        click.echo(f"Removed when their time was over, under a signed checkpoint: {result.removed:,}.")
    click.echo(f"Head: {result.head or 'no seal yet'}")
    for broken in result.broken:
        click.echo(f"BROKEN: {broken}", err=True)
    if result.rolled_back:
        click.echo("ROLLED BACK: the head you gave is not in this journal.", err=True)
    sys.exit(1 if result.broken or result.rolled_back else 0)


@journal.command()
def checkpoint() -> None:
    """Seal what is not sealed yet and sign it: the day, the head and how many. Keep what is printed."""
    need_database()
    from django.utils import timezone

    from sightline.events.choices import COMMAND_LINE, KeyNotChanged
    from sightline.events.services import make_checkpoint

    try:
        made = make_checkpoint(by=COMMAND_LINE, now=timezone.now())
    except KeyNotChanged as refused:
        raise click.ClickException(str(refused)) from None
    if made is None:
        click.echo("Nothing was sealed since the last checkpoint.")
        return
    click.echo(f"Checkpoint {made.number} of {made.day}: {made.count:,} entries up to seal {made.seal}.")
    click.echo(f"Head: {made.seal}-{made.seal_mac[:20]}")
    click.echo(f"Signature: {made.mac}")
    click.echo(f"The entries may be removed from {made.may_go_on} on.")


@journal.command(name="rotate-key")
def rotate_key() -> None:
    """After a new key was put into the settings: seal what the old one wrote, and sign all of it with the new one.

    The old key goes into SIGHTLINE_JOURNAL_OLD_KEYS, newest first, and stays there: what it sealed is verified with it.
    """
    need_database()
    from django.utils import timezone

    from sightline.events.choices import COMMAND_LINE
    from sightline.events.keys import key_ring
    from sightline.events.selectors import head, newest_key, newest_signed
    from sightline.events.services import rotate_key as rotate

    before, ring = newest_key(), list(key_ring())
    # Whoever was stopped between the change and the signing signs now.
    if not before or (before == ring[0] and (len(ring) == 1 or newest_signed() == before)):
        raise click.ClickException(
            "The newest seal is of the key in the settings: there is nothing to change."
        )
    if before not in ring:
        raise click.ClickException(
            "The key that made the newest seal is not in the settings: put it into SIGHTLINE_JOURNAL_OLD_KEYS."
        )
    rotate(by=COMMAND_LINE, now=timezone.now())
    click.echo(f"From now on the journal is sealed with the new key. Print this head: {head()}")


@journal.command(name="remove-old")
@click.option(
    "--reason", required=True, metavar="WHY", help="Why they are removed; it is written into the journal."
)
def remove_old_entries(reason: str) -> None:
    """Remove the entries under a checkpoint whose keeping time is over. Exit status 1 where there are none."""
    need_database()
    from django.utils import timezone

    from sightline.events.choices import COMMAND_LINE
    from sightline.events.services import NothingToRemove, remove_old

    try:
        removed = remove_old(by=COMMAND_LINE, reason=reason, today=timezone.now().date())
    except NothingToRemove as nothing:
        raise click.ClickException(str(nothing)) from None
    click.echo(f"Removed: {removed:,} entries, with their places and seals.")


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
    _say_backups()
    _say_counted()


def _say_counted() -> None:
    """Whether figures that are kept of attendance are those of their rows; nothing where there is no database."""
    from django.db import DatabaseError

    from sightline.meetings.selectors.counted import differing

    try:
        wrong = differing()
    except DatabaseError:
        return
    if wrong:
        named = ", ".join(f"{each.group_name} {each.year}" for each in wrong)
        raise click.ClickException(
            f"Attendance is kept otherwise than its rows say, which nothing but a change by hand can do: {named}."
        )


def _say_backups() -> None:
    """Whether the last backup is too old; nothing where there is no database to ask."""
    from django.db import DatabaseError
    from django.utils import timezone

    from sightline.keeping.selectors import backup_sentence

    try:
        sentence = backup_sentence(timezone.now())
    except DatabaseError:
        return
    if sentence:
        raise click.ClickException(sentence)


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
