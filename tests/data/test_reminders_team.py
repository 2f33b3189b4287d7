"""The week's mails to managers, and to those who stand further up."""

from __future__ import annotations

from datetime import date, timedelta

from db import enrolments
from db.engine import writing
from modules.agreement import current
from tests.data.mails import GRACE, MONDAY, TOM, change, due, run


def test_a_manager_reads_names_and_status_and_one_link_once_a_week(world, database, sink):
    run()
    subject, text, _ = sink.letters[TOM]
    assert subject == "Your team’s training on privacy, this week"
    assert "Amira Khan (Revenues): “" in text
    assert "Due 11 December 2026" in text
    assert "Ben Hale" not in text
    # One to her page, one that turns this mail off.
    assert text.count("http") == 2
    sink.mails.clear()
    for day in range(1, 5):
        run(MONDAY + timedelta(days=day))
    assert TOM not in sink.letters
    run(MONDAY + timedelta(days=7))
    assert TOM in sink.letters


def test_a_manager_whose_people_need_nothing_gets_no_mail(world, database, sink):
    for short in ("amira", "cora"):
        due(world, short, due_on=date(2027, 6, 1))
    run()
    assert TOM not in sink.letters


def test_a_manager_with_a_duty_of_his_own_gets_both_in_one_message(world, database, sink):
    change(world, "marek", left_on=None)
    due(world, "tom", enrolled_at=MONDAY, due_on=date(2027, 9, 30))
    with writing() as session:
        completion = enrolments.COMPLETION
        session.connection().execute(
            completion.person_id.table.delete().where(
                completion.person_id == world.viewer("tom").person_id
            )
        )
    run()
    assert [to for [to], _ in sink.mails].count(TOM) == 1
    _, text, _ = sink.letters[TOM]
    assert "New for you" in text
    assert "Amira Khan" in text


def test_a_digest_leaves_out_what_managers_are_not_to_see(world, database, sink, monkeypatch):
    narrow = current.agreed().model_copy(update={"managers_see": ("name", "module", "status")})
    monkeypatch.setattr("modules.post.team_lines.agreed", lambda: narrow)
    run()
    _, text, _ = sink.letters[TOM]
    assert "Amira Khan: “" in text
    assert "Revenues" not in text
    assert "December" not in text


def test_what_is_overdue_for_long_is_told_one_step_up_without_names(world, database, sink):
    due(world, "amira", due_on=date(2026, 10, 1))
    run()
    _, text, _ = sink.letters[GRACE]
    assert "In the team of Tom Ashdown" in text
    assert "Amira" not in text


def test_harrow_vale_reads_of_its_own_people_only(world, database, sink):
    run()
    _, text, _ = sink.letters["olga.petrenko@harrow.example"]
    assert "Uma Quill" in text
    assert "Fernleigh" not in text
    assert "Khan" not in text
