"""The release on the page: how it is made, what a stranger finds in it, and one's own file."""

from __future__ import annotations

from dataclasses import replace

from modules import fields
from modules.basics import Surface, Words
from modules.labs.hidden_tab.attack import planted
from modules.labs.hidden_tab.grading import attacked, released, wrong
from modules.labs.hidden_tab.options import RELEASED
from modules.labs.hidden_tab.release import AUTHORS, COLUMNS, PASTED, STARTS, Choices
from modules.labs.hidden_tab.sheet_html import tab_html
from modules.labs.hidden_tab.state import OFFERED, State
from modules.labs.hidden_tab.stranger import opened
from modules.labs.hidden_tab.viewer import view
from modules.labs.uploads import ask
from modules.labs.uploads.door import Kind
from modules.markup import given_html

KINDS: tuple[Kind, ...] = ("xlsx",)
FILE = "claims-release.xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def release(surface: Surface, state: State, key: str, words: Words) -> State:
    """Draw the switches, the attack and the way to bring a file; return what is set now."""
    switches = surface.container(key=f"card-{key}-switches", gap="medium")
    switches.header(words("lab.hidden_tab.make"), anchor=False)
    state = replace(state, choices=_switches(switches, state, key, words))
    own = surface.expander(words("lab.hidden_tab.own"), icon=":material/upload_file:")
    own.markdown(words("lab.hidden_tab.own_told"))
    brought = ask(own, words("lab.hidden_tab.own_file"), f"{key}/own", words, KINDS)
    if brought is not None:
        state = replace(state, brought=attacked(state, brought.body))
        fields.put(f"{key}/brought", list(state.brought or ()))
    else:
        now = fields.picked(f"{key}/brought", state.brought)
        state = replace(state, brought=None if now is None else tuple(now))
    if state.brought is not None:
        own.button(
            words("lab.hidden_tab.own_drop"),
            key=f"{key}/drop",
            on_click=fields.put,
            args=(f"{key}/brought", None),
        )
    _attack(surface, state, key, words)
    return state


def _switches(box: Surface, state: State, key: str, words: Words) -> Choices:
    kept = state.choices
    start = box.container(key=f"choices-{key}-start").radio(
        words("lab.hidden_tab.start"),
        STARTS,
        index=STARTS.index(kept.start) if kept.start in STARTS else None,
        format_func=lambda one: words(f"lab.hidden_tab.start_{one.replace('-', '_')}"),
        captions=[words(f"lab.hidden_tab.start_{one.replace('-', '_')}_told") for one in STARTS],
        key=f"{key}/start",
    )
    if start not in ("clean", "new"):
        if start == "save-as":
            box.markdown(words("lab.hidden_tab.save_as_asks_nothing"))
        return _held(state, key, start)
    chosen: list[str] = []
    for table, columns in COLUMNS.items():
        ids = [f"{table}/{column}" for column in columns]
        chosen += (
            box.pills(
                words("lab.hidden_tab.columns", table=getattr(state.options.book, table)),
                ids,
                selection_mode="multi",
                default=[one for one in ids if one in kept.columns],
                format_func=lambda one: _column(state, one),
                key=f"{key}/{table}",
            )
            or []
        )
    pasted = box.container(key=f"choices-{key}-pasted").radio(
        words("lab.hidden_tab.pasted"),
        PASTED,
        index=PASTED.index(kept.pasted) if kept.pasted in PASTED else None,
        format_func=lambda one: words(f"lab.hidden_tab.pasted_{one.replace('-', '_')}"),
        key=f"{key}/pasted",
        width="stretch",
    )
    author = box.container(key=f"choices-{key}-author").radio(
        words("lab.hidden_tab.author"),
        AUTHORS,
        index=AUTHORS.index(kept.author) if kept.author in AUTHORS else None,
        format_func=lambda one: words(
            f"lab.hidden_tab.author_{one}",
            name=state.from_town.officers[0],
            office=state.options.book.office,
        ),
        key=f"{key}/author",
        width="stretch",
    )
    return Choices(start, tuple(one for one in OFFERED if one in chosen), pasted, author)


def _held(state: State, key: str, start: str | None) -> Choices:
    """The other switches, which are not drawn, as they were left."""
    kept = state.choices
    columns: list[str] = []
    for table, names in COLUMNS.items():
        ids = [f"{table}/{name}" for name in names]
        now = fields.picked(f"{key}/{table}", [one for one in ids if one in kept.columns])
        columns += [one for one in ids if one in (now or [])]
    return Choices(
        start,
        tuple(columns),
        fields.picked(f"{key}/pasted", kept.pasted),
        fields.picked(f"{key}/author", kept.author),
    )


def _column(state: State, id_: str) -> str:
    """The heading of a column."""
    table, _, column = id_.partition("/")
    book = state.options.book
    first = {"wards": book.ward, "years": book.year, "status": book.state}[table]
    return {"label": first, "count": book.claims, "officer": book.officer}[column]


def _attack(surface: Surface, state: State, key: str, words: Words) -> None:
    """What a stranger finds in the file that would be handed in now."""
    card = surface.container(key=f"card-{key}-attack", gap="small")
    card.header(words("lab.hidden_tab.attack"), anchor=False)
    body = released(state)
    if state.brought is None and body is None:
        card.markdown(words("lab.hidden_tab.not_ready"))
        return
    faults = wrong(state)
    told = (
        "lab.hidden_tab.attack_own" if state.brought is not None else "lab.hidden_tab.attack_told"
    )
    card.markdown(words(told))
    card.html(given_html(verdict(faults, words)))
    if state.brought is not None or body is None:
        return
    if "planted" in faults:
        text = opened(body).words.casefold()
        found = [one for one in planted(state.from_town) if one.casefold() in text]
        card.markdown(words("lab.hidden_tab.names", names=", ".join(found[:3]), n=len(found)))
    sheets = card.expander(words("lab.hidden_tab.release_seen"), icon=":material/table_view:")
    for tab in view(body).tabs:
        title = words("lab.hidden_tab.sheet", name=tab.name)
        comment = words("lab.hidden_tab.has_comment")
        sheets.html(tab_html(tab, title, words("question.row"), comment))
    card.download_button(
        words("lab.hidden_tab.download_release"),
        body,
        file_name=FILE,
        mime=XLSX,
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key=f"{key}/download-release",
    )


def verdict(faults: tuple[str, ...], words: Words) -> list[tuple[str, str, str]]:
    """A row for each of the six properties: what is looked for, and whether it holds."""
    return [
        (
            words(f"lab.hidden_tab.looks_for_{part}"),
            "yours" if part in faults else "right",
            words("lab.hidden_tab.fault" if part in faults else "lab.hidden_tab.holds"),
        )
        for part in RELEASED
    ]
