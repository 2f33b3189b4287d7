"""Whatever is altered, removed, reordered or put in is found, here and by the verifier alone."""

from __future__ import annotations

import importlib.util
import random
import sys
import uuid
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from db import evidence as stored
from db.engine import reading, writing
from modules import evidence
from modules.evidence import checkpoints, exporting, files, keys, verifying
from modules.settings import ROOT, settings
from tests.evidence import fill
from tests.tampering import LINES, ROWS, Lines, Rows

ENTRIES = 30


@pytest.fixture
def key(tmp_path, monkeypatch):
    """The installation has a key; gives the public one."""
    public = keys.make(tmp_path / "key.pem")
    monkeypatch.setenv("STEWARD_EVIDENCE_KEY_FILE", str(tmp_path / "key.pem"))
    settings.cache_clear()
    yield public
    settings.cache_clear()


@pytest.fixture
def log(world, key):
    """Fernleigh's log: thirty entries, an erasure, two checkpoints, two entries after them."""
    org_id = world.viewer("amira").org_id
    with writing() as session:
        ids = fill(session, org_id, entries=ENTRIES // 2, people=8)
        checkpoints.make(session, org_id=org_id, now=world.now)
        fill(session, org_id, entries=ENTRIES // 2, people=8)
        assert evidence.erase(session, org_id=org_id, person_id=ids[2], now=world.now)
        checkpoints.make(session, org_id=org_id, now=world.now + timedelta(days=1))
        fill(session, org_id, entries=2, people=8)
    return org_id


@pytest.fixture(scope="session")
def alone():
    """The verifier that auditors get, as a module."""
    found = importlib.util.spec_from_file_location("alone", ROOT / "docs" / "verify_evidence.py")
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


def verified(org_id, session=None, **other):
    if session is not None:
        return verifying.verify(session, org_id=org_id, **other)
    with reading() as own:
        stored.steady(own)
        return verifying.verify(own, org_id=org_id, **other)


def exported(log, path, **wish):
    with reading() as session, path.open("wb") as file:
        stored.steady(session)
        exporting.write(
            session,
            file,
            org_id=log,
            organisation="Fernleigh",
            wish=exporting.Wish(**wish),
            now=settings_now(),
        )
    return path


def settings_now():
    from tests.world import NOW

    return NOW


def tried(log, key, seeds):
    """Each tampering by itself, rolled back; gives those that were not found."""
    unseen, done = [], 0
    for seed in seeds:
        rng = random.Random(f"tamper {seed}")
        with writing() as session:
            how = rng.choice(ROWS)
            try:
                with session.begin_nested():
                    did = getattr(Rows(session, log, rng), how)()
            except IntegrityError:
                session.rollback()
                continue  # refused by the database itself
            report = verified(log, session, trusted={key})
            done += 1
            if report.sound:
                unseen.append((seed, how, did))
            session.rollback()
    return unseen, done


def test_a_log_as_it_was_written_holds(log, key):
    report = verified(log, trusted={key})
    assert report.findings == ()
    assert (report.last, report.checkpoints, report.signed) == (ENTRIES + 3, 2, 2)
    assert report.erased > 0


def test_random_tamperings_of_the_database_are_all_found(log, key):
    unseen, done = tried(log, key, range(1_100))
    assert unseen == []
    assert done > 1_000


@pytest.mark.parametrize("how", sorted(set(ROWS)))
def test_each_way_of_tampering_is_found_and_named(log, key, how):
    for seed in range(5):
        with writing() as session:
            rng = random.Random(f"{how} {seed}")
            try:
                with session.begin_nested():
                    getattr(Rows(session, log, rng), how)()
            except IntegrityError:
                session.rollback()
                continue
            report = verified(log, session, trusted={key})
            session.rollback()
        assert not report.sound
        assert str(report.findings[0])


def test_an_altered_entry_is_named_by_its_number(log):
    with writing() as session:
        rows = Rows(session, log, random.Random(1))
        row = rows.all("entry")[6]
        rows.set("entry", row, body=row["body"].replace("M", "m", 1))
        report = verified(log, session)
        session.rollback()
    assert report.findings[0].number == 7
    assert "changed" in report.findings[0].what


def test_cutting_the_log_and_its_checkpoints_is_seen_with_what_an_auditor_kept(log, key, world):
    kept = [stored_mark(one) for one in marks(log)]
    with writing() as session:
        rows = Rows(session, log, random.Random(1))
        rows.cut_unseen()
        alone, held = verified(log, session), verified(log, session, since=kept)
        session.rollback()
    assert alone.sound, "nothing in the database can tell"
    assert [one.number for one in held.findings] == [one.number for one in kept]


def marks(log):
    with reading() as session:
        return stored.checkpoints(session, org_id=log)


def stored_mark(one):
    from modules.evidence.signing import Mark

    return Mark(*one)


def test_no_part_of_a_value_can_pass_for_salt(log, key, tmp_path, alone):
    facts, told = {"module": "M01", "until": None}, "ill\nground\non leave"
    who = uuid.uuid4()
    with writing() as session:
        wanted = {"kind": "exemption", "about": who, "facts": facts, "now": settings_now()}
        evidence.record(session, org_id=log, personal={"ground": told}, **wanted)
        rows = Rows(session, log, random.Random(1))
        (row,) = (
            one for one in rows.all("field") if one["name"] == "ground" and one["value"] == told
        )
        rows.set("field", row, salt=f"{row['salt']}\nground\nill", value="on leave")
    assert not verified(log, trusted={key}).sound
    path = exported(log, tmp_path / "log.jsonl", names=True)
    assert not ours(path, key)
    assert not theirs(alone, path, key)


def test_a_last_line_with_another_last_byte_is_found(log, key, tmp_path, alone):
    path = exported(log, tmp_path / "log.jsonl", names=True)
    path.write_bytes(path.read_bytes()[:-1] + b" ")
    assert not ours(path, key)
    assert not theirs(alone, path, key)


def test_the_verifier_alone_takes_several_keys_and_compares_or_says_that_it_cannot(
    log, key, tmp_path, alone
):
    path, other = exported(log, tmp_path / "log.jsonl"), keys.make(tmp_path / "other.pem")
    assert alone.check(path, f"{other}, {key}")[1] == []
    assert alone.check(path, other)[1]
    empty = tmp_path / "empty.jsonl"
    empty.write_text("{}\n")
    with pytest.raises(ValueError, match="no checkpoint"):
        alone.check(path, key, empty)


def test_a_field_that_went_without_an_erasure_is_missed(log):
    with writing() as session:
        rows = Rows(session, log, random.Random(1))
        rows.drop("field", rows.all("field")[0])
        report = verified(log, session)
        session.rollback()
    assert any("erasures account for" in one.what for one in report.findings)


def test_another_key_does_not_do(log, key, tmp_path):
    other = keys.make(tmp_path / "other.pem")
    report = verified(log, trusted={other})
    assert all("another key" in one.what for one in report.findings)
    assert len(report.findings) == 2


@pytest.mark.parametrize(
    "wish", [{"names": True}, {}, {"first": 12, "names": True}, {"people": frozenset()}]
)
def test_an_export_holds_by_both_verifiers(log, key, tmp_path, alone, wish):
    for name in ("log.jsonl", "log.jsonl.gz"):
        path = exported(log, tmp_path / name, **wish)
        if name.endswith(".gz"):
            import gzip

            path.write_bytes(gzip.compress(path.read_bytes()))
        assert files.verify(path, trusted={key}).findings == ()
        head, found, _ = alone.check(path, key)
        assert found == []
        assert head["last"] == ENTRIES + 3


def test_tampered_files_are_found_by_both_verifiers(log, key, tmp_path, alone):
    lines = exported(log, tmp_path / "log.jsonl", names=True).read_bytes().splitlines(keepends=True)
    for seed in range(120):
        rng = random.Random(f"file {seed}")
        made = Lines(lines, rng)
        did = getattr(made, rng.choice(LINES))()
        path = tmp_path / "bad.jsonl"
        path.write_bytes(b"".join(made.lines))
        assert not ours(path, key), (seed, did)
        assert not theirs(alone, path, key), (seed, did)


def ours(path, key):
    from modules.basics import BadInput

    try:
        return files.verify(path, trusted={key}).sound
    except BadInput:
        return False


def theirs(alone, path, key):
    try:
        return not alone.check(path, key)[1]
    except Exception:
        return False


def test_an_earlier_export_shows_a_log_that_was_cut_since(log, key, tmp_path, alone, world):
    kept = exported(log, tmp_path / "kept.jsonl")
    with writing() as session:
        rows = Rows(session, log, random.Random(1))
        rows.cut_unseen()
    now = exported(log, tmp_path / "now.jsonl")
    assert files.verify(now, trusted=()).sound
    assert not files.verify(now, since=files.marks_in(kept)).sound
    assert alone.check(now)[1] == []
    assert alone.check(now, "", kept)[1] != []


def test_names_leave_only_with_names(log, tmp_path):
    assert b"Person 0" not in exported(log, tmp_path / "without.jsonl").read_bytes()
    assert b"example.org" not in (tmp_path / "without.jsonl").read_bytes()
    assert b"Person 0" in exported(log, tmp_path / "with.jsonl", names=True).read_bytes()


def test_a_unit_gets_the_chain_with_all_other_entries_sealed(log, tmp_path):
    with reading() as session:
        rows = Rows(session, log, random.Random(1))
        person = next(one["person_id"] for one in rows.all("field") if one["name"] == "person")
    path = exported(log, tmp_path / "unit.jsonl", people=frozenset({person}), names=True)
    report = files.verify(path)
    assert report.sound
    assert 0 < report.sealed < ENTRIES


def test_erasing_leaves_a_chain_that_holds_and_no_trace_of_the_person(log, key):
    with reading() as session:
        rows = Rows(session, log, random.Random(1))
        fields = [one for one in rows.all("field") if one["name"] in ("person", "by")]
    person = fields[0]["person_id"]
    before = verified(log).erased
    with writing() as session:
        gone = evidence.erase(session, org_id=log, person_id=person, now=settings_now())
    with reading() as session:
        rows = Rows(session, log, random.Random(1))
        assert all(one["person_id"] != person for one in rows.all("field"))
        bodies = " ".join(one["body"] for one in rows.all("entry"))
    assert person.hex not in bodies
    assert str(person) not in bodies
    report = verified(log, trusted={key})
    assert report.findings == ()
    assert report.erased == before + gone


def test_no_checkpoint_is_made_of_a_log_that_does_not_hold(log, world):
    from modules.basics import BadInput

    with writing() as session:
        rows = Rows(session, log, random.Random(1))
        last = rows.all("entry")[-1]
        rows.set("entry", last, kind="grade")
        with pytest.raises(BadInput, match=f"entry {last['number']}"):
            checkpoints.make(session, org_id=log, now=world.now)
        session.rollback()


def test_two_processes_find_what_one_finds(log, key, monkeypatch):
    # A new process begins with what was started: `python -m modules`, as the command is. Tests of
    # pages that ran before left one of Streamlit's scripts in its place.
    monkeypatch.setitem(sys.modules, "__main__", importlib.import_module("modules.__main__"))
    alone, both = verified(log, trusted={key}), verified(log, trusted={key}, split=10)
    assert both == alone
    assert both.sound
    for number in (3, ENTRIES):
        with writing() as session:
            rows = Rows(session, log, random.Random(1))
            rows.set("entry", rows.all("entry")[number - 1], kind="grade")
        alone, both = verified(log, trusted={key}), verified(log, trusted={key}, split=10)
        assert both == alone
        assert number in {one.number for one in both.findings}
