"""The branching story at the desk: each decision is kept before what it did is told.

A story can be played as often as one likes. Which play is on the table follows from what is
recorded and from the kept draft: so a refresh and a second tab show the same one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from modules import markup, scenarios, synth
from modules.basics import Surface
from modules.course.model import ScenarioStep, Step
from modules.play.desk import Table
from modules.play.text import Notes
from modules.progress.asked import decisions
from modules.progress.sheet import Sheet
from modules.scenarios import Path, Scenario


@dataclass(frozen=True)
class Plays:
    """Every play of a story that was begun, and which one is on the table (from 1)."""

    paths: tuple[Path, ...]
    current: int

    @property
    def path(self) -> Path:
        """The play on the table; an empty path when it is only about to begin."""
        return self.paths[self.current - 1] if self.current <= len(self.paths) else Path()


def plays(scenario: Scenario, sheet: Sheet, step: Step, draft: Mapping[str, Any]) -> Plays:
    """What was played so far. A draft may choose any play begun, and the next one after an end."""
    paths = list[Path]()
    while taken := decisions(sheet, step, len(paths) + 1):
        paths.append(scenarios.replay(scenario, taken))
    newest = len(paths) or 1
    fresh = bool(paths) and scenarios.ended(scenario, paths[-1])
    wanted = draft.get("play", newest)
    known = isinstance(wanted, int) and 1 <= wanted <= newest + fresh
    return Plays(tuple(paths), wanted if known else newest)


def place(table: Table, practice: Sheet, step: Step) -> str:
    """Where the story stands, as a word for the browser: another one begins at its top."""
    scenario = table.module.scenario
    if scenario is None:
        return step.id
    now = plays(scenario, practice, step, table.desk.draft(practice, f"scenario:{step.id}"))
    return f"{step.id}/{now.current}/{len(now.path.steps)}"


def draw(table: Table, practice: Sheet, step: ScenarioStep) -> bool:
    """Draw where the story stands; true at an end of it."""
    scenario, slot, say = table.module.scenario, f"scenario:{step.id}", table.say
    if scenario is None:
        return True
    draft = table.desk.draft(practice, slot)
    now = plays(scenario, practice, step, draft)
    path, over = now.path, scenarios.ended(scenario, now.path)
    key = table.key(practice, slot) + (f"-{now.current}" if now.current > 1 else "")
    holder = table.surface.empty()
    here = holder.container(gap="medium", key=f"story-{step.id}-{now.current}-{len(path.steps)}")
    notes = Notes(table.module, table.own)
    if path.steps and table.pressed(f"{key}/{path.steps[-1].node}/decide"):
        # Decided here, but another tab was first: which of the two counts must be said.
        here.info(say("scenario.other_tab"), icon=":material/history:")
    if over:
        _over(table, practice, step, scenario, now, here, key, notes)
        return True
    whom = _whom(table, scenario)
    if not path.steps and step.intro:
        here.html(markup.eyebrow_html(step.title))
        here.container(key=f"read-{key}-intro").markdown(notes.render(step.intro))
        if whom:
            here.html(markup.person_html(say("scenario.citizen", **whom)))
    kept = draft if draft.get("play", 1) == now.current else {}
    write = partial(notes.write, say=say)
    marked = scenarios.draw(here, scenario, path, key, kept, say, notes.render, whom, write)
    node = scenarios.place(scenario, path)
    body = {"play": now.current, "node": node, **{k: v for k, v in marked._asdict().items() if v}}
    if any(marked) and body != dict(draft):
        table.desk.save(practice, slot, body)
    row = here.container(horizontal=True, horizontal_alignment="distribute")
    decide = row.button(say("scenario.decide"), type="primary", key=f"{key}/{node}/decide")
    if decide or table.pressed(f"{key}/{node}/decide"):
        why = scenarios.must_say_why(scenario, path)
        if marked.choice is None or (why and marked.reason is None):
            missing = "choose_first" if marked.choice is None else "why_first"
            here.warning(say(f"scenario.{missing}"), icon=":material/info:")
        else:
            number, reason = len(path.steps) + 1, marked.reason or ""
            table.desk.decide(step, number, marked.choice, reason=reason, play=now.current)
            table.desk.go(step.id)
    if now.current > 1 and row.button(
        say("scenario.stop"), type="tertiary", key=f"{key}/{node}/stop"
    ):
        table.desk.save(practice, slot, {"play": now.current - 1})
        table.desk.go(step.id)
    here.caption(say("scenario.no_opinion"))
    if path.steps:
        so_far = here.expander(say("scenario.map.so_far"), icon=":material/route:")
        seen = now.current > 1
        others = [one for one in now.paths if one is not path]
        so_far.html(scenarios.map_html(scenario, path, say, others, roads=seen))
    notes.draw(here, say)
    return False


def _whom(table: Table, scenario: Scenario) -> Mapping[str, str] | None:
    """The learner's citizen, where the story's decisions reach her."""
    return synth.citizen(table.desk.citizen).fields() if scenario.has_citizen else None


def _over(
    table: Table,
    practice: Sheet,
    step: ScenarioStep,
    scenario: Scenario,
    now: Plays,
    here: Surface,
    key: str,
    notes: Notes,
) -> None:
    """The ending with its map, and the way to another play."""
    others = [one for one in now.paths if one is not now.path and scenarios.ended(scenario, one)]
    whom = _whom(table, scenario)
    card = scenarios.draw_ending(
        here,
        scenario,
        now.path,
        key,
        table.say,
        notes.render,
        others,
        whom,
        partial(notes.write, say=table.say),
    )
    unfinished = not scenarios.ended(scenario, now.paths[-1])
    word = "go_on" if unfinished else "again"
    if card.button(table.say(f"scenario.{word}"), icon=":material/replay:", key=f"{key}/again"):
        following = len(now.paths) + (not unfinished)
        table.desk.save(practice, f"scenario:{step.id}", {"play": following})
        table.desk.go(step.id)
    notes.draw(here, table.say)
