"""Blocks of authors as pages print them: marks, letters, e-mail addresses, odd names, groups, and what says where people work."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.ingest import ingest
from confgraph.records import Page

Make = Callable[..., Page]

TITLES = ("Cards That Weave Patterns by Night", "Do Compilers Dream of Electric Looms?", "A Study of Halting in Long Tasks")
PROSE = "We show that one more card makes the engine weave one more row of numbers, and that this holds for every card we tried."
ETH, MIT, HUT = "ETH Zurich", "Massachusetts Institute of Technology", "University of London"

# Each block with the people that it names: a name, and where they work.
BLOCKS: dict[str, list[tuple[str, ...]]] = {
    # Separators and the last name of a list.
    "Ada Lovelace and Alan Turing": [("Ada Lovelace",), ("Alan Turing",)],
    "Ada Lovelace, Alan Turing and Grace Hopper": [("Ada Lovelace",), ("Alan Turing",), ("Grace Hopper",)],
    "Ada Lovelace, Alan Turing, and Grace Hopper": [("Ada Lovelace",), ("Alan Turing",), ("Grace Hopper",)],
    "Ada Lovelace & Alan Turing": [("Ada Lovelace",), ("Alan Turing",)],
    "By Ada Lovelace, Alan Turing": [("Ada Lovelace",), ("Alan Turing",)],
    "Authors: Ada Lovelace; Alan Turing": [("Ada Lovelace",), ("Alan Turing",)],
    "*Ada Lovelace, Alan Turing*": [("Ada Lovelace",), ("Alan Turing",)],
    "Ada Lovelace / Alan Turing / Grace Hopper": [("Ada Lovelace",), ("Alan Turing",), ("Grace Hopper",)],
    "Lovelace, Ada; Turing, Alan M.; Hopper, Grace": [("Ada Lovelace",), ("Alan M. Turing",), ("Grace Hopper",)],
    "A. Lovelace, A. M. Turing, G. Hopper": [("A. Lovelace",), ("A. M. Turing",), ("G. Hopper",)],
    "Ada Lovelace,\nAlan Turing,\nGrace Hopper": [("Ada Lovelace",), ("Alan Turing",), ("Grace Hopper",)],
    "Ada Lovelace\nAlan Turing\nGrace Hopper": [("Ada Lovelace",), ("Alan Turing",), ("Grace Hopper",)],
    # Odd names.
    "Martin King Jr., Sammy Davis, Jr., Henry Jones III": [("Martin King Jr.",), ("Sammy Davis, Jr.",), ("Henry Jones III",)],
    "Jan van der Berg, Carlos de la Cruz, Ludwig von Mises": [("Jan van der Berg",), ("Carlos de la Cruz",), ("Ludwig von Mises",)],
    "Bianca d'Este, Florence d’Aubigny, Aidan O'Neil": [("Bianca d'Este",), ("Florence d’Aubigny",), ("Aidan O'Neil",)],
    "ADA LOVELACE, ALAN TURING, GRACE HOPPER": [("ADA LOVELACE",), ("ALAN TURING",), ("GRACE HOPPER",)],
    "Ada LOVELACE, Alan TURING": [("Ada LOVELACE",), ("Alan TURING",)],
    "Suharto, Ada Lovelace, Alan Turing": [("Suharto",), ("Ada Lovelace",), ("Alan Turing",)],
    "Ada Lovelace, Alan Turing, Arvind": [("Ada Lovelace",), ("Alan Turing",), ("Arvind",)],
    "Jean-Luc Picard, Mary-Ann O'Hara-Smith": [("Jean-Luc Picard",), ("Mary-Ann O'Hara-Smith",)],
    "Nguyễn Văn An, Łukasz Çelik, José Núñez": [("Nguyễn Văn An",), ("Łukasz Çelik",), ("José Núñez",)],
    "Wei “Vivian” Zhang, Xiaoming (Jack) Li": [("Wei “Vivian” Zhang",), ("Xiaoming (Jack) Li",)],
    "J.R.R. Tolkien, C.S. Lewis": [("J.R.R. Tolkien",), ("C.S. Lewis",)],
    "Pieter 't Hooft, Anna 't Hart": [("Pieter 't Hooft",), ("Anna 't Hart",)],
    "Dr. Ada Lovelace, Prof. Alan Turing, Prof. Dr. Grace Hopper": [("Ada Lovelace",), ("Alan Turing",), ("Grace Hopper",)],
    "Ada Lovelace, Ph.D., Alan Turing, PhD": [("Ada Lovelace, Ph.D.",), ("Alan Turing, PhD",)],
    "Mark Strong, Grace Long, Rose Young": [("Mark Strong",), ("Grace Long",), ("Rose Young",)],
    "Md. Rahim Uddin, Mst. Salma Khatun": [("Md. Rahim Uddin",), ("Mst. Salma Khatun",)],
    # Other scripts.
    "王芳，李明，张伟": [("王芳",), ("李明",), ("张伟",)],
    "김철수, 이영희": [("김철수",), ("이영희",)],
    "Ирина Петрова, Пётр Иванов": [("Ирина Петрова",), ("Пётр Иванов",)],
    "Ελένη Παππά, Νίκος Γεωργίου": [("Ελένη Παππά",), ("Νίκος Γεωργίου",)],
    "محمد علي، فاطمة حسن": [("محمد علي",), ("فاطمة حسن",)],
    "रवि शंकर, अनिता देसाई": [("रवि शंकर",), ("अनिता देसाई",)],
    # Those who are no people.
    "Ada Lovelace, Alan Turing, et al.": [("Ada Lovelace",), ("Alan Turing", "et al.")],
    "Ada Lovelace et al": [("Ada Lovelace", "et al.")],
    "Ada Lovelace, Alan Turing, and 12 others": [("Ada Lovelace",), ("Alan Turing", "et al.")],
    "Ada Lovelace, Alan Turing, the Loom Collaboration": [("Ada Lovelace",), ("Alan Turing",), ("the Loom Collaboration", "group")],
    "Ada Lovelace, Alan Turing, for the Loom Consortium": [("Ada Lovelace",), ("Alan Turing",), ("the Loom Consortium", "group")],
    "Ada Lovelace, Alan Turing on behalf of the Weaving Team": [("Ada Lovelace",), ("Alan Turing",), ("the Weaving Team", "group")],
    # Marks of notes.
    "Ada Lovelace*, Alan Turing*, Grace Hopper†\n* Equal contribution\n† Corresponding author": [
        ("Ada Lovelace",), ("Alan Turing",), ("Grace Hopper",),
    ],
    "Ada Lovelace∗, Alan Turing‡, Grace Hopper§": [("Ada Lovelace",), ("Alan Turing",), ("Grace Hopper",)],
    "Ada Lovelace (corresponding author), Alan Turing": [("Ada Lovelace",), ("Alan Turing",)],
    "**Ada Lovelace**, Alan Turing, Grace Hopper": [("Ada Lovelace",), ("Alan Turing",), ("Grace Hopper",)],
    "_Ada Lovelace_, Alan Turing (he/him)": [("Ada Lovelace",), ("Alan Turing",)],
    # Marks of institutions.
    f"Ada Lovelace¹, Alan Turing²\n¹ {ETH}\n² {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace¹*, Alan Turing¹,²†\n¹{ETH}, ²{MIT}\n*Equal contribution": [("Ada Lovelace", ETH), ("Alan Turing", ETH, MIT)],
    f"Ada Lovelace1, Alan Turing1,2\n1 {ETH}\n2 {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", ETH, MIT)],
    f"Ada Lovelace a, Alan Turing b\na {ETH}\nb {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelaceᵃ, Alan Turingᵇ\nᵃ {ETH}\nᵇ {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace†, Alan Turing‡\n† {ETH}\n‡ {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace [1], Alan Turing [2]\n[1] {ETH}\n[2] {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace (1), Alan Turing (2)\n(1) {ETH}, (2) {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace^1, Alan Turing^2\n^1 {ETH}\n^2 {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace$^{{1,2}}$, Alan Turing$^{{2}}$\n$^1$ {ETH}\n$^2$ {MIT}": [("Ada Lovelace", ETH, MIT), ("Alan Turing", MIT)],
    f"Ada Lovelace<sup>1</sup>, Alan Turing<sup>2</sup>\n<sup>1</sup> {ETH}\n<sup>2</sup> {MIT}": [
        ("Ada Lovelace", ETH), ("Alan Turing", MIT),
    ],
    # Institutions beside and below names.
    f"Ada Lovelace ({ETH}), Alan Turing ({MIT})": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace ({ETH}; {HUT}) and Alan Turing ({MIT})": [("Ada Lovelace", f"{ETH}; {HUT}"), ("Alan Turing", MIT)],
    f"Ada Lovelace, {ETH}; Alan Turing, {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace, {ETH}\nAlan Turing, {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace - {ETH}\nAlan Turing - {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace [{ETH}], Alan Turing [{MIT}]": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace\n{ETH}\nAlan Turing\n{MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace, Alan Turing\n{ETH}": [("Ada Lovelace", ETH), ("Alan Turing", ETH)],
    # E-mail addresses.
    f"Ada Lovelace, Alan Turing\n{ETH}\n{{ada,alan}}@example.edu": [("Ada Lovelace", ETH), ("Alan Turing", ETH)],
    "Ada Lovelace <ada@example.org>, Alan Turing <alan@example.org>": [("Ada Lovelace",), ("Alan Turing",)],
    "Ada Lovelace (ada@example.org), Alan Turing (alan@example.org)": [("Ada Lovelace",), ("Alan Turing",)],
    f"Ada Lovelace\n{ETH}\nada@example.org\nAlan Turing\n{MIT}\nalan@example.org": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    # Prose that says who wrote it and where.
    f"By Ada Lovelace and Alan Turing, researchers at {ETH} and {MIT}": [
        ("Ada Lovelace",), ("Alan Turing",), (ETH, "group"), (MIT, "group"),
    ],
    f"Ada Lovelace of {ETH} and Alan Turing of {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"Ada Lovelace from {ETH}, Alan Turing from {MIT}": [("Ada Lovelace", ETH), ("Alan Turing", MIT)],
    f"By researchers at {ETH} and {MIT}": [(ETH, "group"), (MIT, "group")],
}  # fmt: skip


OTHERS = (
    {},
    {"Ada Lovelace": "Emmy Noether", "Alan Turing": "Haskell Curry", "Grace Hopper": "Jean Bartik", ETH: HUT},
    {"Ada Lovelace": "Mary Somerville", "Alan Turing": "Alonzo Church", "Grace Hopper": "Joan Clarke", MIT: "Kyoto University"},
)
"""Other names for the further entries of a page."""


def changed(text: str, names: dict[str, str]) -> str:
    for old, new in names.items():
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("block", BLOCKS)
def test_people_of_a_block(make_page: Make, block: str) -> None:
    others = [{old: new for old, new in names.items() if old in block} for names in OTHERS]
    entries = zip(TITLES, others, strict=True)
    text = "".join(f"{title}\n{changed(block, names)}\nAbstract\n{PROSE}\n\n" for title, names in entries)
    records = ingest(make_page(f"Accepted papers\n\n{text}")).records
    assert [(r.title, r.abstract) for r in records] == [(title, PROSE) for title in TITLES]
    for record, names in zip(records, others, strict=True):
        wanted = [tuple(changed(part, names) for part in row) for row in BLOCKS[block]]
        people = [(a.name, *a.affiliations, *(["et al."] if a.others else [])) for a in record.authors]
        assert people == [row for row in wanted if row[1:] != ("group",)]
        named = [row[0] for row in wanted if row[1:] == ("group",)] + [place for row in wanted for place in row[1:]]
        assert {i.name for i in record.institutions} == set(named) - {"group", "et al."}


def test_all_blocks_are_collected() -> None:
    assert len(BLOCKS) == 72
