"""The second part on the page: ask the same thing again, and watch the average find the truth."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from modules import fields
from modules.basics import Surface, Words
from modules.labs.noise_dial import noise
from modules.labs.noise_dial.numbers import written
from modules.labs.noise_dial.picture import walk_html
from modules.labs.noise_dial.state import LEVELS, SPEND, State
from modules.labs.noise_dial.town import given
from modules.markup import person_html
from modules.synth import fernleigh

AROUND = 4
"""How many whole numbers are offered below and above last year's count."""


def draw(card: Surface, state: State, key: str, words: Words) -> State:
    """Draw the attack and its two questions; return the state with what is stated now."""
    mine = given(state.seed)
    before = mine.walk.count - 1
    card.header(words("lab.noise_dial.walk_title"), anchor=False)
    card.markdown(
        words(
            "lab.noise_dial.walk_task",
            clinic=mine.walk.clinic,
            ward=mine.walk.ward,
            before=before,
            each=written(mine.each),
        )
    )
    if state.whom:
        card.html(person_html(words("lab.noise_dial.suppose", name=named(state.whom))))
    now = _asked(state, key)
    done = len(now.answers)
    further = next((level for level in LEVELS if level > done), None)
    if further:
        card.button(
            words("lab.noise_dial.ask_once")
            if further == 1
            else words("lab.noise_dial.ask_until", n=f"{further:,}"),
            icon=":material/refresh:",
            type="primary",
            key=f"{key}/ask-{further}",
            on_click=fields.put,
            args=(f"{key}/asked", further),
        )
    if done:
        _tell(card, now, words)
    if not further:
        now = _questions(card, now, key, words)
    ready = now.count is not None and now.spent is not None
    if ready:
        after(card, now, words)
    card.button(
        words("lab.noise_dial.to_spend"),
        type="primary" if ready else "secondary",
        key=f"{key}/to-spend",
        on_click=fields.put,
        args=(f"{key}/part", SPEND),
    )
    return now


def named(resident_id: str) -> str:
    """The name of a resident."""

    residents = fernleigh().table("residents")
    at = residents["resident_id"].tolist().index(resident_id)
    return f"{residents['first_name'][at]} {residents['last_name'][at]}"


def _asked(state: State, key: str) -> State:
    """The state with as many answers as were asked for by now."""
    mine, done = given(state.seed), len(state.answers)
    wanted = fields.picked(f"{key}/asked", done)
    if not isinstance(wanted, int) or wanted not in LEVELS or wanted <= done:
        return state
    more = noise.releases(mine.walk.records, mine.each, wanted - done)
    return replace(state, answers=state.answers + more)


def averages(answers: tuple[int, ...]) -> list[float]:
    """The average of the first answer, the first two, and so on."""
    return [total / n for n, total in enumerate(accumulate(answers), 1)]


def _tell(card: Surface, state: State, words: Words) -> None:
    mine, done = given(state.seed), len(state.answers)
    walked = averages(state.answers)
    low = mine.walk.count - 1 - AROUND
    average = f"{walked[-1]:.2f}".replace("-", "−")
    alt = words("lab.noise_dial.walk_alt", n=f"{done:,}", average=average)
    card.html(walk_html(walked, low, alt))
    latest = ", ".join(str(one).replace("-", "−") for one in state.answers[-5:])
    card.markdown(
        words("lab.noise_dial.walked", n=f"{done:,}", average=average, latest=latest)
        if done > 1
        else words("lab.noise_dial.walked_once", latest=latest)
    )


def _questions(card: Surface, state: State, key: str, words: Words) -> State:
    mine = given(state.seed)
    before = mine.walk.count - 1
    count = card.pills(
        words("lab.noise_dial.count"),
        list(range(max(0, before - 2), before + AROUND)),
        default=state.count,
        key=f"{key}/count",
    )
    spent = card.pills(
        words("lab.noise_dial.spent"),
        [mine.each * level for level in LEVELS[1:]],
        default=state.spent,
        format_func=written,
        key=f"{key}/spent",
    )
    return replace(state, count=count, spent=spent)


def after(card: Surface, state: State, words: Words) -> None:
    """What the attack gets with and without a ledger, counted on the kept answers."""
    mine = given(state.seed)
    alone = sum(one == mine.walk.count for one in state.answers)
    card.markdown(
        words(
            "lab.noise_dial.after",
            each=written(mine.each),
            all=written(noise.accounted(mine.each, len(state.answers))),
            alone=alone,
            n=f"{len(state.answers):,}",
        )
    )
