"""Write the page of a thing: what is stated of it, the links from and to it, and the words of the pages that state them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode

from confgraph import vocab
from confgraph.export.markup import Markup, counted, cut, joined, number, text
from confgraph.graph import questions
from confgraph.graph.store import compact
from confgraph.serve.explorer import reply
from confgraph.serve.explorer.describe import NAMES, TYPES
from confgraph.serve.explorer.drawing import neighbourhood
from confgraph.serve.explorer.evidence import evidence, quoted
from confgraph.serve.explorer.facets import BY_KIND
from confgraph.serve.explorer.frame import badge, frame, heading
from confgraph.serve.explorer.kinds import fact_name, phrase
from confgraph.serve.explorer.markup import NOTHING, address, escape, pager, tag
from confgraph.serve.explorer.reading import Graph
from confgraph.serve.explorer.reply import Asked, Reply

FEW: Final = 8
"""The rows of a group of links of which there are more elsewhere."""
SIZE: Final = 25
"""The rows of a page of one group."""
_QUOTES: Final = 5
_LABEL: Final = 300
MENTIONS: Final = "mentions"
READ: Final = "read"

_NAMES: Final = {vocab.RDFS_LABEL, vocab.SKOS_PREF_LABEL, vocab.FOAF_NAME, vocab.SCHEMA_NAME, vocab.DCTERMS_TITLE}
_ALIASES: Final = (vocab.SKOS_ALT_LABEL, vocab.SCHEMA_ALTERNATE_NAME)
_TOLD: Final = {vocab.DCTERMS_ABSTRACT, *_ALIASES}
"""Literals that stand elsewhere than among the facts."""
_FOLDED: Final = {
    vocab.SOA_HAS_AUTHORSHIP, vocab.SOA_HAS_AUTHOR, vocab.DCTERMS_IS_REPLACED_BY, vocab.VOID_CLASS_PARTITION,
    vocab.VOID_PROPERTY_PARTITION, vocab.VOID_EXAMPLE_RESOURCE, vocab.VOID_VOCABULARY, vocab.RDF_TYPE,
}  # fmt: skip
"""Links that are told in another way."""
_GENERAL: Final = {vocab.SKOS_BROADER, vocab.SCHEMA_MENTIONS}
_ELSEWHERE: Final = {vocab.BIBO_DOI: "https://doi.org/", vocab.FABIO_HAS_ARXIV_ID: "https://arxiv.org/abs/"}
_ADDRESSES: Final = {vocab.SCHEMA_URL, vocab.SCHEMA_CONTENT_URL, vocab.SCHEMA_CODE_REPOSITORY}

_READ_WORKS: Final = f"""
SELECT DISTINCT ?work ?page {{
  GRAPH ?page {{ ?mention oa:hasBody ?work }} VALUES ?class {{ <{vocab.SCHEMA_SCHOLARLY_ARTICLE}> <{vocab.CONF_TUTORIAL}> }} ?work a ?class
}}"""

Links = dict[tuple[str, bool], list[str]]
"""The things at the other ends of links, by property and whether they lead here."""


def entity(graph: Graph, iri: str, asked: Asked) -> Reply:
    """Show a thing, or, where the parameter `links` names a group, a page of that group."""
    links, facts = links_of(graph, iri), graph.facts(iri)
    group = asked.first("links")
    if group:
        return _group_page(graph, iri, links, group, asked)
    label = graph.label(iri)
    parts = [
        heading(cut(label, 1000), kind=graph.kind(iri), beside=_beside(graph, iri, facts, label)),
        _authors(graph, iri),
        _abstract(graph, iri, facts),
        _conflicts(graph, iri),
        _facts(graph, iri, facts, label),
        _neighbours(graph, iri, links),
        _links(graph, iri, links),
        _mentions(graph, iri),
        _merged(graph, iri),
    ]
    alternates = [(media, graph.address(iri, {"format": name})) for media, name in TYPES.items()]
    return reply.page(frame(label, tag("article", *parts), alternates=alternates))


def links_of(graph: Graph, iri: str) -> Links:
    """Give the links of a thing without those that are told otherwise; authorships and memberships join what they stand between."""
    links: Links = {(prop, False): graph.sorted(others) for prop, others in graph.outward(iri).items() if prop not in _FOLDED}
    authors = [author.person for author in graph.authors(iri)]
    if authors:
        links[vocab.DCTERMS_CREATOR, False] = list(dict.fromkeys(authors))
    for prop, others in graph.inward(iri).items():
        if prop == vocab.SOA_HAS_ORGANIZATION:
            others = sorted({person for a in others for person in graph.values(a, vocab.SOA_HAS_AUTHOR)})  # noqa: PLW2901  # the same group
        if prop not in _FOLDED:
            links[prop, True] = graph.sorted(others)
    places = {place for a in graph.subjects(vocab.SOA_HAS_AUTHOR, iri) for place in graph.values(a, vocab.SOA_HAS_ORGANIZATION)}
    if places:
        links[vocab.SOA_HAS_ORGANIZATION, False] = graph.sorted(places)
    special = {other for (prop, _), others in links.items() if prop not in _GENERAL for other in others}
    kept = {key: [o for o in others if key[0] not in _GENERAL or o not in special] for key, others in links.items()}
    return {key: others for key, others in sorted(kept.items(), key=lambda item: _rank(item[0])) if others}


def _rank(key: tuple[str, bool]) -> tuple[bool, int, str]:
    first = (vocab.DCTERMS_CREATOR, vocab.CG_REPORTS_RESULT, vocab.CG_INTRODUCES, vocab.SCHEMA_WORK_FEATURED, vocab.BIBO_PRESENTED_AT)
    return key[1], first.index(key[0]) if key[0] in first else len(first), phrase(key[0], inward=key[1])


def _beside(graph: Graph, iri: str, facts: Mapping[str, Sequence[str]], label: str) -> Markup:
    """Write what stands below the heading: other names, the IRI, and the same as data."""
    aliases = sorted({alias for prop in (*_ALIASES, *_NAMES) for alias in facts.get(prop, ())} - {label}, key=str.casefold)
    also = tag("p", Markup("also "), joined((text(alias, 120) for alias in aliases[:30]), ", "), class_="also") if aliases else NOTHING
    formats = [tag("a", Markup(NAMES[name]), href=graph.address(iri, {"format": name})) for name in TYPES.values()]
    slug = graph.kind(iri).slug
    if slug in BY_KIND:
        way = {BY_KIND[slug].name: graph.local(iri)}
        formats.insert(0, tag("a", Markup("Papers, to narrow further"), href=address("/papers", way)))
    query = f"DESCRIBE <{iri}>"
    formats.append(tag("a", Markup("SPARQL"), href=address("/editor", {"query": query})))
    return joined([also, tag("p", tag("code", text(iri)), class_="iri"), tag("p", joined(formats, " · "), class_="formats")])


def _link(graph: Graph, iri: str, most: int) -> Markup:
    return tag("a", text(graph.label(iri), most), href=graph.address(iri))


def _authors(graph: Graph, iri: str) -> Markup:
    authors = graph.authors(iri)
    if not authors:
        return NOTHING
    items = []
    for author in authors:
        named = [_link(graph, place, 120) for place in author.places]
        printed = named or [text(place, 160) for place in author.printed]
        at = tag("small", joined(printed, ", ")) if printed else NOTHING
        claims = graph.claims(iri, vocab.SOA_HAS_AUTHORSHIP, author.authorship) if author.authorship else []
        items.append(tag("li", _link(graph, author.person, 160), at, evidence(graph, claims)))
    return tag("section", tag("h2", Markup("Authors")), tag("ol", *items, class_="authors"))


def _abstract(graph: Graph, iri: str, facts: Mapping[str, Sequence[str]]) -> Markup:
    """Write the longest abstract, and below it, folded away, those that pages print otherwise."""
    said = sorted(facts.get(vocab.DCTERMS_ABSTRACT, ()), key=lambda words: (-len(words), words))
    if not said:
        return NOTHING
    parts = []
    for words in said:
        pages = sorted({claim.page for claim in graph.claims(iri, vocab.DCTERMS_ABSTRACT, words)})
        links = joined((_link(graph, page, 80) for page in pages), ", ")
        source = tag("p", Markup("printed in "), links, class_="count") if pages else NOTHING
        parts.append(joined([tag("p", text(words), class_="abstract", dir="auto"), source]))
    others = tag("summary", Markup("As printed elsewhere "), tag("small", number(len(said) - 1)))
    return tag("section", tag("h2", Markup("Abstract")), parts[0], tag("details", others, *parts[1:]) if parts[1:] else NOTHING)


def _facts(graph: Graph, iri: str, facts: Mapping[str, Sequence[str]], label: str) -> Markup:
    rows = []
    for prop, values in facts.items():
        shown = [value for value in values if not (prop in _NAMES and value == label)]
        if prop in _TOLD or not shown or (prop in _NAMES and prop != vocab.DCTERMS_TITLE):
            continue
        said = [tag("dd", _value(prop, value), evidence(graph, graph.claims(iri, prop, value))) for value in shown]
        rows.append(tag("div", tag("dt", escape(fact_name(prop))), *said))
    return tag("section", tag("h2", Markup("Facts")), tag("dl", *rows)) if rows else NOTHING


def _value(prop: str, value: str) -> Markup:
    """Write a literal; what is an address of the web elsewhere leads there."""
    if prop == vocab.CG_FURTHER_AUTHORS:
        return Markup("yes") if value == "true" else Markup("no")
    if prop in (vocab.CONF_START_DATE, vocab.CONF_END_DATE):
        value = value.removesuffix("T00:00:00")
    target = _ELSEWHERE[prop] + value if prop in _ELSEWHERE else value
    if (prop in _ADDRESSES or prop in _ELSEWHERE) and target.startswith(("https://", "http://")):
        return tag("a", text(value, 300), href=target, rel="noreferrer noopener external")
    return text(value, 2000)


def _conflicts(graph: Graph, iri: str) -> Markup:
    """Write where pages disagree about this thing, as the question `conflicts` finds it."""
    said: dict[str, dict[str, set[str]]] = {}
    for row in graph.rows(questions.question("conflicts", {}), {"subject": NamedNode(iri)}):
        said.setdefault(row["predicate"].value, {}).setdefault(row["value"].value, set()).add(row["page"].value)
    if not said:
        return NOTHING
    items = []
    for prop, values in sorted(said.items()):
        stated = [
            joined([text(value, 200), Markup(" ("), joined((_link(graph, page, 80) for page in sorted(pages)), ", "), Markup(")")])
            for value, pages in sorted(values.items())
        ]
        items.append(tag("li", tag("b", escape(fact_name(prop))), Markup(": "), joined(stated, " or ")))
    return tag("section", tag("h2", Markup("Pages disagree")), tag("ul", *items, class_="plain"), class_="conflicts")


def _neighbours(graph: Graph, iri: str, links: Links) -> Markup:
    drawn = neighbourhood(graph, iri, links)
    return tag("section", tag("h2", Markup("Around it")), drawn) if drawn else NOTHING


def _links(graph: Graph, iri: str, links: Links) -> Markup:
    read = _works_read(graph, iri)
    groups = [_group(graph, iri, READ, "Read from this page", read)] if read else []
    skipped = {(vocab.DCTERMS_CREATOR, False)} if graph.authors(iri) else set()
    shown = ((key, others) for key, others in links.items() if key not in skipped)
    groups += [_group(graph, iri, name_of(*key), phrase(key[0], inward=key[1]), others, key) for key, others in shown]
    return tag("section", tag("h2", Markup("Links")), tag("div", *groups, class_="groups")) if groups else NOTHING


def _works_read(graph: Graph, iri: str) -> list[str]:
    if vocab.SCHEMA_WEB_PAGE not in graph.values(iri, vocab.RDF_TYPE):
        return []
    return graph.sorted(row["work"].value for row in graph.rows(_READ_WORKS, {"page": NamedNode(iri)}))


def name_of(prop: str, inward: bool) -> str:
    """Name a group of links for an address.

    >>> name_of(vocab.CG_USES_METHOD, True)
    'to.cg:usesMethod'
    """
    return f"{'to' if inward else 'from'}.{compact(prop)}"


def _group(graph: Graph, iri: str, name: str, title: str, others: Sequence[str], key: tuple[str, bool] | None = None) -> Markup:
    shown = others if len(others) <= FEW + 2 else others[:FEW]
    rest = NOTHING
    if len(shown) < len(others):
        all_of_them = f"All {len(others):,}"
        rest = tag("a", Markup(all_of_them), href=graph.address(iri, {"links": name}), aria_label=f"{all_of_them}: {title}")
        rest = tag("p", rest, class_="more")
    count = tag("small", number(len(others)))
    return tag("section", tag("h3", escape(title), Markup(" "), count), _rows(graph, iri, shown, key), rest)


def _rows(graph: Graph, iri: str, others: Sequence[str], key: tuple[str, bool] | None) -> Markup:
    items = []
    for other in others:
        claims = [] if key is None else graph.claims(other, key[0], iri) if key[1] else graph.claims(iri, key[0], other)
        items.append(tag("li", badge(graph.kind(other)), _link(graph, other, _LABEL), _aside(graph, other, iri), evidence(graph, claims)))
    return tag("ul", *items, class_="things")


def _aside(graph: Graph, iri: str, here: str) -> Markup:
    """Say of a talk when and where it is, and of a result which work reports it, if that is not `here`."""
    classes = graph.values(iri, vocab.RDF_TYPE)
    if vocab.MLS_MODEL_EVALUATION in classes:
        works = [work for work in graph.subjects(vocab.CG_REPORTS_RESULT, iri) if work != here][:1]
        return tag("small", *(_link(graph, work, 80) for work in works)) if works else NOTHING
    if vocab.CONF_TALK in classes:
        said = [value for prop in (vocab.CG_PRESENTATION_FORM, vocab.CG_PRINTED_START) for value in graph.values(iri, prop)]
        said += [graph.label(other) for prop in (vocab.SCHEMA_LOCATION, vocab.CONF_IS_SUB_EVENT_OF) for other in graph.values(iri, prop)]
        return tag("small", joined((text(value, 80) for value in said), " · ")) if said else NOTHING
    return NOTHING


def _mentions(graph: Graph, iri: str) -> Markup:
    found = graph.mentions(iri)
    if not found:
        return NOTHING
    rest = NOTHING
    if len(found) > _QUOTES:
        rest = tag("p", tag("a", Markup(f"All {len(found):,} places"), href=graph.address(iri, {"links": MENTIONS})), class_="more")
    return tag("section", tag("h2", Markup("Where pages name it")), *(quoted(graph, quote) for quote in found[:_QUOTES]), rest)


def _merged(graph: Graph, iri: str) -> Markup:
    old = graph.subjects(vocab.DCTERMS_IS_REPLACED_BY, iri)
    if not old:
        return NOTHING
    items = [tag("li", tag("code", text(graph.local(name)))) for name in old[:SIZE]]
    about = f"{counted(len(old), 'name was', 'names were')} found to be of this one thing; their addresses lead here."
    return tag("section", tag("h2", Markup("Merged into it")), tag("p", Markup(about)), tag("ul", *items, class_="plain"), class_="merged")


def _group_page(graph: Graph, iri: str, links: Links, group: str, asked: Asked) -> Reply:
    start = (asked.page - 1) * SIZE
    label = graph.label(iri)
    if group == MENTIONS:
        quotes = graph.mentions(iri)
        title, total, body = "Where pages name it", len(quotes), joined(quoted(graph, q) for q in quotes[start : start + SIZE])
    else:
        key = next((key for key in links if name_of(*key) == group), None)
        others = _works_read(graph, iri) if group == READ else links.get(key, []) if key else []
        title = phrase(key[0], inward=key[1]) if key else "Read from this page"
        total, body = len(others), _rows(graph, iri, others[start : start + SIZE], key)
    back = tag("p", Markup("← "), tag("a", text(label, 200), href=graph.address(iri)), class_="back")
    parts = [heading(title), back, tag("p", number(total), Markup(" in all"), class_="count")]
    if total <= start:
        body = tag("p", Markup("The list ends before this page."), class_="empty")
    path, _, query = graph.address(iri).partition("?")
    given = {"links": group} if not query else {"iri": iri, "links": group}
    return reply.page(frame(f"{label}: {title}", *parts, body, pager(path, given, asked.page, SIZE, total)))
