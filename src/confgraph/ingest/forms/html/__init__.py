"""Read web pages, as saved from a browser or fetched.

What a page says of its papers in a form made for machines (meta elements, JSON-LD) and the entries that repeat on it become fields;
a page without either becomes its main text, which the readers of text then read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from confgraph.errors import SourceError
from confgraph.ingest.forms.fields_text import Entry, Facts, render
from confgraph.ingest.forms.html.addresses import Addresses, find_addresses
from confgraph.ingest.forms.html.article import find_abstract
from confgraph.ingest.forms.html.assemble import make_listed, make_records
from confgraph.ingest.forms.html.builder import parse
from confgraph.ingest.forms.html.cards import find_entries
from confgraph.ingest.forms.html.encoding import decode_page
from confgraph.ingest.forms.html.facts import find_facts
from confgraph.ingest.forms.html.linked import Linked, read_linked
from confgraph.ingest.forms.html.metadata import completed, is_of_article, read_metadata
from confgraph.ingest.forms.html.mhtml import is_packed, unpack
from confgraph.ingest.forms.html.oneline import find_items
from confgraph.ingest.forms.html.outline import Outline
from confgraph.ingest.forms.html.parts import split_entries
from confgraph.ingest.forms.html.prose import write_text
from confgraph.ingest.forms.html.single import find_single
from confgraph.ingest.forms.html.tree import HEADINGS, Tree
from confgraph.text import fold

NAME: Final = "HTML"
SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml", ".mhtml", ".mht"})

_MOST_HEADINGS: Final = 3
_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<!--(?:(?!-->).){0,4000}-->|<\?xml[^>]{0,300}>)*<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


def fits(head: bytes) -> bool:
    """Tell whether a file starts as an HTML page does, or as one that a browser saved as a single file."""
    return bool(_START.match(head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))) or is_packed(head)


def read(data: bytes, where: str) -> str:
    """Read a page whose address is not known, but by what it says itself.

    Raises:
        SourceError: as for `read_at`.
    """
    return read_at(data, where, "")


def read_at(data: bytes, where: str, address: str) -> str:
    """Read a page that was found at an address, against which its links are resolved.

    Raises:
        SourceError: the page is empty, in no encoding that can be told, nests too deep, or shows no text.
    """
    if is_packed(data):
        saved = unpack(data)
        if saved is None:
            raise SourceError(where, "the file holds no page", "save the page again, as HTML")
        data, address = saved.data, address or saved.address
    text = decode_page(data, where)
    tree = parse(text, where)
    outline = Outline(tree)
    addresses = find_addresses(text, tree.base, address or _own_address(tree))
    del text  # as large as the tree is for pages with long texts
    linked = read_linked(tree.data)
    records = _article(tree, outline, linked)
    if not records:
        cards = _shown(outline, addresses)
        records = _united(cards, linked.articles if len(linked.articles) > 1 else linked.talks)
    if records:
        return render(NAME, records, _facts(tree, linked))
    if written := write_text(outline):
        return written
    raise SourceError(where, "the page shows no text", "save it from a browser after it has loaded")


def _shown(outline: Outline, addresses: Addresses) -> list[Entry]:
    """Read what repeats on a page: entries with parts, and lists whose items are one line; where both read one place, what reads more."""
    lists = [(entries, make_records(outline, entries, split_entries(outline, entries), addresses)) for entries in find_entries(outline)]
    if not any(records for _, records in lists) and (only := find_single(outline)):
        lists = [([only], make_records(outline, [only], split_entries(outline, [only]), addresses))]
    items = find_items(outline)
    placed: dict[str, tuple[int, Entry]] = {}
    for entries, records in lists:
        inside = [item for item in items if any(e.first <= item.line.order < e.last for e in entries)]
        if len(inside) > len(records):
            continue
        items = [item for item in items if item not in inside]
        for order, record in records:
            _add(placed, order, record)
    for item, record in zip(items, make_listed(outline, items, addresses), strict=True):
        _add(placed, item.line.order, record)
    return [record for _, record in sorted(placed.values(), key=lambda p: p[0])]


def _add(placed: dict[str, tuple[int, Entry]], order: int, record: Entry) -> None:
    """Add a record, or complete the one of its title that stands elsewhere, where only one of both names people."""
    key = fold(record.title)
    before = placed.get(key)
    if before is None:
        placed[key] = (order, record)
    elif not before[1].authors or not record.authors:
        placed[key] = (min(before[0], order), completed(before[1], record))
    else:
        placed[f"{key}\n{order}"] = (order, record)


def _own_address(tree: Tree) -> str:
    """Give the address that the page states as its own."""
    canonical = [href for rel, href in tree.links if "canonical" in rel.lower().split()]
    stated = [content for name, content in tree.metas if name.lower() == "og:url"]
    return next((url.strip() for url in (*canonical, *stated) if url.strip().startswith(("http://", "https://"))), "")


def _article(tree: Tree, outline: Outline, linked: Linked) -> list[Entry]:
    """Read a page that is about one article: what its head says, with the abstract of its body where the head has none, or less."""
    entry = read_metadata(tree.metas)
    if entry is not None and not is_of_article(tree.metas) and not _is_headed(tree, outline, entry.title):
        entry = None
    if len(linked.articles) == 1 and linked.articles[0].authors and _is_headed(tree, outline, linked.articles[0].title):
        entry = completed(entry, linked.articles[0]) if entry else linked.articles[0]
    if entry is None:
        return []
    return [replace(entry, abstract=max(entry.abstract, find_abstract(outline), key=len))]


def _is_headed(tree: Tree, outline: Outline, title: str) -> bool:
    """Tell whether the page is headed by a title, as pages about one paper are."""
    heads = [tree.title, *(tree.text(node) for node in outline.content if node.tag in {"h1", "h2"})]
    return any(fold(title) in fold(head) for head in heads if head)


def _united(cards: list[Entry], said: list[Entry]) -> list[Entry]:
    """Unite what the page shows with what it says for machines: the longer list, completed by title from the other."""
    longer, other = (cards, said) if len(cards) >= len(said) else (said, cards)
    by_title = {fold(entry.title): entry for entry in reversed(other)}
    return [completed(entry, by_title[key]) if (key := fold(entry.title)) in by_title else entry for entry in longer]


def _facts(tree: Tree, linked: Linked) -> Facts | None:
    """Name the conference by JSON-LD, the title of the page, its highest headings, or what its head says."""
    tags = {node.tag for node in tree.nodes}
    highest = next((tag for tag in HEADINGS if tag in tags), "")
    headings = [tree.text(node) for node in tree.nodes if node.tag == highest][:_MOST_HEADINGS]
    stated = [content for name, content in tree.metas if name.lower() in {"citation_conference_title", "og:site_name", "og:title"}]
    return find_facts(linked.facts, [tree.title, *headings, *stated])
