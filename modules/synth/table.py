"""A table: named columns of one length, read-only, with a fingerprint that no library changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from modules.basics import BadInput
from modules.synth.draws import Column

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Table:
    """``columns`` by name, in order. Text that is missing is empty, a missing date is NaT."""

    name: str
    columns: Mapping[str, Column]

    def __post_init__(self) -> None:
        for column in self.columns.values():
            column.setflags(write=False)  # towns are shared between learners

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, column: str) -> Column:
        return self.columns[column]

    def frame(self) -> pd.DataFrame:
        """The table for pandas, as a copy that may be changed."""
        import pandas as pd

        return pd.DataFrame({name: column.copy() for name, column in self.columns.items()})

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows as plain Python values: str, int, float, bool, date, datetime or None."""
        names = tuple(self.columns)
        for row in zip(*(column.tolist() for column in self.columns.values()), strict=True):
            yield dict(zip(names, row, strict=True))

    def select(self, columns: Sequence[str]) -> Table:
        """Only these columns, in this order. Raises BadInput for one that is not there."""
        if unknown := [name for name in columns if name not in self.columns]:
            raise BadInput(
                f"The table {self.name} has no column {', '.join(unknown)}. It has "
                f"{', '.join(self.columns)}."
            )
        return Table(self.name, {name: self.columns[name] for name in columns})

    def where(self, kept: Column) -> Table:
        """Only some rows: a mask, or their places in order."""
        return Table(self.name, {name: column[kept] for name, column in self.columns.items()})

    def fingerprint(self) -> str:
        """SHA-256 of names and values: text as UTF-8, the rest as 8 bytes, little end first."""
        digest = hashlib.sha256()
        for name, column in self.columns.items():
            digest.update(f"{name}\x1e{column.dtype.kind}\x1e".encode())
            digest.update(_bytes(column))
        return digest.hexdigest()


def _bytes(column: Column) -> bytes:
    if column.dtype.kind == "U":
        return "\x1f".join(column.tolist()).encode()
    if column.dtype.kind == "f":
        return column.astype("<f8").tobytes()
    if column.dtype.kind == "M":
        return column.astype("datetime64[s]").astype("<i8").tobytes()
    return np.asarray(column).astype("<i8").tobytes()
