"""Member keys: what is one thing before anything is judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from confgraph.records import ArtefactKind, Concept, EntityKind, Introduced, MemberKey, Reading
from confgraph.resolve.keys import concept_key, iter_concepts

MakeReading = Callable[..., Reading]


def _keys(reading: MakeReading, **fields: Any) -> dict[tuple[str, int], MemberKey]:
    return {(name, i): key for name, i, key in iter_concepts(reading("a.txt", fields).records[0])}


def test_an_acronym_has_the_key_of_the_long_form_that_its_record_gives(reading: MakeReading) -> None:
    keys = _keys(reading, methods=(Concept("CP"), Concept("Conformal Prediction", ("CP",))))
    assert keys["methods", 0] == keys["methods", 1] == concept_key(EntityKind.METHOD, "Conformal Prediction")


def test_an_acronym_of_two_long_forms_keeps_its_own_key(reading: MakeReading) -> None:
    keys = _keys(reading, methods=(Concept("CP"), Concept("Conformal Prediction", ("CP",)), Concept("Canonical Polyadic", ("CP",))))
    assert keys["methods", 0] == concept_key(EntityKind.METHOD, "CP")


def test_an_acronym_has_a_long_form_of_its_kind_only(reading: MakeReading) -> None:
    keys = _keys(reading, tasks=(Concept("CP"),), methods=(Concept("Conformal Prediction", ("CP",)),))
    assert keys["tasks", 0] == concept_key(EntityKind.TASK, "CP")


def test_what_is_introduced_gives_its_kind_to_the_methods_of_that_name(reading: MakeReading) -> None:
    keys = _keys(
        reading,
        introduces=(Introduced("Flood Bench", ArtefactKind.SOFTWARE, ("FB",)),),
        methods=(Concept("flood bench"), Concept("FB"), Concept("gauge")),
        tasks=(Concept("Flood Bench"),),
    )
    software = concept_key(EntityKind.SOFTWARE, "Flood Bench")
    assert [keys["introduces", 0], keys["methods", 0], keys["methods", 1]] == [software] * 3
    assert keys["methods", 2] == concept_key(EntityKind.METHOD, "gauge")
    assert keys["tasks", 0] == concept_key(EntityKind.TASK, "Flood Bench")


def test_an_introduced_acronym_has_the_key_of_its_long_form(reading: MakeReading) -> None:
    keys = _keys(
        reading,
        introduces=(Introduced("CP", ArtefactKind.METHOD),),
        methods=(Concept("Conformal Prediction", ("CP",)), Concept("CP")),
    )
    assert set(keys.values()) == {concept_key(EntityKind.METHOD, "Conformal Prediction")}
