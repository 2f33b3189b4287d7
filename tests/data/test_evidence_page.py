"""What an auditor sees and takes away: as far as she reaches, and with names only if granted."""

from __future__ import annotations

import dataclasses
import gzip
import subprocess
import sys

import pytest
from sqlalchemy import select

from db import audit
from db.engine import reading, writing
from db.tables import Placement, core
from modules import evidence
from modules.access import Grant, Role
from modules.admin import evidence_log
from modules.basics import Denied
from modules.evidence import files
from modules.settings import ROOT

PLACEMENT = core(Placement).c


def auditor(world, **grant):
    """Grace as an auditor, and nothing else."""
    return dataclasses.replace(
        world.viewer("grace"),
        roles=frozenset({Role.AUDITOR}),
        grants=(Grant(Role.AUDITOR, **grant),),
    )


def unit_of(world, short):
    person = world.viewer(short)
    with reading() as session:
        query = select(PLACEMENT.unit_id).where(PLACEMENT.person_id == person.person_id)
        return session.connection().execute(query).scalars().first()


@pytest.fixture
def log(world):
    """Amira and Priya are no longer exempt from a module: Marek did it."""
    marek = world.viewer("marek")
    with writing() as session:
        for short in ("amira", "priya"):
            one = world.viewer(short)
            evidence.record(
                session,
                org_id=one.org_id,
                kind="exemption_ended",
                about=one.person_id,
                facts={"module": "M01"},
                personal={"name": one.name, "email": one.email, "by_name": marek.name},
                by=marek.person_id,
                now=world.now,
            )
    return world


def sheet(world, viewer, **asked):
    with writing() as session:
        return evidence_log.evidence(session, viewer, now=world.now, **asked)


def seen(world):
    with reading() as session:
        views = audit.views(session, org_id=world.viewer("grace").org_id)
    return {one.person for one in views if one.place == "evidence"}


def test_an_auditor_without_names_sees_pseudonyms_and_nothing_is_logged(log):
    lines = sheet(log, auditor(log)).lines
    assert [one.number for one in lines] == [2, 1]
    assert all(len(one.who) == len(one.by) == 8 for one in lines)
    assert lines[0].by == lines[1].by
    assert lines[0].who != lines[1].who
    assert seen(log) == set()


def test_with_names_granted_names_are_shown_and_those_named_can_read_who_looked(log):
    lines = sheet(log, auditor(log, names=True)).lines
    assert {one.who for one in lines} == {log.viewer("amira").name, log.viewer("priya").name}
    assert {one.by for one in lines} == {log.viewer("marek").name}
    assert seen(log) == {log.viewer(one).name for one in ("amira", "priya", "marek")}


def test_an_auditor_of_one_unit_sees_its_people_only(log):
    viewer = auditor(log, unit_id=unit_of(log, "amira"), names=True)
    lines = sheet(log, viewer).lines
    assert [one.who for one in lines] == [log.viewer("amira").name]
    # Who did it works elsewhere: her grant of names does not reach there.
    assert len(lines[0].by) == 8


def test_kind_and_days_narrow_the_list(log):
    viewer = auditor(log)
    assert sheet(log, viewer, kind="completion").lines == ()
    assert len(sheet(log, viewer, kind="exemption_ended", days=7).lines) == 2


def test_what_was_erased_is_told_as_erased(log):
    amira = log.viewer("amira")
    with writing() as session:
        evidence.erase(session, org_id=amira.org_id, person_id=amira.person_id, now=log.now)
    lines = {one.number: one for one in sheet(log, auditor(log, names=True)).lines}
    assert lines[1].who == ""
    assert lines[3].kind == "erasure"
    assert lines[3].who is None
    with reading() as session:
        assert evidence_log.check(session, auditor(log)).sound


def test_an_export_holds_away_from_here_and_has_names_only_if_granted(log, tmp_path):
    path = tmp_path / "log.jsonl.gz"
    with writing() as session:
        path.write_bytes(evidence_log.export(session, auditor(log), names=False, now=log.now))
    assert files.verify(path).sound
    assert b"Amira" not in gzip.decompress(path.read_bytes())
    with writing() as session, pytest.raises(Denied):
        evidence_log.export(session, auditor(log), names=True, now=log.now)
    assert seen(log) == set()
    with writing() as session:
        named = auditor(log, names=True)
        path.write_bytes(evidence_log.export(session, named, names=True, now=log.now))
    assert b"Amira" in gzip.decompress(path.read_bytes())
    assert log.viewer("amira").name in seen(log)


def test_an_auditor_of_one_unit_takes_away_the_chain_with_the_rest_sealed(log, tmp_path):
    viewer = auditor(log, unit_id=unit_of(log, "amira"), names=True)
    path = tmp_path / "log.jsonl.gz"
    with writing() as session:
        path.write_bytes(evidence_log.export(session, viewer, names=True, now=log.now))
    report = files.verify(path)
    assert report.sound
    assert report.sealed == 1
    assert log.viewer("priya").name.encode() not in gzip.decompress(path.read_bytes())


def test_an_auditor_of_one_unit_learns_the_names_of_its_people_alone_and_it_holds_after_erasures(
    log, tmp_path
):
    viewer, marek = auditor(log, unit_id=unit_of(log, "amira"), names=True), log.viewer("marek")
    for erased in (False, True):
        with writing() as session:
            if erased:
                ids = {"org_id": marek.org_id, "person_id": marek.person_id}
                evidence.erase(session, **ids, now=log.now)
            made = evidence_log.export(session, viewer, names=True, now=log.now)
        told = gzip.decompress(made).decode()
        assert "Amira Khan" in told
        assert "Marek Novak" not in told
        path = tmp_path / f"{erased}.jsonl.gz"
        path.write_bytes(made)
        assert files.verify(path).findings == ()
        alone = [sys.executable, "-I", ROOT / "docs" / "verify_evidence.py", path]
        done = subprocess.run(alone, capture_output=True, text=True)
        assert (done.returncode, done.stdout[:6]) == (0, "HOLDS:"), done.stdout


def test_another_body_sees_nothing_of_it(log):
    olga = dataclasses.replace(
        log.viewer("olga"),
        roles=frozenset({Role.AUDITOR}),
        grants=(Grant(Role.AUDITOR, names=True),),
    )
    assert sheet(log, olga).lines == ()
    assert sheet(log, olga).state.last == 0
