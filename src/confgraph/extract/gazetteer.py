"""Read the gazetteers and find their names in a Doc.

A line of `data/gazetteers/<field>.tsv` is a concept: `name<TAB>alias|alias|...`; `#` opens a comment.
A form written in lower case matches in any case, one with a capital only as written; both match
in singular and plural, with hyphens or spaces between their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from spacy.tokens import Doc

from confgraph import resources
from confgraph.errors import ConfigError
from confgraph.extract.shapes import concept_form, singular
from confgraph.extract.tokens import FineTokenizer

FIELDS: Final = {"methods": "METHOD", "datasets": "DATASET", "tasks": "TASK", "metrics": "METRIC", "institutions": "INSTITUTION"}
"""The gazetteers that hold concepts, and the label of the spans that they give."""

_HYPHENS: Final = frozenset("-‐‑–")


class Match(NamedTuple):
    """A name found at tokens `[start, end)`: its label, the concept's name, and whether only this case matches."""

    start: int
    end: int
    label: str
    name: str
    cased: bool


class Entry(NamedTuple):
    """What a form of a gazetteer stands for."""

    label: str
    name: str
    cased: bool


@dataclass(slots=True)
class _Node:
    """The entries whose forms end here, and the nodes that one more word leads to."""

    entries: list[Entry] = field(default_factory=list)
    children: dict[str, _Node] = field(default_factory=dict)


class Gazetteer:
    """A trie over the words of all forms, so that matching is linear in the text's length.

    spaCy's PhraseMatcher would need a pattern per combination of hyphens, spaces and plural; here hyphens are skipped.
    """

    def __init__(self) -> None:
        self._folded = _Node()
        self._cased = _Node()
        self._forms: dict[str, Entry] = {}

    def add(self, label: str, name: str, forms: Iterable[str], cut: FineTokenizer) -> None:
        """Add a concept under its name and further forms."""
        for form in (name, *forms):
            cased = form != form.lower()
            words = [t.text for t in cut(form) if t.text not in _HYPHENS and not t.is_space]
            node = self._cased if cased else self._folded
            for word in words:
                node = node.children.setdefault(_plain(word) if cased else singular(word), _Node())
            entry = Entry(label, name, cased)
            if words and entry not in node.entries:
                node.entries.append(entry)
            self._forms.setdefault(concept_form(form), entry)

    def lookup(self, long: str) -> Entry | None:
        """Find the concept that goes by a name of several words in any case (`SHapley Additive exPlanations`)."""
        return self._forms.get(concept_form(long)) if " " in long else None

    def iter_matches(self, doc: Doc) -> Iterator[Match]:
        """Yield the longest match of each label at each token of `doc`, in order of start and length."""
        texts = [t.text for t in doc]
        lowers = [singular(t.lower()) for t in texts]
        plains = [_plain(t) for t in texts]
        spaced = [bool(t.whitespace_) for t in doc]
        for i, text in enumerate(texts):
            if not text[0].isalnum():
                continue
            best: dict[str, Match] = {}
            for root, words in ((self._folded, lowers), (self._cased, plains)):
                for end, entry in _walk(root, words, spaced, i):
                    known = best.get(entry.label)
                    if known is None or end > known.end:
                        best[entry.label] = Match(i, end, entry.label, entry.name, entry.cased)
            yield from sorted(best.values())


def _walk(root: _Node, words: list[str], spaced: list[bool], start: int) -> Iterator[tuple[int, Entry]]:
    node, i = root, start
    while i < len(words):
        following = node.children.get(words[i])
        if following is None:
            if i == start or words[i] not in _HYPHENS or i + 1 >= len(words) or spaced[i]:
                return
            i += 1
            continue
        node = following
        i += 1
        for entry in node.entries:
            yield i, entry


def _plain(word: str) -> str:
    """Drop the plural s of an acronym or of a name with capitals inside."""
    if len(word) > 2 and word[-1] == "s" and (word[-2].isupper() or word[-2].isdigit()):
        return word[:-1]
    return word


def parse(stem: str, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name and the aliases of each line of a gazetteer.

    Raises:
        ConfigError: a line is not `name` or `name<TAB>alias|alias`.

    >>> list(parse("methods", "# a comment\\nlow-rank adaptation\\tLoRA\\nAdam\\n"))
    [('low-rank adaptation', ('LoRA',)), ('Adam', ())]
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, *rest = line.split("\t")
        if len(rest) > 1 or not name.strip():
            raise ConfigError(f"{stem}.tsv, line {number}", "is not a name, a tab, and aliases between bars", "correct the line")
        yield name.strip(), tuple(a.strip() for a in "|".join(rest).split("|") if a.strip())


def files() -> dict[str, str]:
    """Read the gazetteers that come with confgraph: the text of each by its stem."""
    return dict(resources.iter_files("data/gazetteers", ".tsv"))


def generic_forms(texts: Mapping[str, str]) -> frozenset[str]:
    """Give the folded forms of all concepts that are written small: common nouns, not proper names."""
    rows = [row for stem in FIELDS for row in parse(stem, texts.get(stem, ""))]
    return frozenset(concept_form(form) for name, aliases in rows for form in (name, *aliases) if form == form.lower())


def venues(texts: Mapping[str, str]) -> frozenset[str]:
    """Give the short names of the conferences of the gazetteer, as written."""
    rows = resources.split_rows(texts.get("conferences", ""))
    return frozenset(name for row in rows for name in (row[0], *"|".join(row[2:]).split("|")) if name and " " not in name)


def build(texts: Mapping[str, str], cut: FineTokenizer) -> Gazetteer:
    """Build the gazetteer of the texts of the files, by stem; stems that hold no concepts are passed over."""
    gazetteer = Gazetteer()
    for stem, label in FIELDS.items():
        for name, aliases in parse(stem, texts.get(stem, "")):
            gazetteer.add(label, name, aliases, cut)
    return gazetteer
