"""Hidden-tab hunt: the workbook, the attack on it, releases of all kinds, and what is refused."""

from __future__ import annotations

import ast
import hashlib
import inspect
import io
import re
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from pydantic import ValidationError

from modules.basics import BadInput
from modules.course.files import read_module
from modules.labs import hidden_tab
from modules.labs.hidden_tab import attack, cells, stranger
from modules.labs.hidden_tab.attack import approved, loci, planted, too_much
from modules.labs.hidden_tab.grading import ASKED, attacked, released, true_leaks, wrong
from modules.labs.hidden_tab.options import LEAKS, RELEASED, Options
from modules.labs.hidden_tab.release import Choices
from modules.labs.hidden_tab.viewer import view
from modules.labs.hidden_tab.workbook import labels, workbook
from tests.course import SHIPPED

SEEDS = [f"seed {number}" for number in range(20)]


@pytest.fixture(scope="module")
def options():
    module = read_module(SHIPPED, "m05-secure-handling", "en")
    return module.lab.options


def begun(options, seed="s"):
    return hidden_tab.start(options, seed)


def with_file(state, body):
    return replace(state, brought=attacked(state, body))


def edited(state, change):
    """The model release, changed with openpyxl."""
    book = load_workbook(io.BytesIO(released(hidden_tab.solve(state))))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_reference_passes_and_not_thinking_fails(options, seed):
    state = begun(options, seed)
    grade = hidden_tab.grade(hidden_tab.solve(state))
    assert (grade.score, grade.right, grade.tags) == (1.0, True, ())
    assert not hidden_tab.grade(hidden_tab.naive(state)).right
    assert not hidden_tab.grade(state).right


@pytest.mark.parametrize("seed", SEEDS)
def test_each_workbook_has_six_leaks_of_six_kinds_and_four_harmless_things(options, seed):
    state = begun(options, seed)
    assert sorted(true_leaks(state).values()) == sorted(LEAKS)
    assert len(loci(state.workbook)) == 10


@pytest.mark.parametrize("seed", SEEDS)
def test_the_menus_show_whatever_the_raw_file_holds(options, seed):
    state = begun(options, seed)
    found = {one.id: one.kind for one in view(state.workbook).findings}
    assert found == {id_: kind for id_, (kind, _) in loci(state.workbook).items()}


@pytest.mark.parametrize("seed", SEEDS[:5])
def test_reporting_everything_fails(options, seed):
    state = hidden_tab.solve(begun(options, seed))
    greedy = replace(state, marks=tuple(sorted(loci(state.workbook))))
    failed = [check.key for check in hidden_tab.checks(greedy) if not check.passed]
    assert failed == ["report/harmless"]


def test_one_harmless_thing_too_many_is_forgiven(options):
    state = hidden_tab.solve(begun(options))
    harmless = next(one for one in loci(state.workbook) if one not in state.marks)
    careful = replace(state, marks=tuple(sorted((*state.marks, harmless))))
    assert hidden_tab.grade(careful).right


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_each_leak_that_is_not_reported_fails_its_own_check(options, seed):
    state = hidden_tab.solve(begun(options, seed))
    for id_, kind in true_leaks(state).items():
        blind = replace(state, marks=tuple(one for one in state.marks if one != id_))
        failed = [check.key for check in hidden_tab.checks(blind) if not check.passed]
        assert failed == [f"report/{kind}"]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(options):
    state = begun(options, "fixed")
    first = hashlib.sha256(state.workbook).hexdigest()
    workbook.cache_clear()
    assert hashlib.sha256(begun(options, "fixed").workbook).hexdigest() == first
    assert hashlib.sha256(begun(options, "other").workbook).hexdigest() != first


def test_the_counts_that_are_expected_are_counted_another_way_than_those_that_are_written(options):
    seen = set()
    for seed in SEEDS:
        state = begun(options, seed)
        expected = dict(approved(options.book, state.benefit))
        written = labels(options.book, state.from_town)
        for table, rows in written.items():
            told = [(str(label), str(count)) for label, count in rows]
            assert list(expected[table])[: len(told)] == told
        assert all(int(count) >= 10 for _, count in expected["wards"])
        seen.add(state.benefit)
    assert len(seen) > 2


def test_the_attack_uses_nothing_of_what_built_the_file():
    for module in (attack, cells, stranger):
        tree = ast.parse(inspect.getsource(module))
        names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        names |= {
            node.args[0].value
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "need"
        }
        assert not {one for one in names if "openpyxl" in one or "workbook" in one}


RELEASES = {
    "save as": (Choices("save-as"), set(RELEASED)),
    "as they are": (
        Choices("new", ASKED, "as-is", "office"),
        {"approved", "only", "objects", "planted"},
    ),
    "with the caseworkers": (
        Choices("new", (*ASKED, "wards/officer"), "values", "office"),
        {"only", "planted"},
    ),
    "signed by the officer": (
        Choices("new", ASKED, "values", "person"),
        {"metadata", "planted"},
    ),
    "a table short": (Choices("new", ASKED[:4], "values", "office"), {"approved"}),
    "counts without labels": (
        Choices("new", ("wards/count", "years/count", "status/count"), "values", "office"),
        {"approved"},
    ),
}


@pytest.mark.parametrize("name", RELEASES)
def test_a_careless_release_fails_for_what_is_in_it(options, name):
    choices, faults = RELEASES[name]
    for seed in SEEDS[:3]:
        assert set(wrong(replace(begun(options, seed), choices=choices))) == faults


def test_a_copy_cleaned_of_what_was_reported_still_carries_the_rest(options):
    state = hidden_tab.solve(begun(options, "seed 1"))
    copy = replace(state, choices=replace(state.choices, start="clean"))
    assert {"hidden", "objects"} & set(wrong(copy))
    assert "planted" not in wrong(copy)
    half = replace(copy, marks=state.marks[:3])
    assert "planted" in wrong(half)


def test_a_file_of_ones_own_is_judged_by_what_is_in_it(options):
    state = begun(options)
    assert with_file(state, edited(state, lambda book: None)).brought == ()

    def hide(book):
        book.worksheets[0].row_dimensions[5].hidden = True

    def remark(book):
        book.worksheets[0]["E9"] = planted(state.from_town)[0]

    def very(book):
        book.create_sheet("x").sheet_state = "veryHidden"

    def rename(book):
        book.properties.creator = "Sam Sample"

    assert with_file(state, edited(state, hide)).brought == ("approved", "hidden")
    assert with_file(state, edited(state, remark)).brought == ("only", "planted")
    assert with_file(state, edited(state, very)).brought == ("hidden",)
    assert with_file(state, edited(state, rename)).brought == ("metadata",)


def test_a_count_moved_or_changed_is_missed_and_other_layouts_are_fine(options):
    state = begun(options)

    def move(book):
        sheet = book.worksheets[1]
        book.worksheets[0].insert_rows(1, 3)
        sheet.title = "Any name"
        sheet.insert_cols(1)

    def change(book):
        book.worksheets[2]["B5"] = 1

    def as_text(book):
        cell = book.worksheets[2]["B5"]
        cell.value = str(cell.value)

    assert with_file(state, edited(state, move)).brought == ()
    assert with_file(state, edited(state, as_text)).brought == ()
    assert "approved" in with_file(state, edited(state, change)).brought


def test_the_own_file_counts_until_it_is_dropped(options):
    state = hidden_tab.solve(begun(options))
    other = replace(state, brought=("metadata",))
    assert not hidden_tab.grade(other).right
    assert hidden_tab.load(options, "s", hidden_tab.dump(other)).brought == ("metadata",)
    assert hidden_tab.grade(replace(other, brought=())).right


def test_what_was_never_offered_is_refused(options):
    for body in (
        {"marks": ["sheet:Nowhere"]},
        {"marks": "people"},
        {"marks": ["people", "people"]},
        {"choices": {"start": "burn"}},
        {"choices": {"columns": ["wards/secret"]}},
        {"choices": {"speed": "fast"}},
        {"brought": ["nothing-of-the-kind"]},
        {"file": "UEsDBA=="},
        [],
    ):
        with pytest.raises(BadInput):
            hidden_tab.load(options, "s", body)


def test_words_that_would_spoil_the_workbook_are_refused(options):
    data = options.model_dump()
    for field, text in (("remark", "Counted twice?"), ("title", "Claims"), ("wards", "Years")):
        with pytest.raises(ValidationError):
            Options.model_validate(data | {"book": data["book"] | {field: text}})


def test_everything_that_leaves_says_that_it_is_synthetic(options):
    state = hidden_tab.solve(begun(options))
    for body in (state.workbook, released(state)):
        for tab in view(body).tabs:
            assert any("SYNTHETIC" in text for _, row in tab.rows for text in row)


def as_other_programs_write(body):
    """The file with its texts in one shared list, in pieces, and its numbers with decimals."""
    texts: list[str] = []

    def shared(found):
        texts.append(found[2])
        return f'{found[1]} t="s"><v>{len(texts) - 1}</v></c>'

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name).decode()
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(r'(<c [^>]*?) t="inlineStr"><is><t>(.*?)</t></is></c>', shared, part)
                part = re.sub(r"( t=\"n\"><v>\d+)</v>", r"\1.0</v>", part)
            archive.writestr(name, part)
        runs = "".join(f"<si><r><t>{one[:2]}</t></r><r><t>{one[2:]}</t></r></si>" for one in texts)
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}">{runs}</sst>')
    return target.getvalue()


def test_the_attack_reads_texts_and_numbers_as_other_programs_write_them(options):
    state = begun(options)
    strings = planted(state.from_town)
    clean = as_other_programs_write(released(hidden_tab.solve(state)))
    assert b"inlineStr" not in clean
    assert too_much(clean, options.book, state.benefit, strings) == ()
    found = attack.leaks(as_other_programs_write(state.workbook), strings)
    assert found == true_leaks(state)
