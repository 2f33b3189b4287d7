"""People who are alike to every rule, so that each rule is asked once for all of them. Pure.

A body of a hundred thousand has a few hundred kinds: what no rule looks at makes no difference,
and neither does what lay before the first rule began.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from db.enrolling import Key, Staff, as_uuid
from modules.duties import After, Audience, Clause, Post, Rule, Worker
from modules.enrolling.wanted import OWN_PATH

NOBODY = uuid.UUID(int=0)


class Turn(NamedTuple):
    """A placement: ``ends`` is the first day no longer there."""

    unit: Key
    starts: date
    ends: date | None
    family: str | None
    grade: str | None


class Kind(NamedTuple):
    """What rules see of somebody; without her name unless a rule names her."""

    posts: tuple[Post, ...]
    joined_on: date
    path: str
    roles: frozenset[str]
    person_id: uuid.UUID

    def worker(self) -> Worker:
        """As rules ask about her."""
        return Worker(self.person_id, self.joined_on, None, self.posts, self.path, self.roles)


@dataclass
class Sight:
    """What the rules in force look at, and from which day on."""

    first: date
    units: frozenset[uuid.UUID] = frozenset()
    families: frozenset[str] = frozenset()
    grades: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    people: frozenset[uuid.UUID] = frozenset()
    # Whether a path that somebody follows makes a difference, or a change of role.
    paths: bool = False
    changes: bool = False
    above: dict[Key, frozenset[uuid.UUID]] = field(default_factory=dict)

    def named_above(self, unit: Key, parents: Mapping[Key, Key | None]) -> frozenset[uuid.UUID]:
        """The units that rules name among a unit and all above it."""
        if unit not in self.above:
            found: set[Key] = set()
            at: Key | None = unit
            # A circle in the tree ends instead of going round.
            while at is not None and at not in found:
                found.add(at)
                at = parents.get(at)
            self.above[unit] = self.units.intersection(map(as_uuid, found))
        return self.above[unit]


def sight(rules: Iterable[tuple[Rule, date, str]]) -> Sight:
    """What rules look at, each with its first day and its target."""
    clauses: list[Clause] = []
    starts, own, changes = [], False, False
    for rule, first, target in rules:
        starts.append(first)
        own = own or target == OWN_PATH
        dues = [rule.due, *(case.due for case in rule.cases)]
        by_role = any(isinstance(due, After) and due.of == "role" for due in dues)
        changes = changes or bool(rule.cases) or by_role
        audiences: list[Audience] = [rule.audience, rule.exceptions]
        audiences += [case.audience for case in rule.cases]
        clauses += [clause for audience in audiences for clause in audience.clauses]
    return Sight(
        # The day before the first: whoever was there then is no starter.
        first=min(starts) - timedelta(days=1),
        units=frozenset(one for clause in clauses for one in clause.units),
        families=frozenset(one for clause in clauses for one in clause.families),
        grades=frozenset(one for clause in clauses for one in clause.grades),
        roles=frozenset(one for clause in clauses for one in clause.roles),
        people=frozenset(one for clause in clauses for one in clause.people),
        paths=own or any(clause.paths for clause in clauses),
        changes=changes,
    )


def kinds(staff: Staff, sight: Sight, today: date) -> Iterator[tuple[Key, Kind | None]]:
    """Everybody's kind on a day; None for who does not work here today."""
    places = {
        person_id: list(rows) for person_id, rows in groupby(staff.places, key=lambda row: row[0])
    }
    # Posts of people who are alike are one object, which is compared at once.
    shared: dict[tuple[Post, ...], tuple[Post, ...]] = {}
    # Most have been in one place all the time: (place, family, grade, since) -> their one post.
    settled: dict[Any, tuple[Post, ...]] = {}
    named = {staff.key(one): one for one in sight.people}
    nothing: frozenset[str] = frozenset()
    for person_id, joined_on, left_on, path in staff.people:
        rows = places.get(person_id)
        if rows is None or (left_on is not None and left_on <= today):
            yield person_id, None
            continue
        if len(rows) == 1 and rows[0][3] is None:
            _, unit, starts, _, family, grade = rows[0]
            since = max(starts, sight.first)
            like = (unit, since, family, grade)
            posts = settled.get(like, ())
            if not posts:
                posts = tuple(_posts([Turn(*rows[0][1:])], staff, sight, today))
                posts = settled[like] = shared.setdefault(posts, posts)
            joined = max(joined_on, sight.first)
        else:
            turns = in_turn(rows)
            posts = tuple(_posts(turns, staff, sight, today))
            if not posts or posts[-1].until is not None:
                yield person_id, None
                continue
            posts = shared.setdefault(posts, posts)
            joined = _joined(joined_on, turns, sight.first)
        held = staff.roles.get(person_id, nothing)
        if person_id in staff.managers:
            held = held | {"manager"}
        yield (
            person_id,
            Kind(
                posts,
                joined,
                path if sight.paths else "",
                sight.roles & held if held else nothing,
                named.get(person_id, NOBODY),
            ),
        )


def _joined(joined_on: date, turns: Sequence[Turn], first: date) -> date:
    """Since when she worked here without a break when the first day that counts came."""
    at = next(number for number, turn in enumerate(turns) if turn.ends is None or turn.ends > first)
    while at and turns[at - 1].ends == turns[at].starts:
        at -= 1
    # A staff list can know the day she joined better than her first placement does.
    return max(turns[at].starts if at else joined_on, first)


def _posts(turns: Sequence[Turn], staff: Staff, sight: Sight, today: date) -> Iterator[Post]:
    """Where she worked since the first day that counts, neighbours that are alike as one."""
    held: Post | None = None
    numbers: dict[tuple[str, str], int] = {}
    for unit, starts, ends, family, grade in turns:
        until = None if ends is None or ends > today else ends
        if until is not None and until <= sight.first:
            continue
        role = (family or "", grade or "")
        # Names that no rule has matter only where a change of role does.
        other = f"~{numbers.setdefault(role, len(numbers))}" if sight.changes else ""
        post = Post(
            max(starts, sight.first),
            until,
            sight.named_above(unit, staff.parents),
            role[0] if role[0] in sight.families else other,
            role[1] if role[1] in sight.grades else other,
        )
        if held is not None and held.until == post.first and _alike(held, post):
            held = replace(held, until=post.until)
            continue
        if held is not None:
            yield held
        held = post
    if held is not None:
        yield held


def _alike(one: Post, other: Post) -> bool:
    return (one.units, one.family, one.grade) == (other.units, other.family, other.grade)


def in_turn(rows: Sequence[Any]) -> list[Turn]:
    """Placements without overlap: on each day the one that began last."""
    # One that holds no day only notes where somebody who is away would work.
    plain = [Turn(*row[1:]) for row in rows if row[3] is None or row[3] > row[2]]
    if all(one.ends is not None and one.ends <= other.starts for one, other in pairwise(plain)):
        return plain
    days = sorted({day for row in plain for day in (row.starts, row.ends) if day is not None})
    found = []
    for first, until in zip(days, [*days[1:], None], strict=True):
        holding = [
            row for row in plain if row.starts <= first and (row.ends is None or row.ends > first)
        ]
        if holding:
            found.append(holding[-1]._replace(starts=first, ends=until))
    return found
