"""An organisation's own examples: on their screens, for it alone, and across new versions."""

from __future__ import annotations

import json

import pytest

from db import revisions
from db.engine import writing
from modules.admin import examples
from modules.basics import BadInput
from modules.course.files import canonical, sha256_of
from tests.data.own_words import SCREEN, listed, read, seen, write_example


def test_an_example_stands_on_its_screen_for_its_own_organisation(world):
    write_example(world, "  **Ours**, last winter.  ")
    assert read(world).examples == {SCREEN: "**Ours**, last winter."}
    assert read(world, "uma").examples == {}
    [one] = listed(world).shown
    assert (one.screen, one.by) == (SCREEN, "Marek Novak")
    assert listed(world, "olga").every == ()


@pytest.mark.parametrize("body", ["<b>x</b>", "![](https://a.example/x)", "x" * 601])
def test_an_example_with_more_than_simple_text_is_refused(world, body):
    with pytest.raises(BadInput):
        write_example(world, body)
    assert listed(world).every == ()


@pytest.mark.parametrize(("module", "screen"), [("M01", "nowhere"), ("M99", SCREEN)])
def test_an_example_needs_a_screen_that_is_there(world, module, screen):
    with pytest.raises(BadInput):
        write_example(world, "Ours.", screen=screen, module=module)


def test_an_example_is_changed_or_deleted_only_as_it_was_seen(world):
    write_example(world, "First.")
    [one] = listed(world).every
    with pytest.raises(BadInput):
        write_example(world, "Second.", seen_at=None)
    write_example(world, "Second.", seen_at=one.changed_at)
    assert read(world).examples == {SCREEN: "Second."}
    [one] = listed(world).every
    write_example(world, "", seen_at=one.changed_at)
    assert listed(world).every == ()
    assert [change.how for change in seen(world).changes].count("emptied") == 1


def renewed(world, who="marek"):
    """Publish M01 anew with its screen of five questions under another id."""
    org_id = world.viewer(who).org_id
    with writing() as session:
        sha256 = revisions.latest(session, org_id=org_id)["M01"].sha256
        files = json.loads(revisions.body(session, sha256=sha256))
        changed = {
            name: body.replace("{#five-questions}", "{#five-new}").replace(
                "{id: five-questions, kind: screen", "{id: five-new, kind: screen"
            )
            for name, body in files.items()
        }
        made = revisions.publish(
            session,
            org_id=org_id,
            module="M01",
            version="9.0.0",
            sha256=sha256_of(changed),
            text=canonical(changed),
            origin="trainer",
            now=world.now,
        )
    assert made


def test_an_example_survives_a_new_version_and_is_an_orphan_when_its_screen_is_gone(world):
    write_example(world, "Stays.", screen="ecosystem")
    write_example(world, "Moves.")
    renewed(world)
    found = listed(world)
    assert [one.body for one in found.shown] == ["Stays."]
    assert [(one.screen, one.body) for one in found.orphans] == [(SCREEN, "Moves.")]
    assert "ecosystem" not in found.free("M01")
    with pytest.raises(BadInput), writing() as session:
        examples.move(
            session,
            world.viewer("marek"),
            module="M01",
            screen=SCREEN,
            to="ecosystem",
            now=world.now,
        )
    with writing() as session:
        examples.move(
            session,
            world.viewer("marek"),
            module="M01",
            screen=SCREEN,
            to="five-new",
            now=world.now,
        )
    assert listed(world).orphans == ()
    assert read(world).examples == {"ecosystem": "Stays.", "five-new": "Moves."}


def test_an_orphan_can_be_deleted(world):
    write_example(world, "Gone.")
    renewed(world)
    [one] = listed(world).orphans
    write_example(world, "", seen_at=one.changed_at)
    assert listed(world).every == ()


def test_an_administrator_of_another_body_moves_and_deletes_nothing_here(world):
    write_example(world, "Ours.")
    [one] = listed(world).every
    with pytest.raises(BadInput):
        write_example(world, "", "olga", seen_at=one.changed_at)
    with pytest.raises(BadInput), writing() as session:
        examples.move(
            session, world.viewer("olga"), module="M01", screen=SCREEN, to="figure", now=world.now
        )
    assert read(world).examples == {SCREEN: "Ours."}
