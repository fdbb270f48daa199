"""Run an extractor that another package registers as an entry point of the group `confgraph.extractors`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final, Protocol

from confgraph.errors import ConfigError, RecordError
from confgraph.extract.check import checked
from confgraph.records import Page, Record, from_row, to_row

GROUP: Final = "confgraph.extractors"
_BUILT_IN: Final = ("confgraph", "spacy:NAME_OR_PATH", "records:FILE")
_WHERE: Final = "extract.extractor"


class Extract(Protocol):
    """The extract stage: from the records of a page as ingest read them to the same with what extraction finds."""

    @property
    def used(self) -> Mapping[str, str]:
        """Say what extracts, for the manifest."""

    def __call__(self, page: Page, records: Sequence[Record]) -> tuple[Record, ...]:
        """Give the records of a page."""


class RegisteredExtractor:
    """The extract stage of another package; what it gives is checked."""

    def __init__(self, name: str, run: Callable[[Page, tuple[Record, ...]], Any], used: Mapping[str, str]) -> None:
        """Hold the callable, its name, and where it comes from."""
        self.used = used
        self._name = name
        self._run = run

    def __call__(self, page: Page, records: Sequence[Record]) -> tuple[Record, ...]:
        """Give the records that the callable gives for a page.

        Raises:
            ConfigError: the callable fails, or gives no records.
            RecordError: a record is not one of the page, or holds what cannot be.
        """
        where = f"extractor {self._name!r}, page {page.name}"
        try:
            given = list(self._run(page, tuple(records)))
        except Exception as error:
            raise ConfigError(where, f"failed with {type(error).__name__}: {error}", "correct it, or choose another extractor") from error
        return tuple(_record(item, page, f"{where}, record {i}") for i, item in enumerate(given, 1))


def load(name: str) -> RegisteredExtractor:
    """Load the extractor that a package registers under that name.

    Raises:
        ConfigError: there is none, there are several, or it cannot be loaded.
    """
    found = {point.value: point for point in entry_points(group=GROUP) if point.name == name}
    if not found:
        known = sorted({point.name for point in entry_points(group=GROUP)})
        raise ConfigError(_WHERE, f"there is no extractor {name!r}", f"known: {', '.join((*_BUILT_IN, *known))}")
    if len(found) > 1:
        raise ConfigError(_WHERE, f"several packages register the extractor {name!r}: {', '.join(sorted(found))}", "uninstall all but one")
    (point,) = found.values()
    try:
        run = point.load()
    except (ImportError, AttributeError) as error:
        raise ConfigError(_WHERE, f"the extractor {name!r} cannot be loaded ({error})", "correct the package's entry point") from error
    if not callable(run):
        raise ConfigError(_WHERE, f"the extractor {name!r} is {point.value}, which is no function", "name one of (page, records)")
    return RegisteredExtractor(name, run, _origin(name, point))


def _origin(name: str, point: EntryPoint) -> dict[str, str]:
    """Say where an entry point comes from."""
    package = {"package": f"{point.dist.name} {point.dist.version}"} if point.dist else {}
    return {"name": name, "function": point.value, **package}


def _record(item: Any, page: Page, where: str) -> Record:
    """Give a record in its own types, whatever sequences its maker used."""
    if not isinstance(item, Record):
        raise RecordError(where, f"is {type(item).__name__}", "give the records that confgraph.records defines")
    record = from_row(to_row(item), where)
    if record.page != page.id:
        raise RecordError(where, f"belongs to the page {record.page[:12]!r}…, not to this one", "keep the page of the record given")
    return checked(record, page, where)
