"""Finding people and groups for a directory: what can be asked about, in which order, how many."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, and_, cast, func, literal, null, select, true, union_all
from sqlmodel import Session

from db.directory import GROUP, MEMBER, boss, department, place, visible, works
from db.directory_filters import Fields, Node, Value
from db.people import PERSON, PLACEMENT
from db.tables import GroupMember, PeopleGroup, Person, core
from db.texts import id_text, ordered

CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
# Our own: see docs/directory.md. Entra ID takes no other form of name for an extension.
STEWARD = "urn:ietf:params:scim:schemas:extension:steward:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


@dataclass(frozen=True)
class Where:
    """Whose directory is asked, on which day, and under which address it is reached."""

    org_id: uuid.UUID
    day: date
    # Such as https://steward.example.org/scim/v2
    base: str = ""


def people_fields(where: Where) -> Fields:
    """What can be asked about people; a `+` marks the enterprise extension, a `*` our own."""
    org_id, day = where.org_id, where.day
    user_name = func.coalesce(PERSON.user_name, PERSON.email, type_=String())

    def named(wanted: str) -> Any:
        # Each half says whether there is a userName: neither is ever NULL.
        here = PERSON.user_name.is_not(None)
        return (here & (func.lower(PERSON.user_name) == wanted)) | (
            ~here & (PERSON.email == wanted)
        )

    group = core(PeopleGroup)
    inside = (
        select(GROUP.id)
        .select_from(
            core(GroupMember).join(
                group, and_(GROUP.org_id == MEMBER.org_id, GROUP.id == MEMBER.group_id)
            )
        )
        .where(MEMBER.org_id == PERSON.org_id, MEMBER.person_id == PERSON.id)
        .correlate(core(Person))
    )
    manager = boss(org_id, day)
    email = Value(PERSON.email, "text", lambda wanted: PERSON.email == wanted)
    return {
        **_common(where, "User", PERSON),
        "username": Value(user_name, "text", named),
        "displayname": Value(PERSON.name),
        "title": Value(PERSON.job_title),
        "preferredlanguage": Value(PERSON.language),
        "timezone": Value(PERSON.zone),
        "active": Value(works(day), "flag"),
        "name": Node(
            {
                "givenname": Value(func.nullif(PERSON.given_name, "", type_=String())),
                "familyname": Value(PERSON.family_name),
            }
        ),
        "emails": Node(
            {
                "value": email,
                "type": Value(literal("work")),
                "primary": Value(true(), "flag"),
            },
            by_value=True,
        ),
        "groups": Node(
            {
                "value": Value(GROUP.id, "id"),
                "display": Value(GROUP.name),
                "$ref": Value(literal(f"{where.base}/Groups/") + id_text(GROUP.id), "exact"),
                "type": Value(literal("direct")),
            },
            rows=inside,
        ),
        "*jobfamily": Value(place(PLACEMENT.job_family, day)),
        "*grade": Value(place(PLACEMENT.grade, day)),
        "+employeenumber": Value(PERSON.employee_number),
        "+department": Value(department(day)),
        "+manager": Node(
            {
                "value": Value(manager, "id"),
                "$ref": Value(literal(f"{where.base}/Users/") + id_text(manager), "exact"),
            },
            by_value=True,
        ),
    }


def group_fields(where: Where) -> Fields:
    """What can be asked about groups."""
    inside = (
        select(PERSON.id)
        .select_from(
            core(GroupMember).join(
                core(Person), and_(PERSON.org_id == MEMBER.org_id, PERSON.id == MEMBER.person_id)
            )
        )
        .where(
            MEMBER.org_id == GROUP.org_id,
            MEMBER.group_id == GROUP.id,
            visible(where.org_id, where.day),
        )
        .correlate(core(PeopleGroup))
    )
    return {
        **_common(where, "Group", GROUP),
        "displayname": Value(GROUP.name),
        "members": Node(
            {
                "value": Value(PERSON.id, "id"),
                "$ref": Value(literal(f"{where.base}/Users/") + id_text(PERSON.id), "exact"),
                "type": Value(literal("User")),
            },
            rows=inside,
        ),
    }


def _common(where: Where, kind: str, table: Any) -> dict[str, Value | Node]:
    changed = func.coalesce(table.changed_at, table.created_at, type_=table.changed_at.type)
    return {
        "id": Value(table.id, "id"),
        "externalid": Value(table.external_id, "exact"),
        "meta": Node(
            {
                "resourcetype": Value(literal(kind), "exact"),
                "created": Value(table.created_at, "moment"),
                "lastmodified": Value(changed, "moment"),
                "location": Value(literal(f"{where.base}/{kind}s/") + id_text(table.id)),
                "version": Value(
                    literal('W/"') + cast(table.version, String()) + literal('"'), "exact"
                ),
            }
        ),
    }


@dataclass(frozen=True)
class Sought:
    """One kind of resource in a search: User or Group, its condition, what it is sorted by."""

    kind: str
    condition: Any = None
    key: Value | None = None


def found(
    session: Session,
    where: Where,
    sought: Sequence[Sought],
    *,
    descending: bool = False,
    start: int = 0,
    count: int | None = None,
) -> tuple[int, list[tuple[str, uuid.UUID]]]:
    """How many fit, and the kind and id of those on a page; two queries.

    In the order of the key, what has none last, first when descending; else, and among equals,
    in the order in which they were made, so that pages stay where they are.
    """
    # Who has no such attribute has nothing of its type: PostgreSQL unites like with like only.
    types = [_sorting(one.key).type for one in sought if one.key]
    nothing = cast(null(), types[0] if types else String())
    queries = [_ids(where, one, nothing) for one in sought]
    connection = session.connection()
    total = sum(
        int(connection.execute(select(func.count()).select_from(one.subquery())).scalar_one())
        for one in queries
    )
    if count == 0 or start >= total:
        return total, []
    both: Any = union_all(*queries) if len(queries) > 1 else queries[0]
    rows = both.subquery()
    key = [rows.c.key.is_(None), rows.c.key] if any(one.key for one in sought) else []
    order = [one.desc() for one in key] if descending else key
    page = select(rows.c.kind, rows.c.id).order_by(*order, rows.c.id).offset(start)
    if count is not None:
        page = page.limit(count)
    return total, [(row[0], row[1]) for row in connection.execute(page)]


def _ids(where: Where, one: Sought, nothing: Any) -> Any:
    people = one.kind == "User"
    table = core(Person) if people else core(PeopleGroup)
    key = nothing if one.key is None else _sorting(one.key)
    query = select(
        literal(one.kind).label("kind"), table.c.id.label("id"), key.label("key")
    ).select_from(table)
    mine = visible(where.org_id, where.day) if people else GROUP.org_id == where.org_id
    query = query.where(mine)
    return query if one.condition is None else query.where(one.condition)


def _sorting(value: Value) -> Any:
    return value.expr if value.kind in ("flag", "moment") else ordered(value.key)


def first_of(node: Node, part: str) -> Value:
    """A part of the first entry of a list: what a search sorts by."""
    value = node.parts[part]
    if node.rows is None:
        return value
    column = next(iter(node.rows.selected_columns))
    query = node.rows.with_only_columns(value.expr).order_by(column).limit(1)
    return Value(query.scalar_subquery(), value.kind)
