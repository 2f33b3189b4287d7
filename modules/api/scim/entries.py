"""Between a SCIM resource and a row: what is shown of a person, and what a directory wants."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Callable
from typing import Any

from scim2_models import InvalidValueException, Meta, Resource

from db.directory import Entry, GroupEntry
from db.directory_wishes import Nobody, Wanted
from db.texts import storable
from modules import days, words
from modules.api.scim.models import (
    Email,
    EnterpriseUser,
    Group,
    GroupMember,
    GroupMembership,
    Manager,
    Name,
    Person,
    StewardUser,
)

ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
# The longest text that is kept, in characters; RFC 5321 gives an address 254.
LONGEST, LONGEST_ADDRESS = 256, 254
LANGUAGE = "is expected as a language tag, such as en, en-GB or cy."
ZONE = "is expected as a place known to the IANA database, such as Europe/London."


def user(entry: Entry, base: str) -> Resource[Any]:
    """A person as a resource."""
    shown: Any = Person(
        id=str(entry.id),
        external_id=entry.external_id,
        user_name=entry.user_name,
        display_name=entry.name,
        title=entry.title,
        preferred_language=entry.language,
        timezone=entry.zone,
        active=entry.active,
        emails=[Email(value=entry.email, type=Email.Type.work, primary=True)],
        meta=_meta("User", entry),
    )
    if entry.given_name is not None or entry.family_name is not None:
        shown.name = Name(given_name=entry.given_name, family_name=entry.family_name)
    if entry.groups:
        shown.groups = [
            GroupMembership(
                value=str(group), ref=f"{base}/Groups/{group}", display=name, type="direct"
            )
            for group, name in entry.groups
        ]
    more = EnterpriseUser(employee_number=entry.employee_number, department=entry.department)
    if entry.manager_id is not None:
        more.manager = Manager(value=str(entry.manager_id), ref=f"{base}/Users/{entry.manager_id}")
    if entry.employee_number is not None or entry.department is not None or entry.manager_id:
        shown[EnterpriseUser] = more
    if entry.job_family is not None or entry.grade is not None:
        shown[StewardUser] = StewardUser(job_family=entry.job_family, grade=entry.grade)
    return shown  # type: ignore[no-any-return]


def group(entry: GroupEntry, base: str) -> Resource[Any]:
    """A group as a resource."""
    shown = Group(
        id=str(entry.id),
        external_id=entry.external_id,
        display_name=entry.name,
        meta=_meta("Group", entry),
    )
    if entry.members:
        shown.members = [
            GroupMember(value=str(one), ref=f"{base}/Users/{one}", type="User")
            for one in entry.members
        ]
    return shown


def _meta(kind: str, entry: Entry | GroupEntry) -> Meta:
    return Meta(
        resource_type=kind,
        created=entry.created_at,
        last_modified=entry.changed_at,
        version=f'W/"{entry.version}"',
    )


def number(version: str | None) -> int | None:
    """The count of changes behind an entity tag that we gave; -1 for one that we did not."""
    if version is None:
        return None
    found = re.fullmatch(r'(?:W/)?"?(\d{1,9})"?', version)
    return int(found.group(1)) if found else -1


def wanted(resource: Any) -> Wanted:
    """A person as a directory wants her, with what it leaves out put in.

    Raises InvalidValueException with a sentence for what cannot be kept.
    """
    user_name = text(resource.user_name, "userName")
    if user_name is None:
        raise InvalidValueException(detail="A userName is needed.")
    name, more, work = resource.name, resource[EnterpriseUser], resource[StewardUser]
    given = text(name.given_name if name else None, "name.givenName")
    family = text(name.family_name if name else None, "name.familyName")
    joined = " ".join(one for one in (given, family) if one)
    manager = more.manager if more else None
    return Wanted(
        user_name=user_name,
        email=_address(resource, user_name),
        name=text(resource.display_name, "displayName") or joined or user_name,
        given_name=given,
        family_name=family,
        external_id=text(resource.external_id, "externalId"),
        employee_number=text(more.employee_number if more else None, "employeeNumber"),
        title=text(resource.title, "title"),
        active=resource.active is not False,
        department=text(more.department if more else None, "department"),
        manager_id=reference(manager.value or manager.ref) if manager else None,
        language=known(resource.preferred_language, "preferredLanguage", first_language, LANGUAGE),
        zone=known(resource.timezone, "timezone", days.zone, ZONE),
        job_family=text(work.job_family if work else None, "jobFamily"),
        grade=text(work.grade if work else None, "grade"),
    )


def wanted_group(resource: Group) -> dict[str, Any]:
    """A group as a directory wants it."""
    name = text(resource.display_name, "displayName")
    if name is None:
        raise InvalidValueException(detail="A displayName is needed.")
    members = [member(one) for one in resource.members or []]
    return {
        "name": name,
        "external_id": text(resource.external_id, "externalId"),
        "members": [one for one in members if one is not None],
    }


def _address(resource: Any, user_name: str) -> str:
    """The primary address, else the first for work, else the first, else the userName."""
    given = [one for one in resource.emails or [] if one.value]
    given.sort(key=lambda one: (one.primary is not True, one.type != "work"))
    found = text(given[0].value if given else user_name, "emails")
    if found is None or len(found) > LONGEST_ADDRESS or not ADDRESS.fullmatch(found):
        raise InvalidValueException(
            detail="An e-mail address is needed: in emails, or as the userName."
        )
    return found


def text(value: Any, attribute: str) -> str | None:
    """Text without blanks around it; None when nothing is left."""
    if value is None:
        return None
    found = unicodedata.normalize("NFC", str(value)).strip()
    if len(found) > LONGEST or not storable(found):
        raise InvalidValueException(
            detail=f"{attribute} has more than {LONGEST} characters, or one that is none."
        )
    return found or None


def first_language(said: str) -> str | None:
    """The first of languages in the form of Accept-Language, which RFC 7643 (4.1.1) asks for."""
    return words.tag(said.partition(",")[0].partition(";")[0])


def known(
    value: Any, attribute: str, read: Callable[[str], str | None], expected: str
) -> str | None:
    """A language or a zone as it is kept. Raises InvalidValueException for what is none."""
    said = text(value, attribute)
    found = read(said) if said else None
    if said and found is None:
        raise InvalidValueException(detail=f"{attribute} {expected}")
    return found


def member(one: GroupMember) -> uuid.UUID | None:
    """The id of a member; None for what is no id, which is left out as any that is not here."""
    try:
        return reference(one.value or one.ref)
    except Nobody:
        return None


def reference(value: Any) -> uuid.UUID | None:
    """The id in a reference, which may be an address. Raises `Nobody` for what is no id."""
    if not value:
        return None
    try:
        return uuid.UUID(str(value).rpartition("/")[2])
    except ValueError as error:
        raise Nobody from error
