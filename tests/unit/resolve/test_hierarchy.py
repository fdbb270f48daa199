"""What is broader: names with a version, a size or a modifier, and what records say; never a circle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from confgraph.records import Concept, EntityKind, Reading, Relation, RelationType, Resolution
from confgraph.resolve import resolve
from confgraph.resolve.hierarchy import iter_broader_names
from confgraph.resolve.keys import concept_key

MakeReading = Callable[..., Reading]
METHOD, DATASET, TASK, METRIC = EntityKind.METHOD, EntityKind.DATASET, EntityKind.TASK, EntityKind.METRIC


@pytest.mark.parametrize(
    ("kind", "name", "broader"),
    [
        (METHOD, "Llama-2-7B", ["Llama-2", "Llama"]),
        (METHOD, "ResNet50", ["ResNet"]),
        (METHOD, "BERT-large model", ["BERT"]),
        (METHOD, "7B LLaVA", ["LLaVA", "LLaVA"]),
        (METHOD, "mT5", []),
        (DATASET, "ImageNet-1K dataset", ["ImageNet"]),
        (DATASET, "ImageNet-C", []),
        (DATASET, "Vietnamese river corpus", []),
        (METHOD, "masked graph autoencoder", ["graph autoencoder", "autoencoder"]),
        (METHOD, "random forest", []),
        (METHOD, "chain of thought", []),
        (METHOD, "reinforcement learning from human feedback", ["reinforcement learning"]),
        (METHOD, "semi-supervised learning", []),
        (METHOD, "non-convex optimization", []),
        (METHOD, "rivers and floods", []),
        (METHOD, "cross-attention", ["attention"]),
        (TASK, "weakly supervised flood segmentation", ["flood segmentation", "segmentation"]),
        (TASK, "detecting fake news", []),
        (METRIC, "average precision", []),
        (METRIC, "top-1 accuracy", ["accuracy"]),
    ],
)
def test_names_tell_what_is_broader(kind: EntityKind, name: str, broader: list[str]) -> None:
    assert [above.name for above in iter_broader_names(kind, name)] == broader


def _record(*names: str, kinds: tuple[tuple[str, str], ...] = (), **fields: Any) -> dict[str, Any]:
    stated = tuple(Relation(a, 0, RelationType.SUBCLASS_OF, b, 0, fields.pop("sure", 0.9), 0, 1) for a, b in kinds)
    return {"methods": tuple(Concept(name) for name in names), "relations": stated}


def _resolved(reading: MakeReading, *records: dict[str, Any]) -> Resolution:
    rows = [{"title": f"An unrelated title of paper {i}"} | record for i, record in enumerate(records)]
    return resolve([reading("a.txt", *rows)])


def _links(resolution: Resolution, *, hold: bool = True) -> list[tuple[str, str]]:
    label = {entity.key: entity.label for entity in resolution.entities}
    return [(label[pair.narrower], label[pair.broader]) for pair in resolution.broader if pair.holds is hold]


def test_the_nearest_named_concept_is_broader(reading: MakeReading) -> None:
    found = _resolved(reading, _record("deep graph neural networks"), _record("neural network", "graph neural network"))
    assert _links(found) == [("deep graph neural networks", "graph neural network"), ("graph neural network", "neural network")]
    [deep, _] = found.broader
    assert deep.members == (concept_key(METHOD, "deep graph neural networks"),)
    assert deep.reasons[0].feature == "modifier before several words"


def test_nothing_is_broader_that_no_record_names(reading: MakeReading) -> None:
    assert _resolved(reading, _record("deep graph neural networks", "Llama-2-7B")).broader == ()


def test_a_broader_concept_is_found_by_its_acronym(reading: MakeReading) -> None:
    spelt_out = {"methods": (Concept("generative river network", ("GRN",)),)}
    assert _links(_resolved(reading, _record("conditional GRN"), spelt_out)) == [("conditional GRN", "generative river network")]


def test_a_stated_kind_counts_where_it_is_sure(reading: MakeReading) -> None:
    pair = ("FloodNet", "recurrent model")
    assert _links(_resolved(reading, _record(*pair, kinds=(pair,)))) == [pair]
    doubtful = _resolved(reading, _record(*pair, kinds=(pair,), sure=0.5))
    assert _links(doubtful) == []
    assert _links(doubtful, hold=False) == [pair]


def test_no_circle_closes(reading: MakeReading) -> None:
    names = ("FloodNet", "RiverNet", "RainNet")
    circle = tuple(zip(names, (*names[1:], names[0]), strict=True))
    found = _resolved(reading, _record(*names, kinds=circle))
    assert len(_links(found)) == 2
    [refused] = [pair for pair in found.broader if not pair.holds]
    assert refused.reasons[-1].feature == "closes a circle"


def test_a_merged_pair_is_not_broader_than_itself(reading: MakeReading) -> None:
    found = _resolved(reading, _record("FloodNet model", "FloodNet", kinds=(("FloodNet model", "FloodNet"),)))
    assert found.broader == ()


def test_a_blank_name_has_nothing_above_it() -> None:
    assert list(iter_broader_names(EntityKind.METHOD, " ")) == []
