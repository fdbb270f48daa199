"""Mint the IRIs of instances; no other module makes one.

An IRI is `<base>/<kind>/<slug>-<12 hex digits of sha256(kind, key)>`. The digest alone identifies: the
slug only helps people to read it. Both derive from the normalised key, so that a rebuild mints the same
IRI and two keys that differ in one character (`c`, `c++`, `c#`) never share one.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final, NewType

Iri = NewType("Iri", str)

DEFAULT_BASE: Final = "https://w3id.org/confgraph/id/"
_SLUG_LENGTH: Final = 48
_DIGEST_LENGTH: Final = 12

MINTED: Final = re.compile(rf"\S+/(?P<kind>[a-z]+)/(?P<local>[a-z0-9-]+-[0-9a-f]{{{_DIGEST_LENGTH}}})")
"""The form of every IRI that `mint` makes, under any base."""


def slug(text: str) -> str:
    """Make a readable ASCII path segment of at most 48 characters.

    >>> slug("Christopher Ré | neurips 2023")
    'christopher-re-neurips-2023'
    >>> slug("深層学習")
    'x'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").casefold()
    words = re.findall(r"[a-z0-9]+", plain)
    short = ""
    for word in words:
        longer = f"{short}-{word}" if short else word[:_SLUG_LENGTH]
        if len(longer) > _SLUG_LENGTH:
            break
        short = longer
    return short or "x"


def digest(*parts: str) -> str:
    """Hash texts, kept apart by a separator that no text holds, to 12 hexadecimal digits."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:_DIGEST_LENGTH]


def mint(base: str, kind: str, key: str) -> Iri:
    """Mint the IRI of the instance of `kind` with the normalised identity `key`.

    >>> mint(DEFAULT_BASE, "method", "c++") == mint(DEFAULT_BASE, "method", "c")
    False
    >>> mint(DEFAULT_BASE, "method", "low-rank adaptation")
    'https://w3id.org/confgraph/id/method/low-rank-adaptation-bc82f07b9790'
    """
    return Iri(f"{base}{kind}/{slug(key)}-{digest(kind, key)}")
