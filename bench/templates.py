"""Render papers as listings of layouts that nobody has seen: a seed draws the order of the fields and how each is printed.

For measuring what ingest makes of pages of no known layout; see layouts.py.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

Paper = Mapping[str, Any]
"""A row of the development data: `title`, `abstract`, `authors`, `affiliations`."""
Truth = dict[str, Any]
"""What a record should hold: `title`, `authors`, `affiliations` (of each author, or absent), `abstract`; None where the page shows none."""

_MENUS: Final = (
    (), ("Home", "About", "Program", "Contact"), ("Skip to content", "Menu", "Log in"), ("Startseite", "Programm", "Anmeldung"),
    ("Accueil", "Programme", "Inscription"), ("Menu", "Dates ▾", "Calls ▾", "Attend ▾", "Select Year: (2031)"),
)  # fmt: skip
_COOKIES: Final = (
    "", "", "We use cookies to make this site work and to count how many people visit it. By going on you accept our use of cookies.",
    "Diese Seite verwendet Cookies. Mit der Nutzung erklären Sie sich damit einverstanden.", "This site needs JavaScript to work.",
)  # fmt: skip
_HEADS: Final = (
    "", "Accepted Papers", "Conference Programme", "List of papers", "Angenommene Beiträge", "Articles acceptés", "Papers and Abstracts",
    "Main Conference Papers",
)  # fmt: skip
_INTROS: Final = (
    "", "Below you find the list of accepted papers.",
    "The following papers have been accepted for presentation. Congratulations to all authors, and thanks to the reviewers for their work!",
)  # fmt: skip
_FEET: Final = (
    (), ("© 2031 The Organisers", "Imprint", "Privacy policy"), ("Contact: chairs@example.org", "Follow us"), ("Impressum", "Datenschutz"),
    ("Back to top",), ("Sponsored by Example Corp", "Terms of Service"),
)  # fmt: skip
_SESSIONS: Final = (
    "", "", "", "Session {n}: {t}", "{t}", "Track {n} - {t}", "Oral Session {n}A: {t}", "== {t} ==",
    "Sitzung {n}: {t}", "Poster Session {n}",
)  # fmt: skip
_TOPICS: Final = (
    "Learning Theory", "Vision", "Language and Speech", "Robotics", "Optimization", "Graphs", "Fairness and Ethics", "Generative Models",
)  # fmt: skip
_NUMBERS: Final = ("", "", "{n}. ", "[{n}] ", "#{n} ", "({n}) ", "P{n}: ", "{n}\t")
_PEOPLE_LABELS: Final = ("", "", "", "Authors: ", "Author(s): ", "By ", "by ", "Autoren: ", "Auteurs : ", "Presenters: ", "Speakers: ")
_ABSTRACT_LABELS: Final = ("Abstract", "Abstract:", "Zusammenfassung", "Résumé", "Summary:", "ABSTRACT")
_INLINE_LABELS: Final = ("Abstract: ", "Abstract. ", "Abstract — ", "Zusammenfassung: ", "Résumé : ", "Summary: ")
_NOTES: Final = (
    "[PDF] [Code]", "Keywords: {k}", "Room {n}", "https://example.org/paper/{i}", "Paper ID: {i}", "PDF", "Area: {t}", "Poster #{i}",
    "View on OpenReview",
)  # fmt: skip
_ORDERS: Final = ("TAB", "TAB", "TAB", "TBA", "ATB", "TA", "TA", "AT", "TANB", "TNAB", "TB", "TAN", "NTAB", "NTA")
"""The fields of an entry in order: title, authors, abstract, note."""
_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_QUOTES: Final = {"plain": "{}", "quoted": "“{}”", "label": "Title: {}", "bold": "**{}**", "heading": "### {}"}


@dataclass(frozen=True, slots=True)
class Template:
    """How a page prints its entries; empty strings and 0 stand for nothing."""

    order: str
    places: str
    session: str
    every: int
    number: str
    bullet: str
    title: str
    names: str
    people_label: str
    indent: str
    italic: bool
    abstract_label: str
    inline_label: str
    wrap: int
    note: str
    between: int
    inside: int
    rule: str
    one_line: str
    et_al: bool


def template(rng: random.Random) -> Template:
    """Draw a template; what would leave an entry's bounds to chance for people too is avoided."""
    order = rng.choice(_ORDERS)
    labelled = rng.choice(("", "line", "inline"))
    drawn = Template(
        order=order,
        places=rng.choice(("", "", "", "brackets", "commas", "marks", "below", "lines")) if "A" in order else "",
        session=rng.choice(_SESSIONS),
        every=rng.choice((3, 5, 8)),
        number=rng.choice(_NUMBERS),
        bullet=rng.choice(("", "", "", "- ", "* ", "• ")),
        title=rng.choice(("plain", "plain", "plain", "stop", "quoted", "label", "bold", "heading", "upper")),
        names=rng.choice((", ", ", ", "and", "; ", " · ", "turned", "lines", "initials")),
        people_label=rng.choice(_PEOPLE_LABELS),
        indent=rng.choice(("", "", "   ")),
        italic=rng.random() < 0.25,
        abstract_label=rng.choice(_ABSTRACT_LABELS) if labelled == "line" else "",
        inline_label=rng.choice(_INLINE_LABELS) if labelled == "inline" else "",
        wrap=rng.choice((0, 0, 72, 80, 100)),
        note=rng.choice(_NOTES),
        between=rng.choice((1, 1, 1, 0, 2)),
        inside=rng.choice((0, 0, 0, 1)),
        rule=rng.choice(("", "", "", "---", "* * *")),
        one_line=rng.choice(("", "", "", " | ", " — ", "()", ": ", "stop")) if order in ("TA", "AT") else "",
        et_al=rng.random() < 0.2,
    )
    return _clear(drawn)


def _clear(t: Template) -> Template:
    if t.one_line:
        names = ", " if t.names in ("turned", "lines", "; ", " · ") else t.names
        title = t.title if t.title == "stop" and t.one_line != "stop" else "plain"
        t = replace(t, places="", people_label="", names=names, title=title, order="TA" if t.one_line == "()" else t.order)
    if t.number or t.title == "heading":
        t = replace(t, bullet="")
    if t.places:
        t = replace(t, names=", " if t.places != "below" else t.names, et_al=False)
    if t.rule or (t.between == 0 and "B" in t.order and not t.abstract_label and not t.inline_label):
        t = replace(t, between=max(t.between, 1))
    if t.between == 0 or (t.order in ("TA", "AT") and not t.one_line):
        t = replace(t, inside=0)
    if t.inside and t.between == 1:
        t = replace(t, number=t.number or "{n}. ", bullet="")
    if t.title == "heading":
        t = replace(t, number="", between=max(t.between, 1), inside=0)
    return replace(t, note="PDF") if t.note.startswith("Poster") and t.order[0] != "N" else t


def fits(t: Template, paper: Paper) -> bool:
    """Tell whether a paper has what a template prints, and one person to an author string."""
    names = paper["authors"]
    if not names or any("," in n or " and " in f" {n}" or ";" in n or "@" in n or "{" in n for n in names):
        return False
    if t.names in ("turned", "initials") and any(
        len(n.split()) < 2 or n.split()[-1].strip(".") in ("Jr", "Sr", "II", "III") for n in names
    ):
        return False
    places = paper.get("affiliations") or []
    return bool(not t.places or (len(places) == len(names) and all(places))) and bool("B" not in t.order or paper.get("abstract"))


def render(papers: Sequence[Paper], seed: int) -> tuple[str, list[Truth]]:
    """Render papers by the template that a seed draws, within the frame of a page; give the text and the truth of each entry."""
    rng = random.Random(seed)
    t = template(rng)
    frame = [*rng.choice(_MENUS), "", rng.choice(_COOKIES), "", rng.choice(_HEADS), "", rng.choice(_INTROS), ""]
    foot = rng.choice(_FEET)
    body: list[str] = []
    truth: list[Truth] = []
    for n, paper in enumerate((p for p in papers if fits(t, p)), 1):
        if t.session and (n - 1) % t.every == 0:
            place = (n - 1) // t.every
            body += ["", t.session.format(n=place + 1, t=_TOPICS[place % len(_TOPICS)]), ""]
        lines, row = _entry(t, paper, n, rng)
        body += [*lines, *(["", t.rule] if t.rule else []), *[""] * t.between]
        truth.append(row)
    return "\n".join([*frame, *body, "", *foot]), truth


def _entry(t: Template, paper: Paper, n: int, rng: random.Random) -> tuple[list[str], Truth]:
    title = _one(paper["title"])
    title = title.upper() if t.title == "upper" else title
    people, names = _people(t, paper)
    truth: Truth = {
        "title": title,
        "authors": names if "A" in t.order else [],
        "abstract": _one(paper["abstract"]) if "B" in t.order else None,
    }
    if t.places in ("brackets", "commas", "marks", "lines"):
        truth["affiliations"] = paper["affiliations"]
    lead = (t.number or t.bullet).format(n=n)
    if t.one_line:
        return [lead + _one_line(t, title, people[0])], truth
    parts = list(_parts(t, paper, _shown(t, title), people, n, rng))
    parts[0][0] = lead + parts[0][0]
    gap = [""] * t.inside
    return [line for i, part in enumerate(parts) for line in (*(gap if i else []), *part)], truth


def _parts(t: Template, paper: Paper, title: str, people: list[str], n: int, rng: random.Random) -> Iterator[list[str]]:
    """Yield the lines of each field in order."""
    for kind in t.order:
        if kind == "T":
            yield _wrapped(t, title)
        elif kind == "A":
            lines = [t.people_label + people[0], *people[1:]]
            lines = [f"*{lines[0]}*"] if t.italic and len(lines) == 1 else lines
            yield [t.indent + line for line in lines]
        elif kind == "N":
            words = ", ".join(rng.sample(("graphs", "vision", "bandits", "kernels", "proofs"), 3))
            yield [t.note.format(n=rng.randint(1, 20), i=1000 + n, t=rng.choice(_TOPICS), k=words)]
        else:
            yield [*([t.abstract_label] if t.abstract_label else []), *_wrapped(t, t.inline_label + _one(paper["abstract"]))]


def _shown(t: Template, title: str) -> str:
    if t.title in ("stop", "upper"):
        return title + "." * (t.title == "stop" and title[-1] not in "?!.")
    return _QUOTES[t.title].format(title)


def _wrapped(t: Template, text: str) -> list[str]:
    return textwrap.wrap(text, t.wrap, break_on_hyphens=False, break_long_words=False) if t.wrap else [text]


def _one_line(t: Template, title: str, people: str) -> str:
    shown = title + "." * (t.title == "stop" and title[-1] not in "?!.")
    closed = title + "." * (title[-1] not in "?!.")
    match t.one_line:
        case "stop":
            return f"{closed} {people}." if t.order == "TA" else f"{people}. {closed}"
        case "()":
            return f"{shown} ({people})"
        case ": ":
            return f"{people}: {shown}"
        case divider:
            return divider.join((shown, people) if t.order == "TA" else (people, shown))


def _people(t: Template, paper: Paper) -> tuple[list[str], list[str]]:
    """Give the printed lines, and the names that they stand for."""
    names = list(paper["authors"])
    if t.et_al and len(names) > 3:
        return [f"{names[0]} et al."], names[:1]
    if t.places:
        return _with_places(t.places, names, paper["affiliations"]), names
    if t.names == "initials":
        names = [" ".join([*(word[0] + "." for word in name.split()[:-1]), name.split()[-1]]) for name in names]
    printed = {
        "and": [" and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)],
        "turned": ["; ".join(f"{name.split()[-1]}, {' '.join(name.split()[:-1])}" for name in names)],
        "lines": names,
        "initials": [", ".join(names)],
    }
    return printed.get(t.names, [t.names.join(names)]), names


def _with_places(style: str, names: list[str], places: list[str]) -> list[str]:
    pairs = list(zip(names, places, strict=True))
    known = list(dict.fromkeys(places))
    marks = {place: str(n).translate(_SUPERSCRIPT) for n, place in enumerate(known, 1)}
    return {
        "brackets": [", ".join(f"{name} ({place})" for name, place in pairs)],
        "commas": ["; ".join(f"{name}, {place}" for name, place in pairs)],
        "lines": [f"{name}, {place}" for name, place in pairs],
        "marks": [", ".join(name + marks[place] for name, place in pairs), *(marks[place] + place for place in known)],
        "below": [", ".join(names), "; ".join(known)],
    }[style]


def _one(text: str) -> str:
    return " ".join(text.split())
