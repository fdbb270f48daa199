import collections

import pytest
from spacy.vocab import Vocab

from confgraph.errors import ConfigError
from confgraph.extract import gazetteer
from confgraph.extract.tokens import FineTokenizer

SIZES = {"methods": 500, "datasets": 350, "tasks": 250, "metrics": 100, "institutions": 250, "conferences": 60}


def found(rows: str, text: str) -> list[tuple[str, str]]:
    cut = FineTokenizer(Vocab())
    names = gazetteer.build({"methods": rows}, cut)
    doc = cut(text)
    return [(doc[m.start : m.end].text, m.name) for m in names.iter_matches(doc)]


@pytest.mark.parametrize("printed", ["chain of thought", "Chain-of-Thought", "chain-of-thoughts", "CHAIN OF THOUGHT", "CoT", "CoTs"])
def test_case_plural_and_hyphens_vary(printed: str) -> None:
    assert found("chain of thought\tCoT\n", f"a {printed} here") == [(printed, "chain of thought")]


@pytest.mark.parametrize("printed", ["cot", "COT", "chain of", "chain, of thought", "xCoT"])
def test_other_forms_do_not_match(printed: str) -> None:
    assert found("chain of thought\tCoT\n", f"a {printed} here") == []


def test_the_longest_form_wins() -> None:
    assert found("language model\nlarge language model\n", "a large language model") == [
        ("large language model", "large language model"),
        ("language model", "language model"),
    ]


def test_a_broken_line_says_where() -> None:
    with pytest.raises(ConfigError, match=r"methods\.tsv, line 2"):
        list(gazetteer.parse("methods", "Adam\nBERT\tx\ty\n"))


def test_files_are_broad_and_name_each_thing_once() -> None:
    texts = gazetteer.files()
    assert set(SIZES) <= set(texts)
    for stem in gazetteer.FIELDS:
        rows = list(gazetteer.parse(stem, texts[stem]))
        assert len(rows) >= SIZES[stem]
        forms = collections.Counter(form for name, aliases in rows for form in {name, *aliases})
        assert [form for form, count in forms.items() if count > 1] == []
        assert all(form == form.strip() and form for form in forms)
