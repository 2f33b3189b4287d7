"""After erasure nothing holds who she was, and every sum stands."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text
from typer.testing import CliRunner

from db import notes, scrubbing
from db.engine import engine, reading, writing
from db.tables import (
    Attempt,
    Breakdown,
    Completion,
    Identity,
    LocalFact,
    LooseAnswer,
    Person,
    Placement,
    Snapshot,
    core,
)
from modules import access, snapshots
from modules.basics import BadInput
from modules.commands import app
from modules.drafts import reviewing
from modules.learn import own_export
from modules.manage import actions as manage
from modules.personal import erasure
from modules.personal.entry import Blanked, Goes, Unlinked
from modules.personal.register import REGISTER
from tests.data import everybody
from tests.data.everybody import NOW, mark
from tests.data.studio import Studio
from tests.walk import Walk


def dump():
    """Every cell of every table as one text."""
    with engine().connect() as connection:
        names = inspect(connection).get_table_names()
        return "\n".join(
            f"{name} {tuple(row)}"
            for name in names
            for row in connection.execute(text(f'SELECT * FROM "{name}"'))
        )


def files(url):
    """The bytes of an SQLite database with its write-ahead log."""
    path = url.removeprefix("sqlite:///")
    found = [Path(path + end) for end in ("", "-wal", "-shm")]
    return b"".join(one.read_bytes() for one in found if one.exists())


def erase(org_id, person_id):
    with writing() as session:
        done = erasure.erase(session, org_id=org_id, person_id=person_id, today=NOW.date(), now=NOW)
    assert scrubbing.scrub(engine(), erasure.tables())
    return done


def going(session, body, who):
    """Every text of hers that the register says goes, as it stands before."""
    found = set()
    for rows in REGISTER:
        if isinstance(rows.erase, Goes):
            columns = (*rows.shown, *rows.held)
        elif isinstance(rows.erase, Blanked):
            columns = tuple(rows.erase.values)
        elif isinstance(rows.erase, Unlinked):
            columns = ("response",)
        else:
            continue
        mine = erasure.personal.hers(
            rows.table,
            by=rows.by,
            org_id=body.org_id,
            person_id=body.people[who],
            through=rows.through,
        )
        for row in erasure.personal.rows(
            session, mine, table=rows.table, columns=columns, looks={}
        ):
            for value in row.values():
                texts = value.values() if isinstance(value, dict) else [value]
                texts = value if isinstance(value, list) else texts
                found |= {str(one) for one in texts if mark(who) in str(one)}
                found |= {str(one) for one in texts if mark(who).casefold() in str(one)}
    return found


def test_after_erasure_no_table_file_or_statistic_holds_what_identified_her(database):
    with writing() as session:
        body = everybody.make(session, range(3), 1, other=lambda who: (who + 1) % 3)
        gone, kept = going(session, body, 0), going(session, body, 1)
    assert len(gone) > 25
    before = dump()
    assert all(one in before for one in gone | kept)
    if database.startswith("sqlite"):
        raw = files(database)
        assert all(one.encode() in raw for one in gone)
    erase(body.org_id, body.people[0])
    after = dump()
    assert [one for one in gone if one in after] == []
    assert [one for one in kept if one not in after] == []
    if database.startswith("sqlite"):
        raw = files(database)
        assert [one for one in gone if one.encode() in raw] == []
        assert [one for one in kept if one.encode() not in raw] == []
        return
    with engine().connect() as connection:
        told = connection.execute(text("SELECT pg_stats::text FROM pg_stats")).scalars().all()
    assert [one for one in gone if any(one in stat for stat in told)] == []


# The test above reads SQLite's file.
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_postgresql_keeps_nothing_in_the_files_of_tables_and_indexes_after_a_full_vacuum(database):
    with writing() as session:
        body = everybody.make(session, range(2), 1, other=lambda who: 1 - who)
        gone, kept = going(session, body, 0), going(session, body, 1)
    erase(body.org_id, body.people[0])
    raw = engine().raw_connection()
    raw.driver_connection.autocommit = True
    query = """SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class
        WHERE relkind IN ('r', 'i', 't') AND relnamespace::regnamespace::text
        IN ('public', 'pg_toast') AND pg_relation_size(oid) > 0"""
    for table in erasure.tables():
        raw.driver_connection.execute(f'VACUUM (FULL, ANALYZE) "{table}"')
    raw.driver_connection.execute("CHECKPOINT")
    held = b"".join(row[0] for row in raw.driver_connection.execute(query).fetchall())
    raw.driver_connection.autocommit = False
    raw.close()
    assert [one for one in gone if one.encode() in held] == []
    assert [one for one in kept if one.encode() not in held] == []


def counted(world):
    """What others are shown: the lead's figures, and every stored month-end."""
    with writing() as session:
        report = manage.completion_report(session, world.viewer("grace"), now=world.now)
        stored = session.connection().execute(select(*core(Snapshot).c)).all()
        found = session.connection().execute(
            select(core(Completion).c.module, core(Completion).c.valid_until)
        )
        done = Counter(tuple(row) for row in found)
    return report["statistics"], sorted(map(str, stored)), done


def test_counts_completions_and_month_ends_stand(world):
    world.leave("ben")
    with writing() as session:
        [(_, ben)] = erasure.personal.found(session, email=world.email("ben"))
    before = counted(world)
    done = erase(ben.org_id, ben.id)
    assert counted(world) == before
    assert done.stays["completions"] == 1
    with writing() as session:
        for table in (Snapshot, Breakdown):
            session.connection().execute(core(table).delete())
        snapshots.catch_up(session, now=world.now)
    assert counted(world) == before


def test_what_she_answered_counts_on_without_her(world):
    walk = Walk(world).whole()
    viewer = walk.viewer
    with reading() as session:
        made = own_export.my_export(session, viewer, now=world.now)
    answers = made.part("answers").rows
    erase(viewer.org_id, viewer.person_id)
    loose, attempt = core(LooseAnswer).c, core(Attempt).c
    with reading() as session:
        left = session.connection().execute(select(*loose)).all()
        shells = session.connection().execute(
            select(attempt.seed, attempt.paper).where(attempt.person_id == viewer.person_id)
        )
        assert {(row.seed, json.dumps(row.paper)) for row in shells} == {("", "{}")}
    assert Counter((row.slot, row.correct) for row in left) == Counter(
        (row["slot"], row["correct"]) for row in answers
    )
    attempts = {row["attempt_id"] for row in answers}
    assert len({row.sheet for row in left}) == len(attempts)
    assert not {str(row.sheet) for row in left} & attempts
    items = [row for row in left if row.kind == "item"]
    assert items
    assert all(row.item for row in items if not row.slot.startswith("pass"))


def test_she_can_no_longer_sign_in_and_her_open_page_ends(world):
    from db import sign_ins

    token = world.sign_in("amira")
    viewer = world.viewer("amira")
    erase(viewer.org_id, viewer.person_id)
    with reading() as session:
        hashed = sign_ins.hash_of(token)
        assert access.by_token(session, token_hash=hashed, now=world.now) is None
        with pytest.raises(BadInput):
            access.by_email(session, email=world.email("amira"), now=world.now)
        subject = core(Identity).c.subject
        query = select(subject).where(subject == world.email("amira"))
        assert not session.connection().execute(query).all()
        placed = core(Placement).c.person_id
        query = select(placed).where(placed == viewer.person_id)
        assert session.connection().execute(query).all()
        person = session.get(Person, (viewer.org_id, viewer.person_id))
        assert (person.name, person.left_on) == ("(erased)", NOW.date())


def test_her_name_goes_out_of_what_others_typed_and_nobody_elses_does(world):
    amira, tom = world.viewer("amira"), world.viewer("tom")
    with writing() as session:
        session.add(
            LocalFact(
                org_id=amira.org_id,
                key="breach-contact",
                value="Ask AMIRA KHAN (amira.khan@fernleigh.example), or Amira Khanna",
                changed_by=tom.person_id,
                changed_at=NOW,
            )
        )
        who = {"org_id": tom.org_id, "person_id": tom.person_id, "now": NOW}
        notes.write(session, **who, place="M01/a", body="Amira Khan knows. Ben Hale too.")
    done = erase(amira.org_id, amira.person_id)
    assert done.struck == {"local_fact.value": 1, "note.body": 1}
    with reading() as session:
        kept = notes.of_person(session, org_id=tom.org_id, person_id=tom.person_id)
        assert [one.body for one in kept] == ["(erased) knows. Ben Hale too."]
        fact = session.get(LocalFact, (amira.org_id, "breach-contact"))
        assert fact.value == "Ask (erased) ((erased)), or Amira Khanna"


def test_her_name_goes_out_of_what_trainers_say_of_a_draft(world):
    amira, studio = world.viewer("amira"), Studio(world)
    studio.begin()
    studio.ask(word="Amira Khan found it. Gov0, please look.")
    said = {"path": "", "place": "", "text": "Thanks to Amira Khan."}
    studio.do(reviewing.comment, "gov0", id=studio.id, **said)
    done = erase(amira.org_id, amira.person_id)
    assert done.struck == {"module_draft.word": 1, "draft_comment.text": 1}
    assert studio.draft().word == "(erased) found it. Gov0, please look."


def test_her_name_goes_however_others_typed_its_letters_and_blanks(world):
    amira, tom = world.viewer("amira"), world.viewer("tom")
    typed = ("åsa öberg knows", "ÅSA  ÖBERG", "A\u030asa\nO\u0308berg", "Åsa Öbergs")
    with writing() as session:
        session.get(Person, (amira.org_id, amira.person_id)).name = "Åsa Öberg"
        ids = {"org_id": tom.org_id, "person_id": tom.person_id}
        for place, body in enumerate(typed):
            notes.write(session, **ids, now=NOW, place=f"M01/{place}", body=body)
    erase(amira.org_id, amira.person_id)
    with reading() as session:
        kept = {one.place: one.body for one in notes.of_person(session, **ids)}
    assert [kept[f"M01/{place}"] for place in range(len(typed))] == [
        "(erased) knows",
        "(erased)",
        "(erased)",
        "Åsa Öbergs",
    ]


def test_a_name_that_two_people_have_stays_in_what_others_typed(world):
    amira, tom = world.viewer("amira"), world.viewer("tom")
    with writing() as session:
        other = session.get(Person, (tom.org_id, world.viewer("cora").person_id))
        other.name = "Amira Khan"
        who = {"org_id": tom.org_id, "person_id": tom.person_id, "now": NOW}
        notes.write(session, **who, place="M01/a", body="Amira Khan knows.")
    done = erase(amira.org_id, amira.person_id)
    assert done.namesakes == 1
    assert not done.struck


def test_nobody_is_erased_twice_and_nobody_across_organisations(world):
    amira, uma = world.viewer("amira"), world.viewer("uma")
    erase(amira.org_id, amira.person_id)
    with writing() as session:
        for org_id, person_id in ((amira.org_id, amira.person_id), (amira.org_id, uma.person_id)):
            with pytest.raises(BadInput):
                erasure.erase(
                    session, org_id=org_id, person_id=person_id, today=NOW.date(), now=NOW
                )
    assert world.viewer("uma").name == "Uma Quill"


def test_the_rehearsal_changes_nothing_and_says_exactly_what_then_happens(world):
    who = world.email("ben")
    before = dump()
    told = CliRunner().invoke(app, ["person", "erase", who, "--rehearse", "--json"])
    assert told.exit_code == 0, told.output
    assert dump() == before
    done = CliRunner().invoke(app, ["person", "erase", who, "--json"])
    assert json.loads(done.stdout) == json.loads(told.stdout)
    assert "Ben Hale" not in dump()
    again = CliRunner().invoke(app, ["person", "erase", who])
    assert again.exit_code == 1
