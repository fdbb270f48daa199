"""Make the records of a page's repeating entries from their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from confgraph.ingest.forms import ids
from confgraph.ingest.forms.fields_text import Entry as Record
from confgraph.ingest.forms.html.addresses import Addresses
from confgraph.ingest.forms.html.context import Context, find_contexts
from confgraph.ingest.forms.html.cuts import Entry
from confgraph.ingest.forms.html.oneline import Item
from confgraph.ingest.forms.html.outline import Outline, names_of
from confgraph.ingest.forms.html.parts import Part
from confgraph.ingest.forms.html.people import People, is_paired, joined_people, read_people, tidy
from confgraph.ingest.forms.html.times import When, read_when, split_clock, year_in
from confgraph.ingest.forms.html.words import Role, labelled_role, named_role
from confgraph.ingest.forms.venues import kind_of_venue
from confgraph.ingest.lines import count_words
from confgraph.records import RecordKind

_BREAK: Final = re.compile(
    r"\b(?:break|lunch|coffee|tea|dinner|breakfast|registration|welcome|opening|closing|remarks|reception|banquet|posters?|session|social|"
    r"networking|awards?|ceremony|discussion|panel|tba|tbd|end of|adjourn|check[- ]?in|business meeting)\b",
    re.IGNORECASE,
)
_FRONT: Final = re.compile(r"(?:proceedings of|front ?matter|table of contents|author index|index of authors)\b", re.IGNORECASE)
"""What stands among the papers of proceedings and is none."""
_KINDS: Final = (
    (re.compile(r"\btutorial", re.IGNORECASE), RecordKind.TUTORIAL),
    (re.compile(r"\b(?:invited|keynote|plenary)\b", re.IGNORECASE), RecordKind.TALK),
)
_WORKSHOP: Final = re.compile(r"\bworkshop\b", re.IGNORECASE)
_KEYWORDS: Final = re.compile(r"\s*[;,·|•]\s*")
_LEADS_ON: Final = re.compile(r"[\s,:;–—|(\[-]+$")
_CLOSING_STOP: Final = re.compile(r"(?P<title>.*[^.]) ?\.$")
_NUMBER: Final = re.compile(r"(?:\[?#?\w{0,3}\d{1,4}[\].):]|#\d{1,5})\s+(?P<title>\S.*)")
_QUOTED: Final = re.compile(r"[\"“«„](?P<title>.+?)[,.]?[\"”»“][,.]?$")
_PRINTED_ARXIV: Final = re.compile(r"\barXiv:\s?\S{9,20}", re.IGNORECASE)
_APART: Final = frozenset({Role.AUTHORS, Role.AFFILIATION, Role.KEYWORDS, Role.SESSION, Role.CITATION})
"""The roles whose links lead to other things than the paper."""
_MOST_LINKS: Final = 30
_COMMENT_WORDS: Final = 60


def make_records(
    outline: Outline, entries: Sequence[Entry], parts: Sequence[Sequence[Part]], addresses: Addresses
) -> list[tuple[int, Record]]:
    """Make the records of one list of entries, each with the order of its first node; what holds nothing is none."""
    people = [tidy(part.text) for found in parts for part in found if part.role is Role.AUTHORS and "," in part.text]
    paired = 2 * sum(map(is_paired, people)) > len(people)
    contexts = find_contexts(outline, entries)
    opened = _opened([next((part.text for part in found if part.role is Role.TITLE), "") for found in parts])
    titles = _titles([title for _, title in opened])
    records = [
        _placed(_record(outline, entry, found, title, addresses, paired=paired), context, when)
        for entry, found, title, context, (when, _) in zip(entries, parts, titles, contexts, opened, strict=True)
    ]
    told = sum(bool(r.authors or r.abstract) for r in records)
    placed = zip((entry.first for entry in entries), records, strict=True)
    return [(order, r) for order, r in placed if _is_record(r)] if 2 * told >= len(records) else []


def make_listed(outline: Outline, items: Sequence[Item], addresses: Addresses) -> list[Record]:
    """Make the records of items that stand on one line each."""
    found = []
    for item in items:
        people = read_people([item.people])
        block = item.line.parent if item.line.parent is not None and len(item.line.parent.children) == 1 else item.line
        links = (addresses.resolve(node.get("href")) for node in outline.tree.inside(block) if node.tag == "a")
        urls = tuple(dict.fromkeys(filter(None, links)))[:_MOST_LINKS]
        found.append(
            Record(
                kind=_kind((), outline.tree.title),
                title=item.title,
                authors=people.persons,
                others=people.others,
                groups=people.groups,
                ids=ids.united(ids.of_addresses(urls)),
                urls=urls,
            )
        )
    return found


def _is_record(record: Record) -> bool:
    """Tell whether an entry is a paper or talk: somebody stands for it, or it is told about, or leads somewhere and is no break."""
    if not record.says_enough or _FRONT.match(record.title):
        return False
    return bool(record.authors or record.groups or record.abstract or (record.urls and not _BREAK.search(record.title)))


def _placed(record: Record, context: Context, when: When) -> Record:
    """Give a record what it lacks of what stands above it, and of the time before its title."""
    return replace(
        record,
        session=record.session or context.session,
        year=record.year or context.year,
        date=record.date or context.date,
        room=record.room or _unbracketed(context.room),
        start=record.start or when.start,
        end=record.end or when.end,
    )


def _record(outline: Outline, entry: Entry, parts: Sequence[Part], title: str, addresses: Addresses, *, paired: bool) -> Record:
    people = _people(parts, paired=paired)
    when = read_when([part.text for part in parts if part.role in {Role.TIME, Role.DATE}])
    urls = list(_iter_links(outline, entry, parts, addresses))
    texts = {role: [part.text for part in parts if part.role is role] for role in Role}
    return Record(
        kind=_kind(texts[Role.KIND], outline.tree.title, _first(texts[Role.VENUE])),
        title=title,
        authors=people.persons,
        others=people.others,
        groups=people.groups,
        abstract=_abstract(parts),
        venue=_first(texts[Role.VENUE]),
        year=year_in(_first(texts[Role.YEAR])),
        date=when.date,
        room=_unbracketed(_first(texts[Role.ROOM]) or when.room),
        session=_first(texts[Role.SESSION]),
        track=_first(texts[Role.TRACK]),
        start=when.start,
        end=when.end,
        keywords=tuple(k for text in texts[Role.KEYWORDS] for k in _KEYWORDS.split(text) if k),
        ids=ids.united(ids.of_addresses(urls), _iter_printed_ids(parts)),
        urls=tuple(dict.fromkeys(urls))[:_MOST_LINKS],
        comments=tuple(
            text
            for part in parts
            if part.role in {None, Role.KIND, Role.OTHER} and count_words(text := part.text.strip(" ,;|·–—")) <= _COMMENT_WORDS
        ),
    )


def _opened(texts: Sequence[str]) -> list[tuple[When, str]]:
    """Part the times before titles from them, where most of a list have one."""
    opened = [split_clock(text) for text in texts]
    return opened if 2 * sum(bool(when.start) for when, _ in opened) > len(opened) else [(When(), text) for text in texts]


def _titles(texts: Sequence[str]) -> list[str]:
    """Cut from titles the numbers, quotes and stops that most of a list have, and what only leads on."""
    titles = [
        _LEADS_ON.sub("", text[label[1] :] if (label := labelled_role(text)) and label[0] is Role.TITLE else text) or text for text in texts
    ]
    for pattern in (_CLOSING_STOP, _NUMBER, _QUOTED):
        if 2 * sum(bool(pattern.match(title)) for title in titles) > len(titles):
            titles = [m["title"] if (m := pattern.match(title)) else title for title in titles]
    return titles


def _abstract(parts: Sequence[Part]) -> str:
    """Join the paragraphs of an abstract; of a teaser and the whole, the whole."""
    found: list[str] = []
    for part in parts:
        if part.role is not Role.ABSTRACT:
            continue
        head = part.text.rstrip(" .…")[:80]
        if found and len(head) > 20 and (found[-1].startswith(head) or part.text.startswith(found[-1].rstrip(" .…")[:80])):
            found[-1] = max(found[-1], part.text, key=len)
        else:
            found.append(part.text)
    return " ".join(found)


def _people(parts: Sequence[Part], *, paired: bool) -> People:
    """Read the people of an entry: those of the places that are named best, with the affiliations after each or beside all."""
    found = [part for part in parts if part.role in {Role.AUTHORS, Role.AFFILIATION}]
    if any(part.sure and part.role is Role.AUTHORS for part in found):
        found = [part for part in found if part.sure or part.role is Role.AFFILIATION]
    named = [n for n, part in enumerate(found) if part.role is Role.AUTHORS]
    first, last = (named[0], named[-1]) if named else (0, 0)
    if all(part.role is Role.AUTHORS for part in found[first:last]):
        texts = {role: [part.text for part in found if part.role is role] for role in (Role.AUTHORS, Role.AFFILIATION)}
        return read_people(texts[Role.AUTHORS], texts[Role.AFFILIATION], paired=paired)
    each: list[tuple[list[str], list[str]]] = []
    for part in found[first:]:
        if part.role is Role.AFFILIATION:
            each[-1][1].append(part.text)
        elif each and not each[-1][1]:
            each[-1][0].append(part.text)
        else:
            each.append(([part.text], []))
    return joined_people([read_people(names, places, paired=paired) for names, places in each])


def _kind(texts: Sequence[str], page: str, venue: str = "") -> RecordKind:
    """Say what an entry is by its badges, the title of the page, and its venue."""
    for text in (*texts, page):
        for pattern, kind in _KINDS:
            if pattern.search(text):
                return kind
    return RecordKind.WORKSHOP_PAPER if _WORKSHOP.search(page) else kind_of_venue(venue)


def _iter_links(outline: Outline, entry: Entry, parts: Sequence[Part], addresses: Addresses) -> Iterator[str]:
    """Yield the addresses of an entry's links, but for those of its people and key words."""
    apart = [node for part in parts if part.role in _APART for node in part.nodes]
    ways = {order for node in apart for order in range(node.order, node.last)} | {n.parent.order for n in apart if n.parent}
    around = [node for node in entry.title.ancestors() if node.tag == "a"]
    links = [node for node in outline.tree.nodes[entry.first : entry.last] if node.tag == "a"]
    for node in (*around, *links):
        if node.order in ways or named_role(names_of(node)) is Role.AUTHORS:
            continue
        if url := addresses.resolve(node.get("href")):
            yield url


def _iter_printed_ids(parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """Yield identifiers that stand in the short texts of an entry."""
    for part in parts:
        if len(part.text) < 200 and part.role not in {Role.TITLE, Role.ABSTRACT, Role.AUTHORS}:
            if m := _PRINTED_ARXIV.search(part.text):
                yield "arxiv", ids.arxiv(m.group())
            yield "doi", ids.doi(part.text)


def _first(texts: Sequence[str]) -> str:
    return texts[0] if texts else ""


def _unbracketed(text: str) -> str:
    return text[1:-1].strip() if text.startswith("[") and text.endswith("]") else text
