"""Names of people, and lists of them."""

from __future__ import annotations

import pytest

from confgraph.ingest.names import is_group, is_name
from confgraph.ingest.people import is_author_list, read_author, split_authors, split_groups, split_listed
from confgraph.records import Span
from confgraph.text import plain

NAMES = [
    "Ada Lovelace",
    "J. R. R. Tolkien",
    "A. Turing",
    "Ryan J Prenger",
    "YU HUANG",
    "Shahul ES",
    "Mark van der Laan",
    "Ludwig van Beethoven",
    "Vicente de la Cruz",
    "Nicola Di Mauro",
    "Jean-Luc Godard",
    "Fei-Fei Li",
    "Aidan O'Neil",
    "Nora D’Arcy",
    "Bianca d'Este",
    "Salma M’barek",
    "Rosa dell’Acqua",
    "José Núñez",
    "Jose\u0301 Nu\u0301n\u0303ez",
    "Łukasz Çelik",
    "Nguyễn Văn An",
    "Ирина Петрова",
    "Ελένη Παππά",
    "李 明",
    "محمد علي",
    "रवि शंकर",
    "Martin King Jr.",
    "Weiwei Ai",
    "Dr. Ada Lovelace",
    "Prof. Dr. Grace Hopper, PhD",
    "van der Laan Mark",
    "Nanyun (Violet) Peng",
    "Ingmar Poster",
    "李明",
    "김철수",
]
NOT_NAMES = [
    "Lovelace",
    "Machine Learning",
    "Trustworthy AI",
    "Computer Vision & AI",
    "University of Bonn",
    "Room 12",
    "the authors",
    "Invited Talk",
    "Sparse Sorting",
    "Robust Off-Policy Learning",
    "Angenommene Beiträge",
    "Lovelace, Turing",
    "学习",
    "* Former member",
    "We win",
    "Ada Lovelace wrote the first program",
    "05.12.2024",
    "$x$ y",
    "",
    "...",
]


@pytest.mark.parametrize("text", NAMES)
def test_names_of_all_sorts_are_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", NOT_NAMES)
def test_other_texts_are_no_names(text: str) -> None:
    assert not is_name(text)


LISTS = {
    "Ada Lovelace · Alan Turing": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace\u00a0·\u00a0Alan Turing": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace • Alan Turing": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace; Alan Turing": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace, Alan Turing": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace, Alan Turing, and Grace Hopper": ["Ada Lovelace", "Alan Turing", "Grace Hopper"],
    "Ada Lovelace, Alan Turing & Grace Hopper": ["Ada Lovelace", "Alan Turing", "Grace Hopper"],
    "Sandra Anderson and Andy Brand": ["Sandra Anderson", "Andy Brand"],
    "Alan Turing, Jr., Grace Hopper": ["Alan Turing, Jr.", "Grace Hopper"],
    "Ada Lovelace, IV Turing, Grace Hopper, III and Jean Bartik": ["Ada Lovelace", "IV Turing", "Grace Hopper, III", "Jean Bartik"],
    "Ada Lovelace*, Alan Turing*†": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace1,2, Alan Turing3": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace¹ · Alan Turing²,³": ["Ada Lovelace", "Alan Turing"],
    r"T\"ulin Kaya, {\'E}ric Dupont": ["Tülin Kaya", "Éric Dupont"],
    "¹Ada Lovelace, *Alan Turing, 3 Grace Hopper": ["Ada Lovelace", "Alan Turing", "Grace Hopper"],
    "Ada Lovelace": ["Ada Lovelace"],
    "Ada  Lovelace\n· Alan\nTuring": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace · · Alan Turing ·": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace | Alan Turing": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace und Alan Turing": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace, Alan Turing et Grace Hopper": ["Ada Lovelace", "Alan Turing", "Grace Hopper"],
    "Ada Lovelace y Alan Turing": ["Ada Lovelace", "Alan Turing"],
    "José Ortega y Gasset": ["José Ortega y Gasset"],
    "Dr. Ada Lovelace, Prof. Alan Turing": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace [1], Alan Turing (†)": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace^{1,2}, Alan Turing$^2$": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace a,b, Alan Turing b": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace <ada@example.org>, Alan Turing {at,gh}@example.edu": ["Ada Lovelace", "Alan Turing"],
    "Ada Lovelace (speaker), Jason E": ["Ada Lovelace", "Jason E"],
    "李明、王芳": ["李明", "王芳"],
    "李明，王芳": ["李明", "王芳"],
    "محمد علي، فاطمة حسن": ["محمد علي", "فاطمة حسن"],
    "Ирина Петрова, Пётр Иванов": ["Ирина Петрова", "Пётр Иванов"],
}
TURNED = {
    "Lovelace, Ada; Turing, Alan": ["Ada Lovelace", "Alan Turing"],
    "Lovelace, Ada and Turing, Alan": ["Ada Lovelace", "Alan Turing"],
    "van der Laan, Mark; Turing, Alan": ["Mark van der Laan", "Alan Turing"],
    "Lovelace, A., Turing, A. M., and Hopper, G.": ["A. Lovelace", "A. M. Turing", "G. Hopper"],
    "Lovelace, Ada; turing, Alan; Hopper, Grace": ["Ada Lovelace", "Alan turing", "Grace Hopper"],
    "Lovelace, Ada": ["Ada Lovelace"],
}
MARKS = {
    "Ada Lovelace¹,²*, Alan Turing²": [("1", "2", "*"), ("2",)],
    "Ada Lovelace1,2, Alan Turing3": [("1", "2"), ("3",)],
    "Ada Lovelace a,b, Alan Turing b": [("a", "b"), ("b",)],
    "Ada Lovelace^{1,2}, Alan Turing$^2$": [("1", "2"), ("2",)],
    "Ada Lovelace†‡, Alan Turing [3]": [("†", "‡"), ("3",)],
    "Dr. Ada Lovelace, Prof. Alan Turing": [(), ()],
}


@pytest.mark.parametrize("text", LISTS)
def test_list_is_split_into_its_names(text: str) -> None:
    assert [a.name for a in split_authors(text, 0)] == LISTS[text]
    assert not any(a.others for a in split_authors(text, 0))


@pytest.mark.parametrize("text", LISTS)
def test_names_stand_where_they_say(text: str) -> None:
    page = f"by {text}."
    assert [plain(page[a.start : a.end]) for a in split_authors(text, 3)] == LISTS[text]


@pytest.mark.parametrize("text", TURNED)
def test_surnames_first_are_turned(text: str) -> None:
    authors = split_authors(text, 0)
    assert [a.name for a in authors] == TURNED[text]
    assert [sorted(text[a.start : a.end].replace(",", "").split()) for a in authors] == [sorted(name.split()) for name in TURNED[text]]


@pytest.mark.parametrize("text", MARKS)
def test_marks_stay_with_their_names(text: str) -> None:
    assert [listed.marks for listed in split_listed(text, 0)] == MARKS[text]


def test_groups_are_no_people() -> None:
    text = "Ada Lovelace, the ATLAS Collaboration, Alan Turing and Gemini Team"
    people, groups = split_groups(split_authors(text, 0))
    assert [a.name for a in people] == ["Ada Lovelace", "Alan Turing"]
    assert [text[g.start : g.end] for g in groups] == ["the ATLAS Collaboration", "Gemini Team"]
    assert is_author_list(text)
    assert not is_group("Team")


@pytest.mark.parametrize("others", [" and 12 others", " + 3 more", " u. a.", ", ...", " и др."])
def test_other_words_for_et_al(others: str) -> None:
    assert [(a.name, a.others) for a in split_authors(f"Ada Lovelace, Alan Turing{others}", 0)] == [
        ("Ada Lovelace", False),
        ("Alan Turing", True),
    ]


def test_all_cases_are_collected() -> None:
    assert (len(NAMES), len(NOT_NAMES), len(LISTS)) == (35, 20, 33)


@pytest.mark.parametrize("others", [" et al.", " et al", ", et al.", " et. al.", " ET AL.", " et\u00a0al.", " and others", " et al. "])
def test_et_al_is_no_person(others: str) -> None:
    (author,) = split_authors(f"Lovelace{others}", 5)
    assert (author.name, author.others, author.start, author.end) == ("Lovelace", True, 5, 13)


def test_et_al_marks_the_last_name() -> None:
    assert [(a.name, a.others) for a in split_authors("Ada Lovelace, Alan Turing et al.", 0)] == [
        ("Ada Lovelace", False),
        ("Alan Turing", True),
    ]


@pytest.mark.parametrize("text", ["", "et al.", ", ,", "* †", "· ·", "12, 13"])
def test_no_name_gives_no_author(text: str) -> None:
    assert split_authors(text, 0) == ()
    assert not is_author_list(text)


@pytest.mark.parametrize(
    "text", ["We train, they test", "Machine learning, deep learning", "Hall A, Level 2", "Lovelace", "accuracy and speed"]
)
def test_other_lists_are_no_authors(text: str) -> None:
    assert not is_author_list(text)


def test_one_odd_name_among_many_is_forgiven() -> None:
    assert is_author_list("Ada Lovelace · Alan Turing · Grace Hopper · Cher")


def test_read_author_keeps_affiliations() -> None:
    author = read_author("by  Ada Lovelace ", Span(2, 17), 100, ("ETH",))
    assert author is not None
    assert (author.name, author.affiliations, author.start, author.end) == ("Ada Lovelace", ("ETH",), 104, 116)


@pytest.mark.parametrize(
    "text", ["lovelace et al.", "ada lovelace et al.", "Alan Turing, ada lovelace et al", "Alan Turing · ada lovelace"]
)
def test_lists_of_people_may_lack_capitals(text: str) -> None:
    assert is_author_list(text)


@pytest.mark.parametrize(
    "text", ["we follow the work of lovelace et al.", "ada lovelace", "home · about us · contact", "the deep model et al."]
)
def test_other_texts_without_capitals_are_no_people(text: str) -> None:
    assert not is_author_list(text)


@pytest.mark.parametrize("text", ["Poster et al.", "Ada Deep Lovelace · Alan Turing", "Ada Lovelace · Evangelos", "Anonymous"])
def test_names_that_are_words_are_names_in_lists_of_people(text: str) -> None:
    assert is_author_list(text)
