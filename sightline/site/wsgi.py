"""The entrance for a web server such as gunicorn."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.site.settings.development")

application = get_wsgi_application()


def refuse_half_restored() -> None:
    """A database in the middle of a restore is not served. Raises ImproperlyConfigured."""
    from sightline.keeping.services import HALF, half_restored

    try:
        half = half_restored()
    except DatabaseError:
        return  # not there yet: pages say so until it is
    if half:
        raise ImproperlyConfigured(HALF)


refuse_half_restored()
