"""Build the spaCy pipeline of the extract stage from its versioned factories."""

from __future__ import annotations

from typing import Final

import spacy
from spacy.language import Language

# The factories register themselves with spaCy where these modules are imported.
from confgraph.extract import acronyms, concepts, introduces, relations, results, sentences, tagger, tokens, urls

COMPONENTS: Final = (
    "confgraph_urls_v1",
    "confgraph_sentences_v1",
    "confgraph_acronyms_v1",
    "confgraph_introduces_v1",
    "confgraph_tagger_v1",
    "confgraph_concepts_v1",
    "confgraph_results_v1",
    "confgraph_relations_v1",
)
"""The components in the order in which they run; each reads what those before it left."""

_REGISTERED: Final = (acronyms, concepts, introduces, relations, results, sentences, tagger, tokens, urls)
_UNLIMITED: Final = 1 << 40
"""Every component is linear and holds no parser, so spaCy's limit on the length of a text has no use here."""


def build() -> Language:
    """Build the pipeline on a blank English one; reads the gazetteers that come with confgraph."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "confgraph.tokens.v1"}}})
    for factory in COMPONENTS:
        nlp.add_pipe(factory)
    nlp.max_length = _UNLIMITED
    return nlp
