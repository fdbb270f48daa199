"""Lines and paragraphs that know where they stand."""

from __future__ import annotations

import pytest

from confgraph.ingest.lines import count_words, ends_sentence, is_menu, is_prose, split_lines, split_paragraphs

PAGE = "\n  First line \n\n\u00a0Second\t\n third\n \n"


def test_lines_stand_where_they_say() -> None:
    assert [line.text for line in split_lines(PAGE)] == ["First line", "Second", "third"]
    assert all(PAGE[line.start : line.end] == line.text for line in split_lines(PAGE))


def test_blank_lines_part_paragraphs() -> None:
    assert [[line.text for line in group] for group in split_paragraphs(split_lines(PAGE))] == [["First line"], ["Second", "third"]]


@pytest.mark.parametrize("text", ["", "\n\n", " \t\n\u00a0", "\u200b\n\ufeff \u00ad"])
def test_blank_text_has_no_lines(text: str) -> None:
    assert split_lines(text) == []
    assert split_paragraphs([]) == []


@pytest.mark.parametrize("text", ["It ends.", "Does it?", "It is cut …", 'He said "yes."', "See (there.)", "Both [1.]"])
def test_sentence_ends(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["A Title", "Scores: 3.5", "(see there)", ""])
def test_other_texts_do_not_end_sentences(text: str) -> None:
    assert not ends_sentence(text)


def test_prose_is_long_and_ends() -> None:
    assert is_prose("Each of the nine words here makes one sentence.")
    assert not is_prose("A Long Title of Nine or More Words Without End")
    assert not is_prose("Too short.")
    assert is_prose("word " * 41)


@pytest.mark.parametrize(
    "text", ["Skip to main content", "Subscribe", "See also our other notes", "Log in", "Listen on https://example.org."]
)
def test_menu_entries_ask_to_go_somewhere(text: str) -> None:
    assert is_menu(text)


@pytest.mark.parametrize("text", ["Homeomorphic Networks", "Viewpoints of Agents", "Oral", "Learning to Skip Layers"])
def test_titles_are_no_menu(text: str) -> None:
    assert not is_menu(text)


@pytest.mark.parametrize("text", ["機械は夢を見る。", "是吗？", "यह चलता है।", "هل يعمل؟", "彼は「はい。」"])
def test_sentences_of_other_scripts_end(text: str) -> None:
    assert ends_sentence(text)


def test_scripts_without_spaces_have_words() -> None:
    assert count_words("機械は夢を見る。") == 3
    assert count_words("deep 学習 model") == 3
    assert is_prose("この論文では機械が見る夢について詳しく調べます。")
    assert not is_prose("機械の夢。")
