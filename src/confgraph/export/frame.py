"""Read the parts of our pages: templates, scripts, and styles on one theme; name them for a content security policy."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files


def asset(name: str) -> str:
    """Read a file of the pages that confgraph writes."""
    return (files("confgraph.export") / "assets" / name).read_text(encoding="utf-8")


def style(name: str) -> str:
    """Give the style of a page: the theme that all pages share, then its own."""
    return asset("theme.css") + asset(f"{name}.css")


def source(text: str) -> str:
    """Give the source expression of an inline script or style. Source: CSP Level 3, section 2.3.1."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
