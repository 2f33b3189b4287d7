"""Published text is served from the database: by every process at once, and from read-only code."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from db import drafts, people
from db.engine import make_engine
from modules import access
from modules.days import now
from modules.drafts import bringing, publishing, reviewing, writing
from modules.settings import settings
from tests.driver import Tab
from tests.server import ROOT, Server, seed

MODULE, LESSON = "M50", "m50-shared-inbox/lesson.en.md"
BEFORE, AFTER = "The inbox that everybody reads", "The inbox that nobody else reads"
PRIYA, SAMIR = "priya.nair@fernleigh.example", "samir.haddad@fernleigh.example"


def approved(session: Session, *, at: bool) -> None:
    """A draft of M50 with another title, approved; published now, or planned for a minute ago."""
    org_id = people.organisations(session)[0].id
    priya = access.by_email(session, email=PRIYA, now=now()).person_id
    samir = access.by_email(session, email=SAMIR, now=now()).person_id
    root, moment = settings().content, now() - timedelta(minutes=5)
    id = bringing.begin(session, org_id=org_id, module=MODULE, by=priya, root=root, now=moment)
    text = publishing.files_of(session, org_id=org_id, id=id)[LESSON]
    where = {"org_id": org_id, "id": id, "by": priya, "now": moment}
    changed = text.replace(BEFORE, AFTER, 1)
    writing.save(session, **where, path=LESSON, base=text, text=changed, place="title")
    told = {"kind": "wording", "says": "The title says it better."}
    publishing.say_change(session, **where, change=told)
    reviewing.ask(session, **where, word="")
    seen = reviewing.state_of(session, org_id=org_id, id=id)
    named = {"org_id": org_id, "id": id, "seen": seen}
    reviewing.approve(session, **named, by=samir, by_name="Samir Haddad", now=moment)
    if at:
        drafts.set_draft(session, org_id=org_id, id=id, publish_at=moment, planned_by=priya)
    else:
        publishing.publish(session, **named, by=priya, by_name="Priya Nair", root=root, now=now())


def do(url: str, *, at: bool = False) -> None:
    """The same in a transaction of its own."""
    engine = make_engine(url)
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        approved(session, at=at)
        session.commit()
    engine.dispose()


def tree(root: Path) -> list[tuple[str, int, int]]:
    """Every file with its size and the moment of its last change."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return [(str(one), one.stat().st_size, one.stat().st_mtime_ns) for one in files]


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo body, made once."""
    path = tmp_path_factory.mktemp("body") / "steward.db"
    seed(f"sqlite:///{path}", people=120)
    return path


@pytest.fixture
def url(body: Path, tmp_path: Path) -> str:
    """A copy of it."""
    return f"sqlite:///{shutil.copy(body, tmp_path / 'steward.db')}"


def test_two_servers_on_one_database_show_a_new_version_at_the_next_look(url, capsys):
    content = tree(settings().content)
    with Server(url) as one, Server(url) as two:
        tabs = [Tab.demo(each.url, "Amira Khan") for each in (one, two)]
        for tab in tabs:
            assert BEFORE in tab.open("lesson", module=MODULE).text()
        do(url)
        began, took = time.monotonic(), []
        for tab in tabs:
            assert AFTER in tab.open("lesson", module=MODULE).text()
            took.append(time.monotonic() - began)
            assert AFTER in tab.open("").text()
            tab.close()
    with capsys.disabled():
        print(f" shown after {took[0]:.2f} s and {took[1]:.2f} s", end=" ")
    assert tree(settings().content) == content


def bound() -> None:
    """In a child: the administrator of a machine, too, keeps to what files allow."""
    drop_bound, may_write_anything = 24, 1  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE
    ctypes.CDLL(None, use_errno=True).prctl(drop_bound, may_write_anything, 0, 0, 0)


def test_a_process_that_may_write_neither_code_nor_content_publishes(url, tmp_path):
    do(url, at=True)
    code = tmp_path / "code"
    shutil.copytree(settings().content, code / "content")
    for name in ("modules", "db"):
        shutil.copytree(ROOT / name, code / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ROOT.glob("agreement*"):
        shutil.copy(path, code)
    for path in [code, *code.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = tree(code)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=code,
            env={**os.environ, "DATABASE_URL": url, "STEWARD_CONTENT": str(code / "content")},
            capture_output=True,
            text=True,
            timeout=180,
            preexec_fn=bound,
        )

    for place in ("content/x", "modules/x", "content/course.yaml"):
        refused = run("-c", f"open({place!r}, 'w')")
        assert "PermissionError" in refused.stderr
    done = run("-m", "modules", "content", "publish-due")
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"{MODULE} 1.0.1 published, revision 2" in done.stdout
    assert tree(code) == before
