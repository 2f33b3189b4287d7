"""The state as JSON and back; what was never offered is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modules.basics import BadInput
from modules.labs.noise_dial.noise import LONGEST_REFUSAL, Entry, Year
from modules.labs.noise_dial.numbers import DIAL, EACH, SHARES, scale
from modules.labs.noise_dial.options import READINGS, TABLES, Options
from modules.labs.noise_dial.state import DRAWS, LEVELS, MOST, SPEND, State
from modules.labs.noise_dial.town import columns

FARTHEST = 1_000_000
SCALES = tuple(scale(one) for one in DIAL)
COSTS = tuple(one * level for one in EACH for level in LEVELS[1:])
KEPT = {
    *("part", "epsilon", "guess", "drawn_at", "draws", "answers", "count", "spent"),
    *("shares", "spent_as", "year", "reading"),
}


def dump(state: State) -> dict[str, Any]:
    """What was set, drawn and stated; what is open is left out."""
    year = state.year and {
        "entries": [[one.table, one.scale, list(one.figures)] for one in state.year.entries],
        "refusal": state.year.refusal,
    }
    body = {
        "part": state.part,
        "epsilon": state.epsilon,
        "guess": state.guess,
        "drawn_at": state.drawn_at,
        "draws": list(state.draws),
        "answers": list(state.answers),
        "count": state.count,
        "spent": state.spent,
        "shares": dict(state.shares),
        "spent_as": state.spent_as and dict(state.spent_as),
        "year": year,
        "reading": state.reading,
    }
    return {name: value for name, value in body.items() if value not in (None, [])}


def load(options: Options, seed: str, body: Mapping[str, Any]) -> State:
    """The state of what was kept. BadInput for what is not offered."""
    if not isinstance(body, Mapping) or not body.keys() <= KEPT:
        raise BadInput(f"This lab keeps {', '.join(sorted(KEPT))}.")
    fresh = State(options, seed)
    shares = body.get("shares", dict(fresh.shares))
    draws, answers = (
        whole(body.get("draws", []), "draws"),
        whole(body.get("answers", []), "answers"),
    )
    drawn_at = one_of(body, "drawn_at", DIAL)
    if len(draws) not in (0, DRAWS) or bool(draws) != (drawn_at is not None):
        raise BadInput(f"Releases are drawn {DRAWS} at a time, at one ε.")
    if len(answers) not in LEVELS:
        raise BadInput("The attack asks 1, 10, 100 or 1,000 times.")
    if not offered_shares(shares):
        raise BadInput("Each table has one of the shares that are offered.")
    spent_as, year = body.get("spent_as"), body.get("year")
    if (spent_as is None) != (year is None) or not (spent_as is None or offered_shares(spent_as)):
        raise BadInput("A year was spent with shares that are offered.")
    return State(
        options,
        seed,
        part=one_of(body, "part", tuple(range(1, SPEND + 1))) or 1,
        epsilon=one_of(body, "epsilon", DIAL) or fresh.epsilon,
        guess=one_of(body, "guess", SCALES),
        drawn_at=drawn_at,
        draws=draws,
        answers=answers,
        count=one_of(body, "count", tuple(range(MOST + 1))),
        spent=one_of(body, "spent", COSTS),
        shares=shares,
        spent_as=spent_as,
        year=None if year is None else _year(year),
        reading=one_of(body, "reading", READINGS),
    )


def one_of(body: Mapping[str, Any], name: str, offered: tuple[Any, ...]) -> Any:
    """What ``body`` has under that name, if it was offered; None if it has nothing there."""
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or value not in offered:
        raise BadInput(f"This is not one of the answers offered for {name}.")
    return offered[offered.index(value)]


def offered_shares(given: Any) -> bool:
    """Whether this gives each of the tables one of the shares."""
    return (
        isinstance(given, Mapping)
        and sorted(given) == sorted(TABLES)
        and all(one in SHARES and not isinstance(one, bool) for one in given.values())
    )


def whole(given: Any, name: str) -> tuple[int, ...]:
    """A list of whole numbers, as they were drawn."""
    if not isinstance(given, list) or len(given) > LEVELS[-1]:
        raise BadInput(f"The {name} are a list.")
    if not all(type(one) is int and abs(one) <= FARTHEST for one in given):
        raise BadInput(f"The {name} are whole numbers.")
    return tuple(given)


def _year(given: Any) -> Year:
    if not isinstance(given, Mapping) or given.keys() != {"entries", "refusal"}:
        raise BadInput("A year has entries and a refusal.")
    entries, refusal = given["entries"], given["refusal"]
    if not isinstance(refusal, str) or not 0 < len(refusal) <= LONGEST_REFUSAL:
        raise BadInput("A refusal is a short text.")
    if not isinstance(entries, list) or len(entries) > len(TABLES):
        raise BadInput("A year has at most four tables.")
    return Year(tuple(_entry(one) for one in entries), refusal)


def _entry(given: Any) -> Entry:
    if not isinstance(given, list) or len(given) != 3 or given[0] not in TABLES:
        raise BadInput("A table has a name, a scale and figures.")
    table, spread, figures = given
    if isinstance(spread, bool) or not isinstance(spread, int | float) or not 0 < spread < 1000:
        raise BadInput("The scale of a table is a number.")
    known = len(set(columns()[table]))
    told = whole(figures, "figures")
    if len(told) != known:
        raise BadInput(f"This table has {known} figures.")
    return Entry(table, float(spread), told)
