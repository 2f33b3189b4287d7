"""She asks, one administrator decides once, she reads the answer; a correction and an erasure."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from db import grants
from db.engine import reading, writing
from db.tables import OwnRequest, Person, Placement, core
from modules.admin import requests
from modules.basics import BadInput, Denied
from modules.learn import own_requests


def ask(world, who="amira", **given):
    with writing() as session:
        viewer = world.viewer(who)
        own_requests.ask(session, viewer, now=world.now, **given)
    with reading() as session:
        return own_requests.mine(session, viewer)[0]


def decide(world, asked, who="marek", **given):
    with writing() as session:
        return requests.decide(session, world.viewer(who), id=asked.id, now=world.now, **given)


def mine(world, who="amira"):
    with reading() as session:
        return own_requests.mine(session, world.viewer(who))


def person(world, id):
    with reading() as session:
        return session.get(Person, (world.organisations["Fernleigh"], id))


def test_a_correction_changes_what_was_wrong_and_she_reads_the_answer(world):
    asked = ask(world, kind="correction", text="  My name is Amira  Khan-Lee ")
    assert (asked.state, asked.text) == ("open", "My name is Amira Khan-Lee")
    decide(
        world,
        asked,
        done=True,
        answer="Done, and sorry.",
        corrected={"name": "Amira Khan-Lee", "family_name": "Khan-Lee"},
    )
    [after] = mine(world)
    assert (after.state, after.answer) == ("done", "Done, and sorry.")
    changed = person(world, asked.person_id)
    assert (changed.name, changed.family_name, changed.version) == ("Amira Khan-Lee", "Khan-Lee", 2)
    assert changed.changed_at == world.now


@pytest.mark.parametrize(
    "corrected",
    [
        {"email": "tom.ashdown@fernleigh.example"},
        {"email": "nothing"},
        {"email": "amira@fernleigh.example, tom@fernleigh.example"},
        {"email": "amira khan@fernleigh.example"},
        {"email": "amira@fernleigh"},
        {"name": " "},
        {"path": "B"},
        {"left_on": "2020-01-01"},
        {"name": "x" * 201},
    ],
)
def test_a_correction_that_cannot_be_is_refused_whole(world, corrected):
    asked = ask(world, kind="correction", text="wrong")
    with pytest.raises(BadInput):
        decide(world, asked, done=True, answer="Done.", corrected=corrected)
    assert mine(world)[0].state == "open"
    assert person(world, asked.person_id).name == "Amira Khan"


def test_an_administrator_of_one_unit_sets_no_address_that_opens_a_wider_role(world):
    cora = world.viewer("cora")
    with writing() as session:
        units = session.connection().execute(
            select(core(Placement).c.unit_id).where(
                core(Placement).c.person_id == world.viewer("marek").person_id
            )
        )
        grants.give(
            session,
            org_id=cora.org_id,
            person_id=cora.person_id,
            role="administrator",
            unit_id=units.scalars().first(),
            now=world.now,
            day=world.now.date(),
        )
    asked = ask(world, "marek", kind="correction", text="My name is Mark")
    wrong = {"email": "cora@elsewhere.example"}
    with pytest.raises(BadInput, match="whole organisation corrects it"):
        decide(world, asked, "cora", done=True, answer="Done.", corrected=wrong)
    decide(world, asked, "cora", done=True, answer="Done.", corrected={"name": "Mark Novak"})
    assert person(world, asked.person_id).name == "Mark Novak"
    plain = ask(world, "gov1", kind="correction", text="My address is another")
    right = {"email": "gov.one@fernleigh.example"}
    decide(world, plain, "cora", done=True, answer="Done.", corrected=right)
    assert person(world, plain.person_id).email == "gov.one@fernleigh.example"


def test_an_erasure_is_done_at_once_when_it_is_decided(world):
    asked = ask(world, kind="erasure")
    decide(world, asked, done=True, answer="")  # nobody is left to read one
    erased = person(world, asked.person_id)
    assert erased.erased_at == world.now
    with reading() as session:
        row = core(OwnRequest).c
        [kept] = session.connection().execute(select(row.state, row.text, row.answer))
    assert tuple(kept) == ("done", "", "")


def test_a_refusal_changes_nothing_but_tells_her_why(world):
    asked = ask(world, kind="erasure")
    with pytest.raises(BadInput, match="sentence"):
        decide(world, asked, done=False, answer="  ")
    decide(world, asked, done=False, answer="You still work here: we need to know who is trained.")
    assert person(world, asked.person_id).erased_at is None
    assert mine(world)[0].answer.startswith("You still work here")


def test_she_takes_a_request_back_and_then_nobody_decides_it(world):
    asked = ask(world, kind="erasure")
    with writing() as session:
        own_requests.withdraw(session, world.viewer("amira"), id=asked.id, now=world.now)
    with pytest.raises(BadInput, match="not open any more"):
        decide(world, asked, done=True, answer="Done.")
    assert person(world, asked.person_id).erased_at is None
    with writing() as session, pytest.raises(BadInput):
        own_requests.withdraw(session, world.viewer("amira"), id=asked.id, now=world.now)


def test_nobody_takes_back_or_decides_what_is_not_theirs_to(world):
    asked = ask(world, kind="erasure")
    with writing() as session, pytest.raises(BadInput):
        own_requests.withdraw(session, world.viewer("tom"), id=asked.id, now=world.now)
    for who in ("amira", "tom", "grace", "priya", "olga"):
        with pytest.raises(Denied):
            decide(world, asked, who=who, done=True, answer="Done.")
    with reading() as session:
        assert requests.requests(session, world.viewer("olga")) == []
    own = ask(world, "marek", kind="erasure")
    with pytest.raises(BadInput, match="your own"):
        decide(world, own, done=True, answer="Done.")


def test_one_request_of_each_kind_is_open_at_a_time(world):
    ask(world, kind="correction", text="one")
    with pytest.raises(BadInput, match="already"):
        ask(world, kind="correction", text="two")
    ask(world, kind="erasure")
    for bad in ({"kind": "other"}, {"kind": "correction", "text": " "}):
        with pytest.raises(BadInput):
            ask(world, "tom", **bad)
    with pytest.raises(BadInput, match="at most"):
        ask(world, "tom", kind="correction", text="x" * 501)


def test_of_two_administrators_at_once_one_decides(world):
    asked = ask(world, kind="correction", text="wrong")
    start, said = threading.Barrier(2), []

    def one(done):
        start.wait(timeout=10)
        try:
            decide(world, asked, done=done, answer=str(done), corrected={"name": "Amira K."})
            said.append(done)
        except BadInput:
            said.append(None)

    threads = [threading.Thread(target=one, args=(done,)) for done in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    [winner] = [one for one in said if one is not None]
    assert said.count(None) == 1
    assert mine(world)[0].answer == str(winner)
    assert (person(world, asked.person_id).name == "Amira K.") == winner


def test_what_she_is_told_before_is_what_then_goes(world):
    from modules.personal import erasure

    viewer = world.viewer("ben")
    with reading() as session:
        said = own_requests.would_go(session, viewer)
    with writing() as session:
        done = erasure.erase(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            today=world.now.date(),
            now=world.now,
        )
    assert (said.gone, said.blanked, said.unlinked, said.stays) == (
        done.gone,
        done.blanked,
        done.unlinked,
        done.stays,
    )
    assert said.stays["completions"] == 1
