"""A rule in words: who, by when, and when again. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from modules import days
from modules.basics import Words
from modules.duties.model import (
    After,
    Audience,
    Calendar,
    Clause,
    Cycle,
    Due,
    Never,
    On,
    Renewal,
    Rolling,
    Rule,
    Yearly,
)

Units = Mapping[uuid.UUID, str]


def rule(say: Words, given: Rule, units: Units) -> str:
    """Who it is for, by when and when again; its `cases` apart, which can be many."""
    who = audience(say, given.audience, units)
    told = say("rules.told", who=who, due=due(say, given), again=again(say, given.renewal))
    if not given.before_access and _one_cycle(given.due, given.renewal):
        told = say("rules.told_each", who=who, due=due(say, given))
    if given.exceptions.clauses:
        told += " " + say("rules.but", who=_inside(audience(say, given.exceptions, units)))
    return told


def cases(say: Words, given: Rule, units: Units) -> list[str]:
    """The groups with days of their own, each as a sentence, in the order in which they count."""
    return [
        say(
            "rules.case",
            who=audience(say, case.audience, units),
            due=_by(say, case.due),
            again=again(say, case.renewal),
        )
        for case in given.cases
    ]


def audience(say: Words, given: Audience, units: Units) -> str:
    """People in words: "everybody in Housing who works as Benefits officer"."""
    if not given.clauses:
        return say("rules.nobody")
    first, *others = (_clause(say, one, units) for one in given.clauses)
    return say("rules.or").join([first, *map(_inside, others)])


def _clause(say: Words, one: Clause, units: Units) -> str:
    known = [units.get(unit, say("rules.unit_gone")) for unit in one.units]
    parts = [
        say(f"rules.clause_{name}", what=_either(say, values))
        for name, values in (
            ("units", known),
            ("families", one.families),
            ("grades", one.grades),
            ("roles", [say(f"role.{role}") for role in one.roles]),
            ("paths", one.paths),
        )
        if values
    ]
    if one.people:
        many = len(one.people)
        parts.append(say("rules.clause_person" if many == 1 else "rules.clause_people", n=many))
    if one.starters:
        parts.append(say("rules.clause_starters"))
    return " ".join([say("rules.everybody"), *parts]) if parts else say("rules.everybody_here")


def due(say: Words, given: Rule) -> str:
    """By when, in words."""
    return say("rules.before_access") if given.before_access else _by(say, given.due)


def _one_cycle(by: Due, again: Renewal) -> bool:
    """Whether it is due and renewed on the same day of the calendar: said once."""
    return isinstance(by, Cycle) and isinstance(again, Calendar) and by.yearly == again.yearly


def _by(say: Words, one: Due) -> str:
    if isinstance(one, On):
        return say("rules.by_day", day=days.short(one.day))
    if isinstance(one, After):
        key = "rules.after_one" if one.days == 1 else "rules.after"
        return say(key, n=one.days, of=say(f"rules.of.{one.of}"))
    return say("rules.by_cycle", day=_each(say, one.yearly))


def again(say: Words, one: Renewal) -> str:
    """When again, in words."""
    if isinstance(one, Never):
        return say("rules.once")
    if isinstance(one, Rolling):
        return say("rules.rolling_one" if one.months == 1 else "rules.rolling", n=one.months)
    return say("rules.calendar", day=_each(say, one.yearly))


def _each(say: Words, yearly: Yearly) -> str:
    day = f"{yearly.day} {date(2024, yearly.month, 1):%B}"
    if yearly.every == 1:
        return say("rules.each_year", day=day)
    return say("rules.each_years", day=day, n=yearly.every)


def _inside(text: str) -> str:
    """Words that began a sentence, inside one."""
    return text[:1].lower() + text[1:]


def _either(say: Words, values: Sequence[str]) -> str:
    if len(values) < 2:
        return "".join(values)
    return say("rules.either", first=", ".join(values[:-1]), last=values[-1])


def problem(say: Words, given: Rule, starts: date, today: date) -> str:
    """What a rule that reads well would still do wrong; "" when nothing."""
    if not given.audience.clauses:
        return say("rules.problem_nobody")
    if starts < today:
        return say("rules.problem_past")
    if isinstance(given.due, On) and given.due.day < starts:
        return say("rules.problem_day")
    return ""
