"""Read gold sets: texts with marked entities and relations, in our own format or SciER's, and annotated records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from confgraph import jsonl
from confgraph.errors import SourceError
from confgraph.evaluate import scier
from confgraph.extract import LABELS

RECORDS: Final = "records"
TEXTS: Final = "scier"
_OWN_TEXT: Final = '{"id", "text", "entities": [{"start", "end", "label"}], "relations": [{"subject_start", "type", "object_start"}]}'
_FORMATS: Final = f'{{"doc", "ordinal", ...}}, {{"doc_id", "sentence", "ner", "rel"}}, or {_OWN_TEXT}'
_LABELS: Final = {label.casefold(): label for label in LABELS}


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its entities `(start, end, label)` and its relations `(subject, type, object)` between their indices.

    `doc` is the document that it belongs to, empty where the gold set names none.
    """

    doc: str
    text: str
    entities: tuple[tuple[int, int, str], ...]
    relations: tuple[tuple[int, str, int], ...]


def kind_of(path: Path) -> str:
    """Tell by the keys of its first line whether a file holds `records` or texts (`scier`).

    Raises:
        SourceError: the file cannot be read, is empty, or is in no known format.
    """
    return RECORDS if _format_of(path) == RECORDS else TEXTS


def read_texts(path: Path) -> list[GoldText]:
    """Read a gold set of texts in SciER's format, detokenised, or in our own.

    Raises:
        SourceError: the file is in neither format, or a line is wrong.
    """
    if _format_of(path) == TEXTS:
        return [GoldText(s.doc, s.text, s.entities, s.relations) for s in scier.read(path)]
    return [_text(row, f"{path}, line {number}") for number, row in jsonl.read(path)]


def read_records(path: Path) -> list[Mapping[str, Any]]:
    """Read a gold set of records; of each row, the place and the types of its values are checked.

    Raises:
        SourceError: a line is no gold record.
    """
    rows = []
    for number, row in jsonl.read(path):
        where = f"{path}, line {number}"
        _require(row, where, doc=str, ordinal=int)
        _check_record(row, where)
        rows.append(row)
    return rows


def _format_of(path: Path) -> str:
    first = next(iter(islice(jsonl.read(path), 1)), None)
    if first is None:
        raise SourceError(str(path), "is empty", f"give a gold set: {_FORMATS}, one object a line")
    number, row = first
    keys = set(row) if isinstance(row, dict) else set()
    for name, needed in ((RECORDS, {"doc", "ordinal"}), (TEXTS, {"sentence", "ner"}), ("own", {"text"})):
        if needed <= keys:
            return name
    raise SourceError(f"{path}, line {number}", "is in no format of gold sets", f"write one object a line: {_FORMATS}")


def _text(row: Any, where: str) -> GoldText:
    """Read a row of our own format: what `confgraph extract` writes, with the text."""
    _require(row, where, text=str, entities=list)
    text = row["text"]
    entities = []
    for entity in row["entities"]:
        _require(entity, where, start=int, end=int, label=str)
        if not 0 <= entity["start"] < entity["end"] <= len(text):
            what = f"has an entity at {entity['start']} to {entity['end']}, outside its text of {len(text)} characters"
            raise SourceError(where, what, "give code points of the text")
        entities.append((entity["start"], entity["end"], _LABELS.get(entity["label"].casefold(), entity["label"])))
    relations = [_relation(r, text, entities, where) for r in _list(row, "relations", where)]
    return GoldText(str(row.get("doc_id", "")), text, tuple(entities), tuple(relations))


def _relation(row: Any, text: str, entities: Sequence[tuple[int, int, str]], where: str) -> tuple[int, str, int]:
    _require(row, where, subject_start=int, type=str, object_start=int)
    ends = []
    for role in ("subject", "object"):
        start, words = row[f"{role}_start"], row.get(role)
        there = [i for i, (at, end, _) in enumerate(entities) if at == start and words in (None, text[at:end])]
        if not there:
            raise SourceError(where, f"has a relation whose {role} is no entity: {start}", "give the start of one of its entities")
        ends.append(there[0])
    return ends[0], row["type"], ends[1]


def _check_record(row: Mapping[str, Any], where: str) -> None:
    """Check the values that are compared; those that are absent or null are not."""
    for key in ("introduces", "methods", "datasets", "tasks", "metrics", "institutions", "resources", "authors"):
        for item in _list(row, key, where):
            if not isinstance(item, str):
                _require(item, where, name=str)
                _check_strings(item, "aliases", where)
    for relation in _list(row, "relations", where):
        if not (
            isinstance(relation, list) and len(relation) == len(("subject", "type", "object")) and all(isinstance(r, str) for r in relation)
        ):
            raise SourceError(where, f"has the relation {relation!r}", 'write ["subject", "type", "object"]')
    extras = row.get("extras") or {}
    _require(extras, where)
    aliases = extras.get("aliases") or {}
    _require(aliases, where)
    for table, keys in ((extras, ("lenient", "unnamed_introduces")), (aliases, tuple(aliases))):
        for key in keys:
            _check_strings(table, key, where)


def _check_strings(row: Mapping[str, Any], key: str, where: str) -> None:
    if not all(isinstance(item, str) for item in _list(row, key, where)):
        raise SourceError(where, f"{key} holds what is no string", "give a list of strings")


def _list(row: Mapping[str, Any], key: str, where: str) -> Iterator[Any]:
    value = row.get(key) or []
    if not isinstance(value, list):
        raise SourceError(where, f"{key} is no list", "give a list, [] where there is nothing")
    yield from value


def _require(row: Any, where: str, **types: type) -> None:
    """Refuse what is no object with values of these types."""
    if not isinstance(row, dict):
        raise SourceError(where, f"holds {row!r} where an object belongs", f"write: {_FORMATS}")
    for key, kind in types.items():
        if key not in row:
            raise SourceError(where, f"lacks {key!r}", f"write: {_FORMATS}")
        if not isinstance(row[key], kind) or isinstance(row[key], bool):
            raise SourceError(where, f"{key} is {row[key]!r}", f"write: {_FORMATS}")
