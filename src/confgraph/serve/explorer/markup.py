"""Write the elements and addresses of the explorer's pages."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode

from confgraph.export.markup import Markup

NOTHING: Final = Markup("")


def escape(value: str) -> Markup:
    """Escape a text for an element or for an attribute in double quotes.

    >>> escape('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return Markup(html.escape(value))


def tag(name: str, *parts: Markup, **attributes: str) -> Markup:
    """Write an element; attributes are escaped, `class_` is `class`, and `aria_label` is `aria-label`.

    >>> tag("a", escape("R&D"), href="/x?a=1&b=2", class_="plain")
    '<a href="/x?a=1&amp;b=2" class="plain">R&amp;D</a>'
    """
    said = "".join(f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{said}>{''.join(parts)}</{name}>")


def address(path: str, parameters: Mapping[str, str] | None = None) -> str:
    """Write an address of this server, in ASCII; parameters without a value are left out.

    >>> address("/search", {"q": "Tülu 2", "kind": ""})
    '/search?q=T%C3%BClu+2'
    """
    given = [(key, value) for key, value in (parameters or {}).items() if value]
    return quote(path, safe="/:@!$&'()*+,;=~%-._") + (f"?{urlencode(given, errors='replace')}" if given else "")


def pager(path: str, parameters: Mapping[str, str], page: int, size: int, total: int) -> Markup:
    """Write the links to the other pages of a list of `total` rows, `size` on a page; nothing where there is one page."""
    last = max(1, -(-total // size))
    if last == 1:
        return NOTHING

    def to(target: int, name: str, rel: str) -> Markup:
        if not 1 <= target <= last:
            return tag("span", escape(name), aria_disabled="true")
        return tag("a", escape(name), href=address(path, {**parameters, "page": str(target) if target > 1 else ""}), rel=rel)

    first, end = (page - 1) * size + 1, min(page * size, total)
    where = tag("span", escape(f"{first:,} to {end:,} of {total:,}" if first <= end else f"nothing here, {total:,} in all"))
    before, after = to(min(page, last + 1) - 1, "← Previous", "prev"), to(page + 1, "Next →", "next")
    return tag("nav", before, where, after, class_="pager", aria_label="Pages")
