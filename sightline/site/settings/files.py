"""What the settings take from the environment about stored files: where they lie, and who looks for viruses in them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sightline.site.settings.environment import UnreadableSetting, secret

LOCAL: dict[str, Any] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
WHEN_DOWN = ("refuse", "keep")


def file_store(environment: Mapping[str, str]) -> dict[str, Any]:
    """Django's settings of the store: the data folder, or a bucket that speaks S3. Raises UnreadableSetting.

    Nothing in the bucket is public, and no address of it is ever given to anybody: files go through our own pages.
    """
    bucket = environment.get("SIGHTLINE_FILES_S3_BUCKET", "").strip()
    if not bucket:
        return LOCAL
    endpoint = environment.get("SIGHTLINE_FILES_S3_ENDPOINT", "").strip()
    if endpoint and urlsplit(endpoint).scheme != "https":
        raise UnreadableSetting("SIGHTLINE_FILES_S3_ENDPOINT must begin with https:.")
    keys = {
        "access_key": secret(environment, "SIGHTLINE_FILES_S3_ACCESS_KEY"),
        "secret_key": secret(environment, "SIGHTLINE_FILES_S3_SECRET_KEY"),
    }
    if bool(keys["access_key"]) != bool(keys["secret_key"]):
        raise UnreadableSetting("SIGHTLINE_FILES_S3_ACCESS_KEY and …_SECRET_KEY are set both, or neither.")
    region = environment.get("SIGHTLINE_FILES_S3_REGION", "").strip()
    return {
        "BACKEND": "sightline.documents.store.BucketStorage",
        "OPTIONS": bucket_options(bucket, endpoint, region, **keys),
    }


def bucket_options(bucket: str, endpoint: str, region: str, **keys: str) -> dict[str, Any]:
    """Options of a private bucket, in which no file is ever written over another."""
    return {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "region_name": region or None,
        "addressing_style": "path" if endpoint else "auto",
        "signature_version": "s3v4",
        "default_acl": None,
        "file_overwrite": False,
        **{name: key for name, key in keys.items() if key},
    }


def scanner(environment: Mapping[str, str]) -> dict[str, Any]:
    """Who looks for viruses in what is uploaded; empty where nobody does. Raises UnreadableSetting."""
    address = environment.get("SIGHTLINE_SCANNER", "").strip()
    if not address:
        return {}
    parts = urlsplit(address)
    is_socket = parts.scheme == "unix" and bool(parts.path)
    try:
        is_host = parts.scheme == "tcp" and bool(parts.hostname and parts.port)
    except ValueError:
        is_host = False
    if not (is_socket or is_host):
        raise UnreadableSetting("SIGHTLINE_SCANNER must be tcp://HOST:PORT or unix:/PATH of a clamd.")
    when_down = environment.get("SIGHTLINE_SCANNER_DOWN", "").strip().lower() or WHEN_DOWN[0]
    if when_down not in WHEN_DOWN:
        raise UnreadableSetting("SIGHTLINE_SCANNER_DOWN must be refuse or keep.")
    return {"address": address, "when_down": when_down}
