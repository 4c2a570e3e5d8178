"""The warning codes: what the guide prints and what the code can say are one list."""

import re
from pathlib import Path

from sightline.reading import interpreters, statuses, timescales
from sightline.reading.warnings import SENTENCES

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "reading-schema.md"


def test_the_guide_lists_every_code_with_its_sentence() -> None:
    printed = re.findall(r"^\| `([a-z_]+)` \| (.+) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(printed) == SENTENCES


def test_the_guide_lists_every_kind_and_rating() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert all(f"`{word}`" in text for word in (*timescales.KINDS, *statuses.RATINGS))


def test_every_code_is_used_and_no_other() -> None:
    folder = Path(interpreters.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in folder.parent.rglob("*.py"))
    beside = sources.replace((folder.parent / "warnings.py").read_text(encoding="utf-8"), "")
    unused = [code for code in SENTENCES if f'"{code}"' not in beside]
    assert unused == []
    assert set(re.findall(r'warn\(\s*"([a-z_]+)"', beside)) <= set(SENTENCES)


def test_sentences_are_sentences() -> None:
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in SENTENCES.values())
