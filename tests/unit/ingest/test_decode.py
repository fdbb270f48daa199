"""Bytes of all sorts become text, or a clear error."""

from __future__ import annotations

import pytest

from confgraph.errors import SourceError
from confgraph.ingest.decode import decode, decode_as

TEXT = "Naïve résumé – “engines” in Zürich\n"
JAPANESE = "深層学習の会議の予稿集です。今年の発表は東京で行われます。\n" * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_are_exact(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "a.txt") == (TEXT, encoding)


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_either_byte_order_is_read(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding), "a.txt") == (TEXT, "utf-16")


def test_windows_text_is_detected() -> None:
    text = TEXT * 20
    assert decode(text.encode("cp1252"), "a.txt") == (text, "cp1252")


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "gb18030"])
def test_east_asian_text_is_detected(encoding: str) -> None:
    text, _ = decode(JAPANESE.encode(encoding), "a.txt")
    assert text == JAPANESE


@pytest.mark.parametrize("name", ["punycode", "idna", "unicode_escape", "zlib", "rot13", "undefined", "nonsense", "a\0b"])
def test_a_name_of_no_character_set_decodes_nothing(name: str) -> None:
    assert decode_as(b"abc", name) is None


@pytest.mark.parametrize("data", [b"a\r\nb\rc\n", b"a\nb\nc\n"])
def test_line_ends_become_one(data: bytes) -> None:
    assert decode(data, "a.txt") == ("a\nb\nc\n", "utf-8")


BAD = {
    "empty": (b"", "the file is empty"),
    "blank bytes": (b" \n\t\r\n", "the file is empty"),
    "blank characters": ("\u00a0\u2003\n".encode(), "nothing but white space"),
    "only a mark": (b"\xef\xbb\xbf", "nothing but white space"),
    "NUL in text": (b"A page\x00 of text", "binary"),
    "picture": (bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(range(256)) * 4, "binary"),
    "control characters": (b"a\x01\x02\x03" * 30, "binary"),
    "broken utf-16": (b"\xff\xfea\x00b", "not valid utf-16"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_text_is_a_clear_error(case: str) -> None:
    data, expected = BAD[case]
    with pytest.raises(SourceError, match=expected) as caught:
        decode(data, "a.txt")
    assert str(caught.value).startswith("a.txt: ")
    assert caught.value.hint


def test_all_bad_inputs_are_collected() -> None:
    assert len(BAD) == 8


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_told_by_its_zeros(encoding: str) -> None:
    text = "Orals\nAda Lovelace · José García\nWe present an engine.\n"
    assert decode(text.encode(encoding), "a.txt") == (text, encoding)


def test_one_stray_control_character_is_no_binary_file() -> None:
    assert decode(b"We present\x01 an engine.", "a.txt")[1] == "utf-8"


def test_every_character_can_be_quoted_in_xml_and_none_moves() -> None:
    text, _ = decode("Page one.\r\n\x0cPage\x0btwo \x1b[1m\uffff, na\u0308ive 🐙".encode(), "a.txt")
    assert text == "Page one.\n Page two \ufffd[1m\ufffd, na\u0308ive 🐙"
