"""access_log: who opened whose record, when, for which case; and some who only wanted to know.

Ordinary look-ups fall into the working hours of their staff and carry a case, or a caller's
request. The curious ones were planted: see ``curious`` in what the grader knows.
"""

from __future__ import annotations

import numpy as np

from modules.synth.draws import Column, pick, stream, texts
from modules.synth.draws import coded as coded_text
from modules.synth.made import Growing, Made
from modules.synth.people import AS_OF, FIRST_NUMBER
from modules.synth.tables.curious import Curious, curiosities
from modules.synth.tables.residents import resident_ids, row_of
from modules.synth.tables.staff import (
    BENEFITS,
    CONTACT,
    REFERRALS,
    REVENUES,
    TEAMS,
    TENANCY,
    members,
)

PER_PERSON = 1.6
DAYS = 61
SYSTEMS = texts(["benefits", "council tax", "housing", "care referrals"])
_BUSY = np.array([[44, 22, 20, 14]])
TEAM_OF = (BENEFITS, REVENUES, TENANCY, REFERRALS)
_SOURCE = (
    ("benefit_claims", "claim_id"),
    ("council_tax", "account_id"),
    ("housing", "property_id"),
    ("health_referrals", "referral_id"),
)
ACTIONS = texts(["view", "edit", "print", "export"])
REASONS = texts(["claim review", "payment query", "tenancy visit", "referral"])
CALLER = "caller asked"


def working_days() -> Column:
    """Mondays to Fridays of June and July 2026."""
    days = AS_OF - np.arange(DAYS)[::-1].astype("timedelta64[D]")
    return np.asarray(days[np.is_busday(days)])


def build(town: Growing) -> Made:
    """One row for each look-up in June and July 2026, in the order of time."""
    core, seed, staff = town.core, town.core.seed, town.table("staff")
    count = max(200, round(PER_PERSON * len(core.people)))
    zeros = np.zeros(count, int)
    system = pick(stream(seed, "lookups/system"), _BUSY, zeros)
    which = stream(seed, "lookups/case").random(count)
    team = _teams(staff["team"])
    row, case = np.zeros(count, np.int64), np.zeros(count, "U9")
    worker = np.zeros(count, np.int64)
    hand = stream(seed, "lookups/hand").random(count)
    for place, (name, key) in enumerate(_SOURCE):
        here = system == place
        table = town.table(name)
        if not len(table):
            continue
        chosen = (which[here] * len(table)).astype(np.int64)
        row[here] = _residents(town, name, chosen)
        case[here] = table[key][chosen]
        crew = members(team, TEAM_OF[place])
        worker[here] = crew[(hand[here] * len(crew)).astype(np.int64)]
    own = (system == 0) & (stream(seed, "lookups/own").random(count) < 0.8)
    claims = town.table("benefit_claims")
    picked = (which[own] * len(claims)).astype(np.int64)
    worker[own] = row_of_staff(claims["caseworker_id"][picked])
    asked = stream(seed, "lookups/caller").random(count) < 0.12
    desk = members(team, CONTACT)
    worker[asked] = desk[(hand[asked] * len(desk)).astype(np.int64)]
    case[asked] = ""
    at = _times(town, worker)
    action = pick(stream(seed, "lookups/action"), np.array([[83, 13, 3.2, 0.8]]), zeros)
    reason = np.where(asked, CALLER, REASONS[system])
    ordinary = (at, worker, row, system, np.where(asked, 0, action), case, reason)
    return _written(town, ordinary, curiosities(town, team, working_days()))


def row_of_staff(identifiers: Column) -> Column:
    """The row of each ``S…`` identifier."""
    return row_of(identifiers)


def _teams(names: Column) -> Column:
    order = np.argsort(TEAMS, kind="stable")
    return np.asarray(order[np.searchsorted(TEAMS[order], names)])


def _residents(town: Growing, name: str, chosen: Column) -> Column:
    """Whose record a case opens: the claimant, the account's holder, the patient."""
    holder = "council_tax" if name == "housing" else name  # both run in the order of homes
    return row_of(town.table(holder)["resident_id"][chosen])


def _times(town: Growing, worker: Column) -> Column:
    """Seconds within each worker's hours, on working days."""
    staff, days = town.table("staff"), working_days()
    rng = stream(town.core.seed, "lookups/at")
    day = days[rng.integers(0, len(days), len(worker))].astype("datetime64[s]")
    start, end = staff["works_from"][worker] * 3600, staff["works_until"][worker] * 3600
    second = start + (rng.random(len(worker)) * (end - start)).astype(np.int64)
    return np.asarray(day + second.astype("timedelta64[s]"))


def _written(town: Growing, ordinary: tuple[Column, ...], curious: Curious) -> Made:
    """Both kinds put in the order of time, numbered, and the curious ones remembered."""
    parts = [np.concatenate([one, two]) for one, two in zip(ordinary, curious.events, strict=True)]
    order = np.argsort(parts[0], kind="stable")
    at, worker, row, system, action, case, reason = (part[order] for part in parts)
    kind = np.concatenate([np.zeros(len(ordinary[0]), int), curious.kind])[order]
    staff = town.table("staff")
    identifiers = coded_text("L", FIRST_NUMBER + np.arange(len(at)), 8)
    columns = {
        "event_id": identifiers,
        "at": at,
        "staff_id": staff["staff_id"][worker],
        "system": SYSTEMS[system],
        "action": ACTIONS[action],
        "resident_id": resident_ids(row),
        "case_ref": case,
        "reason": reason,
        "ip_address": staff["workstation"][worker],
    }
    found = {
        name: tuple(identifiers[kind == place].tolist())
        for place, name in enumerate(curious.names, 1)
    }
    return Made(columns, {"curious": found, "curious_staff": curious.staff})
