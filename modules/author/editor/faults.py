"""The list of what is wrong with a draft: each row names a thing and leads to its form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from modules import markup
from modules.author.editor.outline import part_of, thing, whole
from modules.author.editor.pen import Pen
from modules.basics import Problem, Surface, Words
from modules.drafts import stories, unwritten
from modules.scenarios.check import EMPTY

# Problems that stop are shown at once, of advice a little; the rest is folded.
MOST_STOPS, MOST_TIPS, MOST_REST = 6, 2, 60


@dataclass(frozen=True)
class Row:
    """One row: what it is about, in words, what is wrong, and the form and place that mend it."""

    name: str
    sentence: str
    stops: bool
    at: str
    # What its link leads to; of several, the first.
    problem: Problem
    spot: str = ""


def draw(
    pen: Pen,
    card: Surface,
    say: Words,
    found: Sequence[Problem],
    go: Callable[[Problem, str], None],
) -> None:
    """What stops a publication, then advice; each leads to its place.

    Advice comes once a part has words of its own. Until all have, it is said which is next.
    """
    begun = unwritten.problems(pen.files, pen.slug, say)
    # A part that has not been written is no part to advise on, and the whole is not, before all is.
    waiting = {part_of(pen, one) for one in begun} | ({"", "front", "steps"} if begun else set())
    kept = [one for one in found if one.stops or part_of(pen, one) not in waiting]
    every = rows(pen, say, kept)
    stops = [one for one in every if one.stops]
    tips = [one for one in every if not one.stops]
    one, many = say("studio.problems_one"), say("studio.problems", n=len(stops))
    told = one if len(stops) == 1 else many if stops else say("studio.problems_none")
    advice = say("studio.tips_one") if len(tips) == 1 else say("studio.tips", n=len(tips))
    card.header(f"{told}, {advice}" if tips else told, anchor=False)
    shown = [*stops[:MOST_STOPS], *tips[: max(MOST_TIPS - len(stops), 0)]]
    if begun:
        _next(pen, card, say, begun, go)
    for number, row in enumerate(shown):
        _row(pen, card, say, row, number, go)
    if rest := [one for one in (*stops, *tips) if one not in shown]:
        box = card.expander(say("studio.more_problems", n=len(rest)), key=f"more-{pen.id}")
        for number, row in enumerate(rest[:MOST_REST], len(shown)):
            _row(pen, box, say, row, number, go)


def _next(
    pen: Pen,
    card: Surface,
    say: Words,
    begun: Sequence[Problem],
    go: Callable[[Problem, str], None],
) -> None:
    """In one sentence what a module needs next: the first part that has its first words still."""
    parts = list(dict.fromkeys(part_of(pen, one) for one in begun))
    what = whole(pen, parts[0], say)
    row = card.container(gap=None, key=f"problem-{pen.id}-next")
    told = say("studio.next", what=markup.literal(what), n=len(parts))
    row.markdown(f":material/edit: {told}")
    row.button(
        say("studio.go_there", what=what),
        key=f"edit/{pen.id}/problem/next",
        type="tertiary",
        on_click=go,
        args=(begun[0], parts[0]),
    )


def rows(pen: Pen, say: Words, found: Sequence[Problem]) -> list[Row]:
    """Problems in the words of the outline; the empty texts of one place of a story as one row."""
    made: list[Row] = []
    empty: dict[str, int] = {}
    codes = _codes(pen)
    for problem in found:
        at, spot = part_of(pen, problem), ""
        name = thing(pen, problem, say)
        if at == "scenario":
            steps = problem.place.partition(", ")[2].split(" > ")
            spot = steps[1] if len(steps) > 1 and steps[1] in codes else ""
            if spot:
                name = ", ".join([whole(pen, at, say), codes[spot], *_inner(steps)])
            if spot and problem.sentence == EMPTY:
                if spot not in empty:
                    name = f"{whole(pen, at, say)}, {codes[spot]}"
                    made.append(Row(name, "", problem.stops, at, problem, spot))
                empty[spot] = empty.get(spot, 0) + 1
                continue
        made.append(Row(name, problem.sentence, problem.stops, at, problem, spot))
    return [
        one if one.sentence else replace(one, sentence=_unwritten(empty[one.spot], say))
        for one in made
    ]


def _unwritten(number: int, say: Words) -> str:
    return say("studio.unwritten_one") if number == 1 else say("studio.unwritten", n=number)


def _inner(steps: Sequence[str]) -> list[str]:
    """Which choice or reason of a place of a story, if any."""
    return [steps[3]] if len(steps) > 3 and steps[2] in ("choices", "reasons") else []


def _codes(pen: Pen) -> dict[str, str]:
    """The short names of a story's places, as its picture has them."""
    if not pen.files.get(stories.structure(pen.slug), "").strip():
        return {}
    drawn = stories.drawn(pen.files, pen.slug, pen.language)
    return {one.id: one.code for one in drawn.spots}


def _row(
    pen: Pen, card: Surface, say: Words, one: Row, number: int, go: Callable[[Problem, str], None]
) -> None:
    icon = ":red[:material/error:]" if one.stops else ":material/lightbulb:"
    row = card.container(gap=None, key=f"problem-{pen.id}-{number}")
    row.markdown(f"{icon} **{markup.literal(one.name)}**: {markup.literal(one.sentence)}")
    if one.at:
        row.button(
            say("studio.go_there", what=whole(pen, one.at, say)),
            key=f"edit/{pen.id}/problem/{number}",
            type="tertiary",
            on_click=go,
            args=(one.problem, one.at),
        )
