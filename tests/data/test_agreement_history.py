"""Which agreement counts after which: signed ones pin keys, and every state is kept and shown."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta

import pytest
from sqlmodel import select

from db import agreements
from db.engine import reading, writing
from db.tables import SignIn
from modules.agreement import current
from modules.agreement.files import NotAgreed, load, signatures_of
from modules.agreement.signing import Stamp
from modules.trust import history
from tests.signers import SHIPPED, Signers, agree

NONE = frozenset()


@pytest.fixture
def make(tmp_path):
    """A function that writes an agreement that people have signed, and reads it."""

    def made(who=None, number=1, by=(), names=(), changed=None, signed=True):
        who = who or Signers()
        body = who.naming(number=number)
        for other in names:
            lines = other.naming().partition(b"signers:")[2]
            body = body.rstrip(b"\n") + lines
        body = body.replace(*changed) if changed else body
        path = tmp_path / f"{number}.yaml"
        if signed:
            who.sign(path, body, tuple(by))
        else:
            path.write_bytes(body)
            signatures_of(path).unlink(missing_ok=True)
        return load(path)

    return made


def record(world, of, keys=NONE, days=0):
    with writing() as session:
        return history.record(session, of, keys, now=world.now + timedelta(days=days))


def states(world, name="Fernleigh"):
    with reading() as session:
        return agreements.of_organisation(session, org_id=world.organisations[name])


def test_each_state_is_noted_once_in_each_organisation(world, make):
    unsigned = make(signed=False)
    assert record(world, unsigned) == 2
    assert record(world, unsigned, days=1) == 0
    assert record(world, make(), days=2) == 2
    assert record(world, make(number=2), days=3) == 2
    found = states(world)
    assert [one.number for one in found] == [1, 2, 3]
    assert [one.signed for one in found] == [False, True, True]
    assert found[1].body == found[0].body
    how = [{one["how"] for one in json.loads(state.signatures)} for state in found]
    assert how == [set(), {"first"}, {"before"}]
    assert [one.number for one in states(world, "Harrow Vale")] == [1, 2, 3]


def test_the_very_bytes_come_back_out_of_the_database(world, make):
    of = make()
    record(world, of)
    assert states(world)[0].body.encode() == of.body
    assert states(world)[0].sha256 == of.sha256


def test_after_a_signed_agreement_an_unsigned_one_is_refused(world, make):
    record(world, make())
    for other in (make(number=2, signed=False), make(number=1, signed=False)):
        with pytest.raises(NotAgreed, match="not signed by Dana Officer and Sami Council"):
            record(world, other)
    assert len(states(world)) == 1


def test_strangers_who_can_write_files_cannot_put_an_agreement_of_theirs_in_its_place(world, make):
    record(world, make())
    with pytest.raises(NotAgreed, match="not by those who signed the one before: Dana Officer"):
        record(world, make(Signers(9), number=2))
    with pytest.raises(NotAgreed, match="not signed by Dana Officer"):
        record(world, make(Signers(9), number=2, names=[Signers()]))


def test_those_who_signed_before_hand_over_to_others_by_signing_the_agreement_that_names_them(
    world, make
):
    old, new = Signers(1), Signers(9)
    record(world, make(old))
    record(world, make(new, number=2, names=[old], by=[old]))
    record(world, make(new, number=3))
    with pytest.raises(NotAgreed, match="not by those who signed the one before"):
        record(world, make(old, number=4))
    assert [one.number for one in states(world)] == [1, 2, 3]


def test_one_role_of_before_is_not_enough(world, make):
    old, new = Signers(1), Signers(9)
    record(world, make(old))
    half = Signers(9)
    half.people = dict([*list(old.people.items())[:1], *list(new.people.items())[1:]])
    with pytest.raises(NotAgreed, match="not by those"):
        record(world, make(half, number=2))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_older_agreement_cannot_come_back(world, make, number):
    record(world, make(number=3))
    older = make(number=number, changed=(b"sign_in_hours: 12", b"sign_in_hours: 24"))
    with pytest.raises(NotAgreed, match=f"{number} is not above 3"):
        record(world, older)


def test_where_keys_were_lost_the_setting_names_new_ones_and_the_state_says_so(world, make):
    new = Signers(9)
    record(world, make())
    other = make(new, number=2)
    with pytest.raises(NotAgreed, match="STEWARD_AGREEMENT_KEYS names the new ones"):
        record(world, other)
    assert record(world, other, frozenset(new.keys)) == 2
    assert {one["how"] for one in json.loads(states(world)[-1].signatures)} == {"setting"}


def test_the_setting_refuses_an_agreement_without_those_signatures_from_the_start(world, make):
    keys = frozenset(Signers().keys)
    with pytest.raises(NotAgreed, match="asks for a signed agreement"):
        record(world, make(signed=False), keys)
    with pytest.raises(NotAgreed, match="does not name"):
        record(world, make(Signers(9)), keys)
    assert record(world, make(), keys) == 2


def test_a_file_of_signatures_that_was_emptied_is_as_good_as_none(world, make):
    of = make()
    record(world, of)
    empty = dataclasses.replace(of, stamp=Stamp(sha256=of.sha256, signatures=()))
    with pytest.raises(NotAgreed, match="not signed by"):
        record(world, empty)


def test_open_sign_ins_end_when_a_new_agreement_says_so(world, make, monkeypatch):
    world.sign_in("amira")
    agree(monkeypatch, sign_in_hours=1)
    with writing() as session:
        history.record(session, current.in_force(), NONE, now=world.now)
    with reading() as session:
        found = session.exec(select(SignIn)).all()
    assert [one.expires_at - world.now for one in found] == [timedelta(hours=1)]


def test_the_shipped_agreement_counts_where_nothing_was_signed(world):
    with reading() as session:
        history.check(session, current.in_force(), NONE)
    assert current.in_force().body == SHIPPED
