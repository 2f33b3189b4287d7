"""The lab on the page: a card for each entry of the register, then the notice, then the new use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from modules import fields
from modules.basics import Surface, Words
from modules.labs.basis_builder.asking import register_card
from modules.labs.basis_builder.noticing import notice_card
from modules.labs.basis_builder.reusing import use_card
from modules.labs.basis_builder.state import State


def play(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw one page with ways to the others; return what is held now."""
    pages, cards = state.pages, state.drawn.cards
    row = surface.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    number = row.pagination(pages, key=f"{key}/page")
    told = row.container(width="content")
    now = replace(_held(state, key), page=number)
    name = cards[number - 1].id if number <= len(cards) else f"page-{number}"
    card = surface.container(key=f"card-{key}-{name}", gap="medium")
    if number > 1:
        # Another card takes the place of this one: the page begins at the top again.
        card.html(f'<span data-sw-place="{escape(f"{key}/{number}")}"></span>')
    title = words("lab.basis_builder.card", n=number, of=pages)
    if number <= len(cards):
        now = register_card(card, now, cards[number - 1], title, key, words)
    elif number < pages:
        now = notice_card(card, now, title, key, words)
    else:
        now = use_card(card, now, title, key, words)
    left = now.open()
    done = "lab.basis_builder.done" if left else "lab.basis_builder.complete"
    told.caption(words(done, n=pages - len(left), of=pages))
    if number < pages:
        _to(card, words("lab.basis_builder.next"), key, number + 1, "next", primary=bool(left))
    elif left:
        others = [one for one in left if one != number]
        surface.markdown(
            words("lab.basis_builder.open" if others else "lab.basis_builder.open_here")
        )
        ways = surface.container(horizontal=True, gap="small")
        for one in others:
            _to(ways, words("lab.basis_builder.go", n=one), key, one, f"go-{one}")
    return now


def _to(
    surface: Surface, label: str, key: str, number: int, name: str, primary: bool = False
) -> None:
    """A button to a page."""
    surface.button(
        label,
        key=f"{key}/{name}",
        type="primary" if primary else "secondary",
        on_click=fields.put,
        args=(f"{key}/page", number),
    )


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
