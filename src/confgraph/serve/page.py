"""Write the page for people: what this is, a form to ask a query, the questions that come with confgraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from string import Template
from typing import Final

from confgraph.graph.questions import Question

_FIRST_QUERY: Final = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?class (COUNT(?thing) AS ?things)
WHERE { ?thing a ?class }
GROUP BY ?class
ORDER BY DESC(?things)"""

_PAGE: Final = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>confgraph: SPARQL endpoint</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
textarea { box-sizing: border-box; font: 0.9rem/1.4 ui-monospace, monospace; width: 100%; }
button, select { font: inherit; }
details { margin: 0.5rem 0; }
summary { cursor: pointer; }
summary code { opacity: 0.7; }
</style>
</head>
<body>
<h1>confgraph</h1>
<p>A knowledge graph of conference pages. Programs ask it at <code>/sparql</code> by the SPARQL 1.1 Protocol; it is read-only.
The default graph is the knowledge; the evidence of each page is reached with <code>GRAPH</code>.</p>
<form action="/sparql" method="get">
<p><label for="query">Query</label></p>
<textarea id="query" name="query" rows="14" spellcheck="false">$query</textarea>
<p><button>Ask</button></p>
</form>
<h2>Questions that come with confgraph</h2>
$questions
</body>
</html>
""")


_QUESTION: Final = Template("""<details id="$name">
<summary>$title <code>$name</code></summary>
<p>$row</p>
<p>Parameters, which the <code>VALUES</code> lines set: $parameters</p>
<form action="/sparql" method="get">
<textarea name="query" rows="$rows" spellcheck="false" aria-label="$title">
$text</textarea>
<p><button>Ask</button></p>
</form>
</details>""")


def render_page(questions: Mapping[str, Sequence[Question]]) -> str:
    """Write the page with these questions, in this order, each ready to run, under those who ask them."""
    groups = (f"<h3>For {escape(readers)}</h3>\n" + "\n".join(map(_render, asked)) for readers, asked in questions.items())
    return _PAGE.substitute(query=escape(_FIRST_QUERY), questions="\n".join(groups))


def _render(question: Question) -> str:
    words = {part: escape(getattr(question, part)) for part in ("name", "title", "row", "parameters", "text")}
    return _QUESTION.substitute(words, rows=min(question.text.count("\n") + 1, 40))
