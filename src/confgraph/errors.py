"""The errors that confgraph raises.

    ConfgraphError
    ├── UsageError        the caller asked for something that does not exist
    ├── ConfigError       confgraph.toml cannot be used
    ├── SourceError       a source cannot be read
    ├── OutputError       a result cannot be written, or what stands there is not ours
    ├── RecordError       a row of records.jsonl is not one
    └── QueryError        a SPARQL query cannot be answered

Each carries three texts: where it went wrong, what is wrong, and what to do about it. They are
positional, so that errors can be pickled and sent between processes.
"""

from __future__ import annotations


class ConfgraphError(Exception):
    """Report what is wrong, where, and what to do about it.

    >>> print(ConfgraphError("talks.txt", "the file is empty", "give a page with text"))
    talks.txt: the file is empty; give a page with text
    """

    def __init__(self, where: str, what: str, hint: str = "") -> None:
        super().__init__(where, what, hint)
        self.where = where
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        return f"{line}; {self.hint}" if self.hint else line


class UsageError(ConfgraphError):
    """The caller named a file, format, query or layout that does not exist."""


class ConfigError(ConfgraphError):
    """A `confgraph.toml` cannot be read or holds a key or value that is not known."""


class SourceError(ConfgraphError):
    """A source cannot be read as a page."""


class OutputError(ConfgraphError):
    """A result cannot be written, or the place for it holds something that is not ours."""


class RecordError(ConfgraphError):
    """A row of `records.jsonl` does not follow the documented format."""


class QueryError(ConfgraphError):
    """A SPARQL query is wrong or asks for what a read-only store refuses."""
