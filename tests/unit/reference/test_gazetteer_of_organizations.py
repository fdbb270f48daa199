"""The organisations that come with confgraph: the table is sound, and what it says of namesakes holds."""

from __future__ import annotations

import re

from confgraph import resources
from confgraph.reference import gazetteer
from confgraph.resolve.organizations import NameKind


def rows(name: str) -> list[list[str]]:
    return resources.split_rows((resources.folder("data/gazetteers") / f"{name}.tsv").read_text(encoding="utf-8"))


def test_each_line_is_an_organisation_of_a_known_country() -> None:
    codes = {row[0] for row in rows("countries")}
    listed = rows("organizations")
    assert len(listed) > 300
    for row in listed:
        assert 4 <= len(row) <= 6, row
        name, _, kind, country = row[:4]
        assert name
        assert country in codes, row
        assert kind in {"company", "education", "facility", "government", "nonprofit", "other"}, row
        if len(row) == 6:
            assert re.fullmatch(r"0[a-z0-9]{6}[0-9]{2}", row[5]), row


def test_no_organisation_is_listed_twice() -> None:
    listed = rows("organizations")
    places = [(row[0], row[3]) for row in listed]
    assert len(set(places)) == len(places)
    registered = [row[5] for row in listed if len(row) == 6]
    assert len(set(registered)) == len(registered)


def test_a_laboratory_or_brand_is_no_name_of_the_whole() -> None:
    known = gazetteer.Gazetteer([["Ebb", "Ebb Corp.|>Ebb Labs|EBB", "company", "NL"]], [])
    kinds = {key: namings[0].kind for key, namings in known.named(["ebb", "ebblaboratory"]).items()}
    assert kinds == {"ebb": NameKind.NAME, "ebblaboratory": NameKind.PART}


def test_one_print_may_name_several() -> None:
    known = gazetteer.Gazetteer([["Ebb University", "EU", "education", "NL"], ["Ebb University", "EU", "education", "US"]], [])
    (namings,) = known.named(["ebbuniversity"]).values()
    assert {known.organization(naming.id).countries for naming in namings} == {("NL",), ("US",)}
