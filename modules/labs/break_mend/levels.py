"""How coarse a release is: the levels of each field, finest first, and a setting of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

# Fernleigh's postcodes nest: QF8 1AB, sector QF8 1, district QF8 (which is the ward), three
# neighbouring wards, and QF, which is everybody.
AREAS = ("postcode", "sector", "ward", "wards", "all")
BIRTHS = ("date", "year", "5", "10", "20")
TOPS = ("none", "60")
LINKS = ("ward", "postcode", "year", "date", "sex")
"""What one may link on in the first part."""

OLDEST = 80
"""Bands end here in any case: “80 and over”."""
TOP = 60
LEAST_ROWS = 5
"""Groups with fewer rows are small."""


@dataclass(frozen=True)
class Setting:
    """One way to release the referrals. The untouched one only leaves the names out."""

    area: str = "postcode"
    birth: str = "date"
    top: str = "none"
    sex: bool = True
    suppress: bool = False

    def names(self) -> tuple[str, ...]:
        """The quasi-identifiers that the release has, as columns."""
        return ("area", "birth", "sex") if self.sex else ("area", "birth")

    def dump(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


OFFERED: dict[str, tuple[object, ...]] = {
    "area": AREAS,
    "birth": BIRTHS,
    "top": TOPS,
    "sex": (True, False),
    "suppress": (True, False),
}
