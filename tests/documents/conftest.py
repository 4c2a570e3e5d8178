"""What the tests of stored files share."""

from tests.documents.bucket import bucket, simulator

__all__ = ["bucket", "simulator"]
