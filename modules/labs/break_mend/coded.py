"""The town's two tables as numbers: what differs is a code, what is alike the same one.

So the attack and the counts work on whole numbers at every level, and are quick.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from modules.labs.break_mend.levels import OLDEST, TOP, Setting
from modules.labs.libraries import need
from modules.synth import AS_OF, Table, Town, fernleigh, years

if TYPE_CHECKING:
    import numpy
    import pandas as pd

    Column = numpy.ndarray[Any, Any]


@dataclass(frozen=True)
class Coded:
    """One table as numbers: ``areas`` and ``births`` by level, ``age``, ``sex`` and ``who``."""

    areas: dict[str, Column]
    year: Column
    date: Column
    age: Column
    sex: Column
    who: Column

    def where(self, kept: Column) -> Coded:
        """Only some rows."""
        return Coded(
            {level: codes[kept] for level, codes in self.areas.items()},
            *(one[kept] for one in (self.year, self.date, self.age, self.sex, self.who)),
        )

    def births(self, level: str, top: str) -> Column:
        """Codes of birth at a level. Ages of the oldest group are one code below all others."""
        np = need("numpy")
        ends = TOP if top == "60" else OLDEST
        if level in ("date", "year"):
            codes = self.date if level == "date" else self.year
            return codes if top == "none" else np.where(self.age < ends, codes, -1)
        bands: Column = np.where(self.age < ends, self.age // int(level) * int(level), -1)
        return bands

    def frame(self, setting: Setting) -> pd.DataFrame:
        """The quasi-identifiers that a setting releases, one row for each row here."""
        columns = {
            "area": self.areas[setting.area],
            "birth": self.births(setting.birth, setting.top),
            "sex": self.sex,
        }
        frame: pd.DataFrame = need("pandas").DataFrame(
            {name: columns[name] for name in setting.names()}
        )
        return frame


def town() -> Town:
    """Fernleigh as it always is: the learner's citizen lives there."""
    return fernleigh()


@cache
def both_tables() -> tuple[Coded, Coded]:
    """Referrals and register, all of both, in one numbering."""
    np = need("numpy")
    referrals, register = town().table("health_referrals"), town().table("voter_register")
    tables = (referrals, register)
    wards = {name: code for code, name in enumerate(_ward_names())}
    codes = [_coded_areas(one, wards) for one in tables]
    # Postcodes and people have one numbering in both tables, else nothing could be compared.
    for level, texts in (("postcode", _postcodes), ("sector", _sectors)):
        shared = np.unique(np.concatenate([texts(one) for one in tables]), return_inverse=True)[1]
        codes[0][level], codes[1][level] = shared[: len(referrals)], shared[len(referrals) :]
    people = np.concatenate([one["resident_id"] for one in tables])
    who = np.unique(people, return_inverse=True)[1]
    parts = (who[: len(referrals)], who[len(referrals) :])
    first, second = (
        Coded(areas, *_born(one), (one["sex"] == "F").astype(int), ids)
        for one, areas, ids in zip(tables, codes, parts, strict=True)
    )
    return first, second


def _born(table: Table) -> tuple[Column, Column, Column]:
    born = table["date_of_birth"].astype("datetime64[D]")
    year = born.astype("datetime64[Y]").astype(int) + 1970
    return year, born.astype(int), years(born, AS_OF)


def _ward_names() -> list[str]:
    """The wards in the order of their district, QF1 first, so that neighbours are near."""
    np = need("numpy")
    residents = town().table("residents")
    district = np.char.partition(residents["postcode"], " ")[:, 0]
    names = dict(zip(district.tolist(), residents["ward"].tolist(), strict=True))
    return [names[code] for code in sorted(names, key=lambda one: int(one[2:]))]


def _coded_areas(table: Table, wards: dict[str, int]) -> dict[str, Column]:
    np = need("numpy")
    ward = np.array([wards[name] for name in table["ward"].tolist()])
    return {"ward": ward, "wards": ward // 3, "all": np.zeros(len(ward), int)}


def _postcodes(table: Table) -> Column:
    return table["postcode"]


def _sectors(table: Table) -> Column:
    np = need("numpy")
    sectors: Column = np.array([code[:-2] for code in table["postcode"].tolist()])
    return sectors
