"""Judge words by their shape: what looks like a name, what is one thing in the singular and the plural."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from confgraph.text import fold

_INNER_CAPITAL: Final = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2}|[A-Z]\d|\d[A-Z]")
_ACRONYM: Final = re.compile(r"[A-Z][A-Z0-9&+]*[A-Z0-9+]s?")
_DESCRIPTIVE_TAIL: Final = re.compile(
    r"""[-‐‑–](?:[a-z]+(?:ed|ing|ic|al|ive|ble|ant|ent|ous|wise|less|ful|en)|based|free|like|style|level|specific|aware|driven|only|shot|hard|complete|hours?
        |days?|rate|scale|class|type|norm|nets?|models?|methods?|layers?|quality|time|size|year|old|first|to|of|and|by|bit|agents?|prover|judges?)$""",
    re.VERBOSE,
)
_IRREGULAR: Final = {
    "analyses": "analysis", "hypotheses": "hypothesis", "matrices": "matrix", "indices": "index", "corpora": "corpus",
    "mice": "mouse", "vertices": "vertex", "bases": "basis", "losses": "loss", "biases": "bias", "classes": "class",
    "processes": "process", "accuracies": "accuracy", "series": "series", "axes": "axis", "gas": "gas", "atlas": "atlas",
}  # fmt: skip


def is_acronym(word: str) -> bool:
    """Tell whether a word is capitals and digits, perhaps with a plural s.

    >>> is_acronym("LLMs"), is_acronym("CIFAR10"), is_acronym("Llama")
    (True, True, False)
    """
    return bool(_ACRONYM.fullmatch(word))


def is_name(word: str) -> bool:
    """Tell whether a word has the shape of a coined name: capitals inside, or a capital and digits.

    A compound that ends in a describing word (`LLM-based`) is none.

    >>> [is_name(w) for w in ("VibeCheck", "GPT-4", "Llama-2", "LoRA", "LLM-based", "Bayesian", "k-means")]
    [True, True, True, True, False, False, False]
    """
    if _DESCRIPTIVE_TAIL.search(word) or not any(c.isupper() for c in word):
        return False
    return bool(_INNER_CAPITAL.search(word)) or any(c.isdigit() for c in word)


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """Give the singular of a folded English noun, by suffix; other words stay.

    >>> [singular(w) for w in ("networks", "losses", "policies", "bias", "gans", "llms")]
    ['network', 'loss', 'policy', 'bias', 'gan', 'llm']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ias", "ics")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=65536)
def concept_form(name: str) -> str:
    """Fold a name so that its case, plural, hyphen and article variants are one.

    >>> concept_form("The Chain-of-Thoughts") == concept_form("chain of thought")
    True
    """
    words = re.sub(r"[-_/~\s]+", " ", fold(name)).split()
    if len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    return " ".join([singular(w) for w in words])
