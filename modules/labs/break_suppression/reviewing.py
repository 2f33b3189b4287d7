"""What is said of a table that was handed in: hints at first, then what breaks and what holds."""

from __future__ import annotations

from modules.basics import Surface, Words
from modules.labs.break_suppression.drawing import table, told_isolated
from modules.labs.break_suppression.figures import exposed, house
from modules.labs.break_suppression.grading import checks, shut, solve
from modules.labs.break_suppression.state import State
from modules.labs.lab import Render


def review(
    surface: Surface,
    state: State,
    words: Words,
    render: Render = str,
    told: bool = True,
) -> None:
    """A hint for each check that failed; with ``told`` also the sum, the joiner and a table."""
    failed = [check for check in checks(state) if not check.passed]
    for check in failed:
        box = surface.container(key=f"again-lab-{check.key}", gap="small")
        box.header(words(f"lab.break_suppression.check_{check.key}"), anchor=False)
        box.markdown(render(state.options.hints[check.hint]))
        if check.key == "safe" and state.hide:
            isolated = exposed(state.figures.first, shut(state))
            box.markdown(told_isolated(state, isolated, words))
    if told:
        _told(surface, state, words, render)


def _told(surface: Surface, state: State, words: Words, render: Render) -> None:
    right, names, drawn = solve(state), state.options.names(), state.figures
    less = " − ".join(names[one] for one in right.less)
    surface.markdown(
        words("lab.break_suppression.right_sum", begin=names[str(right.begin)], less=less)
    )
    surface.markdown(
        words(
            "lab.break_suppression.right_joined",
            team=names[str(right.joined)],
            status=words(f"lab.break_suppression.status_{right.status}"),
        )
    )
    caption = words("lab.break_suppression.house_table")
    surface.html(table(state, drawn.first, house(drawn.first), caption, words))
    surface.markdown(render(state.options.why))
