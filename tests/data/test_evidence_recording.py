"""Adding to the log: fields are checked, numbers have no gap, nothing personal is in the chain."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.engine import reading, writing
from db.tables import Completion, Evidence, EvidenceField, core
from modules import evidence
from modules.basics import BadInput
from modules.evidence.chain import START
from modules.evidence.kinds import KINDS, LONGEST

ENTRY, FIELD = core(Evidence).c, core(EvidenceField).c
SAMPLES = {str: "text", int: 7, bool: True, date: date(2027, 1, 31), uuid.UUID: uuid.UUID(int=5)}
ALL = sorted(KINDS)


def sample(kind):
    """Facts and personal fields that a kind takes, every one of them filled."""

    def of(wanted):
        return next(
            value
            for type_, value in SAMPLES.items()
            if type_ in getattr(wanted, "__args__", (wanted,))
        )

    if kind not in KINDS:
        return {}, {}
    known = KINDS[kind]
    return (
        {name: of(wanted) for name, wanted in known.facts.items()},
        {name: f"{name} of hers" for name in known.personal},
    )


def record(world, session, kind="completion", **other):
    viewer = world.viewer("amira")
    facts, personal = sample(kind)
    given = {
        "org_id": viewer.org_id,
        "kind": kind,
        "about": viewer.person_id if kind not in KINDS or KINDS[kind].about else None,
        "facts": facts,
        "personal": personal,
        "by": viewer.person_id,
        "now": world.now,
    }
    return evidence.record(session, **{**given, **other})


def entries(org_id):
    with reading() as session:
        query = select(core(Evidence)).where(ENTRY.org_id == org_id).order_by(ENTRY.number)
        return session.connection().execute(query).all()


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_is_recorded_with_the_hash_of_the_entry_before(world, kind):
    with writing() as session:
        assert [record(world, session, kind) for _ in range(3)] == [1, 2, 3]
    rows = entries(world.viewer("amira").org_id)
    assert [row.previous for row in rows] == [START, rows[0].hash, rows[1].hash]
    assert json.loads(rows[0].body)["kind"] == kind


@pytest.mark.parametrize("kind", ALL)
def test_nothing_personal_stands_in_an_entry(world, kind):
    with writing() as session:
        record(world, session, kind)
    (row,) = entries(world.viewer("amira").org_id)
    person = world.viewer("amira").person_id
    for secret in ("of hers", str(person), person.hex):
        if KINDS[kind].about != "thing" or secret == "of hers":
            assert secret not in row.body


def test_the_same_person_has_one_pseudonym_and_every_field_a_salt_of_its_own(world):
    with writing() as session:
        for _ in range(3):
            record(world, session)
    with reading() as session:
        rows = session.connection().execute(select(core(EvidenceField))).all()
    assert len({row.value for row in rows if row.name == "person"}) == 1
    assert len({row.salt for row in rows}) == len(rows) == 12
    bodies = [json.loads(row.body)["fields"] for row in entries(world.viewer("amira").org_id)]
    assert len({one["person"] for one in bodies}) == 3


@pytest.mark.parametrize("kind", ALL)
def test_a_kind_without_one_of_its_facts_or_with_another_is_refused(world, kind):
    facts, personal = sample(kind)
    for name in facts:
        fewer = {key: value for key, value in facts.items() if key != name}
        with writing() as session, pytest.raises(BadInput, match=name):
            record(world, session, kind, facts=fewer)
        with writing() as session, pytest.raises(BadInput, match=name):
            record(world, session, kind, facts={**facts, name: 1.5})
    with writing() as session, pytest.raises(BadInput, match="score"):
        record(world, session, kind, facts={**facts, "score": 1})
    with writing() as session, pytest.raises(BadInput, match="shoe"):
        record(world, session, kind, personal={**personal, "shoe": "42"})
    assert entries(world.viewer("amira").org_id) == []


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"kind": "gossip"}, "gossip"),
        ({"about": None}, "about person"),
        ({"by": None, "kind": "exemption"}, "who did it"),
        ({"personal": {"name": "x" * (LONGEST + 1)}}, "longer"),
        ({"personal": {"name": "a\0b"}}, "no text"),
        ({"personal": {"name": "\ud800"}}, "no text"),
        ({"personal": {"name": 5}}, "no text"),
    ],
)
def test_what_cannot_be_evidence_is_refused(world, other, told):
    facts, personal = sample(other.get("kind", "completion"))
    with writing() as session, pytest.raises(BadInput, match=told):
        record(world, session, **{"facts": facts, "personal": personal, **other})


def test_what_is_rolled_back_leaves_no_gap(world):
    with writing() as session:
        record(world, session)
    with pytest.raises(ZeroDivisionError), writing() as session:
        record(world, session)
        raise ZeroDivisionError
    with writing() as session:
        assert record(world, session) == 2


def test_two_bodies_have_each_a_log_of_their_own(world):
    with writing() as session:
        record(world, session)
        olga = world.viewer("olga")
        assert record(world, session, org_id=olga.org_id, about=olga.person_id) == 1


def test_many_at_once_get_numbers_without_a_gap_and_one_chain(world):
    numbers, gate = [], threading.Barrier(8)

    def run(first):
        gate.wait()
        for step in range(12):
            with writing() as session:
                number = record(world, session, now=world.now + timedelta(seconds=first + step))
            numbers.append(number)

    threads = [threading.Thread(target=run, args=(first,)) for first in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(numbers) == list(range(1, 97))
    rows = entries(world.viewer("amira").org_id)
    assert [row.previous for row in rows] == [START, *(row.hash for row in rows[:-1])]


def test_a_completion_is_evidence_in_the_same_transaction(world, amira):
    amira.whole()
    (row,) = entries(amira.viewer.org_id)
    body = json.loads(row.body)
    assert body["facts"]["module"] == "M01"
    assert set(body["fields"]) == {"person", "name", "email"}
    with reading() as session:
        query = select(FIELD.name, FIELD.value).where(FIELD.person_id == amira.viewer.person_id)
        told = dict(map(tuple, session.connection().execute(query)))
        completed = session.connection().execute(
            select(core(Completion).c.completed_at).where(
                core(Completion).c.person_id == amira.viewer.person_id
            )
        )
        assert completed.scalar_one() == row.at
    assert (told["name"], told["email"]) == (amira.viewer.name, amira.viewer.email)
