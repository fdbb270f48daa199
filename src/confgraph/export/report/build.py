"""State what a build was made with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from confgraph.export.markup import Column, Markup, Section, paragraph, rest, table, text, words

_FILES: Final = 50
_VALUE: Final = 200


def build_section(manifest: Mapping[str, Any], created: str | None) -> Section:
    """State the versions, the configuration and the files of a build, as its manifest holds them, and when it was dated."""
    stages = {**manifest["configuration"], "extractor": manifest["extractor"]}
    settings = [(f"{stage}.{key}", value) for stage, values in sorted(stages.items()) for key, value in sorted(values.items())]
    files = manifest["inputs"]
    rows = [[text(f["name"], 80), text(f["encoding"]), Markup(f"<code>{text(f['sha256'])}</code>")] for f in files[:_FILES]]
    time = (
        f"The build is dated {created}, as SOURCE_DATE_EPOCH says." if created else "No time is written; SOURCE_DATE_EPOCH would give one."
    )
    about = (
        "The same files, configuration and versions give the same bytes, whatever the order of the files and the number of workers, on one "
        f"family of processors; confidences are rounded to two decimals. {time}"
    )
    parts = (
        paragraph(words(about)),
        table("Versions", [Column("Package"), Column("Version")], [[text(n), text(v)] for n, v in sorted(manifest["versions"].items())]),
        table(
            "Configuration", [Column("Setting"), Column("Value", widest=True)], [[text(name), _value(value)] for name, value in settings]
        ),
        table("Files read", [Column("File"), Column("Encoding"), Column("sha256 of its bytes")], rows),
        rest(len(files) - len(rows), "file", "all are in manifest.json"),
    )
    return Section("build", "How it was built", parts)


def _value(value: object) -> Markup:
    return text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True), _VALUE)
