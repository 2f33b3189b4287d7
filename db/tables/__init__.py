"""Every table, and nothing else."""

from db.tables.accounts import Account, Brake, OneTime
from db.tables.base import Base, Utc, core, new_id
from db.tables.corrections import ContentReport
from db.tables.directory import (
    GroupMember,
    PeopleGroup,
    RosterImport,
    RosterMapping,
    RosterUndo,
    ScimClient,
)
from db.tables.learning import (
    Answer,
    Attempt,
    Bundle,
    Certificate,
    Completion,
    Draft,
    Enrolment,
    HelpRequest,
    LooseAnswer,
    Note,
    Revision,
)
from db.tables.local import Change, LocalExample, LocalFact
from db.tables.people import Deputy, Organisation, Person, Placement, Unit, UnitPlace
from db.tables.rights import Identity, RoleGrant, SignIn, SignInStep
from db.tables.seen import RecordView, Refusal, Reminder, Snapshot
from db.tables.trust import (
    Agreement,
    AgreementSeen,
    Checkpoint,
    Evidence,
    EvidenceField,
    EvidenceHead,
    OwnRequest,
)

__all__ = [
    "Account",
    "Agreement",
    "AgreementSeen",
    "Answer",
    "Attempt",
    "Base",
    "Brake",
    "Bundle",
    "Certificate",
    "Change",
    "Checkpoint",
    "Completion",
    "ContentReport",
    "Deputy",
    "Draft",
    "Enrolment",
    "Evidence",
    "EvidenceField",
    "EvidenceHead",
    "GroupMember",
    "HelpRequest",
    "Identity",
    "LocalExample",
    "LocalFact",
    "LooseAnswer",
    "Note",
    "OneTime",
    "Organisation",
    "OwnRequest",
    "PeopleGroup",
    "Person",
    "Placement",
    "RecordView",
    "Refusal",
    "Reminder",
    "Revision",
    "RoleGrant",
    "RosterImport",
    "RosterMapping",
    "RosterUndo",
    "ScimClient",
    "SignIn",
    "SignInStep",
    "Snapshot",
    "Unit",
    "UnitPlace",
    "Utc",
    "core",
    "new_id",
]
