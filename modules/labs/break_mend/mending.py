"""The second part on the page: coarsen the release under its gauges, and see what it gives away."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

from modules import fields
from modules.basics import Surface, Words
from modules.labs.break_mend.breaking import number, percent
from modules.labs.break_mend.extract import extract, ringed
from modules.labs.break_mend.levels import AREAS, BIRTHS, TOPS, Setting
from modules.labs.break_mend.options import Goals
from modules.labs.break_mend.picture import gauges_html
from modules.labs.break_mend.release import Measured, crowd, groups, measured, shown
from modules.labs.break_mend.spoken import area_text, birth_text
from modules.labs.break_mend.state import BREAK, State, offered
from modules.markup import table_html

SAMPLE = 4
"""Rows of the release that are shown, hers among them."""


def draw(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw controls and gauges; return the state with the setting that the controls hold now."""
    top = surface.container(horizontal=True)
    # Another part takes the place of this one: the page begins at the top again.
    top.html(f'<span data-sw-place="{escape(key)}/mend"></span>', width="content")
    top.button(
        words("lab.break_mend.to_break"),
        icon=":material/arrow_back:",
        type="tertiary",
        key=f"{key}/back",
        on_click=fields.put,
        args=(f"{key}/part", BREAK),
    )
    card = surface.container(key=f"card-{key}-mend", gap="medium")
    card.header(words("lab.break_mend.mend_title"), anchor=False)
    gauges = card.container(key=f"gauges-{key}")
    setting = _controls(card, state, key, words)
    now = replace(state, setting=setting)
    told = measured(state.seed, setting)
    gauges.html(gauges_html(gauge_rows(told, state.options.goals, words)))
    _found_out(card, now, told, key, words)
    _sample(surface, now, told, key, words)
    return now


def gauge_rows(
    told: Measured, goals: Goals, words: Words
) -> list[tuple[str, str, str, bool | None, str]]:
    """The six gauges: what was measured, the goal, and whether it is met."""

    def row(
        name: str, value: str, goal: str, met: bool | None
    ) -> tuple[str, str, str, bool | None, str]:
        word = "" if met is None else words("lab.break_mend.met" if met else "lab.break_mend.unmet")
        return name, value, goal, met, word

    matched, hidden = told.found.share, told.suppressed
    return [
        row(
            words("lab.break_mend.gauge_found"),
            percent(matched),
            words("lab.break_mend.at_most", value=percent(goals.matched)),
            matched <= goals.matched,
        ),
        row(
            "k",
            str(told.k),
            words("lab.break_mend.at_least", value=goals.k),
            told.k >= goals.k,
        ),
        row(
            "l",
            str(told.l),
            words("lab.break_mend.at_least", value=goals.l),
            told.l >= goals.l,
        ),
        row(
            "t",
            "–" if told.t is None else f"{told.t:.2f}",
            words("lab.break_mend.small_is_good"),
            None,
        ),
        row(
            words("lab.break_mend.gauge_hidden"),
            percent(hidden),
            words("lab.break_mend.at_most", value=percent(goals.suppressed)),
            hidden <= goals.suppressed,
        ),
        row(
            words("lab.break_mend.gauge_error"),
            f"{told.error:.1f}",
            words("lab.break_mend.at_most_points", value=f"{goals.error:.1f}"),
            told.error <= goals.error,
        ),
    ]


def _controls(card: Surface, state: State, key: str, words: Words) -> Setting:
    """Five rows of choices, each shown with what it makes of her own row."""
    one, setting, her = extract(state.seed), state.setting, ringed(state.seed, state.whom)
    rows: list[tuple[str, str, tuple[Any, ...], Any]] = [
        ("area", words("lab.break_mend.as_area"), AREAS, lambda v: area_text(one, her.row, v)),
        (
            "birth",
            words("lab.break_mend.as_birth"),
            BIRTHS,
            lambda v: birth_text(one, her.row, v, "none", words),
        ),
        (
            "top",
            words("lab.break_mend.as_top"),
            TOPS,
            lambda v: words("lab.break_mend.top_none" if v == "none" else "lab.break_mend.top_60"),
        ),
        (
            "sex",
            words("lab.break_mend.as_sex"),
            (True, False),
            lambda v: words("lab.break_mend.keep" if v else "lab.break_mend.drop"),
        ),
        (
            "suppress",
            words("lab.break_mend.as_suppress"),
            (False, True),
            lambda v: words("lab.break_mend.hide" if v else "lab.break_mend.show"),
        ),
    ]
    card.caption(words("lab.break_mend.controls", name=her.name))
    chosen: dict[str, Any] = {}
    for name, label, choices, text in rows:
        now = card.pills(
            label,
            list(choices),
            default=getattr(setting, name),
            required=True,
            format_func=text,
            key=f"{key}/{name}",
        )
        chosen[name] = now if offered(name, now) else getattr(setting, name)
    return Setting(**chosen)


def _found_out(card: Surface, state: State, told: Measured, key: str, words: Words) -> None:
    """What the gauges mean for people: the group of which too much is known."""
    goals, worst, one = state.options.goals, told.worst, extract(state.seed)
    if worst is None:
        card.markdown(words("lab.break_mend.empty"))
        return
    who = _group_text(state, worst.row, words)
    if told.k >= goals.k and told.l < goals.l:
        box = card.container(key=f"again-{key}-alike", gap="small")
        box.subheader(words("lab.break_mend.alike_title", k=told.k), anchor=False)
        box.markdown(
            words(
                "lab.break_mend.alike",
                who=who,
                n=number(worst.size),
                condition=str(one.condition[worst.row]),
            )
        )
    elif all(met is not False for *_, met, _ in gauge_rows(told, goals, words)):
        box = card.container(key=f"good-{key}-holds", gap="small")
        box.subheader(words("lab.break_mend.holds_title"), anchor=False)
        box.markdown(
            words("lab.break_mend.holds", t=f"{told.t:.2f}" if told.t is not None else "–")
        )
    elif told.k == 1:
        card.markdown(words("lab.break_mend.alone", who=who))


def _group_text(state: State, row: int, words: Words) -> str:
    """A group in words: “QF8, 80 and over”."""
    one, setting = extract(state.seed), state.setting
    parts = [
        area_text(one, row, setting.area),
        birth_text(one, row, setting.birth, setting.top, words),
    ]
    if setting.sex:
        parts.append(words("lab.break_mend.f" if one.rows.sex[row] else "lab.break_mend.m"))
    return ", ".join(parts)


def _sample(surface: Surface, state: State, told: Measured, key: str, words: Words) -> None:
    """A few rows as they would go out, and how many rows read like hers."""
    one, setting, her = extract(state.seed), state.setting, ringed(state.seed, state.whom)
    kept = shown(groups(one, setting), setting)
    places = [her.row] if kept[her.row] else []
    places += [at for at in kept.nonzero()[0].tolist() if at != her.row][: SAMPLE - len(places)]
    box = surface.container(key=f"card-{key}-sample", gap="small")
    box.subheader(words("lab.break_mend.sample_title"), anchor=False)
    header = [words("lab.break_mend.as_area"), words("lab.break_mend.as_birth")]
    header += [words("lab.break_mend.sex")] if setting.sex else []
    rows = []
    for at in places:
        cells = [
            area_text(one, at, setting.area),
            birth_text(one, at, setting.birth, setting.top, words),
        ]
        if setting.sex:
            cells.append(words("lab.break_mend.f" if one.rows.sex[at] else "lab.break_mend.m"))
        rows.append([*cells, str(one.condition[at])])
    if rows:
        caption = words("lab.break_mend.sample_title")
        box.html(table_html(caption, [*header, words("lab.break_mend.condition")], rows))
    name, mates = her.name, crowd(state.seed, setting, her.row)
    if mates > 1:
        box.markdown(words("lab.break_mend.mates", name=name, n=number(mates - 1)))
    elif mates:
        box.markdown(words("lab.break_mend.no_mates", name=name))
    else:
        box.markdown(words("lab.break_mend.her_hidden_row", name=name))
    box.caption(words("lab.break_mend.rows", n=number(told.rows), of=number(len(one.places))))
