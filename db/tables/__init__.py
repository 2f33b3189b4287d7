"""Every table, and nothing else."""

from db.tables.base import Base, Utc, core, new_id
from db.tables.corrections import ContentReport
from db.tables.evidence import RecordView, Refusal, Reminder, Snapshot
from db.tables.learning import (
    Answer,
    Attempt,
    Bundle,
    Certificate,
    Completion,
    Draft,
    Enrolment,
    HelpRequest,
    Note,
    Revision,
)
from db.tables.local import Change, LocalExample, LocalFact
from db.tables.people import (
    Identity,
    Organisation,
    Person,
    Placement,
    RoleGrant,
    SignIn,
    Unit,
)

__all__ = [
    "Answer",
    "Attempt",
    "Base",
    "Bundle",
    "Certificate",
    "Change",
    "Completion",
    "ContentReport",
    "Draft",
    "Enrolment",
    "HelpRequest",
    "Identity",
    "LocalExample",
    "LocalFact",
    "Note",
    "Organisation",
    "Person",
    "Placement",
    "RecordView",
    "Refusal",
    "Reminder",
    "Revision",
    "RoleGrant",
    "SignIn",
    "Snapshot",
    "Unit",
    "Utc",
    "core",
    "new_id",
]
