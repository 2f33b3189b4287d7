"""What a directory can read and write here: our own schema has only what is stored."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Union

from pydantic import Field
from scim2_models import (
    URN,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    ExtensibleStringEnum,
    Extension,
    Filter,
    Mutability,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    Returned,
    Schema,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

# The largest body, in bytes; what a bulk request may hold; the longest page.
MOST_BYTES = 1024 * 1024
MOST_OPERATIONS = 200
MOST_RESULTS = 200
# The largest body of a search, in bytes, and the longest filter, in characters: of more parts than
# that neither database makes a condition.
MOST_SEARCH, LONGEST_FILTER = 16 * 1024, 4000


class Name(ComplexAttribute):
    """Her name in parts. What is shown everywhere is displayName."""

    family_name: str | None = None
    """The family name."""

    given_name: str | None = None
    """The given name, with which she is greeted."""


class Email(ComplexAttribute):
    """The one address that is kept: the primary one, else the first for work, else the first."""

    class Type(ExtensibleStringEnum):
        """There is no other kind."""

        work = "work"

    value: Annotated[str | None, Required.true] = None
    """The address, unique in the organisation in any letter case."""

    type: Type | None = None
    """Always work."""

    primary: Annotated[bool | None, Returned.never] = None
    """Which of several is kept. The one that is kept is primary to filters and paths."""


class GroupMembership(ComplexAttribute):
    """A group in which she is."""

    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    """The id of the group."""

    ref: Annotated[Reference[Group] | None, Mutability.read_only] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of the group."""

    display: Annotated[str | None, Mutability.read_only] = None
    """The name of the group."""

    type: Annotated[str | None, Mutability.read_only] = Field(None, examples=["direct"])
    """Always direct: no group is in another."""


class User(Resource[Any]):
    """Somebody who takes the training."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    """Her name for signing in, unique in any letter case."""

    name: Name | None = None
    """Her name in parts."""

    Name: ClassVar[type[ComplexAttribute]] = Name

    display_name: str | None = None
    """Her name as it is shown. Without it, it is made of given and family name."""

    title: str | None = None
    """What she does."""

    preferred_language: str | None = Field(None, examples=["en-GB", "de"])
    """The language in which she is written to. Without it, that of her organisation."""

    timezone: str | None = Field(None, examples=["Europe/London", "Europe/Berlin"])
    """The zone in which she reads times, by its place. Without it, that of her organisation."""

    active: bool | None = None
    """Whether she works here: false ends her sign-ins at once. Without it, true."""

    emails: Annotated[list[Email] | None, Uniqueness.server] = None
    """Her address. Without it, it is the userName when that is an address."""

    Emails: ClassVar[type[ComplexAttribute]] = Email

    groups: Annotated[list[GroupMembership] | None, Mutability.read_only] = None
    """The groups in which she is."""

    Groups: ClassVar[type[ComplexAttribute]] = GroupMembership


class Manager(ComplexAttribute):
    """To whom she reports."""

    value: Annotated[str | None, Required.true, CaseExact.true] = None
    """The id of her line manager."""

    ref: Annotated[Reference[User] | None, Mutability.read_write] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of her line manager."""


class EnterpriseUser(Extension):
    """Where she works, and under whom."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    employee_number: Annotated[str | None, Uniqueness.server] = None
    """Her number in the HR system."""

    department: str | None = None
    """The unit, by name. One that is missing is made below the top of the tree."""

    manager: Manager | None = None
    """To whom she reports."""


class StewardUser(Extension):
    """What she works as: what duties and statistics ask about, and no standard attribute says."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:steward:2.0:User")

    job_family: str | None = None
    """What she works as, among others who do the same in other units."""

    grade: str | None = None
    """Her grade or pay band."""


class GroupMember(ComplexAttribute):
    """Somebody in a group."""

    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    """Her id."""

    ref: Annotated[Reference[User] | None, Mutability.immutable] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """Her address."""

    type: Annotated[str | None, Mutability.immutable] = Field(None, examples=["User"])
    """Always User."""


class Group(Resource[Any]):
    """A name and members. It grants nothing by itself."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    """The name of the group, unique in any letter case."""

    members: list[GroupMember] | None = None
    """Who is in it. Whoever is not here is left out."""

    Members: ClassVar[type[ComplexAttribute]] = GroupMember


Person: Any = User.__class_getitem__(Union[EnterpriseUser, StewardUser])  # noqa: UP007

# Nobody is without these: where a directory is silent, something is put in their place.
ALWAYS = {"displayName", "active", "emails"}


class Provider(ScimProvider):
    """The service, whose schema says of what is always there that it is required."""

    @cached_property
    def schemas(self) -> tuple[Schema, ...]:
        """What is published on /Schemas."""
        for schema in (made := tuple(model.to_schema() for model in self.models)):
            for attribute in schema.attributes or []:
                if schema.id == User.__schema__ and attribute.name in ALWAYS:
                    attribute.required = Required.true
                    # Understood, and not promised: the one address cannot be made another kind.
                    attribute.sub_attributes = [
                        one for one in attribute.sub_attributes or [] if one.name != "primary"
                    ] or None
        return made


@cache
def provider() -> ScimProvider:
    """The service as it tells about itself.

    What a directory sends and nobody here keeps is dropped, not refused: Entra ID and Okta send
    telephone numbers by default. The two other tolerances are what Entra ID needs.
    """
    return Provider(
        models=[User, EnterpriseUser, StewardUser, Group],
        resource_types=[
            ResourceType.from_resource(Person),
            ResourceType.from_resource(Group),
        ],
        config=ServiceProviderConfig(
            patch=Patch(supported=True),
            bulk=Bulk(supported=True, max_operations=MOST_OPERATIONS, max_payload_size=MOST_BYTES),
            filter=Filter(supported=True, max_results=MOST_RESULTS),
            change_password=ChangePassword(supported=False),
            sort=Sort(supported=True),
            etag=ETag(supported=True),
            authentication_schemes=[
                AuthenticationScheme(
                    type=AuthenticationScheme.Type.oauthbearertoken,
                    name="Bearer token",
                    description="A token for each directory, made by an administrator.",
                    spec_uri="https://www.rfc-editor.org/info/rfc6750",
                    primary=True,
                )
            ],
        ),
        policy=ScimPolicy(
            unknown=ScimPolicy.Unknown.ignore,
            remove_value_as_filter=ScimPolicy.RemoveValue.apply,
            unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
        ),
    )
