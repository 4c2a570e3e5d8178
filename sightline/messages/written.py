"""A mail as HTML, made of its text as it is sent: both always say the same words and lead to the same addresses."""

from __future__ import annotations

import re

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from sightline.screens.elements import element, joined

ADDRESS = re.compile(r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?)]")


def as_html(subject: str, text: str) -> str:
    """The text as a page: its paragraphs and lines, each web address a link whose words are the address."""
    paragraphs = [_lines(part) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    return render_to_string("messages/mail.html", {"subject": subject, "paragraphs": paragraphs})


def _lines(paragraph: str) -> SafeString:
    return format_html_join(SafeString("<br>\n"), "{}", ((_linked(line),) for line in paragraph.splitlines()))


def _linked(line: str) -> SafeString:
    """The line with its addresses as links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(line):
        parts += [line[end : found.start()], element("a", {"href": found[0]}, found[0])]
        end = found.end()
    return joined(*parts, line[end:])
