"""The first part on the page: set ε, predict the scale, and see four hundred releases."""

from __future__ import annotations

from dataclasses import replace

from modules import fields
from modules.basics import Surface, Words
from modules.labs.noise_dial import noise
from modules.labs.noise_dial.keeping import SCALES
from modules.labs.noise_dial.numbers import DIAL, factor, scale, written
from modules.labs.noise_dial.picture import releases_html
from modules.labs.noise_dial.state import DRAWS, WALK, State
from modules.labs.noise_dial.town import given


def draw(card: Surface, state: State, key: str, words: Words) -> State:
    """Draw dial, prediction and releases; return the state with what they hold now."""
    mine = given(state.seed)
    card.header(words("lab.noise_dial.dial_title"), anchor=False)
    card.markdown(
        words(
            "lab.noise_dial.dial_task",
            clinic=mine.dial.clinic,
            ward=mine.dial.ward,
            count=mine.dial.count,
            limit=mine.limit,
        )
    )
    # One tap for each position: a thumb does not hit the steps of a slider.
    epsilon = card.pills(
        words("lab.noise_dial.epsilon"),
        list(DIAL),
        default=state.epsilon,
        required=True,
        format_func=written,
        key=f"{key}/dial",
    )
    card.caption(words("lab.noise_dial.factor", factor=written(factor(epsilon))))
    guess = card.pills(
        words("lab.noise_dial.predict"),
        list(SCALES),
        default=state.guess,
        format_func=written,
        key=f"{key}/guess/{epsilon}",
    )
    now = replace(state, epsilon=epsilon, guess=guess)
    wanted = fields.picked(f"{key}/draw", state.drawn_at) == epsilon and guess is not None
    if guess is None:
        card.markdown(words("lab.noise_dial.predict_first"))
    card.button(
        words("lab.noise_dial.draw", n=DRAWS),
        icon=":material/casino:",
        type="secondary" if wanted else "primary",
        disabled=guess is None,
        key=f"{key}/draw-button",
        on_click=fields.put,
        args=(f"{key}/draw", epsilon),
    )
    if wanted and not now.drawn():
        draws = noise.releases(mine.dial.records, epsilon, DRAWS)
        now = replace(now, draws=draws, drawn_at=epsilon)
    if now.drawn():
        tell(card, now, words)
    card.button(
        words("lab.noise_dial.to_walk"),
        type="primary" if now.drawn() else "secondary",
        key=f"{key}/to-walk",
        on_click=fields.put,
        args=(f"{key}/part", WALK),
    )
    return now


def reached(errors: list[int]) -> int:
    """What 95% of the errors stay within: the nearest rank."""
    return sorted(errors)[-(-95 * len(errors) // 100) - 1]


def tell(card: Surface, state: State, words: Words) -> None:
    """The releases as a picture and in words, and what OpenDP says of them."""
    mine, epsilon = given(state.seed), state.epsilon
    truth, drawn = mine.dial.count, state.drawn()
    errors = [abs(one - truth) for one in drawn]
    inside, within = sum(one <= mine.limit for one in errors), reached(errors)
    card.html(
        releases_html(
            drawn,
            truth,
            mine.limit,
            words(
                "lab.noise_dial.releases_alt",
                n=len(drawn),
                low=min(drawn),
                high=max(drawn),
                inside=inside,
                limit=mine.limit,
                truth=truth,
            ),
        )
    )
    card.caption(words("lab.noise_dial.releases", inside=inside, n=len(drawn), limit=mine.limit))
    told = words(
        "lab.noise_dial.measured",
        within=within,
        scale=written(scale(epsilon)),
        epsilon=written(noise.accounted(epsilon)),
    )
    right = state.guess is not None and abs(state.guess - scale(epsilon)) < 1e-9
    said = words("lab.noise_dial.guess_right" if right else "lab.noise_dial.guess_wrong")
    card.markdown(f"{told} {said}")
