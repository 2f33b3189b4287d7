"""The linkage attack: join two tables on what is alone in both, and score it against the truth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from modules.labs.break_mend.coded import Coded
from modules.labs.break_mend.extract import Extract, extract
from modules.labs.break_mend.levels import Setting
from modules.labs.libraries import need

if TYPE_CHECKING:
    import pandas as pd

    from modules.labs.break_mend.coded import Column


@dataclass(frozen=True)
class Found:
    """What an attack brings: pairs of (row of the extract, row of the register), by row.

    ``right`` says of each pair whether it is the same person. ``could`` is how many rows have
    their person on the register at all: nobody else can be found.
    """

    pairs: tuple[tuple[int, int], ...]
    right: tuple[bool, ...]
    could: int

    @property
    def rightly(self) -> int:
        """How many were found and are the right person."""
        return sum(self.right)

    @property
    def wrongly(self) -> int:
        """How many were found and are somebody else."""
        return len(self.right) - self.rightly

    @property
    def share(self) -> float:
        """Pairs, right or wrong, for each row whose person is on the register: 0.0 to about 1."""
        return len(self.pairs) / self.could if self.could else 0.0

    @property
    def right_share(self) -> float:
        """The share of those who could be found and were."""
        return self.rightly / self.could if self.could else 0.0


def join(rows: pd.DataFrame, register: pd.DataFrame) -> list[tuple[int, int]]:
    """Pairs of places of rows that agree in every column and are alone in both tables."""
    np = need("numpy")
    names = list(rows.columns)
    if not names or rows.empty:
        return []
    mine, theirs = (
        table.assign(at=np.arange(len(table))).drop_duplicates(names, keep=False)
        for table in (rows, register)
    )
    both = mine.merge(theirs, on=names, suffixes=("", "_register"))
    return sorted(zip(both["at"].tolist(), both["at_register"].tolist(), strict=True))


def _scored(one: Extract, pairs: list[tuple[int, int]], kept: Column) -> Found:
    np = need("numpy")
    places = np.flatnonzero(kept)
    real = tuple((int(places[row]), at) for row, at in pairs)
    right = tuple(bool(one.rows.who[row] == one.register.who[at]) for row, at in real)
    return Found(real, right, int(one.both.sum()))


@lru_cache(maxsize=256)
def linked(seed: str, link: tuple[str, ...]) -> Found:
    """The attack on the raw extract, on the fields that the learner has picked."""
    np = need("numpy")
    one = extract(seed)
    frames = [_fields(table, link) for table in (one.rows, one.register)]
    everyone = np.ones(len(one.places), bool)
    return _scored(one, join(frames[0], frames[1]), everyone)


def _fields(table: Coded, link: tuple[str, ...]) -> pd.DataFrame:
    columns = {
        "ward": table.areas["ward"],
        "postcode": table.areas["postcode"],
        "year": table.year,
        "date": table.date,
        "sex": table.sex,
    }
    frame: pd.DataFrame = need("pandas").DataFrame({name: columns[name] for name in link})
    return frame


def attacked(one: Extract, setting: Setting, kept: Column) -> Found:
    """The attack on a release: the register is made as coarse as the release, then joined."""
    rows = one.rows.frame(setting)[kept].reset_index(drop=True)
    return _scored(one, join(rows, one.register.frame(setting)), kept)
