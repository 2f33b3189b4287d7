"""The lab on the page: a card for each entry of the register, then the notice, then the new use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from modules import fields
from modules.basics import Surface, Words
from modules.labs.basis_builder.asking import register_card
from modules.labs.basis_builder.noticing import notice_card
from modules.labs.basis_builder.reusing import use_card
from modules.labs.basis_builder.state import State
from modules.labs.cards import numbered


def play(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw one page with ways to the others; return what is held now."""
    pages, cards = state.pages, state.drawn.cards
    at = numbered(surface, key, pages)
    number = at.number
    now = replace(_held(state, key), page=number)
    name = cards[number - 1].id if number <= len(cards) else f"page-{number}"
    card = at.card(name)
    title = words("lab.basis_builder.card", n=number, of=pages)
    if number <= len(cards):
        now = register_card(card, now, cards[number - 1], title, key, words)
    elif number < pages:
        now = notice_card(card, now, title, key, words)
    else:
        now = use_card(card, now, title, key, words)
    at.ways(card, now.open(), "lab.basis_builder", words)
    return now


def _held(state: State, key: str) -> State:
    """What is kept, or what the browser sent since for pages that this run does not draw."""
    answers: Mapping[str, str] = {
        what: value
        for what, ids in state.offered.items()
        if (value := fields.picked(f"{key}/{what}", state.answers.get(what))) in ids
    }
    notice = tuple(
        sorted(
            one.id
            for one in state.drawn.sentences
            if fields.picked(f"{key}/notice/{one.id}", one.id in state.notice)
        )
    )
    return replace(state, answers=answers, notice=notice)
