"""A bucket for tests: in a simulator of S3 that runs in a process of its own, on this computer alone."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from sightline.site.settings.files import bucket_options

KEYS = {"access_key": "of-tests", "secret_key": "of-tests-alone"}


@pytest.fixture(scope="module")
def simulator() -> Iterator[str]:
    """The address of a simulated S3."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as link:
            if link.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the simulator does not start")


@pytest.fixture
def bucket(simulator: str, settings: Any) -> str:
    import boto3

    made = boto3.client(
        "s3", endpoint_url=simulator, region_name="eu-west-2",
        aws_access_key_id=KEYS["access_key"], aws_secret_access_key=KEYS["secret_key"],
    )  # fmt: skip
    name = f"files-{time.monotonic_ns()}"
    made.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    store = {
        "BACKEND": "sightline.documents.store.BucketStorage",
        "OPTIONS": bucket_options(name, simulator, "eu-west-2", **KEYS),
    }
    settings.STORAGES = {**settings.STORAGES, "default": store}
    return name
