"""Content revisions, and what learners did with them."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint, false, text, true
from sqlmodel import Field

from db.tables.base import Base, Utc, new_id


class Bundle(Base, table=True):
    """The files of one module as one text, named by its SHA-256. Never changed."""

    sha256: str = Field(primary_key=True)
    body: str


class Revision(Base, table=True):
    """A published state of a module. Learners see the latest one of their organisation."""

    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["sha256"], ["bundle.sha256"]),
        UniqueConstraint("org_id", "module", "number"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    module: str
    number: int
    version: str
    sha256: str
    # "shipped" with the program, or "trainer" when published here.
    origin: str = "shipped"
    published_at: datetime = Field(sa_type=Utc)
    # What changed against the one before: "" (nothing said), wording, clarification or rule.
    change: str = Field(default="", sa_column_kwargs={"server_default": ""})
    # The trainer who published it; None for a shipped one.
    published_by: uuid.UUID | None = None
    # The shipped bundle that its text goes back to; "" for a module of the organisation's own.
    shipped_from: str = Field(default="", sa_column_kwargs={"server_default": ""})
    # The earlier revision that it says again, where one was rolled back.
    repeats: int | None = None
    # Whether a module of the organisation's own is offered to everybody.
    offered: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class Enrolment(Base, table=True):
    """A person is to take a module by a day (in the organisation's zone)."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "person_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("org_id", "person_id", "module"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    person_id: uuid.UUID
    module: str
    enrolled_at: datetime = Field(sa_type=Utc)
    due_on: date
    # The rule that it follows from; None where somebody enrolled her by hand.
    assignment_id: uuid.UUID | None = None
    # The first day on which no rule asks it of her any more. What she did stays.
    ended_on: date | None = None
    # Days after the due day that are still let pass.
    grace_days: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    # Days before an expiry from which renewing counts for the next cycle.
    window_days: int = Field(default=30, sa_column_kwargs={"server_default": "30"})
    # Whether she may not work with citizens' data before she has completed it.
    before_access: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    # When it came to be asked again, or otherwise than before: its day, grace or window.
    changed_at: datetime | None = Field(default=None, sa_type=Utc)


class Attempt(Base, table=True):
    """One sitting of one form: it pins content, seed, language and jurisdiction."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "person_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["org_id", "revision_id"], ["revision.org_id", "revision.id"]),
        UniqueConstraint("org_id", "person_id", "module", "form", "number"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    person_id: uuid.UUID
    module: str
    form: str
    number: int = 1
    # Which of the person's attempts it is, over all modules and forms. Order follows from this
    # and never from moments, which a clock that was wrong for a while has mixed up.
    turn: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    revision_id: uuid.UUID
    seed: str
    # What it asks: slot -> [[item, variant], one for each try]; drawn when it begins.
    paper: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    language: str = "en"
    jurisdiction: str = "neutral"
    started_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)


class Answer(Base, table=True):
    """One response in an attempt. Appended, never changed; free text in it goes after 90 days."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "attempt_id"], ["attempt.org_id", "attempt.id"], ondelete="CASCADE"
        ),
        # The idempotency key: a second tab or a repeated send gets the first receipt.
        UniqueConstraint("org_id", "attempt_id", "slot", "try_number"),
        # Few have free text, and hourly work looks for those that are old.
        Index(
            "ix_answer_free_text",
            "answered_at",
            sqlite_where=text("free_text"),
            postgresql_where=text("free_text"),
        ),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    attempt_id: uuid.UUID
    slot: str
    try_number: int = 1
    # item, decision, lab or screen
    kind: str
    response: dict[str, Any] = Field(sa_type=JSON)
    score: float | None = None
    correct: bool | None = None
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    grader: int = 1
    # 0 to 1, from chance to certain; seen by the learner alone
    confidence: float | None = None
    # Whether the response holds sentences that the learner typed.
    free_text: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    answered_at: datetime = Field(sa_type=Utc)


class Draft(Base, table=True):
    """What is chosen or typed but not sent: the one thing that changes."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "attempt_id"], ["attempt.org_id", "attempt.id"], ondelete="CASCADE"
        ),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    attempt_id: uuid.UUID = Field(primary_key=True)
    slot: str = Field(primary_key=True)
    body: dict[str, Any] = Field(sa_type=JSON)
    saved_at: datetime = Field(sa_type=Utc)


class Completion(Base, table=True):
    """A module passed: derived from answers in the same transaction, rebuilt by a command."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "attempt_id"], ["attempt.org_id", "attempt.id"], ondelete="CASCADE"
        ),
        Index(None, "org_id", "module", "person_id"),
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    attempt_id: uuid.UUID = Field(primary_key=True)
    person_id: uuid.UUID
    module: str
    version: str
    sha256: str
    # The turn of the person's newest attempt when it was earned: what came before, what after.
    turn: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    # The role path that she followed then; she may follow another one now.
    path: str = Field(default="", sa_column_kwargs={"server_default": ""})
    completed_at: datetime = Field(sa_type=Utc)
    # The last day it counts, in the organisation's zone.
    valid_until: date


class Certificate(Base, table=True):
    """A completion's number, and what its holder lets the public page show."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "attempt_id"],
            ["completion.org_id", "completion.attempt_id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("code"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    attempt_id: uuid.UUID = Field(primary_key=True)
    person_id: uuid.UUID
    code: str
    # of name, organisation, date, path
    shares: list[str] = Field(default_factory=list, sa_type=JSON)
    made_at: datetime = Field(sa_type=Utc)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Utc)


class HelpRequest(Base, table=True):
    """A learner asked a colleague of her choice for help with a module."""

    __tablename__ = "help_request"
    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "person_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["org_id", "helper_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
        Index(None, "org_id", "helper_id"),
        Index(None, "org_id", "person_id"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    person_id: uuid.UUID
    helper_id: uuid.UUID
    module: str
    asked_at: datetime = Field(sa_type=Utc)
    done_at: datetime | None = Field(default=None, sa_type=Utc)


class Note(Base, table=True):
    """A learner's own words on a step: hers alone, and deleted after 90 days."""

    __table_args__ = (
        ForeignKeyConstraint(
            ["org_id", "person_id"], ["person.org_id", "person.id"], ondelete="CASCADE"
        ),
        Index(None, "written_at"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    person_id: uuid.UUID = Field(primary_key=True)
    # module/step
    place: str = Field(primary_key=True)
    body: str
    written_at: datetime = Field(sa_type=Utc)


class LooseAnswer(Base, table=True):
    """An answer that belongs to nobody any more: what is left for statistics of questions.

    `sheet` holds together what was answered in one attempt; it is drawn at random and leads
    nowhere. No person, no attempt, no moment but the year.
    """

    __tablename__ = "loose_answer"
    __table_args__ = (
        ForeignKeyConstraint(["org_id"], ["organisation.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["org_id", "revision_id"], ["revision.org_id", "revision.id"]),
        Index(None, "org_id", "module", "form"),
    )
    org_id: uuid.UUID = Field(primary_key=True)
    sheet: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    slot: str = Field(primary_key=True)
    try_number: int = Field(primary_key=True)
    module: str
    form: str
    revision_id: uuid.UUID
    # What the slot asked: the item and which of its variants, as its paper had it.
    item: str = ""
    variant: str = ""
    kind: str
    # Option ids and numbers; {} where the learner had typed sentences.
    response: dict[str, Any] = Field(sa_type=JSON)
    score: float | None = None
    correct: bool | None = None
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    grader: int = 1
    confidence: float | None = None
    year: int
