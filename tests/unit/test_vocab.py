"""The terms of ours in code and those in the ontology are the same, and each has a use; test_ontology.py looks at the terms of others."""

import re
from pathlib import Path

import rdflib
from rdflib import RDFS

from confgraph import resources, vocab
from confgraph.graph import statements


def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data=(resources.folder("ontology") / "confgraph.ttl").read_text(encoding="utf-8"))


def terms(prefix: str) -> dict[str, str]:
    """The constants of one namespace, by name, without the namespace itself."""
    return {name: value for name, value in vars(vocab).items() if name.startswith(f"{prefix}_") and isinstance(value, str)}


def test_our_terms_are_those_of_the_ontology() -> None:
    defined = {str(s) for s in ontology().subjects(RDFS.isDefinedBy, rdflib.URIRef(vocab.ONTOLOGY))}
    assert defined == set(terms("CG").values())
    assert len(defined) > 30


def test_constants_are_named_by_prefix_and_local_name() -> None:
    named = 0
    for prefix, namespace in vocab.PREFIXES.items():
        for name, value in terms(prefix.upper()).items():
            local = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", value.removeprefix(namespace)).upper()
            assert value.startswith(namespace), name
            assert name in (f"{prefix.upper()}_{local}", "FABIO_HAS_ARXIV_ID"), name
            named += 1
    assert named > 100


def test_no_term_of_ours_is_without_use() -> None:
    modules = sorted(
        path for path in Path(statements.__file__).parent.glob("*.py") if path.name != "wording.py"
    )  # it names, and states nothing
    code = "\n".join(path.read_text(encoding="utf-8") for path in modules)
    unused = {name for name in terms("CG") if not re.search(rf"\bvocab\.{name}\b", code)}
    assert unused == {"CG_RELATED_TO"}, "what stands above the relation types is inferred, not stated"
