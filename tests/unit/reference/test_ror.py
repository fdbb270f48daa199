"""Dumps of ROR are read packed or plain, and their index answers from the disk; bad dumps give clear errors."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from confgraph.errors import SourceError
from confgraph.reference import organizations, ror, ror_index
from confgraph.reference.ror_index import RorIndex
from confgraph.resolve.organizations import NameKind

Rows = list[dict[str, Any]]
MARSHFORD = "https://ror.org/01marsh01"


def written(path: Path, rows: Any) -> Path:
    data = json.dumps(rows, ensure_ascii=False).encode()
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(data))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("v9-ror-data.csv", "id,name")
            archive.writestr("v9-ror-data.json", "[]")
            archive.writestr("v9-ror-data_schema_v2.json", data)
    else:
        path.write_bytes(data)
    return path


def _place(**other: Any) -> dict[str, Any]:
    return {"geonames_details": {"country_code": "NL", "country_name": "The Netherlands", "name": "Ebb"} | other}


def _organization(**other: Any) -> bytes:
    """Write a dump of one organisation that is sound but for what is given."""
    sound = {"id": "https://ror.org/01ebb0001", "status": "active", "names": [{"value": "Ebb", "types": ["ror_display"]}]}
    more = {"locations": [_place()], "types": ["education"], "domains": [], "links": [], "relationships": []}
    return json.dumps([sound | more | other]).encode()


@pytest.mark.parametrize("name", ["ror.json", "ror.json.gz", "ror.zip"])
def test_a_dump_is_read_plain_or_packed(name: str, register: Rows, tmp_path: Path) -> None:
    rows = {row.id: row for row in ror.iter_rows(written(tmp_path / name, register))}
    assert len(rows) == len(register) - 1  # ROR has withdrawn one
    found = rows[MARSHFORD]
    assert (found.name, found.countries, found.cities, found.domains) == (
        "University of Marshford", ("GB",), ("Marshford",), ("marshford.ac.uk",),
    )  # fmt: skip
    assert found.names[-1] == ("UMF", NameKind.ACRONYM)
    assert rows["https://ror.org/01marsh02"].parents == (MARSHFORD,)


def test_the_country_that_ror_adds_is_no_part_of_a_name(register: Rows, tmp_path: Path) -> None:
    rows = {row.id: row for row in ror.iter_rows(written(tmp_path / "ror.json", register))}
    polder = rows["https://ror.org/01polder1"]
    assert (polder.name, polder.names) == ("Poldertech (The Netherlands)", (("Poldertech", NameKind.NAME),))


def test_values_that_chunks_cut_are_put_together(register: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path / "ror.json", register)
    whole = list(ror.iter_rows(file))
    monkeypatch.setattr(ror, "_CHUNK", 7)  # within words, numbers and characters of two bytes
    assert list(ror.iter_rows(file)) == whole


def test_the_website_gives_the_domain_where_ror_names_none(register: Rows, tmp_path: Path) -> None:
    register = [dict(row) for row in register]
    register[2]["links"] = [{"type": "website", "value": "https://www.marshfordstate.edu/"}]
    register[3]["links"] = [{"type": "website", "value": "https://hosting.example/sedge"}]
    rows = {row.id: row for row in ror.iter_rows(written(tmp_path / "ror.json", register))}
    assert rows["https://ror.org/01marsh03"].domains == ("marshfordstate.edu",)
    assert rows["https://ror.org/01sedge01"].domains == ()  # the page of one of many


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"id,name\n1,Ebb", "is no JSON array"),
        (b'{"items": []}', "is no JSON array"),
        (b"[]", "holds no organisation"),
        (b'[{"id": "https://ror.org/01', "ends within an organisation"),
        (b'[{"id": "https://grid.ac/1", "names": []}]', "organisation 1: is not as in schema v2"),
        (b"[1]", "organisation 1: is not as in schema v2"),
        (_organization(names=[{"value": None, "types": ["ror_display"]}]), "organisation 1: is not as in schema v2"),
        (_organization(names=[{"value": "Ebb \ud83d", "types": ["ror_display"]}]), "organisation 1: is not as in schema v2"),
        (_organization(id="https://ror.org/\ud83d"), "organisation 1: is not as in schema v2"),
        (_organization(types=[1]), "organisation 1: is not as in schema v2"),
        (_organization(locations=[_place(country_code=7)]), "organisation 1: is not as in schema v2"),
        (_organization(locations=[_place(name=7)]), "organisation 1: is not as in schema v2"),
        (b'[{"name": "\xff"}]', "is not UTF-8"),
        (b"\x1f\x8b\x08\x00cut", "cannot be unpacked"),
        (b"PK\x03\x04cut", "cannot be unpacked"),
    ],
)
def test_what_is_no_dump_is_told(content: bytes, says: str, tmp_path: Path) -> None:
    file = tmp_path / "ror.json"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=says):
        list(ror.iter_rows(file))


def test_a_dump_that_unpacks_to_too_much_is_refused(register: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path / "ror.json.gz", register)
    monkeypatch.setattr(ror, "_LARGEST_DUMP", 1000)
    with pytest.raises(SourceError, match="unpacks to more than 1,000 bytes"):
        list(ror.iter_rows(file))


def test_an_archive_without_json_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ror.zip", "w") as archive:
        archive.writestr("names.csv", "id,name")
    with pytest.raises(SourceError, match="holds no JSON"):
        list(ror.iter_rows(tmp_path / "ror.zip"))


def assert_answers(index: RorIndex) -> None:
    found = index.named(["universitymarshford", "umf", "nothing"])
    assert {key: [(naming.id, naming.kind) for naming in namings] for key, namings in found.items()} == {
        "universitymarshford": [(MARSHFORD, NameKind.NAME), (MARSHFORD, NameKind.NAME)],  # in two languages
        "umf": [(MARSHFORD, NameKind.ACRONYM)],
    }
    laboratory = index.organization("https://ror.org/01marsh02")
    assert (laboratory.name, laboratory.parents, laboratory.countries) == ("Reedbed Laboratory", (MARSHFORD,), ("GB",))
    assert index.at_domain("marshford.ac.uk") == (MARSHFORD,)
    assert index.has(MARSHFORD)
    assert not index.has("https://ror.org/01gone001")
    assert index.similar_words("marshfrod") == ("marshford",)


def test_the_index_is_kept_and_used_again(register: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, cache = written(tmp_path / "ror.json", register), tmp_path / "cache"
    with ror_index.opened(file, cache) as index:
        assert_answers(index)
    monkeypatch.setattr(ror_index, "_make", lambda *_: pytest.fail("made again"))
    with ror_index.opened(file, cache) as index:
        assert_answers(index)
    assert [entry.name for entry in cache.glob("*/*")] == ["organizations.sqlite"]


def test_another_dump_has_another_index(register: Rows, tmp_path: Path) -> None:
    file, cache = written(tmp_path / "ror.json", register), tmp_path / "cache"
    with ror_index.opened(file, cache) as index:
        assert index.has("https://ror.org/01marsh03")
    written(file, [register[0]])
    with ror_index.opened(file, cache) as index:
        assert not index.has("https://ror.org/01marsh03")


def test_the_index_needs_no_cache(register: Rows, tmp_path: Path) -> None:
    file = written(tmp_path / "ror.json", register)
    (tmp_path / "cache").write_text("a file, where the folder would be")
    told: list[str] = []
    with ror_index.opened(file, tmp_path / "cache", told.append) as index:
        assert_answers(index)
    (remark,) = told
    assert remark.startswith("ror.json: its index cannot be kept in ")


def test_an_index_that_stays_is_no_remark(register: Rows, tmp_path: Path) -> None:
    told: list[str] = []
    with organizations.opened(written(tmp_path / "ror.json", register), tmp_path / "cache", told.append) as index:
        assert index.has(MARSHFORD)
    with organizations.opened(None, None, told.append) as index:
        assert not index.has(MARSHFORD)
    assert told == []


def test_a_damaged_index_is_made_anew(register: Rows, tmp_path: Path) -> None:
    file, cache = written(tmp_path / "ror.json", register), tmp_path / "cache"
    with ror_index.opened(file, cache):
        pass
    (kept,) = cache.glob("*/*")
    kept.write_bytes(b"no database")
    with ror_index.opened(file, cache) as index:
        assert_answers(index)


def test_a_missing_dump_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.json: cannot be read"), ror_index.opened(tmp_path / "none.json", tmp_path):
        pass


def test_a_bad_dump_leaves_no_index(tmp_path: Path) -> None:
    (tmp_path / "ror.json").write_text("[1]")
    with pytest.raises(SourceError), ror_index.opened(tmp_path / "ror.json", tmp_path / "cache"):
        pass
    assert list((tmp_path / "cache").iterdir()) == []


def test_what_comes_with_confgraph_is_joined_with_the_dump(register: Rows, tmp_path: Path) -> None:
    with organizations.opened(written(tmp_path / "ror.json", register), tmp_path / "cache") as index:
        assert set(index.named(["universitymarshford", "ethzurich"])) == {"universitymarshford", "ethzurich"}
        assert index.countries("switzerland") == ("CH",)
        assert index.organization("https://ror.org/05a28rw58").known  # though the dump does not hold it
