"""What a learner has shown that she can do, and what is worth another look. For her alone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from db import attempts, revisions
from modules import markup
from modules.access import Viewer, require
from modules.basics import Surface, Words
from modules.learn import content, receipts
from modules.progress.learning import TELLING, misconceptions_held, objectives_met
from modules.progress.sheet import Sheet


@dataclass(frozen=True)
class Learnt:
    """One module: its objectives, each with whether it is met, and the beliefs to look at again."""

    title: str
    objectives: tuple[tuple[str, bool], ...]
    beliefs: tuple[str, ...]


def my_learning(session: Session, viewer: Viewer) -> tuple[Learnt, ...]:
    """The modules in which something of the viewer's tells whether an objective is met, by id.

    Only from attempts whose grades she may see already. Objectives are those that learners see
    now. Three queries and the content.
    """
    require(viewer, "learn.receipts")
    org, person = viewer.org_id, viewer.person_id
    published = revisions.latest(session, org_id=org)
    sittings = attempts.of_person(session, org_id=org, person_id=person)
    sheets: dict[str, list[Sheet]] = {}
    for one in receipts.read(session, org, sittings):
        # What was guessed before the lesson or tried in it tells nothing about now.
        telling = one.sitting.form in TELLING and one.sheet.answers
        if one.told and telling and one.sitting.module in published:
            sheets.setdefault(one.sitting.module, []).append(one.sheet)
    found = []
    for id_, mine in sorted(sheets.items()):
        module = content.module(
            session,
            sha256=published[id_].sha256,
            language=viewer.language,
            jurisdiction=viewer.jurisdiction,
        )
        met = objectives_met(module, mine)
        held = misconceptions_held(module, mine)
        found.append(
            Learnt(
                module.title,
                tuple((text, met[key]) for key, text in module.objectives.items()),
                tuple(module.misconceptions[tag] for tag in held if tag in module.misconceptions),
            )
        )
    return tuple(found)


def draw(surface: Surface, found: tuple[Learnt, ...], say: Words) -> None:
    """Each module with what is met, in words and signs; one sentence before there is any."""
    surface.header(say("me.learnt.title"), anchor=False)
    if not found:
        surface.markdown(say("me.learnt.none"))
        return
    for one in found:
        surface.subheader(markup.literal(one.title), anchor=False)
        lines = []
        for text, met in one.objectives:
            icon = ":material/check_circle:" if met else ":material/radio_button_unchecked:"
            word = say("me.learnt.met" if met else "me.learnt.open")
            lines.append(f"- {icon} **{word}** {text}")
        surface.markdown("\n".join(lines))
        if one.beliefs:
            surface.markdown(say("me.learnt.again"))
            surface.markdown("\n".join(f"- “{text}”" for text in one.beliefs))
    surface.caption(say("me.learnt.about"))
