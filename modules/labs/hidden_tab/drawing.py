"""The lab on the page: the workbook with its menus, and then the switches of the release."""

from __future__ import annotations

from dataclasses import replace

from modules import fields
from modules.basics import Surface, Words
from modules.labs.cards import way
from modules.labs.hidden_tab.releasing import release
from modules.labs.hidden_tab.sheet_html import rows_html, tab_html
from modules.labs.hidden_tab.state import State
from modules.labs.hidden_tab.viewer import LOOKS, Finding, View, view
from modules.markup import quote_html

PARTS = (1, 2)
FILE = "claims.xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def play(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw the hunt or the release; return what is reported and set now."""
    number = surface.segmented_control(
        words("lab.hidden_tab.parts"),
        PARTS,
        default=1,
        format_func=lambda one: words(f"lab.hidden_tab.part_{one}"),
        key=f"{key}/page",
        label_visibility="collapsed",
        width="stretch",
    )
    number = number if number in PARTS else 1
    seen = view(state.workbook)
    surface.html(quote_html(state.options.request.format(benefit=state.benefit.told)))
    state = replace(state, marks=_marks(state, seen, key), page=number)
    if number == 1:
        state = _hunt(surface, state, seen, key, words)
        way(surface, words("lab.hidden_tab.go_on"), key, 2, "go-on", primary=True)
        return state
    surface.html(f'<span data-sw-place="{key}/2"></span>')
    return release(surface, state, key, words)


def _marks(state: State, seen: View, key: str) -> tuple[str, ...]:
    """What is kept of the reports, or what the browser sent for them since."""
    return tuple(
        sorted(
            one.id
            for number, one in enumerate(seen.findings)
            if fields.picked(f"{key}/mark-{number}", one.id in state.marks)
        )
    )


def _hunt(surface: Surface, state: State, seen: View, key: str, words: Words) -> State:
    card = surface.container(key=f"card-{key}-book", gap="small")
    card.header(words("lab.hidden_tab.book", file=FILE), anchor=False)
    names = [tab.name for tab in seen.tabs]
    chosen = card.pills(words("lab.hidden_tab.tabs"), names, default=names[0], key=f"{key}/tab")
    tab = next((one for one in seen.tabs if one.name == chosen), seen.tabs[0])
    title = words("lab.hidden_tab.sheet", name=tab.name)
    card.html(tab_html(tab, title, words("question.row"), words("lab.hidden_tab.has_comment")))
    card.download_button(
        words("lab.hidden_tab.download"),
        state.workbook,
        file_name=FILE,
        mime=XLSX,
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key=f"{key}/download",
    )
    menus = surface.container(key=f"card-{key}-menus", gap="small")
    menus.header(words("lab.hidden_tab.menus"), anchor=False)
    look = menus.pills(
        words("lab.hidden_tab.look"),
        LOOKS,
        format_func=lambda one: words(f"lab.hidden_tab.look_{one}"),
        key=f"{key}/look",
    )
    if look in LOOKS:
        menus.markdown(words(f"lab.hidden_tab.told_{look}"))
        if look == "inside":
            with_parts = menus.expander(words("lab.hidden_tab.parts_of_file", n=len(seen.parts)))
            with_parts.code("\n".join(seen.parts), language=None)
        found = seen.under(look)
        for one in found:
            _finding(menus, state, one, seen.findings.index(one), key, words)
        if not found:
            menus.markdown(words("lab.hidden_tab.nothing"))
    state = replace(state, marks=_marks(state, seen, key))
    surface.markdown(words("lab.hidden_tab.reported", n=len(state.marks)))
    return state


def _finding(
    menus: Surface, state: State, one: Finding, number: int, key: str, words: Words
) -> None:
    """One thing brought to light, and whether it is reported."""
    box = menus.container(key=f"found-{key}-{number}", gap="xsmall")
    title = named(one, words)
    box.html(rows_html(title, one.rows))
    if one.more:
        box.caption(words("lab.hidden_tab.more", n=one.more))
    box.container(key=f"places-{key}-{number}").checkbox(
        words("lab.hidden_tab.report", what=title),
        value=one.id in state.marks,
        key=f"{key}/mark-{number}",
    )


def named(one: Finding, words: Words) -> str:
    """A finding in words: “Hidden sheet “Cases””."""
    return words(f"lab.hidden_tab.kind_{one.kind.replace('-', '_')}", name=one.title)
