"""Files in a bucket that speaks S3. Only read where settings name it: nothing of S3 is loaded otherwise."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError
from storages.backends.s3 import S3Storage


class BucketStorage(S3Storage):
    """A private bucket. Nobody is ever given an address of it: files are handed out by our own pages."""

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """There is none. Raises NotImplementedError."""
        raise NotImplementedError("Stored files have no address of their own.")

    def get_modified_time(self, name: str) -> datetime:
        """When a file was written. Raises FileNotFoundError, as a folder does, where there is none."""
        try:
            written: datetime = super().get_modified_time(name)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from error
            raise
        return written
