"""The lab on the page: break it, read two days, mend it. One part at a time."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

from modules import fields
from modules.basics import Surface, Words
from modules.labs.break_suppression.figures import LEAST, TOP, exposed, house
from modules.labs.break_suppression.grading import left_over, shut
from modules.labs.break_suppression.state import PARTS, STATUS, State, in_order
from modules.labs.cards import way
from modules.markup import table_html
from modules.suppress import Cell


def play(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw the part that is open; return what is picked in all of them."""
    number = surface.pagination(PARTS, key=f"{key}/page")
    if number > 1:
        surface.html(f'<span data-sw-place="{escape(f"{key}/{number}")}"></span>')
    now = replace(_held(state, key), page=number)
    card = surface.container(key=f"card-{key}-{number}", gap="medium")
    drawn = (_break, _two_days, _mend)[number - 1](card, now, key, words)
    if number < PARTS:
        way(card, words("lab.break_suppression.next"), key, number + 1, "next", primary=True)
    return drawn


def _held(state: State, key: str) -> State:
    """What is kept, or what the browser sent since, also for parts that are not drawn."""
    picked: dict[str, Any] = {}
    for name, offered in state.offered().items():
        kept = getattr(state, name)
        sent = fields.picked(f"{key}/{name}", kept)
        if name in ("less", "hide"):
            picked[name] = in_order(offered, sent)
        else:
            picked[name] = sent if sent is None or sent in offered else kept
    return replace(state, **picked)


def _pick(card: Surface, state: State, name: str, key: str, label: str, many: bool) -> None:
    """Pills: one for each unit that can be picked. Several, or one."""
    names = state.options.names()
    kept = getattr(state, name)
    card.pills(
        label,
        list(state.offered()[name]),
        selection_mode="multi" if many else "single",
        default=list(kept) if many else kept,
        format_func=lambda id_: names.get(id_, ""),
        key=f"{key}/{name}",
    )


def table(
    state: State, cells: tuple[Cell, ...], hidden: frozenset[str], caption: str, words: Words
) -> str:
    """The table as it is printed: head-counts for all, and what is done unless it is hidden."""
    header = [words(f"lab.break_suppression.{one}") for one in ("unit", "people", "done")]
    rows = [
        (
            inset(state, cell.node),
            cell.people,
            words("lab.break_suppression.hidden") if cell.node in hidden else cell.value,
        )
        for cell in cells
    ]
    return table_html(caption, header, rows, hidden_caption=False, compact=True)


def inset(state: State, node: str) -> str:
    """A unit's name, set in by how deep it hangs: a table shows in this way what sums up what."""
    parent = state.figures.parent(node)
    name = state.options.names()[node]
    return f"\u2003{name}" if parent not in (None, TOP) else name


def _break(card: Surface, state: State, key: str, words: Words) -> State:
    drawn, names = state.figures, state.options.names()
    card.header(words("lab.break_suppression.break"), anchor=False)
    small = frozenset(drawn.small())
    card.markdown(words("lab.break_suppression.break_told", least=LEAST))
    caption = words("lab.break_suppression.day_one")
    card.html(table(state, drawn.first, small, caption, words))
    _pick(card, state, "begin", key, words("lab.break_suppression.begin"), many=False)
    _pick(card, state, "less", key, words("lab.break_suppression.less"), many=True)
    if state.begin and state.less:
        left = left_over(state)
        if left is None:
            card.info(words("lab.break_suppression.no_difference"), icon=":material/info:")
            return state
        values = {cell.node: cell for cell in drawn.first}
        people = values[state.begin].people - sum(values[one].people for one in state.less)
        value = values[state.begin].value - sum(values[one].value for one in state.less)
        who = ", ".join(names[one] for one in names if one in left)
        alone = len(left) == 1 and left <= small
        told = "lab.break_suppression.broken" if alone else "lab.break_suppression.together"
        box = card.container(key=f"told-{key}")
        box.markdown(
            words(told, who=who, people=people, value=value)
            if left
            else words("lab.break_suppression.nobody")
        )
    return state


def _two_days(card: Surface, state: State, key: str, words: Words) -> State:
    drawn = state.figures
    small = frozenset(drawn.small())
    card.header(words("lab.break_suppression.two_days"), anchor=False)
    card.markdown(words("lab.break_suppression.two_days_told"))
    header = [
        words("lab.break_suppression.unit"),
        words("lab.break_suppression.people_both"),
        words("lab.break_suppression.done_both"),
    ]
    hidden = words("lab.break_suppression.hidden")
    rows = [
        (
            inset(state, one.node),
            f"{one.people} → {two.people}",
            hidden if one.node in small else f"{one.value} → {two.value}",
        )
        for one, two in zip(drawn.first, drawn.second, strict=True)
    ]
    caption = words("lab.break_suppression.both_days")
    card.html(table_html(caption, header, rows, hidden_caption=False, compact=True))
    _pick(card, state, "joined", key, words("lab.break_suppression.joined"), many=False)
    card.pills(
        words("lab.break_suppression.status"),
        list(STATUS),
        default=state.status,
        format_func=lambda one: words(f"lab.break_suppression.status_{one}"),
        key=f"{key}/status",
    )
    return state


def _mend(card: Surface, state: State, key: str, words: Words) -> State:
    drawn = state.figures
    card.header(words("lab.break_suppression.mend"), anchor=False)
    card.markdown(words("lab.break_suppression.mend_told"))
    _pick(card, state, "hide", key, words("lab.break_suppression.hide"), many=True)
    hidden = shut(state)
    isolated = exposed(drawn.first, hidden)
    badges = card.container(horizontal=True, gap="small")
    safe = not isolated
    badges.badge(
        words("lab.break_suppression.safe" if safe else "lab.break_suppression.not_safe"),
        icon=":material/check_circle:" if safe else ":material/warning:",
        color="green" if safe else "orange",
    )
    badges.badge(
        words("lab.break_suppression.count", n=len(hidden), of=len(drawn.first)), color="gray"
    )
    if isolated:
        card.markdown(told_isolated(state, isolated, words))
    caption = words("lab.break_suppression.yours")
    card.html(table(state, drawn.first, hidden, caption, words))
    # Only beside a table of one's own that holds: before, it would be the answer.
    if safe and card.toggle(words("lab.break_suppression.house"), key=f"{key}/house"):
        theirs = house(drawn.first)
        card.markdown(words("lab.break_suppression.house_told", n=len(theirs), mine=len(hidden)))
        caption = words("lab.break_suppression.house_table")
        card.html(table(state, drawn.first, theirs, caption, words))
    return state


def told_isolated(state: State, isolated: tuple[tuple[str, int, int], ...], words: Words) -> str:
    """Whom the attack isolates, the smallest groups first, at most four of them, as a list."""
    names = state.options.names()
    lines = []
    for group, people, value in isolated[:4]:
        said = group.removesuffix(": direct staff")
        said = " − ".join(names.get(one, one) for one in said.split(" − "))
        line = words("lab.break_suppression.isolated", who=said, people=people, value=value)
        if line not in lines:
            lines.append(line)
    return "\n".join(f"- {line}" for line in lines)
