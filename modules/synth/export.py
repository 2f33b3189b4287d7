"""Fernleigh as files: CSV and Parquet for each table, all marked SYNTHETIC, with a dictionary.

Everything is written into a folder beside the wanted one, which then takes its name: nobody ever
finds half of it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from modules.basics import BadInput
from modules.synth.dictionary import as_csv, as_markdown
from modules.synth.table import Table
from modules.synth.town import NAMES, Town

if TYPE_CHECKING:
    import pyarrow as pa

MARK, MARK_COLUMN = "SYNTHETIC", "_watermark"
README = """SYNTHETIC. None of this is about real people.

Fernleigh is an invented district. Every row was drawn by a program from numbers and from pools of
common names; no real person's record was used. Any likeness is chance.

Residents: {people:,}   Seed: {seed}   Names: {locale}   Told as of 31 July 2026

The same numbers and seed give the same files' contents again:
python -m modules synth --people {people} --seed {seed} --locale {locale} --out FOLDER

Each table is there as CSV (UTF-8) and as Parquet. The last column, {column}, says {mark} in every
row; Parquet says it in its metadata as well. data-dictionary.md explains every column, and
data-dictionary.csv is the same for a spreadsheet.
"""


def chosen(names: str) -> tuple[str, ...]:
    """Table names parted by commas, all when empty. Raises BadInput for an unknown one."""
    wanted = tuple(name.strip() for name in names.split(",") if name.strip()) or NAMES
    if unknown := [name for name in wanted if name not in NAMES]:
        raise BadInput(f"There is no table “{unknown[0]}”. Fernleigh has {', '.join(NAMES)}.")
    return tuple(dict.fromkeys(wanted))


def write(town: Town, folder: Path, names: Sequence[str] = NAMES, *, force: bool = False) -> None:
    """Write tables and dictionary into ``folder``; what was there goes with ``force``.

    Raises BadInput when the folder is a file, holds something and ``force`` is off, holds
    something that is no export of ours, or cannot be written.
    """
    folder = folder.expanduser().absolute()
    _free(folder, force)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise BadInput(f"Cannot write beside {folder}: {error.strerror}.") from error
    try:
        _fill(beside, town, names)
        beside.chmod(0o755)  # mkdtemp lets nobody else in
        _swap(beside, folder)
    except OSError as error:
        raise BadInput(f"Cannot write {folder}: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _free(folder: Path, force: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file. Name a folder.")
    # Not there yet, or below a file: making it tells what stands in the way.
    with suppress(FileNotFoundError, NotADirectoryError):
        try:
            there = [one.name for one in folder.iterdir()]
        except PermissionError as error:
            raise BadInput(f"The folder {folder} cannot be read.") from error
        if there and not force:
            raise BadInput(f"The folder {folder} is not empty. Add --force to write it again.")
        # Force is for an older export, not for somebody's documents.
        if there and (strange := [name for name in there if not _ours(name)]):
            raise BadInput(
                f"The folder {folder} holds “{strange[0]}”, which is no part of an export. "
                "Name another folder."
            )


def _ours(name: str) -> bool:
    stem, _, ending = name.rpartition(".")
    known = ending in ("csv", "parquet") and stem in (*NAMES, "data-dictionary")
    return known or name in ("README.txt", "data-dictionary.md")


def _fill(folder: Path, town: Town, names: Sequence[str]) -> None:
    from pyarrow import csv, parquet

    for name in names:
        arrow = as_arrow(town.table(name))
        csv.write_csv(arrow, folder / f"{name}.csv")
        parquet.write_table(arrow, folder / f"{name}.parquet")
    (folder / "data-dictionary.md").write_text(as_markdown(town, names), "utf-8")
    (folder / "data-dictionary.csv").write_text(as_csv(town, names), "utf-8")
    told = README.format(
        people=town.people, seed=town.seed, locale=town.locale, column=MARK_COLUMN, mark=MARK
    )
    (folder / "README.txt").write_text(told, "utf-8")


def as_arrow(table: Table) -> pa.Table:
    """A table for pyarrow with the watermark as its last column and in its metadata."""
    import pyarrow as pa

    columns = {name: pa.array(values) for name, values in table.columns.items()}
    columns[MARK_COLUMN] = pa.array([MARK] * len(table), pa.string())
    return pa.table(columns).replace_schema_metadata(
        {"watermark": MARK, "table": table.name, "about": "Invented district Fernleigh"}
    )


def _swap(new: Path, folder: Path) -> None:
    """The new folder takes the name; an older one goes only once the new one stands."""
    if not folder.exists():
        new.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    try:
        folder.rename(old / "was")
        try:
            new.rename(folder)
        except OSError:
            (old / "was").rename(folder)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
