"""A rule as somebody writes it in a file: YAML or JSON, with units and people by their names."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlmodel import Session

from db import founding, units
from modules.basics import BadInput
from modules.duties import Rule
from modules.duties.model import EVERYBODY

Place = tuple[str | int, ...]


class Written(BaseModel):
    """What a file says: a rule with its title, target and first day."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str = Field(min_length=1)
    target: str = Field(min_length=1)
    rule: Rule
    starts: date | None = None
    # The rule that it takes the place of.
    id: uuid.UUID | None = None


@dataclass(frozen=True)
class File:
    """A file's text with its name, and the line on which each part of it stands."""

    name: str
    lines: Mapping[Place, int]

    def fault(self, place: Place, found: object, expected: str) -> str:
        """One mistake as a line: file, line, place, what was found and what was expected."""
        at = place
        while at and at not in self.lines:
            at = at[:-1]
        line = self.lines.get(at, 1)
        told = ".".join(str(part) for part in place) or "the file"
        return f"{self.name}:{line}: {told}: found {_short(found)}; expected {expected}"


def read(session: Session, *, org_id: uuid.UUID, name: str, text: str, today: date) -> Written:
    """The rule that a file holds. Raises BadInput with one line for each mistake."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise BadInput(f"{name}:{line}: found {problem}; expected YAML or JSON") from error
    file = File(name, dict(_lines(node, ())) if node else {})
    if not isinstance(data, dict):
        raise BadInput(file.fault((), data, "title, target and rule"))
    faults = list(_resolve(session, org_id, file, data, today))
    if faults:
        raise BadInput("\n".join(faults))
    try:
        # As JSON: days and ids are text there, and nothing else is taken for them.
        return Written.model_validate_json(json.dumps(data, default=str))
    except ValidationError as error:
        raise BadInput("\n".join(_told(file, error))) from error


def _told(file: File, error: ValidationError) -> Iterator[str]:
    for one in error.errors(include_url=False):
        place = _known(file, one["loc"])
        found = "nothing" if one["type"] == "missing" else one["input"]
        yield file.fault(place, found, _expected(one))


def _expected(one: Mapping[str, Any]) -> str:
    kind, more = one["type"], one.get("ctx", {})
    if kind == "missing":
        return "a value here"
    if kind == "extra_forbidden":
        return "no such field"
    if kind == "union_tag_invalid":
        return f"a kind of {more['expected_tags']}"
    if kind == "union_tag_not_found":
        return "a kind"
    said = str(one["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    return said[:1].lower() + said[1:]


def _known(file: File, place: tuple[int | str, ...]) -> Place:
    """A place without the names that a kind of rule goes by in the program."""
    found: Place = ()
    for number, part in enumerate(place):
        last = number == len(place) - 1
        if (*found, part) in file.lines or last:
            found = (*found, part)
    return found


def _lines(node: yaml.Node, place: Place) -> Iterator[tuple[Place, int]]:
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _lines(value, (*place, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, (*place, number))


def _resolve(
    session: Session, org_id: uuid.UUID, file: File, data: dict[str, Any], today: date
) -> Iterator[str]:
    """Put ids in the place of units and people as they are called; gives what is unknown."""
    rule = data.get("rule")
    if not isinstance(rule, dict):
        return
    nodes = units.tree(session, org_id=org_id, day=today)
    called: dict[str, list[uuid.UUID]] = {}
    for node in nodes:
        for name in {node.name, node.code, str(node.id)} - {None}:
            called.setdefault(str(name).casefold(), []).append(node.id)
    for holder, key, place in _audiences(rule):
        if holder[key] == "everybody":
            holder[key] = EVERYBODY.model_dump(mode="json")
            continue
        audience = holder[key]
        clauses = audience.get("clauses") if isinstance(audience, dict) else None
        for number, clause in enumerate(clauses if isinstance(clauses, list) else ()):
            if isinstance(clause, dict):
                at = (*place, "clauses", number)
                yield from _units(file, clause, called, at)
                yield from _people(session, org_id, file, clause, at)


def _audiences(rule: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, Place]]:
    for key in ("audience", "exceptions"):
        if key in rule:
            yield rule, key, ("rule", key)
    cases = rule.get("cases")
    for number, case in enumerate(cases if isinstance(cases, list) else ()):
        if isinstance(case, dict) and "audience" in case:
            yield case, "audience", ("rule", "cases", number, "audience")


def _units(
    file: File, clause: dict[str, Any], called: Mapping[str, list[uuid.UUID]], place: Place
) -> Iterator[str]:
    named = clause.get("units")
    if not isinstance(named, list):
        return
    for number, one in enumerate(named):
        found = called.get(str(one).casefold(), [])
        at = (*place, "units", number)
        if len(found) == 1:
            named[number] = str(found[0])
        elif found:
            yield file.fault(at, one, f"its code or id: {len(found)} units are called so")
        else:
            yield file.fault(at, one, "the name, code or id of a unit that stands today")


def _people(
    session: Session, org_id: uuid.UUID, file: File, clause: dict[str, Any], place: Place
) -> Iterator[str]:
    named = clause.get("people")
    if not isinstance(named, list):
        return
    for number, one in enumerate(named):
        if "@" not in str(one):
            continue
        found = founding.person(session, org_id=org_id, email=str(one))
        if found is None:
            told = "the address of somebody of this organisation"
            yield file.fault((*place, "people", number), one, told)
        else:
            named[number] = str(found.id)


def _short(found: object) -> str:
    told = found if isinstance(found, str) else repr(found)
    return told if len(told) <= 60 else f"{told[:59]}…"
