"""Whether this installation can serve people, for whoever watches over it. It says nothing about anybody."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from sightline.events import triggers
from sightline.jobs.selectors import worker_is_running

NO_DATABASE = "the database does not answer"


def reasons_not_ready() -> list[str]:
    """Why nobody can be served, a few words each; empty where they can."""
    return [*_database(), *_files()]


def waits(now: datetime) -> list[str]:
    """What keeps nobody from being served, and should not last."""
    return [] if worker_is_running(now) else ["no worker runs"]


def _database() -> list[str]:
    try:
        executor = MigrationExecutor(connection)
        loader = executor.loader
        unknown = loader.applied_migrations.keys() - loader.disk_migrations.keys()
        newer = any(app in loader.migrated_apps for app, _ in unknown)
        if newer or executor.migration_plan(loader.graph.leaf_nodes()):
            return ["the database is not that of this version"]
        return ["the journal is unprotected"] if triggers.missing(connection) else []
    except DatabaseError:
        return [NO_DATABASE]


def _files() -> list[str]:
    """A folder may not be there before the first file is kept: then it can be made where its parent can be written."""
    if not isinstance(default_storage, FileSystemStorage):
        return []
    folder = Path(default_storage.location)
    there = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    return [] if there.is_dir() and os.access(there, os.W_OK) else ["files cannot be kept"]
