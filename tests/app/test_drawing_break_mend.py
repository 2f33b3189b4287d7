"""Break it, then mend it on the page: from the first field to a release that holds."""

from __future__ import annotations

import pytest

from modules.labs.break_mend.grading import FULL, grade
from tests.app.lab_page import LabPage
from tests.app.reading import texts

pytestmark = pytest.mark.usefixtures("remembering")

PAGE = LabPage("m08-re-identification", "break-mend", "M08-L")


def pick(at, name, value):
    at.pills(key=f"{PAGE.stem}/{name}").set_value(value).run()
    assert not at.exception


def press(at, name):
    at.button(key=f"{PAGE.stem}/{name}").click().run()
    assert not at.exception


def right(at):
    return grade(PAGE.load(at.session_state["body"])).right


def test_somebody_breaks_the_release_meets_the_trap_and_mends_it():
    at = PAGE.run()
    assert "Pick a field" in texts(at)
    pick(at, "link", ["sex"])
    assert "Nobody" in texts(at)
    pick(at, "link", list(FULL))
    assert "Nearly everyone is found" in texts(at)
    press(at, "open")
    assert "Found: " in texts(at)
    press(at, "open")
    press(at, "mend")
    assert "2. Mend it" in texts(at)
    pick(at, "area", "ward")
    pick(at, "birth", "20")
    pick(at, "suppress", True)
    assert "and still a secret is out" in texts(at)
    assert "dementia" in texts(at)
    assert not right(at)
    pick(at, "top", "60")
    assert "This release holds" in texts(at)
    assert right(at)
    assert at.session_state["body"]["link"] == ["postcode", "date", "sex"]


def test_going_back_to_the_attack_keeps_the_release():
    at = PAGE.run({"part": 2, "link": ["sex"], "setting": {"area": "ward"}})
    press(at, "back")
    assert "1. Break it" in texts(at)
    pick(at, "link", ["date"])
    press(at, "mend")
    assert at.session_state["body"]["setting"]["area"] == "ward"
    assert at.session_state["body"]["link"] == ["date"]


def test_a_release_that_hides_everything_is_told_so():
    at = PAGE.run({"part": 2, "setting": {"suppress": True}})
    assert "Every row is hidden" in texts(at)


def test_hints_come_first_and_the_model_at_the_end():
    body = {"part": 2, "link": list(FULL)}
    hints, told = PAGE.run(body, "hints"), PAGE.run(body, "told")
    assert "smallest crowd" in texts(hints)
    assert "bands of" not in texts(hints)
    assert "bands of" in texts(told)


def test_the_shipped_lab_has_the_goals_that_its_task_names():
    options = PAGE.options()
    assert (options.goals.k, options.goals.l) == (5, 2)
    assert options.aha
