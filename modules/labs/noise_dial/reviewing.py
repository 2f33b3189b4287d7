"""What is said of a lab that was handed in: hints at first, then what would have held."""

from __future__ import annotations

from modules.basics import Surface, Words
from modules.labs.lab import Render
from modules.labs.noise_dial.grading import checks, plan
from modules.labs.noise_dial.numbers import DIAL, scale, smallest, written
from modules.labs.noise_dial.state import LEVELS, State
from modules.labs.noise_dial.town import given
from modules.markup import uncited


def review(
    surface: Surface,
    state: State,
    words: Words,
    render: Render = uncited,
    told: bool = True,
) -> None:
    """Draw a hint for each check that was missed; with ``told`` also answers that hold."""
    failed = [check.hint for check in checks(state) if not check.passed]
    if failed:
        box = surface.container(key="again-lab-noise", gap="small")
        for hint in failed:
            box.markdown(render(state.options.hints[hint]))
    else:
        box = surface.container(key="good-lab-noise", gap="small")
        box.markdown(words("lab.noise_dial.holds"))
    if told:
        _model(surface, state, words, render)


def _model(surface: Surface, state: State, words: Words, render: Render) -> None:
    mine, shares = given(state.seed), plan(state)
    epsilon = smallest(mine.limit, DIAL)
    more = surface.expander(words("lab.noise_dial.model"), icon=":material/check_circle:")
    more.markdown(
        words(
            "lab.noise_dial.model_dial",
            epsilon=written(epsilon),
            scale=written(scale(epsilon)),
            limit=mine.limit,
        )
    )
    more.markdown(
        words(
            "lab.noise_dial.model_walk",
            count=mine.walk.count,
            n=f"{LEVELS[-1]:,}",
            each=written(mine.each),
            spent=written(mine.each * LEVELS[-1]),
        )
    )
    told = ", ".join(
        f"{state.options.tables[table]} {written(shares[table])}" for table in mine.ranked
    )
    more.markdown(
        words(
            "lab.noise_dial.model_spend", shares=told, total=written(round(sum(shares.values()), 2))
        )
    )
    more.markdown(render(state.options.why))
