"""The town before its tables: households, people, homes, lives and health, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

from modules.synth.draws import Column
from modules.synth.dwellings import Dwellings, house
from modules.synth.health import Health, fall_ill
from modules.synth.households import Households, settle
from modules.synth.lives import Lives, live
from modules.synth.mothers import mothers
from modules.synth.people import People, doubles_of, populate


@dataclass(frozen=True)
class Core:
    """What every table draws on. Rows of people are records; households have their own order."""

    seed: str
    locale: str
    homes: Households
    people: People
    dwellings: Dwellings
    lives: Lives
    health: Health
    mothers: Column

    @property
    def ward(self) -> Column:
        """Each record's ward, as its place in the list of wards."""
        return self.homes.ward[self.people.household]


def grow(people: int, seed: str, locale: str) -> Core:
    """A town of ``people`` records. The locale is kept for whoever writes names."""
    homes = settle(seed, people - doubles_of(people))
    folk = populate(seed, homes, people)
    chosen = mothers(seed, homes, folk)
    dwellings = house(seed, homes, folk.household[chosen])
    lives = live(seed, homes, folk, dwellings)
    health = fall_ill(seed, homes, folk, dwellings, lives, chosen)
    return Core(seed, locale, homes, folk, dwellings, lives, health, chosen)
