"""What is said of a release that was handed in: gauges, hints, and at the end one that holds."""

from __future__ import annotations

from modules.basics import Surface, Words
from modules.labs.break_mend.attack import linked
from modules.labs.break_mend.breaking import link_words, number, percent
from modules.labs.break_mend.grading import FULL, checks, solve
from modules.labs.break_mend.levels import TOP
from modules.labs.break_mend.mending import gauge_rows
from modules.labs.break_mend.picture import gauges_html
from modules.labs.break_mend.release import measured
from modules.labs.break_mend.state import State
from modules.labs.lab import Render
from modules.markup import uncited


def review(
    surface: Surface,
    state: State,
    words: Words,
    render: Render = uncited,
    told: bool = True,
) -> None:
    """Draw what the release reached and a hint for each goal missed; with ``told`` a model."""
    failed = [check.hint for check in checks(state) if not check.passed]
    found = linked(state.seed, state.link)
    box = surface.container(key=f"{'again' if failed else 'good'}-lab-release", gap="small")
    box.markdown(
        words(
            "lab.break_mend.attack_was",
            share=percent(found.right_share),
            right=number(found.rightly),
            could=number(found.could),
        )
    )
    release = measured(state.seed, state.setting)
    box.html(gauges_html(gauge_rows(release, state.options.goals, words)))
    for hint in failed:
        box.markdown(render(state.options.hints[hint]))
    if told:
        _model(surface, state, words)


def _model(surface: Surface, state: State, words: Words) -> None:
    """A release that holds, and what it makes of her row."""
    setting = solve(state).setting
    names = link_words(words)
    more = surface.expander(words("lab.break_mend.model"), icon=":material/check_circle:")
    more.markdown(
        words("lab.break_mend.model_attack", link=", ".join(names[field] for field in FULL))
    )
    more.markdown(
        words(
            "lab.break_mend.model_release",
            years=setting.birth,
            oldest=words("lab.break_mend.and_over", age=TOP),
        )
    )
    more.html(gauges_html(gauge_rows(measured(state.seed, setting), state.options.goals, words)))
    more.markdown(words("lab.break_mend.model_why"))
