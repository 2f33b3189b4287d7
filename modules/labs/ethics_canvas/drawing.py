"""The lab on the page: six cards, one box of the canvas on each, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from modules import fields
from modules.basics import Surface, Words
from modules.labs.cards import numbered
from modules.labs.ethics_canvas.chart import figures_card
from modules.labs.ethics_canvas.options import TAKEN
from modules.labs.ethics_canvas.state import CARDS, LONGEST, PICKS, State
from modules.markup import bar_html, eyebrow_html

BOXES = {
    1: "lab.ethics_canvas.box_1",
    2: "lab.ethics_canvas.box_2",
    3: "lab.ethics_canvas.box_3",
    4: "lab.ethics_canvas.box_4",
    5: "lab.ethics_canvas.box_5",
    6: "lab.ethics_canvas.box_6",
}
ASKED = {
    "benefit": "lab.ethics_canvas.ask_benefit",
    "least": "lab.ethics_canvas.ask_least",
    "decision": "lab.ethics_canvas.ask_decision",
    "reason": "lab.ethics_canvas.ask_reason",
    "owner": "lab.ethics_canvas.ask_owner",
    "review": "lab.ethics_canvas.ask_review",
}
RATED = {"likely": "lab.ethics_canvas.likely", "severe": "lab.ethics_canvas.severe"}
Draw = Callable[[Surface, State, str, Words], State]


def heading(number: int, words: Words) -> str:
    """The name of a card."""
    return words(BOXES[number])


def play(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw one card with ways to the others; return what is held now."""
    at = numbered(surface, key, CARDS)
    number = at.number
    now = replace(_held(state, key), page=number)
    card = at.card(number)
    title = words("lab.ethics_canvas.card", n=number, of=CARDS)
    card.html(eyebrow_html(f"{title} · {now.proposal.name}"))
    card.header(heading(number, words), anchor=False)
    now = DRAWN[number - 1](card, now, key, words)
    at.ways(card, now.open(), "lab.ethics_canvas", words)
    return now


def _held(state: State, key: str) -> State:
    """What is kept, or what the browser sent since for cards that this run does not draw."""
    one = state.proposal
    picks: dict[str, str] = {}
    for box in PICKS:
        value = fields.picked(f"{key}/{box}", state.picks.get(box))
        if isinstance(value, str) and value in state.offered(box):
            picks[box] = value
    groups = {group.id for group in one.groups}
    sent = fields.picked(f"{key}/groups", list(state.groups))
    rated: dict[str, dict[str, str]] = {"likely": {}, "severe": {}}
    scales: dict[str, Mapping[str, str]] = {
        "likely": {str(name): text for name, text in state.options.likely.items()},
        "severe": {str(name): text for name, text in state.options.severe.items()},
    }
    for name, scale in scales.items():
        was = getattr(state, name)
        for harm in one.harms:
            value = fields.picked(f"{key}/{name}/{harm.id}", was.get(harm.id))
            if isinstance(value, str) and value in scale:
                rated[name][harm.id] = value
    taken = [
        each.id
        for each in one.mitigations
        if fields.picked(f"{key}/take/{each.id}", each.id in state.taken)
    ]
    note = fields.held(f"{key}/note", LONGEST)
    return replace(
        state,
        picks=picks,
        groups=tuple(group for group in sent or () if group in groups),
        likely=rated["likely"],
        severe=rated["severe"],
        taken=tuple(taken),
        note=state.note if note is None else note,
    )


def _pick(card: Surface, now: State, box: str, key: str, words: Words) -> State:
    """One of several sentences, one below the other."""
    texts = now.offered(box)
    ids = list(texts)
    mine = now.picks.get(box)
    value = card.container(key=f"choices-{key}-{box}").radio(
        words(ASKED[box]),
        ids,
        index=ids.index(mine) if mine in ids else None,
        format_func=lambda id_: texts.get(id_, ""),
        key=f"{key}/{box}",
    )
    rest = {name: held for name, held in now.picks.items() if name != box}
    return replace(now, picks=rest | {box: value} if value else rest)


def _benefit(card: Surface, now: State, key: str, words: Words) -> State:
    card.markdown(now.proposal.text)
    return _pick(card, now, "benefit", key, words)


def _least(card: Surface, now: State, key: str, words: Words) -> State:
    return _pick(card, now, "least", key, words)


def _harms(card: Surface, now: State, key: str, words: Words) -> State:
    """Two ratings for each harm, and their product as a bar."""
    scales: dict[str, dict[str, str]] = {
        "likely": {str(name): text for name, text in now.options.likely.items()},
        "severe": {str(name): text for name, text in now.options.severe.items()},
    }
    for harm in now.proposal.harms:
        part = card.container(gap="small")
        part.markdown(f"**{harm.text}**")
        for name, scale in scales.items():
            rated: dict[str, str] = dict(getattr(now, name))
            value = part.pills(
                words(RATED[name]),
                list(scale),
                default=rated.get(harm.id),
                format_func=lambda id_, scale=scale: scale.get(id_, ""),
                key=f"{key}/{name}/{harm.id}",
            )
            rest = {one: held for one, held in rated.items() if one != harm.id}
            rest = rest | {harm.id: value} if value else rest
            now = replace(now, likely=rest) if name == "likely" else replace(now, severe=rest)
        if score := now.score(harm.id):
            told = words("lab.ethics_canvas.score", n=score)
            part.caption(told)
            part.html(bar_html(score / 9, told))
    if highest := now.highest():
        texts = [harm.text for harm in now.proposal.harms if harm.id in highest]
        card.markdown(words("lab.ethics_canvas.highest", which="; ".join(texts)))
    return now


def _mitigations(card: Surface, now: State, key: str, words: Words) -> State:
    """Three measures for the points there are, and the harm that they should meet."""
    one, budget = now.proposal, now.options.budget
    highest = [harm.text for harm in one.harms if harm.id in now.highest()]
    if highest:
        card.markdown(words("lab.ethics_canvas.highest", which="; ".join(highest)))
    else:
        card.markdown(words("lab.ethics_canvas.unrated"))
    told = card.container(gap="small")
    box = card.container(key=f"places-{key}-take", gap="xsmall")
    taken = []
    for each in one.mitigations:
        one_or_more = "lab.ethics_canvas.cost_1" if each.cost == 1 else "lab.ethics_canvas.cost_n"
        points = words(one_or_more, n=each.cost)
        if box.checkbox(
            f"{each.text} ({points})", value=each.id in now.taken, key=f"{key}/take/{each.id}"
        ):
            taken.append(each.id)
    now = replace(now, taken=tuple(taken))
    over = "lab.ethics_canvas.over" if now.spent() > budget else "lab.ethics_canvas.spent"
    said = words(over, n=now.spent(), of=budget, taken=len(taken), wanted=TAKEN)
    told.markdown(said)
    told.html(bar_html(now.spent() / budget, said))
    return now


def _decide(card: Surface, now: State, key: str, words: Words) -> State:
    for box in ("decision", "reason", "owner", "review"):
        now = _pick(card, now, box, key, words)
    note = fields.text(
        card,
        words("lab.ethics_canvas.note"),
        key=f"{key}/note",
        value=now.note,
        help=words("lab.ethics_canvas.note_help"),
        max_chars=LONGEST,
        lines=2,
    )
    return replace(now, note=note)


DRAWN: tuple[Draw, ...] = (_benefit, figures_card, _least, _harms, _mitigations, _decide)
