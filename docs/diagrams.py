# ruff: noqa: INP001 (a part of a script: it stands beside it)
"""Draw the two diagrams of the ontology's page as SVG: boxes and arrows placed by hand, in the colours of the page around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[int, int]
Link = Callable[[str], str]
"""Turns a text into markup in which each term is a link."""

LINE = 16
"""The distance of two lines of text, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its top left corner and size, with lines of text; `kind` is the class that colours it."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    kind: str = "others"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line through points, with a head at the last one, and a label at a place of its own; `anchor` is SVG's text-anchor."""

    points: tuple[Point, ...]
    label: str
    at: Point
    anchor: str = "middle"


def draw(name: str, title: str, boxes: Sequence[Box], arrows: Sequence[Arrow], size: Point, link: Link) -> str:
    """Draw one diagram; `name` makes its ids unique in the page."""
    head = f'<marker id="{name}-head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    parts = [
        f'<svg class="diagram" viewBox="0 0 {size[0]} {size[1]}" role="group" aria-labelledby="{name}-title">',
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<defs>{head}<path d="M0 0 8 4 0 8z"/></marker></defs>',
    ]
    for box in boxes:
        parts.append(f'<rect class="{box.kind}" x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="8"/>')
        parts.extend(_lines(box, link))
    for arrow in arrows:
        points = " ".join(f"{x},{y}" for x, y in arrow.points)
        parts.append(f'<polyline points="{points}" marker-end="url(#{name}-head)"/>')
    for arrow in arrows:
        x, y = arrow.at
        parts.append(f'<text class="label" x="{x}" y="{y}" text-anchor="{arrow.anchor}">{link(arrow.label)}</text>')
    return "\n".join([*parts, "</svg>"])


def _lines(box: Box, link: Link) -> Iterator[str]:
    """Yield the text of a box: a group's at its top, any other's in its middle."""
    middle = box.x + box.width / 2
    first = box.y + (22 if box.kind == "group" else box.height / 2 - LINE / 2 * (len(box.lines) - 1) + 4)
    for i, line in enumerate(box.lines):
        name = "" if i else ' class="name"'
        yield f'<text x="{middle:g}" y="{first + LINE * i:g}"{name}>{link(line)}</text>'


def knowledge(link: Link) -> str:
    """Draw how works, people, events, concepts and results hang together."""
    boxes = [
        Box(40, 30, 170, 44, ("foaf:Person",)),
        Box(375, 30, 170, 44, ("soa:Authorship", "position, affiliation")),
        Box(700, 30, 170, 44, ("org:Organization",)),
        Box(365, 190, 190, 70, ("a work", "schema:ScholarlyArticle", "conf:Tutorial, conf:Talk"), "work"),
        Box(40, 203, 170, 44, ("conf:Talk", "start, end")),
        Box(40, 330, 180, 44, ("schema:MeetingRoom",)),
        Box(240, 330, 140, 44, ("conf:Session", "conf:Track")),
        Box(240, 450, 220, 44, ("conf:Conference", "conf:Workshop, schema:Event")),
        Box(560, 530, 190, 62, ("mls:ModelEvaluation", "mls:hasValue, cg:unit", "cg:printedValue")),
        Box(830, 130, 255, 340, ("concepts and data", "joined by cg:relatedTo", "and the nine below it"), "group"),
        Box(840, 196, 235, 40, ("cg:Method",), "ours"),
        Box(840, 248, 235, 40, ("schema:Dataset",)),
        Box(840, 300, 235, 40, ("schema:SoftwareSourceCode",)),
        Box(840, 352, 235, 40, ("cg:Task",), "ours"),
        Box(840, 404, 235, 40, ("cg:Metric",), "ours"),
    ]
    arrows = [
        Arrow(((375, 52), (210, 52)), "soa:hasAuthor", (292, 46)),
        Arrow(((545, 52), (700, 52)), "soa:hasOrganization", (622, 46)),
        Arrow(((460, 190), (460, 74)), "soa:hasAuthorship", (468, 93), "start"),
        Arrow(((395, 190), (395, 104), (160, 104), (160, 74)), "dcterms:creator", (280, 98)),
        Arrow(((525, 190), (525, 104), (745, 104), (745, 74)), "cg:namesInstitution, cg:workOf", (640, 120)),
        Arrow(((90, 203), (90, 74)), "schema:performer", (98, 150), "start"),
        Arrow(((210, 225), (365, 225)), "schema:workFeatured", (288, 219)),
        Arrow(((90, 247), (90, 330)), "schema:location", (98, 312), "start"),
        Arrow(((180, 247), (180, 285), (290, 285), (290, 330)), "conf:isSubEventOf", (298, 312), "start"),
        Arrow(((290, 374), (290, 450)), "conf:isSubEventOf", (282, 416), "end"),
        Arrow(((430, 260), (430, 450)), "bibo:presentedAt", (422, 436), "end"),
        Arrow(((520, 260), (520, 561), (560, 561)), "cg:reportsResult", (512, 530), "end"),
        Arrow(((555, 225), (600, 225), (600, 216), (840, 216)), "cg:introduces, cg:usesMethod", (610, 210), "start"),
        Arrow(((600, 225), (600, 268), (840, 268)), "cg:usesDataset, cg:evaluatesOn", (610, 262), "start"),
        Arrow(((600, 268), (600, 320), (840, 320)), "cg:usesSoftware", (610, 314), "start"),
        Arrow(((600, 320), (600, 372), (840, 372)), "cg:addressesTask", (610, 366), "start"),
        Arrow(((600, 372), (600, 424), (840, 424)), "cg:reportsMetric", (610, 418), "start"),
        Arrow(((750, 561), (950, 561), (950, 470)), "mls:specifiedBy, cg:onDataset, cg:ofMethod", (1065, 583), "end"),
    ]
    title = "A work links to its authorships, its events, what it introduces, uses, addresses and measures, and the results it reports."
    return draw("knowledge", title, boxes, arrows, (1100, 610), link)


def evidence(link: Link) -> str:
    """Draw how a claim leads to the words of a page and to what read them."""
    boxes = [
        Box(30, 30, 220, 62, ("rdf:Statement", "the claim: rdf:subject,", "rdf:predicate, rdf:object"), "evidence"),
        Box(400, 30, 200, 62, ("oa:Annotation", "the mention"), "evidence"),
        Box(760, 30, 210, 62, ("the entity", "a method, a person, a room, …")),
        Box(30, 170, 220, 62, ("prov:Activity", "the reading of the page")),
        Box(400, 170, 200, 62, ("the place", "a stretch of the page"), "evidence"),
        Box(760, 170, 210, 78, ("the words", "oa:start, oa:end, oa:exact,", "oa:prefix, oa:suffix"), "evidence"),
        Box(30, 310, 220, 62, ("prov:SoftwareAgent", "with its version")),
        Box(400, 310, 200, 62, ("schema:WebPage", "the page, with its sha256")),
    ]
    arrows = [
        Arrow(((250, 61), (400, 61)), "prov:wasDerivedFrom", (325, 54)),
        Arrow(((600, 61), (760, 61)), "oa:hasBody", (680, 54)),
        Arrow(((140, 92), (140, 170)), "prov:wasGeneratedBy", (148, 136), "start"),
        Arrow(((500, 92), (500, 170)), "oa:hasTarget", (508, 136), "start"),
        Arrow(((600, 201), (760, 201)), "oa:hasSelector", (680, 194)),
        Arrow(((140, 232), (140, 310)), "prov:wasAssociatedWith", (148, 276), "start"),
        Arrow(((500, 232), (500, 310)), "oa:hasSource", (508, 276), "start"),
        Arrow(((250, 201), (325, 201), (325, 341), (400, 341)), "prov:used", (333, 334), "start"),
    ]
    title = (
        "A claim was derived from mentions and generated by the reading of the page; a mention leads to a place of the page and its words."
    )
    return draw("evidence", title, boxes, arrows, (1000, 392), link)
