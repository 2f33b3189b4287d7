"""The learner's view of a story, at the place that is being written."""

from __future__ import annotations

from typing import Any

from modules.basics import Surface, Words
from modules.course.model import ScenarioStep
from modules.play.rehearsal import RehearsalDesk
from modules.play.story import plays
from modules.scenarios import Ending, Path, Scenario, place
from modules.scenarios.roads import way

WALKED = "walked"


def stand(
    surface: Surface,
    say: Words,
    desk: RehearsalDesk,
    kept: dict[str, Any],
    step: ScenarioStep,
    wanted: str,
) -> None:
    """Lead a rehearsal that has just begun to a place, and say so as long as it stands there."""
    scenario = desk.module.scenario
    if scenario is None or not wanted or wanted == scenario.start:
        return
    path = way(scenario, wanted)
    if path is None:
        if told(scenario, standing(desk, step)):
            surface.caption(say("studio.story.no_way"))
        return
    if not kept.get(WALKED):
        kept[WALKED] = True
        for number, one in enumerate(path.steps, 1):
            desk.decide(step, number, one.choice, reason=one.reason)
    # What cannot be shown yet says so itself.
    if standing(desk, step) == path and told(scenario, path):
        surface.caption(f":material/location_on: {say('studio.story.as_if')}")


def standing(desk: RehearsalDesk, step: ScenarioStep) -> Path:
    """The decisions of the play on the table."""
    scenario, practice = desk.module.scenario, desk.journey.practice
    if scenario is None or practice is None:
        return Path()
    return plays(scenario, practice, step, desk.draft(practice, f"scenario:{step.id}")).path


def told(scenario: Scenario | None, path: Path) -> bool:
    """Whether a place has the texts that a learner sees there: a heading without words is none.

    At an ending the debrief and the map show the rest of the story too.
    """
    here = place(scenario, path) if scenario else ""
    if scenario is None or here not in {*scenario.nodes, *scenario.endings}:
        return False
    nodes = scenario.nodes.values() if here in scenario.endings else (scenario.nodes[here],)
    ends: tuple[Ending, ...] = ()
    if here in scenario.endings:
        ends = tuple(scenario.endings.values())
    headings = [scenario.title, *(one.title for one in (*nodes, *ends))]
    asked = [one.question for one in nodes]
    offered = [choice.text for one in nodes for choice in one.choices]
    offered += [reason.text for one in nodes for reason in one.reasons]
    return all((*headings, *asked, *offered))
