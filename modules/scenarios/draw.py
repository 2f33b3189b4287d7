"""A scenario on the page: meters, what the last choice did, the story, the choices, the debrief."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from modules.basics import Surface, Words
from modules.markup import literal, meter_html, uncited
from modules.pictured import described
from modules.scenarios.letters import filled
from modules.scenarios.map import map_html
from modules.scenarios.model import MOST, START, Node, Reaches, Scenario
from modules.scenarios.path import Path, Step, at, debrief, meters, offered, pips, place

Render = Callable[[str], str]
Write = Callable[[Surface, str], object]


class Marked(NamedTuple):
    """What is marked and not decided yet: the ids of a choice and of a reason."""

    choice: str | None = None
    reason: str | None = None


def draw(
    surface: Surface,
    scenario: Scenario,
    path: Path,
    key: str,
    draft: Mapping[str, Any],
    words: Words,
    render: Render = uncited,
    whom: Mapping[str, str] | None = None,
    write: Write | None = None,
) -> Marked:
    """Draw where ``path`` stands before its end; return what is marked.

    The page draws the way back and the Decide button. ``key`` begins every widget's key.
    ``draft`` is ``{"node": id, "choice": id, "reason": id}``; one of another node is ignored.
    ``render`` turns prose with cites into Markdown: by default it drops the cites. ``whom`` is
    the citizen whom the decisions reach, by `letters.FIELDS`; without one no letter is shown.
    ``write`` draws a story with its pictures; without it their words stand for them.
    """
    here = at(scenario, path)
    if not isinstance(here, Node):
        return Marked()
    # In words only: the page around it has a bar of steps already.
    surface.caption(words("scenario.decision", n=here.decision, of=scenario.decisions))
    _meters(surface, scenario, path, key, words)
    steps = debrief(scenario, path)
    if steps:
        _told(surface, steps[-1], key, words, render, whom)
    surface.title(uncited(here.title), anchor=False)
    (write or _write(render))(surface.container(key=f"read-{key}"), here.story)
    return _choices(surface, scenario, path, key, draft, words)


def draw_ending(
    surface: Surface,
    scenario: Scenario,
    path: Path,
    key: str,
    words: Words,
    render: Render = uncited,
    earlier: Sequence[Path] = (),
    whom: Mapping[str, str] | None = None,
    write: Write | None = None,
) -> Surface:
    """Draw how it ended, what stood behind each choice, and the map; return the map's card.

    ``earlier`` are this learner's other plays that have ended.
    """
    ending = scenario.endings[place(scenario, path)]
    steps = debrief(scenario, path)
    _meters(surface, scenario, path, key, words)
    _told(surface, steps[-1], key, words, render, whom)
    surface.title(uncited(ending.title), anchor=False)
    (write or _write(render))(surface.container(key=f"read-{key}"), ending.story)
    _debrief(surface, steps, key, words, render)
    card = surface.container(key=f"card-{key}-map", gap="small")
    card.header(words("scenario.map.title"), anchor=False)
    seen = len({place(scenario, one) for one in (path, *earlier)})
    card.markdown(words("scenario.map.seen", n=seen, of=len(scenario.endings)))
    card.html(map_html(scenario, path, words, earlier))
    return card


def _write(render: Render) -> Write:
    return lambda surface, story: surface.markdown(render(described(story)))


def _meters(surface: Surface, scenario: Scenario, path: Path, key: str, words: Words) -> None:
    now, before = meters(scenario, path), meters(scenario, Path(path.steps[:-1]))
    grid = surface.container(key=f"band-{key}").grid(len(now), min_column_width=120)
    for meter, total in now.items():
        change = total - before[meter]
        name, filled = words(f"scenario.meter.{meter}"), pips(total)
        rests = "low" if filled < START else "steady"
        state = words(f"scenario.{'rising' if change > 0 else 'falling' if change else rests}")
        label = words("scenario.meter_label", name=name, state=state, pips=filled, of=MOST)
        grid.html(meter_html(name, state, filled, MOST, label))


def _told(
    surface: Surface,
    step: Step,
    key: str,
    words: Words,
    render: Render,
    whom: Mapping[str, str] | None,
) -> None:
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
    if whom and step.choice.citizen:
        letter(box, step.choice.citizen, f"{key}-{step.id}", words, whom, render)


def letter(
    surface: Surface,
    reaches: Reaches,
    key: str,
    words: Words,
    whom: Mapping[str, str],
    render: Render = uncited,
) -> None:
    """What a decision meant for her, folded away: one may read it."""
    name = literal(whom["name"])
    label = words(f"scenario.reached.{reaches.kind}", name=name)
    sheet = surface.expander(label, icon=":material/mail:").container(key=f"letter-{key}")
    sheet.markdown(render(filled(reaches.text, whom)))


def _choices(
    surface: Surface,
    scenario: Scenario,
    path: Path,
    key: str,
    draft: Mapping[str, Any],
    words: Words,
) -> Marked:
    here, node_id = at(scenario, path), place(scenario, path)
    if not isinstance(here, Node):
        return Marked()
    kept = draft if draft.get("node", node_id) == node_id else {}
    stem = f"{key}/{len(path.steps)}/{node_id}"
    choices = {choice.id: choice for choice in offered(scenario, path)}
    card = surface.container(key=f"card-{key}", gap="medium")
    card.header(uncited(here.question), anchor=False)
    chosen = _radio(
        card.container(key=f"choices-{key}"),
        uncited(here.question),
        {id_: uncited(choice.text) for id_, choice in choices.items()},
        kept.get("choice"),
        stem,
        [uncited(choice.hint) for choice in choices.values()],
    )
    if not here.reasons:
        return Marked(chosen)
    card.subheader(words("scenario.why"), anchor=False)
    reason = _radio(
        card.container(key=f"choices-{key}-why"),
        words("scenario.why"),
        {one.id: uncited(one.text) for one in here.reasons},
        kept.get("reason"),
        f"{stem}/why",
    )
    return Marked(chosen, reason)


def _radio(
    surface: Surface,
    label: str,
    texts: Mapping[str, str],
    kept: Any,
    key: str,
    hints: Sequence[str] | None = None,
) -> str | None:
    ids = list(texts)
    marked = surface.radio(
        label,
        ids,
        index=ids.index(kept) if kept in ids else None,
        format_func=lambda id_: texts.get(id_, ""),
        captions=hints,
        width="stretch",
        label_visibility="collapsed",
        key=key,
    )
    return marked if marked in texts else None


def _debrief(
    surface: Surface, steps: tuple[Step, ...], key: str, words: Words, render: Render
) -> None:
    card = surface.container(key=f"card-{key}-debrief", gap="medium")
    card.header(words("scenario.debrief"), anchor=False)
    for step in steps:
        told = card.container(gap="xsmall")
        told.subheader(uncited(step.node.title), anchor=False)
        chosen = words("scenario.you_chose", choice=uncited(step.choice.text))
        told.markdown(f"**{chosen}**  \n{render(step.choice.consequence)}")
        if step.reason:
            said = words("scenario.your_reason", reason=uncited(step.reason.text))
            told.markdown(f"**{said}**  \n{render(step.reason.reply)}")
        told.markdown(f"**{words('scenario.duty')}** {render(step.choice.duty)}")
