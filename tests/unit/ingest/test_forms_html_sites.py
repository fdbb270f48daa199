"""Pages as the programs behind conference sites write them, in made-up words."""

# ruff: noqa: E501  (the lines of pages)

from __future__ import annotations

from collections.abc import Callable

import pytest

from confgraph.ingest import ingest
from confgraph.ingest.forms import html
from confgraph.records import Page, PageId, Reading, Record

PAPERS = (
    ("Low-Rank Lambs", ("Ada Okonkwo", "Bo van der Pond", "Çelik Yıldız"), "We ask how lambs grow and show on three farms that a small change of the usual scheme saves half of the work of a shepherd."),
    ("Do Goats Dream of Electric Fences?", ("Renée Dupont", "Søren Ångström"), "Goats sleep little. We watch them for a year and find that what they dream of depends on the fence, and not on the grass behind it."),
    ("Hay Is All You Need", ("Tom Baker",), "A herd needs hay. We prove that nothing else is needed, give an algorithm that finds it, and tell of a winter in which it was put to use."),
    ("Federated Milking under Churn", ("Ivan Petrov", "Zoë Müller"), "Cows come and go. We milk them where they stand, send only sums to the dairy, and bound what the dairy learns of any single cow."),
)  # fmt: skip


def reading(body: str, title: str = "FarmConf 2031", head: str = "") -> Reading:
    text = f"<html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav><main>{body}</main></body></html>"
    return ingest(Page("page.html", html.read_at(text.encode(), "page.html", "https://farm.example/2031/"), PageId("0")))


def each(make: Callable[[int, str, tuple[str, ...], str], str]) -> str:
    return "".join(make(n, *paper) for n, paper in enumerate(PAPERS))


def people(records: tuple[Record, ...]) -> list[tuple[str | None, list[str]]]:
    return [(r.title, [a.name for a in r.authors]) for r in records]


RIGHT = [(title, list(names)) for title, names, _ in PAPERS]


def anthology() -> str:
    return each(
        lambda n, title, names, abstract: (
            f'<p class="d-sm-flex"><span class="list-button-row"><a class="badge badge-primary" href="/2031.farm-1.{n}.pdf">pdf</a><a class="badge badge-secondary" href="/{n}.bib">bib</a>'
            f'<a class="badge badge-info abstract-link" href="#abs-{n}">abs</a></span><span class="d-block"><strong><a href="/2031.farm-1.{n}/">{title}</a></strong><br>'
            + " | ".join(f'<a href="/people/{name[:3]}/">{name}</a>' for name in names)
            + f'</span></p><div class="card collapse" id="abs-{n}"><div class="card-body">{abstract}</div></div>'
        )
    )


def test_links_of_people_and_badges_are_no_part_of_a_paper() -> None:
    found = reading(f"<h2>Proceedings of the 3rd Workshop on Farms (FarmLP 2031)</h2>{anthology()}", "Proceedings - Anthology")
    assert people(found.records) == RIGHT
    assert [r.url for r in found.records[0].resources] == [
        f"https://farm.example/{path}" for path in ("2031.farm-1.0.pdf", "2031.farm-1.0/")
    ]
    assert "comment:" not in found.page.text
    assert found.facts.conference is not None
    assert found.facts.conference.label == "FarmLP 2031"


def test_notes_keep_a_summary_and_the_day_of_a_file_apart() -> None:
    body = each(
        lambda n, title, names, abstract: (
            f'<li class="note"><h4><a href="/forum?id=x{n}">{title}</a></h4><div class="note-authors">{", ".join(f"<a href=/profile?id=~{n}>{name}</a>" for name in names)}</div>'
            f'<span class="date">0{n + 1} Oct 2030 (modified: 02 Feb 2031)</span><div class="collapse"><ul class="note-content"><li><strong class="note-content-field">TL;DR:</strong> '
            f'<span class="note-content-value">Half of the work is saved.</span></li><li><strong class="note-content-field">Abstract:</strong> <span class="note-content-value">{abstract}</span></li></ul></div></li>'
        )
    )
    found = reading(f"<ul>{body}</ul>").records
    assert people(found) == RIGHT
    assert [r.abstract for r in found] == [abstract for _, _, abstract in PAPERS]
    assert {r.year for r in found} == {2031}


def test_titles_on_buttons_and_names_in_data_attributes() -> None:
    body = each(
        lambda n, title, names, abstract: (
            f'<li class="css-1x"><div data-cvent-id="session-time">{n + 1}:00 PM – {n + 1}:45 PM</div><button data-cvent-id="session-name"><span>{title}</span></button>'
            f'<button>Add to my agenda</button><div data-cvent-id="session-location">Barn {n}</div><div data-cvent-id="speakers-list">'
            + "".join(
                f'<div><div class="speaker-name">{name}</div><div class="speaker-title">Assistant Professor</div><div class="speaker-company">University of Fjordby</div></div>'
                for name in names
            )
            + f'</div><div data-cvent-id="session-description"><p>{abstract}</p></div></li>'
        )
    )
    found = reading(f"<h3>Tuesday, July 8, 2031</h3><ul>{body}</ul>").records
    assert people(found) == RIGHT
    assert {a.affiliations for r in found for a in r.authors} == {("University of Fjordby",)}
    assert [(r.room, r.start_time, r.end_time) for r in found] == [(f"Barn {n}", f"{n + 1}:00 PM", f"{n + 1}:45 PM") for n in range(4)]


def test_times_before_titles_and_days_before_sessions() -> None:
    def half(hour: int, last: str) -> str:
        place = "(Hill College)"
        return each(
            lambda n, title, names, abstract: (
                f"<h3>{hour}:{n}0 – {title}{last}</h3><p>{', '.join(f'<strong>{name}</strong> {place}' for name in names)}</p><p>{abstract}</p>"
            )
        )

    body = f"<h2>Monday, 7 July: Sheep and Goats</h2>{half(10, '')}<h2>Tuesday, 8 July: Cows</h2>{half(11, ' Again')}"
    found = reading(body).records
    assert people(found) == RIGHT + [(f"{title} Again", names) for title, names in RIGHT]
    assert [(r.session, r.start_time) for r in found] == [
        *(("Sheep and Goats", f"10:{n}0") for n in range(4)),
        *(("Cows", f"11:{n}0") for n in range(4)),
    ]


@pytest.mark.parametrize("title_first", [True, False])
def test_a_cell_may_hold_title_and_people(title_first: bool) -> None:
    body = each(
        lambda n, title, names, _: (
            f'<tr><td><a href="/c?id={n}">{title}</a><div class="gray">{", ".join(names)}</div></td><td><a href="/cites">{90 - n}</a></td><td><span>{2031 - n}</span></td></tr>'
            if title_first
            else f"<tr><td>{2031 - n}</td><td>{', '.join(names)}</td><td>{title}</td></tr>"
        )
    )
    heads = ("Title", "Cited by", "Year") if title_first else ("Year", "Authors", "Title")
    found = reading(f"<table><thead><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead><tbody>{body}</tbody></table>").records
    assert people(found) == RIGHT
    assert [r.year for r in found] == [2031, 2030, 2029, 2028]
    assert not any("cites" in r.url for record in found for r in record.resources)


def test_years_above_lists_are_no_sessions() -> None:
    one = each(lambda _, title, names, __: f"<li><b>{title}</b><br>{', '.join(names)}</li>")
    found = reading(
        f"<h2>2031</h2><ul>{one}</ul><h2>2030</h2><ul>{one.replace('Need', 'Want').replace('Do Goats', 'Why Goats')}</ul>", "Publications"
    ).records
    assert [(r.session, r.year) for r in found] == [(None, 2031)] * 4 + [(None, 2030)] * 4


@pytest.mark.parametrize("label", ["Autoren", "Auteurs", "Vortragende", "Speakers"])
def test_labels_in_other_languages(label: str) -> None:
    body = each(lambda _, title, names, abstract: f"<div><h3>{title}</h3><p>{label}: {', '.join(names)}</p><p>{abstract}</p></div>")
    assert people(reading(body).records) == RIGHT
