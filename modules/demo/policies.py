"""Fernleigh's own policies: two, each in two versions, acknowledged by a part of its people."""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from db.engine import insert_many
from db.tables import Acknowledgement, Policy, PolicyVersion, new_id
from modules.demo.days import clock, dawn, unhurried, working_before
from modules.demo.worker import AMIRA, MAREK, TOM, Body, Worker, mail
from modules.evidence import Deed

DUE_DAYS = 30
CLEAR_DESK = """# In the office

- Lock your screen whenever you stand up.
- Put papers that name citizens into a locked drawer before you leave.
- Fetch what you print at once. What nobody fetched goes into the locked bin.

# Elsewhere

- Nobody else reads along: mind windows, trains and cafés.
- Council papers never stay in a car overnight.
"""
CLEARER_DESK = CLEAR_DESK.replace(
    "Council papers never stay in a car overnight.",
    "Council papers never stay in a parked car.",
)
ASSISTANTS = """# What you may do

- Use the council’s own assistant for drafts, summaries and ideas.
- Check every answer before you rely on it. You answer for the text, not the assistant.

# What you never do

- Never give an assistant data about a citizen or a colleague.
- Never let it decide about a person.
"""
MORE_ASSISTANTS = f"""{ASSISTANTS}
# New in this version

- Meetings are recorded or summed up by an assistant only where everybody present agreed to it.
- Tell the IT service desk when an assistant shows you data that it should not know.
"""


@dataclass(frozen=True)
class Version:
    """A text, how many days ago it was published, and the share of people who acknowledged it."""

    body: str
    days_ago: int
    asks_again: bool
    share: float


POLICIES: Mapping[str, tuple[Version, ...]] = {
    "Clear desk and screen": (
        Version(CLEAR_DESK, 270, True, 0.88),
        Version(CLEARER_DESK, 120, False, 0.06),
    ),
    "Using AI assistants at work": (
        Version(ASSISTANTS, 180, True, 0.82),
        Version(MORE_ASSISTANTS, 16, True, 0.37),
    ),
}


def write(
    session: Session,
    *,
    org_id: uuid.UUID,
    body: Body,
    ids: Mapping[str, uuid.UUID],
    today: date,
    seed: int,
) -> Iterator[Deed]:
    """Write policies, versions and acknowledgements; gives what the log holds of these."""
    by = ids[mail(MAREK)]
    for title, versions in POLICIES.items():
        held = new_id()
        published = [dawn(working_before(today - timedelta(days=one.days_ago))) for one in versions]
        made = {"made_by": by, "made_at": published[0]}
        row = {"org_id": org_id, "id": held, "title": title, "due_days": DUE_DAYS}
        insert_many(session, Policy, [row | made])
        texts = [
            {
                "org_id": org_id,
                "policy_id": held,
                "number": number,
                "body": one.body.strip(),
                "asks_again": one.asks_again,
                "published_by": by,
                "published_at": at,
            }
            for number, (one, at) in enumerate(zip(versions, published, strict=True), start=1)
        ]
        insert_many(session, PolicyVersion, texts)
        said = []
        for number, one in enumerate(versions, start=1):
            begins = published[number - 1].date()
            ends = published[number].date() if number < len(versions) else today
            sha256 = hashlib.sha256(one.body.strip().encode()).hexdigest()
            facts = {"policy": title, "number": number, "sha256": sha256}
            for worker in body.people:
                rng = random.Random(f"policy/{seed}/{worker.email}/{title}/{number}")
                at = _when(worker, begins, ends, one.share, rng)
                if at is None:
                    continue
                person_id = ids[worker.email]
                key = {"org_id": org_id, "policy_id": held, "number": number}
                said.append({**key, "person_id": person_id, "acknowledged_at": at})
                name = {"name": f"{worker.given} {worker.family}", "email": worker.email}
                yield Deed("policy_acknowledged", at, person_id, facts, name)
        insert_many(session, Acknowledgement, said)


def _when(
    worker: Worker, begins: date, ends: date, share: float, rng: random.Random
) -> datetime | None:
    """When somebody acknowledged a version, if she did before the next one or before she left.

    Amira is new and has read nothing yet; Tom has yet to read the newest text.
    """
    begins = max(begins, worker.joined_on)
    until = min(ends, worker.left_on or ends)
    day = unhurried(begins + timedelta(days=min(int(rng.expovariate(1 / 9)), 40)), rng)
    willing = rng.random() < share
    if worker.email == mail(TOM):
        willing, day = (until - begins).days > DUE_DAYS, unhurried(begins + timedelta(days=3), rng)
    if worker.email == mail(AMIRA) or not willing or day >= until:
        return None
    return clock(day, rng)
