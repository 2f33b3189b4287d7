"""The register, part four: what somebody must do by when, what excuses, proofs by hand, mail."""

from __future__ import annotations

from db.tables import (
    Acknowledgement,
    Assignment,
    Base,
    Comparing,
    Exemption,
    Extension,
    Feed,
    HandRecord,
    Mail,
    Policy,
    PolicyVersion,
    Refresher,
)
from modules.personal.entry import Basis, Goes, Rows, Stays, cols
from modules.personal.of_learning import EVIDENCE
from modules.personal.of_people import ACT, COUNTS, OTHERS, WHILE_HERE


def _who(table: type[Base], by: str, name: str, shown: str, **held: str) -> Rows:
    """Rows that somebody wrote about a rule or about others: she sees that she did, not of whom."""
    purpose = "to tell who decided it"
    return Rows(table, by, name, purpose, Basis.DUTY, WHILE_HERE, Stays(ACT), cols(shown), held)


RULE = "it can name people who are asked or excepted; it is the organisation’s"
TEXT = "the organisation’s own text"

DUTIES: tuple[Rows, ...] = (
    _who(Assignment, "made_by", "rules_made", "title target starts made_at", rule=RULE),
    Rows(
        Exemption,
        "person_id",
        "exemptions",
        "so that nobody is asked for what they need not do, for a ground from a closed list",
        Basis.TASK,
        WHILE_HERE,
        Stays(COUNTS),
        cols("module ground starts ends given_at ended_at"),
        held={"given_by": OTHERS, "ended_by": OTHERS},
    ),
    _who(Exemption, "given_by", "exemptions_given", "given_at", person_id=OTHERS),
    _who(Exemption, "ended_by", "exemptions_ended", "ended_at", person_id=OTHERS),
    Rows(
        Extension,
        "person_id",
        "extensions",
        "to give more time to who asked for it",
        Basis.TASK,
        WHILE_HERE,
        Goes(),
        cols("module due_on ground asked_until asked_at decided_at granted_until answer"),
        held={"decided_by": OTHERS},
    ),
    _who(Extension, "decided_by", "extensions_decided", "decided_at", person_id=OTHERS),
    Rows(
        HandRecord,
        "person_id",
        "proofs_by_hand",
        "evidence of training that took place elsewhere",
        Basis.DUTY,
        WHILE_HERE + "; then under a number that names nobody",
        Stays(EVIDENCE),
        cols(
            "module attempt_id kind happened_on reason document given_at withdrawn_at",
        ),
        held={"given_by": OTHERS, "withdrawn_by": OTHERS},
    ),
    _who(HandRecord, "given_by", "proofs_entered", "kind given_at", person_id=OTHERS),
    _who(HandRecord, "withdrawn_by", "proofs_withdrawn", "kind withdrawn_at", person_id=OTHERS),
    Rows(
        Refresher,
        "person_id",
        "refreshers",
        "to ask for the changed part of a module, and for nothing more",
        Basis.TASK,
        WHILE_HERE,
        Stays(COUNTS),
        cols("module version made_at due_on done_at"),
    ),
    _who(Policy, "made_by", "policies_begun", "title due_days made_at ended_at"),
    _who(PolicyVersion, "published_by", "policies_published", "published_at", body=TEXT),
    Rows(
        Acknowledgement,
        "person_id",
        "policies_acknowledged",
        "evidence that a policy was read, in the version that was read",
        Basis.DUTY,
        WHILE_HERE + "; then under a number that names nobody",
        Stays(EVIDENCE),
        cols("policy_id number acknowledged_at"),
    ),
    Rows(
        Mail,
        "person_id",
        "mails",
        "to remind somebody in time, once, and to see what did not arrive",
        Basis.TASK,
        "reminders",
        Goes(),
        cols("kind facts day state tries next_at made_at sent_at failure"),
    ),
    Rows(
        Feed,
        "person_id",
        "calendar_feed",
        "to show due days in a calendar of the person’s own choice",
        Basis.TASK,
        "until it is withdrawn, and until erasure",
        Goes(),
        cols("made_at told changed_at asked_on"),
        held={"token_hash": "whoever has the token could read the calendar"},
    ),
    _who(Comparing, "agreed_by", "comparisons_agreed", "since ends"),
)
