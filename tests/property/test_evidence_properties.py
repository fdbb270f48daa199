"""What holds of the evidence of any page: every quote is the page's own text at its place, to the letter."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

import pyoxigraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad, RdfFormat

from confgraph import vocab
from confgraph.errors import SourceError
from confgraph.export import rdf
from confgraph.graph.statements import iter_quads
from confgraph.ingest import ingest
from confgraph.ingest.decode import decode
from confgraph.records import (
    ArtefactKind,
    Author,
    Concept,
    Introduced,
    Page,
    PageId,
    Reading,
    Record,
    RecordId,
    RecordKind,
    Relation,
    RelationType,
    Resolution,
    Resource,
    ResourceKind,
    Result,
    Span,
)

checked = settings(derandomize=True, max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOTHING = Resolution((), (), {})

# What makes offsets slip: line ends, characters outside the BMP, marks that combine, joiners, signs of direction, what formats escape.
PIECES = [
    "Oral", "Tutorial", "Abstract", "[ Halle Ä ]", "Ada Lovelace · Zoë Ångström", "Zoë Ångström (ETH Zürich), 李 明 (清华大学)", "09:30",
    "A Title of Cards.", "NeurIPS 2024. Wien, Österreich, Dec 10-15, 2024.", "We show that 🐙 engines weave 日本語 for all.",
    "\r\n", "\r", "\n", "\n\n", "\u2028", "\x85", "\u0301", "e\u0301", "🏳️\u200d🌈", "👩🏽\u200d🔬", "\U0001f1e8\U0001f1ed",
    "\u202eשלום\u202c",
    "\ufeff", "\u00a0", "\u200b", '"', "\\", "'", "<>", "{}", "\t", " ", ".", "\f", "\v", "\x1b", "\ufffe", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "ﬁne", "ß", "İ",
]  # fmt: skip
mixes = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30)
texts = st.one_of(st.text(min_size=1, max_size=200), mixes.map("".join), mixes.map("\n".join), mixes.map("\r\n".join))


def page_of(text: str) -> Page:
    return Page("page.txt", text, PageId(hashlib.sha256(text.encode()).hexdigest()))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A page of any text with one record whose fields and mentions stand at any places."""
    text = draw(texts.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)))

    def place() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def names() -> tuple[Concept, ...]:
        return tuple(Concept(f"thing {i}", (), 0.5, tuple(place() for _ in range(i + 1))) for i in range(draw(st.integers(0, 2))))

    page, who, result, sentence, address, new = page_of(text), place(), place(), place(), place(), place()
    methods, datasets = names(), names()
    ends = [(c.name, m.start) for c in (*methods, *datasets) for m in c.mentions] or [("nothing", 0)]
    (left, at), (right, there) = draw(st.sampled_from(ends)), draw(st.sampled_from(ends))
    record = Record(
        RecordId("r"),
        page.name,
        1,
        page.id,
        RecordKind.PAPER,
        title="A title",
        room="A room",
        abstract=text,
        authors=(Author("Ada Lovelace", (text[place().start :][:9],), start=who.start, end=who.end),),
        methods=methods,
        datasets=datasets,
        introduces=(Introduced("thing", ArtefactKind.METHOD, mentions=(new,)),),
        results=(Result("accuracy", "1", result.start, result.end, dataset="thing 0"),),
        relations=(Relation(left, at, RelationType.COMPARE_WITH, right, there, 0.5, sentence.start, sentence.end),),
        resources=(Resource("https://example.org/", ResourceKind.CODE, address.start, address.end),),
        spans={field: place() for field in ("title", "room", "abstract", "authors")} | {"record": Span(0, len(text))},
    )
    return Reading(page, "generic", (record,), ())


def iter_quotes(quads: list[Quad]) -> Iterator[tuple[int, int, str, str, str]]:
    """Yield start, end, prefix, exact and suffix of each selector."""
    told: dict[str, dict[str, str]] = {}
    for quad in quads:
        if isinstance(quad.object, Literal):
            told.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    for about in told.values():
        if vocab.OA_EXACT in about:
            words = (about[vocab.OA_PREFIX], about[vocab.OA_EXACT], about[vocab.OA_SUFFIX])
            yield int(about[vocab.OA_START]), int(about[vocab.OA_END]), *words


def assert_quotes_are_exact(page: Page, quads: list[Quad]) -> int:
    text, count = page.text, 0
    for start, end, prefix, exact, suffix in iter_quotes(quads):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == exact
        assert text[max(0, start - 32) : start] == prefix
        assert text[end : end + 32] == suffix
        count += 1
    return count


@checked
@given(readings())
def test_every_quote_is_the_text_at_its_place(reading: Reading) -> None:
    quads = list(iter_quads([reading], NOTHING))
    assert assert_quotes_are_exact(reading.page, quads) > 0


@checked
@given(readings())
def test_quotes_come_back_from_every_format_with_evidence_as_they_are(reading: Reading) -> None:
    quads = list(iter_quads([reading], NOTHING))
    for name, form in (("nquads", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG)):
        stream = io.BytesIO()
        rdf.write(stream, quads, name)
        back = list(pyoxigraph.parse(stream.getvalue(), format=form))
        assert set(back) == set(quads)
        assert assert_quotes_are_exact(reading.page, back) > 0


@checked
@given(readings())
def test_there_is_one_mention_for_a_thing_at_a_place(reading: Reading) -> None:
    links: dict[tuple[str, str], str] = {}
    for quad in iter_quads([reading], NOTHING):
        links[quad.subject.value, quad.predicate.value] = quad.object.value
    mentions = [m for m, p in links if p == vocab.OA_HAS_BODY]
    said = {(links[m, vocab.OA_HAS_BODY], links[links[m, vocab.OA_HAS_TARGET], vocab.OA_HAS_SELECTOR]) for m in mentions}
    places = {(links[s, vocab.OA_START], links[s, vocab.OA_END]) for s, p in links if p == vocab.OA_EXACT}
    assert len(said) == len(mentions)
    assert len(places) == sum(p == vocab.OA_EXACT for _, p in links)


@checked
@given(texts, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_page_read_from_bytes_is_quoted_to_the_letter(text: str, encoding: str) -> None:
    """From the file to the graph, with what ingest itself finds; what no format could hold is gone from the page by then."""
    try:
        read, _ = decode(text.encode(encoding, "replace"), "page.txt")
    except SourceError:
        return
    assert "\r" not in read
    reading = ingest(page_of(read))
    quads = list(iter_quads([reading], NOTHING))
    found = assert_quotes_are_exact(reading.page, quads)
    assert found > 0 or not reading.records
    for exact in (quote[3] for quote in iter_quotes(quads)):
        assert not set(exact) & {"\f", "\v", "\x00", "\x1b", "\ufffe"}


def test_line_ends_of_windows_count_as_one_character() -> None:
    lines = ["Oral", "Ada Lovelace · Zoë Ångström", "[ Halle Ä 🐙 ]", "Abstract", "We show engines that weave, e\u0301tude by e\u0301tude."]
    read, _ = decode("\r\n".join([*lines, ""]).encode(), "page.txt")
    reading = ingest(page_of(read))
    quads = list(iter_quads([reading], NOTHING))
    assert assert_quotes_are_exact(reading.page, quads) > 3
    exact = {quote[3]: quote[0] for quote in iter_quotes(quads)}
    assert exact["Zoë Ångström"] == "\n".join(lines).index("Zoë")
    assert exact["Halle Ä 🐙"] == "\n".join(lines).index("Halle")
