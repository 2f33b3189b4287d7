"""What holds for every lab: its solutions, its script, its libraries, its turns."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from modules.course.uses import lab_uses
from modules.labs import LABS, Busy, LibraryMissing, libraries, need, turn, turns
from modules.labs.notebook import notebook
from modules.settings import ROOT
from tests.course import SHIPPED

USES = lab_uses(SHIPPED)
NAMES = [f"{use.module}-{use.file}-{use.lab.name}" for use in USES]
# Other ones each day. To repeat yesterday's failure, take the seed from the name of the test.
SEEDS = [f"{date.today().isoformat()}/{number}" for number in (1, 2, 3)]  # noqa: DTZ011

every_use = pytest.mark.parametrize("use", USES, ids=NAMES)
every_seed = pytest.mark.parametrize("seed", SEEDS)
every_lab = pytest.mark.parametrize("name", LABS)


def begun(use, seed):
    lab = LABS[use.lab.name]
    return lab, lab.start(use.lab.options, seed)


@every_use
@every_seed
def test_the_reference_solution_passes_and_not_thinking_fails(use, seed):
    lab, start = begun(use, seed)
    assert lab.grade(lab.solve(start)).right
    naive = lab.grade(lab.naive(start))
    assert not naive.right
    failed = [check for check in lab.checks(lab.naive(start)) if not check.passed]
    assert failed
    assert all(check.hint in use.lab.options.hints for check in failed)


@every_use
@every_seed
def test_what_is_kept_comes_back_and_grades_the_same(use, seed):
    lab, start = begun(use, seed)
    for state in (start, lab.solve(start), lab.naive(start)):
        body = json.loads(json.dumps(lab.dump(state)))
        assert len(json.dumps(body)) <= 50_000
        again = lab.load(use.lab.options, seed, body)
        assert lab.dump(again) == lab.dump(state)
        assert lab.grade(again) == lab.grade(state)
        assert lab.grade(lab.forget(state)) == lab.grade(state)


@every_use
def test_the_script_runs_on_its_own(use, tmp_path):
    lab, start = begun(use, SEEDS[0])
    for name, state in (("begun", start), ("solved", lab.solve(start))):
        text = lab.script(state)
        assert len(text.splitlines()) <= 60
        file = tmp_path / f"{name}.py"
        file.write_text(text, "utf-8")
        run = subprocess.run(
            [sys.executable, "-W", "error::SyntaxWarning", file.name],
            cwd=tmp_path,
            env={"PATH": "", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        assert run.stdout.strip(), "it says what it found"


@every_use
def test_the_one_sentence_comes_first(use):
    if use.lab.name != "read_figure":
        assert use.lab.options.aha.strip()
    assert len(use.lab.options.aha) <= 160


def source(name):
    file = Path(LABS[name].__file__)
    return sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]


@every_lab
def test_a_lab_names_the_libraries_that_it_gets(name):
    asked = {
        node.args[0].value
        for path in source(name)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "need"
    }
    assert asked <= set(LABS[name].LIBRARIES)


LIGHT = {*sys.stdlib_module_names, "modules", "pydantic", "structlog"}


@every_lab
def test_a_lab_loads_no_library_before_it_is_needed(name):
    for path in source(name):
        body = ast.parse(path.read_text("utf-8")).body
        for node in body:
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            heavy = {one.partition(".")[0] for one in names} - LIGHT
            assert not heavy, f"{path.name} imports {heavy} before anybody asks for it"


@pytest.fixture
def without(monkeypatch):
    """Make a library impossible to import."""

    def lose(name):
        monkeypatch.setitem(sys.modules, name, None)
        libraries.forget()

    yield lose
    monkeypatch.undo()
    libraries.forget()


def test_a_library_that_does_not_start_is_told_by_name_and_tried_once(without, monkeypatch):
    without("tenseal")
    assert libraries.missing(["json", "tenseal"]) == "tenseal"
    with pytest.raises(LibraryMissing, match="tenseal") as missed:
        need("tenseal")
    assert missed.value.library == "tenseal"
    monkeypatch.undo()
    assert libraries.missing(["tenseal"]) == "tenseal", "a slow failure is not repeated"


def test_a_library_that_breaks_while_it_starts_is_missing_too(without, tmp_path, monkeypatch):
    (tmp_path / "crashing_lab_library.py").write_text("raise AttributeError('no such symbol')")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert libraries.missing(["crashing_lab_library"]) == "crashing_lab_library"


def test_a_library_that_is_there_is_given():
    assert need("json") is json
    assert libraries.missing(["json", "json.decoder"]) == ""


def test_only_so_many_calculate_at_once_and_each_turn_is_given_back():
    heavy, light = SimpleNamespace(LIBRARIES=("json",)), SimpleNamespace(LIBRARIES=())
    inside, leave = threading.Semaphore(0), threading.Event()

    def calculate():
        with turn(heavy):
            inside.release()
            leave.wait(10)

    threads = [threading.Thread(target=calculate) for _ in range(turns.AT_ONCE)]
    for thread in threads:
        thread.start()
        assert inside.acquire(timeout=10)
    with turn(light, patience=0.01):
        pass
    with pytest.raises(Busy), turn(heavy, patience=0.01):
        pass
    leave.set()
    for thread in threads:
        thread.join()
    for _ in range(turns.AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError), turn(heavy, patience=0.01):
            raise ZeroDivisionError
    with turn(heavy, patience=0.01):
        pass


def test_a_script_becomes_a_notebook_with_a_cell_for_each_part():
    body = json.loads(notebook("Title", "One sentence.", '"""About."""\nx = 1\n# %% Then\ny = 2\n'))
    assert (body["nbformat"], body["nbformat_minor"]) == (4, 5)
    told = [(cell["cell_type"], "".join(cell["source"])) for cell in body["cells"]]
    assert told == [
        ("markdown", "# Title\n\nOne sentence."),
        ("code", '"""About."""\nx = 1'),
        ("markdown", "## Then"),
        ("code", "y = 2"),
    ]
    assert len({cell["id"] for cell in body["cells"]}) == len(body["cells"])


def test_what_was_typed_stands_in_the_script_as_text_only():
    use = next(use for use in USES if use.lab.name == "read_figure")
    lab, _ = begun(use, "s")
    hostile = '"""\nimport os; os.abort()\n{x} %s \\'
    marks = {h.id: {"safe": False, "repair": hostile} for h in use.lab.options.headlines}
    tree = ast.parse(lab.script(lab.load(use.lab.options, "s", marks)))
    assert hostile.strip() in {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    imported = [n for n in ast.walk(tree) if isinstance(n, ast.Import)]
    assert [one.name for node in imported for one in node.names] == ["re"]
