"""The SCIM core with our answers: scopes, PATCH that tells the result, what silence means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scim2_models import Context, ForbiddenException, Resource, ResourceType, ResponseParameters
from scim2_server.conditions import Conditions
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.routing import Operation, Target
from scim2_server.service import ScimService

from modules.api.scim.models import EnterpriseUser, Group, StewardUser

READS = frozenset({Operation.query, Operation.search, Operation.search_with_body})
SCOPES: Mapping[str, str] = {"User": "users", "Group": "groups"}


class Service(ScimService):
    """One service for all requests: it keeps nothing of any of them."""

    def authorize(self, request: ScimRequest, target: Target, resource_type: ResourceType) -> None:
        """Refuse what is outside the client's scopes, each operation of a bulk request too."""
        right = "read" if target.operation in READS else "write"
        scope = f"{SCOPES[str(resource_type.name)]}:{right}"
        if scope not in request.subject.scopes:
            raise ForbiddenException(detail=f"This client does not have the scope {scope}.")

    def apply_replacement(
        self, current: Resource[Any], replacement: Resource[Any], conditions: Conditions
    ) -> Resource[Any] | None:
        """A directory that does not speak of work takes nobody back, and moves nobody.

        Nor does it take the language and the zone away that she may have chosen herself.
        """
        if not isinstance(replacement, Group):
            new: Any = replacement
            old: Any = current
            if new.active is None:
                new.active = old.active
            for name in ("preferred_language", "timezone"):
                if getattr(new, name) is None:
                    setattr(new, name, getattr(old, name))
            for extension in (EnterpriseUser, StewardUser):
                if new[extension] is None:
                    new[extension] = old[extension]
        return super().apply_replacement(current, replacement, conditions)

    def patch_response(
        self,
        base_url: str,
        resource: Resource[Any],
        response_parameters: ResponseParameters[Any],
    ) -> ScimResponse:
        """200 with the resource: a directory sees what became of it."""
        return self.resource_response(
            self.publish(base_url, resource),
            Context.RESOURCE_REPLACEMENT_RESPONSE,
            response_parameters,
        )
