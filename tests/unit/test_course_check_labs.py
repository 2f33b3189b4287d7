"""The check on labs: passed by thought only, and each by its own name."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from modules.basics import Content, Grade
from modules.course import files
from modules.course.check import trying
from modules.labs import LABS
from tests.unit.tiny_course import SLUG, change, found


class Halves(Content):
    """Options of a lab that is passed by choosing the right half."""

    right: str
    halves: dict[str, str]


def lab_where(solved: str, naive: str) -> SimpleNamespace:
    return SimpleNamespace(
        Options=Halves,
        start=lambda options, seed: (options, ""),
        solve=lambda state: (state[0], solved),
        naive=lambda state: (state[0], naive),
        grade=lambda state: Grade(1.0, state[0].right == state[1]),
    )


@pytest.mark.parametrize(
    ("lab", "said"),
    [
        (lab_where("left", "other"), ""),
        (lab_where("other", "other"), "reference solution fails"),
        (lab_where("left", "left"), "naive solution passes"),
    ],
)
def test_a_lab_must_be_passed_by_thought_only(
    root: Path, monkeypatch: pytest.MonkeyPatch, lab: SimpleNamespace, said: str
) -> None:
    monkeypatch.setitem(LABS, "halves", lab)
    trying.tried.cache_clear()  # another lab of the same name was tried before
    change(root, "module.yaml", "kind: aid", "kind: lab")
    structure = "lab: halves\noptions: {right: left, halves: [left, other]}\n"
    (root / SLUG / "lab.yaml").write_text(structure)
    (root / SLUG / "lab.en.yaml").write_text("halves: {left: The left, other: The other}\n")
    problems = found(root)
    assert len(problems) == bool(said)
    assert said in " ".join(problem.sentence for problem in problems)
    if not said:
        lab_read = files.read_module(root, SLUG, "en").lab
        assert lab_read is not None
        assert lab_read.options.halves == {"left": "The left", "other": "The other"}


def test_a_lab_of_another_module_is_refused(root: Path) -> None:
    (root / SLUG / "lab.yaml").write_text("id: M02-L\nlab: read_figure\noptions: {}\n")
    (root / SLUG / "lab.en.yaml").write_text("title: A lab\n")
    said = [one.sentence for one in found(root) if one.place == "line 1, id"]
    assert said == [
        "Found “M02-L”; expected an id that begins with M01-, as the module’s does. Renumber it."
    ]


def test_an_unknown_lab_is_named_with_those_that_exist(root: Path) -> None:
    (root / SLUG / "lab.yaml").write_text("lab: nothing\noptions: {}\n")
    (root / SLUG / "lab.en.yaml").write_text("title: A lab\n")
    (problem,) = found(root)
    assert "“nothing”" in problem.sentence
    assert "read_figure" in problem.sentence
