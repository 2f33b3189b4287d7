"""staff: who works for the council on residents' records; most of them live in Fernleigh too."""

from __future__ import annotations

import numpy as np

from modules.synth import contacts
from modules.synth.draws import Column, coded, joined, lowest, pick, stream, texts
from modules.synth.lives import EMPLOYED
from modules.synth.made import Growing, Made
from modules.synth.names import others
from modules.synth.people import AS_OF, FIRST_NUMBER
from modules.synth.tables.residents import resident_ids

SHARE, LEAST, LOCAL = 0.03, 40, 0.6
TEAMS = texts(
    [
        "Benefits",
        "Revenues",
        "Tenancy services",
        "Care referrals",
        "Customer contact",
        "Homelessness and advice",
        "Data and insight",
        "ICT services",
    ]
)
BENEFITS, REVENUES, TENANCY, REFERRALS, CONTACT = range(5)
_TEAM_WEIGHTS = np.array([[0.22, 0.14, 0.15, 0.11, 0.18, 0.10, 0.05, 0.05]])
JOBS = texts(
    [
        "Benefits officer",
        "Revenues officer",
        "Housing officer",
        "Referrals coordinator",
        "Customer adviser",
        "Housing adviser",
        "Analyst",
        "Systems officer",
    ]
)
PATTERNS = texts(["days", "early", "late"])
HOURS = np.array([[8, 17], [7, 13], [12, 20]])
_OFFICE = texts([f"192.0.2.{number}" for number in range(256)])


def size_of(people: int) -> int:
    """How many people work for a town of ``people`` records."""
    return max(LEAST, round(SHARE * people))


def staff_ids(rows: Column) -> Column:
    """The identifiers of staff by their row."""
    return coded("S", FIRST_NUMBER + np.asarray(rows), 6)


def build(town: Growing) -> Made:
    """One row for each employee. Those living in Fernleigh carry their resident's number."""
    core, residents = town.core, town.table("residents")
    people = core.people
    count = size_of(len(people))
    fit = (core.lives.employment == EMPLOYED) & ~people.double
    fit[core.mothers] = False
    rows = np.flatnonzero(fit)
    local = min(len(rows), round(LOCAL * count))
    at_home = rows[lowest(stream(core.seed, "staff/local"), np.ones(len(rows)), local)]
    resident = np.full(count, -1)
    places = np.argsort(stream(core.seed, "staff/places").random(count), kind="stable")[:local]
    resident[places] = at_home
    lives_here = resident >= 0
    first, last = others(core, "staff", count)
    first = np.where(lives_here, residents["first_name"][resident], first)
    last = np.where(lives_here, residents["last_name"][resident], last)
    everyone = np.arange(count)
    team = pick(stream(core.seed, "staff/team"), _TEAM_WEIGHTS, np.zeros(count, int))
    # Every team has somebody in the smallest town, too.
    team = np.where(everyone < 2 * len(TEAMS), everyone % len(TEAMS), team)
    pattern = pick(stream(core.seed, "staff/pattern"), np.array([[7, 2, 1]]), np.zeros(count, int))
    tenure = stream(core.seed, "staff/started").gamma(1.8, 1100, count).astype(np.int64)
    identifiers = staff_ids(everyone)
    columns = {
        "staff_id": identifiers,
        "resident_id": np.where(lives_here, resident_ids(np.maximum(resident, 0)), ""),
        "first_name": first,
        "last_name": last,
        "team": TEAMS[team],
        "job": JOBS[team],
        "pattern": PATTERNS[pattern],
        "works_from": HOURS[pattern, 0],
        "works_until": HOURS[pattern, 1],
        "started_on": AS_OF - (40 + np.minimum(tenure, 9000)).astype("timedelta64[D]"),
        "email": joined(coded("s", FIRST_NUMBER + everyone, 6), "@fernleigh.example"),
        "phone": contacts.landlines(core.seed, count),
        "workstation": _OFFICE[1 + everyone % 250],
    }
    return Made(columns, {"team": team, "pattern": pattern, "resident": resident})


def members(team: Column, one: int) -> Column:
    """The rows of a team."""
    return np.flatnonzero(team == one)
