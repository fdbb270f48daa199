"""Write the SPARQL editor and the questions that come with confgraph; both work without a script."""

from __future__ import annotations

from html import escape as escaped
from itertools import islice
from typing import Final

from confgraph import vocab
from confgraph.errors import ConfgraphError
from confgraph.export.markup import Markup, counted, text
from confgraph.graph import questions
from confgraph.graph.questions import Question
from confgraph.graph.store import Answer, compact, run
from confgraph.serve.explorer import reply
from confgraph.serve.explorer.frame import frame, heading
from confgraph.serve.explorer.kinds import spelt_out
from confgraph.serve.explorer.markup import NOTHING, address, escape, tag
from confgraph.serve.explorer.reading import Graph
from confgraph.serve.explorer.reply import Asked, Reply

MOST_ROWS: Final = 500
"""The rows of a table that is made here; the endpoint gives all."""

_STYLES: Final = ("sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk=",)
"""The hash of the one style element that YASR makes, for the widths of columns; it never changes within a version."""

FIRST_QUERY: Final = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?class (COUNT(?thing) AS ?things)
WHERE { ?thing a ?class }
GROUP BY ?class
ORDER BY DESC(?things)
"""
_CLASSES: Final = "SELECT ?name (COUNT(?thing) AS ?n) { ?thing a ?name } GROUP BY ?name ORDER BY DESC(?n) ?name"
_PROPERTIES: Final = "SELECT ?name (COUNT(*) AS ?n) { ?thing ?name ?value } GROUP BY ?name ORDER BY DESC(?n) ?name"
_EVIDENCE: Final = (
    vocab.CG_CONFIDENCE, vocab.OA_END, vocab.OA_EXACT, vocab.OA_HAS_BODY, vocab.OA_HAS_SELECTOR, vocab.OA_HAS_SOURCE, vocab.OA_HAS_TARGET,
    vocab.OA_PREFIX, vocab.OA_START, vocab.OA_SUFFIX, vocab.PROV_WAS_DERIVED_FROM, vocab.PROV_WAS_GENERATED_BY,
    vocab.PROV_WAS_QUOTED_FROM, vocab.RDF_OBJECT, vocab.RDF_PREDICATE, vocab.RDF_SUBJECT,
)  # fmt: skip
"""The properties of the named graphs, which every graph with evidence has."""


def editor(graph: Graph, asked: Asked) -> Reply:
    """Show the editor with the query or question of the address; with `run`, show the answer as a table too."""
    query, name = asked.first("query"), asked.first("question")
    known = questions.catalogue()
    question = known.get(name)
    if question and not query:
        query = question.text
    answer = _answer(graph, query) if asked.first("run") and query else NOTHING
    picked = tag("p", text(question.row), class_="row-means") if question else NOTHING
    form = Markup(
        '<form id="ask" action="/editor" method="get"><label for="query">Query</label>'
        f'<textarea id="query" name="query" rows="16" spellcheck="false">\n{escaped(query or FIRST_QUERY)}</textarea>'
        '<p><button name="run" value="table">Run</button> <span class="hint">The default graph is the knowledge; the evidence of each page '
        "is reached with <code>GRAPH</code>.</span></p></form>"
    )
    parts = [
        heading("Ask the graph in SPARQL"),
        _examples(name),
        picked,
        form,
        Markup('<div id="yasgui" hidden><div id="yasqe"></div><p id="tools"></p><div id="yasr"></div></div>'),
        answer,
    ]
    shown = frame("SPARQL", *parts, here="/editor", scripts=("yasgui.min.js", "editor.js"), styles=("yasgui.min.css", "editor.css"))
    return reply.page(shown, styles=_STYLES)


def _examples(name: str) -> Markup:
    """Write the choice of a question, as a form without a script."""
    groups = "".join(
        f'<optgroup label="For {escaped(readers)}">'
        + "".join(f'<option value="{q.name}"{" selected" if q.name == name else ""}>{escaped(q.title)}</option>' for q in asked)
        + "</optgroup>"
        for readers, asked in questions.by_readers().items()
    )
    return Markup(
        '<form id="examples" action="/editor" method="get"><label for="question">Questions that come with confgraph</label>'
        f'<select id="question" name="question"><option value="">Choose one…</option>{groups}</select><button>Show</button></form>'
    )


def _answer(graph: Graph, query: str) -> Markup:
    try:
        return _table(graph, run(graph.store, query))
    except ConfgraphError as error:
        return tag("section", tag("h2", Markup("Answer")), tag("p", text(str(error)), class_="error", role="alert"), id="answer")


def _table(graph: Graph, answer: Answer) -> Markup:
    rows = list(islice(answer.rows(), MOST_ROWS + 1))
    head = tag("tr", *(tag("th", escape(name), scope="col") for name in answer.header))
    body = (tag("tr", *(tag("td", _cell(graph, value)) for value in row)) for row in rows[:MOST_ROWS])
    said = f"The first {MOST_ROWS} rows; the endpoint gives all." if len(rows) > MOST_ROWS else counted(len(rows), "row")
    whole = tag("table", tag("thead", head), tag("tbody", *body))
    table = tag("div", whole, class_="scroll", tabindex="0", role="region", aria_label="Rows")
    return tag("section", tag("h2", Markup("Answer")), tag("p", Markup(said), class_="count"), table, id="answer")


def _cell(graph: Graph, value: str) -> Markup:
    if value.startswith(("http://", "https://", "urn:")) and " " not in value:
        return tag("a", text(compact(value), 120), href=graph.address(value))
    return text(value, 600)


def all_questions() -> Reply:
    """List the questions that come with confgraph, by who asks them."""
    sections = [
        tag("section", tag("h2", escape(f"For {readers}")), *map(_question, asked)) for readers, asked in questions.by_readers().items()
    ]
    lead = tag("p", Markup("Each is a SPARQL query that is ready to run; its parameters are <code>VALUES</code> lines."), class_="lead")
    return reply.page(frame("Questions", heading("Questions"), lead, *sections, here="/questions"))


def _question(question: Question) -> Markup:
    opened = address("/editor", {"question": question.name})
    answered = address("/editor", {"question": question.name, "run": "table"})
    return tag(
        "details",
        tag("summary", escape(question.title)),
        tag("p", escape(question.row)),
        tag("p", Markup("Parameters: "), escape(question.parameters)),
        tag("p", tag("a", Markup("Open in the editor"), href=opened), Markup(" · "), tag("a", Markup("Run"), href=answered)),
        tag("pre", tag("code", escape(question.text)), tabindex="0"),
        id=question.name,
        class_="question",
    )


def terms(graph: Graph) -> Reply:
    """List the prefixes, classes and properties of the graph as JSON, the most used first: what the editor completes."""
    classes = [row[0] for row in run(graph.store, _CLASSES).rows()]
    stated = [row[0] for row in run(graph.store, _PROPERTIES).rows()]
    properties = stated + sorted(set(_EVIDENCE) - set(stated))
    prefixes = {prefix: space for prefix, space in vocab.PREFIXES.items() if any(iri.startswith(space) for iri in (*classes, *properties))}
    return reply.as_json(
        {
            "prefixes": prefixes | {"xsd": vocab.XSD},
            "classes": [{"iri": iri, "label": spelt_out(iri)} for iri in classes],
            "properties": [{"iri": iri, "label": spelt_out(iri)} for iri in properties],
        }
    )
