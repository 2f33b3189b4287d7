"""What passed the content check is not tried again, and nothing that would fail hides behind it."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from modules.basics import Content, Grade
from modules.commands import app, checking
from modules.course.check import remembered, trying
from modules.labs import LABS, OWN
from modules.settings import settings


class Halves(Content):
    """Options of a lab that is passed by choosing the right half."""

    right: str
    text: str = ""


class Counted:
    """A lab that counts how often it was tried."""

    Options = Halves
    solved = "left"
    times = 0

    def start(self, options: Halves, seed: str) -> tuple[Halves, str]:
        """The untouched state."""
        self.times += 1
        return options, ""

    def solve(self, state: tuple[Halves, str]) -> tuple[Halves, str]:
        """The reference solution."""
        return state[0], self.solved

    def naive(self, state: tuple[Halves, str]) -> tuple[Halves, str]:
        """The naive one."""
        return state[0], "other"

    def grade(self, state: tuple[Halves, str]) -> Grade:
        """Right when the right half was chosen."""
        return Grade(1.0, state[0].right == state[1])


@pytest.fixture
def lab(monkeypatch: pytest.MonkeyPatch) -> Counted:
    made = Counted()
    monkeypatch.setitem(LABS, "halves", made)
    monkeypatch.setitem(OWN, "halves", made)
    return made


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "lab.py").write_text("one = 1\n")
    monkeypatch.setattr(remembered, "CODE", folder)
    return folder


def new_process(folder: Path, text: str = "") -> tuple[str, bool]:
    """What a process that has just begun says of the lab."""
    trying.tried.cache_clear()
    remembered._around.cache_clear()
    given = trying.Given("halves", '{"right": "left"}', Halves(right="left", text=text))
    with remembered.remembering(folder):
        return trying.tried(given)


ONCE = 2 * len(trying.SEEDS)


def test_a_lab_that_passed_is_not_tried_again_by_the_next_process(
    lab: Counted, code: Path, tmp_path: Path
) -> None:
    assert new_process(tmp_path / "kept") == new_process(tmp_path / "kept") == ("", True)
    assert lab.times == ONCE


def test_it_is_tried_again_once_any_code_changed(lab: Counted, code: Path, tmp_path: Path) -> None:
    assert new_process(tmp_path / "kept") == ("", True)
    (code / "lab.py").write_text("one = 2\n")
    lab.solved = "other"
    said, _ = new_process(tmp_path / "kept")
    assert "reference solution fails" in said


def test_it_is_tried_again_once_a_package_has_another_version(
    lab: Counted, code: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = tmp_path / "packages"
    (packages / "pycanon-1.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(packages)
    new_process(tmp_path / "kept")
    (packages / "pycanon-1.0.dist-info").rename(packages / "pycanon-1.1.dist-info")
    new_process(tmp_path / "kept")
    assert lab.times == 2 * ONCE


def test_it_is_tried_again_with_another_text(lab: Counted, code: Path, tmp_path: Path) -> None:
    new_process(tmp_path / "kept")
    new_process(tmp_path / "kept", "Another text.")
    assert lab.times == 2 * ONCE


def test_a_failure_is_never_remembered(lab: Counted, code: Path, tmp_path: Path) -> None:
    lab.solved = "other"
    first, again = new_process(tmp_path / "kept"), new_process(tmp_path / "kept")
    assert first == again
    assert "reference solution fails" in first[0]
    lab.solved = "left"
    assert new_process(tmp_path / "kept") == ("", True)


def test_a_lab_of_an_installed_package_is_tried_each_time(
    lab: Counted, code: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(OWN, "halves")
    new_process(tmp_path / "kept")
    new_process(tmp_path / "kept")
    assert lab.times == 2 * ONCE


def test_where_nothing_can_be_written_it_is_tried_each_time(
    lab: Counted, code: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("A file where a folder would have to be.")
    assert new_process(tmp_path / "file" / "kept") == ("", True)
    assert new_process(tmp_path / "file" / "kept") == ("", True)
    assert lab.times == 2 * ONCE


def test_what_other_code_passed_is_thrown_away(lab: Counted, code: Path, tmp_path: Path) -> None:
    new_process(tmp_path / "kept")
    (code / "lab.py").write_text("one = 2\n")
    new_process(tmp_path / "kept")
    assert len([path for path in (tmp_path / "kept").rglob("*") if path.is_file()]) == 1


@pytest.fixture
def short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with words and no module, and a folder to remember in."""
    root = tmp_path / "content"
    shutil.copytree(settings().content / "words", root / "words")
    for name in ("facts.yaml", "sources.yaml", "misconceptions.yaml", "local.yaml"):
        (root / name).write_bytes((settings().content / name).read_bytes())
    monkeypatch.setattr(checking, "settings", lambda: SimpleNamespace(content=root))
    monkeypatch.setattr(checking, "REMEMBERED", tmp_path / "passed")
    return root


def check(*more: str) -> str:
    return CliRunner().invoke(app, ["content", "check", *more]).output


def test_a_word_that_is_taken_away_is_missed_after_the_words_have_passed(short: Path) -> None:
    assert "words/en.yaml” " not in check()
    path = short / "words" / "en.yaml"
    lines = [one for one in path.read_text("utf-8").splitlines() if "lesson.objectives:" not in one]
    path.write_text("\n".join(lines), "utf-8")
    assert "“lesson.objectives” is not in content/words/en.yaml" in check()
    assert "“lesson.objectives” is not in content/words/en.yaml" in check()


def test_a_thorough_check_takes_nobodys_word_for_it(
    short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check()
    asked = []
    real = checking.words.missing_keys
    monkeypatch.setattr(
        checking.words, "missing_keys", lambda *given: asked.append(given) or real(*given)
    )
    check()
    assert not asked
    check("--thorough")
    assert len(asked) == 1
