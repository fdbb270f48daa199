"""Read what a build judged, and the words on its pages that its judgements are about."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from confgraph import iris, jsonl, records, vocab
from confgraph.errors import OutputError, UsageError
from confgraph.graph import store
from confgraph.outputs import MANIFEST
from confgraph.records import MemberKey
from confgraph.resolve import keys
from confgraph.text import fold

_QUOTES: Final = 2
_LONGEST: Final = 160
_ENTITY: Final = f"""
SELECT ?entity ?label {{
  {{ <IRI> <{vocab.DCTERMS_IS_REPLACED_BY}> ?entity }} UNION {{ BIND(<IRI> AS ?entity) }}
  ?entity <{vocab.RDFS_LABEL}> ?label
}}"""
_OLDER: Final = f"SELECT ?older {{ ?older <{vocab.DCTERMS_IS_REPLACED_BY}> <IRI> }} ORDER BY ?older"
_MENTIONS: Final = f"""
SELECT ?file ?start ?exact ?prefix ?suffix {{
  GRAPH ?page {{
    ?mention <{vocab.OA_HAS_BODY}> <IRI> ; <{vocab.OA_HAS_TARGET}>/<{vocab.OA_HAS_SELECTOR}> ?place .
    ?place <{vocab.OA_START}> ?start ; <{vocab.OA_EXACT}> ?exact ; <{vocab.OA_PREFIX}> ?prefix ; <{vocab.OA_SUFFIX}> ?suffix
  }}
  ?page <{vocab.RDFS_LABEL}> ?file
}}"""
_BROADER: Final = f"""
SELECT ?other ?label ?sure ?file ?start ?exact ?prefix ?suffix {{
  VALUES (?link ?class) {{ (<{vocab.SKOS_BROADER}> <{vocab.SKOS_CONCEPT}>) (<{vocab.CG_SUB_CLASS_OF}> <{vocab.SCHEMA_DATASET}>) }}
  <IRI> a ?class ; ?link ?other .
  ?other <{vocab.RDFS_LABEL}> ?label .
  GRAPH ?page {{
    ?claim <{vocab.RDF_SUBJECT}> <IRI> ; <{vocab.RDF_PREDICATE}> ?link ; <{vocab.RDF_OBJECT}> ?other ; <{vocab.CG_CONFIDENCE}> ?sure ;
      <{vocab.PROV_WAS_DERIVED_FROM}>/<{vocab.OA_HAS_TARGET}>/<{vocab.OA_HAS_SELECTOR}> ?place .
    ?place <{vocab.OA_START}> ?start ; <{vocab.OA_EXACT}> ?exact ; <{vocab.OA_PREFIX}> ?prefix ; <{vocab.OA_SUFFIX}> ?suffix
  }}
  ?page <{vocab.RDFS_LABEL}> ?file
}}"""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a page, at a place of it that counts code points, with what stands before and after them."""

    file: str
    start: int
    exact: str
    prefix: str
    suffix: str

    @property
    def shown(self) -> str:
        """Write the words in their context, on one line, marked by angle quotes; long ones are cut.

        >>> Quote("a.txt", 3, "LoRA", "we use ", " and").shown
        'a.txt at 3: we use «LoRA» and'
        """
        exact = self.exact if len(self.exact) <= _LONGEST else f"{self.exact[:_LONGEST]}…"
        return f"{self.file} at {self.start}: {' '.join(f'{self.prefix}«{exact}»{self.suffix}'.split())}"


@dataclass(frozen=True, slots=True)
class Seen:
    """A member as its pages print it: its node and quotes, those of the whole entity where none is of its own name."""

    key: MemberKey
    iri: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Above:
    """What is broader than an entity: its node and label, how sure that is, and words that tell it."""

    iri: str
    label: str
    confidence: float
    quotes: tuple[Quote, ...]


class Built:
    """A folder that `confgraph build` wrote.

    Raises:
        OutputError: the folder is none, or is damaged.
    """

    def __init__(self, out: Path) -> None:
        self._store = store.open_store(out)
        path = out / "judgements.jsonl"
        self.judgements = tuple(records.judgement_from_row(row, f"{path}, line {number}") for number, row in jsonl.read(path))
        try:
            self.base: str = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["configuration"]["graph"]["base"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise OutputError(str(out / MANIFEST), "is missing or damaged", "build it again") from error

    @cached_property
    def keys(self) -> dict[str, MemberKey]:
        """The keys that judgements name, by their nodes."""
        named = sorted({key for judgement in self.judgements for key in (judgement.left, judgement.right)})
        return {self.iri(key): key for key in named}

    def iri(self, key: MemberKey) -> str:
        """Give the node of a member key."""
        return iris.mint(self.base, keys.kind_of(key), keys.identity_of(key))

    def entity(self, iri: str) -> tuple[str, str]:
        """Give the IRI and the label of the entity that an IRI names, or named before it was merged; `method:x` is short for an IRI.

        Raises:
            UsageError: there is no such entity in the build.
        """
        found = list(self._rows(_ENTITY, self._whole(iri)))
        if not found:
            raise UsageError(iri, "is no entity of this graph", "give the IRI of one, as queries and graph.html show it")
        return found[0][0], found[0][1]

    def _whole(self, iri: str) -> str:
        kind, colon, local = iri.partition(":")
        return f"{self.base}{kind}/{local}" if colon and not local.startswith("//") and not kind.startswith("http") else iri

    def older(self, iri: str) -> list[str]:
        """List the IRIs that an entity's replaces."""
        return [row[0] for row in self._rows(_OLDER, iri)]

    def broader(self, iri: str, most: int = _QUOTES) -> list[Above]:
        """List what is broader than a concept, or which dataset a dataset is a version of, by label; at most so many quotes each."""
        found: defaultdict[tuple[str, str], dict[Quote, float]] = defaultdict(dict)
        for other, label, sure, file, start, *words in self._rows(_BROADER, iri):
            found[label, other][Quote(file, int(start), *words)] = float(sure)
        listed = []
        for (label, other), sure_of in sorted(found.items()):
            best = sorted(sure_of, key=lambda quote: (-sure_of[quote], quote.file, quote.start))
            listed.append(Above(other, label, max(sure_of.values()), tuple(best[:most])))
        return listed

    def seen(self, key: MemberKey, most: int = _QUOTES) -> Seen:
        """Find where pages print a member: at most so many quotes."""
        name = keys.printed(key)
        here = self.iri(key)
        found = [Quote(file, int(start), *words) for now in self._now(here) for file, start, *words in self._rows(_MENTIONS, now)]
        own = [quote for quote in found if fold(quote.exact) == name]
        return Seen(key, here, tuple(sorted(own or found, key=lambda quote: (quote.file, quote.start))[:most]))

    def _now(self, iri: str) -> list[str]:
        return [row[0] for row in self._rows(_ENTITY, iri)]

    def _rows(self, query: str, iri: str) -> Iterator[tuple[str, ...]]:
        if any(c in iri for c in '<>"{}|^`\\') or any(c <= " " for c in iri) or ":" not in iri:
            raise UsageError(iri, "is no IRI", "give one as queries and graph.html show it")
        return store.run(self._store, query.replace("<IRI>", f"<{iri}>")).rows()
