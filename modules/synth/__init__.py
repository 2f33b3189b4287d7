"""Fernleigh, the invented district: twelve linked tables, and the citizen a learner's seed picks.

    from modules import synth

    town = synth.fernleigh(people=5000, seed="fernleigh", locale="en_GB")
    town.table("residents").frame()     # pandas; .columns, .rows(), .select([...]), .where(mask)
    town.release("health_referrals")    # as published: no names, no resident_id
    town.planted                        # what graders know
    synth.citizen("a learner's seed")   # one woman, her child, home, claim and clinic

All of it is drawn from numbers; nothing comes from real people's records. docs/fernleigh.md lists
the columns and what was planted.
"""

from __future__ import annotations

from modules.synth.citizen import Citizen, citizen
from modules.synth.people import AS_OF, years
from modules.synth.planted import Planted, Uniform
from modules.synth.table import Table
from modules.synth.town import NAMES, Town, fernleigh

__all__ = [
    "AS_OF",
    "NAMES",
    "Citizen",
    "Planted",
    "Table",
    "Town",
    "Uniform",
    "citizen",
    "fernleigh",
    "years",
]
