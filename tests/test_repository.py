"""What must hold for every file of the repository, whoever wrote it."""

import ast
import hashlib
import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Written in two halves, so that this file is not the first to break its own rule.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb.deb" + "ian.org",
]
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:work" + r"/|root" + r"/|home/[a-z]|Users/[A-Za-z])")
# First letters of the SHA-256 of names of real people and places that stand in papers we learnt from.
_HASHES = (
    "066cab9004 0d8e256f75 1f7b3bb663 27f4390c2f 2b9ef02d90 32ec01a403 34481a257b 37213c8c0c "
    "382fdec8b4 42b9431d41 4720783d86 481bf12f62 4de5293b24 55411ff1ba 5b66290150 5bc36e6150 "
    "5dbbf8dec5 6aa3926fbc 6ca0296f96 6ed1a6246d 8202aa2c9f 87b1e364cb 8b20428cf4 9a98d8a992 "
    "9f39a87c5b 9fcb561149 a3b2bb5c15 a735447bee a8ce62a15b b4cfd98970 b7b7411c3a b96a11012d "
    "bf070929a0 cf766af9eb d1b3e5d792 d466fbeec4 deab981e6c e5a15ed230 e7689dde7c e9553b3478 "
    "ee2a8f7baf f7d46710aa fc84266a96 fcb957a847 "
)
REAL_NAMES = frozenset(_HASHES.split())
LOCKS = {"requirements/run.txt", "requirements/dev.txt", "package-lock.json"}
# How many words in a row make a quotation rather than a turn of phrase.
QUOTATION = 12


@cache
def tracked() -> list[str]:
    """The repository's files: those that git has or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return [name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


@cache
def texts() -> dict[str, str]:
    """The contents of every text file, by name."""
    found = {}
    for name in tracked():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            found[name] = content.decode("utf-8")
    return found


def python_files() -> list[str]:
    return [name for name in tracked() if name.endswith(".py") and "/migrations/" not in name]


def words(text: str) -> list[str]:
    """The words of a text in small letters, without those of mark-up."""
    return re.findall(r"[a-z]+", re.sub(r"<[^<>]{1,300}>", " ", text.lower()))


def is_real_name(word: str) -> bool:
    return hashlib.sha256(f"sightline:{word}".encode()).hexdigest()[:10] in REAL_NAMES


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_package_registry(host: str) -> None:
    assert [name for name, text in texts().items() if host in text] == []


def test_the_lock_of_the_style_sheets_packages_records_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    entries = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in entries.items() if "resolved" in entry] == []
    assert [name for name, entry in entries.items() if "integrity" not in entry] == []


def test_every_line_of_the_locks_of_python_packages_carries_hashes() -> None:
    for name in ("requirements/run.txt", "requirements/dev.txt"):
        blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text())
        pinned = [block for block in blocks if re.match(r"[a-z0-9._-]+(\[[a-z]+\])?==", block)]
        assert len(pinned) > 30
        assert [block.split()[0] for block in pinned if "--hash=sha256:" not in block] == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = [
        f"{name}: {line.strip()[:100]}"
        for name, text in texts().items()
        if name not in LOCKS
        for line in text.splitlines()
        if MACHINE_PATH.search(line)
    ]
    assert found == []


def test_no_file_holds_a_name_from_the_papers_we_learnt_from() -> None:
    found = [
        (name, word) for name, text in texts().items() for word in set(words(text)) if is_real_name(word)
    ]
    assert found == []


def test_nothing_is_quoted_from_the_papers_we_learnt_from(shared: Path) -> None:
    papers = [
        path.read_text(encoding="utf-8", errors="replace")
        for path in sorted((shared / "seeds").glob("*.txt"))
    ]
    assert papers
    known = {run for paper in papers for run in _runs(words(paper))}
    found = {
        f"{name}: {' '.join(run)}"
        for name, text in texts().items()
        if name not in LOCKS
        for run in _runs(words(text))
        if run in known
    }
    assert "\n".join(sorted(found)) == ""


def _runs(row: list[str]) -> list[tuple[str, ...]]:
    return [tuple(row[at : at + QUOTATION]) for at in range(len(row) - QUOTATION + 1)]


def _limit(path: str) -> int:
    """How many lines a function may have: a screen; a rule or a permission, what one reads at a glance."""
    parts = path.removesuffix(".py").split("/")
    return 15 if parts[0] == "sightline" and {"rules", "permissions"} & set(parts) else 40


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without those of its docstring."""
    first = function.body[0]
    spoken = ast.get_docstring(function) is not None
    explained = (first.end_lineno or first.lineno) - first.lineno + 1 if spoken else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - explained


def test_functions_are_short() -> None:
    long = []
    for name in python_files():
        if not name.startswith(("sightline/", "tools/")):
            continue
        for node in ast.walk(ast.parse(texts()[name])):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = _lines(node)
                if length > _limit(name):
                    long.append(f"{name}: {node.name} has {length} lines; {_limit(name)} are allowed")
    assert "\n".join(long) == ""


def test_files_are_short() -> None:
    """The product's files; a file of tests may list more cases."""
    allowed = {name: 400 if name.startswith(("sightline/", "tools/")) else 600 for name in python_files()}
    long = [
        f"{name}: {n}" for name in python_files() if (n := len(texts()[name].splitlines())) > allowed[name]
    ]
    assert "\n".join(long) == ""


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "common", "core", "helpers", "base", "misc"}
    paths = [Path(name) for name in tracked() if name.startswith("sightline/") and name.endswith(".py")]
    named = [str(path) for path in paths if empty & {path.stem, *path.parts}]
    assert named == ["sightline/site/settings/base.py"]


def test_no_model_overrides_save() -> None:
    overrides = []
    for name in python_files():
        if not name.startswith("sightline/"):
            continue
        for node in ast.walk(ast.parse(texts()[name])):
            if isinstance(node, ast.ClassDef) and any(
                ast.unparse(base).endswith("Model") for base in node.bases
            ):
                overrides += [
                    f"{name}: {node.name}" for item in node.body if getattr(item, "name", "") == "save"
                ]
    assert overrides == []


def test_every_page_that_is_referred_to_exists() -> None:
    pages = re.compile(r"\b(?:docs|decisions)/[\w./-]+\.(?:md|png)\b|\bdecisions/\d{4}\b")
    missing = set()
    for name, text in texts().items():
        for page in pages.findall(text):
            if not list(ROOT.glob(f"{page}*")):
                missing.add(f"{name}: {page}")
    assert "\n".join(sorted(missing)) == ""


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    name = re.compile(r"\bSIGHTLINE_[A-Z0-9_]+\b")
    documented = set(name.findall(texts()["docs/production.md"]))
    files = ("base", "production", "safety", "environment", "files")
    read = {word for file in files for word in name.findall(texts()[f"sightline/site/settings/{file}.py"])}
    by_file = {f"{word}_FILE" for word in documented}
    assert read - by_file - {"SIGHTLINE_MODE"} == documented
