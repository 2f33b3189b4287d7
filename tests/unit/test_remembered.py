"""What was found out slowly is asked for once, and again as soon as any code differs."""

from __future__ import annotations

import pytest

from modules import remembered

pytestmark = pytest.mark.bare


@pytest.fixture
def code(tmp_path, monkeypatch):
    """A folder of code, and a folder to remember in."""
    monkeypatch.setattr(remembered, "_folder", None)
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "one.py").write_text("ONE = 1\n")
    (tmp_path / "locked.txt").write_text("library==1\n")
    return tmp_path / "code"


class Asked:
    """Counts how often it was found out anew."""

    def __init__(self, *found):
        self.found, self.times = list(found) or [["fine", True]], 0

    def __call__(self):
        self.times += 1
        return self.found[min(self.times, len(self.found)) - 1]


def begin(code):
    """What a new process of the command does."""
    remembered.use(code.parent / "kept", code, code.parent / "locked.txt")


def test_it_is_found_out_once_while_nothing_changes(code):
    asked = Asked()
    for _ in range(3):
        begin(code)
        assert remembered.once("lab", "a", "{}", make=asked) == ["fine", True]
    assert asked.times == 1
    assert remembered.once("lab", "a", '{"k": 2}', make=asked) == ["fine", True]
    assert asked.times == 2


@pytest.mark.parametrize("changed", ["code/one.py", "code/two.py", "code/page.html", "locked.txt"])
def test_any_other_code_or_library_asks_again_and_clears_what_was_kept(code, changed):
    asked = Asked()
    begin(code)
    remembered.once("lab", "a", make=asked)
    (code.parent / changed).write_text("TWO = 2\n")
    begin(code)
    remembered.once("lab", "a", make=asked)
    assert asked.times == 2
    assert len(list((code.parent / "kept").iterdir())) == 1


def test_a_failure_is_never_remembered(code):
    asked = Asked(["fails", True], ["", True])
    begin(code)
    for said in ("fails", "", ""):
        found = remembered.once("lab", "a", make=asked, holds=lambda one: not one[0])
        assert found == [said, True]
    assert asked.times == 2


def test_a_damaged_or_unwritable_place_asks_again_and_stops_nothing(code):
    asked = Asked()
    begin(code)
    remembered.once("lab", "a", make=asked)
    [kept] = (code.parent / "kept").glob("*/*.json")
    kept.write_text("{half")
    assert remembered.once("lab", "a", make=asked) == ["fine", True]
    (code.parent / "file").write_text("no folder")
    remembered.use(code.parent / "file", code)
    assert remembered.once("lab", "a", make=asked) == ["fine", True]
    assert asked.times == 3


def test_without_a_folder_nothing_is_kept(code):
    asked = Asked()
    for _ in range(2):
        remembered.once("lab", "a", make=asked)
    assert asked.times == 2
