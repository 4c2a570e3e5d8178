"""Run the measures and print how each thing grows with its size.

    .venv/bin/python benchmarks/run.py [NAME …] [--largest 1000000]

Names are papers, journal, likeness and pages; without any, all are run. The largest number of actions is 100,000
unless said.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the measures.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="papers journal likeness pages")
    parser.add_argument("--largest", type=int, default=100_000, help="how many actions the largest plan has")
    said = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as data:
        os.environ.update(SIGHTLINE_DATA=data, DJANGO_SETTINGS_MODULE="sightline.site.settings.development")
        os.environ.pop("DATABASE_URL", None)
        return measure_all(said.names, said.largest)


def measure_all(names: list[str], largest: int) -> int:
    """Run the measures named, or all, in a new SQLite database."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from benchmarks import journal, likeness, pages, papers
    from benchmarks.measuring import show

    measures = {
        "papers": papers.measure,
        "journal": journal.measure,
        "likeness": likeness.measure,
        "pages": pages.measure,
    }
    if unknown := set(names) - set(measures):
        print(f"There is no measure {', '.join(sorted(unknown))}: choose among {', '.join(measures)}.")
        return 2
    found = []
    for name in names or measures:
        print(f"Measuring {name} …", file=sys.stderr, flush=True)
        found += measures[name](largest)
    print(show(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
