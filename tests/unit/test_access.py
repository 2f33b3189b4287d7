"""Rights on paper: every page has its roles, and every action asks for a right that is listed."""

from __future__ import annotations

import ast
import uuid

import pytest

from modules import access
from modules.access import ACTIONS, PAGES, Role
from modules.basics import Denied
from modules.settings import ROOT
from modules.shell.menu import FEATURE, ICONS, script

MODULES = ROOT / "modules"
FEATURES = ("learn", "manage", "author", "admin")
# Below the features, since several of them use it.
SHARED = ("identity", "leave", "proofs", "policies")


def test_every_page_is_offered_to_some_role_and_only_the_shared_ones_to_all():
    for page, roles in PAGES.items():
        assert roles, f"{page} is offered to nobody"
    shared = {page for page, roles in PAGES.items() if roles == frozenset(Role)}
    found = {"changed", "comparison", "search", "aids", "aid", "glossary", "read", "citizen"}
    assert (
        shared
        == {"home", "lesson", "completion", "review", "receipts", "me", "agreement", "policies"}
        | found
    )


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("page", list(PAGES))
def test_a_page_opens_for_its_roles_and_for_nobody_else(page, role):
    viewer = access.Viewer(
        uuid.uuid4(),
        uuid.uuid4(),
        "N",
        "N",
        "n@x.example",
        frozenset({role}),
        "O",
        "UTC",
        "en",
        True,
    )
    if role in PAGES[page]:
        access.require_page(viewer, page)
    else:
        with pytest.raises(Denied):
            access.require_page(viewer, page)


@pytest.mark.parametrize("page", ["", "signed_out", "admin", "../people", "Home"])
def test_an_unlisted_page_is_refused_to_everybody(page):
    viewer = access.Viewer(
        uuid.uuid4(), uuid.uuid4(), "N", "N", "n@x.example", frozenset(Role), "O", "UTC", "en", True
    )
    with pytest.raises(Denied):
        access.require_page(viewer, page)
    with pytest.raises(Denied):
        access.require(viewer, page)


@pytest.mark.parametrize("page", list(PAGES))
def test_every_page_has_a_script_that_asks_for_its_own_right(page):
    assert page in ICONS
    assert page in FEATURE
    path = script(page)
    assert path.is_file(), f"{path} is not written"
    asked = [
        node.args[0].value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "page"
        and isinstance(node.args[0], ast.Constant)
    ]
    assert asked == [page]


def test_every_page_script_is_registered():
    found = {path.stem for path in MODULES.glob("*/pages/*.py")} - {"__init__"}
    assert found == set(FEATURE)


def public_actions():
    """Every public function of the features that takes a viewer: (where, function)."""
    for feature in (*FEATURES, "leave", "proofs", "policies"):
        for path in sorted((MODULES / feature).glob("*.py")):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    names = [one.arg for one in node.args.args]
                    if names[:2] == ["session", "viewer"]:
                        yield pytest.param(node, id=f"{feature}.{path.stem}.{node.name}")


# They check by themselves, in a way of their own, and are tested below.
BY_THEMSELVES = {"completion_report", "read"}


@pytest.mark.parametrize("function", list(public_actions()))
def test_every_action_begins_by_asking_for_a_listed_right(function):
    if function.name in BY_THEMSELVES:
        return
    first = next(
        node
        for node in function.body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    )
    call = getattr(first, "value", None)
    assert isinstance(call, ast.Call), f"{function.name} does something before require()"
    assert getattr(call.func, "id", "") == "require"
    assert isinstance(call.args[1], ast.Constant)
    assert call.args[1].value in ACTIONS


def test_every_listed_right_is_asked_for_somewhere():
    asked = {
        node.args[1].value
        for feature in (*FEATURES, *SHARED)
        for path in (MODULES / feature).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "require"
        and len(node.args) == 2
        and isinstance(node.args[1], ast.Constant)
    }
    assert set(ACTIONS) - asked == set()
