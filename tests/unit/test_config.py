"""`confgraph.toml`: every option has one value, and every mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from confgraph.config import FILE_NAME, Config, Limits, load_config
from confgraph.errors import ConfigError
from confgraph.records import Sidecar


def write(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text("A page.", encoding="utf-8")
    file = folder / FILE_NAME
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_all_options_have_their_defaults() -> None:
    assert load_config([]) == Config()


def test_options_are_read(tmp_path: Path) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    text = f'[limits]\nrejects = 5\n[graph]\nbase = "https://example.org/id/"\nlicence = "{licence}"\n'
    config = load_config([write(tmp_path, text)])
    assert config.limits == Limits(rejects=5)
    assert (config.graph.base, config.graph.licence) == ("https://example.org/id/", licence)


def test_the_extractor_is_read_with_the_folder_that_its_path_counts_from(tmp_path: Path) -> None:
    other = write(tmp_path / "other", "[extract]\nbatch_size = 8\n")
    named = write(tmp_path / "named", '[extract]\nextractor = "spacy:zoo"\nlabels = {PRODUCT = "method"}\n')
    config = load_config([other, named])
    assert (config.extract.batch_size, config.extract.extractor, config.extract.labels) == (8, "spacy:zoo", {"PRODUCT": "method"})
    assert config.folder == tmp_path / "named"


def test_sidecars_are_read(tmp_path: Path) -> None:
    text = '[pages."a.txt"]\nconference = "NeurIPS"\nyear = 2023\nstart_date = 2023-12-10\nend_date = "2023-12-16"\nlayout = "orals"\n'
    config = load_config([write(tmp_path, text)])
    wanted = Sidecar(conference="NeurIPS", year=2023, start_date="2023-12-10", end_date="2023-12-16", layout="orals")
    assert config.pages == {(tmp_path, "a.txt"): wanted}


@pytest.mark.parametrize("printed", ["2023-12-10", '"2023-12-10"', '"20231210"', "2023-12-10T09:00:00"])
def test_dates_are_kept_in_one_form(tmp_path: Path, printed: str) -> None:
    config = load_config([write(tmp_path, f'[pages."a.txt"]\nstart_date = {printed}\n')])
    assert config.pages[tmp_path, "a.txt"].start_date == "2023-12-10"


BAD = {
    "no TOML": ("[limits\n", "is not TOML"),
    "unknown table": ("[limit]\n", "unknown table 'limit'"),
    "unknown option": ("[limits]\npages = 5\n", "unknown [limits] key 'pages'"),
    "unknown sidecar key": ('[pages."a.txt"]\ncity = "Paris"\n', "key 'city'"),
    "text for a number": ('[limits]\nrejects = "5"\n', "[limits] rejects is '5'"),
    "true for a number": ("[limits]\nrejects = true\n", "[limits] rejects is True"),
    "number for a text": ('[pages."a.txt"]\nconference = 7\n', "conference is 7"),
    "text for a year": ('[pages."a.txt"]\nyear = "2023"\n', "year is '2023'"),
    "no date": ('[pages."a.txt"]\nstart_date = "December"\n', "start_date is 'December'"),
    "number for a date": ('[pages."a.txt"]\nend_date = 2023\n', "end_date is 2023"),
    "dates the wrong way round": ('[pages."a.txt"]\nstart_date = 2023-12-16\nend_date = 2023-12-10\n', "is before start_date"),
    "value for a table": ("limits = 3\n", "limits is no table"),
    "value for a page": ('[pages]\n"a.txt" = 3\n', "is no table"),
    "labels that are no table": ('[extract]\nlabels = "Method"\n', "labels is no table"),
    "label for a number": ("[extract]\nlabels = {A = 1}\n", "labels A is 1"),
    "value for all pages": ("pages = 3\n", "pages is no table"),
    "what the stage refuses": ("[extract]\nbatch_size = 0\n", "[extract] batch_size: 0 is not a number of texts"),
    "no base for IRIs": ('[graph]\nbase = "x"\n', "[graph] base: 'x' is no base for IRIs"),
    "page that is not there": ('[pages."b.txt"]\nyear = 2023\n', "no such file"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_mistake_is_told_with_its_file(tmp_path: Path, case: str) -> None:
    text, expected = BAD[case]
    file = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config([file])
    assert caught.value.where == str(file)
    assert expected in caught.value.what
    assert caught.value.hint


def test_all_mistakes_are_collected() -> None:
    assert len(BAD) == 19


def test_an_unknown_key_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="known: page_bytes, line_characters, rejects"):
        load_config([write(tmp_path, "[limits]\nx = 1\n")])


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = write(tmp_path, "")
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="is not UTF-8 "):
        load_config([file])


def test_two_files_are_united_in_any_order(tmp_path: Path) -> None:
    one = write(tmp_path / "one", '[limits]\nrejects = 5\n[pages."a.txt"]\nyear = 2022\n')
    two = write(tmp_path / "two", '[limits]\nrejects = 5\nline_characters = 9\n[pages."a.txt"]\nyear = 2023\n')
    config = load_config([one, two])
    assert config == load_config([two, one, two])
    assert config.limits == Limits(line_characters=9, rejects=5)
    assert {key[0].name: sidecar.year for key, sidecar in config.pages.items()} == {"one": 2022, "two": 2023}


def test_two_values_for_one_option_are_an_error(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", "[limits]\nrejects = 5\n"), write(tmp_path / "two", "[limits]\nrejects = 6\n")
    with pytest.raises(ConfigError, match=r"\[limits\] rejects is 6, but .*one.* says 5"):
        load_config([two, one])


def test_the_dump_of_ror_counts_from_the_folder_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "ror.json").write_text("[]")
    (tmp_path / "confgraph.toml").write_text('[resolve]\nror = "ror.json"\n')
    assert load_config([tmp_path / "confgraph.toml"]).resolve.ror == tmp_path / "ror.json"


@pytest.mark.parametrize("named", ['"none.json"', "3"])
def test_a_dump_that_is_no_file_is_told(tmp_path: Path, named: str) -> None:
    (tmp_path / "confgraph.toml").write_text(f"[resolve]\nror = {named}\n")
    with pytest.raises(ConfigError, match="there is no file"):
        load_config([tmp_path / "confgraph.toml"])


def test_catalogues_of_two_files_are_joined_and_each_counts_from_its_folder(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "papers.jsonl").write_text("{}")
        files.append(tmp_path / name / "confgraph.toml")
        files[-1].write_text('[resolve]\ncatalogues = ["papers.jsonl", "../a/papers.jsonl"]\n')
    found = load_config(files).resolve.catalogues
    assert list(dict.fromkeys(path.resolve().relative_to(tmp_path.resolve()).as_posix() for path in found)) == [
        "a/papers.jsonl",
        "b/papers.jsonl",
    ]


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ('"papers.jsonl"', "catalogues is 'papers.jsonl'"),
        ('["none.jsonl"]', "there is no file 'none.jsonl'"),
        ("[3]", "there is no file 3"),
    ],
)
def test_catalogues_that_are_no_files_are_told(tmp_path: Path, named: str, says: str) -> None:
    (tmp_path / "confgraph.toml").write_text(f"[resolve]\ncatalogues = {named}\n")
    with pytest.raises(ConfigError, match=says):
        load_config([tmp_path / "confgraph.toml"])


def test_a_mistake_is_told_with_the_file_that_makes_it_also_where_another_sets_the_section(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", "[limits]\nrejects = 5\n"), write(tmp_path / "two", '[limits]\npage_bytes = "many"\n')
    with pytest.raises(ConfigError) as caught:
        load_config([one, two])
    assert caught.value.where == str(two)


def test_a_link_to_the_same_dump_is_no_second_one(tmp_path: Path) -> None:
    (tmp_path / "ror.json").write_text("[]")
    files = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        files.append(tmp_path / name / "confgraph.toml")
        files[-1].write_text('[resolve]\nror = "../ror.json"\n')
    assert load_config(files).resolve.ror == tmp_path / "a" / ".." / "ror.json"


def test_two_dumps_are_an_error(tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ror.json").write_text("[]")
        (tmp_path / name / "confgraph.toml").write_text('[resolve]\nror = "ror.json"\n')
        files.append(tmp_path / name / "confgraph.toml")
    with pytest.raises(ConfigError, match="set it in one place"):
        load_config(files)
