"""Everything that can be checked without running the product: style, types, imports, migrations, the tree itself.

    .venv/bin/python tools/check.py

All checks run; those that fail show their words, and the exit status is 1.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
AT_ONCE = 2
CHECKS: list[tuple[str, list[str]]] = [
    # The longest first: two run at once.
    ("Types", [str(BIN / "mypy")]),
    ("Style", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("Layout of the code", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("Import contracts", [str(BIN / "lint-imports")]),
    ("System checks", [sys.executable, "-m", "django", "check", "--fail-level", "WARNING"]),
    ("Migrations", [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]),
    (
        "The tree",
        [
            str(BIN / "pytest"),
            "-vv",
            "--tb=short",
            "--no-header",
            "-p",
            "no:randomly",
            "tests/test_repository.py",
        ],
    ),
]


def run(name: str, command: list[str]) -> bool:
    """Run one check, say how it went, and show what it found."""
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "sightline.site.settings.test"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    told = f"{name}: {'passed' if passed else 'FAILED'} ({time.monotonic() - started:.0f} s)"
    # In one go: another check may have something to say at the same time.
    print("\n".join([told, *([] if passed else [(done.stdout + done.stderr).strip()])]), flush=True)
    return passed


def main() -> int:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(run, *zip(*CHECKS, strict=True)))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
