"""Every public function of the studio, called by a trainer of another body and by who may not.

A new function is tried as soon as it is there: one whose arguments nobody has given here fails.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import inspect
import pkgutil
import uuid
from datetime import timedelta
from types import GeneratorType

import pytest
from sqlalchemy import select

import modules.analysing
import modules.author
import modules.drafts
import modules.regrade
from db.engine import reading, writing
from db.tables import Base, core
from modules.access import Role
from modules.author.bringing import Found, Wish
from modules.author.publishing import sheet
from modules.basics import BadInput, ContentError, Denied
from modules.exchange.items.brought import Bank
from modules.learn import reporting
from tests.data.studio import LESSON, SLUG, Studio

SECRET = "Zanzibar"
OPEN_TO_ALL = {"modules.author.publishing.may_publish"}
# What is called with what the others have given out, or with the content of a file.
INSIDE = {
    "modules.author.doing.act",  # by its name to one of the others
    "modules.drafts.importing.as_draft",
    "modules.drafts.publishing.record",  # of a revision just made
    "modules.regrade.earning.earned",
    "modules.regrade.following.follow",
    "modules.regrade.planning.fill",
    "modules.regrade.reading.pages",
    "modules.regrade.reading.whole_of",
    "modules.regrade.reading.right_of",
    "modules.regrade.replaying.corrected",
    "modules.analysing.counting.keep",
}
REVIEWED = {
    "modules.author.actions.modules",
    "modules.author.actions.preview",
    "modules.author.actions.titles",
    "modules.author.drafting.listed",
    "modules.author.drafting.opened",
    "modules.author.drafting.seen",
    "modules.author.items.seen",
    "modules.author.publishing.sheet",
    "modules.author.reviewing.approve",
    "modules.author.reviewing.comment",
    "modules.author.reviewing.comments",
    "modules.author.reviewing.settle",
    "modules.author.states.states",
    "modules.author.versions.compare",
    "modules.author.versions.history",
}


def public(*packages):
    """The functions of packages that take a viewer, or a session and an organisation."""
    for package in packages:
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".pages" in one.name:
                continue
            for name, verb in vars(importlib.import_module(one.name)).items():
                if not inspect.isfunction(verb) or verb.__module__ != one.name or name[0] == "_":
                    continue
                takes = inspect.signature(verb).parameters
                if "viewer" in takes or {"session", "org_id"} <= set(takes):
                    yield f"{one.name}.{name}", verb


VIEWED = dict(public(modules.author))
SCOPED = dict(public(modules.drafts, modules.regrade, modules.analysing))
CALLED = {name: verb for name, verb in {**VIEWED, **SCOPED}.items() if name not in INSIDE}


@pytest.fixture
def studio(world):
    """Fernleigh with a module of its own, a second revision, an open draft, comments, a report."""
    made = Studio(world)
    made.begin_own()
    path = f"{SLUG}/lesson.en.md"
    text = made.files()[path]
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    made.write(title, f"title: {SECRET}", path=path)
    made.through()
    made.begin()
    made.write("Name both.", f"Name both, {SECRET}.")
    made.ask(word=SECRET)
    comment = {"path": LESSON, "place": "", "text": SECRET}
    made.comment = made.do(modules.drafts.reviewing.comment, "gov0", id=made.id, **comment)
    amira = world.viewer("amira")
    with writing() as session:
        told = {"module": "M50", "revision_id": None, "place": "step/reading", "text": SECRET}
        reporting.report(session, amira, **told, reason="wrong", now=made.now)
    return made


def called(studio, session, verb, viewer, module):
    """Call it with all that it asks for, as Fernleigh has it."""
    draft = modules.drafts.publishing.drafts.by_id(
        session, org_id=studio.who("priya").org_id, id=studio.id
    )
    given = {
        "session": session,
        "viewer": viewer,
        "org_id": viewer.org_id,
        "by": viewer.person_id,
        "by_name": viewer.name,
        "now": studio.now + timedelta(minutes=1),
        "id": studio.id,
        "draft": draft,
        "comment": studio.comment,
        "comments": 1,
        "module": module,
        "seen": studio.seen(),
        "root": studio.root,
        "path": LESSON,
        "base": studio.files()[LESSON],
        "text": "Mine now.",
        "place": "screen",
        "number": 1,
        "before": "1",
        "after": 0,
        "sha256": studio.live("M50").sha256,
        "change": {"kind": "wording", "says": "Mine."},
        "offered": False,
        "word": "Mine.",
        "at": studio.now + timedelta(days=1),
        "what": "live",
        "title": "Mine",
        "copy": module,
        "say": lambda key, **_: key,
        "data": b"x",
        "name": "x.txt",
        "taken": (),
        "found": Found(Bank("gift", ()), "GIFT"),
        "wish": Wish({0: "O1"}),
        "item": f"{module}-Q01",
        "why": "Mine.",
        "state": "open",
        "answer": "Mine.",
        "language": "en",
        "least": 10,
    }
    takes = inspect.signature(verb).parameters.values()
    asked = {one.name for one in takes if one.default is one.empty}
    if verb.__module__.endswith("versions"):
        given["after"] = "1"
    assert asked <= set(given), f"say above what {verb.__qualname__} is called with"
    if verb.__module__ == "modules.drafts.affecting":
        given["change"] = None
    found = verb(**{name: given[name] for name in asked})
    return list(found) if isinstance(found, GeneratorType) else found


def rows(session, org_id):
    """All that a body has, but for who has a draft open."""
    found = {}
    for table in core(next(iter(Base.__subclasses__()))).metadata.sorted_tables:
        if "org_id" in table.c and table.name != "draft_presence":
            of = select(table).where(table.c.org_id == org_id)
            found[table.name] = sorted(map(repr, session.connection().execute(of)))
    return found


@contextlib.contextmanager
def taken_back():
    """A writing session of which nothing is kept."""
    with contextlib.suppress(ZeroDivisionError), writing() as session:
        yield session
        session.flush()
        raise ZeroDivisionError


def trainer_beside(studio):
    return dataclasses.replace(studio.who("uma"), roles=frozenset({Role.TRAINER, Role.REVIEWER}))


def test_what_is_left_out_here_is_there():
    assert {*VIEWED, *SCOPED} >= INSIDE
    assert set(VIEWED) >= REVIEWED | OPEN_TO_ALL


def test_a_trainer_of_another_body_reads_and_changes_nothing_by_any_function(studio):
    other, fernleigh = trainer_beside(studio), studio.who("priya").org_id
    assert other.org_id != fernleigh
    with reading() as session:
        before = rows(session, fernleigh)
        assert SECRET in repr(before)
        assert SECRET in repr(sheet(session, studio.who("priya"), id=studio.id, now=studio.now))
    tried = 0
    for name, verb in CALLED.items():
        for module in ("M01", "M50"):
            with taken_back() as session:
                try:
                    found = called(studio, session, verb, other, module)
                except (BadInput, ContentError) as refused:
                    found = refused
                # Its own name for the draft is no secret: it was given.
                if "draft" not in inspect.signature(verb).parameters:
                    assert SECRET not in repr(found), name
                session.flush()
                assert rows(session, fernleigh) == before, name
                tried += 1
    assert tried == 2 * len(CALLED)


def test_each_function_asks_for_a_right_before_anything_else(studio):
    nobody = dataclasses.replace(studio.who("priya"), roles=frozenset({Role.LEARNER}))
    for name in sorted(set(VIEWED) - OPEN_TO_ALL - INSIDE):
        with taken_back() as session, pytest.raises(Denied):
            called(studio, session, VIEWED[name], nobody, "M01")
            pytest.fail(name)


def test_a_reviewer_is_let_in_where_she_reads_comments_and_approves_and_nowhere_else(studio):
    reviewer = dataclasses.replace(studio.who("gov0"), roles=frozenset({Role.REVIEWER}))
    let_in = set()
    for name in set(VIEWED) - OPEN_TO_ALL - INSIDE:
        with taken_back() as session:
            try:
                called(studio, session, VIEWED[name], reviewer, "M01")
            except Denied:
                continue
            except (BadInput, ContentError):
                pass
            let_in.add(name)
    assert let_in == REVIEWED


def test_an_id_that_nobody_gave_is_refused_and_leaves_no_trace(studio):
    priya = studio.who("priya")
    studio.id = uuid.uuid4()
    studio.files = lambda: {LESSON: ""}
    with reading() as session:
        before = rows(session, priya.org_id)
    for name, verb in VIEWED.items():
        if name in INSIDE or not {"id", "session"} <= set(inspect.signature(verb).parameters):
            continue
        if verb.__module__.endswith("reports"):  # an id of a report, not of a draft
            continue
        with taken_back() as session:
            with contextlib.suppress(BadInput, ContentError):
                assert called(studio, session, verb, priya, "M01") == [], name
            assert rows(session, priya.org_id) == before, name
