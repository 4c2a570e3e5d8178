"""Every e-mail goes out as text and as HTML, which say the same words and lead to the same addresses."""

from __future__ import annotations

import email
import html
import re
from email import policy
from pathlib import Path

import pytest
from django.utils import timezone

from sightline.access.choices import LinkKind
from sightline.access.services import send_link
from sightline.events.choices import SYSTEM
from sightline.messages.models import OutgoingMail
from sightline.messages.services import deliver_due
from sightline.messages.written import as_html
from sightline.requests.services import note_answered, send_again
from tests.access.people import world
from tests.requests.making import asked_about

ADDRESSES = r"https?://[^\s<>\"]+"


def words(page: str) -> list[str]:
    """What a reader of the body meets, but for its heading."""
    body = page.partition("</h1>")[2]
    return html.unescape(re.sub(r"<[^>]*>", "", body)).split()


@pytest.mark.library
@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("One & two\nthree\n\n\n<b>four</b>", "<p>One &amp; two<br>\nthree</p>\n<p>&lt;b&gt;four&lt;/b&gt;</p>"),
        ("(https://a.example/x/.)", '<p>(<a href="https://a.example/x/">https://a.example/x/</a>.)</p>'),
        ("“http://a.example/?a=1&b=2”", '<p>“<a href="http://a.example/?a=1&amp;b=2">http://a.example/?a=1&amp;b=2</a>”</p>'),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
    ],
)  # fmt: skip
def test_text_becomes_paragraphs_and_addresses_links(text: str, inside: str) -> None:
    page = as_html("It is <due>", text)
    assert page.partition("</h1>\n")[2].partition("\n</body>")[0] == inside
    assert "<h1>It is &lt;due&gt;</h1>" in page
    assert words(page) == text.split()


@pytest.mark.django_db
def test_what_goes_out_says_the_same_twice_and_loads_nothing(settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "sightline.messages.folder.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    made, now = world(), timezone.now()
    asked, _ = asked_about(made)
    send_again(asked, "hana@new.example", by=SYSTEM, now=now)
    note_answered(asked, asked.mails.latest("pk"), by=SYSTEM, now=now)
    send_link(made.people["owner"], LinkKind.PASSWORD, by=SYSTEM, now=now)
    assert deliver_due(timezone.now()) == 3
    for file in tmp_path.glob("*.eml"):
        mail = email.message_from_bytes(file.read_bytes(), policy=policy.default)
        text, page = (part.get_content() for part in mail.iter_parts())
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
        assert words(page) == text.split()
        assert re.findall(f'href="({ADDRESSES})"', page) == re.findall(ADDRESSES, text)
        assert '<html lang="en-GB">' in page
        assert not re.search(r"<img|<link|<style|style=|src=|url\(", page)
    # Of a link nothing is left once it is sent, in neither form.
    assert not OutgoingMail.objects.filter(is_secret=True, text__contains="http").exists()
    assert not OutgoingMail.objects.exclude(html="").exists()
