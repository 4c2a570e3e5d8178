"""PDFs that act, hide, grow without end, or are something else as well."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from functools import partial

import pikepdf

from tests.documents.hostile.making import Hostile, with_comment
from tests.documents.making import jpeg, pdf, zipped

_ACTS = {
    "a script at the opening": b"/OpenAction <</S /JavaScript /JS (x)>>",
    "a script at the closing": b"/AA <</WC <</S/JavaScript/JS(x)>>>>",
    "a script among names": b"/Names <</JavaScript 4 0 R>>",
    "a script by numbers": b"<</S /J#61vaScript>>",
    "a script all by numbers": b"<</S /#4a#61#76#61#53#63#72#69#70#74>>",
    "a script in capitals of numbers": b"<</S /Java#53cript>>",
    "a command": b"<</S /Launch /F (calc.exe)>>",
    "a command by numbers": b"<</S /L#61unch>>",
    "a file": b"<</EmbeddedFiles 3 0 R>>",
    "a file that is named": b"<</Type /EmbeddedFile>>",
    "a film that runs": b"<</Subtype /RichMedia>>",
    "a rendition": b"<</S /Rendition /JS (x)>>",
    "a form that sends itself": b"<</S /SubmitForm /F (http://example.invalid)>>",
    "a form that fetches": b"<</S /ImportData /F (x)>>",
    "a way into a file inside": b"<</S /GoToE>>",
    "a way into another file": b"<</S /GoToR /F (\\\\example.invalid\\x)>>",
    "a film": b"<</Subtype /Movie>>",
    "a model that runs": b"<</Type /3D /OnInstantiate 4 0 R>>",
    "a form that is a program": b"/AcroForm <</XFA 4 0 R>>",
    "a link that runs": b"<</S /URI /URI (javascript:x)>>",
    "a link that starts": b"<</S /URI /URI(ms-msdt:/id)>>",
    "a link that runs, in hexadecimals": b"<</S /URI /URI <6A617661 7363726970743A78>>>",
    "a link that runs, behind a mark": b"<</S /URI /URI (\xef\xbb\xbf\x01javascript:x)>>",
    "a link that runs, by escapes": b"<</S /URI /UR#49\n(java\\\nscr\\151pt:x)>>",
    "a link that runs, behind a remark": b"<</S /URI /URI %x\n(javascript:x)>>",
    "a link that runs, behind some blanks": b"<</S /URI /URI" + b" " * 50 + b"(javascript:x)>>",
    "a link that runs, behind many blanks": b"<</S /URI /URI" + b" \x00" * 2000 + b"(javascript:x)>>",
    "a link that runs, behind blanks in it": b"<</S /URI /URI (" + b" \\\n" * 2000 + b"javascript:x)>>",
    "a link that runs, behind blanks in hexadecimals": b"<</URI <"
    + b" " * 999
    + b"6A6176617363726970743A78>>>",
    "a link that stands elsewhere": b"<</S /URI /URI 9 0 R>> 9 0 obj (javascript:x) endobj",
    "a link that runs, behind another": b"<</URI (x)>> <</URI (javascript:x)>>",
    "a link that runs, behind what looks like one": b"%/URI (\\/URI (\n<</URI (javascript:x)>>",
    "more links than a document has": b"/URI(a:" * 10_000,
}


def _stream(head: bytes, content: bytes) -> bytes:
    return b"7 0 obj <<" + head + b">>\nstream\n" + content + b"\nendstream endobj\n"


_SCRIPT = b"8 0 <</S /JavaScript /JS (x)>>"
_PACKED = zlib.compress(_SCRIPT)


def _predicted() -> bytes:
    rows = b"\x01" + bytes((b - a) % 256 for a, b in zip(b"\x00" + _SCRIPT[:-1], _SCRIPT, strict=True))
    return zlib.compress(rows)


_HIDES = {
    "behind a blank": _stream(b"/N 1 /First 4 /Filter /FlateDecode", _PACKED).replace(b"stream\n", b"stream \x00\n", 1),
    "among packed objects": _stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", _PACKED),
    "among packed objects that do not say so": _stream(b"/N 1 /First 4 /Filter [/FlateDecode]", _PACKED),
    "among objects called a picture": _stream(b"/Subtype /Image /N 1 /First 4 /Filter /FlateDecode", _PACKED),
    "behind a remark": _stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode %9 0 obj\n", _PACKED),
    "behind a long remark": _stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode %" + b"x" * 70_000 + b"\n",
    _PACKED),
    "spelt by numbers": _stream(b"/N 1 /First 4 /Filter /FlateDecode", zlib.compress(b"8 0 <</S/J#61vaScript>>")),
    "as hexadecimals": _stream(b"/Type /ObjStm /N 1 /First 4 /Filter /ASCIIHexDecode", _SCRIPT.hex().encode()),
    "in base 85": _stream(b"/Type /ObjStm /N 1 /First 4 /Filter [/ASCII85Decode /FlateDecode]", b"87cURD"),
    "in base 85, behind a remark": _stream(b"/Type /ObjStm /Filter /ASCII85Decode %1 0 obj\n", b"87cURD"),
    "by LZW": _stream(b"/Type /ObjStm /N 1 /First 4 /Filter /LZWDecode", b"\x80\x0b\x60"),
    "by run lengths": _stream(b"/Type /ObjStm /N 1 /First 4 /Filter /RunLengthDecode", b"\x02abc\x80"),
    "as differences": _stream(
        b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /DecodeParms <</Predictor 12>>",
        _predicted(),
    ),
    "in a packing told elsewhere": _stream(b"/Type /ObjStm /N 1 /First 4 /Filter 9 0 R", _PACKED),
    "in a packing by numbers": _stream(b"/Type /Obj#53tm /N 1 /First 4 /Filter /Flate#44ecode", _PACKED),
    "in damaged packing": _stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", _PACKED[:-4] + b"\xff" * 4),
}  # fmt: skip


def _grown(megabytes: int, times: int = 1) -> bytes:
    # One megabyte packed on its own, again and again: packing them all takes as long as everything else.
    engine = zlib.compressobj(9)
    begin, one = (engine.compress(bytes(1 << 20)) + engine.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    total = zlib.adler32(bytes(megabytes << 20)).to_bytes(4, "big")
    data = begin + one * (megabytes - 1) + b"\x03\x00" + total
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def _bomb(filters: bytes, megabytes: int, times: int = 1, count: int = 1) -> bytes:
    content = _grown(megabytes, times)
    return pdf(b"".join(_stream(b"/Filter " + filters, content) for _ in range(count)))


def _locked(user: str, strength: int) -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    modern = strength >= 4
    made.save(
        out, encryption=pikepdf.Encryption(user=user, owner="o", R=strength, aes=modern, metadata=modern)
    )
    return out.getvalue()


def _real(how: str) -> bytes:
    """By a library that writes PDFs, so that what is refused is not only what we wrote ourselves."""
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    if how == "a file":
        made.attachments["x.exe"] = b"MZ"
    else:
        made.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
        )
    made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _cases() -> Iterator[Hostile]:
    name = "plan.pdf"
    for what, body in _ACTS.items():
        yield Hostile(f"pdf: {what}", name, partial(pdf, body))
    for what, body in _ACTS.items():
        yield Hostile(f"pdf: {what}, packed", name, partial(pdf, packed=b"8 0 " + body))
    for what, body in _HIDES.items():
        yield Hostile(f"pdf: a script {what}", name, partial(pdf, body))
    for user in ("", "secret"):
        for strength in (2, 3, 4, 6):
            yield Hostile(f"pdf: locked {strength} {user}", name, partial(_locked, user, strength))
    for how in ("a file", "a script"):
        yield Hostile(f"pdf: {how}, written by a library", name, partial(_real, how))
    yield Hostile("pdf: a bomb", name, partial(_bomb, b"/FlateDecode", 70))
    yield Hostile("pdf: a bomb of many", name, partial(_bomb, b"/FlateDecode", 50, count=9))
    yield Hostile("pdf: packed twice", name, partial(_bomb, b"[/FlateDecode /FlateDecode]", 4, 2))
    yield Hostile("pdf: packed three times", name, partial(_bomb, b"[ /Fl /Fl /Fl ]", 4, 3))
    yield Hostile("pdf: packed by two", name, partial(_bomb, b"[/LZWDecode /FlateDecode]", 4))
    yield Hostile(
        "pdf: packed twice, by numbers", name, partial(_bomb, b"[/Flate#44ecode /Flate#44ecode]", 4, 2)
    )
    yield Hostile(
        "pdf: packed twice, told elsewhere", name, partial(pdf, b"9 0 obj [/FlateDecode/FlateDecode] endobj")
    )
    huge = b"/Subtype /Image /Width 60000 /Height 60000 /Filter /DCTDecode"
    yield Hostile("pdf: a huge picture", name, partial(pdf, _stream(huge, b"x")))
    yield Hostile("pdf: 60,000 parts", name, partial(pdf, b">>stream\nx\n" * 60_000))
    whole = pdf()
    first = {
        "a program": b"MZ\x90",
        "a photograph": jpeg(),
        "a page": b"<html>",
        "a command": b"#!/bin/sh\n",
        "words": b"x" * 99,
    }
    yield from (
        Hostile(f"pdf: {what} before it", name, partial(bytes, b + whole)) for what, b in first.items()
    )
    last = {"a page": b"<script>x</script>", "an archive": zipped({"x.exe": b"MZ"}), "words": b"x" * 99}
    yield from (
        Hostile(f"pdf: {what} behind it", name, partial(bytes, whole + b)) for what, b in last.items()
    )
    inside = with_comment(b"%PDF-1.7\n" + zipped({"a": b"b"}), b"\n%%EOF\n")
    yield Hostile("pdf: in an archive", name, partial(bytes, inside))
    for tag in (b"<html>", b"<script>", b"<svg onload=x>", b"<IFRAME>"):
        yield Hostile(
            f"pdf: a page that begins {tag!r}",
            name,
            partial(bytes, whole.replace(b"1 0", b"%" + tag + b"\n1 0", 1)),
        )
    for share in (20, 50, 80, 90):
        yield Hostile(f"pdf: cut at {share} %", name, partial(bytes, whole[: len(whole) * share // 100]))


PDFS = list(_cases())
