"""People, units and lines to choose from, as select boxes show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from modules.admin.deputies import Choice
from modules.admin.structure import Placed
from modules.basics import Surface

INDENT = "\u2003"


def names_of(people: Iterable[Choice]) -> dict[str, str]:
    """Id -> name and unit, which tells two people of one name apart."""
    return {
        str(one.person_id): f"{one.name} · {one.unit}" if one.unit else one.name for one in people
    }


def units_of(units: Iterable[Placed]) -> dict[str, str]:
    """Id -> name, set in by its depth in the tree."""
    return {str(one.node.id): f"{INDENT * one.depth}{one.node.name}" for one in units}


def choose(
    place: Surface, label: str, names: Mapping[str, str], placeholder: str, *, key: str
) -> str | None:
    """A box with these names, none of them chosen at first; gives the id of the chosen one."""
    chosen: str | None = place.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=placeholder,
        key=key,
        width=480,
    )
    return chosen


def chosen_by_button(
    card: Surface,
    names: Mapping[str, str],
    *,
    ask: str,
    placeholder: str,
    button: str,
    none: str,
    key: str,
) -> str | None:
    """A box and the button beside it; gives the chosen id in the run in which it is pressed.

    ``none`` is said where it is pressed and nothing is chosen.
    """
    row = card.container(horizontal=True, vertical_alignment="bottom")
    chosen = choose(row, ask, names, placeholder, key=key)
    if not row.button(button, key=f"{key}-it"):
        return None
    if not chosen:
        card.error(none, icon=":material/error:")
    return chosen
