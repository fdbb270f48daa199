"""Judge words by their shape: what looks like a name, what is one thing in the singular and the plural."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from confgraph.extract.lexicon import COMMON_CAPITALS, FUNCTION, VERBS
from confgraph.text import fold

_INNER_CAPITAL: Final = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2}|[A-Z]\d|\d[A-Z]")
_ACRONYM: Final = re.compile(r"[A-Z][A-Z0-9&+]*[A-Z0-9+]s?")
_GLUED: Final = re.compile(r".*[A-Z0-9]{2}([a-z]{3,})")
_AFTER_A_NAME: Final = VERBS | FUNCTION
_QUANTITY: Final = re.compile(r"\d+(?:\.\d+)?(?:[A-Za-z]{1,3}|-(?:D[oO]F|dof|[dD]|bit))")
_LATEX: Final = re.compile(r"(?:sim|approx|geq?|leq?|ell|times|sqrt|epsilon|lambda|Omega|Theta)[\d_^].*")
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

    A compound that ends in a describing word (`LLM-based`, `AI-ready`) is none, nor is a name glued to a verb (`BERTperforms`).

    >>> [is_name(w) for w in ("VibeCheck", "GPT-4", "Llama-2", "LoRA", "LLM-based", "Bayesian", "k-means")]
    [True, True, True, True, False, False, False]
    """
    if _DESCRIPTIVE_TAIL.search(word) or not any(c.isupper() for c in word) or is_formula(word):
        return False
    first, _, tail = word.rpartition("-")
    if (first in COMMON_CAPITALS and tail.islower()) or is_glued(word):
        return False
    return bool(_INNER_CAPITAL.search(word)) or any(c.isdigit() for c in word)


def is_glued(word: str) -> bool:
    """Tell whether a word is a name and the verb or function word after it, the space between them lost.

    >>> [is_glued(w) for w in ("BERTperforms", "GPT4with", "VibeCheck")]
    [True, True, False]
    """
    glued = _GLUED.fullmatch(word)
    return glued is not None and glued[1] in _AFTER_A_NAME


def is_quantity(word: str) -> bool:
    """Tell whether a word is a number with its unit.

    >>> [is_quantity(w) for w in ("400kB", "1M", "7-DoF", "GPT-4")]
    [True, True, True, False]
    """
    return bool(_QUANTITY.fullmatch(word))


def is_formula(word: str) -> bool:
    """Tell whether a word is what a page left of LaTeX's mathematics.

    >>> [is_formula(w) for w in ("sim7B", "ell_2-norm", "SimCLR")]
    [True, True, False]
    """
    return bool(_LATEX.fullmatch(word))


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
