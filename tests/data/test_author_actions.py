"""What a trainer sees of the modules, and that a preview leaves no trace."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from db.engine import reading, writing
from db.tables import Base
from modules import publishing
from modules.access import Role
from modules.author import actions
from modules.basics import BadInput, Denied
from modules.learn.desk import LearnerDesk
from modules.play.rehearsal import RehearsalDesk
from modules.progress.ideas import idea_of
from modules.settings import settings
from modules.shell import session as door
from modules.shell.menu import ROOT, script
from tests.unit.test_rehearsal import MODULE, play

SLUG = "m01-why-share"


def shelf(world, who="priya", days=0):
    with reading() as session:
        later = world.now + timedelta(days=days)
        return actions.modules(session, world.viewer(who), now=later)


@pytest.fixture
def content(tmp_path, monkeypatch):
    """The shipped content, to be spoilt."""
    root = shutil.copytree(settings().content, tmp_path / "content")
    changed = settings().model_copy(update={"content": root})
    monkeypatch.setattr(actions, "settings", lambda: changed)
    return root


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def rows():
    with reading() as session:
        count = session.connection().execute
        return {
            table.name: count(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def test_a_trainer_sees_what_is_published_and_what_is_planned(world):
    found = shelf(world)
    (one,) = found.modules
    assert (one.id, one.title) == ("M01", "Why share? Data ecosystems and public benefit")
    assert (one.published.version, one.published.number) == ("1.2.0", 1)
    assert one.published.origin == "shipped"
    assert found.planned == 17
    assert found.to_mend == 0


def test_a_problem_in_a_file_is_told_at_once_with_its_place(world, content):
    assert shelf(world).to_mend == 0
    change(content / SLUG / "module.yaml", "minutes: 22", "minutes: 55")
    (one,) = shelf(world).modules
    assert {stop.file for stop in one.stops} == {f"content/{SLUG}/module.yaml"}
    assert all(stop.place and stop.sentence for stop in one.stops)


def test_what_no_module_owns_is_told_apart(world, content):
    change(content / "facts.yaml", "- id:", "- idd:")
    found = shelf(world)
    assert "content/facts.yaml" in {stop.file for stop in found.stops}
    assert all(SLUG in stop.file for one in found.modules for stop in one.stops)


def test_facts_past_their_review_are_told_on_the_day(world):
    assert shelf(world).to_mend == 0
    assert shelf(world, days=3650).stops


def test_a_course_that_cannot_be_read_is_a_problem_and_not_an_error(world, content):
    (content / "course.yaml").write_text("modules: [", "utf-8")
    found = shelf(world)
    assert found.planned == 0
    assert "content/course.yaml" in {stop.file for stop in found.stops}
    assert len(found.modules) == 1


def test_a_preview_shows_what_is_published_and_not_the_file(world, content):
    change(content / SLUG / "lesson.en.md", "How to read a figure", "Another title")
    with reading() as session:
        module = actions.preview(session, world.viewer("priya"), module="M01")
    assert module.step("figure").title == "How to read a figure"
    change(content / SLUG / "module.yaml", 'version: "1.2.0"', 'version: "1.3.0"')
    with writing() as session:
        org = world.viewer("priya").org_id
        publishing.sync(session, org_id=org, root=content, now=world.now)
    with reading() as session:
        module = actions.preview(session, world.viewer("priya"), module="M01")
    assert module.step("figure").title == "Another title"
    assert shelf(world).modules[0].published.number == 2


def test_a_module_that_is_not_published_cannot_be_previewed(world):
    with reading() as session, pytest.raises(BadInput):
        actions.preview(session, world.viewer("priya"), module="M02")


@pytest.mark.parametrize("who", ["amira", "tom", "grace", "marek", "olga"])
def test_who_is_no_trainer_is_refused(world, who):
    assert Role.TRAINER not in world.viewer(who).roles
    with pytest.raises(Denied):
        shelf(world, who)
    with reading() as session, pytest.raises(Denied):
        actions.preview(session, world.viewer(who), module="M01")


def test_a_rehearsal_stands_where_a_learner_with_the_same_answers_stands(world):
    viewer = world.viewer("amira")
    learner = LearnerDesk(viewer, "M01", lambda: world.now, lambda place: None)
    with reading() as session:
        module = actions.preview(session, world.viewer("priya"), module="M01")
    rehearsed = RehearsalDesk(module, {}, lambda: world.now, lambda place: None)
    play(learner)
    before = rows()
    play(rehearsed)
    assert rows() == before
    real, tried = learner.journey, rehearsed.journey
    assert real.finished and tried.finished
    assert real.done == tried.done
    assert real.module == tried.module
    for form in ("pre", "practice", "check"):
        one, other = real.sheet(form), tried.sheet(form)
        assert (one.number, one.ended) == (other.number, other.ended)
        assert told(module, one) == told(module, other)


def told(module, sheet):
    """What was answered and how it went, by idea: a check draws which of its items asks."""
    return sorted(
        (idea_of(module, answer.slot) or answer.slot, n, answer.kind, answer.correct, answer.score)
        for (_, n), answer in sheet.answers.items()
        if answer.score is not None
    ), sorted(answer.slot for answer in sheet.answers.values() if answer.score is None)


def test_previewing_every_step_in_the_browser_leaves_no_row_behind(world, monkeypatch):
    token = world.sign_in("priya")
    monkeypatch.setattr(door, "token", lambda: token)
    monkeypatch.setattr(door, "now", lambda: world.now)
    at = AppTest.from_file(str(ROOT / "shell" / "ui.py"), default_timeout=30).run()
    before = rows()
    at.switch_page(str(script("preview")))
    at.query_params["module"] = "M01"
    at.run()
    assert not at.exception
    at.button(key="start/M01").click().run()
    assert at.radio, "the first step asks a question"
    at.radio[0].set_value("a").run()
    next(one for one in at.button if one.key.endswith("/send")).click().run()
    assert not at.exception
    kept = at.session_state[f"preview/kept/M01/{MODULE.version}/1"]
    assert len(kept["sheets"]["pre", 1]) == 1
    places = [one for sitting in MODULE.sittings for one in (*sitting.steps, sitting)]
    for place in ["", *(one.id for one in places), "end"]:
        at.selectbox(key="preview/step").set_value(place).run()
        assert not at.exception
        told = [one.value for one in [*at.title, *at.header]]
        assert told, place
        assert not any("⟦" in one for one in told)
        if place in MODULE.screens:
            assert told[0] == MODULE.screens[place].title
    assert rows() == before
