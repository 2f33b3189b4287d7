"""Two labs in one module: each has its files, its seed, its answers; and one that cannot run."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from modules.basics import BadInput, seed_for
from modules.course import check
from modules.course.check import trying
from modules.course.files import bundle, module_from_bundle, read_module
from modules.labs import LABS, libraries, read_figure
from modules.play.rehearsal import RehearsalDesk
from modules.progress import receipt
from modules.progress.replay import replay
from modules.settings import settings

SLUG, SECOND = "m01-why-share", "read-again"
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The shipped course, with a second lab in M01."""
    root = tmp_path_factory.mktemp("two") / "content"
    shutil.copytree(settings().content, root)
    folder = root / SLUG
    for ending in ("yaml", "en.yaml"):
        text = (folder / f"lab.{ending}").read_text("utf-8")
        text = text.replace("id: M01-L\n", "id: M01-L2\n")
        text = text.replace("title: Read the figure\n", "title: Read it again\n")
        (folder / f"lab-2.{ending}").write_text(text, "utf-8")
    head = folder / "module.yaml"
    line = "      - {id: read-figure, kind: lab, minutes: 5}\n"
    assert line in head.read_text("utf-8")
    more = f"      - {{id: {SECOND}, kind: lab, lab: lab-2, minutes: 1}}\n"
    head.write_text(head.read_text("utf-8").replace(line, line + more), "utf-8")
    lesson = folder / "lesson.en.md"
    text = lesson.read_text("utf-8")
    assert "steps:\n" in text
    text = text.replace("steps:\n", f"steps:\n  {SECOND}: {{title: Read it again}}\n", 1)
    lesson.write_text(text, "utf-8")
    return root


def found(root):
    return [str(one) for one in check.problems(root) if one.stops]


def test_the_check_reads_both_and_a_revision_keeps_both(root):
    assert found(root) == []
    module = module_from_bundle(bundle(root, SLUG), "en")
    assert list(module.labs) == ["lab", "lab-2"]
    assert module.lab_of("read-figure") is module.lab is module.labs["lab"]
    assert module.lab_of(SECOND).options.title == "Read it again"
    assert module.lab_of("job-aid") is None


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("lab-2.yaml", "M01-L2", "M02-L2", "M01-"),
        ("lab-2.yaml", "lab: read_figure", "lab: read_tea", "read_tea"),
        ("lab-2.yaml", "facts: [seed-f4]", "facts: [no-such-fact]", "no-such-fact"),
        ("module.yaml", "lab: lab-2", "lab: lab-3", "lab-3.yaml"),
        ("module.yaml", "lab: lab-2", "lab: ../lab", "expected the form"),
    ],
)
def test_what_is_wrong_with_the_second_one_is_told(root, tmp_path, file, old, new, told):
    shutil.copytree(root, tmp_path / "content")
    path = tmp_path / "content" / SLUG / file
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    problems = found(tmp_path / "content")
    assert any(told in one for one in problems), problems


def test_each_is_handed_in_replayed_and_told_by_itself(root):
    module = read_module(root, SLUG, "en")
    desk = RehearsalDesk(module, {}, lambda: NOW, lambda _place: None)
    desk.begin()
    practice = desk.journey.practice
    kept = {}
    for step, how in (("read-figure", "solve"), (SECOND, "naive")):
        lab, options = LABS[module.lab_of(step).name], module.lab_of(step).options
        start = lab.start(options, seed_for(practice.seed, f"lab:{step}"))
        body = lab.dump(getattr(lab, how)(start))
        kept[step] = desk.hand_in(module.step(step), body, 1)
    assert [one.correct for one in kept.values()] == [True, False]
    sheet = desk.journey.practice
    assert [one.slot for one in replay(module, sheet) if one.same] == [
        "lab:read-again",
        "lab:read-figure",
    ]
    told = [receipt.question(module, sheet, one) for one in kept.values()]
    assert told == ["Read the figure", "Read it again"]
    with pytest.raises(BadInput):
        desk.hand_in(module.step("job-aid"), {}, 1)


def lab_page(root, slug, step_id):
    from datetime import UTC, datetime
    from pathlib import Path

    import streamlit as st

    from modules import words
    from modules.course.files import read_module
    from modules.play import steps
    from modules.play.desk import Table
    from modules.play.rehearsal import RehearsalDesk

    module = read_module(Path(root), slug, "en")
    kept = st.session_state.setdefault("kept", {})
    gone = st.session_state.setdefault("gone", [])
    desk = RehearsalDesk(module, kept, lambda: datetime(2026, 11, 26, tzinfo=UTC), gone.append)
    desk.begin()
    steps.draw(Table(st.container(), desk, words.of("en")), module.step(step_id))
    st.session_state["left"] = {
        slot: answer.response
        for (slot, _), answer in desk.journey.practice.answers.items()
        if answer.kind == "screen"
    }


def page(root, step):
    at = AppTest.from_function(lab_page, args=(str(root), SLUG, step), default_timeout=60).run()
    assert not at.exception
    return at


def test_each_page_shows_its_own_lab_and_its_code(root):
    at = page(root, SECOND)
    assert at.title[0].value == "Read it again"
    assert "Show the code" in [one.label for one in at.expander]
    assert at.code[0].language == "plaintext"
    assert "SENTENCES" in at.code[0].value
    names = [one.proto.label for one in at.get("download_button")]
    assert names == ["Download as .py", "Download as notebook"]


@pytest.fixture
def broken(monkeypatch):
    """The lab of M01, in need of a library that does not start."""
    monkeypatch.setattr(read_figure, "LIBRARIES", ("no_such_library",))
    libraries.forget()
    yield
    libraries.forget()


def test_without_its_library_a_lab_says_so_and_bars_nobody(root, broken):
    at = page(root, SECOND)
    assert "no_such_library" in at.info[0].value
    assert not at.code
    assert [one.label for one in at.button] == ["Back", "Continue"]
    at.button(key=f"on/{SECOND}").click().run()
    assert not at.exception
    at.run()
    assert at.session_state["left"] == {f"screen:{SECOND}": {"without": "no_such_library"}}


def test_a_lab_that_can_be_done_is_left_without_a_note(root):
    at = page(root, "job-aid")
    at.button(key="on/job-aid").click().run()
    at.run()
    assert at.session_state["left"] == {"screen:job-aid": {}}


def test_solutions_that_lack_a_library_are_advice_and_no_fault(root, monkeypatch):
    def solve(_state):
        return libraries.need("no_such_library")

    monkeypatch.setattr(read_figure, "solve", solve)
    trying.tried.cache_clear()  # other tests have tried the same lab whole
    try:
        assert found(root) == []
        tips = [str(one) for one in check.problems(root) if "no_such_library" in str(one)]
        assert len(tips) == 2
    finally:
        libraries.forget()
        trying.tried.cache_clear()
