"""Run the measures and print how each thing grows with its size.

    .venv/bin/python benchmarks/run.py [NAME …] [--largest 1000000] [--database sqlite|postgres] [--processor-time]

Names are pages, meetings, papers, packs, render, journal, likeness and identifying; without any, all are run, pages,
meetings and journal on both databases. The largest plan has 100,000 actions unless said. What is printed are ratios:
seconds of one computer say nothing of another.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("pages", "meetings", "papers", "render", "journal", "likeness", "identifying", "packs")
DATABASES = ("sqlite", "postgres")


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the measures.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(NAMES))
    parser.add_argument("--largest", type=int, default=100_000, help="how many actions the largest plan has")
    parser.add_argument("--database", choices=DATABASES, help="one of both only")
    parser.add_argument(
        "--processor-time",
        action="store_true",
        help="time requests by the processor: for a busy computer, SQLite",
    )
    parser.add_argument("--within", action="store_true", help=argparse.SUPPRESS)
    said = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if unknown := set(said.names) - set(NAMES):
        print(f"There is no measure {', '.join(sorted(unknown))}: choose among {', '.join(NAMES)}.")
        return 2
    if said.within:
        return measure_all(said.names, said.largest)
    names = said.names or list(NAMES)
    if said.processor_time:
        os.environ["SIGHTLINE_BENCH_CLOCK"] = "processor"
    databases = [said.database] if said.database else list(DATABASES)
    worst = 0
    for place, database in enumerate(databases):
        wanted = [name for name in names if name in {"pages", "meetings", "journal"} or place == 0]
        worst = max(worst, run_on(database, wanted, said.largest) if wanted else 0)
    return worst


def run_on(database: str, names: list[str], largest: int) -> int:
    """Run measures in a process of their own, with a new database that is gone afterwards."""
    with contextlib.ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="sightline-bench-"))
        given = {"SIGHTLINE_DATA": data, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | given
        if database == "postgres":
            from tests.postgres import server

            environment["SIGHTLINE_BENCH_SOCKET"] = str(stack.enter_context(server()))
        print(f"\n{database.upper()}", flush=True)
        command = [sys.executable, __file__, *names, "--largest", str(largest), "--within"]
        return subprocess.run(command, env=environment, check=False).returncode


def measure_all(names: list[str], largest: int) -> int:
    """Run the measures named in the database that the settings name."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from benchmarks import identifying, journal, likeness, packs, papers, render
    from benchmarks.measuring import show

    grown = {"papers": papers.measure, "render": render.measure, "journal": journal.measure}
    grown["likeness"] = likeness.measure
    for name in names:
        print(f"Measuring {name} …", file=sys.stderr, flush=True)
        told = {
            "pages": lambda: pages_shown(largest),
            "meetings": meetings_shown,
            "identifying": identifying.lines,
            "packs": packs.lines,
        }
        for line in told[name]() if name in told else [show(list(grown[name](largest)))]:
            print(line, flush=True)
        if name == "journal":
            print(journal.cost(), flush=True)
    return 0


def pages_shown(largest: int) -> Iterator[str]:
    """The pages as a table, then lists and the plan as CSV, each told when it is known."""
    from benchmarks import pages, taking
    from benchmarks.county import County

    county = County()
    yield pages.show(list(pages.measure(county, largest)), pages.sizes_up_to(largest))
    yield from taking.measure(county)


def meetings_shown() -> Iterator[str]:
    """The pages of meetings as a table."""
    from benchmarks import meetings
    from benchmarks.years import Years

    yield meetings.show(list(meetings.measure(Years())))


if __name__ == "__main__":
    sys.exit(main())
