"""The town's figures for a proposal, cut by group: what the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from modules.labs.libraries import need

if TYPE_CHECKING:
    from modules.synth import Town

TOWN_SEED = "fernleigh"
"""One town for everybody: the learner's seed picks the proposal and the order of things."""
SECONDARY = ("Weir Valley School", "Castle Gate School", "Beacon Academy")
AGES = ((18, "18-34"), (35, "35-49"), (50, "50-64"), (65, "65-79"), (80, "80+"))
MISSED = 0.1
"""The share of a year's sessions above which a pupil counts as having missed much."""


class Bar(NamedTuple):
    """One group's figure: ``hits`` for ``base`` of it."""

    value: str
    base: int
    hits: int

    def rate(self, per: int) -> float:
        """Hits for every ``per`` of the base; 0 where there is no base."""
        return per * self.hits / self.base if self.base else 0.0


Cuts = Mapping[str, tuple[Bar, ...]]


def town(people: int) -> Town:
    """The town of the lab, with ``people`` residents."""
    made: Town = need("modules.synth").fernleigh(people=people, seed=TOWN_SEED)
    return made


@lru_cache(maxsize=8)
def figures(people: int, measure: str) -> Cuts:
    """For each cut its groups. Each cut adds up to the same base and hits: those of the town."""
    of = {"visits": _visits, "absence": _absence, "records": _records}[measure]
    base, hits, labels = of(people)
    return {cut: _bars(base, hits, of_cut) for cut, of_cut in labels.items()}


def whole(cuts: Cuts) -> Bar:
    """The town's own figure."""
    bars = next(iter(cuts.values()))
    return Bar("", sum(bar.base for bar in bars), sum(bar.hits for bar in bars))


def _bars(base: Any, hits: Any, labels: Any) -> tuple[Bar, ...]:
    numpy = need("numpy")
    names, place = numpy.unique(labels, return_inverse=True)
    bases, counts = numpy.bincount(place, base), numpy.bincount(place, hits)
    return tuple(
        Bar(str(name), int(one), int(two))
        for name, one, two in zip(names.tolist(), bases, counts, strict=True)
    )


def ages(age: int) -> str:
    """The age group of an adult."""
    return next(label for start, label in reversed(AGES) if age >= start)


def _visits(people: int) -> tuple[Any, Any, Mapping[str, Any]]:
    """Offers of a visit, by adults who have a benefit in payment: a rough sign of need."""
    numpy = need("numpy")
    scores, claims = town(people).table("ai_scores"), town(people).table("benefit_claims")
    folk = town(people).table("residents")
    paid = claims["resident_id"][claims["status"] == "in payment"]
    sexes = dict(zip(folk["resident_id"].tolist(), folk["sex"].tolist(), strict=True))
    return (
        numpy.isin(scores["resident_id"], paid),
        scores["offered_help"],
        {
            "ward": scores["ward"],
            "age": numpy.array([ages(age) for age in scores["age"].tolist()]),
            "sex": numpy.array([sexes[one] for one in scores["resident_id"].tolist()]),
        },
    )


def _absence(people: int) -> tuple[Any, Any, Mapping[str, Any]]:
    """Pupils who missed more than a tenth of the year's sessions."""
    numpy = need("numpy")
    terms, folk = town(people).table("school_attendance"), town(people).table("residents")
    homes = town(people).table("housing")
    pupils, first, place = numpy.unique(
        terms["resident_id"], return_index=True, return_inverse=True
    )
    sessions = numpy.bincount(place, terms["sessions"])
    missed = 1 - numpy.bincount(place, terms["attended"]) / sessions
    at = dict(zip(folk["resident_id"].tolist(), folk["property_id"].tolist(), strict=True))
    damp = dict(zip(homes["property_id"].tolist(), homes["damp"].tolist(), strict=True))
    schools = terms["school"][first].tolist()
    return (
        numpy.ones(len(pupils)),
        missed > MISSED,
        {
            "home": numpy.array(["damp" if damp[at[one]] else "dry" for one in pupils.tolist()]),
            "school": numpy.array([one if one in SECONDARY else "primary" for one in schools]),
            "meals": numpy.where(terms["free_meals"][first], "free", "paid"),
            "support": terms["support"][first],
        },
    )


def _records(people: int) -> tuple[Any, Any, Mapping[str, Any]]:
    """Look-ups for which no reason was written down, by how near the officer lives."""
    numpy = need("numpy")
    log, staff = town(people).table("access_log"), town(people).table("staff")
    folk = town(people).table("residents")
    home = {
        one: (building, postcode)
        for one, building, postcode in zip(
            *(folk[name].tolist() for name in ("resident_id", "property_id", "postcode")),
            strict=True,
        )
    }
    mine = dict(zip(staff["staff_id"].tolist(), staff["resident_id"].tolist(), strict=True))
    ties = []
    for officer, seen in zip(log["staff_id"].tolist(), log["resident_id"].tolist(), strict=True):
        near, far = home.get(mine[officer]), home.get(seen)
        if near is None or far is None or near[1] != far[1]:
            ties.append("none")
        else:
            ties.append("home" if near[0] == far[0] else "postcode")
    return (
        numpy.ones(len(log)),
        log["reason"] == "",
        {"tie": numpy.array(ties), "system": log["system"]},
    )
