"""The form of a rule: what, who, by when, when again. Draws on the surface it is given."""

from __future__ import annotations

import base64
import uuid
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError

from modules.admin.ruling_when import Key, ask_due, ask_renewal
from modules.basics import Content, Surface, Words
from modules.duties import After, Audience, Case, Clause, Rolling, Rule
from modules.duties.model import EVERYBODY, NOBODY

MOST_GROUPS = 6
ROLES = ("manager", "lead", "trainer", "administrator", "reviewer", "auditor")


class Filled(Content):
    """A rule with its title, target and first day: what the form holds, and the address keeps."""

    title: str
    target: str
    rule: Rule
    starts: date

    def packed(self) -> str:
        """As text for the address, so that a refresh loses nothing."""
        return base64.urlsafe_b64encode(zlib.compress(self.model_dump_json().encode(), 9)).decode()

    @classmethod
    def unpacked(cls, text: str) -> Filled | None:
        """What the address holds; None where it is no rule."""
        try:
            unzip = zlib.decompressobj()
            told = unzip.decompress(base64.urlsafe_b64decode(text.encode()), 64 * 1024)
            return cls.model_validate_json(told)
        except (ValueError, zlib.error):
            return None


@dataclass(frozen=True)
class Options:
    """What can be chosen: targets, units, families, grades and paths, by what stands in a rule."""

    targets: Mapping[str, str]
    units: Mapping[uuid.UUID, str]
    families: Sequence[str]
    grades: Sequence[str]
    paths: Mapping[str, str]


@dataclass(frozen=True)
class Typed:
    """The form as it stands: a rule, or why it is none; and addresses that name people."""

    filled: Filled | None
    trouble: str
    people: str
    excepted: str


def first(targets: Mapping[str, str], today: date) -> Filled:
    """What a new rule begins with: everybody, 30 days, again each year, from tomorrow."""
    return Filled(
        title="",
        target=next(iter(targets)),
        rule=Rule(audience=EVERYBODY, due=After(days=30), renewal=Rolling(months=12)),
        starts=today + timedelta(days=1),
    )


def draw(
    card: Surface, say: Words, given: Filled, options: Options, *, today: date, key: str, named: Any
) -> Typed:
    """Ask for everything. ``named`` has the addresses of people in a rule, by their id."""
    at = Key(key)
    title = card.text_input(
        say("rules.title_field"), given.title, max_chars=120, key=at("title"), width=560
    )
    targets = list(options.targets)
    target = card.selectbox(
        say("rules.what"),
        targets,
        index=targets.index(given.target) if given.target in targets else 0,
        format_func=options.targets.__getitem__,
        key=at("target"),
        width=560,
    )
    card.subheader(say("rules.who"), anchor=False)
    audience = _groups(card, say, given.rule.audience, options, at.under("who"))
    ids = [id for one in given.rule.audience.clauses for id in one.people]
    people = card.text_area(
        say("rules.people"),
        "\n".join(named.get(id, "") for id in ids),
        key=at("people"),
        help=say("rules.people_help"),
        height=80,
    )
    more = card.expander(say("rules.except"), expanded=bool(given.rule.exceptions.clauses))
    exceptions = _groups(more, say, given.rule.exceptions, options, at.under("except"), least=0)
    out = [id for one in given.rule.exceptions.clauses for id in one.people]
    excepted = more.text_area(
        say("rules.people_except"),
        "\n".join(named.get(id, "") for id in out),
        key=at("excepted"),
        height=80,
    )
    card.subheader(say("rules.when"), anchor=False)
    before = card.checkbox(
        say("rules.before_access_field"), given.rule.before_access, key=at("before")
    )
    due = given.rule.due if before else ask_due(card, say, given.rule.due, today, at.under("due"))
    renewal = ask_renewal(card, say, given.rule.renewal, at.under("again"))
    cases = _cases(card, say, given.rule.cases, options, today, at.under("cases"))
    row = card.container(horizontal=True, vertical_alignment="bottom")
    starts = row.date_input(
        say("rules.starts"), given.starts, format="DD/MM/YYYY", key=at("starts"), width=220
    )
    window = row.number_input(
        say("rules.window"), 0, 366, given.rule.window_days, key=at("window"), width=220,
        help=say("rules.window_help"),
    )  # fmt: skip
    grace = row.number_input(
        say("rules.grace"), 0, 366, given.rule.grace_days, key=at("grace"), width=220,
        help=say("rules.grace_help"),
    )  # fmt: skip
    trouble, filled = "", None
    if due is None or renewal is None or starts is None or None in cases:
        trouble = say("rules.problem_days")
    else:
        try:
            made = Rule(
                audience=audience,
                exceptions=exceptions,
                due=due,
                renewal=renewal,
                cases=tuple(one for one in cases if one is not None),
                window_days=int(window),
                grace_days=int(grace),
                before_access=before,
            )
            filled = Filled(title=title.strip(), target=target, rule=made, starts=starts)
        except ValidationError:
            trouble = say("rules.problem_window")
    return Typed(filled, trouble, people, excepted)


def with_people(
    filled: Filled, people: Sequence[uuid.UUID], excepted: Sequence[uuid.UUID]
) -> Filled:
    """The rule with people named by hand: a group of their own beside the others."""

    def joined(audience: Audience, ids: Sequence[uuid.UUID], keep: bool) -> Audience:
        clauses = [one for one in audience.clauses if not one.people]
        # Named people and nothing else chosen: those people, not everybody.
        if ids and keep and clauses == [Clause()]:
            clauses = []
        named = [Clause(people=tuple(ids))] if ids else []
        return Audience(clauses=(*clauses, *named))

    rule = filled.rule
    made = rule.model_copy(
        update={
            "audience": joined(rule.audience, people, keep=True),
            "exceptions": joined(rule.exceptions, excepted, keep=False),
        }
    )
    return filled.model_copy(update={"rule": made})


def _groups(
    card: Surface, say: Words, given: Audience, options: Options, at: Key, least: int = 1
) -> Audience:
    """Groups of people; whoever is in one of them is meant."""
    shown = [one for one in given.clauses if not one.people]
    number = card.number_input(
        say("rules.groups"),
        least,
        MOST_GROUPS,
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


def _cases(
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
        say("rules.cases_number"), 0, MOST_GROUPS, len(given), key=at("number"), width=220
    )
    found: list[Case | None] = []
    for place in range(int(number)):
        start = given[place] if place < len(given) else None
        inner, own = box.container(border=True, key=at(f"case-{place}")), at.under(str(place))
        inner.caption(say("rules.case_n", n=place + 1))
        clause = start.audience.clauses[0] if start and start.audience.clauses else Clause()
        who = _clause(inner, say, clause, options, own)
        due = ask_due(inner, say, start.due if start else After(days=30), today, own.under("due"))
        renewal = ask_renewal(
            inner, say, start.renewal if start else Rolling(months=12), own.under("again")
        )
        fits = due is not None and renewal is not None
        found.append(
            Case(audience=Audience(clauses=(who,)), due=due, renewal=renewal)
            if fits and due is not None and renewal is not None
            else None
        )
    return found
