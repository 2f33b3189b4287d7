"""The last card: pick the columns to release, and watch the look-up attack on them."""

from __future__ import annotations

from dataclasses import replace

from modules.basics import Surface, Words
from modules.labs.sort_fields.attack import alone, look_up
from modules.labs.sort_fields.state import State
from modules.labs.sort_fields.working import table
from modules.markup import bar_html, eyebrow_html, person_html, table_html


def release_card(card: Surface, now: State, title: str, key: str, words: Words) -> State:
    """Draw the task, the columns to pick, and what the pick lets others find."""
    options, drawn = now.options, now.drawn
    card.html(eyebrow_html(title))
    card.header(words("lab.sort_fields.release"), anchor=False)
    card.markdown(drawn.task.text)
    chosen = card.pills(
        words("lab.sort_fields.pick"),
        [one.id for one in drawn.columns],
        selection_mode="multi",
        default=list(now.release),
        format_func=lambda id_: next((one.name for one in drawn.columns if one.id == id_), ""),
        key=key,
    )
    release = tuple(one.id for one in drawn.columns if one.id in (chosen or ()))
    if not release:
        card.caption(words("lab.sort_fields.nothing"))
        return replace(now, release=())
    held = table(options.people)
    names = [words("lab.sort_fields.row"), *(options.heading(one) for one in release)]
    # Numbered, since a narrow page shows the first cell of a row without its heading.
    rows = [
        [str(number), *(_cell(held[one][row], words) for one in release)]
        for number, row in enumerate(drawn.rows, 1)
    ]
    card.html(table_html(words("lab.sort_fields.first_rows"), names, rows))
    count = alone(options.people, frozenset(release))
    told = words("lab.sort_fields.released_alone", n=f"{count:,}", people=f"{options.people:,}")
    card.markdown(told)
    card.html(bar_html(count / options.people, told))
    card.html(person_html(neighbour(now, release, words)))
    return replace(now, release=release)


def neighbour(state: State, release: tuple[str, ...], words: Words) -> str:
    """What a neighbour of the learner's citizen finds in the release, as a sentence or two."""
    options, row = state.options, state.whom
    known = frozenset(one.id for one in options.columns if one.known)
    found = look_up(options.people, release, known, row)
    who = str(table(options.people)["name"][row])
    if found.fit > 1:
        return words("lab.sort_fields.fits_many", who=who, n=f"{found.fit:,}")
    if not found.adds:
        return words("lab.sort_fields.fits_one", who=who)
    adds = "; ".join(
        f"{options.heading(name)}: {_cell(value, words)}" for name, value in found.adds
    )
    return words("lab.sort_fields.adds", who=who, adds=adds)


def _cell(value: object, words: Words) -> str:
    return str(value) or words("lab.sort_fields.empty")
