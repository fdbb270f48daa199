"""Every value that crosses a stage of the flow.

All are frozen; sequences are tuples. Offsets are half-open, in code points of the page as read:
`page.text[start:end]` is always the exact text. `to_row` and `from_row` turn a `Record` into a row of
`records.jsonl` and back.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Final, NewType

from confgraph.errors import RecordError

PageId = NewType("PageId", str)
"""The sha256, in hexadecimal, of a page's text in UTF-8."""

RecordId = NewType("RecordId", str)

MemberKey = NewType("MemberKey", str)
"""The normalised identity of one occurrence of a thing, before resolution; `<kind>|<identity>`."""


class RecordKind(StrEnum):
    """What a record of a page describes."""

    PAPER = "paper"
    WORKSHOP_PAPER = "workshop paper"
    TUTORIAL = "tutorial"
    TALK = "talk"


class ArtefactKind(StrEnum):
    """What sort of thing a record introduces."""

    METHOD = "Method"
    DATASET = "Dataset"
    SOFTWARE = "Software"
    BENCHMARK = "Benchmark"


class RelationType(StrEnum):
    """The relation types of SciER (Zhang et al., EMNLP 2024)."""

    USED_FOR = "Used-For"
    PART_OF = "Part-Of"
    SUBCLASS_OF = "SubClass-Of"
    SUBTASK_OF = "SubTask-Of"
    SYNONYM_OF = "Synonym-Of"
    COMPARE_WITH = "Compare-With"
    TRAINED_WITH = "Trained-With"
    EVALUATED_WITH = "Evaluated-With"
    BENCHMARK_FOR = "Benchmark-For"


class ResourceKind(StrEnum):
    """What stands behind a URL."""

    CODE = "code"
    DATA = "data"
    PAPER = "paper"
    SITE = "site"


class TextClass(StrEnum):
    """The one class that each character of a page has."""

    FIELD = "record field"
    HEADER = "header"
    FOOTER = "footer"
    NAVIGATION = "navigation"
    COMMENTARY = "commentary"
    FACT = "page fact"
    UNCLASSED = "unclassed"


class EntityKind(StrEnum):
    """The kinds of entity; the value is the path segment in their IRIs."""

    PAPER = "paper"
    PERSON = "person"
    ORGANIZATION = "organization"
    METHOD = "method"
    DATASET = "dataset"
    SOFTWARE = "software"
    TASK = "task"
    METRIC = "metric"


class Decision(StrEnum):
    """What a judgement says of its pair; what is open waits for a person, and merges nothing."""

    SAME = "same"
    DIFFERENT = "different"
    OPEN = "open"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of a page."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a page and its class; the segments of a page partition its text, in order."""

    start: int
    end: int
    text_class: TextClass


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a page's text does not say, from the `confgraph.toml` beside it.

    `conference` is the short name without the year (`NeurIPS`), `name` the edition's full name,
    dates are ISO 8601 (`2023-12-10`), `layout` forces a reader. Of a table, `columns` says which column holds which field
    (`{ title = "Paper Title" }`), and `author_separator` what stands between two authors of a cell.
    """

    conference: str | None = None
    name: str | None = None
    year: int | None = None
    start_date: str | None = None
    end_date: str | None = None
    place: str | None = None
    url: str | None = None
    layout: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)
    author_separator: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read: its file name, decoded text with `\\n` line ends, the sidecar's facts, and the form of the file (`BibTeX`)."""

    name: str
    text: str
    id: PageId
    encoding: str = "utf-8"
    sidecar: Sidecar = Sidecar()
    form: str = "text"


@dataclass(frozen=True, slots=True)
class Conference:
    """One edition of a conference, such as `NeurIPS 2023`, as a page or its sidecar names it.

    `span` is where the page names it; None where only the sidecar does. `spans` names the place of each other field
    that the page states: `year`, `name`, `place`, `start_date`, `end_date`.
    """

    series: str
    year: int | None = None
    name: str | None = None
    place: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    span: Span | None = None
    spans: Mapping[str, Span] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The short name with the year, the way people say it.

        >>> Conference("NeurIPS", 2023).label
        'NeurIPS 2023'
        """
        return f"{self.series} {self.year}" if self.year else self.series


@dataclass(frozen=True, slots=True)
class Named:
    """A name with the places of the page where it, or one of its short forms, stands."""

    name: str
    mentions: tuple[Span, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself and so of all its records.

    `event` is the page's own occasion where that is not the conference (an episode, a meetup);
    `organizations` are those whose work the whole page lists.
    """

    conference: Conference | None = None
    event: Named | None = None
    organizations: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """An author as printed, `others` where "et al." follows; `ids` are identifiers by scheme (`orcid`)."""

    name: str
    affiliations: tuple[str, ...] = ()
    others: bool = False
    start: int = 0
    end: int = 0
    ids: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Concept:
    """A method, dataset, task, metric or institution of one record: long form first, places in order."""

    name: str
    aliases: tuple[str, ...] = ()
    confidence: float = 1.0
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Introduced:
    """A thing that a record says it introduces."""

    name: str
    kind: ArtefactKind
    aliases: tuple[str, ...] = ()
    confidence: float = 1.0
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """A URL of the record, without the sentence's punctuation."""

    url: str
    kind: ResourceKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Result:
    """A reported number: `value` as printed without `unit`; the span covers value and unit.

    `unit` is as printed for a score, and in words for a change (`% less`, `percentage points`).
    """

    metric: str
    value: str
    start: int
    end: int
    unit: str | None = None
    dataset: str | None = None
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed relation between two concepts of the record; the span is that of its sentence."""

    subject: str
    subject_start: int
    type: RelationType
    object: str
    object_start: int
    confidence: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Talk:
    """One presentation of a record in an event: `kind` is `talk` or `poster`.

    `start_time` is as printed (`1:12:23` into an episode, `09:30`); the span is that of the whole entry.
    """

    label: str
    kind: str
    start: int
    end: int
    start_time: str | None = None
    speakers: tuple[Author, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a page: what the page prints, and what extraction finds in it.

    `ordinal` is the 1-based position on the page, `page` the page's id, `doc` its file name. `spans` names
    the place of each field read from the page; `record` covers the whole entry. `ids` are identifiers by scheme, the
    first of each as the page has them; those after it are `further_ids`, such as the DOI of another version. `abstract` is the
    printed text with line ends, layout bullets and hyphenation at line ends undone.
    """

    id: RecordId
    doc: str
    ordinal: int
    page: PageId
    kind: RecordKind
    title: str | None = None
    abstract: str | None = None
    authors: tuple[Author, ...] = ()
    room: str | None = None
    session: str | None = None
    track: str | None = None
    venue: str | None = None
    event: str | None = None
    year: int | None = None
    start_time: str | None = None
    end_time: str | None = None
    keywords: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    further_ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    introduces: tuple[Introduced, ...] = ()
    methods: tuple[Concept, ...] = ()
    datasets: tuple[Concept, ...] = ()
    tasks: tuple[Concept, ...] = ()
    metrics: tuple[Concept, ...] = ()
    institutions: tuple[Concept, ...] = ()
    resources: tuple[Resource, ...] = ()
    results: tuple[Result, ...] = ()
    relations: tuple[Relation, ...] = ()
    talks: tuple[Talk, ...] = ()
    flags: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reject:
    """A piece of input that could not be used: `offset` is in code points of the page, or None for all of it."""

    doc: str
    offset: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What ingest makes of one page."""

    page: Page
    layout: str
    records: tuple[Record, ...]
    segments: tuple[Segment, ...]
    facts: PageFacts = PageFacts()
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature that spoke for a judgement: its value in [0, 1] and its weight."""

    feature: str
    value: float
    weight: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision that two members are, or are not, one entity; `score` in [0, 1], `by` says who decided."""

    id: str
    kind: EntityKind
    left: MemberKey
    right: MemberKey
    decision: Decision
    score: float
    reasons: tuple[Reason, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Member:
    """One key of an entity before merging: its name as printed, and the pages' records it stands in."""

    key: MemberKey
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    records: tuple[RecordId, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing, derived from judgements: its key is the smallest of its members' keys.

    `label` is for people, `aliases` are its other names.
    """

    key: MemberKey
    kind: EntityKind
    label: str
    aliases: tuple[str, ...]
    members: tuple[MemberKey, ...]


@dataclass(frozen=True, slots=True)
class Broader:
    """A decision whether one entity is broader than another; both are named by the key of the entity.

    `members` are the members of the narrower one whose names say so; none where only records state it. `holds` where the score
    suffices and no circle would close.
    """

    narrower: MemberKey
    broader: MemberKey
    members: tuple[MemberKey, ...]
    score: float
    reasons: tuple[Reason, ...]
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Registered:
    """What a register says of an organisation: its IRI in ROR, the ISO 3166-1 code of its country, and the keys of its parents.

    `exact` where a page prints a name that the register has.
    """

    name: str
    ror: str | None = None
    country: str | None = None
    parents: tuple[MemberKey, ...] = ()
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Resolution:
    """What resolve makes of all readings: entities sorted by key, the judgements they follow from, and which is broader than which.

    `affiliations` holds the keys of the organisations that each raw affiliation names, `registered` what a register says of them.
    """

    entities: tuple[Entity, ...]
    judgements: tuple[Judgement, ...]
    by_member: Mapping[MemberKey, Entity]
    broader: tuple[Broader, ...] = ()
    affiliations: Mapping[str, tuple[MemberKey, ...]] = field(default_factory=dict)
    registered: Mapping[MemberKey, Registered] = field(default_factory=dict)


def to_row(value: Any) -> Any:
    """Turn a value of this module into plain JSON values; enums become their text.

    >>> to_row(Resource("https://a.org", ResourceKind.SITE, 3, 16))
    {'url': 'https://a.org', 'kind': 'site', 'start': 3, 'end': 16}
    """
    if dataclasses.is_dataclass(value):
        return {f.name: to_row(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {k: to_row(v) for k, v in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [to_row(v) for v in value]
    return str(value) if isinstance(value, StrEnum) else value


def from_row(row: Any, where: str) -> Record:
    """Make a `Record` of a row of `records.jsonl`; keys that are absent or null take their defaults.

    Raises:
        RecordError: a key is unknown or missing, or a value has another type than documented;
            `where` (such as `records.jsonl, line 3`) opens its message.
    """
    record: Record = _read(Record, row, where, "record")
    return record


def judgement_from_row(row: Any, where: str) -> Judgement:
    """Make a `Judgement` of a row of `judgements.jsonl`.

    Raises:
        RecordError: as for `from_row`.
    """
    judgement: Judgement = _read(Judgement, row, where, "judgement")
    return judgement


TYPE_NAMES: Final = {str: "a string", int: "an integer", float: "a number", bool: "true or false"}
"""What people call the types of values in JSON and TOML."""


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _read(wanted: Any, value: Any, where: str, path: str) -> Any:
    """Read `value` as the type `wanted`, or say at which key it is another."""
    origin = typing.get_origin(wanted)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else _read(typing.get_args(wanted)[0], value, where, path)
    if origin is tuple:
        items = _expect(list, value, where, path, "a list")
        return tuple(_read(typing.get_args(wanted)[0], v, where, f"{path}[{i}]") for i, v in enumerate(items))
    if origin is not None:
        pairs = _expect(dict, value, where, path, "an object")
        return {k: _read(typing.get_args(wanted)[1], v, where, f"{path}.{k}") for k, v in pairs.items()}
    if dataclasses.is_dataclass(wanted):
        return _read_object(typing.cast("type", wanted), value, where, path)
    return _read_leaf(wanted, value, where, path)


def _read_leaf(wanted: Any, value: Any, where: str, path: str) -> Any:
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        if value not in list(wanted):
            raise RecordError(where, f"{path} is {value!r}", f"use one of: {', '.join(wanted)}")
        return wanted(value)
    leaf = getattr(wanted, "__supertype__", wanted)
    if leaf is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return _expect(leaf, value, where, path, TYPE_NAMES[leaf])


def _read_object(cls: type, value: Any, where: str, path: str) -> Any:
    row = _expect(dict, value, where, path, "an object")
    known = {f.name: f for f in dataclasses.fields(cls)}
    if unknown := sorted(set(row) - set(known)):
        raise RecordError(where, f"{path} has the unknown key {unknown[0]!r}", f"known keys: {', '.join(known)}")
    values = {}
    for name, key in known.items():
        optional = key.default is not dataclasses.MISSING or key.default_factory is not dataclasses.MISSING
        if row.get(name) is not None:
            values[name] = _read(_hints(cls)[name], row[name], where, f"{path}.{name}")
        elif not optional:
            raise RecordError(where, f"{path} lacks {name!r}", "add it")
    return cls(**values)


def _expect(kind: type, value: Any, where: str, path: str, name: str) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise RecordError(where, f"{path} is {type(value).__name__}", f"give {name}")
    return value
