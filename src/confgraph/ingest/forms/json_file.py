"""Read JSON and JSON Lines, by the shape of the objects: those of known services, else rows whose keys are columns."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from confgraph.errors import SourceError
from confgraph.ingest.decode import decode
from confgraph.ingest.forms import crossref, dblp, openalex, openreview
from confgraph.ingest.forms.columns import Columns, names_papers, reader
from confgraph.ingest.forms.fields_text import Entry, Unread, render
from confgraph.ingest.forms.html.linked import read_linked

NAME: Final = "JSON"
SUFFIXES: Final = frozenset({".json", ".jsonl", ".ndjson"})

_START: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:\{\s*+\"|\[\s*+\{)")
_IS_LINKED: Final = re.compile(r"\ufeff?\s*+[\[{\s]{1,20}+\"@(?:context|graph|type|id)\"\s*+:")
_DEPTH: Final = 4
"""How deep a list of papers may stand in the object around it."""
_MOST_PARTS: Final = 10_000
_SAMPLE: Final = 100
"""So many objects of a list tell whether it is one of papers."""
_KNOWN: Final = "give papers as OpenAlex, Crossref, OpenReview or DBLP gives them, or objects with a title and authors or abstract"

_Row = Mapping[str, Any]


class _Shape(NamedTuple):
    """A kind of object: the service that gives it, what tells it, and what reads it."""

    name: str
    fits: Callable[[_Row], bool]
    of_row: Callable[[_Row], Entry]


_SHAPES: Final = (
    _Shape("OpenAlex", openalex.fits, openalex.of_row),
    _Shape("OpenReview", openreview.fits, openreview.of_row),
    _Shape("DBLP", dblp.fits, dblp.of_row),
    _Shape("Crossref", crossref.fits, crossref.of_row),
)


def fits(head: bytes) -> bool:
    """Tell whether a file starts as an object or a list of JSON."""
    return bool(_START.match(head))


def read(data: bytes, where: str) -> str:
    """Read JSON or JSON Lines as fields.

    Raises:
        SourceError: the file is no JSON, nested too deeply, or holds no list of papers.
    """
    return read_columns(data, where, Columns())


def read_columns(data: bytes, where: str, columns: Columns) -> str:
    """Read JSON or JSON Lines as fields, by the keys that the user names, and what the others are called.

    Raises:
        SourceError: as for `read`; or the user names a field or key that there is not.
    """
    text, _ = decode(data, where)
    if not columns and (said := _linked(text)):
        return said
    found_at = _by_line(text, where) if _is_lines(text) else _whole(text, where)
    wrapper = _wrapper([value for _, value in found_at if isinstance(value, Mapping)])
    placed = [(place, row) for place, value in found_at if not _is_no_paper(row := _unwrapped(value, wrapper))]
    rows = [value for _, value in placed if isinstance(value, Mapping)]
    shape = None if columns else _shape(rows)
    if shape is not None:
        found = [_entry(place, value, shape.of_row, shape) for place, value in placed]
        name = shape.name
    else:
        keys = list(dict.fromkeys(str(key) for row in rows for key in row))
        by = reader(keys, columns, rows, where)
        found = [_entry(place, value, by.entry, None) for place, value in placed]
        name = "JSON"
    if not any(isinstance(item, Entry) for item in found):
        raise SourceError(where, f"no paper was found in this {name}", _KNOWN)
    return render(name, found)


def _linked(text: str) -> str:
    """Read JSON-LD in the terms of schema.org as fields; empty where it is another kind of JSON, or names no article or talk."""
    if not _IS_LINKED.match(text):
        return ""
    linked = read_linked([text.lstrip("\ufeff")], most=len(text))
    found = linked.articles or linked.talks
    return render("JSON-LD", found, linked.facts) if found else ""


class RowReader(NamedTuple):
    """How the rows of one file are read: what their shape is called, and what reads the row of a place; None for what is no paper."""

    name: str
    entry: Callable[[str, Any], Entry | Unread | None]


def row_reader(sample: Sequence[Any], where: str) -> RowReader:
    """Find out from some rows how all rows of a file are read, one at a time.

    Raises:
        SourceError: the rows are no papers.
    """
    wrapper = _wrapper([value for value in sample if isinstance(value, Mapping)])
    rows = [row for value in sample if isinstance(value, Mapping) and isinstance(row := _unwrapped(value, wrapper), Mapping)]
    shape = _shape(rows)
    of_row: Callable[[_Row], Entry]
    if shape is None:
        keys = list(dict.fromkeys(str(key) for row in rows for key in row))
        name, of_row = NAME, reader(keys, Columns(), rows, where).entry
    else:
        name, of_row = shape.name, shape.of_row

    def entry(place: str, value: Any) -> Entry | Unread | None:
        row = _unwrapped(value, wrapper)
        return None if _is_no_paper(row) else _entry(place, row, of_row, shape)

    return RowReader(name, entry)


def whole_rows(data: bytes, where: str) -> list[Any]:
    """Give the papers of a file that is one value of JSON.

    Raises:
        SourceError: the file is no JSON, nested too deeply, or holds no list of papers.
    """
    text, _ = decode(data, where)
    return [value for _, value in _whole(text, where)]


def _is_no_paper(value: Any) -> bool:
    """Tell whether an object is what services list beside papers: a review, a journal, a volume."""
    return isinstance(value, Mapping) and ((openreview.fits(value) and openreview.is_reply(value)) or crossref.is_volume(value))


def _wrapper(rows: Sequence[_Row]) -> str | None:
    """Give the key under which most rows hold a paper; None where rows are papers themselves, or hold none."""
    sample = rows[:_SAMPLE]
    if any(map(_is_paper, sample)):
        return None
    counts = Counter(str(key) for row in sample for key, value in row.items() if _is_paper(value))
    best = max(counts, key=lambda key: (counts[key], key), default=None)
    return best if best is not None and 2 * counts[best] > len(sample) else None


def _unwrapped(value: Any, wrapper: str | None) -> Any:
    """Give the paper that a row holds under a key, with what stands around it."""
    inner = value.get(wrapper) if wrapper is not None and isinstance(value, Mapping) else None
    return {**value, **inner} if isinstance(inner, Mapping) else value


def _entry(place: str, value: Any, of_row: Callable[[_Row], Entry], shape: _Shape | None) -> Entry | Unread:
    if isinstance(value, _Broken):
        return Unread(place, value.reason)
    if not isinstance(value, Mapping):
        return Unread(place, "no object")
    if shape is not None and not shape.fits(value):
        return Unread(place, f"not as {shape.name} gives papers, as other rows are")
    entry = of_row(value)
    return entry if entry.says_enough else Unread(place, "neither title nor abstract")


def _shape(rows: Sequence[_Row]) -> _Shape | None:
    """Give the shape of most rows, None where most are of no known one; the first of equals."""
    counts = Counter(next((i for i, shape in enumerate(_SHAPES) if shape.fits(row)), len(_SHAPES)) for row in rows)
    best = min(counts, key=lambda i: (-counts[i], i), default=len(_SHAPES))
    return _SHAPES[best] if best < len(_SHAPES) else None


class _Broken(NamedTuple):
    """A line that could not be read, and why."""

    reason: str


def _is_lines(text: str) -> bool:
    """Tell whether a text is JSON Lines: the first line is a whole object and another starts below it."""
    first, _, rest = text.lstrip().partition("\n")
    return first.startswith("{") and first.rstrip().endswith("}") and rest.lstrip().startswith("{")


def _by_line(text: str, where: str) -> list[tuple[str, Any]]:
    """Give the value of each line with its place."""
    found: list[tuple[str, Any]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append((f"line {number}", _loads(line, where)))
            except SourceError as error:
                found.append((f"line {number}", _Broken(error.what)))
    broken = [value for _, value in found if isinstance(value, _Broken)]
    if 2 * len(broken) > len(found):
        raise SourceError(where, f"{broken[0].reason}; so are most lines", "give JSON, or one object of JSON a line")
    return found


def _whole(text: str, where: str) -> list[tuple[str, Any]]:
    """Give the papers of one value of JSON with their places."""
    value = _loads(text.lstrip("\ufeff"), where)
    rows = _rows(value)
    if not rows:
        raise SourceError(where, f"JSON without a list of papers: {_described(value)}", _KNOWN)
    return [(f"entry {number}", row) for number, row in enumerate(rows, 1)]


def _loads(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise SourceError(where, "the JSON is nested too deeply", "give a flat list of papers") from error
    except ValueError as error:
        raise SourceError(where, f"is not JSON: {str(error)[:120]}", "correct the file, or fetch it again") from error


def _rows(value: Any) -> list[Any]:
    """Give the papers of a value: those that stand least deep, in a list or as objects by key; else the longest list of objects."""
    levels = list(_iter_levels(value))
    for level in levels:
        best = max(_lists(level), key=_count_papers, default=[])
        papers = best if _count_papers(best) else [item for item in level if _is_paper(item)]
        if papers:
            return papers
    longest = max((found for level in levels for found in _lists(level)), key=_count_objects, default=[])
    return longest if _count_objects(longest) else []


def _lists(level: Sequence[Any]) -> list[list[Any]]:
    return [item for item in level if isinstance(item, list)]


def _count_papers(values: Sequence[Any]) -> int:
    return sum(map(_is_paper, values[:_SAMPLE]))


def _count_objects(values: Sequence[Any]) -> int:
    return sum(isinstance(value, Mapping) for value in values)


def _is_paper(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    return any(shape.fits(value) for shape in _SHAPES) or names_papers([str(key) for key in value])


def _iter_levels(value: Any) -> Iterator[list[Any]]:
    """Yield the values at each depth of an object that no list holds, the outermost first."""
    level = [value]
    for _ in range(_DEPTH + 1):
        yield level
        level = [part for item in level if isinstance(item, Mapping) for part in item.values()][:_MOST_PARTS]


def _described(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"an object with the keys {', '.join(repr(str(key)[:40]) for key in list(value)[:12]) or 'none'}"
    return f"a list of {len(value)} values" if isinstance(value, list) else f"a {type(value).__name__}"
