"""A scenario on the page: meters, what the last choice did, the story, the choices, the debrief."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from modules.basics import Surface, Words
from modules.markup import meter_html
from modules.scenarios.model import MOST, Ending, Node, Scenario
from modules.scenarios.path import Path, Step, at, debrief, meters, offered, pips, place

Render = Callable[[str], str]
_CITE = re.compile(r"\s*\[@[\w.-]+\]")


def uncited(text: str) -> str:
    """``text`` without its cites of facts; Markdown stays."""
    return _CITE.sub("", text)


def draw(
    surface: Surface,
    scenario: Scenario,
    path: Path,
    key: str,
    draft: Mapping[str, Any],
    words: Words,
    render: Render = uncited,
) -> str | None:
    """Draw where ``path`` stands; return the id of the choice marked, None before or at the end.

    The page draws the way back and the Decide button. ``key`` begins every widget's key.
    ``draft`` is ``{"node": id, "choice": id}``; one of another node is ignored. ``render``
    turns prose with cites into Markdown: by default it drops the cites.
    """
    here = at(scenario, path)
    steps = debrief(scenario, path)
    if isinstance(here, Node):
        _count(surface, scenario, here, words)
    _meters(surface, scenario, path, key, words)
    if steps:
        _told(surface, steps[-1], key, words, render)
    surface.title(uncited(here.title), anchor=False)
    surface.container(key=f"read-{key}").markdown(render(here.story))
    if isinstance(here, Ending):
        _debrief(surface, steps, key, words, render)
        return None
    return _choices(surface, scenario, path, key, draft)


def _count(surface: Surface, scenario: Scenario, node: Node, words: Words) -> None:
    # In words only: the page around it has a bar of steps already.
    surface.caption(words("scenario.decision", n=node.decision, of=scenario.decisions))


def _meters(surface: Surface, scenario: Scenario, path: Path, key: str, words: Words) -> None:
    now, before = meters(scenario, path), meters(scenario, Path(path.steps[:-1]))
    grid = surface.container(key=f"band-{key}").grid(len(now), min_column_width=120)
    for meter, total in now.items():
        change = total - before[meter]
        state = words(f"scenario.{'rising' if change > 0 else 'falling' if change else 'steady'}")
        name, filled = words(f"scenario.meter.{meter}"), pips(total)
        label = words("scenario.meter_label", name=name, state=state, pips=filled, of=MOST)
        grid.html(meter_html(name, state, filled, MOST, label))


def _told(surface: Surface, step: Step, key: str, words: Words, render: Render) -> None:
    box = surface.container(key=f"told-{key}", gap="small")
    box.markdown(f":material/history: **{words('scenario.last_choice')}**")
    box.markdown(render(step.choice.consequence))
    changes = {meter: by for meter, by in step.choice.meters.items() if by}
    if changes:
        row = box.container(horizontal=True, gap="small")
        for meter, by in changes.items():
            name = words(f"scenario.meter.{meter}")
            sign = "+" if by > 0 else "−"
            row.badge(f"{name} {sign}{abs(by)}", color="green" if by > 0 else "orange")


def _choices(
    surface: Surface, scenario: Scenario, path: Path, key: str, draft: Mapping[str, Any]
) -> str | None:
    here, node_id = at(scenario, path), place(scenario, path)
    choices = {choice.id: choice for choice in offered(scenario, path)}
    ids = list(choices)
    drafted = draft.get("choice") if draft.get("node", node_id) == node_id else None
    question = uncited(here.question) if isinstance(here, Node) else ""
    card = surface.container(key=f"card-{key}", gap="medium")
    card.header(question, anchor=False)
    chosen = card.container(key=f"choices-{key}").radio(
        question,
        ids,
        index=ids.index(drafted) if drafted in ids else None,
        format_func=lambda id_: uncited(choices[id_].text) if id_ in choices else "",
        captions=[uncited(choice.hint) for choice in choices.values()],
        width="stretch",
        label_visibility="collapsed",
        key=f"{key}/{len(path.steps)}/{node_id}",
    )
    return chosen if chosen in choices else None


def _debrief(
    surface: Surface, steps: tuple[Step, ...], key: str, words: Words, render: Render
) -> None:
    card = surface.container(key=f"card-{key}-debrief", gap="small")
    card.header(words("scenario.debrief"), anchor=False)
    for step in steps:
        card.subheader(uncited(step.node.title), anchor=False)
        card.markdown(words("scenario.you_chose", choice=uncited(step.choice.text)))
        card.markdown(render(step.choice.consequence))
        card.markdown(f"**{words('scenario.duty')}** {render(step.choice.duty)}")
