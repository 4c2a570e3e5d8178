"""Run every test: on SQLite, on PostgreSQL, in a browser, and on the built wheel; then print the totals.

    .venv/bin/python tools/run_tests.py [STAGE …]        stages: sqlite postgres journeys packaging

All stages run even when one fails. Their reports lie in test-results/.
"""

import argparse
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "test-results"
PYTEST = [str(Path(sys.executable).parent / "pytest"), "-q", "--durations=5"]
PROCESSES = ["-n", os.environ.get("SIGHTLINE_TEST_PROCESSES", "2"), "--dist", "worksteal"]
UNIT = ["-m", "not journey and not packaging and not soak", *PROCESSES]


@dataclass(frozen=True)
class Stage:
    key: str
    title: str
    arguments: list[str]
    database: str = "sqlite"


STAGES = [
    Stage("sqlite", "Tests on SQLite", UNIT),
    Stage("postgres", "Tests on PostgreSQL", UNIT, "postgres"),
    Stage("journeys", "Journeys in a browser", ["-m", "journey", *PROCESSES]),
    Stage("packaging", "The built wheel", ["-m", "packaging"]),
]


@dataclass
class Totals:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        """Add the counts of one JUnit report; a stage that wrote none has failed as a whole."""
        if not report.exists():
            self.failed += 1
            return
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314 - written by our own run
            counts = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
            bad = counts["failures"] + counts["errors"]
            self.failed += bad
            self.skipped += counts["skipped"]
            self.passed += max(0, counts["tests"] - bad - counts["skipped"])


def run(stage: Stage, totals: Totals) -> bool:
    """Run one stage; True when pytest was content."""
    print(f"\n── {stage.title}", flush=True)
    report = RESULTS / f"{stage.key}.xml"
    report.unlink(missing_ok=True)
    started = time.monotonic()
    done = subprocess.run(
        [*PYTEST, *stage.arguments, f"--junit-xml={report}"],
        cwd=ROOT,
        env={**os.environ, "SIGHTLINE_TEST_DB": stage.database},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    totals.add(report)
    print(f"{stage.title}: {time.monotonic() - started:.0f} s", flush=True)
    return done.returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Run every test and print the totals.")
    parser.add_argument("stages", nargs="*", metavar="STAGE", help=" ".join(stage.key for stage in STAGES))
    wanted = parser.parse_args().stages
    if unknown := set(wanted) - {stage.key for stage in STAGES}:
        parser.error(f"there is no stage {', '.join(sorted(unknown))}")
    RESULTS.mkdir(exist_ok=True)
    totals = Totals()
    content = [run(stage, totals) for stage in STAGES if not wanted or stage.key in wanted]
    print(f"\n{totals.passed} passed, {totals.failed} failed, {totals.skipped} skipped", flush=True)
    return 0 if all(content) else 1


if __name__ == "__main__":
    sys.exit(main())
