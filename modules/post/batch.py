"""What the mails of one organisation say things about, read once for a batch of them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from db import duties, letters, refreshers_open
from db.duties import Duty as Asked
from db.letters import Reader
from db.outbox import Claimed
from db.refreshers_open import Owed
from modules import courses
from modules.post.reasons import Calendar


@dataclass
class Batch:
    """What the mails of one organisation need, read once for a batch."""

    zone: str
    today: date
    readers: Mapping[uuid.UUID, Reader]
    own: Mapping[uuid.UUID, list[Asked]]
    parts: Mapping[uuid.UUID, list[Owed]]
    titles: Mapping[str, str]
    # How many people are overdue for long whose own line cannot be told; read when first needed.
    stuck: int | None = field(default=None)

    def title(self, module: str) -> str:
        """A module's title; its id where the course has none."""
        return self.titles.get(module, module)


def batch(
    session: Session, org_id: uuid.UUID, zone: str, several: Sequence[Claimed], now: datetime
) -> Batch:
    """Read it for these mails of an organisation."""
    today = Calendar(()).hours(zone).day(now)
    ids = {one.person_id for one in several}
    readers = letters.readers(session, org_id=org_id, day=today, person_ids=ids)
    own: dict[uuid.UUID, list[Asked]] = defaultdict(list)
    for duty in duties.of_people(session, org_id=org_id, person_ids=ids, day=today):
        own[duty.person_id].append(duty)
    parts = refreshers_open.owed(session, org_id=org_id, day=today, person_ids=ids)
    titles = courses.titles(session, org_id=org_id)
    return Batch(zone, today, readers, own, parts, titles)
