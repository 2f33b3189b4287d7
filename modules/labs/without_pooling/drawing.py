"""The lab on the page: learn without moving a row, lock a sum, open a total. One part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

from modules import fields
from modules.basics import Surface, Words
from modules.labs.cards import way
from modules.labs.without_pooling.drawing_sum import keys, outputs, told_exposed
from modules.labs.without_pooling.federated import ROUNDS, SAMPLE, Run, found, run
from modules.labs.without_pooling.grading import CLOSE
from modules.labs.without_pooling.learning import apart, ranking, read_back
from modules.labs.without_pooling.options import SERVICES
from modules.labs.without_pooling.people import BANDS, records, split
from modules.labs.without_pooling.state import OFFERED, PARTS, State, in_order
from modules.markup import bar_html, person_html, table_html

__all__ = ["play", "told_exposed"]

BEHIND = (1, 3, 10, 30)
COIN, TOP = 0.5, 0.8
"""The bars run from a coin to this AUC."""


def play(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw the part that is open; return what is decided in all of them."""
    number = surface.pagination(PARTS, key=f"{key}/page")
    if number > 1:
        surface.html(f'<span data-sw-place="{escape(f"{key}/{number}")}"></span>')
    now = replace(_held(state, key), page=number)
    card = surface.container(key=f"card-{key}-{number}", gap="medium")
    drawn = (_learn, keys, outputs)[number - 1](card, now, key, words)
    if number < PARTS:
        way(card, words("lab.without_pooling.next"), key, number + 1, "next", primary=True)
    return drawn


def _held(state: State, key: str) -> State:
    """What is kept, or what the browser sent since, also for parts that are not drawn."""
    picked: dict[str, Any] = {}
    for name, offered in OFFERED.items():
        kept = getattr(state, name)
        sent = fields.picked(f"{key}/{name}", kept)
        if name == "allowed":
            picked[name] = in_order(sent)
        else:
            picked[name] = sent if sent is None or sent in offered else kept
    return replace(state, **picked)


def _learn(card: Surface, state: State, key: str, words: Words) -> State:
    card.header(words("lab.without_pooling.learn"), anchor=False)
    card.markdown(words("lab.without_pooling.learn_told"))
    labels = {
        "rows": words("lab.without_pooling.sent_rows"),
        "sample": words("lab.without_pooling.sent_sample", n=SAMPLE),
        "updates": words("lab.without_pooling.sent_updates"),
    }
    sent = card.container(key=f"choices-{key}-sent").radio(
        words("lab.without_pooling.sent"),
        list(labels),
        index=list(labels).index(state.sent) if state.sent else None,
        format_func=lambda one: labels.get(one, ""),
        key=f"{key}/sent",
    )
    rounds = card.pills(
        words("lab.without_pooling.rounds"),
        list(ROUNDS),
        default=state.rounds,
        key=f"{key}/rounds",
    )
    now = replace(state, sent=sent, rounds=rounds)
    _scores(card, now, words)
    if sent:
        _log(card, now, run(state.seed, sent), words)
        if sent == "updates":
            _leak(card, now, key, words)
    return now


def _scores(card: Surface, state: State, words: Words) -> None:
    """How well each ranks the residents of the test: bars, with their numbers in words."""
    alone, pooled = apart(state.seed)
    lines = [(words("lab.without_pooling.pooled", pairs=pairs(pooled)), pooled)]
    told = ""
    if state.sent and state.rounds:
        weights = run(state.seed, state.sent).weights[state.rounds - 1]
        ours = ranking(weights, split(state.seed).test)
        # The hub that has all rows trains on them itself: no rounds to count then.
        label = (
            words("lab.without_pooling.ours_rows", pairs=pairs(ours))
            if state.sent == "rows"
            else words("lab.without_pooling.ours", n=state.rounds, pairs=pairs(ours))
        )
        lines.insert(0, (label, ours))
        close = pooled - ours <= CLOSE
        told = words("lab.without_pooling.close" if close else "lab.without_pooling.far")
    lines += [
        (
            words(
                "lab.without_pooling.alone", service=state.options.services[one], pairs=pairs(auc)
            ),
            auc,
        )
        for one, auc in zip(SERVICES, alone, strict=True)
    ]
    box = card.container(gap="xsmall")
    box.markdown(words("lab.without_pooling.scores"))
    for label, auc in lines:
        box.caption(label)
        box.html(bar_html((auc - COIN) / (TOP - COIN), label))
    if told:
        card.markdown(told)


def pairs(auc: float) -> str:
    """The AUC in plain words: of 100 pairs, how many are put right, to a tenth."""
    return f"{100 * auc:.1f}"


def _log(card: Surface, state: State, done: Run, words: Words) -> None:
    """The first message of each service, as the hub got it."""
    rows = [
        (state.options.services[SERVICES[one.service]], _holds(one, words), f"{one.size:,}")
        for one in done.first
    ]
    header = [words(f"lab.without_pooling.log_{one}") for one in ("from", "holds", "bytes")]
    caption = words("lab.without_pooling.log")
    card.html(table_html(caption, header, rows, hidden_caption=False))
    number = found(state.seed, done.first)
    badge = card.container(horizontal=True)
    badge.badge(
        words(
            "lab.without_pooling.found" if number else "lab.without_pooling.none_found",
            n=f"{number:,}",
        ),
        icon=":material/warning:" if number else ":material/check_circle:",
        color="orange" if number else "green",
    )


def _holds(reply: Any, words: Words) -> str:
    numbers = _short(next(iter(reply.arrays.values())))
    update = words("lab.without_pooling.log_update", n=f"{reply.records:,}", numbers=numbers)
    if not reply.lists:
        return update
    sent = len(next(iter(reply.lists.values())))
    first = ", ".join(f"{name} {values[0]:.0f}" for name, values in sorted(reply.lists.items()))
    return f"{update} {words('lab.without_pooling.log_rows', n=f'{sent:,}', first=first)}"


def _short(values: Sequence[float]) -> str:
    # Minus signs as people read them; a rounded −0.00 is a 0.
    return ", ".join(f"{round(one, 2) + 0:.2f}".replace("-", "−") for one in values)


def _leak(card: Surface, state: State, key: str, words: Words) -> None:
    """The caveat, tried on one resident: how many people must stand behind an update?"""
    card.markdown(words("lab.without_pooling.leak"))
    behind = card.pills(
        words("lab.without_pooling.behind"), list(BEHIND), default=BEHIND[0], key=f"{key}/behind"
    )
    if behind is None:
        return
    resident, service = _marked(state)
    read = read_back(resident, behind - 1, split(state.seed).services[service])
    if not read.fits:
        card.markdown(words("lab.without_pooling.not_read"))
        return
    card.html(
        person_html(
            words(
                "lab.without_pooling.read",
                who=words("lab.without_pooling.woman" if read.woman else "lab.without_pooling.man"),
                age=read.age,
                referred=words(
                    "lab.without_pooling.was_referred"
                    if read.referred
                    else "lab.without_pooling.not_referred"
                ),
            )
        )
    )


def _marked(state: State) -> tuple[int, int]:
    """The row of the learner's citizen, or of a resident of the middle service; and the service."""
    held = records()
    at = [row for row, one in enumerate(held.ids.tolist()) if one == state.citizen]
    row = at[0] if at else int(split(state.seed).services[2][0])
    age = held.raw[row, 0]
    service = next(at for at, (low, high) in enumerate(BANDS) if low <= age <= high)
    return row, service
