# ruff: noqa: INP001 (a script: it stands beside the page that it makes)
"""Make docs/ontology.html, the readable page of the ontology, from ontology/ and ontology.template.html.

Run it with `make docs`, or with a path to write somewhere else. The same files give the same page.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template

import diagrams
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef
from rdflib.namespace import DC, DCTERMS

HERE = Path(__file__).resolve().parent
ONTOLOGY = HERE.parent / "ontology"
OURS = "https://w3id.org/confgraph/ontology"
SCHEMA = rdflib.Namespace("https://schema.org/")
KINDS: Mapping[rdflib.term.Node, str] = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object property",
    OWL.DatatypeProperty: "data property",
    OWL.SymmetricProperty: "symmetric",
}
HEADER = {
    "title": DC.title,
    "description": DCTERMS.description,
    "version": OWL.versionInfo,
    "version_iri": OWL.versionIRI,
    "licence": DCTERMS.license,
}


def rows(name: str) -> list[list[str]]:
    """Read the rows of a table of the ontology; an absent cell is empty."""
    lines = (ONTOLOGY / name).read_text(encoding="utf-8").splitlines()
    return [["" if cell == "-" else cell for cell in line.split("\t")] for line in lines if not line.startswith("#")]


VOCABULARIES = {row[0]: row[1:] for row in rows("vocabularies.tsv")}
FOREIGN = {row[0]: row[1:] for row in rows("foreign-terms.tsv")}
NAMESPACES = {"cg": f"{OURS}#", **{prefix: namespace for prefix, (namespace, *_) in VOCABULARIES.items()}}
TERM = re.compile(rf"(?<![\w/])((?:{'|'.join(NAMESPACES)}):[A-Za-z]\w*)")


def curie(iri: object) -> str:
    """Shorten an IRI by the prefixes of the ontology."""
    prefix, namespace = next((p, n) for p, n in NAMESPACES.items() if str(iri).startswith(n))
    return f"{prefix}:{str(iri).removeprefix(namespace)}"


def anchor(name: str) -> str:
    """Give the id of a term's entry; one of ours has its local name, so that its IRI leads there."""
    return name.removeprefix("cg:").replace(":", "-")


def linked(text: str, *, narrow: bool = False) -> str:
    """Escape a text for HTML, and make each of its terms that has an entry on the page a link to that; `narrow` lets terms break."""

    def link(m: re.Match[str]) -> str:
        shown = breakable(m[1]) if narrow else m[1]
        known = m[1].startswith("cg:") or m[1] in FOREIGN
        return f'<a href="#{anchor(m[1])}">{shown}</a>' if known else shown

    return TERM.sub(link, escape(text, quote=False))


def breakable(name: str) -> str:
    """Let a term break between its words.

    >>> breakable("schema:WebPage")
    'schema:<wbr>Web<wbr>Page'
    """
    return re.sub("(?<=[:a-z])(?=[A-Z])", "<wbr>", name)


def code(terms: Iterable[object]) -> str:
    """List terms as links, in order of name."""
    return ", ".join(f"<code>{linked(name)}</code>" for name in sorted(map(curie, terms)))


class Page:
    """Write the parts of the page; each method gives the markup of one."""

    def __init__(self) -> None:
        """Read the ontology, and from its comments which terms stand together."""
        text = (ONTOLOGY / "confgraph.ttl").read_text(encoding="utf-8")
        self._graph = rdflib.Graph().parse(data=text, format="turtle")
        self.groups: dict[str, list[str]] = {}
        for comment, term in re.findall(r"^(?:# ([A-Z][^.:\n]+).*|cg:(\w+))$", text, re.MULTILINE):
            if comment:
                heading = comment
            else:
                self.groups.setdefault(heading, []).append(term)

    def header(self) -> dict[str, str]:
        """Give what the ontology says of itself."""
        said = {name: escape(str(self._graph.value(URIRef(OURS), predicate))) for name, predicate in HEADER.items()}
        return {**said, "modified": str(self._graph.value(URIRef(OURS), DCTERMS.modified))[:10]}

    def index(self) -> str:
        """List the terms by their groups."""
        lists = []
        for heading, terms in self.groups.items():
            inner = "".join(f'<li><a href="#{term}">{term}</a></li>' for term in terms)
            lists.append(f'<li><a href="#{slug(heading)}">{escape(heading)}</a><ul>{inner}</ul></li>')
        return "\n".join(lists)

    def terms(self) -> str:
        """Describe each term of ours, group by group."""
        sections = []
        for heading, terms in self.groups.items():
            title = f'<h3 id="{slug(heading)}">{escape(heading)}</h3>'
            sections.append("\n".join([f'<section aria-labelledby="{slug(heading)}">', title, *map(self._entry, terms), "</section>"]))
        return "\n".join(sections)

    def _entry(self, local: str) -> str:
        term = URIRef(f"{OURS}#{local}")
        kinds = ", ".join(name for kind, name in KINDS.items() if (term, RDF.type, kind) in self._graph)
        facts = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in self._facts(term) if value)
        notes = "".join(f'<p class="note">{linked(str(note))}</p>' for note in self._graph.objects(term, SKOS.scopeNote))
        return (
            f'<article id="{local}"><h4><a href="#{local}"><code>cg:{local}</code></a> <small>{kinds}</small></h4>'
            f"<p>{linked(str(self._graph.value(term, RDFS.comment)))}</p>{notes}<dl>{facts}</dl></article>"
        )

    def _facts(self, term: URIRef) -> Iterator[tuple[str, str]]:
        """Yield what is said of a term, as names and markup; empty where nothing is."""
        graph = self._graph
        for name, strict, loose in (("from", RDFS.domain, SCHEMA.domainIncludes), ("to", RDFS.range, SCHEMA.rangeIncludes)):
            several = list(graph.objects(term, loose))
            one_of = "one of " if len(several) > 1 else ""
            yield name, code(graph.objects(term, strict)) or (one_of + code(several) if several else "")
        examples = sorted(str(example) for example in graph.objects(term, SKOS.example))
        yield "example", "; ".join(linked(example) for example in examples)
        yield "below", code([*graph.objects(term, RDFS.subClassOf), *graph.objects(term, RDFS.subPropertyOf)])
        yield "above", code(graph.subjects(RDFS.subPropertyOf, term))
        yield "disjoint with", code({*graph.objects(term, OWL.disjointWith), *graph.subjects(OWL.disjointWith, term)})
        yield "compare", code(graph.objects(term, RDFS.seeAlso))


def slug(heading: str) -> str:
    """Make the id of a group of terms.

    >>> slug("Concepts among each other")
    'terms-concepts-among-each-other'
    """
    return f"terms-{heading.lower().replace(' ', '-')}"


def prefixes() -> str:
    """Write the rows of the table of prefixes."""
    ours = f'<tr><th scope="row"><code>cg</code></th><td><code>{OURS}#</code></td><td>this ontology</td></tr>'
    others = [
        f'<tr><th scope="row"><code>{prefix}</code></th><td><code>{escape(namespace)}</code></td>'
        f'<td><a href="{escape(document)}">{escape(title)}</a>, {escape(version)}</td></tr>'
        for prefix, (namespace, _, title, document, version, _) in VOCABULARIES.items()
    ]
    return "\n".join([ours, *others])


def foreign() -> str:
    """Write a table of the terms of each vocabulary that we reuse."""
    return "\n".join(_foreign_table(prefix, list(terms)) for prefix, terms in groupby(FOREIGN, key=lambda name: name.partition(":")[0]))


def _foreign_table(prefix: str, terms: list[str]) -> str:
    _, _, title, document, version, declares = VOCABULARIES[prefix]
    body = []
    for term in terms:
        kind, domain, range_, below, disjoint, note = FOREIGN[term]
        apart = f"Disjoint with {' and '.join(disjoint.split())}." if disjoint else ""
        cells = {"kind": kind, "from": domain, "to": range_, "below": below, "note": f"{apart} {note}".strip()}
        columns = "".join(f'<td data-name="{name}">{linked(cell.replace("/", " or "), narrow=True)}</td>' for name, cell in cells.items())
        body.append(f'<tr id="{anchor(term)}"><th scope="row"><code>{breakable(term)}</code></th>{columns}</tr>')
    head = "".join(f'<th scope="col">{name}</th>' for name in ("term", "kind", "from", "to", "below", "note"))
    caption = f'<a href="{escape(document)}">{escape(title)}</a>, {escape(version)}; declared as {declares}'
    parts = [
        '<table class="foreign">',
        f"<caption>{caption}</caption>",
        f"<thead><tr>{head}</tr></thead>",
        "<tbody>",
        *body,
        "</tbody>",
        "</table>",
    ]
    return "\n".join(parts)


def render() -> str:
    """Write the whole page."""
    page = Page()
    example = (ONTOLOGY / "example.trig").read_text(encoding="utf-8").partition("\n\n")[2]
    parts: Mapping[str, str] = {
        **page.header(), "index": page.index(), "terms": page.terms(), "prefixes": prefixes(), "foreign": foreign(),
        "knowledge": diagrams.knowledge(linked), "evidence": diagrams.evidence(linked), "example": linked(example.strip()),
        "number": f"{sum(map(len, page.groups.values()))} terms of its own and {len(FOREIGN)} of others",
    }  # fmt: skip
    return Template((HERE / "ontology.template.html").read_text(encoding="utf-8")).substitute(parts)


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else HERE / "ontology.html").write_text(render(), encoding="utf-8")
