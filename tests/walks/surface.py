"""What every answer of the site must tell a browser, whatever it holds."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

ELSEWHERE = "https://elsewhere.example/"
# Where an answer might lead on to, if it believed whoever asks.
LURES = dict.fromkeys(("next", "back", "url", "return_to"), ELSEWHERE)
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)
SAID = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def why_loose(response: Any) -> list[str]:
    """What is wrong with how an answer is sent; empty where nothing is. An attachment may hold what a page may not."""
    headers, policy = response.headers, response.headers.get("Content-Security-Policy", "")
    wrong = [name for name, value in SAID.items() if headers.get(name) != value]
    if not ("default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy):
        wrong.append("Content-Security-Policy")
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    kind = headers.get("Content-Type", "")
    # A file is handed out as it was received: nobody knows in which character set.
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower() and "sandbox" not in policy:
        wrong.append(f"no charset: {kind}")
    if leads_elsewhere(response):
        wrong.append("leads elsewhere")
    if kind.startswith("text/html") and not headers.get("Content-Disposition", "").startswith("attachment"):
        wrong += INLINE.findall(response.content.decode())
    return wrong


def leads_elsewhere(response: Any) -> bool:
    """Whether an answer leads to another site."""
    return urlsplit(response.headers.get("Location", "")).netloc not in {"", "testserver"}
