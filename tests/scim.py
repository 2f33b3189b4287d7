"""A directory for tests: a client of one organisation that speaks SCIM to our own routes."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from db import scim_clients
from db.engine import writing
from modules.shell import session as door

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
MORE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
BASE = "http://steward.test/scim/v2"


def token(world, organisation="Fernleigh", scopes=scim_clients.SCOPES, days=30) -> str:
    """A new client's token."""
    with writing() as session:
        return scim_clients.add(
            session,
            org_id=world.organisations[organisation],
            name="A directory",
            scopes=scopes,
            days=days,
            now=door.now(),
        )[1]


class Directory:
    """What an identity provider would do; each answer is kept as it came."""

    def __init__(self, token: str) -> None:
        from modules.api import server

        self.http = TestClient(
            Starlette(routes=server.routes),
            base_url=BASE,
            headers={"Authorization": f"Bearer {token}"},
            raise_server_exceptions=False,
        )

    def get(self, path: str, status: int = 200, **kw: Any) -> dict[str, Any]:
        """GET, with the status that is expected."""
        return self.sent("GET", path, status, **kw)

    def sent(self, verb: str, path: str, status: int, **kw: Any) -> dict[str, Any]:
        """Any request, with the status that is expected; the body of the answer."""
        told = self.http.request(verb, path, **kw)
        assert told.status_code == status, f"{verb} {path}: {told.status_code} {told.text}"
        if told.content:
            assert told.headers["content-type"].startswith("application/scim+json")
        return told.json() if told.content else {}

    def user(self, status: int = 201, *, more: dict[str, Any] | None = None, **values: Any):
        """Create somebody."""
        body = {"schemas": [USER], "userName": "ida@fernleigh.example", **values}
        if more is not None:
            body[MORE] = more
        return self.sent("POST", "/Users", status, json=body)

    def group(self, name: str, *members: str, status: int = 201):
        """Create a group."""
        listed = [{"value": one} for one in members]
        body = {"schemas": [GROUP], "displayName": name, "members": listed}
        return self.sent("POST", "/Groups", status, json=body)

    def patch(self, path: str, *operations: dict[str, Any], status: int = 200, **kw: Any):
        """PATCH with these operations."""
        body = {"schemas": [PATCH], "Operations": list(operations)}
        return self.sent("PATCH", path, status, json=body, **kw)

    def find(self, filter_: str, path: str = "/Users", status: int = 200, **params: Any):
        """The ids that a filter finds."""
        told = self.get(path, status, params={"filter": filter_, **params})
        return [one["id"] for one in told.get("Resources", [])]


def put(value: Any, path: str, op: str = "replace") -> dict[str, Any]:
    """One operation of a PATCH."""
    return {"op": op, "path": path, "value": value}
