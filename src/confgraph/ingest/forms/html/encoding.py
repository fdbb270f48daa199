"""Turn the bytes of an HTML page into text, whatever its declaration says."""

from __future__ import annotations

import codecs
import re
from typing import Final

from confgraph.ingest.decode import decode, decode_as

_DECLARED: Final = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD: Final = 4096
"""How far into a page its encoding may be declared. Browsers read 1024 bytes; saved pages put a comment before."""
_SUPERSETS: Final = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs", "utf-16": "utf-8", "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}  # fmt: skip
"""What browsers read where a page declares the key. Source: WHATWG Encoding Standard, section 4.2 (names and labels)."""
_STRAY: Final = re.compile("[\udc80-\udcff]")
_FEW: Final = 0.5
"""The largest share of stray bytes among the characters beyond ASCII of a page that is UTF-8 all the same."""


def decode_page(data: bytes, where: str) -> str:
    """Decode an HTML page; line ends become `\\n`.

    What is valid UTF-8 is UTF-8, for many pages are converted and keep their old declaration. A few stray bytes of old
    quotes among UTF-8 are read as browsers would read them alone. Else the declaration holds, if it can; else the encoding is detected.

    >>> decode_page('<meta charset="iso-8859-1"><p>naïve “so”'.encode("cp1252"), "a.html")[-10:]
    'naïve “so”'

    Raises:
        SourceError: the page is empty, no text, or in no encoding that can be told.
    """
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in data[:_HEAD]
    text = None if marked else _as_utf8(data) or _as_declared(data)
    if text is None:
        return decode(data, where)[0]
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _as_utf8(data: bytes) -> str | None:
    """Read UTF-8 that is valid but for a few bytes; None for what is another encoding, or empty."""
    text = data.decode("utf-8", "surrogateescape")
    stray = len(_STRAY.findall(text))
    if not stray:
        return text
    beyond = sum(1 for c in text if c > "\x7f")
    return _STRAY.sub(_from_windows, text) if stray <= _FEW * beyond else None


def _from_windows(stray: re.Match[str]) -> str:
    return bytes([ord(stray[0]) - 0xDC00]).decode("cp1252", "replace")


def _as_declared(data: bytes) -> str | None:
    declared = _DECLARED.search(data, 0, _HEAD)
    if not declared:
        return None
    label = declared[1].decode("ascii")
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return decode_as(data, _SUPERSETS.get(name, name))
