"""Logs of evidence for tests and benches: many entries, quickly, of every kind."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, date, datetime, timedelta

from modules import evidence

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def fill(session, org_id, *, entries, people=50, seed=1, at_once=20_000):
    """Add so many entries about so many people; gives the people's ids."""
    rng = random.Random(seed)
    ids = [uuid.UUID(int=rng.getrandbits(128)) for _ in range(people)]
    names = {one: f"Person {number:06}" for number, one in enumerate(ids)}
    for first in range(0, entries, at_once):
        many = range(first, min(entries, first + at_once))
        deeds = [deed(rng, ids, names, NOW + timedelta(seconds=7 * number)) for number in many]
        evidence.record_all(session, org_id=org_id, deeds=deeds)
    return ids


def deed(rng, ids, names, at):
    """Mostly completions; now and then a right is given or an exemption."""
    who, by = rng.choice(ids), rng.choice(ids[:5])
    personal = {"name": names[who], "email": f"{who.hex[:12]}@example.org"}
    kind = rng.choices(("completion", "right_given", "exemption"), (90, 6, 4))[0]
    module = f"M{rng.randrange(1, 19):02}"
    if kind == "completion":
        facts = {
            "module": module,
            "version": "1.2",
            "sha256": f"{rng.getrandbits(256):064x}",
            "path": "A",
            "valid_until": date(2027, 11, 1),
        }
        return evidence.Deed(kind, at, who, facts, personal)
    personal |= {"by_name": names[by]}
    if kind == "exemption":
        facts = {"module": module, "until": None}
        return evidence.Deed(kind, at, who, facts, personal | {"ground": "on leave"}, by)
    facts = {"role": "lead", "unit": None, "names": False, "ends": date(2027, 1, 31)}
    return evidence.Deed(kind, at, who, facts, personal, by)
