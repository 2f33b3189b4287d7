"""What the documents on security name is there: tests, files, every number of the standard."""

import ast
import re
from collections import Counter
from functools import cache

import pytest

from modules.identity import passphrases
from modules.settings import ROOT
from tests.unit.asvs_numbers import LEVEL_1, LEVEL_2

ASVS = (ROOT / "docs" / "asvs.md").read_text("utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
KEYS = (ROOT / "docs" / "keys.md").read_text("utf-8")
ALL = ASVS + SECURITY + KEYS
STATES = {"met", "partly", "not met", "operator"}
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in ASVS.splitlines()
    if re.match(r"\| \d+\.\d+\.\d+", line)
]


@cache
def named():
    """The name of every test function."""
    return {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(test_\w+)`", ALL))))
def test_every_test_that_is_named_exists(name):
    assert name in named()


FILES = re.compile(
    r"`((?:modules|db|tests|docs|\.streamlit)/[\w./-]+|[A-Z]+\.md|[\w-]+\.(?:txt|toml))`"
)


@pytest.mark.parametrize("path", sorted(set(FILES.findall(ALL))))
def test_every_file_that_is_named_exists(path):
    assert (ROOT / path).exists()


def test_every_requirement_of_levels_1_and_2_is_answered_once_at_its_level():
    assert (len(LEVEL_1), len(LEVEL_2)) == (70, 183)
    numbers = [one for row in ROWS for one in row[0].split()]
    assert {one for one, count in Counter(numbers).items() if count > 1} == set()
    assert set(numbers) == {*LEVEL_1, *LEVEL_2}
    told = {row[0]: row[1] for row in ROWS if len(row) == 5}
    assert all((level == "1") == (number in LEVEL_1) for number, level in told.items())


def test_every_answer_is_one_that_the_page_explains_and_says_where_or_why():
    for row in ROWS:
        assert row[-1], row[0]
        if len(row) == 5:
            assert row[3] in STATES, row[0]
        if len(row) == 5 and row[3] == "met" and row[0] not in NOTHING_THERE:
            assert "`" in row[4], f"{row[0]} is met nowhere in particular"


# Met because something is not there at all: no file can show it.
NOTHING_THERE = {"3.7.1", "6.4.2", "13.4.3", "4.1.1", "1.5.2", "15.3.3", "4.2.1", "1.3.2"} | {
    "5.4.1",
    "5.4.2",
}


def test_the_sums_are_those_of_the_rows():
    counted = Counter(row[3] for row in ROWS if len(row) == 5)
    nowhere = sum(len(row[0].split()) for row in ROWS if len(row) == 2)
    head = re.search(r"\| met \|.*\n\|.*\n\| (.*) \|", ASVS)
    said = [int(cell) for cell in head[1].split("|")]
    order = ("met", "partly", "not met", "operator")
    assert said == [*(counted[one] for one in order), nowhere]


USES = re.compile(r"^(from|import) (cryptography|argon2|joserfc|pyotp|hmac)\b", re.MULTILINE)


def test_every_key_and_every_use_of_cryptography_is_in_the_list():
    purposes, users = set(), set()
    for path in (one for top in ("modules", "db") for one in (ROOT / top).rglob("*.py")):
        text = path.read_text("utf-8")
        purposes |= set(re.findall(r'key_for\("([^"]+)"\)', text))
        if USES.search(text):
            users.add(path.relative_to(ROOT).as_posix())
    # Labs compute with keys of their own that protect nothing.
    users = {one for one in users if not one.startswith(("modules/labs/", "modules/synth/"))}
    assert len(purposes) >= 5
    assert {one for one in purposes if f"| `{one}` |" not in KEYS} == set()
    assert {one for one in users if f"`{one}`" not in KEYS} == set()


def test_what_is_said_of_the_list_of_common_pass_phrases_is_counted():
    (row,) = (one[-1] for one in ROWS if one[0] == "6.2.4")
    counts = [sum(len(one) >= least for one in passphrases.common()) for least in (0, 8, 15)]
    assert re.findall(r"[\d,]+(?= in `modules| have 8| have the 15)", row) == [
        f"{one:,}" for one in counts
    ]
