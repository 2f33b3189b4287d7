"""Somebody's name and address taken out of what others typed."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, String, and_, cast, func, or_, select, update
from sqlmodel import Session

from db.people import PERSON
from db.tables import Answer, Base, core

ERASED = "(erased)"


def namesakes(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, name: str) -> int:
    """How many others of the organisation have exactly this name."""
    query = select(func.count()).where(
        PERSON.org_id == org_id, PERSON.id != person_id, PERSON.name == name
    )
    return int(session.connection().execute(query).scalar_one())


def strike(
    session: Session,
    *,
    table: type[Base],
    column: str,
    org_id: uuid.UUID,
    names: Sequence[str],
) -> int:
    """Put `ERASED` in the place of these names in one column; how many rows changed.

    Whole names only, in any letter case. Of answers only those that hold typed sentences.
    """
    of = core(table)
    structured = isinstance(of.c[column].type, JSON)
    text = cast(of.c[column], String)
    wanted = []
    for name in names:
        # JSON is kept with letters beyond ASCII escaped, and SQLite lowers ASCII only.
        needle = json.dumps(name)[1:-1] if structured else name
        wanted += [text.contains(needle, autoescape=True)]
        wanted += [func.lower(text).contains(needle.lower(), autoescape=True)]
    if not wanted:
        return 0
    condition = and_(of.c.org_id == org_id, or_(*wanted))
    if table is Answer:
        condition = and_(condition, of.c.free_text)
    keys = list(of.primary_key.columns)
    pattern = re.compile(
        "|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in sorted(names, key=len, reverse=True)),
        re.IGNORECASE,
    )
    changed = 0
    for *key, value in session.connection().execute(select(*keys, of.c[column]).where(condition)):
        after = _without(value, pattern)
        if after == value:
            continue
        mine = and_(*(one == part for one, part in zip(keys, key, strict=True)))
        session.connection().execute(update(of).where(mine).values({column: after}))
        changed += 1
    return changed


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(ERASED, value)
    if isinstance(value, dict):
        return {name: _without(one, pattern) for name, one in value.items()}
    if isinstance(value, list):
        return [_without(one, pattern) for one in value]
    return value
