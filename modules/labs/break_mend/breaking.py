"""The first part on the page: pick fields, watch who is found, open what was found."""

from __future__ import annotations

from dataclasses import replace

from modules import fields
from modules.basics import Surface, Words
from modules.labs.break_mend.attack import Found, linked
from modules.labs.break_mend.extract import Extract, Person, extract, ringed
from modules.labs.break_mend.levels import LINKS
from modules.labs.break_mend.picture import dots_html
from modules.labs.break_mend.record import draw_record, in_turn
from modules.labs.break_mend.state import MEND, MOST_OPENED, State, in_order


def link_words(words: Words) -> dict[str, str]:
    """The fields that both tables have, as people say them."""
    return {
        "ward": words("lab.break_mend.ward"),
        "postcode": words("lab.break_mend.postcode"),
        "year": words("lab.break_mend.year"),
        "date": words("lab.break_mend.date"),
        "sex": words("lab.break_mend.sex"),
    }


def draw(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw the attack; return the state with the fields that are picked now."""
    one, names = extract(state.seed), link_words(words)
    her = ringed(state.seed, state.whom)
    card = surface.container(key=f"card-{key}-break", gap="medium")
    card.header(words("lab.break_mend.break_title"), anchor=False)
    chosen = card.pills(
        words("lab.break_mend.link"),
        list(LINKS),
        selection_mode="multi",
        default=list(state.link),
        format_func=lambda field: names.get(field, ""),
        key=f"{key}/link",
    )
    link = in_order(list(chosen or ()))
    found = linked(state.seed, link)
    card.markdown(_said(found, bool(link), words))
    card.html(dots_html(_people(one, found), _her_dot(one, her), _alt(one, her, found, words)))
    hers = "lab.break_mend.dots_hers" if one.both[her.row] else "lab.break_mend.dots_not_hers"
    dots = words("lab.break_mend.dots", n=number(found.could))
    card.caption(f"{dots} {words(hers, name=her.name)}")
    opened = _opened(state, key, found, link)
    if found.pairs:
        _record(card, state, one, found, opened, key, words)
    broken = found.right_share >= state.options.goals.attack
    if broken:
        surface.markdown(words("lab.break_mend.broken"))
    surface.button(
        words("lab.break_mend.to_mend"),
        key=f"{key}/mend",
        type="primary" if broken else "secondary",
        on_click=fields.put,
        args=(f"{key}/part", MEND),
    )
    return replace(state, link=link, opened=opened)


def _said(found: Found, picked: bool, words: Words) -> str:
    if not picked:
        return words("lab.break_mend.nothing_picked")
    if not found.pairs:
        return words("lab.break_mend.nobody", could=number(found.could))
    return words(
        "lab.break_mend.found",
        right=number(found.rightly),
        could=number(found.could),
        share=percent(found.right_share),
        wrong=found.wrongly,
    )


def number(count: int) -> str:
    """A count for reading: 1,028."""
    return f"{count:,}"


def percent(share: float) -> str:
    """A share for reading: 0.004 is 0.4%, 0.98 is 98%."""
    hundred = 100 * min(share, 1)
    return f"{hundred:.0f}%" if 10 <= hundred < 99.5 else f"{round(hundred, 1):g}%"


def _people(one: Extract, found: Found) -> list[str]:
    """What became of each person who is in both tables, in the order of the extract."""
    became = {
        row: "right" if right else "wrong"
        for (row, _), right in zip(found.pairs, found.right, strict=True)
    }
    return [became.get(row, "hidden") for row in one.both.nonzero()[0].tolist()]


def _her_dot(one: Extract, her: Person) -> int | None:
    return int(one.both[: her.row].sum()) if one.both[her.row] else None


def _alt(one: Extract, her: Person, found: Found, words: Words) -> str:
    told = words("lab.break_mend.dots_alt", right=number(found.rightly), could=number(found.could))
    hers = her.row in {row for row, _ in found.pairs}
    name = her.name
    if not one.both[her.row]:
        return told
    return " ".join(
        (
            told,
            words("lab.break_mend.her_found", name=name)
            if hers
            else words("lab.break_mend.her_hidden", name=name),
        )
    )


def _opened(state: State, key: str, found: Found, link: tuple[str, ...]) -> int:
    """How many records are open: other fields begin anew."""
    kept = state.opened if link == state.link else 0
    now = fields.picked(f"{key}/opened/{'-'.join(link)}", kept)
    good = isinstance(now, int) and not isinstance(now, bool) and 0 <= now <= MOST_OPENED
    return now if good and found.pairs else 0


def _record(
    card: Surface,
    state: State,
    one: Extract,
    found: Found,
    opened: int,
    key: str,
    words: Words,
) -> None:
    if opened:
        at = in_turn(state, found)[(opened - 1) % len(found.pairs)]
        draw_record(card, one, ringed(state.seed, state.whom), found, at, key, words)
    field = f"{key}/opened/{'-'.join(in_order(list(fields.picked(f'{key}/link', state.link))))}"
    card.button(
        words("lab.break_mend.open_next" if opened else "lab.break_mend.open"),
        icon=":material/person_search:",
        key=f"{key}/open",
        on_click=fields.put,
        args=(field, min(opened + 1, MOST_OPENED)),
    )
