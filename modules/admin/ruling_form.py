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

from modules.admin.ruling_groups import Options, ask_cases, ask_groups
from modules.admin.ruling_when import Key, ask_due, ask_renewal
from modules.basics import Content, Surface, Words
from modules.duties import After, Audience, Clause, Rolling, Rule
from modules.duties.model import EVERYBODY


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
    card.header(say("rules.who"), anchor=False)
    audience = ask_groups(card, say, given.rule.audience, options, at.under("who"))
    ids = [id for one in given.rule.audience.clauses for id in one.people]
    people = card.text_area(
        say("rules.people"),
        "\n".join(named.get(id, "") for id in ids),
        key=at("people"),
        help=say("rules.people_help"),
        height=80,
    )
    more = card.expander(say("rules.except"), expanded=bool(given.rule.exceptions.clauses))
    exceptions = ask_groups(more, say, given.rule.exceptions, options, at.under("except"), least=0)
    out = [id for one in given.rule.exceptions.clauses for id in one.people]
    excepted = more.text_area(
        say("rules.people_except"),
        "\n".join(named.get(id, "") for id in out),
        key=at("excepted"),
        height=80,
    )
    card.header(say("rules.when"), anchor=False)
    before = card.checkbox(
        say("rules.before_access_field"), given.rule.before_access, key=at("before")
    )
    due = given.rule.due if before else ask_due(card, say, given.rule.due, today, at.under("due"))
    renewal = ask_renewal(card, say, given.rule.renewal, at.under("again"))
    cases = ask_cases(card, say, given.rule.cases, options, today, at.under("cases"))
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
