"""A card of the register: pick a basis, and it asks its question; the register answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from modules.basics import Surface, Words
from modules.labs.basis_builder.options import Card, Options
from modules.labs.basis_builder.rules import BASES, TOLD
from modules.labs.basis_builder.state import NEEDED, State
from modules.markup import eyebrow_html, facts_html, quote_html


def answer(options: Options, card: Card, basis: str) -> str:
    """What the register says to the question that this basis asks."""
    silent = options.silent
    says: Mapping[str, str] = {
        "consent": card.no_costs,
        "contract": card.deal_says or silent["deal"],
        "obligation": card.law_says or silent["law"],
        "vital": card.danger_says or silent["danger"],
        "task": card.law_says or silent["law"],
        "interests": card.role_says or silent[card.role],
    }
    return says[basis]


def with_answer(state: State, what: str, value: str | None) -> State:
    """The state with one answer set, or taken away for None."""
    rest = {one: kept for one, kept in state.answers.items() if one != what}
    return replace(state, answers=rest if value is None else rest | {what: value})


def register_card(
    card: Surface, now: State, one: Card, title: str, key: str, words: Words
) -> State:
    """Draw an entry with its four choices; return what is held now."""
    options = now.options
    card.html(eyebrow_html(title))
    card.header(one.name, anchor=False)
    card.markdown(one.story)
    card.html(
        facts_html(
            [
                (words("lab.basis_builder.data"), one.data),
                (words("lab.basis_builder.source"), one.source),
            ]
        )
    )
    texts = {name: sentence(getattr(one, name)) for name in now.drawn.orders[one.id]}
    purpose = card.container(key=f"choices-{key}-{one.id}-purpose").radio(
        words("lab.basis_builder.purpose"),
        list(texts),
        index=_place(now.answers.get(f"{one.id}/purpose"), list(texts)),
        format_func=lambda id_: texts.get(id_, ""),
        key=f"{key}/{one.id}/purpose",
    )
    now = with_answer(now, f"{one.id}/purpose", purpose)
    basis = card.pills(
        words("lab.basis_builder.basis"),
        list(BASES),
        default=now.answers.get(f"{one.id}/basis"),
        format_func=lambda id_: options.bases.get(id_, ""),
        key=f"{key}/{one.id}/basis",
    )
    now = with_answer(now, f"{one.id}/basis", basis)
    if basis in BASES:
        asked = card.container(key=f"asked-{key}-{one.id}", gap="xsmall")
        asked.html(quote_html(options.asks[basis]))
        asked.markdown(words("lab.basis_builder.answers", answer=answer(options, one, basis)))
    condition = card.pills(
        words("lab.basis_builder.condition"),
        list(NEEDED),
        default=now.answers.get(f"{one.id}/condition"),
        format_func=lambda id_: words(
            "lab.basis_builder.needed" if id_ == "yes" else "lab.basis_builder.not_needed"
        ),
        key=f"{key}/{one.id}/condition",
    )
    now = with_answer(now, f"{one.id}/condition", condition)
    told = card.pills(
        words("lab.basis_builder.told"),
        list(TOLD),
        default=now.answers.get(f"{one.id}/told"),
        format_func=lambda id_: options.told.get(id_, ""),
        key=f"{key}/{one.id}/told",
    )
    return with_answer(now, f"{one.id}/told", told)


def sentence(purpose: str) -> str:
    """“to find a flat” as a sentence of its own."""
    return f"{purpose[:1].upper()}{purpose[1:]}."


def _place(id_: str | None, ids: list[str]) -> int | None:
    return ids.index(id_) if id_ in ids else None
