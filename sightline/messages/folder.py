"""A mail backend that writes each mail as an .eml file to a folder: for tests, the demonstration and trying out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class FolderBackend(BaseEmailBackend):
    """Writes to `EMAIL_FILE_PATH`, one file a mail, named by moment and address so that they sort."""

    def __init__(
        self, fail_silently: bool = False, file_path: str | Path | None = None, **kwargs: Any
    ) -> None:
        super().__init__(fail_silently=fail_silently, **kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each mail; returns how many. Raises OSError where the folder cannot be written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            (self.folder / _file_name(mail)).write_bytes(mail.message().as_bytes())
        return len(email_messages)


def _file_name(mail: EmailMessage) -> str:
    to = re.sub(r"[^a-z0-9]+", "-", mail.to[0].lower() if mail.to else "nobody").strip("-")
    unique = re.sub(r"[^a-z0-9]+", "", mail.extra_headers.get("Message-ID", "").split("@")[0].lower())[-12:]
    return f"{timezone.now():%Y%m%dT%H%M%S%f}-{to}-{unique}.eml"
