"""Commands that make a backup and put one back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils import timezone

from sightline.cli.starting import need_database, start

if TYPE_CHECKING:
    from sightline.keeping.rules import Manifest
    from sightline.keeping.services import Restored

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
KEY = click.option(
    "--key", type=FILE, metavar="FILE", help="The file that holds the private key, as age-keygen writes it."
)


@click.command()
@click.argument("to", metavar="TO", type=click.Path(path_type=Path), required=False)
@click.option("--recipient", "recipients", multiple=True, metavar="KEY", help="A public key; again for each.")
@click.option(
    "--not-encrypted",
    is_flag=True,
    help="Write it open: whoever has the file can read everything in it, names and case lists included.",
)
@click.option(
    "--keep",
    type=click.IntRange(1),
    metavar="N",
    help="After a whole one, keep the newest N in the folder TO.",
)
@click.option(
    "--verify", "verify", type=FILE, metavar="FROM", help="Check every part of a backup; restore nothing."
)
@KEY
def backup(
    to: Path | None,
    recipients: tuple[str, ...],
    not_encrypted: bool,
    keep: int | None,
    verify: Path | None,
    key: Path | None,
) -> None:
    """Back up the database and the stored files into one encrypted file.

    TO is a new file, or a folder, in which the file is named by the moment. It is encrypted to the public keys in
    SIGHTLINE_BACKUP_RECIPIENTS or given here, so that this server cannot read its own backups. Exit status 1 also
    where a stored file is missing or is not what was stored: the backup is kept, and each is named.
    """
    if verify:
        _verify(verify, key)
    elif to is None:
        raise click.UsageError("Say where the backup is to go: a new file, or a folder.")
    else:
        _back_up(to, recipients, not_encrypted, keep)


def _verify(path: Path, key: Path | None) -> None:
    start()
    from sightline.keeping.choices import Refused
    from sightline.keeping.services import identities_of, unpack

    try:
        manifest = unpack(path, identities_of(key) if key else [])
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    every = "Whole: every" if manifest.is_whole else "Every"
    click.echo(f"{every} part is what was written. {_told(manifest)}")
    say_lacking(manifest.missing, manifest.changed)
    sys.exit(0 if manifest.is_whole else 1)


def _told(manifest: Manifest) -> str:
    rows = sum(manifest.tables.values())
    return (
        f"Made {manifest.made_at} by Sightline {manifest.version} ({manifest.kind} {manifest.server}): {rows:,} rows, "
        f"{len(manifest.files):,} files. Head of the journal: {manifest.head.printed or 'no seal yet'}"
    )


def _back_up(to: Path, recipients: tuple[str, ...], not_encrypted: bool, keep: int | None) -> None:
    need_database()
    from django.conf import settings

    from sightline.events.choices import COMMAND_LINE
    from sightline.keeping.choices import Refused
    from sightline.keeping.services import back_up, keep_newest

    keys = recipients or tuple(settings.BACKUP_RECIPIENTS)
    if bool(keys) == not_encrypted:
        raise click.UsageError(
            "Name a public key with --recipient or SIGHTLINE_BACKUP_RECIPIENTS (age-keygen makes a pair), or say "
            "--not-encrypted, and not both."
        )
    if keep and not to.is_dir():
        raise click.UsageError("--keep goes with a folder: TO is none.")
    try:
        made = back_up(to, recipients=keys, by=COMMAND_LINE, now=timezone.now(), say=_say)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"Written: {made.path} ({made.size:,} bytes). {_told(made.manifest)}")
    say_lacking(made.manifest.missing, made.manifest.changed)
    if not made.manifest.is_whole:
        sys.exit(1)
    for gone in keep_newest(to, keep) if keep else ():
        click.echo(f"Taken away, older than the newest {keep}: {gone}")


def say_lacking(missing: Sequence[str], changed: Sequence[str]) -> None:
    """Name the stored files that are not in what was written, or not as they were."""
    for name in missing:
        click.echo(f"MISSING: the database names the file {name}, and it was not in the store.", err=True)
    for name in changed:
        click.echo(f"CHANGED: the file {name} is not what was stored.", err=True)


@click.command()
@click.argument("from_", metavar="FROM", type=FILE)
@KEY
@click.option("--reason", required=True, metavar="WHY", help="Why; it is written into the journal.")
@click.option(
    "--replace", is_flag=True, help="Where there is something already: keep it beside, under a new name."
)
@click.option(
    "--journal-key-lost",
    is_flag=True,
    help="The key that sealed the journal is lost: what stands in it can no longer be proved.",
)
def restore(from_: Path, key: Path | None, reason: str, replace: bool, journal_key_lost: bool) -> None:
    """Put the backup FROM into an empty database and an empty store of files.

    Stop the web processes and the worker first. Every part is checked before anything is touched. An older backup is
    brought up to this version. Everybody is signed out, and the journal tells that it was done. Exit status 1 also
    where the journal in it is broken, or the backup lacks files; each is named.
    """
    start()
    from sightline.events.choices import COMMAND_LINE
    from sightline.keeping import services
    from sightline.keeping.choices import Refused

    try:
        identities = services.identities_of(key) if key else []
        wanted = services.Wanted(from_, identities, COMMAND_LINE, reason, replace, journal_key_lost)
        done = services.restore(wanted, now=timezone.now(), say=_say)
    except Refused as refused:
        raise click.ClickException(f"{refused} Nothing was changed.") from None
    _say_restored(done)


def _say_restored(done: Restored) -> None:
    found = done.verification
    click.echo(f"Restored. {_told(done.manifest)}")
    click.echo(
        f"The journal was verified: {found.sealed:,} sealed and whole, {found.unsealed:,} not sealed then."
    )
    click.echo(f"Sessions ended: {done.sessions:,}. The journal tells that this was done.")
    for aside in done.asides:
        click.echo(f"What was there before stands in {aside}; take it away once all is well.")
    for broken in found.broken:
        click.echo(f"BROKEN: {broken}", err=True)
    say_lacking(done.manifest.missing, done.manifest.changed)
    sys.exit(1 if found.broken or not done.manifest.is_whole else 0)


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
