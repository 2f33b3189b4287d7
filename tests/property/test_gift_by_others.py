"""What we write as GIFT is GIFT to others: to gift-pegjs, from npm."""

from __future__ import annotations

import json
import subprocess

import pytest

from modules.course.files import read_course, read_module
from modules.exchange.items import exporting, gift_out
from modules.settings import ROOT
from tests import machine

CONTENT = ROOT / "content"
SLUGS = [card.slug for card in read_course(CONTENT).modules if not card.planned]
KINDS = {
    "single_choice": "MC",
    "multiple_choice": "MC",
    "matching": "Matching",
    "numeric": "Numerical",
    "fill_in": "Short",
}


def parsed(data: bytes) -> list[dict]:
    folder = machine.npm_packages()
    assert folder, "the packages from npm are not installed: run python tests/machine.py"
    script = machine.LOCK.with_name("gift.cjs")
    ran = subprocess.run(
        [str(machine.node()), str(script), str(folder)], input=data, capture_output=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr.decode()
    return json.loads(ran.stdout)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_whole_bank_parses_question_by_question(slug):
    data, told = gift_out.write(exporting.bank(read_module(CONTENT, slug, "en"), {}))
    found = [one for one in parsed(data) if one["type"] != "Category"]
    assert [one["title"] for one in found] == [item.name for item in told.items]
    assert [one["type"] for one in found] == [KINDS[item.kind] for item in told.items]
    for one, item in zip(found, told.items, strict=True):
        if item.kind == "single_choice":
            assert [choice["isCorrect"] for choice in one["choices"]] == [
                option.right for option in item.options
            ]
        if item.kind == "matching":
            assert len(one["matchPairs"]) == len(item.pairs) + len(item.spare)
        if item.kind == "fill_in":
            assert one["choices"][0]["text"]["text"] == item.blanks[0].accept[0]


def test_a_file_that_is_no_gift_is_told():
    folder = machine.npm_packages()
    script = machine.LOCK.with_name("gift.cjs")
    ran = subprocess.run(
        [str(machine.node()), str(script), str(folder)], input=b"Which {=a", capture_output=True
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith(b"line 1")
