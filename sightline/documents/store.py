"""Files in a bucket that speaks S3. Only read where settings name it: nothing of S3 is loaded otherwise."""

from __future__ import annotations

from typing import Any

from storages.backends.s3 import S3Storage


class BucketStorage(S3Storage):
    """A private bucket. Nobody is ever given an address of it: files are handed out by our own pages."""

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """There is none. Raises NotImplementedError."""
        raise NotImplementedError("Stored files have no address of their own.")
