"""Set everything up on a fresh clone: packages, the style sheet, and the browser that the tests drive.

    python3 tools/set_up.py [--for running|testing]

Works with nothing but Python, as root or not. What it may not install itself it says in one sentence. A second call
finds everything in place and takes a moment. Reads in any Python 3, because it looks for a Python 3.11 or newer.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
LOCK = os.path.join(ROOT, "requirements", "dev.txt")
STAMP = os.path.join(VENV, ".made-from")
OLDEST = (3, 11)
NAMES = ["python3.11", "python3", "python3.12", "python3.13", "python3.14", "python"]
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


class CannotSetUp(Exception):
    """What stands in the way, as a sentence that says what to do."""


def say(sentence):
    print(sentence, flush=True)


def run(command, quietly=False):
    """Run a command without asking anything; True when it succeeded."""
    output = subprocess.DEVNULL if quietly else None
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive", PIP_DISABLE_PIP_VERSION_CHECK="1")
    return (
        subprocess.call(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment
        )
        == 0
    )


def may_install():
    """Whether Debian's packages can be installed without asking anybody."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages):
    """Install Debian's packages, quietly; True when they are there afterwards."""
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *list(packages)]
    return run(command, quietly=True) or (
        run(["apt-get", "update", "-q"], quietly=True) and run(command, quietly=True)
    )


def version_of(python):
    """The (major, minor) of a Python, or None where it does not run."""
    question = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.check_output(
            [python, "-c", question], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return tuple(int(word) for word in answer.split())


def find_python():
    """A Python of 3.11 or newer, this one first."""
    for name in [sys.executable, *NAMES]:
        path = shutil.which(name) if name else None
        if path and (version_of(path) or (0, 0)) >= OLDEST:
            return path
    raise CannotSetUp(
        "Sightline needs Python 3.11 or newer: install it (Debian: apt-get install python3) and try again."
    )


def make_environment():
    """Make .venv unless there is one that works."""
    if (version_of(PYTHON) or (0, 0)) >= OLDEST and run([PYTHON, "-m", "pip", "--version"], quietly=True):
        return
    python = find_python()
    say("Making the environment .venv …")
    command = [python, "-m", "venv", "--clear", VENV]
    if run(command, quietly=True):
        return
    # Debian keeps the part that makes environments in a package of its own.
    if (
        may_install()
        and install("python3-venv", "python{}.{}-venv".format(*version_of(python)))
        and run(command)
    ):
        return
    raise CannotSetUp(
        "Python's venv module is missing: run apt-get install python3-venv as root, then make setup again."
    )


def fingerprint():
    """One value for everything that decides what is installed."""
    digest = hashlib.sha256(str(version_of(PYTHON)).encode())
    for path in (LOCK, os.path.join(ROOT, "pyproject.toml")):
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def stamped():
    """What the environment was made from, or an empty text."""
    try:
        with open(STAMP) as file:
            return file.read()
    except OSError:
        return ""


def install_packages():
    """Install exactly what the lock names, each file checked by its hash, and Sightline itself from this folder."""
    if stamped() == fingerprint() and os.path.exists(os.path.join(VENV, "bin", "sightline")):
        return
    say("Installing Python packages (a minute or two) …")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    if not run([*pip, "--require-hashes", "-r", LOCK]):
        raise CannotSetUp("The Python packages could not be installed: see pip's words above.")
    if not run([*pip, "--no-index", "--no-deps", "--no-build-isolation", "-e", ROOT]):
        raise CannotSetUp("Sightline itself could not be installed: see pip's words above.")
    with open(STAMP, "w") as file:
        file.write(fingerprint())


def find_browser():
    """The path of a Chromium, or None."""
    named = os.environ.get("SIGHTLINE_CHROMIUM")
    return named or next((path for path in map(shutil.which, BROWSERS) if path), None)


def install_browser():
    """Install Chromium where that is allowed; otherwise say so. Only the browser tests need it."""
    if find_browser():
        return
    if may_install():
        say("Installing Chromium for the browser tests …")
        if install("chromium", "fonts-liberation") and find_browser():
            return
    say(
        "The browser tests need Chromium, which could not be installed: run apt-get install chromium as root."
    )


def main():
    parser = argparse.ArgumentParser(description="Set Sightline up on a fresh clone.")
    parser.add_argument("--for", dest="purpose", choices=["running", "testing"], default="testing")
    purpose = parser.parse_args().purpose
    try:
        make_environment()
        install_packages()
        if not run([PYTHON, os.path.join(ROOT, "tools", "build_assets.py")]):
            raise CannotSetUp("The style sheet could not be made: see the words above.")
        if purpose == "testing":
            install_browser()
    except CannotSetUp as problem:
        say(str(problem))
        return 1
    say("Sightline is set up: .venv/bin/sightline --help")
    return 0


if __name__ == "__main__":
    sys.exit(main())
