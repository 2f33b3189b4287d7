"""Where the SCIM core reads and writes: our own tables, one organisation, one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scim2_models import (
    InvalidFilterException,
    InvalidValueException,
    NotFoundException,
    PreconditionFailedException,
    Resource,
    ResourceType,
    ResponseParameters,
    ScimFilter,
    SearchRequest,
    UniquenessException,
)
from scim2_server.storage import ScimStorage, SearchPage
from scim2_server.utils import parametrize
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db import deputies, directory, directory_groups, directory_people, directory_search
from db.directory_filters import Fields, Node, condition
from db.directory_search import ENTERPRISE, STEWARD, Sought, Where
from db.directory_wishes import Circle, Moment, Nobody, Stale, Taken
from modules import enrolling
from modules.api.scim import entries
from modules.api.scim.models import LONGEST_FILTER, Group, Person
from modules.evidence import rights
from modules.evidence.rights import Right

# How `directory_search.people_fields` marks what belongs to an extension.
SIGNS = {ENTERPRISE: "+", STEWARD: "*"}


class Storage(ScimStorage):
    """One request's view of one organisation. ``writes`` says that the session may write."""

    def __init__(self, session: Session, at: Moment, base: str, *, writes: bool) -> None:
        self.session, self.at, self.base = session, at, base
        self.where = Where(at.org_id, at.day, base)
        self.touched: set[uuid.UUID] = set()
        if writes:
            directory.hold(session, org_id=at.org_id)

    @contextmanager
    def operation(self) -> Iterator[None]:
        """One operation: what fails in a bulk request leaves nothing, the rest goes on."""
        with translated(), self.session.begin_nested():
            yield

    def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        """One resource. The members of a group are read only when they are told."""
        told = told_of(response_parameters, "groups" if is_user(resource_type) else "members")
        found = self._loaded([(str(resource_type.name), known_id(resource_id))], told)
        if not found:
            raise NotFoundException(detail=f"There is no {resource_type.name} with this id.")
        return found[0]

    def search(
        self,
        resource_types: list[ResourceType],
        search_request: SearchRequest[Any],
        *,
        position: Any = None,
    ) -> SearchPage:
        """A page of what a filter keeps; four queries for each kind at most."""
        total, page = directory_search.found(
            self.session,
            self.where,
            [self._sought(one, search_request) for one in resource_types],
            descending=search_request.sort_order == SearchRequest.SortOrder.descending,
            start=search_request.start_index_0 or 0,
            count=search_request.count,
        )
        told = told_of(search_request, "groups") or told_of(search_request, "members")
        return SearchPage(total, self._loaded(page, told))

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        """Take somebody on, or make a group."""
        with translated():
            if isinstance(resource, Group):
                made = directory_groups.create(
                    self.session, self.at, **entries.wanted_group(resource)
                )
            else:
                wanted = entries.wanted(as_person(resource))
                made = directory_people.create(self.session, self.at, wanted)
                self._touch(made, wanted.manager_id)
        return self.get(resource_type, str(made))

    def update(
        self,
        resource_type: ResourceType,
        resource: Resource[Any],
        *,
        expected_version: str | None = None,
    ) -> Resource[Any]:
        """Make a resource what it is to be."""
        id_ = uuid.UUID(self.get(resource_type, str(resource.id)).id)
        expected = entries.number(expected_version)
        with translated():
            if isinstance(resource, Group):
                directory_groups.change(
                    self.session,
                    self.at,
                    id_,
                    **entries.wanted_group(resource),
                    expected=expected,
                )
            else:
                wanted = entries.wanted(as_person(resource))
                directory_people.change(self.session, self.at, id_, wanted, expected)
                self._touch(id_, wanted.manager_id)
        return self.get(resource_type, str(resource.id))

    def delete(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        expected_version: str | None = None,
    ) -> None:
        """Let somebody go, or delete a group."""
        found: Any = self.get(resource_type, resource_id)
        id_ = uuid.UUID(found.id)
        expected = entries.number(expected_version)
        with translated():
            if not is_user(resource_type):
                directory_groups.remove(self.session, self.at, id_, expected)
                return
            taken = directory_people.remove(self.session, self.at, id_, expected)
            self._touch(id_)
        org_id, day = self.at.org_id, self.at.day
        acted = deputies.end_all(self.session, org_id=org_id, deputy_id=id_, day=day)
        who = (org_id, id_, found.display_name, found.emails[0].value)
        ended = [Right(*who, one.role, one.unit_id, one.names) for one in taken]
        ended += [Right(*who, kind) for kind in acted]
        for right in ended:
            rights.taken(self.session, right, by=None, by_name="", now=self.at.now)

    def follow(self) -> None:
        """Bring the duties of everybody whom this request changed in step with the rules."""
        enrolling.refresh(
            self.session, org_id=self.at.org_id, now=self.at.now, person_ids=self.touched
        )

    def _touch(self, *ids: uuid.UUID | None) -> None:
        self.touched.update(one for one in ids if one is not None)

    def _loaded(
        self, page: list[tuple[str, uuid.UUID | None]] | list[tuple[str, uuid.UUID]], told: bool
    ) -> list[Resource[Any]]:
        """The resources of a page in its order."""
        at: dict[str, Any] = {"org_id": self.at.org_id, "day": self.at.day}
        people = [one for kind, one in page if kind == "User" and one]
        groups = [one for kind, one in page if kind == "Group" and one]
        found: dict[str, Resource[Any]] = {}
        for entry in directory.entries(self.session, **at, ids=people, groups=told):
            found[str(entry.id)] = entries.user(entry, self.base)
        for group in directory.group_entries(self.session, **at, ids=groups, members=told):
            found[str(group.id)] = entries.group(group, self.base)
        return [found[str(one)] for _, one in page if str(one) in found]

    def _sought(self, kind: ResourceType, request: SearchRequest[Any]) -> Sought:
        people = is_user(kind)
        search = directory_search
        fields = search.people_fields(self.where) if people else search.group_fields(self.where)
        where = None
        if request.filter is not None:
            if len(str(request.filter)) > LONGEST_FILTER:
                told = f"A filter has {LONGEST_FILTER} characters at most."
                raise InvalidFilterException(detail=told)
            bound = parametrize(ScimFilter, Person if people else Group)(str(request.filter))
            where = condition(bound.ast, fields, SIGNS if people else {})
        return Sought(str(kind.name), where, sort_key(fields, request, people))


def sort_key(fields: Fields, request: SearchRequest[Any], people: bool) -> Any:
    """What a search is sorted by; None for what this kind of resource does not have."""
    binding = request.sort_binding(Person if people else Group)
    if binding is None:
        return None
    name = binding.urn.rpartition(":")[2].lower()
    attribute, _, part = name.partition(".")
    schema = binding.urn.lower()
    sign = next((sign for one, sign in SIGNS.items() if schema.startswith(one.lower())), "")
    found = fields.get(f"{sign}{attribute}")
    if isinstance(found, Node):
        return directory_search.first_of(found, part or "value")
    return found


def told_of(parameters: ResponseParameters[Any] | None, attribute: str) -> bool:
    """Whether an answer tells a list that costs a query."""
    if parameters is None:
        return True
    only = [str(one).lower() for one in parameters.attributes or []]
    without = [str(one).lower() for one in parameters.excluded_attributes or []]
    if only:
        return any(one.rpartition(":")[2].startswith(attribute) for one in only)
    return not any(one.rpartition(":")[2] == attribute for one in without)


def is_user(kind: ResourceType) -> bool:
    """Whether these are people."""
    return kind.name == "User"


def as_person(resource: Resource[Any]) -> Any:
    """A resource that is no group."""
    return resource


def known_id(text: str) -> uuid.UUID | None:
    """An id as it was given out; None for what cannot be one."""
    try:
        found = uuid.UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


@contextmanager
def translated() -> Iterator[None]:
    """What the tables refuse, in the words of SCIM. Nothing in them tells who else is there."""
    try:
        yield
    except Taken as taken:
        raise UniquenessException(
            detail=f"This {taken.attribute} is taken by another resource."
        ) from taken
    except IntegrityError as error:
        raise UniquenessException(detail="A value is taken by another resource.") from error
    except Nobody as error:
        raise InvalidValueException(
            detail="There is nobody with the id that is given as manager or member."
        ) from error
    except Circle as error:
        raise InvalidValueException(
            detail="Nobody can report to herself or to somebody who reports to her, "
            "directly or through others."
        ) from error
    except Stale as error:
        raise PreconditionFailedException from error
