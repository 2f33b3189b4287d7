"""What Fernleigh has filled in for itself, and its one example; two details are left to fill in."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db.engine import insert_many
from db.tables import LocalExample, LocalFact

# Telephone numbers are of the range kept for drama, and nothing has this domain. They stand in
# brackets: a value stands in the middle of sentences, as in “Tell … now”.
VALUES = {
    "breach-contact": "the breach desk (0117 496 0112, day and night)",
    "data-protection-officer": "the data protection officer (0117 496 0144)",
    "secure-channel": "the Fernleigh secure mailbox",
    "approved-ai-tools": "the council’s own assistant, for drafts without citizen data",
    "data-protection-policy": "https://intranet.fernleigh.example/data-protection",
    "information-security-contact": "the IT service desk (0117 496 0100)",
    "sharing-lead": "the data sharing lead in Governance",
}
EXAMPLE = (
    "Before the winter we asked the housing team for a **list of cold homes**. Two of the five "
    "questions later it was a number for each street, and nobody had to be named."
)


def write(session: Session, *, org_id: uuid.UUID, by: uuid.UUID, when: datetime) -> None:
    """Write Fernleigh's own details and example, as its administrator did."""
    changed = {"org_id": org_id, "changed_by": by, "changed_at": when}
    rows = [{**changed, "key": key, "value": value} for key, value in VALUES.items()]
    insert_many(session, LocalFact, rows)
    place = {"module": "M01", "screen": "five-questions", "body": EXAMPLE}
    insert_many(session, LocalExample, [{**changed, **place}])
