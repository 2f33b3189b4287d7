"""The other parts of item analysis: objectives and ideas, the story, where people stop."""

from __future__ import annotations

from collections.abc import Mapping

from modules import charts
from modules.author import item_words as told
from modules.author.item_look import Look, bars, table
from modules.author.items import Seen
from modules.basics import Surface
from modules.charts import Mark
from modules.progress.item_telling import Range
from modules.progress.stopping import AFTER_DAYS, END
from modules.questions.question import spoken
from modules.scenarios import Scenario

LETTERS = "ABCDEFGH"


def ideas(surface: Surface, seen: Seen, look: Look) -> None:
    """Objectives by how much was right, and the wrong ideas that answers told."""
    say, found = look.say, seen.analysis
    box = surface.container(key="card-objectives", gap="small")
    objectives = sorted(found.objectives, key=lambda one: one.share.middle)
    if objectives:
        first = objectives[0]
        share = told.share(first.share, say)
        box.header(say("items.objectives", share=share, title=first.title), anchor=False)
    else:
        box.header(say("items.objectives_none"), anchor=False)
        box.markdown(say("items.too_few", least=seen.least))
    marks = tuple(
        Mark(one.title, one.title, one.share.middle, told.share(one.share, say))
        for one in objectives
    )
    if marks:
        bars(box, "objectives", marks, look)
        head = [
            say(f"items.column.{name}") for name in ("objective", "questions", "answers", "right")
        ]
        rows = [
            [one.title, str(one.items), f"{one.answers:,}", told.share(one.share, say)]
            for one in objectives
        ]
        table(box, "objectives", head, rows, seen, look)
    box = surface.container(key="card-beliefs", gap="small")
    if not found.beliefs:
        box.header(say("items.beliefs_none", least=seen.least), anchor=False)
        return
    box.header(say("items.beliefs", sentence=found.beliefs[0].sentence), anchor=False)
    box.caption(say("items.beliefs_about"))
    chosen = say("items.chosen", n="{n}", answers="{answers}")
    marks = tuple(
        Mark(
            one.sentence,
            one.sentence,
            one.at_least / one.answers,
            chosen.format(n=f"{one.at_least:,}", answers=f"{one.answers:,}"),
        )
        for one in found.beliefs
    )
    bars(box, "beliefs", marks, look)
    head = [say(f"items.column.{name}") for name in ("idea", "chose")]
    table(box, "beliefs", head, [[mark.name, mark.text] for mark in marks], seen, look)


def story(surface: Surface, seen: Seen, look: Look) -> None:
    """Which ways people took through the story, place by place."""
    say, found = look.say, seen.analysis
    box = surface.container(key="card-story", gap="small")
    scenario = found.module.scenario
    shown = [edge for edge in found.edges if edge.share is not None]
    if scenario is None or not shown:
        key = "items.story_without" if scenario is None else "items.story_none"
        box.header(say(key), anchor=False)
        if scenario is not None:
            box.markdown(say("items.too_few", least=seen.least))
        return
    marks, rows = [], []
    hidden = say("items.hidden_short")
    shares = {(edge.node, edge.choice): edge.share for edge in shown}
    told_nodes = {node for node, _ in shares}
    names = _places(scenario, look)
    for node, of in scenario.nodes.items():
        for letter, choice in zip(LETTERS, of.choices, strict=False):
            share, text = shares.get((node, choice.id)), spoken(choice.text)
            taken = told.share(share, say) if share else hidden
            rows.append([names[node], letter, text, taken])
            if node in told_nodes:
                middle = share.middle if share else None
                short = f"{middle:.0%}" if middle is not None else hidden
                marks.append(Mark(f"{letter}, {text}", letter, middle, short, under=names[node]))
    box.header(_finding(scenario, shares, look), anchor=False)
    box.caption(say("items.story_about"))
    most = max(len(of.choices) for of in scenario.nodes.values())
    box.vega_lite_chart(
        charts.ways(tuple(marks), most, look.dark),
        alt=say("items.story_alt", values=told.every(marks)),
        key="items/chart/story",
        height="content",
    )
    quiet = len(scenario.nodes) - len(told_nodes)
    if quiet:
        many = "items.story_hidden_one" if quiet == 1 else "items.story_hidden"
        box.caption(say(many, n=quiet, least=seen.least))
    head = [say(f"items.column.{name}") for name in ("place", "letter", "choice", "took")]
    table(box, "story", head, rows, seen, look)


def _finding(scenario: Scenario, shares: Mapping[tuple[str, str], Range | None], look: Look) -> str:
    """The choice that does most harm at its place and that the largest share took."""
    worst: tuple[float, Range, str, str] | None = None
    for node, of in scenario.nodes.items():
        choice = min(of.choices, key=lambda one: sum(one.meters.values()))
        share = shares.get((node, choice.id))
        if share and (worst is None or share.middle > worst[0]):
            worst = share.middle, share, spoken(choice.text), spoken(of.title)
    if worst is None:
        return look.say("items.story_none")
    _, share, text, place = worst
    return look.say("items.story", share=told.share(share, look.say), choice=text, place=place)


def _places(scenario: Scenario, look: Look) -> dict[str, str]:
    """Places by number and title, and by which choices one comes there: titles come twice."""
    number = {node: place for place, node in enumerate(scenario.nodes, 1)}
    ways: dict[str, list[str]] = {}
    for node, of in scenario.nodes.items():
        for letter, choice in zip(LETTERS, of.choices, strict=False):
            ways.setdefault(choice.goto, []).append(f"{number[node]}{letter}")
    return {
        node: f"{number[node]}. {spoken(of.title)}"
        + (f" ({look.say('items.after', ways=', '.join(ways[node]))})" if node in ways else "")
        for node, of in scenario.nodes.items()
    }


def stops(surface: Surface, seen: Seen, look: Look) -> None:
    """The last step of those who began and did not get through."""
    say, found = look.say, seen.analysis
    box = surface.container(key="card-stops", gap="small")
    if not found.stops:
        box.header(say("items.stops_none"), anchor=False)
        box.markdown(say("items.too_few", least=seen.least))
        return
    steps = {step.id: step.title for step in found.module.steps}
    through = next(one for one in found.stops if one.step == END)
    stopped = [one for one in found.stops if one.step != END]
    worst = max(stopped, key=lambda one: one.share.middle)
    most = worst.share.low > 0
    box.header(
        say(
            "items.stops" if most else "items.stops_nobody",
            share=told.share(worst.share, say),
            step=steps[worst.step],
            through=told.share(through.share, say),
        ),
        anchor=False,
    )
    box.caption(say("items.stops_about", days=AFTER_DAYS))
    marks = tuple(
        Mark(steps[one.step], steps[one.step], one.share.middle, told.share(one.share, say))
        for one in stopped
    )
    bars(box, "stops", marks, look)
    head = [say("items.column.step"), say("items.column.stopped")]
    rows = [[mark.name, mark.text] for mark in marks]
    rows.append([say("items.through"), told.share(through.share, say)])
    table(box, "stops", head, rows, seen, look)
