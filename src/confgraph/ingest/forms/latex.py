"""Turn the LaTeX of a field into text, in time linear in its length.

Mathematics stays as it is, and so does a command that is not known, so that no word is lost.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from pylatexenc.latex2text import get_default_latex_context_db
from pylatexenc.macrospec import LatexContextDb

_ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307", "u": "\u0306",
    "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_WRAPPERS: Final = frozenset(
    """
    emph text textit textbf texttt textsc textsf textrm textsl textup textmd textnormal textsuperscript textsubscript em it bf tt sc sf rm
    sl itshape bfseries ttfamily scshape sffamily rmfamily slshape upshape mdseries normalfont small large Large footnotesize mbox hbox
    underline uline url path ensuremath protect relax uppercase lowercase MakeUppercase MakeLowercase boldmath noopsort
    """.split()
)
"""Commands that change how their argument looks, which stays."""
_LETTERS: Final = frozenset("ss o O l L ae AE oe OE aa AA i j dh DH th TH ng NG dj DJ".split())
"""Commands that are a letter of a word: a space after one only ends its name."""
_SPACES: Final = frozenset({"quad", "qquad", "newline", "linebreak", "par", "hspace", "vspace", "smallskip", "item", "thinspace", "xspace"})
_SYMBOLS: Final = {
    "S": "§", "P": "¶", "copyright": "©", "textregistered": "®", "texttrademark": "™", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textbar": "|", "textgreater": ">",
    "textless": "<", "slash": "/", "i": "ı", "j": "ȷ", "and": "and",
}  # fmt: skip
_PLAIN: Final = {
    "---": "—", "--": "–", "``": "“", "''": "”", "\\\\": " ", "\\-": "", "\\/": "", "\\,": " ", "\\;": " ", "\\:": " ", "\\!": "",
}  # fmt: skip
_MARKED: Final = re.compile(r"[\\{}$~]|--|``|''")
_ESCAPED: Final = re.compile(r"\\([_%&#])")
"""What some exporters escape in mathematics too."""
_TOKEN: Final = re.compile(
    r"""
    (?P<url>(?:https?://|www\.)[^\s{}|^`\\$]+)
  | (?P<math>\$\$?[^$]{1,400}\$\$?)
  | (?P<accent>\\(?P<mark>["'`^~=.]|[uvHckrdb](?![A-Za-z]))\ ?
      (?:\{\ ?\\(?P<dotless>[ij])(?:\{\})?\ ?\}|\{\ ?(?P<base>[^\W\d_])\ ?\}
        |\\(?P<bare_dotless>[ij])(?![A-Za-z])(?:\{\}|\ )?|(?P<bare>[^\W\d_])))
  | (?P<link>\\href\{(?P<target>[^{}]*)\}\{(?P<label>[^{}]*)\})
  | (?P<command>\\(?P<name>[A-Za-z]+)\*?(?P<after>\{\}|\ )?)
  | (?P<plain>---?|``|''|\\[\\,;:!/-])
  | (?P<escaped>\\[%&_#$\ {}~^'"`=.@*|<>()\[\]])
  | (?P<open>\{)
  | (?P<close>\})
  | (?P<tie>~)
    """,
    re.VERBOSE,
)


def decode(value: str) -> str:
    """Give the text that a value in LaTeX stands for, white space collapsed.

    >>> decode(r"{G}{\\"o}del's {\\em first} 20\\% -- \\v{S}\\'{\\i}m~na\\"{\\i}ve $x_1$ \\ournet{}")
    "Gödel's first 20% – Ším naïve $x_1$ \\\\ournet"
    """
    value = " ".join(value.split())
    if not _MARKED.search(value):
        return value
    out: list[str] = []
    at = 0
    kept: list[bool] = []  # for each open brace whether it stays
    stays = False  # whether the next brace does: it belongs to a command that is not known
    for m in _TOKEN.finditer(value):
        if m.start() > at:
            stays = False
        out.append(value[at : m.start()])
        at = m.end()
        if m["open"]:
            kept.append(stays)
            out.append("{" if stays else "")
        elif m["close"]:
            out.append("}" if kept and kept.pop() else "")
        else:
            out.append(_text(m))
        stays = bool(m["command"]) and not m["after"] and _known(m["name"]) is None
    out.append(value[at:])
    return unicodedata.normalize("NFC", " ".join("".join(out).split()))


def _text(m: re.Match[str]) -> str:
    """Give the text that a token stands for; braces are not asked for here."""
    match m.lastgroup:
        case "accent":
            base = m["base"] or m["bare"] or m["dotless"] or m["bare_dotless"]
            text = unicodedata.normalize("NFC", base + _ACCENTS[m["mark"]])
        case "command":
            text = _printed(m["name"], m["after"] or "")
        case "link":
            target, label = (_ESCAPED.sub(r"\1", m[name]).strip() for name in ("target", "label"))
            text = label if label in target or target in label else f"{label} ({target})"
        case "plain":
            text = _PLAIN[m.group()]
        case "math":
            text = _ESCAPED.sub(r"\1", m.group())
        case "escaped":
            text = m.group()[1:]
        case "tie":
            text = " "
        case _:
            text = m.group()
    return text


def _printed(command: str, after: str) -> str:
    """Give what a command and the space after it print; the space only ends the name of a letter or of a change of font."""
    known = _known(command)
    printed = "\\" + command if known is None else known
    return printed + " " if after == " " and command not in _LETTERS | _WRAPPERS else printed


def _known(command: str) -> str | None:
    """Give what a command prints by itself, None where it is not known."""
    if command in _WRAPPERS:
        return ""
    if command in _SPACES:
        return " "
    if command in _SYMBOLS:
        return _SYMBOLS[command]
    spec = _symbols().get_macro_spec(command)
    printed = spec.simplify_repl if spec is not None else None
    return printed if isinstance(printed, str) and printed.strip() and not set("%<") & set(printed) else None


@cache
def _symbols() -> LatexContextDb:
    """Give the table of the characters that commands stand for."""
    return get_default_latex_context_db()
