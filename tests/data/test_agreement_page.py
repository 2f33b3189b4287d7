"""What employees see of the agreement: all of it, each change, until they have seen it."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import reading, writing
from modules.agreement import current
from modules.learn import agreed
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from modules.trust import history
from tests.signers import SHIPPED, Signers
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"


@pytest.fixture
def run_under(world, tmp_path, monkeypatch):
    """A function that lets the program run under an agreement, signed or not."""

    def under(body=SHIPPED, *, sign=None, days=0):
        path = tmp_path / "agreement.yaml"
        if sign:
            sign.sign(path, body)
        else:
            path.write_bytes(body)
        found = current.load(path)
        monkeypatch.setattr(current, "in_force", lambda: found)
        with writing() as session:
            history.record(session, found, frozenset(), now=NOW + timedelta(days=days))

    return under


def see(world, who):
    with writing() as session:
        agreed.saw(session, world.viewer(who), now=NOW)


def unseen(world, who):
    with reading() as session:
        return agreed.unseen(session, world.viewer(who))


def test_each_state_is_new_to_everybody_until_she_has_seen_it(world, run_under):
    assert unseen(world, "amira") == ""
    run_under()
    assert unseen(world, "amira") == unseen(world, "uma") == "new"
    see(world, "amira")
    see(world, "amira")
    assert (unseen(world, "amira"), unseen(world, "tom"), unseen(world, "uma")) == (
        "",
        "new",
        "new",
    )
    run_under(SHIPPED.replace(b"notes: 90", b"notes: 60"), days=1)
    assert (unseen(world, "amira"), unseen(world, "tom")) == ("changed", "new")


def test_the_history_tells_each_change_old_and_new_in_sentences(world, run_under):
    run_under()
    who = Signers()
    run_under(who.naming(SHIPPED.replace(b"notes: 90", b"notes: 60")), sign=who, days=1)
    with reading() as session:
        found = agreed.agreed(session, world.viewer("amira"))
    assert [step.number for step in found.steps] == [2, 1]
    assert found.new
    assert {one.clause for one in found.now.changes} == {"retention.notes", "signers"}
    notes = next(one for one in found.now.changes if one.clause == "retention.notes")
    assert "90 days" in notes.before
    assert "60 days" in notes.after
    assert [one.name for one in found.now.signatures] == ["Dana Officer", "Sami Council"]
    assert found.steps[-1].changes == ()
    assert not found.steps[-1].signed


def test_what_is_downloaded_verifies_away_from_the_system(world, run_under, tmp_path):
    from modules.agreement.files import load, signatures_of
    from modules.agreement.signing import verify

    who = Signers()
    run_under(who.naming(), sign=who)
    with reading() as session:
        now = agreed.agreed(session, world.viewer("amira")).now
    copy = tmp_path / "copy" / "agreement.yaml"
    copy.parent.mkdir()
    copy.write_bytes(now.body.encode())
    signatures_of(copy).write_text(now.signatures_file, "utf-8")
    assert verify(load(copy)).signed


def test_a_state_of_an_older_program_is_kept_and_told_as_a_file(world, run_under):
    run_under()
    with writing() as session:
        from db.tables import Agreement

        row = session.get(Agreement, (world.organisations["Fernleigh"], 1))
        row.body = row.body.replace("sign_in_hours: 12", "sign_in_days: 1")
        session.add(row)
    run_under(SHIPPED + b"# a remark\n", days=1)
    with reading() as session:
        found = agreed.agreed(session, world.viewer("amira"))
    assert found.steps[-1].agreement is None
    assert "sign_in_days" in found.steps[-1].body


def drawn(world, monkeypatch, page, who="amira"):
    token = world.sign_in(who)
    monkeypatch.setattr(door, "token", lambda: token)
    monkeypatch.setattr(door, "now", lambda: NOW)
    app = AppTest.from_file(str(UI), default_timeout=60).run()
    if page != "home":
        app.switch_page(os.path.relpath(script(page), UI.parent)).run()
    assert not app.exception
    return app


def text(app):
    return " ".join(one.value for one in [*app.markdown, *app.title, *app.header])


def test_home_shows_a_calm_card_until_it_is_pressed(world, run_under, monkeypatch):
    run_under()
    home = drawn(world, monkeypatch, "home")
    assert "What this program may do with your data" in text(home)
    home.button(key="home/agreement").click().run()
    assert "What this program may do with your data" not in text(home)
    assert unseen(world, "amira") == ""


def test_the_page_says_that_nobody_has_signed_and_tells_every_clause(world, run_under, monkeypatch):
    run_under()
    page = drawn(world, monkeypatch, "agreement")
    told = text(page)
    assert "Nobody has signed it." in told
    assert "Figures are shown of 10 people or more." in told
    assert "name and address are deleted within 1095 days" in told
    assert "⟦" not in told
    page.button(key="agreement/seen").click().run()
    assert unseen(world, "amira") == ""
