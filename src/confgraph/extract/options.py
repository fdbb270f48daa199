"""Hold the options of the extract stage, and the labels that mentions have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from confgraph.errors import ConfigError

OWN: Final = "confgraph"
"""The name of confgraph's own extractor."""

LABELS: Final = ("Method", "Dataset", "Task", "Metric", "Institution")
"""The labels of mentions, as users read and write them."""

_BY_FOLDED: Final = {label.casefold(): label for label in LABELS}

_PARTS: Final = 4


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """How to extract.

    `batch_size` texts go through the pipeline at a time; it changes no result. `extractor` names what extracts: `confgraph`,
    `spacy:NAME_OR_PATH`, `records:FILE`, or an entry point. `labels` says which label each label of a spaCy pipeline stands for,
    where the two names differ.

    Raises:
        ConfigError: `batch_size` is less than 1, or `labels` names a label that is none of ours.
    """

    batch_size: int = 64
    extractor: str = OWN
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check what the type of a value does not say."""
        if self.batch_size < 1:
            raise ConfigError("extract.batch_size", f"{self.batch_size} is not a number of texts", "give 1 or more")
        for theirs, ours in self.labels.items():
            if label_of(ours) is None:
                raise ConfigError("extract.labels", f"{theirs} is mapped to {ours!r}", f"use one of: {', '.join(LABELS)}")

    @property
    def part(self) -> int:
        """How many texts a component takes at once: while the model reads one part of a batch, the others work on the part before."""
        return -(-self.batch_size // _PARTS)


def label_of(name: str) -> str | None:
    """Give our label of that name in any case, or None.

    >>> label_of("DATASET"), label_of("Person")
    ('Dataset', None)
    """
    return _BY_FOLDED.get(name.casefold())
