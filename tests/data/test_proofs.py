"""Training elsewhere, entered by hand: by whom for whom, what it then is, and taking it back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db import attempts, duties, enrolments, evidence, recounting, retention
from db import proofs as kept
from db.engine import insert_many, reading, writing
from db.tables import Answer, Rollup, core, new_id
from modules import proofs
from modules.basics import BadInput, Denied
from modules.learn import (
    certificates,
    learnt,
    own_export,
    printing,
    receipts,
    record,
    reviews,
    rounds,
    shelf,
)
from modules.learn.path import my_path
from modules.proofs import Proof
from modules.words import of as words
from tests.world import MODULE

DAY = date(2026, 11, 10)
SESSION = Proof(MODULE, "classroom", "covered", DAY, "File 12/2026")


def changed(**given):
    return Proof(**{**vars(SESSION), **given})


def enter(world, by="tom", whom=("amira",), proof=SESSION):
    ids = [world.viewer(one).person_id for one in whom]
    with writing() as session:
        return proofs.enter(session, world.viewer(by), person_ids=ids, proof=proof, now=world.now)


def mine(world, short="amira"):
    with reading() as session:
        return proofs.own_proofs(session, world.viewer(short))


def completed(world, short="amira"):
    viewer = world.viewer(short)
    with reading() as session:
        return enrolments.completions(
            session, org_id=viewer.org_id, person_ids=[viewer.person_id], module=MODULE
        )


def withdraw(world, by="tom", short="amira"):
    [one] = mine(world, short)
    with writing() as session:
        proofs.withdraw(session, world.viewer(by), id=one.id, now=world.now)


def logged(world):
    with reading() as session:
        rows = evidence.entries(session, org_id=world.viewer("tom").org_id, first=1, last=50)
    return [one.kind for one in rows]


def find(world, text, by="tom"):
    with reading() as session:
        return proofs.find(session, world.viewer(by), text=text, now=world.now)


def test_a_classroom_session_completes_the_module_from_the_day_it_took_place(world):
    assert enter(world, whom=("amira", "cora")) == 2
    for short in ("amira", "cora"):
        [one] = completed(world, short)
        assert one.valid_until == date(2027, 11, 10)
        assert one.completed_at.date() == DAY
    assert logged(world) == ["completion_by_hand"] * 2
    viewer = world.viewer("amira")
    with reading() as session:
        [duty] = duties.of_person(
            session, org_id=viewer.org_id, person_id=viewer.person_id, day=world.now.date()
        )
        assert duty.valid_until == date(2027, 11, 10)
        [stop] = [one for one in my_path(session, viewer, now=world.now).stops if one.done]
    assert stop.card.id == MODULE


def test_it_is_an_attempt_that_says_by_hand_and_holds_no_answers(world):
    enter(world)
    viewer = world.viewer("amira")
    with reading() as session:
        [one] = attempts.of_person(session, org_id=viewer.org_id, person_id=viewer.person_id)
    assert (one.form, dict(one.paper), one.seed, one.ended_at) == (kept.HAND, {}, "", world.now)


def test_whom_it_is_about_reads_who_entered_it_why_and_where_the_paper_is(world):
    enter(world, by="marek")
    [one] = mine(world)
    assert (one.by, one.kind, one.reason) == ("Marek Novak", "classroom", "covered")
    assert (one.document, one.happened_on, one.withdrawn_at) == ("File 12/2026", DAY, None)
    assert mine(world, "cora") == ()


@pytest.mark.parametrize("by", ["grace", "olga", "priya", "ben"])
def test_nobody_enters_for_people_out_of_reach(world, by):
    with pytest.raises(Denied):
        enter(world, by=by)
    assert completed(world) == [] and logged(world) == []


def test_nobody_enters_for_herself(world):
    with pytest.raises(Denied):
        enter(world, by="marek", whom=("marek",))
    with pytest.raises(Denied):
        enter(world, by="tom", whom=("tom",))


def test_one_person_out_of_reach_and_nothing_is_entered_for_anybody(world):
    with pytest.raises(Denied):
        enter(world, whom=("amira", "marek"))
    assert completed(world) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "video"},
        {"reason": "because"},
        {"document": ""},
        {"document": "  \u200b\n "},
        {"document": "x" * 81},
        {"happened_on": date(2026, 11, 23)},
        {"happened_on": date(2025, 11, 10)},
        {"happened_on": date(2019, 1, 1)},
        {"module": "M99"},
    ],
)
def test_what_does_not_count_or_is_not_on_the_lists_is_not_entered(world, wrong):
    with pytest.raises(BadInput):
        enter(world, proof=changed(**wrong))
    assert completed(world) == [] and mine(world) == ()


def test_the_same_session_is_not_entered_twice_but_after_withdrawing_it_is(world):
    enter(world)
    with pytest.raises(BadInput, match="Amira Khan"):
        enter(world, whom=("cora", "amira"))
    assert completed(world, "cora") == []
    withdraw(world)
    assert enter(world) == 1


def test_withdrawing_takes_the_completion_with_evidence_and_the_row_stays(world):
    enter(world)
    withdraw(world, by="marek")
    assert completed(world) == []
    [one] = mine(world)
    assert (one.withdrawn_at, one.withdrawn) == (world.now, "Marek Novak")
    assert logged(world) == ["completion_by_hand", "completion_withdrawn"]
    with pytest.raises(BadInput, match="already"):
        withdraw(world)


def test_counts_by_unit_and_month_follow_an_entry_and_its_withdrawal(world):
    def counted():
        with reading() as session:
            rows = session.connection().execute(select(core(Rollup)))
            return sorted(str(row) for row in rows if row.people)

    with writing() as session:
        recounting.catch_up(session, org_id=world.viewer("tom").org_id, today=world.now.date())
    before = counted()
    enter(world)
    assert counted() != before
    withdraw(world)
    assert counted() == before


@pytest.mark.parametrize("by", ["grace", "olga", "amira", "uma"])
def test_an_outsider_withdraws_nothing_by_its_id(world, by):
    enter(world)
    with pytest.raises(Denied):
        withdraw(world, by=by)
    assert len(completed(world)) == 1


def test_a_later_entry_never_shortens_what_counts_already(world):
    before = completed(world, "ben")[-1].valid_until
    enter(world, whom=("ben",), proof=changed(happened_on=date(2026, 3, 1)))
    assert completed(world, "ben")[-1].valid_until == before


def test_pasted_addresses_find_people_and_each_wrong_line_is_told(world):
    text = "\n".join(
        [
            "Amira Khan <AMIRA.KHAN@fernleigh.example>",
            "",
            "cora.ellis@fernleigh.example; Cora",
            "amira.khan@fernleigh.example",
            "Ben Hale",
            "olga.petrenko@harrow.example",
            "grace.okafor@fernleigh.example",
        ]
    )
    found = find(world, text)
    assert [one.name for one in found.people] == ["Amira Khan", "Cora Ellis"]
    assert [(one.line, one.why) for one in found.wrong] == [
        (4, "twice"),
        (5, "none"),
        (6, "unknown"),
        (7, "unknown"),
    ]
    assert [one.name for one in find(world, text, by="marek").people] == [
        "Amira Khan",
        "Cora Ellis",
        "Grace Okafor",
    ]
    with pytest.raises(BadInput, match="500"):
        find(world, "a@b.example\n" * 501)


def test_what_was_entered_is_listed_for_whom_it_is_in_reach_and_for_nobody_else(world):
    enter(world)
    seen = {}
    for short in ("tom", "marek", "olga"):
        with writing() as session:
            seen[short] = len(proofs.entered(session, world.viewer(short), now=world.now))
    assert seen == {"tom": 1, "marek": 1, "olga": 0}


def test_her_certificate_says_that_it_was_entered_by_hand_and_so_does_the_public_page(world):
    enter(world)
    viewer = world.viewer("amira")
    with writing() as session:
        [held] = certificates.certificates(session, viewer)
        of = certificates.make(session, viewer, attempt_id=held.attempt_id, now=world.now)
        shown = certificates.public(session, code=of.code, now=world.now)
    assert of.by_hand == shown.by_hand == "classroom"
    told = printing.told(of, "", words("en"))
    assert "entered by hand" in told["sentence"]
    assert "critical question" not in told["sentence"]
    withdraw(world)
    with reading() as session:
        assert certificates.public(session, code=of.code, now=world.now) is None


def test_every_reader_of_attempts_copes_with_one_by_hand(world):
    enter(world)
    viewer, later = world.viewer("amira"), world.now + timedelta(days=40)
    with writing() as session:
        assert shelf.shelves(session, viewer) == ()
        assert not reviews.waiting(session, viewer, now=later).checks
        assert receipts.receipts(session, viewer) == []
        assert learnt.my_learning(session, viewer) == ()
        assert record.my_record(session, viewer).attempts == 1
        made = own_export.my_export(session, viewer, now=world.now)
        assert made.part("attempts").rows[0]["form"] == "hand"
        assert made.part("attempts").rows[0]["seed"] == ""
        assert made.part("proofs_by_hand").rows[0]["document"] == "File 12/2026"
        [one] = attempts.page(session, org_id=viewer.org_id, after=None, limit=1)
        [read] = receipts.read(session, viewer.org_id, [one])
        assert read.replay() == () and read.told
        assert rounds.opened(session, viewer, module=MODULE).completion is None


def test_a_round_that_was_begun_goes_on_beside_it_and_is_completed_by_itself(world):
    viewer = world.viewer("amira")
    with writing() as session:
        rounds.begin(session, viewer, module=MODULE, now=world.now)
    enter(world)
    with reading() as session:
        of = rounds.opened(session, viewer, module=MODULE)
    assert of.completion is None
    assert not of.journey.practice.ended


def test_answers_of_a_round_are_not_kept_longer_because_of_an_entry_by_hand(world):
    viewer = world.viewer("amira")
    with writing() as session:
        rounds.begin(session, viewer, module=MODULE, now=world.now)
        of = rounds.opened(session, viewer, module=MODULE)
        attempt_id = of.attempt(of.journey.practice)
        given = {"slot": "screen:x", "kind": "screen", "response": {}, "answered_at": world.now}
        row = {**given, "org_id": viewer.org_id, "id": new_id(), "attempt_id": attempt_id}
        insert_many(session, Answer, [row])
    enter(world)
    later = world.now + timedelta(days=1)
    with reading() as session:
        lapsed = retention.lapsed(
            session, org_id=viewer.org_id, today=later.date(), begun_before=later
        )
    assert lapsed == [attempt_id]
