"""Asking the tables: may this viewer do it, and how far does it reach?"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from sqlmodel import Session

from db import people
from modules.access.roles import Role
from modules.access.tables import ACTIONS, PAGES, WHOLE
from modules.access.viewers import Viewer
from modules.basics import Denied


def may(viewer: Viewer, table: Mapping[str, frozenset[Role]], name: str) -> bool:
    """Whether one of the viewer's roles is listed for this page or action."""
    return bool(viewer.roles & table.get(name, frozenset()))


def require_page(viewer: Viewer, page: str) -> None:
    """Raise `Denied` unless the viewer may open the page."""
    if not may(viewer, PAGES, page):
        raise Denied(f"page {page}")


def require(viewer: Viewer, action: str) -> None:
    """Raise `Denied` unless the viewer may do the action, as far as it reaches."""
    if not may(viewer, ACTIONS, action):
        raise Denied(f"action {action}")
    if action in WHOLE and not viewer.scope(ACTIONS[action]).whole:
        raise Denied(f"action {action} for the whole organisation")


def reach(session: Session, viewer: Viewer, action: str) -> frozenset[uuid.UUID] | None:
    """The units whose people the viewer may see by an action; None for the whole organisation.

    Empty when her roles reach nowhere. Units below a granted one are found as the tree is today.
    """
    scope = viewer.scope(ACTIONS.get(action, frozenset()))
    if scope.whole:
        return None
    return people.subtree(session, org_id=viewer.org_id, units=scope.units)
