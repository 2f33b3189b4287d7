"""The lab on the page: the note to clean and its attack, then the letter to check."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from modules import fields
from modules.basics import Surface, Words
from modules.labs.cards import way
from modules.labs.prompt_hygiene.attack import Clue, Found, attack
from modules.labs.prompt_hygiene.state import CARDS, State
from modules.markup import bar_html, eyebrow_html, person_html


def play(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw one of the two cards with a way to the other; return what is held now."""
    number = surface.pagination(CARDS, key=f"{key}/page")
    now = replace(_held(state, key), page=number)
    card = surface.container(key=f"card-{key}-{number}", gap="medium")
    if number == 1:
        now = _prompt_card(card, now, key, words)
        way(card, words("lab.prompt_hygiene.next"), key, CARDS, "next", primary=True)
        return now
    # Another card takes the place of this one: the page begins at the top again.
    card.html(f'<span data-sw-place="{escape(f"{key}/{number}")}"></span>')
    now = _draft_card(card, now, key, words)
    if 1 in now.open():
        surface.markdown(words("lab.prompt_hygiene.open_prompt"))
    elif now.open():
        surface.markdown(words("lab.prompt_hygiene.open_draft"))
    return now


def _held(state: State, key: str) -> State:
    """What is kept, or what the browser sent since for the card that this run does not draw."""
    covered: set[str] = set()
    for number, (_, parts) in enumerate(state.drawn.lines):
        ids = [id_ for id_, _ in parts if id_]
        kept = [id_ for id_ in ids if id_ in state.covered]
        covered |= set(ids) & set(fields.picked(f"{key}/line-{number}", kept) or ())
    marked = {
        id_
        for id_, _ in state.drawn.letter
        if fields.picked(f"{key}/mark-{id_}", id_ in state.marked)
    }
    sign = fields.picked(f"{key}/sign", state.sign) or ""
    known = {one.id for one in state.options.signs}
    return replace(
        state,
        covered=frozenset(covered),
        marked=frozenset(marked),
        sign=sign if sign in known else "",
    )


def _prompt_card(card: Surface, now: State, key: str, words: Words) -> State:
    card.html(eyebrow_html(words("lab.prompt_hygiene.card", n=1, of=CARDS)))
    card.header(words("lab.prompt_hygiene.clean"), anchor=False)
    card.markdown(words("lab.prompt_hygiene.tap"))
    covered: set[str] = set()
    texts = now.drawn.texts
    # What is chosen here goes: the stylesheet strikes it through.
    pieces = card.container(key=f"out-{key}", gap="medium")
    for number, (title, parts) in enumerate(now.drawn.lines):
        ids = [id_ for id_, _ in parts if id_]
        covered |= set(
            pieces.pills(
                title,
                ids,
                selection_mode="multi",
                default=[id_ for id_ in ids if id_ in now.covered],
                format_func=lambda id_: texts.get(id_, ""),
                key=f"{key}/line-{number}",
            )
        )
    now = replace(now, covered=frozenset(covered))
    card.html(prompt_html(now, words))
    if card.toggle(words("lab.prompt_hygiene.attack"), key=f"{key}/attack"):
        attacked(card, now, words)
    return now


def prompt_html(state: State, words: Words) -> str:
    """The prompt as it would be sent, with its gaps marked."""
    gaps = {one.id: one.gap for one in state.options.pieces}
    rows = [escape(state.drawn.ask)]
    for _, parts in state.drawn.lines:
        rows.append(
            "".join(
                f"<b>{escape(gaps[id_])}</b>" if id_ in state.covered else escape(text)
                for id_, text in parts
            )
        )
    label = escape(words("lab.prompt_hygiene.sent"))
    return (
        f'<p class="sw-eyebrow">{label}</p><blockquote class="sw-quote">{"<br>".join(rows)}'
        "</blockquote>"
    )


def attacked(surface: Surface, state: State, words: Words) -> None:
    """Clue by clue, how many residents are left; then what the register leads to at once."""
    found = attack(state.prompt)
    most = found.left[0]
    for clue, left in zip(found.clues, found.left, strict=True):
        told = words("lab.prompt_hygiene.left", clue=_clue(clue, words), n=f"{left:,}")
        row = surface.container(gap="small")
        row.markdown(told)
        row.html(bar_html(left / most, told.replace("*", "")))
    surface.html(person_html(verdict(found, state.options.least, words)))


def verdict(found: Found, least: int, words: Words) -> str:
    """What the attack comes to, in a sentence."""
    if found.direct:
        return words("lab.prompt_hygiene.direct", what="; ".join(found.direct))
    if found.fit < least:
        return words("lab.prompt_hygiene.few", n=found.fit, least=least)
    return words("lab.prompt_hygiene.many", n=f"{found.fit:,}")


def _clue(clue: Clue, words: Words) -> str:
    """A clue as a person says it."""
    return clue.text or words("lab.prompt_hygiene.she")


def _draft_card(card: Surface, now: State, key: str, words: Words) -> State:
    card.html(eyebrow_html(words("lab.prompt_hygiene.card", n=2, of=CARDS)))
    card.header(words("lab.prompt_hygiene.draft"), anchor=False)
    card.caption(words("lab.prompt_hygiene.template"))
    sheet(card, now, words)
    card.markdown(f"**{words('lab.prompt_hygiene.mark')}**")
    box = card.container(key=f"places-{key}-letter", gap="xsmall")
    marked = {
        id_
        for id_, text in now.drawn.letter
        if box.checkbox(text, value=id_ in now.marked, key=f"{key}/mark-{id_}")
    }
    ways = {one.id: one.text for one in now.options.signs}
    ids = list(ways)
    sign = card.container(key=f"choices-{key}-sign").radio(
        words("lab.prompt_hygiene.sign"),
        ids,
        index=ids.index(now.sign) if now.sign in ids else None,
        format_func=lambda id_: ways.get(id_, ""),
        key=f"{key}/sign",
        width="stretch",
    )
    return replace(now, marked=frozenset(marked), sign=sign or "")


def sheet(surface: Surface, state: State, words: Words) -> None:
    """What the letter is to be held against: the facts, and the rules that there are."""
    lines = "\n".join(f"- {line}" for line in state.drawn.sheet)
    surface.markdown(f"**{words('lab.prompt_hygiene.sheet')}**\n\n{lines}")
