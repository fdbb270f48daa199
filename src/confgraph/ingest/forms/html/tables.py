"""Find the column of each cell of a page's tables, and what the heads of columns say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from confgraph.ingest.forms.html.tree import Node, Tree
from confgraph.ingest.forms.html.words import Role, labelled_role, named_role

_WIDEST: Final = 100
"""In columns; a page may claim any number."""
_LONGEST_SPAN: Final = 1_000
"""In rows."""
_HEAD_WORDS: Final = 4


@dataclass(slots=True)
class Cells:
    """The cells of all tables, by the order of their node: `columns` are their columns, `heads` what the head of the column calls it.

    `above` gives for a row the cells of earlier rows that span it; `heading` are the rows that hold nothing but heads.
    """

    columns: dict[int, int] = field(default_factory=dict)
    heads: dict[int, Role] = field(default_factory=dict)
    above: dict[int, tuple[Node, ...]] = field(default_factory=dict)
    heading: set[int] = field(default_factory=set)


def read_cells(tree: Tree) -> Cells:
    """Place the cells of every table; linear in the size of the page."""
    cells = Cells()
    rows: dict[int, list[Node]] = {}
    for node in tree.nodes:
        if node.tag == "tr":
            table = next((a for a in node.ancestors() if a.tag == "table"), node.parent)
            if table is not None:
                rows.setdefault(table.order, []).append(node)
    for of_table in rows.values():
        _place(tree, of_table, cells)
    return cells


def _place(tree: Tree, rows: list[Node], cells: Cells) -> None:
    named: Mapping[int, Role] = {}
    open_spans: dict[int, tuple[Node, int]] = {}
    """By column, the cell that spans it and for how many more rows."""
    for number, row in enumerate(rows):
        cells.above[row.order] = tuple({cell.order: cell for cell, _ in open_spans.values()}.values())
        spans = {column: (cell, left - 1) for column, (cell, left) in open_spans.items() if left > 1}
        column = 0
        for cell in _cells_of(row):
            while column in open_spans:
                column += 1
            cells.columns[cell.order] = column
            width, height = _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", _LONGEST_SPAN)
            for taken in range(column, min(column + width, _WIDEST)):
                if height > 1:
                    spans[taken] = (cell, height - 1)
            if role := named.get(column):
                cells.heads[cell.order] = role
            column += width
        if not named and number < 2 and (heads := _heads(tree, row, cells)):
            named = heads
            cells.heading.add(row.order)
        open_spans = spans


def _cells_of(row: Node) -> Iterator[Node]:
    return (child for child in row.children if child.tag in {"td", "th"})


def _span(cell: Node, name: str, most: int) -> int:
    value = cell.get(name).strip()
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 5 else 1


def _heads(tree: Tree, row: Node, cells: Cells) -> Mapping[int, Role]:
    """Read a row as the heads of columns: two or more short cells, most of them words for fields."""
    texts = [(cells.columns[cell.order], text) for cell in _cells_of(row) if (text := tree.text(cell))]
    if len(texts) < 2 or any(len(text.split()) > _HEAD_WORDS for _, text in texts):
        return {}
    roles = {column: role for column, text in texts if (role := _head(text))}
    return roles if len(roles) >= max(2, len(texts) / 2) else {}


def _head(text: str) -> Role | None:
    label = labelled_role(text)
    return label[0] if label and label[1] == len(text) else named_role([text])
