"""Read the authors between title and abstract: names with marks that lead to institutions, or blocks of a name and what stands below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from confgraph.ingest.affiliations import is_institution
from confgraph.ingest.forms import ids
from confgraph.ingest.forms.fields_text import Person
from confgraph.ingest.forms.pdf.front import is_chrome
from confgraph.ingest.forms.pdf.typeset import Segment, split_lines
from confgraph.ingest.names import is_group, is_name
from confgraph.ingest.people import SIGNS, Listed, mostly, split_listed
from confgraph.text import joined

_EMAIL: Final = re.compile(
    r"\(?(?:e-?mails?\s*:?\s*)?(?:\{[^{}]{1,200}\}|[\[(][^\[\]()]{1,200}[\])]|[\w.+,-]{1,80})\s?@\s?[\w-]+(?:\.[\w-]+)+\)?[,;]?",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"https?://\S+|www\.\S+")
_NOTE: Final = re.compile(
    r"equal(?:ly)?\s+contribut|contributed\s+equally|corresponding|correspondence|work\s+(?:was\s+)?(?:done|performed|conducted)|internship|joint\s+first"
    r"|project\s+(?:lead|page)|these\s+authors|equal\s+advis|co-?first|senior\s+author|alphabetical|anonymous|(?:received|revised|accepted)\b"
    r"|^\W*(?:january|february|march|april|may|june|july|august|september|october|november|december)\b[\s\d,]*$|^orcid|^e-?mails?\W*$",
    re.IGNORECASE,
)
_GRADE: Final = re.compile(r",?\s*(?:(?:Graduate\s+)?(?:Student|Senior|Life)\s+)*(?:Member|Fellow),\s*(?:IEEE|ACM|AAAI)\b", re.IGNORECASE)
_COUNTED: Final = re.compile(r"^\d{1,2}\s?(?:\^\{)?(?:st|nd|rd|th)\}?\s+")
"""`1st Ada Lovelace`, as a template of the IEEE has it."""
_ORCID: Final = re.compile(r"\[?\(?(?:https?://orcid\.org/)?(?P<id>\d{4}-\d{4}-\d{4}-\d{3}[\dX])\)?\]?")
_ORCID_LINE: Final = re.compile(rf"(?:orcid(?:\s?id)?\s?:?\s?)?{_ORCID.pattern}", re.IGNORECASE)
_KEYED: Final = re.compile(r"^\(?(?P<key>\d{1,2})\)?[.)]?\s*(?=[A-Z])")
_MARK: Final = re.compile(rf"\d+|[a-z](?![a-z])|[{SIGNS}]")
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Authors:
    """The people of a paper, and how sure their names and their affiliations are in [0, 1]; 0 where there are none."""

    people: tuple[Person, ...] = ()
    groups: tuple[str, ...] = ()
    names: float = 0.0
    affiliations: float = 0.0


def read_authors(segments: Sequence[Segment], notes: Sequence[Segment]) -> Authors:
    """Read the authors from what stands between the title and the abstract.

    Args:
        segments: what stands there.
        notes: what stands below it on the page, where some styles print the institutions at the foot.
    """
    lines = [kept for line in split_lines(segments) if (kept := [s for s in line if _is_orcid(s) or not _is_noise(s)])]
    words = [kept for line in lines if (kept := [s for s in line if not _is_orcid(s)])]
    keys = _read_keys(s for line in words for s in line if _opens_with_key(s))
    listed = _listed(words, marked=bool(keys))
    marks = {mark for person in listed for mark in person.marks}
    if not keys and any(mark.isdigit() for mark in marks):
        keys = _read_keys(_foot(notes, marks))
    if marks & set(keys):
        return _of_marks(listed, keys)
    return _of_blocks(lines)


def _is_noise(segment: Segment) -> bool:
    """Tell whether a stretch is no person and no institution: a note, an address, a running head."""
    text = _ADDRESS.sub("", _EMAIL.sub("", segment.text))
    return not _LETTERS.search(text) or bool(_NOTE.search(text)) or is_chrome(text)


def _is_orcid(segment: Segment) -> bool:
    return bool(_ORCID_LINE.fullmatch(segment.text))


def _marked(segment: Segment) -> str:
    """Write a stretch with what is raised as `^{...}`, and a comma between names that only a mark divides."""
    parts: list[str] = []
    for run in segment.runs:
        mark = "".join(_ORCID.sub("", run.text).split())
        if run.raised and (orcid := _ORCID.search(run.text)):
            parts += [orcid.group(), f"^{{{mark}}}"] if mark else [run.text]
        elif run.raised:
            if len(parts) > 1 and parts[-1].strip(" ,") == "" and parts[-2].startswith("^{"):
                parts.pop()
                parts[-1] = f"{parts[-1][:-1]},{mark}}}"
            else:
                parts.append(f"^{{{mark}}}")
        else:
            divided = not parts or not parts[-1].startswith("^{") or re.match(r"\s*(?:[,;&·|.]|and\b)", run.text) or not run.text.strip()
            parts.append(run.text if divided else f", {run.text.lstrip()}")
    text = _EMAIL.sub("", "".join(parts))
    return _GRADE.sub("", _COUNTED.sub("", text.strip()))


def _people(segment: Segment) -> list[Listed]:
    """Read a stretch as people, each with the ORCID that stands behind the name; empty where it is something else."""
    text, orcids = _without_orcids(_marked(segment))
    listed = _with_orcids([person for person in split_listed(text, 0) if person.author.name], orcids)
    names = [person.author.name for person in listed]
    good = names and mostly(is_name(name) or is_group(name) for name in names) and not any(map(is_institution, names))
    return listed if good else []


def _without_orcids(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Write a space for each ORCID, and give them with the places of these spaces."""
    pieces: list[str] = []
    orcids: list[tuple[int, str]] = []
    at = length = 0
    for m in _ORCID.finditer(text):
        pieces += [text[at : m.start()], " "]
        length += m.start() - at
        orcids.append((length, m["id"]))
        at, length = m.end(), length + 1
    return "".join([*pieces, text[at:]]), orcids


def _with_orcids(listed: Sequence[Listed], orcids: Sequence[tuple[int, str]]) -> list[Listed]:
    """Give each person the ORCID between the name and the next one; two are no one's for certain."""
    found = []
    for person, after in zip(listed, (*listed[1:], None), strict=False):
        end = after.author.start if after else None
        own = [orcid for place, orcid in orcids if place >= (person.author.end or 0) and (end is None or place < end)]
        author = replace(person.author, ids={"orcid": own[0]}) if len(own) == 1 else person.author
        found.append(Listed(author, person.marks))
    return found


def _opens_with_key(segment: Segment) -> bool:
    """Tell whether a stretch is an institution after its mark."""
    first = segment.runs[0]
    rest = "".join(run.text for run in segment.runs[1:] if not run.raised).strip()
    if first.raised:
        return bool(_LETTERS.search(rest)) and (is_institution(rest) or not is_name(rest))
    m = _KEYED.match(segment.text)
    return bool(m) and is_institution(segment.text[m.end() :]) if m else False


def _read_keys(segments: Iterable[Segment]) -> dict[str, str]:
    """Read institutions after their marks; what follows without a mark on the next line goes on the last one."""
    keys: dict[str, list[str]] = {}
    last: list[str] = []
    for segment in segments:
        runs = segment.runs
        if not runs[0].raised and (m := _KEYED.match(segment.text)):
            last = keys.setdefault(m["key"], [])
            last.append(segment.text[m.end() :])
            continue
        for run in runs:
            if not run.raised:
                last.append(run.text)
                continue
            last = []
            for mark in _MARK.findall(run.text):
                keys.setdefault(_sign(mark), last)
        last.append("\n")
    texts = {mark: _institution("".join(parts)) for mark, parts in keys.items()}
    return {mark: text for mark, text in texts.items() if _LETTERS.search(text) and not _NOTE.search(text)}


def _institution(text: str) -> str:
    """Write an institution without e-mail addresses, notes and what divides it from the next."""
    bare = _ADDRESS.sub("", _EMAIL.sub("", joined(text)))
    bare = re.split(r"\.?\s*(?:correspondence to|corresponding author|equal contribution)", bare, maxsplit=1, flags=re.IGNORECASE)[0]
    return bare.strip(" ,;.&\n").removesuffix(" and").strip(" ,;")


def _sign(mark: str) -> str:
    return "*" if mark in "∗*⁎" else mark


def _foot(notes: Sequence[Segment], marks: set[str]) -> Iterator[Segment]:
    """Yield the footnote that opens with a mark of the authors and names institutions, and its further lines."""
    size = left = last = 0.0
    for segment in notes:
        if not size:
            rest = "".join(run.text for run in segment.runs if not run.raised)
            opening = segment.runs[0].raised and {_sign(m) for m in _MARK.findall(segment.runs[0].text)} & ({*marks, "*"})
            if opening and (is_institution(rest) or _NOTE.search(rest)):
                size, left, last = segment.size, segment.left, segment.baseline
                yield segment
        elif abs(segment.size - size) < 0.5 and segment.left < left + 15 * size and 0 <= last - segment.baseline <= 2 * size:
            if is_chrome(segment.text):
                return
            last = segment.baseline
            yield segment


def _listed(lines: Sequence[Sequence[Segment]], *, marked: bool) -> list[Listed]:
    """Read the people up to the first institution."""
    found: list[Listed] = []
    for line in lines:
        people = [_people(segment) for segment in line if not (marked and _opens_with_key(segment))]
        if found and not any(people):
            break
        found += [person for some in people for person in some]
    return found


def _of_marks(listed: Sequence[Listed], keys: Mapping[str, str]) -> Authors:
    """Give people the institutions that their marks lead to."""
    people = []
    for author, raw in listed:
        marks = [m for mark in map(_sign, raw) for m in ([mark] if mark in keys else mark)]
        people.append(Person(author.name, tuple(dict.fromkeys(keys[m] for m in marks if m in keys)), tuple(author.ids.items())))
    placed = sum(bool(person.affiliations) for person in people)
    return _authors(people, 0.9 if placed == len(people) else 0.7 if 2 * placed >= len(people) else 0.4)


def _authors(people: Sequence[Person], affiliations: float) -> Authors:
    names = 0.9 if all(is_name(person.name) or is_group(person.name) for person in people) else 0.6
    has = any(person.affiliations for person in people)
    groups = tuple(person.name for person in people if is_group(person.name))
    alone = tuple(person for person in people if not is_group(person.name))
    return Authors(alone, groups, names if people else 0.0, affiliations if has else 0.0)


@dataclass(slots=True)
class _Block:
    """People who stand in one stretch, and the lines below it."""

    segment: Segment
    people: list[Listed]
    details: list[Segment]


def _of_blocks(lines: Sequence[Sequence[Segment]]) -> Authors:
    """Read names with what stands below them; blocks may stand side by side."""
    rows: list[list[_Block]] = []
    last: Sequence[Segment] = ()
    pitch = 0.0
    for line in lines:
        gap = last[0].baseline - line[0].baseline if last else 0.0
        people = [_people(segment) for segment in line]
        if all(people) and _opens_row(rows, line, gap, pitch):
            rows.append([_Block(segment, some, []) for segment, some in zip(line, people, strict=True)])
        elif rows:
            for segment in line:
                for block in _above(rows[-1], segment, line):
                    block.details.append(segment)
            pitch = min(pitch, gap) if pitch else gap
        last = line
    _share(rows)
    people_ = [person for row in rows for block in row for person in _persons(block)]
    return _authors(people_, 0.7)


def _opens_row(rows: Sequence[Sequence[_Block]], line: Sequence[Segment], gap: float, pitch: float) -> bool:
    """Tell whether a line that may be names is a further row of them, and no place such as `Paris, France`."""
    if not rows:
        return True
    name = rows[-1][0].segment
    if line[0].font != name.font or abs(line[0].size - name.size) > 0.05 * name.size:
        return False
    details = [detail for block in rows[-1] for detail in block.details]
    if not details:
        return True
    return all(detail.font != name.font or abs(detail.size - name.size) > 0.05 * name.size for detail in details) or gap > 1.2 * pitch > 0


def _above(row: Sequence[_Block], segment: Segment, line: Sequence[Segment]) -> Sequence[_Block]:
    """Give the blocks that a stretch below belongs to: all that it spans, else the nearest; a single one in the middle is shared."""
    spanned = [block for block in row if segment.left <= block.segment.center <= segment.right]
    if len(spanned) > 1:
        return spanned
    middle = (row[0].segment.left + row[-1].segment.right) / 2
    if len(line) == 1 and len(row) > 1 and abs(segment.center - middle) < 0.03 * (row[-1].segment.right - row[0].segment.left) + 2:
        return row
    return [min(row, key=lambda block: abs(block.segment.center - segment.center))]


def _share(rows: Sequence[Sequence[_Block]]) -> None:
    """Let rows of names that have nothing below them share what stands below the next row."""
    for row, below in zip(reversed(rows[:-1]), reversed(rows[1:]), strict=True):
        if not any(block.details for block in row):
            shared = below[0].details if all(block.details == below[0].details for block in below) else []
            for block in row:
                block.details = list(shared)


def _persons(block: _Block) -> Iterator[Person]:
    """Yield the people of a block with the lines below it as one affiliation."""
    parts = [part for detail in block.details if not _is_orcid(detail) and (part := _institution(detail.plain))]
    place = ", ".join(part for part in parts if not is_chrome(part))
    orcids = [m["id"] for detail in block.details if (m := _ORCID.search(detail.text))]
    known = ids.united([("orcid", orcids[0])]) if len(orcids) == 1 and len(block.people) == 1 else ()
    for author, _ in block.people:
        yield Person(author.name, (place,) if place else (), ids.united(author.ids.items(), known))
