"""The walk of everybody of two bodies over all there is, and that it would notice a surprise."""

from __future__ import annotations

from modules import access
from tests import matrix
from tests.matrix import Cell, ought, summary, walk


def test_the_walk_of_everybody_meets_no_surprise(site):
    cells = walk(site)
    print(*matrix.drawn(cells), summary(cells), sep="\n")
    assert [cell for cell in cells if cell.surprise] == []
    tried = {(cell.kind, cell.place) for cell in cells}
    listed = {"page": access.PAGES, "route": access.ROUTES, "command": access.COMMANDS}
    listed["action"] = access.ACTIONS
    assert tried == {(kind, place) for kind, table in listed.items() for place in table}
    for kind in listed:
        assert {"allowed", "refused"} & {cell.met for cell in cells if cell.kind == kind}


def test_a_page_that_opens_against_the_table_is_a_surprise():
    assert Cell("page", "log", "amira", "allowed", "refused").surprise
    assert Cell("page", "log", "marek", "refused", "allowed").surprise
    assert Cell("page", "log", "marek", "broken: KeyError", "allowed").surprise
    assert not Cell("page", "log", "marek", "allowed", "allowed").surprise


def test_somebody_signed_out_or_gone_is_refused_whatever_the_role():
    assert {ought(None, rule) for rule in access.PAGES.values()} == {"refused"}
    assert ought(None, access.By.ANYBODY) == "allowed"
    assert ought(None, access.By.CLIENT) == "refused"
