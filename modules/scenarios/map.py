"""A map of a story: the road that was taken, and beside it the roads that were not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from modules.basics import Words
from modules.markup import uncited
from modules.scenarios.model import Choice, Scenario
from modules.scenarios.path import Path, Step, choose, debrief, ended, offered, place
from modules.scenarios.roads import endings

_MARKS = re.compile(r"(\*\*|\*|`|(?<!\w)_|_(?!\w))")


def map_html(
    scenario: Scenario,
    path: Path,
    words: Words,
    earlier: Sequence[Path] = (),
    roads: bool = True,
) -> str:
    """The stops of ``path`` from the top, each with the choice that was made there.

    With ``roads`` each stop also has the other choices and where they would have led: only for
    somebody who has seen an ending, because it tells what is to come. ``earlier`` are her other
    plays.
    """
    before = {(step.node, step.choice) for one in earlier for step in one.steps}
    stops = []
    for number, step in enumerate(debrief(scenario, path)):
        so_far = Path(path.steps[:number])
        choices = offered(scenario, so_far) if roads else (step.choice,)
        ways = [
            _taken(step, words)
            if choice.id == step.choice.id
            else _left(scenario, so_far, step, choice, (step.id, choice.id) in before, words)
            for choice in choices
        ]
        title = f"<p>{escape(_plain(step.node.title))}</p>"
        stops.append(f'<li role="listitem">{title}<ul role="list">{"".join(ways)}</ul></li>')
    here = place(scenario, path)
    if ended(scenario, path):
        told, kind = words("scenario.map.end", title=_plain(scenario.endings[here].title)), "end"
    else:
        told, kind = words("scenario.map.here", title=_plain(scenario.nodes[here].title)), "here"
    stops.append(f'<li role="listitem" class="sw-{kind}"><p>{escape(told)}</p></li>')
    label = escape(words("scenario.map.label"))
    return f'<ol class="sw-road" role="list" aria-label="{label}">{"".join(stops)}</ol>'


def _taken(step: Step, words: Words) -> str:
    why = ""
    if step.reason:
        said = words("scenario.your_reason", reason=_plain(step.reason.text))
        why = f"<span>{escape(said)}</span>"
    chosen = escape(words("scenario.you_chose", choice=_plain(step.choice.text)))
    return f'<li role="listitem" class="sw-taken"><b>{chosen}</b>{why}</li>'


def _left(
    scenario: Scenario, so_far: Path, step: Step, choice: Choice, seen: bool, words: Words
) -> str:
    """A choice that was open and not made: where it leads, and how that can end."""
    there = choose(scenario, so_far, choice.id)
    ends = [_plain(scenario.endings[id_].title) for id_ in endings(scenario, there)]
    if choice.goto == step.choice.goto:
        told = words("scenario.map.joins")
    elif choice.goto in scenario.endings:
        told = words("scenario.map.ends", ending=ends[0])
    else:
        leads = _plain(scenario.nodes[choice.goto].title)
        told = words("scenario.map.leads", place=leads, endings=" · ".join(ends))
    known = f"<em>{escape(words('scenario.map.before'))}</em>" if seen else ""
    text = escape(_plain(choice.text))
    return f'<li role="listitem"><span>{text}</span>{known}<span>{escape(told)}</span></li>'


def _plain(text: str) -> str:
    """Without cites and Markdown's marks: it stands in HTML."""
    return _MARKS.sub("", uncited(text))
