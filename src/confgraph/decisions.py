"""Read and write `decisions.jsonl`: what people decided of pairs of members, one JSON object a line.

    {"left": "method|lora", "right": "method|low-rank adaptation", "decision": "same", "by": "Ada", "note": "one thing"}

The keys of members stand in `judgements.jsonl`. The file is made to be kept under version control and written by hand.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from confgraph import jsonl
from confgraph.errors import ConfigError, OutputError, SourceError
from confgraph.records import Decision, EntityKind, MemberKey
from confgraph.resolve.rulings import Ruling

FILE_NAME: Final = "decisions.jsonl"
_KEYS: Final = ("left", "right", "decision", "by", "note")
_DECISIONS: Final = (Decision.SAME, Decision.DIFFERENT)
_HINT: Final = (
    'write {"left": KEY, "right": KEY, "decision": "same" or "different"}, with keys of judgements.jsonl; "by" and "note" may follow'
)
_KINDS: Final = frozenset(kind.value for kind in EntityKind)


@dataclass(frozen=True, slots=True)
class Decisions:
    """The rulings of some files in the order of their lines, and the sha256 of each file's bytes by its name."""

    rulings: tuple[Ruling, ...] = ()
    hashes: tuple[tuple[str, str], ...] = ()


def read_decisions(paths: Iterable[Path]) -> Decisions:
    """Read the rulings of some files, whatever their order.

    Raises:
        SourceError: a file cannot be read, or a line is not JSON.
        ConfigError: a line is no decision.
    """
    rulings: list[Ruling] = []
    hashes = []
    for path in sorted({path.resolve(): path for path in paths}.values()):
        data = _read(path)
        rulings += (_ruling(row, f"{path}, line {number}") for number, row in jsonl.iter_rows(io.BytesIO(data), str(path)))
        hashes.append((path.name, hashlib.sha256(data).hexdigest()))
    return Decisions(tuple(rulings), tuple(sorted(hashes)))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror})", "check the path and its permissions") from error


def _ruling(row: Any, where: str) -> Ruling:
    if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()) or not row.keys() >= {*_KEYS[:3]}:
        raise ConfigError(where, "is no decision", _HINT)
    if unknown := sorted(row.keys() - {*_KEYS}):
        raise ConfigError(where, f"holds the unknown key {unknown[0]!r}", _HINT)
    if row["decision"] not in _DECISIONS:
        raise ConfigError(where, f"decision is {row['decision']!r}", _HINT)
    for side in ("left", "right"):
        kind, bar, identity = row[side].partition("|")
        if not (bar and identity and kind in _KINDS):
            raise ConfigError(where, f"{side} is {row[side]!r}, which is no key of a member", _HINT)
    if row["left"] == row["right"]:
        raise ConfigError(where, f"compares {row['left']!r} with itself", "give two keys; what has one key is one thing")
    left, right = MemberKey(row["left"]), MemberKey(row["right"])
    return Ruling(left, right, Decision(row["decision"]), where, row.get("by", ""), row.get("note", ""))


def append(path: Path, rulings: Sequence[Ruling]) -> None:
    """Write rulings at the end of a file, which is made where there is none; all or none of them.

    Raises:
        OutputError: the file cannot be written.
    """
    lines = b"".join(jsonl.line_of({key: value for key in _KEYS if (value := getattr(ruling, key))}) for ruling in rulings)
    try:
        before = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise OutputError(str(path), f"cannot be read ({error.strerror})", "choose another file") from error
    with jsonl.written(path) as stream:
        stream.write(before if before.endswith(b"\n") or not before else before + b"\n")
        stream.write(lines)
