"""Who carries the harm, counted on another path than the page's: what the grader knows.

The figures of a page come from `figures`. Here need is taken from what was planted in the town, and
the rest from plain rows, so that a slip in one path shows as a difference between the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from modules.labs.ethics_canvas.figures import MISSED, SECONDARY, ages, town
from modules.labs.ethics_canvas.options import Proposal

Group = tuple[str, str]
FEW, MANY, MUCH = 0.9, 2.0, 10.0
"""A group stands out below 0.9 of the town's reach, from 2 times its absences, 10 its looks."""


@lru_cache(maxsize=8)
def standing(people: int, measure: str) -> frozenset[Group]:
    """The groups (cut, value) that stand out in a measure."""
    count = {"visits": _unreached, "absence": _absent, "records": _curious}[measure]
    return count(people)


def carried(people: int, proposal: Proposal) -> tuple[str, ...]:
    """The ids of the proposal's groups that stand out, in its order."""
    out = standing(people, proposal.measure)
    return tuple(one.id for one in proposal.groups if (one.cut, one.value) in out)


def _rates(base: Mapping[Group, int], hits: Mapping[Group, int]) -> dict[Group, float]:
    return {group: hits.get(group, 0) / number for group, number in base.items() if number}


def _unreached(people: int) -> frozenset[Group]:
    """Wards, ages and sexes in which few of those who truly need help are offered it."""
    made = town(people)
    sexes = {row["resident_id"]: row["sex"] for row in made.table("residents").rows()}
    base: Counter[Group] = Counter()
    hits: Counter[Group] = Counter()
    needs = made.planted.true_need.tolist()
    for row, truly in zip(made.table("ai_scores").rows(), needs, strict=True):
        if not truly:
            continue
        own = {"ward": row["ward"], "age": ages(row["age"]), "sex": sexes[row["resident_id"]]}
        for group in (*own.items(), ("", "")):
            base[group] += 1
            hits[group] += bool(row["offered_help"])
    rates = _rates(base, hits)
    bar = FEW * rates.pop(("", ""))
    return frozenset(group for group, rate in rates.items() if rate < bar)


def _absent(people: int) -> frozenset[Group]:
    """Homes, schools and kinds of support with many pupils who missed much of the year."""
    made = town(people)
    damp = {row["property_id"]: row["damp"] for row in made.table("housing").rows()}
    home = {row["resident_id"]: row["property_id"] for row in made.table("residents").rows()}
    year: dict[str, list[int]] = {}
    own: dict[str, dict[str, str]] = {}
    for row in made.table("school_attendance").rows():
        pupil = row["resident_id"]
        sums = year.setdefault(pupil, [0, 0])
        sums[0] += row["sessions"]
        sums[1] += row["sessions"] - row["attended"]
        own.setdefault(
            pupil,
            {
                "home": "damp" if damp[home[pupil]] else "dry",
                "school": row["school"] if row["school"] in SECONDARY else "primary",
                "meals": "free" if row["free_meals"] else "paid",
                "support": row["support"],
            },
        )
    base: Counter[Group] = Counter()
    hits: Counter[Group] = Counter()
    for pupil, (sessions, missed) in year.items():
        for group in (*own[pupil].items(), ("", "")):
            base[group] += 1
            hits[group] += missed > MISSED * sessions
    rates = _rates(base, hits)
    bar = MANY * rates.pop(("", ""))
    return frozenset(group for group, rate in rates.items() if rate >= bar)


def _curious(people: int) -> frozenset[Group]:
    """Ties and systems on which the curious look-ups fall that were planted in the log."""
    made = town(people)
    planted = {one for events in made.planted.curious.values() for one in events}
    folk = {row["resident_id"]: row for row in made.table("residents").rows()}
    officer = {row["staff_id"]: folk.get(row["resident_id"]) for row in made.table("staff").rows()}
    base: Counter[Group] = Counter()
    hits: Counter[Group] = Counter()
    for row in made.table("access_log").rows():
        one, two = officer[row["staff_id"]], folk.get(row["resident_id"])
        tie = "none"
        if one and two and one["property_id"] == two["property_id"]:
            tie = "home"
        elif one and two and one["postcode"] == two["postcode"]:
            tie = "postcode"
        for group in (("tie", tie), ("system", row["system"]), ("", "")):
            base[group] += 1
            hits[group] += row["event_id"] in planted
    rates = _rates(base, hits)
    bar = MUCH * rates.pop(("", ""))
    return frozenset(group for group, rate in rates.items() if rate >= bar)
