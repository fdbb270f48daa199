"""Read a stretch of a page as clean text that remembers where each character stands on the page.

Pages break lines, hyphenate, put bullets inside sentences and carry remains of LaTeX. A `View` undoes
this for reading while every position in it still leads back to the page. `fold` and `plain` are the two
forms of a short name: for comparing, and for people.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from confgraph.records import Span

_ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a",
}  # fmt: skip
_LETTERS: Final = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "i": "ı",
}  # fmt: skip

_FIXED: Final = {"space": " ", "bullet": " ", "tie": " ", "hidden": "", "quote": '"'}

_LONGEST_WORD: Final = 40
_LAYOUT: Final = r"""
    (?P<url>(?:https?://|www\.)[^\s<>{}|^`]*[^\s<>{}|^`*])
  | (?P<wrap>(?<=[a-z])-[ \t]*\n[ \t]*(?=[a-z])(?!(?:and|or|und|oder|et|ou|to)\s))
  | (?P<bullet>(?:(?<=[.:;!?)\]…"”])|\s)\s*(?:[*•‣▪][ \t\u00a0]+)+(?=\S))
  | (?P<space>[^\S ]\s*|\s{2,})
  | (?P<hidden>[\u200b-\u200f\u2060\ufeff\u00ad])
"""
_LATEX: Final = r"""
  | (?P<math>\$\$?[^$\n]{1,400}\$\$?)
  | (?P<accent>(?P<outer>\{)?\\(?P<mark>["'`^~=.]|[uvHckr](?=[{\ ]))\ ?
      (?:\{\\?(?P<base>[A-Za-z])\}|\\?(?P<bare>[A-Za-z]))(?(outer)\}))
  | (?P<letter>\\(?:ss|aa|AA|ae|AE|oe|OE|[oOlLi])(?![A-Za-z])(?:\{\}|[ ])?)
  | (?P<open>\\?text(?:color|style)\{[A-Za-z]+\}\{
      |\\(?:emph|text(?:it|bf|tt|sc|sf|rm|sl|up|md|normal)?|underline|mbox|footnote|url|href|uline)\{
      |\{\\(?:em|it|bf|tt|sc|sf|rm|sl|itshape|bfseries|ttfamily|small|large)\b[ ]?)
  | (?P<brace>\{)
  | (?P<close>\})
  | (?P<escape>\\[%&_\#$ {}])
  | (?P<tie>(?<=[\w.)])~(?=[\w(\\$]))
  | (?P<quote>``|'')
"""
_MARKED: Final = re.compile(r"[\\{}$~`*•‣▪\u200b-\u200f\u2060\ufeff\u00ad]|''|-[ \t]*\n")
"""What a text must hold for a view of it to differ in more than white space; most names hold none."""
_HIDDEN: Final = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]+")
_UNEVEN: Final = re.compile(r"[*•‣▪\u200b-\u200f\u2060\ufeff\u00ad]|-[ \t]*\n")
"""What a text must hold for its printed words to differ from it in more than white space."""
_LAYOUT_TOKEN: Final = re.compile(_LAYOUT, re.VERBOSE)
_TOKEN: Final = re.compile(_LAYOUT + _LATEX, re.VERBOSE)


@dataclass(frozen=True, slots=True)
class View:
    """Clean text and, for each of its characters, the half-open place on the page that it stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Give the place on the page of the non-empty `text[start:end]`.

        >>> v = view("an over-\\nview", 0, 13)
        >>> v.text, v.span(3, 11)
        ('an overview', Span(start=3, end=13))
        """
        return Span(self.starts[start], self.ends[end - 1])


def view(page: str, start: int, end: int, *, latex: bool = True) -> View:
    """Read `page[start:end]` as clean text; linear in its length.

    Runs of white space become one space, words hyphenated at a line end are joined, bullets inside the
    text vanish, URLs and `$math$` stay as they are. With `latex`, font commands vanish and accents,
    escapes, ties and quotes become characters; unknown macros stay.

    >>> view(r"A \\emph{fast} 20\\% na{\\"\\i}ve * 1) rule", 0, 39).text
    'A fast 20% naïve 1) rule'
    """
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    braces: list[bool] = []

    def put(text: str, left: int, right: int) -> None:
        """Add `text` for page[left:right]: character by character where the lengths agree."""
        chars.append(text)
        if len(text) == right - left:
            starts.extend(range(left, right))
            ends.extend(range(left + 1, right + 1))
        else:
            starts.extend([left] * len(text))
            ends.extend([right] * len(text))

    at = start
    for m in (_TOKEN if latex else _LAYOUT_TOKEN).finditer(page, start, end):
        if m.start() > at:
            put(page[at : m.start()], at, m.start())
        put(_reading(m, braces), m.start(), m.end())
        at = m.end()
    if end > at:
        put(page[at:end], at, end)
    text = "".join(chars)
    left, right = len(text) - len(text.lstrip(" ")), len(text.rstrip(" "))
    return View(text[left:right], tuple(starts[left:right]), tuple(ends[left:right]))


def _reading(m: re.Match[str], braces: list[bool]) -> str:
    """Give the text that a token stands for; `braces` holds for each open brace whether it was dropped."""
    text = _FIXED.get(m.lastgroup or "", m.group())
    match m.lastgroup:
        case "wrap":  # a compound such as state-of-the-art keeps its hyphen
            word = m.string[max(0, m.start() - _LONGEST_WORD) : m.start()].split()[-1]
            text = "-" if "-" in word else ""
        case "open":
            braces.append(True)
            text = ""
        case "brace":
            braces.append(False)
        case "close":
            text = "" if braces and braces.pop() else "}"
        case "escape":
            text = text[1:]
        case "letter":
            text = _LETTERS[text.strip("\\{} ")]
        case "accent":
            text = unicodedata.normalize("NFC", (m["base"] or m["bare"]) + _ACCENTS[m["mark"]])
    return text


def joined(text: str) -> str:
    """Undo line ends, hyphenation and bullets, and keep the printed words.

    >>> joined("deve-\\nlopment of\\n LMs. * 20\\\\% more")
    'development of LMs. 20\\\\% more'
    """
    return view(text, 0, len(text), latex=False).text if _UNEVEN.search(text) else " ".join(text.split())


def visible(text: str) -> str:
    """Collapse white space and drop what is not seen; bullets and hyphens stay, in a value that no layout has broken.

    >>> visible("A * B\\u200b, state-\\nof")
    'A * B, state- of'
    """
    return " ".join(_HIDDEN.sub("", text).split())


def plain(text: str) -> str:
    """Clean a name for people: as `joined`, and without remains of LaTeX.

    >>> plain(r"T\\"ulu and {\\em Bert}")
    'Tülu and Bert'
    """
    if not _MARKED.search(text):
        return unicodedata.normalize("NFC", " ".join(text.split()))
    return unicodedata.normalize("NFC", view(text, 0, len(text)).text)


_QUOTES: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-"})


def fold(text: str) -> str:
    """Fold a text for comparing: compatibility forms, case, quotes, dashes, white space; letters keep their accents.

    >>> fold("Low‑Rank   Adaptation’s ﬁne")
    "low-rank adaptation's fine"
    """
    return " ".join(unicodedata.normalize("NFKC", plain(text)).translate(_QUOTES).casefold().split())


def words(text: str) -> list[str]:
    """Split a text into folded words: runs of letters and digits, with `+` and `#` where they end one.

    >>> words("C++ and C#: BERT-based, naïve")
    ['c++', 'and', 'c#', 'bert', 'based', 'naïve']
    """
    return re.findall(r"[^\W_]+(?:[+#]+(?!\w))?", fold(text))


def address(url: str) -> str:
    """Give a printed URL its scheme, https where the page prints none.

    >>> address("www.a.org"), address("http://a.org")
    ('https://www.a.org', 'http://a.org')
    """
    return url if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", url) else f"https://{url}"
