"""What holds for every template of every app."""

import re
from pathlib import Path

import pytest
from django.template import engines

from sightline import site
from sightline.screens.templatetags.screens import register

PACKAGE = Path(site.__file__).parents[1]
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
NAMES = [path.relative_to(PACKAGE).as_posix() for path in TEMPLATES]
PAGES = [path for path in TEMPLATES if '{% extends "site/page.html" %}' in path.read_text(encoding="utf-8")]
PAGE_NAMES = [path.relative_to(PACKAGE).as_posix() for path in PAGES]
INLINE = re.compile(
    r"<style|\sstyle=|\son(?:click|change|load|submit)=|<script(?![^>]*\ssrc=)|javascript:", re.I
)
ELSEWHERE = re.compile(r"""(?:src|href|action)=["']?(?:https?:)?//""")
POSTS = re.compile(r"<form[^>]*method=[\"']post[\"'].*?</form>", re.S | re.I)
# Tags that a page of components cannot show: they stand in the head, or in the page template itself.
NOT_SHOWN = {"refresh", "title_prefix", "message_banner", "panel", "list_head", "list_pages"}


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 15
    assert len(PAGES) > 8


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_every_template_can_be_read(path: Path) -> None:
    assert engines["django"].from_string(text_of(path)) is not None


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_no_template_holds_a_script_a_style_or_a_foreign_address(path: Path) -> None:
    assert INLINE.findall(text_of(path)) == []
    assert ELSEWHERE.findall(text_of(path)) == []
    assert "|safe" not in text_of(path)
    assert "autoescape off" not in text_of(path)


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_every_form_that_changes_something_carries_its_token(path: Path) -> None:
    assert [form for form in POSTS.findall(text_of(path)) if "csrf_token" not in form] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_every_heading_of_a_table_says_what_it_heads(path: Path) -> None:
    assert [head for head in re.findall(r"<th\b[^>]*>", text_of(path)) if "scope=" not in head] == []


@pytest.mark.parametrize("path", PAGES, ids=PAGE_NAMES)
def test_every_page_has_a_title_of_its_own(path: Path) -> None:
    assert re.search(r"{% block title %}\s*\S", text_of(path))


@pytest.mark.parametrize("name", sorted(set(register.tags) - NOT_SHOWN))
def test_the_component_page_shows_every_tag(name: str) -> None:
    shown = text_of(PACKAGE / "site" / "templates" / "site" / "components.html")
    assert re.search(rf"{{% {name}\b", shown)
