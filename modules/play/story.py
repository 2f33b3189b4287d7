"""The branching story at the desk: each decision is kept before what it did is told."""

from __future__ import annotations

from modules import scenarios
from modules.course.model import ScenarioStep
from modules.play.desk import Table
from modules.play.text import Notes
from modules.progress.journey import Sheet, decisions


def draw(table: Table, practice: Sheet, step: ScenarioStep) -> bool:
    """Draw where the story stands; true at its end."""
    scenario = table.module.scenario
    if scenario is None:
        return True
    slot = f"scenario:{step.id}"
    path = scenarios.replay(scenario, decisions(practice, step))
    holder = table.surface.empty()
    place = holder.container(gap="medium", key=f"story-{step.id}-{len(path.steps)}")
    notes = Notes(table.module)
    if not path.steps and step.intro:
        place.container(key=f"read-{step.id}").markdown(step.intro)
    ended = isinstance(scenarios.at(scenario, path), scenarios.Ending)
    draft = {} if ended else table.desk.draft(practice, slot)
    key = table.key(practice, slot)
    chosen = scenarios.draw(place, scenario, path, key, draft, table.say, notes.render)
    if ended:
        notes.draw(place, table.say)
        return True
    node = scenarios.place(scenario, path)
    if chosen and draft.get("choice") != chosen:
        table.desk.save(practice, slot, {"node": node, "choice": chosen})
    if place.button(table.say("scenario.decide"), type="primary", key=f"{key}/{node}/decide"):
        if chosen is None:
            place.warning(table.say("scenario.choose_first"), icon=":material/info:")
        else:
            table.desk.decide(step, len(path.steps) + 1, chosen)
            table.desk.go(step.id)
    place.caption(table.say("scenario.no_opinion"))
    notes.draw(place, table.say)
    return False
