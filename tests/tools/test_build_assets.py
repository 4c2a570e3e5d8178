"""What the browser is given, as made at set-up."""

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import build_assets

COMPILED = build_assets.COMPILED


@pytest.fixture(scope="module", autouse=True)
def _made() -> None:
    if not COMPILED.exists():
        pytest.fail("The style sheet is not made yet: run make setup.", pytrace=False)


def test_the_style_sheet_is_small_and_asks_only_for_our_own_fonts() -> None:
    text = (COMPILED / "site.css").read_text(encoding="utf-8")
    addresses = set(re.findall(r"url\(\"?([^\")]+)\"?\)", text))
    assert {address for address in addresses if not address.startswith("data:")} == {
        f"fonts/atkinson-hyperlegible-{letters}-{weight}-normal.woff2"
        for letters in ("latin", "latin-ext")
        for weight in (400, 700)
    }
    assert len(gzip.compress(text.encode())) < 30_000


def test_every_font_that_is_asked_for_is_there() -> None:
    text = (COMPILED / "site.css").read_text(encoding="utf-8")
    asked = re.findall(r"url\(\"?(fonts/[^\")]+)\"?\)", text)
    assert [name for name in asked if (COMPILED / name).read_bytes()[:4] != b"wOF2"] == []


def test_the_typeface_and_the_arms_of_the_crown_are_not_used() -> None:
    text = (COMPILED / "site.css").read_text(encoding="utf-8")
    assert [word for word in ("GDS Transport", "govuk-crest") if word in text] == []


def test_nothing_points_at_a_source_map() -> None:
    texts = [
        path.read_text(encoding="utf-8") for path in COMPILED.iterdir() if path.suffix in {".css", ".js"}
    ]
    assert len(texts) == 2
    assert [text[-200:] for text in texts if "sourceMappingURL" in text] == []


def test_the_script_is_whole() -> None:
    text = (COMPILED / "govuk.js").read_text(encoding="utf-8")
    assert "initAll" in text
    assert len(text) > 50_000


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a{}\n/*# sourceMappingURL=a.css.map */\n", "a{}\n\n"),
        ("f();//# sourceMappingURL=f.js.map", "f();"),
        ("f();\n//# sourceMappingURL=f.js.map\ng();\n", "f();\n\ng();\n"),
    ],
)
def test_pointers_to_source_maps_are_cut_out_alone(text: str, left: str) -> None:
    assert build_assets.SOURCE_MAP.sub("", text) == left


def test_a_second_run_makes_nothing() -> None:
    command = [sys.executable, str(build_assets.ROOT / "tools" / "build_assets.py")]
    subprocess.run(command, capture_output=True, check=True)
    before = {path: path.stat().st_mtime_ns for path in COMPILED.rglob("*")}
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
    assert {path: path.stat().st_mtime_ns for path in COMPILED.rglob("*")} == before


def test_a_fingerprint_follows_names_and_contents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_assets, "ROOT", tmp_path)
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("words")
    first = build_assets.fingerprint([one])
    assert build_assets.fingerprint([one]) == first
    one.write_text("other words")
    changed = build_assets.fingerprint([one])
    os.rename(one, two)
    assert len({first, changed, build_assets.fingerprint([two])}) == 3


def test_a_command_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(build_assets.CannotBuild, match=r"^-e failed:\n(.|\n)*no such thing"):
        build_assets.run(build_assets.node(), "-e", "throw new Error('no such thing')")
