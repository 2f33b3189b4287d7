"""The export: complete, marked, told in a dictionary, and never half written."""

import csv

import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from modules import synth
from modules.basics import BadInput
from modules.commands import app
from modules.synth import export


def run(*options):
    return CliRunner().invoke(app, ["synth", "--people", "150", *map(str, options)])


def entries(folder):
    return sorted(one.name for one in folder.iterdir())


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export") / "deep" / "fernleigh"
    assert run("--seed", "e", "--out", folder).exit_code == 0
    return folder


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_is_there_twice_with_readme_and_dictionary(written):
    tables = [f"{name}.{kind}" for name in synth.NAMES for kind in ("csv", "parquet")]
    told = ["README.txt", "data-dictionary.csv", "data-dictionary.md"]
    assert entries(written) == sorted(tables + told)
    assert entries(written.parent) == ["fernleigh"]


def test_every_row_of_every_file_is_marked(written):
    for name in synth.NAMES:
        assert {row["_watermark"] for row in read(written / f"{name}.csv")} == {"SYNTHETIC"}
        arrow = parquet.read_table(written / f"{name}.parquet")
        assert set(arrow["_watermark"].to_pylist()) == {"SYNTHETIC"}
        assert arrow.schema.metadata[b"watermark"] == b"SYNTHETIC"
    assert {row["_watermark"] for row in read(written / "data-dictionary.csv")} == {"SYNTHETIC"}
    for name in ("README.txt", "data-dictionary.md"):
        assert "SYNTHETIC" in (written / name).read_text("utf-8").splitlines()[0]


def test_both_kinds_of_file_hold_the_town(written):
    town = synth.fernleigh(150, "e")
    for name, table in town.tables.items():
        expected = list(table.rows())
        arrow = parquet.read_table(written / f"{name}.parquet").drop_columns("_watermark")
        assert arrow.to_pylist() == expected
        plain = read(written / f"{name}.csv")
        first = next(iter(table.columns))
        assert [row[first] for row in plain] == [row[first] for row in expected]


def test_the_dictionary_tells_every_column(written):
    told = [(row["table"], row["column"]) for row in read(written / "data-dictionary.csv")]
    real = [(n, c) for n, t in synth.fernleigh(150, "e").tables.items() for c in t.columns]
    assert told == real
    markdown = (written / "data-dictionary.md").read_text("utf-8")
    assert all(f"| {column} |" in markdown for _, column in real)


def test_some_tables_only(tmp_path):
    assert run("--out", tmp_path / "x", "--tables", "staff, housing,staff").exit_code == 0
    assert [n for n in entries(tmp_path / "x") if n.endswith("parquet")] == [
        "housing.parquet",
        "staff.parquet",
    ]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--people", 5), "100 to 1,000,000"),
        (("--locale", "tlh"), "no names for “tlh”"),
        (("--tables", "staff,shoes"), "no table “shoes”"),
        (("--seed", " "), "seed is empty"),
    ],
)
def test_bad_input_gets_a_sentence_and_leaves_nothing(tmp_path, options, says):
    result = run("--out", tmp_path / "x", *options)
    assert result.exit_code == 1
    assert says in result.stderr
    assert entries(tmp_path) == []


def test_a_folder_with_something_in_it_is_left_alone_without_force(tmp_path):
    assert run("--out", tmp_path / "x", "--tables", "staff").exit_code == 0
    before = (tmp_path / "x" / "staff.csv").read_bytes()
    refused = run("--out", tmp_path / "x", "--seed", "other", "--tables", "staff")
    assert (refused.exit_code, "--force" in refused.stderr) == (1, True)
    assert (tmp_path / "x" / "staff.csv").read_bytes() == before
    again = run("--out", tmp_path / "x", "--seed", "other", "--tables", "staff", "--force")
    assert again.exit_code == 0
    assert (tmp_path / "x" / "staff.csv").read_bytes() != before
    assert entries(tmp_path) == ["x"]


def test_force_never_takes_somebodys_own_files(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    result = run("--out", tmp_path, "--force")
    assert (result.exit_code, "thesis.docx" in result.stderr) == (1, True)
    assert entries(tmp_path) == ["thesis.docx"]


def test_a_file_in_the_way_is_told(tmp_path):
    (tmp_path / "x").write_text("mine")
    for more in ((), ("--force",)):
        assert "is a file" in run("--out", tmp_path / "x", *more).stderr
    assert (tmp_path / "x").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "a file").write_text("mine")
    result = run("--out", tmp_path / "a file" / "nowhere" / "x")
    assert result.exit_code == 1
    assert "Cannot write" in result.stderr
    assert (tmp_path / "a file").read_text() == "mine"


@pytest.mark.parametrize("older", [False, True])
def test_a_failure_half_way_leaves_what_was_there(tmp_path, monkeypatch, older):
    town = synth.fernleigh(150, "e")
    if older:
        export.write(town, tmp_path / "x", ["staff"])

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "as_csv", full)
    with pytest.raises(BadInput, match="No space left"):
        export.write(town, tmp_path / "x", force=True)
    assert entries(tmp_path) == (["x"] if older else [])
    if older:
        assert "staff.csv" in entries(tmp_path / "x")
