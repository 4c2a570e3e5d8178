"""The command that exports everything."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from django.utils import timezone

from sightline.cli.backups import say_lacking
from sightline.cli.starting import need_database


@click.command(name="export-everything")
@click.argument("to", metavar="FOLDER_OR_ZIP", type=click.Path(path_type=Path))
@click.option(
    "--reason", required=True, metavar="WHY", help="Why; it is written into the journal and the export."
)
def export_everything(to: Path, reason: str) -> None:
    """Export all records and stored files of the partnership in open formats.

    FOLDER_OR_ZIP is a new folder, or a new file whose name ends in .zip. For each table there is a CSV and a JSON-lines
    file, with a data dictionary, a README and a manifest. Nothing child-level or restricted is in it, and nothing that
    signs anybody in; what was left out is told. People can go on working meanwhile. It is not encrypted. Exit status 1
    also where a stored file is missing or is not what was stored.
    """
    need_database()
    from sightline.carrying.choices import Refused
    from sightline.carrying.services import Asked, export_to
    from sightline.events.choices import COMMAND_LINE

    asked = Asked(None, COMMAND_LINE.label, reason, timezone.now())
    try:
        written = export_to(to, asked, by=COMMAND_LINE, say=_say)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    told = written.manifest
    click.echo(f"Written: {written.path} ({written.size:,} bytes): {told.rows:,} rows, {told.files:,} files.")
    click.echo(
        f"Left out because child-level or restricted: {told.withheld:,} rows. manifest.json tells what else."
    )
    click.echo(f"SHA-256: {written.sha256}")
    say_lacking(told.missing, told.changed)
    sys.exit(0 if told.is_whole else 1)


def _say(done: int, total: int, sentence: str) -> None:
    click.echo(sentence, err=True)
