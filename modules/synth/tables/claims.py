"""benefit_claims: who claims what, from income, rent, work and health; with dates to mistrust."""

from __future__ import annotations

import numpy as np

from modules.synth.draws import Column, chance, coded, pick, sigmoid, stream, texts
from modules.synth.dwellings import COUNCIL
from modules.synth.health import NONE
from modules.synth.lives import CARER, RETIRED, UNABLE, UNEMPLOYED
from modules.synth.made import Growing, Made
from modules.synth.people import AS_OF, FIRST_NUMBER, HEAD
from modules.synth.tables.faults import spoiled
from modules.synth.tables.residents import resident_ids
from modules.synth.tables.staff import BENEFITS, TEAMS

BENEFIT_NAMES = texts(
    [
        "housing support",
        "council tax support",
        "income support",
        "disability support",
        "carer support",
        "pension top-up",
    ]
)
HOUSING, COUNCIL_TAX, INCOME, DISABILITY, CARE, PENSION = range(6)
STATUS = texts(["in payment", "under review", "closed", "refused"])
IN_PAYMENT, REFUSED = 0, 3
STALE_BEFORE = np.datetime64("2021-01-01")
_FLAT_RATE = np.array([0, 16, 71, 68, 62, 29])


def build(town: Growing) -> Made:
    """One row for each claim, by claim number; the numbers run with the dates."""
    core = town.core
    people, seed = core.people, core.seed
    rows, benefit, joint = _claimants(town)
    count = len(rows)
    mother = np.isin(rows, core.mothers) & (benefit == HOUSING)
    rng = stream(seed, "claims/claimed")
    grown_up = (AS_OF - people.born[rows]).astype(int) - 18 * 366
    ago = np.minimum(25 + np.minimum(rng.gamma(1.7, 700, count), 5000), grown_up)
    claimed = AS_OF - np.maximum(ago, 30).astype("timedelta64[D]")
    order = np.argsort(claimed, kind="stable")
    rows, benefit, claimed, mother = rows[order], benefit[order], claimed[order], mother[order]
    status = pick(stream(seed, "claims/status"), np.array([[82, 6, 9, 3]]), np.zeros(count, int))
    status[mother] = IN_PAYMENT
    decided = claimed + stream(seed, "claims/decided").integers(4, 24, count).astype(
        "timedelta64[D]"
    )
    span = (AS_OF - decided).astype(int)
    rng = stream(seed, "claims/checked")
    checked = AS_OF - (rng.random(count) * np.minimum(span, 500)).astype("timedelta64[D]")
    # Whoever was last checked twelve years ago had to be of age then.
    faults = spoiled(seed, "claims", checked, STALE_BEFORE, ~mother & (people.age[rows] > 30))
    # A check before the claim began cannot be either; those made stale did begin before.
    claimed[faults.stale] = np.minimum(
        claimed[faults.stale], faults.dates[faults.stale] - np.timedelta64(30, "D")
    )
    decided[faults.stale] = claimed[faults.stale] + np.timedelta64(9, "D")
    rent = core.dwellings.rent[people.household[rows]]
    rng = stream(seed, "claims/amount")
    part = np.clip(0.35 + 0.5 * rng.random(count), 0, 1)
    amount = np.where(benefit == HOUSING, rent * part, _FLAT_RATE[benefit] * (0.7 + 0.6 * part))
    amount = np.where(status == REFUSED, 0, np.round(amount, 2))
    team = np.flatnonzero(town.table("staff")["team"] == TEAMS[BENEFITS])
    worker = team[stream(seed, "claims/caseworker").integers(0, len(team), count)]
    size = (core.homes.adults + core.homes.children)[people.household[rows]]
    said = np.rint(joint[people.household[rows]] / 10) * 10
    identifiers = coded("B", FIRST_NUMBER + np.arange(count), 7)
    columns = {
        "claim_id": identifiers,
        "resident_id": resident_ids(rows),
        "ni_number": town.table("residents")["ni_number"][rows],
        "benefit": BENEFIT_NAMES[benefit],
        "status": STATUS[status],
        "claimed_on": claimed,
        "decided_on": decided,
        "last_checked": faults.dates,
        "weekly_amount": amount,
        "household_income": said.astype(np.int64),
        "household_size": size,
        "account_ending": coded("", stream(seed, "claims/account").integers(0, 10_000, count), 4),
        "health_element": (benefit == DISABILITY)
        | ((core.health.condition[rows] != NONE) & (benefit == INCOME)),
        "caseworker_id": town.table("staff")["staff_id"][worker],
    }
    planted = {
        "stale_checks": tuple(identifiers[faults.stale].tolist()),
        "impossible_checks": tuple(identifiers[faults.impossible].tolist()),
    }
    return Made(columns, planted)


def _claimants(town: Growing) -> tuple[Column, Column, Column]:
    """Rows and benefits of the claims, and the income of each household in pounds a year."""
    core = town.core
    people, lives, seed = core.people, core.lives, core.seed
    first = ~people.double
    joint = np.bincount(people.household, np.where(first, lives.income, 0), len(core.homes.kind))
    needs = 1 + 0.5 * (core.homes.adults - 1) + 0.3 * core.homes.children
    each = joint / needs
    head = first & (people.role == HEAD)
    claimant = np.zeros(len(core.homes.kind), np.int64)
    claimant[people.household[head]] = np.flatnonzero(head)
    claimant[people.household[core.mothers]] = core.mothers
    renting = core.dwellings.tenure >= COUNCIL
    count = len(claimant)
    home = np.zeros(count)
    home[people.household[core.mothers]] = 1
    likely = sigmoid((14500 - each) / 2600) * 0.88 * renting
    housing = chance(stream(seed, "claims/housing"), np.maximum(likely, home), count)
    likely = sigmoid((12500 - each) / 2400) * 0.75
    tax = chance(stream(seed, "claims/council-tax"), likely, count)
    size, job, ill = len(people), lives.employment, core.health.condition != NONE
    by_person = {
        INCOME: 0.72 * (job == UNEMPLOYED) + 0.45 * (job == UNABLE),
        DISABILITY: (ill & (people.age >= 18)) * (0.09 + 0.5 * (job == UNABLE)),
        CARE: 0.55 * (job == CARER),
        PENSION: (job == RETIRED) * sigmoid((9800 - lives.income) / 900) * 0.7,
    }
    rows, kinds = [claimant[housing], claimant[tax]], [HOUSING, COUNCIL_TAX]
    for kind, share in by_person.items():
        drawn = chance(stream(seed, f"claims/{BENEFIT_NAMES[kind]}"), share * first, size)
        rows.append(np.flatnonzero(drawn))
        kinds.append(kind)
    return np.concatenate(rows), np.repeat(kinds, [len(one) for one in rows]), joint
