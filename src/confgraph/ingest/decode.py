"""Turn the bytes of a page into text."""

from __future__ import annotations

import codecs
import re
from typing import Final

import charset_normalizer

from confgraph.errors import SourceError

_MARKED: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_CHARSET: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""What Python decodes and no file names rightly: most are no character sets, some take time in the square of the length."""
_CONTROLS: Final = frozenset(chr(i) for i in range(32)) - frozenset("\t\n\r\f\v\x1b")
_MAX_CONTROL_SHARE: Final = 0.01
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML file can hold. Source: XML 1.0, production 2 (Char)."""
_ZEROS: Final = 0.8
_CANDIDATES: Final = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "iso8859_2", "koi8_r", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
)  # fmt: skip
"""The encodings that old pages are in, the more common first; rarer ones are only ever guessed wrongly."""


def decode(data: bytes, where: str) -> tuple[str, str]:
    """Decode a page, and name the encoding it was in; line ends become `\\n`.

    UTF-8, and UTF-16 and UTF-32 that are marked, are exact; other encodings are detected. Page breaks become blanks and
    other control characters U+FFFD, so that every format can quote the page to the letter.

    >>> decode("naïve\\r\\n".encode("utf-16"), "a.txt")
    ('naïve\\n', 'utf-16')

    Raises:
        SourceError: the bytes are empty, no text, or in no encoding that can be told.
    """
    if not data.strip():
        raise SourceError(where, "the file is empty", "give a page with text, or leave the file out")
    text, encoding = _decode(data, where)
    controls = sum(text.count(c) for c in _CONTROLS)
    if "\x00" in text or controls > 1 + _MAX_CONTROL_SHARE * len(text):
        raise SourceError(where, "the file is binary, not text", "save the page as plain text (UTF-8)")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _NOT_XML.sub(lambda m: " " if m.group() in "\f\v" else "\ufffd", text)
    if not text.strip():
        raise SourceError(where, "the file holds nothing but white space", "give a page with text, or leave the file out")
    return text, encoding


def is_charset(name: str) -> bool:
    """Tell whether a name is that of a character set that can be decoded.

    >>> is_charset("Latin-1"), is_charset("punycode"), is_charset("nonsense")
    (True, False, False)
    """
    try:
        return codecs.lookup(name).name not in _NO_CHARSET
    except (LookupError, ValueError):  # a name with a zero in it is a ValueError
        return False


def decode_as(data: bytes, name: str) -> str | None:
    """Decode bytes in the encoding that a file names; None where that is no character set, or the bytes are not in it.

    >>> decode_as(b"na\\xefve", "ISO-8859-1"), decode_as(b"na\\xefve", "utf-8"), decode_as(b"naive", "punycode")
    ('naïve', None, None)
    """
    try:
        return data.decode(name) if is_charset(name) else None
    except (LookupError, UnicodeError):  # Python also knows ways to write bytes that give no text
        return None


def marked_encoding(data: bytes) -> str | None:
    """Name the Unicode encoding that the mark at the start of a file tells; None without one."""
    return next((name for mark, name in _MARKED if data.startswith(mark)), None)


def _decode(data: bytes, where: str) -> tuple[str, str]:
    marked = marked_encoding(data) or _unmarked_utf16(data)
    try:
        return data.decode(marked or "utf-8"), marked or "utf-8"
    except UnicodeDecodeError as error:
        if marked:
            what = f"byte {error.start} is not valid {marked}, though the file begins as such"
            raise SourceError(where, what, "save it again as UTF-8") from error
        position = error.start
    if b"\x00" in data:
        raise SourceError(where, "the file is binary, not text", "save the page as plain text (UTF-8)")
    guess = _guess(data)
    if guess is None:
        raise SourceError(where, f"byte {position} is not valid UTF-8, and no other encoding fits", "save the page as UTF-8")
    try:
        return data.decode(guess), guess
    except UnicodeDecodeError as error:
        raise SourceError(where, f"byte {error.start} is valid neither in UTF-8 nor in {guess}", "save the page as UTF-8") from error


def _unmarked_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zeros: text in Latin letters has one in nearly every second byte, and no other."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    most, least, half = max(even, odd), min(even, odd), len(data) / 2
    if most < _ZEROS * half or least > (1 - _ZEROS) * half:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guess(data: bytes) -> str | None:
    """Name the encoding that makes the most readable text, in steps of a twentieth; of equals, the more common one."""
    ranked = [
        (
            round(match.chaos * 20),
            -match.coherence,
            min(_CANDIDATES.index(name) for name in match.could_be_from_charset if name in _CANDIDATES),
        )
        for match in charset_normalizer.from_bytes(data, cp_isolation=list(_CANDIDATES))
    ]
    return _CANDIDATES[min(ranked)[2]] if ranked else None
