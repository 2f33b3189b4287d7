"""An organisation's own examples on the screens of lessons, kept by the screens' ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db import local as stored
from db.local import Example
from modules import own
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.course import examples as rules
from modules.own import Outline

GONE = "This screen is not in the lesson any more. Load the page again and choose another one."
STALE = (
    "Somebody has changed this example since you opened the page. Nothing was saved: look at what "
    "stands now."
)


@dataclass(frozen=True)
class Examples:
    """Every example of the organisation, and the modules whose screens can have one."""

    modules: Mapping[str, Outline]
    every: tuple[Example, ...]

    @property
    def shown(self) -> tuple[Example, ...]:
        """Those that learners see."""
        return tuple(one for one in self.every if self.title(one))

    @property
    def orphans(self) -> tuple[Example, ...]:
        """Those whose screen is gone from the newest revision."""
        return tuple(one for one in self.every if not self.title(one))

    def title(self, one: Example) -> str:
        """The title of an example's screen, "" when it is gone."""
        module = self.modules.get(one.module)
        return module.screens.get(one.screen, "") if module else ""

    def at(self, module: str, screen: str) -> Example | None:
        """The example of a screen."""
        return next((x for x in self.every if (x.module, x.screen) == (module, screen)), None)

    def free(self, module: str) -> dict[str, str]:
        """The screens of a module without an example."""
        outline = self.modules.get(module)
        screens = outline.screens if outline else {}
        return {id: title for id, title in screens.items() if self.at(module, id) is None}


def examples(session: Session, viewer: Viewer) -> Examples:
    """The viewer's own organisation's examples. Two queries, once each revision was read."""
    require(viewer, "admin.examples")
    return Examples(
        own.outlines(session, viewer), tuple(stored.examples(session, org_id=viewer.org_id))
    )


def save(
    session: Session,
    viewer: Viewer,
    *,
    module: str,
    screen: str,
    body: str,
    seen: datetime | None,
    now: datetime,
) -> None:
    """Keep an example for a screen, or delete it when ``body`` is empty.

    ``seen`` is when the one that the form shows was changed, None for none. Raises BadInput, and
    changes nothing, for an unknown screen, text that is not allowed, and a stale form.
    """
    require(viewer, "admin.examples")
    stored.hold(session, org_id=viewer.org_id)
    found, text = examples(session, viewer), body.strip()
    stands = found.at(module, screen)
    if text and screen not in (found.modules[module].screens if module in found.modules else {}):
        raise BadInput(GONE)
    if text and rules.fault(text):
        raise BadInput("This example holds what is not allowed. Nothing was saved.")
    if (stands.changed_at if stands else None) != seen:
        raise BadInput(STALE)
    if text == (stands.body if stands else ""):
        return
    stored.set_example(
        session,
        org_id=viewer.org_id,
        module=module,
        screen=screen,
        body=text,
        by=viewer.person_id,
        now=now,
    )


def move(
    session: Session, viewer: Viewer, *, module: str, screen: str, to: str, now: datetime
) -> None:
    """Put an example on another screen of its module. Raises BadInput where that is impossible."""
    require(viewer, "admin.examples")
    stored.hold(session, org_id=viewer.org_id)
    found = examples(session, viewer)
    if found.at(module, screen) is None:
        raise BadInput(STALE)
    if to not in found.free(module):
        raise BadInput("That screen is gone or has an example already. Choose another one.")
    stored.move_example(
        session,
        org_id=viewer.org_id,
        module=module,
        screen=screen,
        to=to,
        by=viewer.person_id,
        now=now,
    )
