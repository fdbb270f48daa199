"""Pages on which one layout follows another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from confgraph.ingest import LAYOUTS, Layout, Line, Sketch, ingest
from confgraph.ingest.lines import split_lines
from confgraph.ingest.mixes import choose
from confgraph.records import Page

Make = Callable[..., Page]

TITLES = ["Cards That Weave", "Do Compilers Dream?", "Halting All Long Tasks", "Looms of Old", "Sorting in the Deep"]
PEOPLE = ["Ada Lovelace · Alan Turing", "Grace Hopper · Jean Bartik", "Kurt Gödel", "Joseph Jacquard · Ada Lovelace", "Tony Hoare"]
ABSTRACT = (
    "We show that one more card makes the engine weave one more row of numbers, and that this holds for every card that we tried so far."
)


def orals() -> str:
    entries = zip(TITLES, PEOPLE, strict=True)
    return "Orals\n" + "".join(f"Oral\n{title}\n{people}\n\n[ Hall A ]\n\nAbstract\n\n{ABSTRACT}\n\n" for title, people in entries)


def schedule() -> str:
    entries = zip(range(10, 60, 10), TITLES, PEOPLE, strict=True)
    return "Programme\n\n" + "".join(
        f"09:{at}  Talk on {title}\n    {'; '.join(f'{name}, University of London' for name in people.split(' · '))}\n"
        for at, title, people in entries
    )


def markdown() -> str:
    return "## Posters\n\n" + "".join(f"- **A poster on {t}** — {p.replace(' · ', ', ')}\n" for t, p in zip(TITLES, PEOPLE, strict=True))


def programme() -> str:
    return "Accepted Papers\n\n" + "".join(
        f"A paper on {title}\n{', '.join(f'{name} (Yale)' for name in people.split(' · '))}\nAbstract: {ABSTRACT}\n\n"
        for title, people in zip(TITLES, PEOPLE, strict=True)
    )


MIXES = {
    "orals+schedule": (orals, schedule),
    "schedule+markdown": (schedule, markdown),
    "programme+orals": (programme, orals),
    "markdown+programme": (markdown, programme),
    "orals+markdown+schedule": (orals, markdown, schedule),
}


@pytest.mark.parametrize("name", MIXES)
def test_each_part_is_read_by_its_own_reader(make_page: Make, name: str) -> None:
    parts = [part() for part in MIXES[name]]
    alone = [ingest(make_page(part)) for part in parts]
    mixed = ingest(make_page("\n\n".join(parts)))
    assert [reading.layout for reading in alone] == name.split("+")
    assert mixed.layout == name

    def told(records: object) -> list[object]:
        return [(r.title, [(a.name, a.affiliations) for a in r.authors], r.abstract, r.room, r.start_time) for r in records]  # type: ignore[attr-defined]

    assert told(mixed.records) == [row for reading in alone for row in told(reading.records)]


def test_all_mixes_are_collected() -> None:
    assert len(MIXES) == 5


def test_a_list_of_links_below_makes_no_mix(make_page: Make) -> None:
    text = (
        orals()
        + "\nRelated\n"
        + "".join(f"{n} papers at ICML 20{n}\nConference on Machines (ICML 20{n}). Vienna, Austria\n" for n in range(10, 20))
    )
    reading = ingest(make_page(text))
    assert (reading.layout, len(reading.records)) == ("orals", 5)


def test_no_entry_is_cut_where_one_layout_follows_another(make_page: Make) -> None:
    daily = "".join(f"On {title}\n\n{ABSTRACT} {ABSTRACT}\n\n" for title in TITLES)
    marked = "".join(
        f"A paper on {t}\nAda Lovelace¹, Alan Turing²\n¹ The Royal Institute for Weaving and Cards, London\n² Hut 8, Bletchley\n"
        f"Abstract\n{ABSTRACT}\n\n"
        for t in TITLES
    )
    reading = ingest(make_page(f"{daily}\nProceedings of the Looms\n\n{marked}"))
    assert [r.title for r in reading.records] == [f"On {t}" for t in TITLES] + [f"A paper on {t}" for t in TITLES]
    assert [len(r.authors) for r in reading.records] == [0] * 5 + [2] * 5


def test_each_run_of_lines_is_read_once_by_each_layout() -> None:
    lines = split_lines(orals() + schedule())
    read: list[tuple[str, int, int]] = []

    def noting(layout: Layout) -> Layout:
        def note(text: str, part: Sequence[Line]) -> Sketch:
            read.append((layout.name, part[0].start, part[-1].end))
            return layout.read(text, part)

        return Layout(layout.name, layout.score, note)

    chosen = choose(orals() + schedule(), lines, [noting(layout) for layout in LAYOUTS])
    chosen.read(orals() + schedule(), lines)
    assert chosen.name == "orals+schedule"
    assert len(read) == len(set(read))
