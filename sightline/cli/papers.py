"""Commands about papers: reading one, importing it into a plan, exporting a plan, printing a report."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from django.utils import timezone

from sightline.cli.starting import acting, as_at_option, as_option, need_database
from sightline.reading.blocks import UnreadableFile
from sightline.reading.schema import Reading

if TYPE_CHECKING:
    from sightline.plans.models import Plan

PAPER = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)


class CannotBeRead(click.ClickException):
    """The file cannot be read: exit status 2."""

    exit_code = 2


@click.command()
@click.argument("file", type=PAPER)
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object (docs/reading-schema.md) and nothing else."
)
def read(file: Path, as_json: bool) -> None:
    """Say what a document holds, without touching a database: Word, Excel, CSV, PDF, HTML, Markdown or text."""
    from sightline.reading.names import KnownNames
    from sightline.reading.sandbox import read_in_child

    try:
        reading = read_in_child(file, KnownNames())
    except UnreadableFile as refused:
        raise CannotBeRead(str(refused)) from None
    if as_json:
        click.echo(json.dumps(reading.as_json(), ensure_ascii=False, indent=1))
        return
    for line in _told(reading):
        click.echo(line)


def _told(reading: Reading) -> list[str]:
    """A reading in a few lines a person can use."""
    counts, facts = reading.counts, reading.document
    lines = [
        f"{facts.title or facts.file} ({facts.kind.replace('_', ' ')})",
        f"Rows seen {counts.rows_seen}: imported {counts.imported}, joined {counts.joined}, "
        f"headings and furniture {counts.furniture}, set aside {counts.set_aside}.",
        f"Priorities {len(reading.priorities)}, actions {len(reading.rows)}, "
        f"recommendations {len(reading.recommendations)}, seats {len(reading.attendance)}, "
        f"members {len(reading.members)}, figures {len(reading.figures)}.",
    ]
    for warning in reading.warnings:
        place = ", ".join(f"{name} {value}" for name, value in warning.at.as_json().items())
        lines.append(f"- {warning.message}" + (f" ({place})" if place else ""))
    return lines


@click.command("import")
@click.argument("file", type=PAPER)
@click.option(
    "--plan",
    "plan_name",
    required=True,
    metavar="NAME",
    help="The plan's name or key; a new name starts one.",
)
@as_at_option
@click.option("--dry-run", is_flag=True, help="Say what would be imported, and change nothing.")
@as_option
def import_(
    file: Path, plan_name: str, as_at: datetime.date | None, dry_run: bool, as_email: str | None
) -> None:
    """Import a plan document, or its next version, as the upload page does. All or nothing.

    Unknown owners are kept as text, to be matched later; a cell changed both in the plan and on the paper keeps the
    plan's words. The page shows and decides such things one by one.
    """
    need_database()
    from sightline.plans.services import imports

    user, actor = acting(as_email)
    try:
        outcome = imports.import_whole(
            file, plan_name=plan_name, as_at=as_at, dry_run=dry_run, user=user, by=actor, now=timezone.now()
        )
    except UnreadableFile as refused:
        raise CannotBeRead(str(refused)) from None
    except imports.ImportRefused as refused:
        raise click.ClickException(str(refused)) from None
    for line in outcome.lines:
        click.echo(line)


@click.command()
@click.argument("plan", metavar="PLAN")
@click.option(
    "--format", "format_", type=click.Choice(["docx", "xlsx", "csv", "md", "pdf", "json"]), required=True
)
@click.option("--output", "-o", type=OUT, help="File to write; standard output where absent.")
@as_option
def export(plan: str, format_: str, output: Path | None, as_email: str | None) -> None:
    """Export a plan (name or key) as printed; Word, Excel, CSV and Markdown can be read back in."""
    need_database()
    from sightline.plans.reports.printed import export_plan

    user, actor = acting(as_email)
    found = _plan(user, plan)
    _write(export_plan(found, format_, user=user, by=actor, on=timezone.localdate()), output)


def _plan(user: Any, name: str) -> Plan:
    from sightline.plans.selectors.imports import plan_named

    found = plan_named(user, name)
    if found is None:
        raise click.BadParameter(f"There is no plan “{name}”.", param_hint="PLAN")
    return found


def _write(content: bytes, output: Path | None) -> None:
    if output:
        output.write_bytes(content)
        click.echo(f"Written: {output}", err=True)
    else:
        sys.stdout.buffer.write(content)


@click.group()
def report() -> None:
    """Reports in Word, PDF, HTML or Excel."""


@report.command()
@click.option("--group", "group_key", metavar="G", help="Key of a group; the whole partnership where absent.")
@click.option("--plan", "plan_key", metavar="P", help="Key of a plan; all plans where absent.")
@as_at_option
@click.option("--format", "format_", type=click.Choice(["docx", "pdf", "html", "xlsx"]), required=True)
@click.option("--issue", is_flag=True, help="Issue it: freezes its rows, its day and who issued it.")
@click.option("--output", "-o", type=OUT, help="File to write; standard output where absent.")
@as_option
def exceptions(
    group_key: str | None,
    plan_key: str | None,
    as_at: datetime.date | None,
    format_: str,
    issue: bool,
    output: Path | None,
    as_email: str | None,
) -> None:
    """The exception report: what the business group must look at, each with the sentence why."""
    need_database()
    from django.conf import settings

    from sightline.events.choices import Unacceptable
    from sightline.plans.reports import print_exception_report

    user, actor = acting(as_email)
    try:
        content = print_exception_report(
            group_key,
            plan_key=plan_key,
            as_at=as_at or timezone.localdate(),
            format=format_,
            issue=issue,
            site_address=settings.SITE_ADDRESS,
            user=user,
            by=actor,
            now=timezone.now(),
        )
    except Unacceptable as refused:
        raise click.UsageError(str(refused)) from None
    _write(content, output)
