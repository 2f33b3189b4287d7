"""The third part on the page: share a budget among four tables, release them, be refused."""

from __future__ import annotations

from dataclasses import replace

from modules import fields
from modules.basics import Surface, Words
from modules.labs.noise_dial import noise
from modules.labs.noise_dial.numbers import SHARES, margin, written
from modules.labs.noise_dial.options import READINGS
from modules.labs.noise_dial.picture import budget_html
from modules.labs.noise_dial.state import State
from modules.labs.noise_dial.town import columns, given
from modules.markup import table_html


def draw(card: Surface, state: State, key: str, words: Words) -> State:
    """Draw the plan, the year it gives and the question on its end."""
    mine, options = given(state.seed), state.options
    card.header(words("lab.noise_dial.spend_title"), anchor=False)
    card.markdown(words("lab.noise_dial.spend_task"))
    shares = dict(state.shares)
    for rank, (table, limit) in enumerate(zip(mine.ranked, mine.limits, strict=True)):
        told = list(options.ranks.values())[rank]
        shares[table] = card.pills(
            words("lab.noise_dial.share", n=rank + 1, table=options.tables[table], told=told),
            list(SHARES),
            default=state.shares[table],
            required=True,
            format_func=written,
            key=f"{key}/share/{table}",
        )
        off = margin(shares[table])
        fits = "lab.noise_dial.fits" if off <= limit else "lab.noise_dial.too_wide"
        card.caption(words(fits, margin=f"{off:.0f}", limit=limit))
    now = replace(state, shares=shares)
    total = round(sum(shares.values()), 2)
    ordered = [shares[table] for table in mine.ranked]
    card.html(budget_html(ordered, words("lab.noise_dial.budget_alt", total=written(total))))
    card.markdown(
        words("lab.noise_dial.total", total=written(total), left=written(round(1 - total, 2)))
        if total <= 1
        else words("lab.noise_dial.total_over", total=written(total))
    )
    wanted = fields.picked(f"{key}/release", state.spent_as) == shares
    card.button(
        words("lab.noise_dial.release"),
        icon=":material/publish:",
        type="secondary" if wanted else "primary",
        key=f"{key}/release-button",
        on_click=fields.put,
        args=(f"{key}/release", dict(shares)),
    )
    if wanted and not now.ended():
        in_order = {table: shares[table] for table in mine.ranked}
        now = replace(now, year=noise.spend(columns(), in_order), spent_as=shares)
    if now.ended():
        now = _year(card, now, key, words)
    return now


def _year(card: Surface, state: State, key: str, words: Words) -> State:
    """The ledger, the refusal in OpenDP's own words, and what it means."""
    ledger(card, state, words)
    mine = given(state.seed)
    order = [READINGS[place] for place in mine.readings]
    reading = card.container(key=f"choices-{key}-reading").radio(
        words("lab.noise_dial.reading"),
        order,
        index=order.index(state.reading) if state.reading in order else None,
        format_func=lambda one: state.options.readings[one],
        key=f"{key}/reading",
    )
    return replace(state, reading=reading)


def ledger(card: Surface, state: State, words: Words) -> None:
    """Each table that was released with its scale and first figures, the sum, and the refusal."""
    year, options = state.ended(), state.options
    if year is None:
        return
    rows, sum_so_far = [], 0.0
    for one in year.entries:
        sum_so_far += state.shares[one.table]
        share, so_far = state.shares[one.table], round(sum_so_far, 2)
        rows.append(
            [options.tables[one.table], written(share), written(one.scale), written(so_far)]
        )
    header = [
        words("lab.noise_dial.table"),
        "ε",
        words("lab.noise_dial.scale"),
        words("lab.noise_dial.so_far"),
    ]
    caption = words("lab.noise_dial.ledger")
    card.html(table_html(caption, header, rows, hidden_caption=False, compact=True))
    if year.entries:
        first = year.entries[0]
        names = noise.keys(columns()[first.table])
        shown = [f"{name} {value:,}" for name, value in zip(names, first.figures, strict=True)]
        told = ", ".join(shown[:3]).replace("-", "−")
        card.caption(
            words("lab.noise_dial.first_figures", table=options.tables[first.table], told=told)
        )
    card.markdown(
        words("lab.noise_dial.one_more")
        if len(year.entries) == len(state.shares)
        else words("lab.noise_dial.stopped", n=len(year.entries) + 1)
    )
    card.code(year.refusal, language=None, wrap_lines=True)
