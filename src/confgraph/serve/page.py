"""Write the page for people: what this is, a form to ask a query, the questions that come with confgraph."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from string import Template
from typing import Final

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
pre { overflow-x: auto; }
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


def render_page(questions: Mapping[str, str]) -> str:
    """Write the page with these queries, in this order, by the question that each answers."""
    parts = [f"<details><summary>{escape(title)}</summary><pre>{escape(text)}</pre></details>" for title, text in questions.items()]
    return _PAGE.substitute(query=escape(_FIRST_QUERY), questions="\n".join(parts))
