"""The command line: `sightline COMMAND`. Every command ends with an exit status and a sentence, never a traceback.

Exit status: 0 done; 1 something went wrong or was refused; 2 the file or the words of the command cannot be used.
"""

from __future__ import annotations

import os
import sys
import traceback

import click

from sightline import __version__
from sightline.cli.backups import backup, restore
from sightline.cli.carrying import export_everything
from sightline.cli.keeping import check, journal, search
from sightline.cli.papers import export, import_, read, report
from sightline.cli.partnership import demo, init, take_away_second_step
from sightline.cli.running import bounces, serve, work


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sightline")
def sightline() -> None:
    """Run a local safeguarding children partnership and keep its line of sight.

    The database and files lie in the folder SIGHTLINE_DATA (./var unless set). `sightline demo` loads the invented
    county of Wealdshire; `sightline init` starts a real, empty partnership.
    """


for _command in (
    init,
    demo,
    serve,
    work,
    bounces,
    read,
    import_,
    export,
    export_everything,
    report,
    journal,
    search,
    check,
    backup,
    restore,
    take_away_second_step,
):
    sightline.add_command(_command)


def main() -> None:
    """Run the command of this process and leave with its exit status."""
    try:
        status = sightline.main(standalone_mode=False)
    except click.exceptions.Exit as leaving:
        status = leaving.exit_code
    except click.ClickException as refused:
        refused.show()
        status = refused.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was finished is kept; the step that was under way is not.", err=True)
        status = 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except Exception as fault:
        status = _say_fault(fault)
    sys.exit(status if isinstance(status, int) else 0)


def _say_fault(fault: Exception) -> int:
    """One sentence for a fault nobody foresaw; the traceback only where SIGHTLINE_DEBUG asks for it."""
    if os.environ.get("SIGHTLINE_DEBUG"):
        traceback.print_exception(fault)
    words = " ".join(str(fault).split()) or type(fault).__name__
    click.echo(f"This could not be done: {words} (SIGHTLINE_DEBUG=1 shows where it happened.)", err=True)
    return 1


if __name__ == "__main__":
    main()
