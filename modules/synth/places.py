"""Fernleigh's map: twelve wards, 400 postcodes, streets, schools, clinics, stops. The same always.

Ward and postcode district agree: ward 1 is QF1. So a postcode can be coarsened to sector
(``QF1 2``), district (the ward) and area (``QF``, which no real postcode has).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from modules.synth.draws import Column, listed, texts

POSTCODES = 400
# Letters that the second half of a postcode uses, without those easily misread.
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True)
class Ward:
    """``share`` of households; ``deprivation`` 0 (least) to 1; ``older`` tilts ages upwards."""

    name: str
    share: float
    deprivation: float
    older: float
    flats: float


WARDS = (
    Ward("Eastfield", 0.110, 0.95, 0.7, 0.45),
    Ward("Harbour", 0.100, 0.88, 0.8, 0.60),
    Ward("Station", 0.095, 0.78, 0.6, 0.65),
    Ward("Weirside", 0.090, 0.66, 1.0, 0.30),
    Ward("Millbrook", 0.090, 0.58, 1.0, 0.25),
    Ward("Market", 0.085, 0.52, 0.8, 0.55),
    Ward("Castle", 0.080, 0.44, 1.2, 0.35),
    Ward("Larkfield", 0.080, 0.36, 1.6, 0.20),
    Ward("Orchard", 0.075, 0.30, 1.1, 0.15),
    Ward("Meadow End", 0.070, 0.22, 1.2, 0.12),
    Ward("Highfields", 0.065, 0.12, 1.4, 0.12),
    Ward("Beacon Hills", 0.060, 0.05, 1.5, 0.10),
)
WARD_NAMES = texts([ward.name for ward in WARDS])
DEPRIVATION = np.array([ward.deprivation for ward in WARDS])
FLATS = np.array([ward.flats for ward in WARDS])
OLDER = np.array([ward.older for ward in WARDS])
# In these two, need was written down less often than it was there.
UNDER_RECORDED = (0, 1)
# The ward of the care home whose older residents share one condition.
CARE_HOME_WARD = 7

_STEMS = listed(
    "Mill Weir Alder Barley Cobble Drover Ember Fallow Gorse Heron Ivy Juniper Kestrel Linnet "
    "Maple Nettle Otter Plover Quarry Rowan Sorrel Tanner Umber Vetch Willow Yarrow Bramble "
    "Cinder Dapple Fennel"
)
_KINDS = ("Lane", "Street", "Road", "Close", "Avenue", "Row", "Way")
SECONDARY = ("Weir Valley School", "Castle Gate School", "Beacon Academy")
# Which secondary school each ward sends its children to.
SECONDARY_OF = np.array([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
PRIMARY = tuple(f"{ward.name} Primary School" for ward in WARDS)
PRACTICES = (
    "Quayside Surgery",
    "Millpond Practice",
    "Castle Gate Surgery",
    "Beacon Family Practice",
)
STOPS = tuple(
    f"{ward.name} {place}" for ward in WARDS for place in ("Square", "School", "Bridge", "Green")
)


@dataclass(frozen=True)
class Map:
    """The 400 postcodes: text, ward, street, its side (0 odd, 1 even) and homes, as a weight."""

    postcode: Column
    ward: Column
    street: Column
    side: Column
    weight: Column


@cache
def chart() -> Map:
    """Fernleigh's postcodes. Sizes are skewed: the largest of a ward has about ten times the rest.

    Two postcodes share a street. Mill Lane and Weir Street lie in Weirside, by the river.
    """
    each = [POSTCODES // len(WARDS) + (n < POSTCODES % len(WARDS)) for n in range(len(WARDS))]
    wards = np.repeat(np.arange(len(WARDS)), each)
    place = np.concatenate([np.arange(n) for n in each])
    codes = []
    for ward, nth in zip(wards.tolist(), place.tolist(), strict=True):
        spot = (ward * 131 + nth * 37) % 400
        letters = _LETTERS[spot // 20] + _LETTERS[spot % 20]
        codes.append(f"QF{ward + 1} {1 + nth // 12}{letters}")
    weight = 1.0 / (1 + place) ** 0.75
    for ward, about in enumerate(WARDS):
        here = wards == ward
        weight[here] *= about.share / weight[here].sum()
    # The order of size is not the order of the alphabet.
    streets = texts([f"{stem} {kind}" for kind in _KINDS for stem in _STEMS])
    of_street = np.empty(POSTCODES, np.int64)
    homes_first = 3  # Weirside comes first, so that Mill Lane and Weir Street are there.
    order = np.argsort(np.where(wards == homes_first, -1, wards) * 100 + place, kind="stable")
    of_street[order] = np.arange(POSTCODES) // 2
    side = np.empty(POSTCODES, np.int64)
    side[order] = np.arange(POSTCODES) % 2
    return Map(texts(codes), wards, streets[of_street], side, weight)
