"""transport_taps: the taps of registered travel cards in one week, 6 to 12 July 2026."""

from __future__ import annotations

import numpy as np

from modules.synth.draws import Column, chance, coded, pick, stream, texts
from modules.synth.lives import EMPLOYED, SELF_EMPLOYED, STUDENT
from modules.synth.made import Growing, Made
from modules.synth.people import FIRST_NUMBER
from modules.synth.places import DEPRIVATION, STOPS, WARD_NAMES
from modules.synth.tables.residents import resident_ids

MONDAY = np.datetime64("2026-07-06")
FARES = texts(["child", "adult", "concession"])
_STOPS = texts(STOPS)
# Where work and shops are, by ward.
_DRAW = np.array([[3, 9, 12, 3, 4, 16, 10, 3, 3, 2, 2, 2]], float)
PER_WARD = 4
# Chance of going out on a working day and at the weekend: workers, pupils, others.
_GOES = np.array([[0.84, 0.30], [0.88, 0.26], [0.34, 0.26]])
# Mean and spread of the hours of going and coming back.
_OUT = np.array([[7.9, 0.6], [8.1, 0.25], [10.9, 1.5]])
_BACK = np.array([[17.3, 0.9], [15.5, 0.5], [14.6, 1.6]])


def build(town: Growing) -> Made:
    """Two taps for each journey out and back, in the order of time."""
    core = town.core
    seed, people = core.seed, core.people
    age, job = people.age, core.lives.employment
    share = (age >= 11) * np.clip(0.30 + 0.22 * DEPRIVATION[core.ward], 0, 1)
    holder = np.flatnonzero(
        chance(stream(seed, "taps/holder"), share, len(people)) & ~people.double
    )
    worker = np.isin(job[holder], (EMPLOYED, SELF_EMPLOYED))
    pupil = (age[holder] < 17) | (job[holder] == STUDENT)
    kind = np.where(worker, 0, np.where(pupil, 1, 2))
    count = len(holder)
    weekend = (np.arange(7) >= 5).astype(int)
    goes = stream(seed, "taps/goes").random((count, 7)) < _GOES[kind][:, weekend]
    who, day = np.nonzero(goes)
    zeros = np.zeros(count, int)
    usual = pick(stream(seed, "taps/usual"), _DRAW, zeros) * PER_WARD
    usual += stream(seed, "taps/usual-stop").integers(0, PER_WARD, count)
    home = core.ward[holder] * PER_WARD + people.household[holder] % PER_WARD
    out = _moment(seed, "out", _OUT[kind[who]], day, 5.2, 13.5)
    back = _moment(seed, "back", _BACK[kind[who]], day, 13.6, 23.8)
    when = np.concatenate([out, back])
    order = np.argsort(when, kind="stable")
    rider = np.concatenate([who, who])[order]
    stop = np.concatenate([home[who], usual[who]])[order]
    fare = np.where(age[holder] < 16, 0, np.where(age[holder] >= 66, 2, 1))
    cards = np.argsort(stream(seed, "taps/card").random(count), kind="stable")
    columns = {
        "tap_id": coded("T", FIRST_NUMBER + np.arange(len(order)), 8),
        "card_id": coded("C", FIRST_NUMBER + cards, 7)[rider],
        "resident_id": resident_ids(holder)[rider],
        "tapped_at": when[order],
        "stop": _STOPS[stop],
        "ward": WARD_NAMES[stop // PER_WARD],
        "fare": FARES[fare][rider],
    }
    return Made(columns)


def _moment(
    seed: str, name: str, about: Column, day: Column, earliest: float, latest: float
) -> Column:
    """Times to the second on days of that week."""
    drawn = stream(seed, f"taps/{name}").normal(about[:, 0], about[:, 1])
    hours = np.clip(drawn, earliest, latest)
    seconds = (hours * 3600).astype(np.int64) + day * 86400
    return np.asarray(MONDAY.astype("datetime64[s]") + seconds.astype("timedelta64[s]"))
