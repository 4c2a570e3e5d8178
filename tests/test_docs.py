"""The guides hold together: every picture is there and is taken by a journey, every link leads somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "decisions").glob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)")


def pictures() -> list[str]:
    """The names of the pictures that journeys take."""
    code = "".join(path.read_text("utf-8") for path in (ROOT / "tests" / "journeys").glob("*.py"))
    return re.findall(r"screenshot\(\s*\w+,\s*\"([^\"]+)\"", code)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_of_a_page_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_picture_is_shown_and_taken_by_a_journey() -> None:
    kept = {path.stem for path in (ROOT / "docs" / "screenshots").glob("*.png")}
    shown = {
        Path(link).stem
        for page in PAGES
        for link in LINK.findall(page.read_text("utf-8"))
        if link.endswith(".png")
    }
    assert kept == shown
    assert [name for name in sorted(shown) if pictures().count(name) != 1] == []


def test_decisions_bear_one_number_each() -> None:
    pages = sorted((ROOT / "decisions").glob("*.md"))
    numbers = [page.name[:4] for page in pages]
    assert len(set(numbers)) == len(numbers)
    assert all(page.read_text(encoding="utf-8").startswith(f"# {page.name[:4]}. ") for page in pages)
