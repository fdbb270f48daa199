"""Compare printed names of concepts: what is only spelling, what is an acronym of what.

Case, hyphens, spaces, accents, remains of LaTeX, plural and British or American spelling are spelling. Numbers and signs
are not: `GPT-3` and `GPT-3.5`, `C` and `C++` are different things.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from confgraph.text import fold

_SHORTEST_SQUEEZED: Final = 4
"""Shorter names keep their hyphens between letters: `A-C` is not `AC`, `t-SNE` is `tSNE`."""
_SHORTEST_STEM: Final = 3

_SEPARATORS: Final = r"[-_\s]+"
_AT_DIGIT: Final = re.compile(rf"(?<=[^\W\d]){_SEPARATORS}(?=\d)|(?<=\d){_SEPARATORS}(?=[^\W\d])")
_PLURALS_IN_ICS: Final = ("metrics", "topics", "critics", "heuristics", "characteristics")
"""Plurals among the words that end like `physics`."""
_ADJECTIVES: Final = {"convolution": "convolutional"}
"""Nouns for which others write the adjective before another noun: `graph convolution network`."""
_GREEK: Final = re.compile("[α-ρτ-ω]")
_LATEX: Final = re.compile(r"[\\${}^]")
_VERSION: Final = re.compile(r"(?:(?<=[^\W\d]{3})|(?<=[-_\s]))v(?=\d)")
"""The letter of `YOLOv5` and `VQA v2`, which others leave out."""
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*")
_PLURAL_ACRONYM: Final = re.compile(r"[A-Z]{2,}s$")
_AMERICAN: Final = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"(?<=col|hon|lab|vap)our(?=i[sz])", r"or"),
        (r"is(ations?|e[ds]?|ing|ers?)$", r"iz\1"),
        (r"ys(e[ds]?|ing|ers?)$", r"yz\1"),
        (r"(?<=[a-z]{2})our(s?|al|able|hoods?|ing|ed)$", r"or\1"),
        (r"(?<=[a-z]{2})tre(s?)$", r"ter\1"),
        (r"(?<=fi|li)bre(s?)$", r"ber\1"),
        (r"(?<=al|el)l(ing|ed|ers?)$", r"\1"),
        (r"ogue(s?)$", r"og\1"),
        (r"^(def|lic|off)ence(s?)$", r"\1ense\2"),
        (r"^artefact", "artifact"),
        (r"^programme(s?)$", r"program\1"),
        (r"^judgement", "judgment"),
        (r"^grey", "gray"),
    )
)
"""British to American endings. Both sides of a comparison are rewritten, so that `noise` may become `noize`."""


def spelling(names: Iterable[str], *, plural: bool = True, american: bool = True) -> str:
    """Reduce the printed names of one key to what distinguishes them from other things.

    `names` are prints that differ in case at most; they tell a plural (`GPs`) from a name in s (`GPS`).

    >>> spelling(["CIFAR10"]) == spelling(["CIFAR-10"]) == spelling(["Cifar 10"])
    True
    >>> spelling(["Llama-2-7B"]) == spelling(["Llama-27B"])
    False
    >>> spelling(["generalised linear models"]) == spelling(["Generalized Linear Model"])
    True
    """
    prints = sorted(set(names))
    text = re.sub(r"\.(?=\s|$)|'s(?=\s)|['\"]", "", _bare(fold(prints[0])).replace("&", " and ")).strip().removeprefix("the ")
    numbers = ",".join(_NUMBER.findall(text))
    parts = re.split(_SEPARATORS, _AT_DIGIT.sub("", text))
    if american:
        parts = [_american(part) for part in parts]
    parts[:-1] = [_ADJECTIVES.get(part, part) for part in parts[:-1]]
    if plural and _is_plural(prints):
        parts[-1] = _singular(parts[-1])
    squeezed = "".join(parts)
    return f"{squeezed if len(squeezed) >= _SHORTEST_SQUEEZED else '-'.join(parts)}|{numbers}"


def _bare(text: str) -> str:
    """Write Greek letters in words, and drop accents, marks of LaTeX, and the letter v before the number of a version."""
    text = _GREEK.sub(lambda m: _greek_name(m.group()), text.replace("\\ell", "l"))
    text = _LATEX.sub("", text) if _LATEX.search(text) else text
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _VERSION.sub("", text)


def _greek_name(letter: str) -> str:
    return unicodedata.name(letter).split()[3].lower().replace("lamda", "lambda")  # Unicode leaves out the b


@lru_cache(maxsize=1 << 15)
def _american(word: str) -> str:
    for pattern, new in _AMERICAN:
        word = pattern.sub(new, word)
    return word


def _is_plural(prints: Iterable[str]) -> bool:
    """Say whether the last word may be a plural: `LLMs`, `models`, `Language Models`, but not `GPS` or `Siemens`."""
    lasts = [name.split() or [""] for name in prints]
    if any(last[-1].isupper() for last in lasts):
        return False
    return any(last[-1].islower() or len(last) > 1 or "-" in last[-1] or _PLURAL_ACRONYM.search(last[-1]) for last in lasts)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORTEST_STEM + 2:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    names_a_field = word.endswith("ics") and not word.endswith(_PLURALS_IN_ICS)
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and not names_a_field and len(word) > _SHORTEST_STEM:
        return word[:-1]
    return word


def singular_words(text: str) -> str:
    """Put the last word of a text, in small letters, into the singular.

    >>> singular_words("molecular properties")
    'molecular property'
    """
    rest, space, last = text.rpartition(" ")
    return rest + space + (_singular(last) if last.islower() else last)


def abbreviates(acronym: str, long_form: str) -> bool:
    """Say whether the letters of an acronym stand in its long form in order, the first at the start of a word.

    Source: Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical
    text", PSB 2003.

    >>> abbreviates("LoRA", "Low-Rank Adaptation"), abbreviates("LLMs", "large language model")
    (True, True)
    >>> abbreviates("DPO", "Proximal Policy Optimization")
    False
    """
    letters = [c for c in fold(re.sub(r"(?<=[A-Z])s$", "", acronym)) if c.isalpha()]
    text = fold(long_form)
    at = len(text)
    for left, letter in reversed(list(enumerate(letters))):
        at = text.rfind(letter, 0, at)
        while left == 0 and at > 0 and text[at - 1].isalnum():
            at = text.rfind(letter, 0, at)
        if at < 0:
            return False
    return bool(letters)


def is_distinctive(name: str) -> bool:
    """Say whether a name is likely to be one thing whatever its kind: mixed case inside a word, or a digit, and five or more characters.

    >>> [is_distinctive(name) for name in ("LeanDojo", "DataComp-1B", "GRIT", "framework", "Benchmark")]
    [True, True, False, False, False]
    """
    mixed = re.search(r"[a-z][A-Z]|[A-Z]{2}[a-z]|\w\d|\d\w", name)
    return bool(mixed) and len(name) > _SHORTEST_SQUEEZED
