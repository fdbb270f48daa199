"""Say the links of the graph in words, for pages that people read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from confgraph import vocab

PHRASES: Final[Mapping[str, tuple[str, str]]] = {
    vocab.BIBO_PRESENTED_AT: ("Presented at", "Presents"),
    vocab.CG_ADDRESSES_TASK: ("Addresses", "Addressed by"),
    vocab.CG_BENCHMARK_FOR: ("Is a benchmark for", "Benchmarks"),
    vocab.CG_COMPARES_TO: ("Compares to", "Compared in"),
    vocab.CG_COMPARE_WITH: ("Compared with", "Compared with"),
    vocab.CG_EVALUATED_WITH: ("Evaluated with", "Used to evaluate"),
    vocab.CG_EVALUATES_ON: ("Evaluates on", "Evaluated on by"),
    vocab.CG_HAS_RESOURCE: ("Links to", "Linked from"),
    vocab.CG_INTRODUCES: ("Introduces", "Introduced by"),
    vocab.CG_NAMES_INSTITUTION: ("Names", "Named by"),
    vocab.CG_OF_METHOD: ("Of method", "Results"),
    vocab.CG_ON_DATASET: ("On dataset", "Results on it"),
    vocab.CG_PART_OF: ("Part of", "Has part"),
    vocab.CG_RELATED_TO: ("Related to", "Related to"),
    vocab.CG_REPORTS_METRIC: ("Reports", "Reported by"),
    vocab.CG_REPORTS_RESULT: ("Results", "Reported by"),
    vocab.CG_SUB_CLASS_OF: ("A kind of", "Kinds"),
    vocab.CG_SUB_TASK_OF: ("Subtask of", "Subtasks"),
    vocab.CG_SYNONYM_OF: ("Same as", "Same as"),
    vocab.CG_TITLE_RECOVERED_FROM: ("Title recovered from", "Gives the title of"),
    vocab.CG_TRAINED_WITH: ("Trained with", "Used to train"),
    vocab.CG_USED_FOR: ("Used for", "Uses"),
    vocab.CG_USES_DATASET: ("Uses data", "Used by"),
    vocab.CG_USES_METHOD: ("Uses method", "Used by"),
    vocab.CG_USES_SOFTWARE: ("Uses software", "Used by"),
    vocab.CG_WORK_OF: ("Work of", "Works"),
    vocab.CONF_HAS_SERIES: ("Series", "Editions"),
    vocab.CONF_IS_SUB_EVENT_OF: ("Part of", "Programme"),
    vocab.DCTERMS_CREATOR: ("Authors", "Author of"),
    vocab.MLS_SPECIFIED_BY: ("Metric", "Results"),
    vocab.PROV_USED: ("Used", "Read by"),
    vocab.SCHEMA_ABOUT: ("About", "Subject of"),
    vocab.SCHEMA_LOCATION: ("Place", "Takes place here"),
    vocab.SCHEMA_MENTIONS: ("Mentions", "Mentioned by"),
    vocab.SCHEMA_PERFORMER: ("Speakers", "Speaks in"),
    vocab.SCHEMA_WORK_FEATURED: ("Presents", "Presented in"),
    vocab.SKOS_BROADER: ("Broader", "Narrower"),
    vocab.SOA_HAS_ORGANIZATION: ("Affiliation", "People"),
}
"""What a page calls a property, read from its subject and from its object; any other goes by its label."""
