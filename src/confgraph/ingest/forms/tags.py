"""Drop the tags that services leave in titles and abstracts."""

from __future__ import annotations

import html
import re
from typing import Final

_TAG: Final = re.compile(r"</?(?:jats:|mml:)?[a-zA-Z][\w-]{0,30}(?:\s[^<>]{0,300})?/?>")
_INLINE: Final = re.compile(
    r"</?(?:jats:)?(?:i|b|em|strong|italic|bold|sub|sup|sc|tt|span|monospace|underline)(?:\s[^<>]{0,300})?>", re.IGNORECASE
)
_HEADING: Final = re.compile(r"\A\s*<(?:jats:)?(?:title|b|strong|h\d)>\s*(?:abstract|summary)[.:]?\s*</[^<>]{0,30}>", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]\w{1,30}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


def without_tags(value: str) -> str:
    """Give a text without tags, entities as characters and no heading `Abstract`; a sign of comparison stays.

    >>> without_tags("<jats:title>Abstract</jats:title><jats:p>We <i>count</i>, a &lt; b &amp; x<y.</jats:p>").strip()
    'We count, a < b & x<y.'
    """
    if "<" in value:
        value = _TAG.sub(" ", _INLINE.sub("", _HEADING.sub("", value)))
    return _ENTITY.sub(lambda m: html.unescape(m.group()), value) if "&" in value else value
