"""The wheel installs into an empty environment, without Node, and runs there.

The environment gets the packages that requirements/run.txt names, and no others: copied from the one the tests run in,
so that nothing is fetched. pip itself then says whether they are what the wheel asks for.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
SECRET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def requirements(name: str) -> list[Requirement]:
    """The requirements of a file in requirements/ that hold on this computer."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    lines = [line.split(" \\")[0].strip() for line in text.splitlines() if re.match("[a-z]", line)]
    found = [Requirement(line) for line in lines]
    return [item for item in found if item.marker is None or item.marker.evaluate()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an empty environment into which the wheel was installed."""
    home = tmp_path_factory.mktemp("installed")
    _run([sys.executable, "-m", "venv", str(home)])
    (packages,) = home.glob("lib/python*/site-packages")
    for requirement in requirements("run.txt"):
        _copy(requirement.name, packages)
    python = str(home / "bin" / "python")
    _run([python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)])
    return home / "bin"


def _copy(name: str, packages: Path) -> None:
    for file in distribution(name).files or []:
        # What lies above site-packages are programs and manuals, whose first line names the other environment.
        if ".." in file.parts or file.suffix == ".pyc":
            continue
        target = packages / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(file.locate()), target)


def _run(command: list[str], **environment: str) -> "subprocess.CompletedProcess[str]":
    done = _try(command, **environment)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done


def _try(command: list[str], **environment: str) -> "subprocess.CompletedProcess[str]":
    # No more than a bare computer has: no Node on the path, and nothing of this environment.
    bare = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **environment}
    return subprocess.run(
        command, env=bare, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def test_the_wheel_asks_for_what_the_list_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = (ROOT / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
    assert project["dependencies"] == [line for line in listed if line and not line.startswith("#")]


def test_the_wheel_carries_what_it_needs_and_no_more(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "sightline/site/static/compiled/site.css",
        "sightline/site/static/compiled/govuk.js",
        "sightline/site/static/compiled/fonts/atkinson-hyperlegible-latin-ext-400-normal.woff2",
        "sightline/rendering/fonts_made/atkinson-hyperlegible-latin-700-normal.ttf",
        "sightline/definitions/roles.yaml",
        "sightline/definitions/roles.schema.json",
    ):
        assert needed in names
    source = ROOT / "sightline"
    templates = {str(path.relative_to(ROOT)) for path in source.rglob("templates/**/*") if path.is_file()}
    assert templates - names == set()
    migrations = {str(path.relative_to(ROOT)) for path in source.rglob("migrations/*.py")}
    assert len(migrations) > 10
    assert migrations - names == set()
    strays = {name for name in names if not name.startswith(("sightline/", "sightline-"))}
    assert strays == set()
    assert {name for name in names if name.endswith((".scss", ".pyc", ".sqlite3"))} == set()


def test_the_environment_satisfies_the_wheel(installed: Path) -> None:
    assert (
        _run([str(installed / "python"), "-m", "pip", "check"]).stdout.strip()
        == "No broken requirements found."
    )


def test_sightline_check_passes_there(installed: Path, tmp_path: Path) -> None:
    done = _run([str(installed / "sightline"), "check"], SIGHTLINE_DATA=str(tmp_path / "data"))
    assert "in order" in done.stdout


def test_a_document_is_read_there_without_a_database(installed: Path, tmp_path: Path) -> None:
    paper = tmp_path / "plan.csv"
    paper.write_text("No.,Action,Lead,By when\n1,Write the leaflet,WSCP,March 2027\n", encoding="utf-8")
    done = _run(
        [str(installed / "sightline"), "read", str(paper), "--json"], SIGHTLINE_DATA=str(tmp_path / "data")
    )
    assert "Write the leaflet" in done.stdout


def test_production_starts_there(installed: Path, tmp_path: Path) -> None:
    environment = {
        "DJANGO_SETTINGS_MODULE": "sightline.site.settings.production",
        "SIGHTLINE_SECRET_KEY": SECRET,
        "SIGHTLINE_JOURNAL_KEY": SECRET[::-1],
        "SIGHTLINE_ALLOWED_HOSTS": "partnership.example",
        "SIGHTLINE_ALLOW_SQLITE": "yes",
        "SIGHTLINE_EMAIL_URL": f"folder:{tmp_path / 'mail'}",
        "SIGHTLINE_EMAIL_FROM": "partnership@example.org",
        "SIGHTLINE_DATA": str(tmp_path / "data"),
    }
    os.mkdir(tmp_path / "data")
    django = [str(installed / "python"), "-m", "django"]
    _run([*django, "check", "--deploy", "--fail-level", "WARNING"], **environment)
    _run([*django, "collectstatic", "--noinput"], **environment)
    assert (tmp_path / "data" / "static" / "staticfiles.json").exists()
    refused = _try([str(installed / "sightline"), "check"], **{**environment, "SIGHTLINE_ALLOWED_HOSTS": ""})
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert "No host name is allowed" in refused.stderr
