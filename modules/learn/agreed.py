"""The agreement as everybody here may read it: in words, with its history, seen or not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from db import agreements
from db.agreements import State
from modules import words
from modules.access import Viewer, require
from modules.agreement import wording
from modules.agreement.current import in_force
from modules.agreement.files import NotAgreed, dump, parse
from modules.agreement.model import Agreement
from modules.agreement.signing import Signature, Stamp
from modules.agreement.wording import Change
from modules.trust.history import SETTING


@dataclass(frozen=True)
class Step:
    """One state that the organisation ran under. ``changes`` are those against the one before.

    ``agreement`` is None for one that this program cannot read any more; its file is there still.
    """

    number: int
    agreement: Agreement | None
    body: str
    sha256: str
    since: datetime | None
    signatures: tuple[Signature, ...]
    # Whether the keys were set by whoever runs the server, not handed over by those before.
    reset: bool
    changes: tuple[Change, ...]

    @property
    def signed(self) -> bool:
        """Whether everybody had signed who was to."""
        return bool(self.signatures)

    @property
    def signatures_file(self) -> str:
        """agreement.signatures.yaml of this state."""
        return dump(Stamp(sha256=self.sha256, signatures=self.signatures))


@dataclass(frozen=True)
class Agreed:
    """Every state, newest first, and the number that the viewer has seen."""

    steps: tuple[Step, ...]
    seen: int

    @property
    def now(self) -> Step:
        """What holds today."""
        return self.steps[0]

    @property
    def new(self) -> bool:
        """Whether the viewer has still to see it."""
        return self.now.number > self.seen


def agreed(session: Session, viewer: Viewer) -> Agreed:
    """The agreement of the viewer's organisation, with its history. Two queries."""
    require(viewer, "me.agreement")
    steps: list[Step] = []
    for state in agreements.of_organisation(session, org_id=viewer.org_id):
        steps.append(_step(state, steps[-1] if steps else None, viewer.language))
    if not steps:
        of = in_force()
        steps = [Step(0, of.agreement, of.body.decode(), of.sha256, None, (), False, ())]
    _, seen = agreements.newest_and_seen(session, org_id=viewer.org_id, person_id=viewer.person_id)
    return Agreed(tuple(reversed(steps)), seen)


def unseen(session: Session, viewer: Viewer) -> Literal["", "new", "changed"]:
    """Whether the newest state is new to the viewer, has changed since she looked, or neither."""
    require(viewer, "me.agreement")
    newest, seen = agreements.newest_and_seen(
        session, org_id=viewer.org_id, person_id=viewer.person_id
    )
    if newest <= seen:
        return ""
    return "changed" if seen else "new"


def saw(session: Session, viewer: Viewer, *, now: datetime) -> None:
    """The viewer has seen the newest state. That she agrees is neither asked nor kept."""
    require(viewer, "me.agreement")
    newest, seen = agreements.newest_and_seen(
        session, org_id=viewer.org_id, person_id=viewer.person_id
    )
    if newest > seen:
        agreements.see(
            session, org_id=viewer.org_id, person_id=viewer.person_id, number=newest, now=now
        )


def _step(state: State, before: Step | None, language: str) -> Step:
    try:
        found = parse(state.body.encode(), "agreement.yaml")
    except NotAgreed:
        found = None
    changes: tuple[Change, ...] = ()
    if found and before and before.agreement:
        changes = wording.difference(before.agreement, found, words.of(language))
    told = json.loads(state.signatures)
    signatures = tuple(
        Signature(**{name: one[name] for name in Signature.model_fields}) for one in told
    )
    reset = any(one["how"] == SETTING for one in told)
    return Step(
        state.number, found, state.body, state.sha256, state.since, signatures, reset, changes
    )
