"""Fernleigh as a whole: twelve linked tables, each made when it is first asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType

from modules.basics import BadInput
from modules.synth.core import Core, grow
from modules.synth.made import Growing, Made
from modules.synth.names import pools
from modules.synth.planted import Planted, known
from modules.synth.table import Table
from modules.synth.tables import (
    claims,
    council_tax,
    housing,
    incidents,
    lookups,
    referrals,
    residents,
    schools,
    scores,
    staff,
    taps,
    voters,
)

BUILDERS: Mapping[str, Callable[[Growing], Made]] = MappingProxyType(
    {
        "residents": residents.build,
        "benefit_claims": claims.build,
        "health_referrals": referrals.build,
        "housing": housing.build,
        "school_attendance": schools.build,
        "transport_taps": taps.build,
        "staff": staff.build,
        "access_log": lookups.build,
        "voter_register": voters.build,
        "ai_scores": scores.build,
        "council_tax": council_tax.build,
        "police_incidents": incidents.build,
    }
)
NAMES = tuple(BUILDERS)
# What a careless or a lawful publisher would take out of a table before it leaves the house.
WITHHELD = {
    "health_referrals": ("referral_id", "resident_id"),
    "voter_register": ("resident_id",),
    "transport_taps": ("resident_id",),
}
FEWEST, MOST = 100, 1_000_000
# Larger towns are made each time: one of 100,000 residents holds about 250 MB.
KEEP_BELOW = 20_000


class Town:
    """One Fernleigh: the same for the same number of people, seed and locale, on any machine.

    Tables are read-only and made on demand; several threads may ask.
    """

    def __init__(self, people: int, seed: str, locale: str) -> None:
        self.people, self.seed, self.locale = people, seed, locale
        self._lock = threading.RLock()
        self._made: dict[str, Made] = {}
        self._tables: dict[str, Table] = {}

    @cached_property
    def core(self) -> Core:
        """The town before its tables."""
        return grow(self.people, self.seed, self.locale)

    def table(self, name: str) -> Table:
        """A table by name. Raises BadInput for one that is not among the twelve."""
        if name not in BUILDERS:
            raise BadInput(f"There is no table “{name}”. Fernleigh has {', '.join(NAMES)}.")
        with self._lock:
            if name not in self._tables:
                self._made[name] = BUILDERS[name](self)
                self._tables[name] = Table(name, self._made[name].columns)
            return self._tables[name]

    def made(self, name: str) -> Made:
        """A table with what was planted in it."""
        self.table(name)
        return self._made[name]

    def release(self, name: str) -> Table:
        """A table as it is published: without the numbers that link it to residents.

        ``health_referrals`` carries no name then but postcode, date of birth and sex;
        ``voter_register`` is the public list. Row for row the same as ``table(name)``, which knows
        whose row each is.
        """
        whole = self.table(name)
        hidden = WITHHELD.get(name, ())
        return whole.select([column for column in whole.columns if column not in hidden])

    @property
    def tables(self) -> dict[str, Table]:
        """All twelve tables by name."""
        return {name: self.table(name) for name in NAMES}

    @cached_property
    def planted(self) -> Planted:
        """What was planted, for graders: never shown to a learner before an attempt."""
        return known(self)


def fernleigh(people: int = 5000, seed: str = "fernleigh", locale: str = "en_GB") -> Town:
    """The invented district with ``people`` residents' records, 100 to 1,000,000.

    ``locale`` changes names and nothing else. Raises BadInput for a number out of range, an empty
    seed or an unknown locale. Towns below 20,000 are kept, the eight asked for last.
    """
    if not FEWEST <= people <= MOST:
        raise BadInput(f"Fernleigh can have {FEWEST:,} to {MOST:,} residents, not {people:,}.")
    if not seed.strip():
        raise BadInput("The seed is empty. Any word or number will do.")
    pools(locale)
    return _kept(people, seed, locale) if people < KEEP_BELOW else Town(people, seed, locale)


@lru_cache(maxsize=8)
def _kept(people: int, seed: str, locale: str) -> Town:
    return Town(people, seed, locale)
