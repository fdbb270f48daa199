"""Say what the names that authors of pages give to elements tell about their content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from confgraph.ingest.labels import labels_of


class Role(StrEnum):
    """What a part of an entry holds."""

    TITLE = "title"
    AUTHORS = "authors"
    AFFILIATION = "affiliation"
    ABSTRACT = "abstract"
    TIME = "time"
    DATE = "date"
    YEAR = "year"
    ROOM = "room"
    SESSION = "session"
    TRACK = "track"
    KIND = "kind"
    KEYWORDS = "keywords"
    VENUE = "venue"
    LINKS = "links"
    CITATION = "citation"
    OTHER = "other"


_NAMED: Final = {
    Role.TITLE: "title titles heading headline headlines papertitle",
    Role.AUTHORS: """author authors auth auths authorlist speaker speakers presenter presenters contributor contributors creator creators
        byline by people person persons instructor instructors organizer organizers lecturer writer writers""",
    Role.AFFILIATION: """affiliation affiliations affil affils aff affs institution institutions institute organization organisation org
        university employer company inst""",
    Role.ABSTRACT: "abstract abstracts abs summary description desc synopsis",
    Role.TIME: "time times when datetime hour hours timeslot starttime endtime timerange",
    Role.DATE: "date dates day",
    Role.YEAR: "year years",
    Role.ROOM: "room rooms location locations place where hall",
    Role.SESSION: "session sessions",
    Role.TRACK: "track tracks",
    Role.KIND: "type types kind format badge",
    Role.KEYWORDS: "keyword keywords tag tags topic topics subject subjects area areas category categories",
    Role.VENUE: "venue journal booktitle periodical publication published conference conf proceedings",
    Role.LINKS: "link links button buttons btn btns action actions resources icons toolbar share materials",
    Role.CITATION: "bibtex bib bibref citation citations cite cited",
}
"""The words in the names of elements, for each role."""
_ROLES: Final[Mapping[str, Role]] = {word: role for role, words in _NAMED.items() for word in words.split()}
_LABELLED: Final[Mapping[str, Role]] = {
    **_ROLES,
    **dict.fromkeys(labels_of("title") | {"talk title", "paper title", "presentation"}, Role.TITLE),
    **dict.fromkeys(labels_of("people") | {"speaker(s)", "name", "written by", "presenter(s)", "invited speaker"}, Role.AUTHORS),
    **dict.fromkeys(labels_of("place"), Role.AFFILIATION),
    **dict.fromkeys(("talk abstract", "paper abstract", "about", "details"), Role.ABSTRACT),
    **dict.fromkeys(("room/location", "room / location"), Role.ROOM),
    **dict.fromkeys(("session title", "session name"), Role.SESSION),
    **dict.fromkeys(("key words", "index terms", "research area", "subject area", "subject areas", "primary area"), Role.KEYWORDS),
    **dict.fromkeys("chair chairs moderator moderators discussant poster status decision id number contact email host".split(), Role.OTHER),
    **dict.fromkeys(("session chair", "tl;dr"), Role.OTHER),
}
"""What labels, and the heads of columns, call a field."""
_LABEL: Final = re.compile(
    rf"(?P<label>{'|'.join(sorted(map(re.escape, _LABELLED), key=lambda w: (-len(w), w)))})\s*(?P<mark>[:：]\s*|[.–—-]\s+|$)", re.IGNORECASE
)
_PLAIN_LABELS: Final = frozenset({Role.ABSTRACT, Role.AUTHORS, Role.KEYWORDS, Role.AFFILIATION, Role.ROOM, Role.TIME})
_PLAIN_TITLES: Final = frozenset({"title", "paper title", "talk title"})
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD: Final = re.compile(r"[a-z]+")
_SESSION_PART: Final = frozenset({"session", "sessions", "track", "section", "page", "site", "day", "group", "category", "block"})
_OF_SESSION: Final = frozenset({"name", "label"})
_LAYOUT: Final = frozenset({"text", "align", "justify", "items", "self", "content", "place", "font", "flex", "grid", "order", "bg"})
"""The first words of classes that say how something looks: `text-start`, `place-items-center`."""
_HIDDEN_STYLE: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_HIDDEN_CLASS: Final = re.compile(
    r"(?:^|\s)(?:hidden|hide|d-none|is-hidden|sr-only|visually-hidden|screen-reader-text|visuallyhidden)(?=\s|$)"
)
_SHOWN_CLASS: Final = re.compile(
    r"(?:^|\s)(?:\w+:(?:block|flex|inline\S*|grid|table\S*)|d-(?:\w+-)?(?:block|flex|inline\S*|grid|table\S*))(?=\s|$)"
)
"""What shows an element that is hidden on small screens."""
_FOLDED: Final = re.compile(r"(?:^|[\s_-])(?:abs|abstracts?|summary)(?:$|[\s_-]|\d)", re.IGNORECASE)
_WIDGET: Final = frozenset(
    """
    show hide view read see toggle expand collapse add open full more less details abstract abs bib bibtex cite pdf html code paper
    papers poster slide slides video supp suppl supplementary material materials link project page website arxiv openreview doi to
    calendar download software data dataset talk demo proceedings play watch recording bookmark favorite share copy the and on in
    ics zoom visit chat join url github pre file
    """.split()
)
"""Words that only buttons and links are made of."""
_BUTTON: Final = _WIDGET | frozenset(
    """
    accept reject all only cookie cookies setting settings preferences sign log out up register now here load search subscribe
    submit back next previous prev menu close cancel save filter filters sort by reset clear apply my me your agenda schedule
    favorites favourite favourites learn contact us session detail description of a for i agree ok got it
    """.split()
)
"""The same with words that stand on buttons."""
_PRINTED_WORD: Final = re.compile(r"\w+")
_CHROME_WORD: Final = (
    r"(?:nav|navbar|navigation|menu|menubar|footer|sidebar|side-bar|breadcrumbs?|cookies?|consent|gdpr|social|share|sharing|newsletter|"
    r"subscribe|subscription|pagination|pager|paging|skip|skip-link|skiplink|popup|toast|advert|advertisement|ads?|sponsors?|promo|related|"
    r"recommended|recommendations|comments|login|signin|masthead|topbar|toolbar|copyright|search|filters?)"
)
_CHROME: Final = re.compile(
    rf"(?:(?:site|page|main|global|top|bottom|left|right|primary|secondary|cookie|social|user|nav|content|blog|wp)[-_]?)*{_CHROME_WORD}"
    r"(?:[-_](?:container|wrapper|wrap|inner|menu|list|bar|content|links?|fixed|main|box|area|section|nav|notice|banner|widget|posts?|items?|form))*",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 60
_LONGEST_WIDGET: Final = 120
_CHROME_ROLES: Final = frozenset(
    {"navigation", "contentinfo", "search", "banner", "complementary", "alertdialog", "menu", "menubar", "toolbar"}
)
_CHROME_TAGS: Final = frozenset({"nav", "footer", "aside", "menu", "dialog"})


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Tell whether an element is not shown, or only to a screen reader."""
    if "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style", "")):
        return True
    classes = attributes.get("class", "")
    return bool(_HIDDEN_CLASS.search(classes)) and not _SHOWN_CLASS.search(classes)


def is_folded_abstract(attributes: Mapping[str, str]) -> bool:
    """Tell whether a hidden element holds an abstract that a click would show.

    >>> is_folded_abstract({"class": "abstract hidden"}), is_folded_abstract({"class": "bibtex hidden"})
    (True, False)
    """
    return any(_FOLDED.search(attributes.get(name, "")) for name in ("class", "id"))


def is_chrome(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether an element is a part of the site rather than of the page: menus, banners, side bars, footers.

    >>> is_chrome("div", {"class": "site-footer"}), is_chrome("div", {"class": "card-footer"}), is_chrome("nav", {})
    (True, False, True)
    """
    if tag in _CHROME_TAGS or attributes.get("role", "").lower() in _CHROME_ROLES:
        return True
    names = (*attributes.get("class", "").split(), attributes.get("id", ""))
    return any(_CHROME.fullmatch(name) for name in names if len(name) < _LONGEST_NAME)


def is_widget(text: str) -> bool:
    """Tell whether a text is made of the words of buttons and links alone.

    >>> is_widget("[PDF]"), is_widget("Show details"), is_widget("Code of Sheep")
    (True, True, False)
    """
    return _is_made_of(_WIDGET, text)


def is_button(text: str) -> bool:
    """Tell whether the text of a button says no more than what it does: one word, or words that stand on buttons alone.

    >>> is_button("Add to my agenda"), is_button("Register"), is_button("Low-Rank Lambs")
    (True, True, False)
    """
    return len(text.split()) < 2 or _is_made_of(_BUTTON, text)


def _is_made_of(words: frozenset[str], text: str) -> bool:
    """Tell whether a short text holds a word, and none but some words and numbers."""
    found = _PRINTED_WORD.findall(text) if len(text) <= _LONGEST_WIDGET else []
    return bool(found) and all(word.lower() in words or word.isdecimal() for word in found)


def named_role(names: Iterable[str]) -> Role | None:
    """Say what an element holds by its class names and the like; the last word that says anything counts.

    >>> named_role(["paper-title"]), named_role(["authorList"]), named_role(["text-start"]), named_role(["session-title"])
    (<Role.TITLE: 'title'>, <Role.AUTHORS: 'authors'>, None, <Role.SESSION: 'session'>)
    """
    found = None
    for name in names:
        words = _WORD.findall(_CAMEL.sub(" ", name).lower())
        if len(words) > 1:  # as in `cited by`
            words = [word for word in words if word != "by"]
        if len(words) > 1 and words[0] in _LAYOUT:
            continue
        roles = [role for word in words if (role := _ROLES.get(word))]
        if not roles:
            continue
        found = roles[-1]
        if found is Role.TITLE and Role.AUTHORS in roles:
            found = Role.AFFILIATION  # what a speaker is, not the talk
        elif found is Role.TITLE and _SESSION_PART.intersection(words):
            found = Role.SESSION
        elif found is Role.SESSION and words[-1] not in _ROLES and words[-1] not in _OF_SESSION:
            found = None
    return found


def label_role(text: str) -> Role | None:
    """Say what follows a text that is nothing but a label; without a colon a word may say what an entry is, and is no label then.

    >>> label_role("Location:"), label_role("Abstract"), label_role("Talk")
    (<Role.ROOM: 'room'>, <Role.ABSTRACT: 'abstract'>, None)
    """
    label = labelled_role(text)
    if label is None or label[1] < len(text):
        return None
    plain = label[0] in _PLAIN_LABELS or text.lower() in _PLAIN_TITLES
    return label[0] if plain or text.rstrip().endswith((":", "：")) else None


def labelled_role(text: str) -> tuple[Role, int] | None:
    """Read the label at the start of a text: its role, and where what it labels starts.

    >>> labelled_role("Authors: Ada"), labelled_role("Abstract"), labelled_role("Time flies")
    ((<Role.AUTHORS: 'authors'>, 9), (<Role.ABSTRACT: 'abstract'>, 8), None)
    """
    label = _LABEL.match(text)
    return (_LABELLED[label["label"].lower()], label.end()) if label else None
