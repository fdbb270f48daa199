"""Write the main text of a page, one line for each line of a block, without the parts of the site around it."""

from __future__ import annotations

from confgraph.ingest.forms.fields_text import clean
from confgraph.ingest.forms.html.outline import Outline
from confgraph.ingest.forms.html.tree import LINE, Node


def write_text(outline: Outline) -> str:
    """Write what a page says outside its chrome, its title first.

    Lines of one block follow one another, blocks have a blank line between; so have the rows of a table, whose cells are lines.
    """
    tree = outline.tree
    title = clean(tree.title)
    lines = [title] if title else []
    above: Node | None = None
    for node in outline.content:
        if node.tag != LINE:
            continue
        text = clean(outline.listed(node.children))
        if not text or (above is None and text == title):
            continue
        block = _block(node)
        if lines and block is not above:
            lines.append("")
        lines.append(text)
        above = block
    return "\n".join(lines) + "\n" if lines else ""


def _block(line: Node) -> Node | None:
    """Give the block of a line: the row of its table where the cell holds nothing else."""
    block = line.parent
    if block is not None and block.tag in {"td", "th"} and all(child.tag == LINE for child in block.children):
        return block.parent
    return block
