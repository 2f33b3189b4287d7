"""The groups of people in the form of a rule, and the groups with days of their own."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from modules.admin.ruling_when import Key, ask_due, ask_renewal
from modules.basics import Surface, Words
from modules.duties import After, Audience, Case, Clause, Rolling
from modules.duties.model import NOBODY

MOST_GROUPS = 6
"""Groups that the form offers; a rule from a file may have more, and keeps them."""
ROLES = ("manager", "lead", "trainer", "administrator", "reviewer", "auditor")


@dataclass(frozen=True)
class Options:
    """What can be chosen: targets, units, families, grades and paths, by what stands in a rule."""

    targets: Mapping[str, str]
    units: Mapping[uuid.UUID, str]
    families: Sequence[str]
    grades: Sequence[str]
    paths: Mapping[str, str]


def ask_groups(
    card: Surface, say: Words, given: Audience, options: Options, at: Key, least: int = 1
) -> Audience:
    """Groups of people; whoever is in one of them is meant."""
    shown = [one for one in given.clauses if not one.people]
    number = card.number_input(
        say("rules.groups"),
        least,
        max(MOST_GROUPS, len(shown)),
        max(least, len(shown)),
        key=at("groups"),
        help=say("rules.groups_help"),
        width=220,
    )
    found = []
    for place in range(int(number)):
        start = shown[place] if place < len(shown) else Clause()
        box = card.container(border=True, key=at(f"group-{place}"))
        if number > 1:
            box.caption(say("rules.group", n=place + 1))
        found.append(_clause(box, say, start, options, at.under(str(place))))
    return Audience(clauses=tuple(found)) if found else NOBODY


def _clause(box: Surface, say: Words, given: Clause, options: Options, at: Key) -> Clause:
    units = box.multiselect(
        say("rules.units"),
        list(options.units),
        [one for one in given.units if one in options.units],
        format_func=options.units.__getitem__,
        placeholder=say("rules.all_units"),
        key=at("units"),
    )
    row = box.container(horizontal=True)
    chosen = {}
    for name, values, known in (
        ("families", options.families, given.families),
        ("grades", options.grades, given.grades),
        ("roles", ROLES, given.roles),
        ("paths", tuple(options.paths), given.paths),
    ):
        if values or known:
            chosen[name] = row.multiselect(
                say(f"rules.{name}"),
                list(dict.fromkeys([*values, *known])),
                list(known),
                format_func=_name(say, name, options),
                placeholder=say("rules.any"),
                key=at(name),
                width=260,
            )
    starters = box.checkbox(say("rules.starters"), given.starters, key=at("starters"))
    return Clause(
        units=tuple(units),
        families=tuple(chosen.get("families", ())),
        grades=tuple(chosen.get("grades", ())),
        roles=tuple(chosen.get("roles", ())),
        paths=tuple(chosen.get("paths", ())),
        starters=starters,
    )


def _name(say: Words, name: str, options: Options) -> Any:
    if name == "roles":
        return lambda role: say(f"role.{role}")
    if name == "paths":
        return lambda path: options.paths.get(path, path)
    return str


def ask_cases(
    card: Surface,
    say: Words,
    given: Sequence[Case],
    options: Options,
    today: date,
    at: Key,
) -> list[Case | None]:
    """Groups with a cycle of their own; the first that fits counts."""
    box = card.expander(say("rules.cases"), expanded=bool(given))
    box.caption(say("rules.cases_help"))
    number = box.number_input(
        say("rules.cases_number"),
        0,
        max(MOST_GROUPS, len(given)),
        len(given),
        key=at("number"),
        width=220,
    )
    found: list[Case | None] = []
    for place in range(int(number)):
        start = given[place] if place < len(given) else None
        inner, own = box.container(border=True, key=at(f"case-{place}")), at.under(str(place))
        inner.caption(say("rules.case_n", n=place + 1))
        clause, *others = (start.audience.clauses if start else ()) or (Clause(),)
        who = _clause(inner, say, clause, options, own)
        # People by name, and further groups, come from a rule in a file: the form keeps them.
        who = who.model_copy(update={"people": clause.people})
        due = ask_due(inner, say, start.due if start else After(days=30), today, own.under("due"))
        renewal = ask_renewal(
            inner, say, start.renewal if start else Rolling(months=12), own.under("again")
        )
        fits = due is not None and renewal is not None
        found.append(
            Case(audience=Audience(clauses=(who, *others)), due=due, renewal=renewal)
            if fits and due is not None and renewal is not None
            else None
        )
    return found
