"""An organisation's own facts and law: kept for it alone, by its administrators alone."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from db import local as stored
from db.engine import engine, reading, writing
from db.tables import Attempt, Organisation, core
from modules import own
from modules.admin import details, examples
from modules.author import actions as author
from modules.basics import BadInput, Denied
from modules.learn import receipts, rounds
from tests.counting import counting
from tests.data.own_words import ADVICE, BREACH, SCREEN, fill, read, seen, write_example
from tests.walk import Walk

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
