"""What a backup is called inside and out, and why one is not made, not opened or not put back. No Django here."""

from __future__ import annotations

FORMAT = "sightline-backup/1"
ENDING = ".tar.age"
OPEN_ENDING = ".tar"
README = "README.txt"
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
FILES = "files/"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

HOW_TO_OPEN = """A backup of Sightline: the database, the stored files, and what they should be.

It can be opened without Sightline:

    age --decrypt -i KEY backup.tar.age | tar --extract      (tar --extract -f backup.tar, where it is not encrypted)
    sha256sum --check SHA256SUMS

database.sqlite3  a whole SQLite database
database.pgdump   a PostgreSQL database; pg_restore --dbname=NAME --no-owner database.pgdump
files/            the stored files, each under the name that the database has for it
manifest.json     when and of what it was made: migrations, rows of every table, the journal's newest seal, every part
SHA256SUMS        the fingerprint of every part

The key that seals the journal, and the secret key of the site, are not in it.
"""


class Refused(Exception):
    """Something is not done; the message is one or more sentences fit to show."""
