"""What each revision of a module asked: which sittings can be counted together."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session

from db import revisions
from modules import taught
from modules.basics import ContentError
from modules.course.model import Module, ScenarioStep
from modules.progress.delayed import FORMS
from modules.progress.item_counts import content
from modules.progress.papers import TEST_OUT, blueprint

CHECK, PRE, PRACTICE = "check", "pre", "practice"
GROUPS: Mapping[str, tuple[str, ...]] = {
    CHECK: (CHECK, TEST_OUT),
    PRE: (PRE,),
    PRACTICE: (PRACTICE,),
    **{form: (form,) for form in FORMS},
}
"""Forms whose sittings are counted together: a test-out asks what the check asks, of people who
have not read. Reviews are in none: they ask each person what she missed."""

STORY, STEPS = "story/", "steps"


@dataclass(frozen=True)
class Text:
    """A revision's module in one language, and what of it was asked, by SHA-256."""

    id: uuid.UUID
    sha256: str
    module: Module

    @cached_property
    def items(self) -> Mapping[str, str]:
        """Each question's id with the hash of what it asks."""
        return {id_: content(one) for id_, one in self.module.questions.items()}

    @cached_property
    def story(self) -> str:
        """The hash of the story; "" without one."""
        of = self.module.scenario
        return _sha256(of.model_dump_json()) if of else ""

    @cached_property
    def steps(self) -> str:
        """The hash of the steps, as they follow each other."""
        return _sha256(json.dumps([step.id for step in self.module.steps]))

    def asks(self, group: str) -> int:
        """How many questions a sitting of a group has; 0 where it needs not be whole."""
        return 0 if group == PRACTICE else len(blueprint(self.module, GROUPS[group][0]))

    @property
    def tales(self) -> tuple[ScenarioStep, ...]:
        """The steps that play the story."""
        return tuple(one for one in self.module.steps if isinstance(one, ScenarioStep))


def texts(session: Session, *, org_id: uuid.UUID, module: str, language: str) -> list[Text]:
    """Every revision of a module that can still be read, the newest last."""
    found = []
    for one in revisions.every(session, org_id=org_id):
        if one.module != module:
            continue
        try:
            found.append(
                Text(
                    one.id, one.sha256, taught.module(session, sha256=one.sha256, language=language)
                )
            )
        except ContentError:
            continue
    return found


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
