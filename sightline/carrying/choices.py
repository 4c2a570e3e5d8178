"""What a whole export is called inside and out, and why one is not made. No Django here."""

from __future__ import annotations

from enum import StrEnum

FORMAT = "sightline-export/1"
README = "README.txt"
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
TABLES = "tables/"
FILES = "files/"
FILE_LIST = "files"
DICTIONARY = "dictionary"
# Columns of the list of files, and of the data dictionary.
FILE_COLUMNS = ("table", "id", "field", "stored_name", "sha256", "part", "state")
DICTIONARY_COLUMNS = (
    "table",
    "table_meaning",
    "lowest_tier",
    "field",
    "meaning",
    "type",
    "may_be_empty",
    "points_at",
    "values",
    "exported",
)
# Nothing of a higher tier is ever in an export.
HIGHEST = "T2"
# What a field is called that may hold something that opens a door.
SECRET_WORDS = ("password", "digest", "token", "secret", "salt", "mac", "session", "code", "commitment")

HOW_TO_READ = """Everything that a safeguarding children partnership kept in Sightline, in open formats.

OFFICIAL-SENSITIVE. Handle it as you would the records themselves: keep it where only those who need it can read it,
and delete it when it has served its purpose.

tables/        for each table of records one .csv and one .jsonl, with the same rows in the order of their numbers
files/         the stored files as they were kept, each named by its SHA-256
files.csv      which row names which file, and whether it was there and unchanged (also as files.jsonl)
dictionary.csv what every field means, its type, what it points at, and why it is not here (also as dictionary.jsonl)
manifest.json  when, by whom and why it was made; the rows of each table; what was left out; the SHA-256 of each part
SHA256SUMS     the same fingerprints, for: sha256sum --check SHA256SUMS

CSV: UTF-8 with a byte order mark, comma, double quotes, lines ending in CR LF, the first line names the fields. Nothing
and an empty text both stand as an empty cell. Lists and objects stand as JSON. A cell that a spreadsheet program would
take for a formula has an apostrophe in front: to read it back, take one apostrophe away where apostrophes stand before
= + - @, the same four in full width, a tab or a line's end. Inside a cell every kind of line's end is LF, a byte order
mark is left out, and each other character that no document may hold is U+FFFD; the JSON lines have what was kept.

JSON lines: UTF-8, one object a line, exactly what was kept, nothing neutralised; null where nothing is.

Moments are UTC in ISO 8601, days are written 2026-03-31. A field that points at another table holds the number in its
"id" (or what the dictionary names). What it points at may be left out. Words are not searched: where somebody named
another record in a remark, or the journal tells what stood before and after, its name stands there.
"""
ALL_COUNTED = """
Left out: child-level and restricted records (T3, T4), whatever belongs to them, and what opens doors (passwords, second
steps, tokens, links, keys). manifest.json says how many rows of each table were left out, and why each table was.
"""
NOT_COUNTED = """
Left out: child-level and restricted records (T3, T4) and whatever belongs to them, if there are any, which is not told
here; what opens doors (passwords, second steps, tokens, links, keys); and tables that only whoever has the server may
export. manifest.json names each table that is left out, and why.
"""


class ExportState(StrEnum):
    """Where an export asked for on the page stands."""

    ASKED = "asked"
    MADE = "made"
    FAILED = "failed"
    CLEARED = "cleared"


STATE_LABELS = {
    ExportState.ASKED: "Being made",
    ExportState.MADE: "Ready",
    ExportState.FAILED: "Not made",
    ExportState.CLEARED: "Cleared away",
}
STATE_COLOURS = {
    ExportState.ASKED: "blue",
    ExportState.MADE: "green",
    ExportState.FAILED: "red",
    ExportState.CLEARED: "grey",
}
FAILED = "It could not be made, and nothing of it was kept."
GIVEN_UP = "This export was given up. Ask for another."
UNDER_WAY = "An export is being written on this computer already: wait until it has ended."
ONE_AT_A_TIME = "An export is being made already. Wait until it is ready, and then ask for another."
NO_LONGER = "This file is no longer there. Ask for a new export."
PROVE_AGAIN = "Prove again that it is you. The whole of the partnership's records is in this file."


class Refused(Exception):
    """Something is not done; the message is one or more sentences fit to show."""
