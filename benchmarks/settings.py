"""Settings of the measures: as in development, in a database that is thrown away, on SQLite or PostgreSQL."""

import os

from sightline.site.settings.development import *  # noqa: F403

if socket := os.environ.get("SIGHTLINE_BENCH_SOCKET"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "postgres",
            "USER": "sightline",
            "HOST": socket,
        }
    }
ALLOWED_HOSTS = ["testserver"]
# A measure asks faster than anybody reads.
PACE = False
