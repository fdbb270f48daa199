"""Lines that go on the line above."""

from __future__ import annotations

from confgraph.ingest.lines import split_lines
from confgraph.ingest.marks import strip
from confgraph.ingest.wraps import goes_on, kind, kinds_widths, page_width, print_across

LONG = "We let the loom run by night and show that it weaves as well as by day"


def test_a_page_of_wrapped_prose_has_a_width() -> None:
    width = page_width(split_lines(f"{LONG},\nwhich nobody had believed.\n" * 8))
    assert width is not None
    assert len(LONG) < width <= len(LONG) + 6


def test_titles_alone_tell_their_width_where_people_are_never_wrapped() -> None:
    people = [
        "Ada Okafor",
        "Bruno Keller",
        "Chiara Neri",
        "Dmitri Volkov",
        "Elena Sanz",
        "Greta Lind",
        "Hugo Martin",
        "Iris Novak",
        "Jan de Vries",
    ]
    titles = ["A NEW AND VERY QUIET LOOM THAT WEAVES GRAPHS OUT OF\nSHORTENED THREADS", "LEARNING TO FOLD"]
    lines = split_lines("".join(f"{n}. {titles[n % 2]}\n{', '.join(people[: n % 9 + 1])}\n" for n in range(2, 12)))
    widths = kinds_widths([strip(line) for line in lines])
    assert page_width(lines) is None
    assert widths == {kind(strip(lines[0])): len("A NEW AND VERY QUIET LOOM THAT WEAVES GRAPHS OUT OF")}


def test_a_word_that_ends_no_phrase_leads_on() -> None:
    above, below = split_lines("THE CORRELATION BETWEEN\nNEURONS")
    assert goes_on(above, above, below, None)
    above, below = split_lines("Plan A\nNeurons")
    assert not goes_on(above, above, below, None)


def test_emphasis_may_close_on_the_next_line_only() -> None:
    first, second, third = split_lines("**Of Looms and\nOf Threads**\n\n**Of Cards")
    assert print_across(first, [second]) == ("bold", 2)
    assert print_across(third, []) is None
    assert print_across(first, [third]) is None
