"""Pictures, texts and programs that are not what they are called, or more than that."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import partial

from sightline.documents.choices import MOST_BYTES
from tests.documents.hostile.making import Hostile, with_parts
from tests.documents.making import JPEG, PNG, chunk, jpeg, pdf, png, segment, zipped

_BEHIND = {
    "a page": b"<html><script>x</script>", "an archive": zipped({"x.exe": b"MZ"}), "a command": b"<?php system(1);",
    "a program": b"MZ\x90\x00", "a PDF": pdf(),
}  # fmt: skip
_OTHER_PICTURES = {
    "gif": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "bmp": b"BM" + bytes(60), "tif": b"II\x2a\x00" + bytes(60),
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(24), "ico": b"\x00\x00\x01\x00" + bytes(40),
    "heic": b"\x00\x00\x00\x18ftypheic" + bytes(40), "psd": b"8BPS\x00\x01" + bytes(60),
}  # fmt: skip
_PROGRAMS = {
    "exe": b"MZ\x90\x00\x03" + bytes(60), "elf": b"\x7fELF\x02\x01" + bytes(60), "sh": b"#!/bin/sh\nrm -r /\n",
    "class": b"\xca\xfe\xba\xbe\x00\x00" + bytes(40), "macho": b"\xcf\xfa\xed\xfe" + bytes(60),
    "wasm": b"\x00asm\x01" + bytes(40), "lnk": b"\x4c\x00\x00\x00\x01\x14\x02\x00" + bytes(60),
    "gz": b"\x1f\x8b\x08" + bytes(40), "7z": b"7z\xbc\xaf\x27\x1c" + bytes(40), "rar": b"Rar!\x1a\x07" + bytes(40),
    "sqlite": b"SQLite format 3\x00" + bytes(80), "noise": bytes(range(32)) * 40,
    "mp4": b"\x00\x00\x00\x18ftypisom" + bytes(60),
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "nothing": b"", "blanks": b" \n\t" * 20,
    "zeros": bytes(900),
    "zip": zipped({"x.txt": b"x"}), "zip of a program": zipped({"x.exe": b"MZ"}),
    "odt": zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
}  # fmt: skip
_PAGES = {
    "html": b"<!DOCTYPE html><p>x", "html without a type": b"<html><body>x", "html in capitals": b"  \n<HTML>x",
    "a page with a mark": b"\xef\xbb\xbf<html>x", "a page in wide letters": "<html><script>x".encode("utf-16"),
    "a drawing": b"<svg xmlns='x' onload='x'/>", "a drawing with a head": b'<?xml version="1.0"?><svg/>',
    "a remark and a page": b"<!-- x --><script>x</script>", "a script": b"<script>x</script>",
    "words and a script": b"Twenty files.\n<script src=x></script>",
    "words and a frame": b"Seen <iframe src='x'></iframe>",
    "words and an object": b"Seen <object data=x></object>", "php": b"<?php system('x');", "asp": b"<% Execute(x) %>",
    "hta": b"<hta:application id=x>", "a job": b"<job id='x'><script language='VBScript'>x</script></job>",
    "a scriptlet": b"<scriptlet><registration/></scriptlet>", "a component": b"<component id='x'/>",
}  # fmt: skip
_TEXTS = {
    "rich text": b"{\\rtf1\\ansi{\\object\\objupdate}}", "a printer's program": b"%!PS-Adobe-3.0\n(x) run",
    "a saved page": b"MIME-Version: 1.0\nContent-Type: multipart/related",
    "a shortcut": b"[InternetShortcut]\nURL=file://x",
    "the registry": b"Windows Registry Editor Version 5.00\n[x]", "an old registry": b"REGEDIT4\n[x]",
    "commands": b"@echo off\ncalc.exe", "an autorun": b"[autorun]\nopen=x.exe",
    "a folder's settings": b"[.ShellClassInfo]\nIconFile=\\\\x",
    "a key": b"-----BEGIN RSA PRIVATE KEY-----\nx",
}  # fmt: skip
_TABLES = {
    "SYLK": b"ID;PWXL;N;E\nC;Y1;X1;EEXEC(\"calc\")\nE", "SYLK in small letters": b"id;pwxl\nC;X1;K1",
    "a web query": b"WEB\n1\nhttp://example.invalid",
    "a table of a page": b"<html><table><tr><td>=cmd|'/c calc'!A0",
    "a table with a script": b"a,b\n1,<script>x</script>",
}  # fmt: skip
# Endings that a computer runs: whatever such a file holds, it is not kept under that name.
_RUN = (
    "exe",
    "js",
    "bat",
    "cmd",
    "scr",
    "hta",
    "html",
    "svg",
    "lnk",
    "docm",
    "ps1",
    "vbs",
    "jar",
    "url",
    "xlsm",
    "php",
)


def _pictures() -> Iterator[Hostile]:
    for name, whole in (("seen.png", PNG), ("seen.jpg", JPEG)):
        for what, rest in _BEHIND.items():
            yield Hostile(f"{name}: {what} behind it", name, partial(bytes, whole + rest))
        for share in (20, 40, 70, 95):
            yield Hostile(
                f"{name}: cut at {share} %", name, partial(bytes, whole[: len(whole) * share // 100])
            )
    for width, height in ((60_000, 60_000), (2**31 - 1, 1), (0, 9), (9, 0), (41_000, 2)):
        yield Hostile(f"png of {width} by {height}", "seen.png", partial(png, width=width, height=height))
    profile = chunk(b"iCCP", b"x\x00\x00" + zlib.compress(bytes(40 << 20), 9))
    yield Hostile("png with a bomb for a profile", "seen.png", partial(png, profile))
    yield Hostile("png with a broken profile", "seen.png", partial(png, chunk(b"iCCP", b"x\x00\x00xyz")))
    yield Hostile("png with two heads", "seen.png", partial(png, PNG[8:33]))
    yield Hostile("png without points", "seen.png", partial(bytes, PNG[:33] + chunk(b"IEND", b"")))
    yield Hostile("png with a wrong sum", "seen.png", partial(bytes, PNG.replace(b"IDAT", b"IDAX")))
    yield Hostile(
        "png with a wild size", "seen.png", partial(bytes, PNG[:8] + b"\xff\xff\xff\xff" + PNG[12:])
    )
    for width, height in ((65_500, 65_500), (0, 8), (8, 0)):
        yield Hostile(f"jpeg of {width} by {height}", "seen.jpg", partial(jpeg, width=width, height=height))
    yield Hostile("jpeg with an archive in a remark", "seen.jpg", partial(_remark_archive))
    yield Hostile("jpeg without a frame", "seen.jpg", partial(bytes, JPEG.replace(b"\xff\xc0", b"\xff\xdb")))
    yield Hostile(
        "jpeg without a scan", "seen.jpg", partial(bytes, JPEG[: JPEG.index(b"\xff\xda")] + b"\xff\xd9")
    )
    yield Hostile(
        "jpeg that is a page", "seen.jpg", partial(bytes, b"\xff\xd8\xff\xe0<html><script>x</script>")
    )
    yield Hostile(
        "jpeg of a wild length",
        "seen.jpg",
        partial(bytes, b"\xff\xd8\xff\xe1\xff\xff" + bytes(99) + b"\xff\xd9"),
    )
    yield Hostile(
        "jpeg of empty lengths",
        "seen.jpg",
        partial(bytes, b"\xff\xd8" + b"\xff\xe1\x00\x00" * 99 + b"\xff\xd9"),
    )
    for ending, data in _OTHER_PICTURES.items():
        yield Hostile(f"a picture .{ending}", f"seen.{ending}", partial(bytes, data))
        yield Hostile(f"a picture .{ending} called .png", "seen.png", partial(bytes, data))


def _remark_archive() -> bytes:
    archive = zipped({"x.exe": b"MZ"})
    return jpeg(segment(0xFE, b"x"), behind=b"")[:-2] + archive[:-2] + struct.pack("<H", 2) + b"\xff\xd9"


def _texts() -> Iterator[Hostile]:
    for what, data in _PROGRAMS.items():
        for name in ("audit.txt", "audit.docx"):
            yield Hostile(f"{what} called {name}", name, partial(bytes, data))
    for what, data in _PAGES.items():
        # Pages are papers, too: they are read, in a process of their own, and never shown.
        yield Hostile(f"{what} as text", "audit.txt", partial(bytes, data), read_around=True)
    for what, data in _TEXTS.items():
        yield Hostile(f"{what} as text", "audit.txt", partial(bytes, data), read_around=True)
    for what, data in _TABLES.items():
        yield Hostile(f"{what} as a table", "figures.csv", partial(bytes, data), read_around=True)
    for ending in _RUN:
        yield Hostile(
            f"words called .{ending}", f"audit.{ending}", partial(bytes, b"Twenty files."), read_around=True
        )
        yield Hostile(
            f"a table called .csv.{ending}", f"audit.csv.{ending}", partial(bytes, b"a,b"), read_around=True
        )
    yield Hostile("a table behind an archive", "figures.csv", partial(bytes, b"a,b\n" + zipped({"x": b"y"})))
    yield Hostile("too large", "audit.txt", partial(bytes.ljust, b"x", MOST_BYTES + 1, b"x"))
    yield Hostile("Word called a PDF", "audit.pdf", partial(with_parts, "docx", {}), read_around=True)
    yield Hostile("a PDF called Word", "audit.docx", pdf, read_around=True)
    yield Hostile("a PDF called a picture", "audit.png", pdf, read_around=True)


OTHERS = [*_pictures(), *_texts()]
