from collections.abc import Callable

import pytest

CASES = [
    ("We follow Smith et al. who did this. It works.", ["We follow Smith et al. who did this.", "It works."]),
    ("See Smith et al. We extend it.", ["See Smith et al.", "We extend it."]),
    ("Many tasks, e.g. Parsing and i.e. Tagging, gain.", ["Many tasks, e.g. Parsing and i.e. Tagging, gain."]),
    ("As Fig. 2 and Eq. 3 show, 0.5 vs. Adam is better.", ["As Fig. 2 and Eq. 3 show, 0.5 vs. Adam is better."]),
    ("It beats all priors.To our knowledge it is first.", ["It beats all priors.", "To our knowledge it is first."]),
    ("It beats all priors.LIME does not.", ["It beats all priors.", "LIME does not."]),
    ("It needs node.JS or ASP.NET and a.BBB here.", ["It needs node.JS or ASP.NET and a.BBB here."]),
    ("Does it work? Yes! It does.", ["Does it work?", "Yes!", "It does."]),
    ("Code is at https://a.org/b.Cc/d.html. Try it.", ["Code is at https://a.org/b.Cc/d.html.", "Try it."]),
    ("The text ends … We go on.", ["The text ends …", "We go on."]),
    ("Accuracy is 92.5. 3 of 4 agree.", ["Accuracy is 92.5.", "3 of 4 agree."]),
    ('They call it "good." We agree.', ['They call it "good."', "We agree."]),
    ("We show: 1) a bound; 2) a rate. Both hold.", ["We show: 1) a bound; 2) a rate.", "Both hold."]),
    ("It was J. Smith who found it. GPT-4 agrees.", ["It was J. Smith who found it.", "GPT-4 agrees."]),
    ("A title\nThe abstract follows it", ["A title", "The abstract follows it"]),
    ("We use v1.5 of it. pFedMe is older.", ["We use v1.5 of it.", "pFedMe is older."]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences_of_scientific_text(sentences: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_empty_text_has_no_sentence(sentences: Callable[[str], list[str]]) -> None:
    assert sentences("") == []
