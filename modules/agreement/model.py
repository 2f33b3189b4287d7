"""The clauses of agreement.yaml. Each says here what it bounds in the program. Pure."""

from __future__ import annotations

import base64
import binascii
from datetime import time
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from modules.basics import Content
from modules.days import weekdays

# No agreement goes below these: they are the program's own floor, whoever signs.
LEAST, LEARNED, BLOCK = 10, 30, 10

Role = Literal["dpo", "staff"]
ROLES: tuple[Role, ...] = ("dpo", "staff")
Days = Annotated[int, Field(ge=1, le=3660)]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Line = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^\S(.*\S)?$")]
# What of `modules.manage.seen.Member` can be agreed on; a test compares the two.
Seen = Literal["name", "unit", "module", "status", "on", "reminded_on", "to_remind"]
NEEDED: tuple[Seen, ...] = ("name", "module", "status")


class Signer(Content):
    """Somebody who may sign this agreement and the one after it."""

    # dpo: the data-protection officer. staff: a representative of the staff.
    role: Role
    name: Line
    # The public key, 32 bytes in base64.
    key: str

    @field_validator("key")
    @classmethod
    def _is_a_key(cls, value: str) -> str:
        try:
            found = base64.b64decode(value, validate=True)
        except binascii.Error:
            found = b""
        if len(found) != 32 or base64.b64encode(found).decode() != value:
            raise ValueError("this is no public key as `agreement key` prints it")
        return value


class Threshold(Content):
    """How many people a figure is about at the least."""

    # Month-end figures of a unit: `modules.snapshots` hides smaller groups, and what tells them.
    least: int = Field(ge=LEAST, le=1000)
    # What training did in the whole organisation: `modules.manage.learned` shows nothing below.
    # In whole tens, because its groups grow by ten.
    learned: int = Field(ge=LEARNED, le=10_000, multiple_of=BLOCK)


class Confidence(Content):
    """Whether learners are asked how sure they are."""

    # Off: `modules.play` does not ask, and what a browser sends all the same is not recorded.
    asked: bool


class Hours(Content):
    """Days and hours in the organisation's zone."""

    # mon-fri, or mon,wed,fri
    days: str
    start: Clock
    until: Clock

    @field_validator("days")
    @classmethod
    def _are_days(cls, value: str) -> str:
        weekdays(value)
        return value

    @model_validator(mode="after")
    def _begin_before_they_end(self) -> Self:
        if time.fromisoformat(self.start) >= time.fromisoformat(self.until):
            raise ValueError(f"they cannot begin at {self.start} and end at {self.until}")
        return self


class Reminders(Hours):
    """When people are reminded and offered reviews, and how often at the most."""

    # Nobody is reminded twice within so many days: STEWARD_REMIND_EVERY_DAYS is checked with it.
    every_days: int = Field(ge=1, le=365)


class Retention(Content):
    """How long what is personal is kept, in days at the most; since when, the register says.

    The kinds are those of `modules.personal.retention`, which deletes.
    """

    # A learner's notes to herself; what was chosen or typed and not sent; sentences in a lab.
    notes: Days
    drafts: Days
    free_text: Days
    # Who reported a fault in a lesson, and her sentence.
    reports: Days
    # Single answers, since the completion lapsed that they led to: then unlinked from the person.
    answers: int = Field(ge=0, le=3660)
    # The same, of attempts that led to no completion, since they began.
    unfinished: Days
    # Sign-ins that ended; links that worked once; steps of a sign-in; failed sign-ins.
    sign_ins: Days
    links: Days
    steps: Days
    brakes: Days
    # What an import of a staff list replaced.
    undo: Days
    # Who asked which colleague for help.
    help: Days
    # Who was reminded, by whom; who saw whose record; what was refused to whom; who changed what.
    reminders: Days
    views: Days
    refusals: Days
    changes: Days
    # Requests for correction or erasure, since they were answered.
    requests: Days
    # The name and address of somebody who has left.
    leavers: Days


class Names(Content):
    """Who sees names beside figures and evidence, other than a manager of his own people."""

    # Whether an administrator may see where somebody stands: `modules.admin` leaves it out.
    administrators_see_status: bool
    # Whether an auditor can be given names beside the evidence: `modules.access` refuses them.
    auditors_see_names: bool


class Agreement(Content):
    """The whole agreement, as it stands in the file."""

    # Counts the states: a signed one can only be followed by one with a higher number.
    number: int = Field(ge=1, le=1_000_000)
    title: Line
    threshold: Threshold
    # Which panels a lead sees; the others are not drawn, exported or listed.
    panels: tuple[Line, ...]
    # What a manager sees of somebody who reports to him. Nothing else ever is.
    managers_see: tuple[Seen, ...]
    confidence: Confidence
    reminders: Reminders
    # How long a sign-in lasts, in hours at the most: STEWARD_SIGN_IN_HOURS is checked with it.
    sign_in_hours: int = Field(ge=1, le=720)
    names: Names
    retention: Retention
    # Who signs; empty in the agreement that Steward comes with.
    signers: tuple[Signer, ...] = ()

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        for clause, listed in (
            ("panels", self.panels),
            ("managers_see", self.managers_see),
            ("signers", tuple(one.key for one in self.signers)),
        ):
            if len(set(listed)) < len(listed):
                raise ValueError(f"{clause} names something twice")
        if missing := [one for one in NEEDED if one not in self.managers_see]:
            raise ValueError(f"managers_see needs {', '.join(missing)}")
        if self.signers and {one.role for one in self.signers} != set(ROLES):
            raise ValueError("signers needs at least one dpo and one staff")
        return self
