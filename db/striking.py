"""Somebody's name and address taken out of what others typed."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, and_, cast, func, or_, select, update
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

    Whole names only, in any letter case, however accents are composed and words are spaced. Of
    answers only those that hold typed sentences.
    """
    of = core(table)
    if not names:
        return 0
    text = func.lower(cast(of.c[column], String))
    likely = or_(*(text.contains(_telling(one), autoescape=True) for one in names))
    condition = and_(of.c.org_id == org_id, likely)
    if table is Answer:
        condition = and_(condition, of.c.free_text)
    keys = list(of.primary_key.columns)
    pattern = re.compile(
        "|".join(rf"(?<!\w){_spaced(one)}(?!\w)" for one in sorted(names, key=len, reverse=True)),
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


def _telling(name: str) -> str:
    """The longest part of a name that every database finds in any text that holds the name.

    SQLite lowers ASCII letters only, and JSON is kept with all others escaped.
    """
    found = re.findall("[A-Za-z0-9]+", unicodedata.normalize("NFC", name))
    return max(found, key=len, default="").lower()


def _spaced(name: str) -> str:
    words = unicodedata.normalize("NFC", name).split()
    return r"\s+".join(re.escape(one) for one in words)


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        composed = unicodedata.normalize("NFC", value)
        return pattern.sub(ERASED, composed) if pattern.search(composed) else value
    if isinstance(value, dict):
        return {name: _without(one, pattern) for name, one in value.items()}
    if isinstance(value, list):
        return [_without(one, pattern) for one in value]
    return value
