"""The lab on the page: a card for each field and pair, then the release and its attack."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from modules import fields
from modules.basics import Surface, Words
from modules.labs.cards import numbered
from modules.labs.sort_fields.attack import alone, beside
from modules.labs.sort_fields.options import Field, Options, Pair
from modules.labs.sort_fields.release import release_card
from modules.labs.sort_fields.state import State, samples
from modules.labs.sort_fields.working import table
from modules.markup import bar_html, eyebrow_html, person_html, table_html

T = TypeVar("T")
YES = {"yes": True, "no": False}


def play(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw one card with ways to the others; return what is held now."""
    drawn, cards = state.drawn, state.cards
    at = numbered(surface, key, cards)
    number = at.number
    now = replace(_held(state, key), page=number)
    name = state.sorting[number - 1].id if number < cards else "release"
    card = at.card(name)
    title = words("lab.sort_fields.card", n=number, of=cards)
    if number <= len(drawn.fields):
        now = _field_card(card, now, drawn.fields[number - 1], title, key, words)
    elif number < cards:
        pair = drawn.pairs[number - 1 - len(drawn.fields)]
        now = _pair_card(card, now, pair, title, key, words)
    else:
        now = release_card(card, now, title, f"{key}/release", words)
    at.ways(card, now.open(), "lab.sort_fields", words)
    return now


def _held(state: State, key: str) -> State:
    """What is kept, or what the browser sent since for cards that this run does not draw."""
    drawn, boxes = state.drawn, dict(state.boxes)
    for one in drawn.fields:
        box = fields.picked(f"{key}/{one.id}", state.boxes.get(one.id))
        boxes = _with(boxes, one.id, box if box in state.options.boxes else None)
    pairs, looked = dict(state.pairs), set(state.looked)
    for pair in drawn.pairs:
        word = fields.picked(f"{key}/{pair.id}", _word(state.pairs.get(pair.id)))
        pairs = _with(pairs, pair.id, YES.get(word) if isinstance(word, str) else None)
        if fields.picked(f"{key}/{pair.id}/look", pair.id in looked):
            looked.add(pair.id)
        else:
            looked.discard(pair.id)
    known = {one.id for one in drawn.columns}
    sent = fields.picked(f"{key}/release", list(state.release))
    release = tuple(one for one in sent or () if one in known)
    return replace(state, boxes=boxes, pairs=pairs, looked=frozenset(looked), release=release)


def _with(held: dict[str, T], name: str, value: T | None) -> dict[str, T]:
    """``held`` with ``name`` set to ``value``, or without it when nothing is chosen."""
    rest = {one: kept for one, kept in held.items() if one != name}
    return rest if value is None else rest | {name: value}


def _word(value: bool | None) -> str | None:
    return next((word for word, one in YES.items() if one is value), None)


def _field_card(card: Surface, now: State, one: Field, title: str, key: str, words: Words) -> State:
    card.html(eyebrow_html(title))
    card.header(one.name, anchor=False)
    card.caption(one.about)
    card.html(table_html(one.name, [one.name], [[value] for value in samples(now, one)]))
    boxes = now.options.boxes
    box = card.pills(
        words("lab.sort_fields.box"),
        list(boxes),
        default=now.boxes.get(one.id),
        format_func=lambda id_: boxes.get(id_, ""),
        key=f"{key}/{one.id}",
    )
    return replace(now, boxes=_with(dict(now.boxes), one.id, box))


def pair_rows(state: State, pair: Pair) -> list[list[str]]:
    """The two values of a few residents."""
    held = table(state.options.people)
    return [[str(held[name][row]) for name in pair.both] for row in state.drawn.rows]


def _pair_card(card: Surface, now: State, pair: Pair, title: str, key: str, words: Words) -> State:
    names = [pair.left, pair.right]
    card.html(eyebrow_html(title))
    card.header(" + ".join(names), anchor=False)
    card.caption(words("lab.sort_fields.beside"))
    card.html(table_html(" + ".join(names), names, pair_rows(now, pair)))
    word = card.pills(
        words("lab.sort_fields.pair"),
        list(YES),
        default=_word(now.pairs.get(pair.id)),
        format_func=lambda one: words(
            "lab.sort_fields.pair_yes" if one == "yes" else "lab.sort_fields.pair_no"
        ),
        key=f"{key}/{pair.id}",
    )
    people = f"{now.options.people:,}"
    look = card.toggle(
        words("lab.sort_fields.look", people=people),
        value=pair.id in now.looked,
        key=f"{key}/{pair.id}/look",
    )
    if look:
        _looked_up(card, now.options, pair, words)
        card.html(person_html(hers(now, pair, words)))
    pairs = _with(dict(now.pairs), pair.id, YES.get(word) if word else None)
    looked = now.looked | {pair.id} if look else now.looked - {pair.id}
    return replace(now, pairs=pairs, looked=looked)


def hers(state: State, pair: Pair, words: Words) -> str:
    """How many share both values with the learner's citizen, as a sentence."""
    people, row = state.options.people, state.whom
    name = str(table(people)["name"][row])
    shared = beside(people, frozenset(pair.both), row)
    if shared == 1:
        return words("lab.sort_fields.hers_alone", name=name)
    return words("lab.sort_fields.hers", name=name, n=f"{shared:,}")


def _looked_up(card: Surface, options: Options, pair: Pair, words: Words) -> None:
    """How many residents stand alone in each column, and in both: bars with words."""
    one, two = pair.both
    both = words("lab.sort_fields.both")
    for name, columns in ((pair.left, (one,)), (pair.right, (two,)), (both, (one, two))):
        count = alone(options.people, frozenset(columns))
        told = words(
            "lab.sort_fields.alone", what=name, n=f"{count:,}", people=f"{options.people:,}"
        )
        row = card.container(gap="small")
        row.markdown(told)
        row.html(bar_html(count / options.people, told))
