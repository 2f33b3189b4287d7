"""An organisation's own facts, examples and law: kept for it alone, by its administrators alone."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from db import local as stored
from db import revisions
from db.engine import engine, reading, writing
from db.tables import Attempt, Organisation, core
from modules import own
from modules.admin import details, examples
from modules.author import actions as author
from modules.basics import BadInput, Denied
from modules.course.files import canonical, sha256_of
from modules.learn import receipts, rounds
from tests.counting import counting
from tests.walk import Walk

BREACH = "breach-contact"
ADVICE = "data-protection-officer"
SCREEN = "five-questions"


def seen(world, who="marek"):
    with reading() as session:
        return details.details(session, world.viewer(who))


def fill(world, who="marek", seen_at=None, now=None, **values):
    """Fill in details, with a form that was drawn just now unless told otherwise."""
    given = {key.replace("_", "-"): value for key, value in values.items()}
    stands = {one.fact.key: one.seen for one in seen(world, who).every}
    with writing() as session:
        return details.save(
            session,
            world.viewer(who),
            values=given,
            seen=stands if seen_at is None else seen_at,
            now=now or world.now,
        )


def read(world, who="amira", module="M01"):
    with reading() as session:
        return own.read(session, world.viewer(who), module=module)


def write_example(world, body, who="marek", screen=SCREEN, seen_at=None, module="M01"):
    with writing() as session:
        examples.save(
            session,
            world.viewer(who),
            module=module,
            screen=screen,
            body=body,
            seen=seen_at,
            now=world.now,
        )


def listed(world, who="marek"):
    with reading() as session:
        return examples.examples(session, world.viewer(who))


# --- details -------------------------------------------------------------------------------------


def test_what_an_administrator_writes_is_what_everybody_of_her_organisation_reads(world):
    assert fill(world, breach_contact="  the desk,\n 0117 496 0112 ") == 1
    assert read(world).fill("{local:breach-contact}") == "the desk, 0117 496 0112"
    assert read(world, "uma").fill("{local:breach-contact}") == "your line manager"


def test_nobody_reads_or_changes_another_organisations_details(world):
    fill(world, breach_contact="the desk at Fernleigh")
    fill(world, "olga", breach_contact="the desk at Harrow Vale")
    assert [one.value for one in seen(world).every if one.value] == ["the desk at Fernleigh"]
    assert [one.value for one in seen(world, "olga").every if one.value] == [
        "the desk at Harrow Vale"
    ]
    assert read(world).value(BREACH) == "the desk at Fernleigh"
    assert len(seen(world).changes) == len(seen(world, "olga").changes) == 1


@pytest.mark.parametrize("who", ["amira", "tom", "grace", "priya"])
def test_who_is_no_administrator_changes_and_sees_nothing(world, who):
    viewer = world.viewer(who)
    with reading() as session:
        for action in (details.details, examples.examples, own.missing):
            with pytest.raises(Denied):
                action(session, viewer)
    with writing() as session:
        with pytest.raises(Denied):
            details.save(session, viewer, values={BREACH: "me"}, seen={}, now=world.now)
        with pytest.raises(Denied):
            details.choose_law(session, viewer, law="uk", now=world.now)
        with pytest.raises(Denied):
            examples.move(session, viewer, module="M01", screen="a", to="b", now=world.now)
    with pytest.raises(Denied):
        write_example(world, "Ours.", who)
    assert read(world).value(BREACH) == ""
    assert seen(world).changes == ()


@pytest.mark.parametrize(
    "values",
    [
        {"breach_contact": "<b>x</b>"},
        {"breach_contact": "x" * 121},
        {"data_protection_policy": "http://intranet.example"},
        {"unheard_of": "x"},
    ],
)
def test_one_wrong_value_and_nothing_is_kept(world, values):
    with pytest.raises(BadInput):
        fill(world, records_team="the records team", **values)
    assert not any(one.value for one in seen(world).every)
    assert seen(world).changes == ()


def test_who_changed_what_when_is_listed_without_the_text(world):
    fill(world, breach_contact="Ann Other")
    later = world.now + timedelta(hours=1)
    fill(world, breach_contact="", now=later)
    [detail] = [one for one in seen(world).every if one.fact.key == BREACH]
    assert (detail.value, detail.kept.by, detail.kept.changed_at) == ("", "Marek Novak", later)
    assert [(one.by, one.thing, one.how, one.at) for one in seen(world).changes] == [
        ("Marek Novak", BREACH, "emptied", later),
        ("Marek Novak", BREACH, "set", world.now),
    ]
    assert "Ann Other" not in str(seen(world))


def test_saving_what_stands_changes_nothing_and_leaves_no_line(world):
    assert fill(world, breach_contact="the desk") == 1
    assert fill(world, breach_contact="the desk") == 0
    assert len(seen(world).changes) == 1


def test_a_form_drawn_before_somebody_elses_change_does_not_undo_it(world):
    old = {one.fact.key: one.seen for one in seen(world).every}
    fill(world, breach_contact="the new desk")
    with pytest.raises(BadInput, match="Marek Novak has changed “Breach contact”"):
        fill(world, seen_at=old, breach_contact="the old desk", now=world.now + timedelta(hours=1))
    assert read(world).value(BREACH) == "the new desk"
    # A field that the form leaves as it stands is no conflict.
    assert fill(world, seen_at=old, breach_contact="the new desk", records_team="records") == 1


def test_details_say_which_lessons_name_them_and_what_of_that_is_missing(world):
    used = {one.fact.key: [outline.id for outline in one.used_in] for one in seen(world).every}
    assert "M01" in used[ADVICE]
    with reading() as session:
        missing = own.missing(session, world.viewer("marek"))
    assert ADVICE in [one.key for one in missing]
    assert [one.fact.key for one in seen(world).missing] == [one.key for one in missing]
    fill(world, data_protection_officer="the officer, 0117 496 0144")
    with reading() as session:
        assert ADVICE not in [one.key for one in own.missing(session, world.viewer("marek"))]


def test_a_page_asks_once_for_details_and_examples(world):
    fill(world, breach_contact="the desk", records_team="records")
    write_example(world, "Ours.")
    viewer = world.viewer("amira")
    with reading() as session, counting(engine()) as asked:
        held = own.read(session, viewer, module="M01")
    assert sum("SELECT" in one for one in asked) == 1
    assert held.examples == {SCREEN: "Ours."}
    assert held.values == {BREACH: "the desk", "records-team": "records"}
    assert read(world, module="M02").examples == {}


# --- the law of the notes ------------------------------------------------------------------------


def law(world, chosen, who="marek"):
    with writing() as session:
        return details.choose_law(session, world.viewer(who), law=chosen, now=world.now)


def test_an_organisation_reads_the_notes_that_its_administrator_chose(world):
    assert law(world, "uk")
    assert not law(world, "uk")
    assert world.viewer("amira").jurisdiction == "uk"
    assert world.viewer("uma").jurisdiction == "neutral"
    assert [(one.what, one.thing, one.how) for one in seen(world).changes] == [
        ("law", "uk", "chosen")
    ]
    with pytest.raises(BadInput):
        law(world, "fr")


def aid(walk):
    return walk.module.aid.markdown


def test_a_round_keeps_the_law_it_began_with_and_the_next_one_takes_the_new(world):
    first = Walk(world).begin()
    assert "GDPR" not in aid(first)
    law(world, "uk")
    first = Walk(world)
    assert first.module.jurisdiction == "neutral"
    assert "GDPR" not in aid(first)
    cora = Walk(world, "cora").begin()
    assert "UK GDPR" in aid(cora)
    assert "EU GDPR" not in aid(cora)
    law(world, "eu")
    cora.do(rounds.check_again, module="M01")
    assert cora.module.jurisdiction == "uk"
    with reading() as session:
        pinned = session.connection().execute(
            select(core(Attempt).c.form, core(Attempt).c.jurisdiction).where(
                core(Attempt).c.person_id == cora.viewer.person_id
            )
        )
        assert {(form, one) for form, one in pinned} == {
            ("practice", "uk"),
            ("pre", "uk"),
            ("check", "uk"),
        }


def test_receipts_show_and_replay_what_was_sat_under_another_law(world):
    walk = Walk(world)
    walk.begin().until("check")
    law(world, "uk")
    with reading() as session:
        found = receipts.receipts(session, walk.viewer)
    assert found
    assert {one.module.jurisdiction for one in found} == {"neutral"}
    assert all(line.same for one in found for line in one.replay())
    assert {one["jurisdiction"] for one in receipts.as_json(found)} == {"neutral"}


def test_a_trainer_can_look_at_each_law(world):
    viewer = world.viewer("priya")
    with reading() as session:
        told = {
            one: author.preview(session, viewer, module="M01", law=one).aid.markdown
            for one in ("", "neutral", "eu", "uk", "fr")
        }
    assert told[""] == told["neutral"] == told["fr"]
    assert "EU GDPR" in told["eu"]
    assert "UK GDPR" in told["uk"]


# --- examples ------------------------------------------------------------------------------------


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


def test_a_viewer_whose_organisation_is_forged_gets_that_organisations_rows_and_no_others(world):
    fill(world, breach_contact="the desk")
    outsider = world.viewer("uma")
    forged = dataclasses.replace(outsider, organisation="Fernleigh")
    with reading() as session:
        assert own.read(session, forged, module="M01").values == {}
    with writing() as session:
        session.connection().execute(
            update(core(Organisation))
            .where(core(Organisation).c.id == outsider.org_id)
            .values(name="Fernleigh")
        )
        assert stored.own(session, org_id=outsider.org_id).values == {}
