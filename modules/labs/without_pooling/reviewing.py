"""What is said of what was handed in: hints at first, then a way in which all five hold."""

from __future__ import annotations

from modules.basics import Surface, Words
from modules.labs.lab import Render
from modules.labs.without_pooling.drawing import told_exposed
from modules.labs.without_pooling.grading import checks, opened
from modules.labs.without_pooling.outputs import exposed
from modules.labs.without_pooling.state import State


def review(
    surface: Surface,
    state: State,
    words: Words,
    render: Render = str,
    told: bool = True,
) -> None:
    """A hint for each check that failed; with ``told`` also one way that passes, and why."""
    for check in checks(state):
        if check.passed:
            continue
        box = surface.container(key=f"again-lab-{check.key}", gap="small")
        box.header(words(f"lab.without_pooling.check_{check.key}"), anchor=False)
        box.markdown(render(state.options.hints[check.hint]))
        out = exposed(state.seed, opened(state)) if check.key == "least" else ()
        if out:
            box.markdown(told_exposed(state, out, words))
    if told:
        surface.markdown(words("lab.without_pooling.right"))
        surface.markdown(render(state.options.why))
