"""Names from Faker: pools of 500 for each locale, drawn once a process, then taken by number.

Every pool has the same length, so a number drawn for one locale fits all: another locale gives
other names and the same town. ``seed_instance`` and never the global seed, which all threads of a
server would share.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np

from modules.basics import BadInput
from modules.synth.core import Core
from modules.synth.draws import Column, stream, texts
from modules.synth.people import GROWN, PARTNER, SHARER

POOL = 500
LOCALES = (
    "en_GB",
    "en_US",
    "en_IN",
    "fr_FR",
    "es_ES",
    "pt_BR",
    "pt_PT",
    "de_DE",
    "it_IT",
    "nl_NL",
    "pl_PL",
    "ro_RO",
    "tr_TR",
    "sw",
    "hi_IN",
    "ar_SA",
    "ja_JP",
    "uk_UA",
)


@dataclass(frozen=True)
class Pools:
    """500 names each, common ones more than once."""

    women: Column
    men: Column
    families: Column


@cache
def pools(locale: str) -> Pools:
    """The pools of a locale. Raises BadInput for one that is not offered."""
    if locale not in LOCALES:
        raise BadInput(f"There are no names for “{locale}”. Choose one of {', '.join(LOCALES)}.")
    from faker import Faker

    source = Faker(locale)
    source.seed_instance(20260731)
    women = [source.first_name_female() for _ in range(POOL)]
    men = [source.first_name_male() for _ in range(POOL)]
    return Pools(*map(_plain, (women, men, [source.last_name() for _ in range(POOL)])))


def _plain(names: list[str]) -> Column:
    """One form of each letter, and no line breaks: what a comparison of names expects."""
    return texts([" ".join(unicodedata.normalize("NFC", name).split()) for name in names])


def named(core: Core) -> tuple[Column, Column]:
    """First and last name of every record. Families share one, as most do; typing slips differ."""
    people, pool = core.people, pools(core.locale)
    size = len(people)
    first = stream(core.seed, "names/first").integers(0, POOL, size)
    family = stream(core.seed, "names/family").integers(0, POOL, len(core.homes.kind))
    own = stream(core.seed, "names/own").integers(0, POOL, size)
    kept = stream(core.seed, "names/kept").random(size) < 0.28
    other = (people.role == SHARER) | ((people.role == PARTNER) & kept)
    other |= (people.role == GROWN) & (kept & (own % 5 == 0))
    last = np.where(other, own, family[people.household])
    same = people.original
    female = people.female[same]
    firsts = np.where(female, pool.women[first[same]], pool.men[first[same]])
    lasts = pool.families[last[same]]
    for row in np.flatnonzero(people.slip == 1).tolist():
        firsts[row] = slipped(str(firsts[row]))
    return firsts, lasts


def slipped(name: str) -> str:
    """A name as a hurried hand types it: two letters change places, or one is left out."""
    for place in range(1, len(name) - 1):
        if name[place] != name[place + 1]:
            return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[:-1] if len(name) > 1 else name + name


def others(core: Core, thing: str, count: int) -> tuple[Column, Column]:
    """First and last names of ``count`` people who are no residents."""
    pool, rng = pools(core.locale), stream(core.seed, f"names/{thing}")
    female = rng.random(count) < 0.55
    first, last = rng.integers(0, POOL, count), rng.integers(0, POOL, count)
    return np.where(female, pool.women[first], pool.men[first]), pool.families[last]
